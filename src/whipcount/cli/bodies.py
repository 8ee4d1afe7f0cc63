"""`whipcount bodies`: which there are, one on a day, what is doubtful or changed in it, imports."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from whipcount.cli import options, output
from whipcount.dates import first_day, is_date
from whipcount.errors import BodyError

if TYPE_CHECKING:
    from whipcount.bodies.differences import Difference

Command = TypeVar("Command", bound=Callable[..., Any])


class Bodies(click.Group):
    """A group that lists the bodies where no subcommand is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` before nothing, and before options other than a call for help."""
        if not args or (args[0].startswith("-") and args[0] not in ("-h", "--help")):
            args = ["list", *args]
        return super().parse_args(ctx, args)


def _given_day(_: click.Context, __: click.Parameter, words: str | None) -> date | None:
    if words is None or _is_day(words):
        return None if words is None else first_day(words)
    raise click.BadParameter(f"{words!r} is no day; write it as 2023-07-11")


def _is_day(words: str) -> bool:
    return len(words) == 10 and is_date(words)


def as_of(what: str) -> Callable[[Command], Command]:
    """Return the option for a day; None stands for today."""
    return click.option(
        "--as-of",
        "day",
        metavar="DAY",
        callback=_given_day,
        help=f"{what}, such as 2023-07-11.  [default: today]",
    )


def output_format(*forms: str) -> Callable[[Command], Command]:
    """Return the option for the format: a table on a terminal, else JSON."""
    return click.option(
        "--format",
        "-f",
        "form",
        type=click.Choice(["table", *forms]),
        help="Format of the output.  [default: table on a terminal, else json]",
    )


@click.group(cls=Bodies, short_help="List, show, check, compare or import bodies.")
def bodies() -> None:
    """List the bodies that come with whipcount; show, check, compare or import bodies.

    `whipcount bodies` is short for `whipcount bodies list`. A BODY is the id of one that comes with
    whipcount, or a file.
    """


@bodies.command("list", short_help="List bodies: their members and rules of a day.")
@click.argument("names", nargs=-1, metavar="[BODY...]")
@as_of("Members and rules of this day")
@output_format("json", "csv")
@options.out
def list_(*, names: tuple[str, ...], day: date | None, form: str | None, out: Path | None) -> int:
    """List the bodies that come with whipcount, or BODY...: their members and rules of a day."""
    from whipcount.bodies import load_body, shipped_bodies  # noqa: PLC0415
    from whipcount.rendering import bodies as documents  # noqa: PLC0415

    found = [load_body(name) for name in names or shipped_bodies()]
    day = day or date.today()
    form = output.format_for(form, out, "json", ("json", "csv"))
    with output.opened(out) as stream:
        if form == "table":
            from whipcount.rendering.body_tables import print_list  # noqa: PLC0415

            print_list(stream, found, day)
        elif form == "csv":
            from whipcount.rendering import csv_rows  # noqa: PLC0415

            csv_rows.write(stream, documents.LISTED, documents.list_rows(found, day))
        else:
            output.write_json(stream, documents.list_document(found, day))
    return 0


@bodies.command(short_help="Show a body on a day.")
@click.argument("name", metavar="BODY")
@as_of("Show it on this day")
@output_format("json", "csv")
@options.out
def show(*, name: str, day: date | None, form: str | None, out: Path | None) -> int:
    """Show BODY on a day: members with their weights, rules in words, parties, groups, sources."""
    from whipcount.bodies import load_body, members_on  # noqa: PLC0415
    from whipcount.rendering import bodies as documents  # noqa: PLC0415

    body = load_body(name)
    day = day or date.today()
    members_on(body, day)  # tells of a day without members before anything is written
    form = output.format_for(form, out, "json", ("json", "csv"))
    with output.opened(out) as stream:
        if form == "table":
            from whipcount.rendering.body_tables import print_body  # noqa: PLC0415

            print_body(stream, body, day)
        elif form == "csv":
            from whipcount.rendering import csv_rows  # noqa: PLC0415

            columns = documents.member_columns(body, day)
            csv_rows.write(stream, columns, documents.member_rows(body, day))
        else:
            output.write_json(stream, documents.body_document(body, day))
    return 0


@bodies.command(short_help="Tell what is doubtful in body files.")
@click.argument("names", nargs=-1, required=True, metavar="BODY...")
@as_of("Leave out days after this one, of which a file can't know the members")
def check(*, names: tuple[str, ...], day: date | None) -> int:
    """Tell what is doubtful in BODY...: names that name nobody, days that don't fit together.

    Exit code 1: there are doubts, or some files could not be read.
    """
    from whipcount import bodies as library  # noqa: PLC0415
    from whipcount.bodies.file import body_table  # noqa: PLC0415

    day = day or date.today()
    doubtful = failed = 0
    for name in names:
        try:
            body, table = library.load_body(name), body_table(name)
        except BodyError as error:
            print(f"whipcount: {error}", file=sys.stderr)
            failed += 1
            continue
        doubts = sorted(library.check(body, day), key=lambda doubt: table.line(*doubt.keys))
        for doubt in doubts:
            print(table.problem(doubt.message, *doubt.keys))
        if not doubts:
            print(f"{body.path}: {len(body.members)} members, no doubt", file=sys.stderr)
        doubtful += bool(doubts)
    if failed == len(names):
        return 2
    return 1 if doubtful or failed else 0


@bodies.command(short_help="Tell what changed between two days or two files.")
@click.argument("words", nargs=-1, metavar="BODY DAY DAY|BODY BODY")
@as_of("With two bodies: compare them on this day")
@output_format("json")
@options.out
def diff(*, words: tuple[str, ...], day: date | None, form: str | None, out: Path | None) -> int:
    """Tell what changed in BODY between two days, or from one BODY to another on one day.

    Who joined and left, whose party, constituency or weights changed, and which rules.
    """
    from whipcount.rendering import bodies as documents  # noqa: PLC0415

    found = _difference(words, day)
    form = output.format_for(form, out, "json", ("json",))
    with output.opened(out) as stream:
        if form == "table":
            from whipcount.rendering.body_tables import print_difference  # noqa: PLC0415

            print_difference(stream, found)
        else:
            output.write_json(stream, documents.difference_document(found))
    return 0


def _difference(words: tuple[str, ...], day: date | None) -> Difference:
    from whipcount.bodies import difference, load_body  # noqa: PLC0415

    match words:
        case (name, first, second) if _is_day(first) and _is_day(second):
            if day is not None:
                raise click.UsageError("--as-of goes with two bodies; here are two days already")
            if first > second:
                raise click.UsageError(f"{first} is after {second}; write the earlier day first")
            body = load_body(name)
            return difference(body, body, first_day(first), first_day(second))
        case (before, after) if not _is_day(after):
            day = day or date.today()
            return difference(load_body(before), load_body(after), day, day)
        case _:
            raise click.UsageError(
                "write a body and two days, such as nato 2020-01-01 2024-12-31, or two bodies"
            )


@bodies.command("import", short_help="Make a body file from lists of members.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--chamber",
    default="",
    metavar="NAME",
    help="Which of several chambers: its name or id, such as senate or house.",
)
@click.option("--name", default="", metavar="WORDS", help="The body's name.  [default: the list's]")
@click.option("--seats", type=click.IntRange(1), metavar="NUMBER", help="How many seats it has.")
@click.option(
    "--rule",
    type=click.Choice(["majority", "consensus", "unanimity", "none"]),
    default="majority",
    show_default=True,
    help="The rule to start from: lists have none.",
)
@as_of("The day of the import, for the sources")
@options.out
def import_(
    *,
    files: tuple[str, ...],
    chamber: str,
    name: str,
    seats: int | None,
    rule: str,
    day: date | None,
    out: Path | None,
) -> int:
    """Make a body file of a parliament from the public lists that people have.

    FILE is Popolo JSON (EveryPolitician) or a file of congress-legislators (YAML); a folder is
    searched for them. Records that can't be read are reported, and the rest goes on.
    """
    from whipcount.bodies import import_body  # noqa: PLC0415
    from whipcount.bodies.writing import written  # noqa: PLC0415

    problems = 0

    def report(problem: str) -> None:
        nonlocal problems
        problems += 1
        print(f"whipcount: {problem}", file=sys.stderr)

    found = import_body(
        [Path(file) for file in files],
        day or date.today(),
        report,
        chamber=chamber,
        name=name,
        seats=seats,
        rule=rule,
    )
    if found is None:
        if not problems:
            print("whipcount: no member of a chamber in these files", file=sys.stderr)
        return 2
    with output.opened(out) as stream:
        stream.write(written(found))
    return 1 if problems else 0
