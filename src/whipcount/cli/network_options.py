"""The options of which statements a network is built from, which several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from whipcount.networks import CodedStatements, Excluded, NetworkOptions

Command = TypeVar("Command", bound=Callable[..., Any])

PLURALS = {
    "authors": "document.author",
    "sources": "document.source",
    "sections": "document.section",
    "types": "document.type",
}
"""DNA's names of what can be excluded by document."""


class Moment(click.ParamType):  # type: ignore[type-arg]
    """A day, or a day with a time: `2023-07-11`, `2023-07-11 18:30:00`."""

    name = "date"

    def __init__(self, end: bool) -> None:
        self.end = end

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """Return the moment; the last second of a day where it ends a range."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; write 2023-07-11 or 2023-07-11 18:30:00", param, ctx)
        if self.end and len(value.strip()) <= len("2023-07-11"):
            return moment.replace(hour=23, minute=59, second=59)
        return moment.replace(tzinfo=None)


_SELECTION = (
    click.option(
        "--rows",
        default="organization",
        show_default=True,
        metavar="VARIABLE",
        help="A statement's variable, or a document's field: author, source, section, type, id, "
        "title.",
    ),
    click.option(
        "--columns",
        default="concept",
        show_default=True,
        metavar="VARIABLE",
        help="Another; in a one-mode network, what joins the rows.",
    ),
    click.option(
        "--qualifier",
        metavar="VARIABLE",
        help="What tells statements of a row on a column apart, or none.  [default: agreement, "
        "where statements have it]",
    ),
    click.option(
        "--duplicates",
        default="include",
        show_default=True,
        type=click.Choice(["include", "document", "week", "month", "year", "acrossrange"]),
        help="In what the same statement counts once.",
    ),
    click.option(
        "--window",
        default="no",
        show_default=True,
        type=click.Choice(
            ["no", "events", "seconds", "minutes", "hours", "days", "weeks", "months", "years"]
        ),
        help="Make a network for each time window, which moves by one of these.",
    ),
    click.option(
        "--size",
        type=click.IntRange(1),
        default=100,
        show_default=True,
        help="How many of them a window has.",
    ),
    click.option(
        "--kernel",
        default="no",
        show_default=True,
        type=click.Choice(["no", "uniform", "triangular", "epanechnikov", "gaussian"]),
        help="Weigh a window's statements by their distance from its middle.",
    ),
    click.option(
        "--indent/--no-indent",
        default=True,
        show_default=True,
        help="With a kernel: whether the first and last windows lie inside the range.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="VARIABLE=VALUE",
        help="Leave out statements with this value of a variable or a document's field; may be "
        "repeated.",
    ),
    click.option(
        "--invert",
        multiple=True,
        metavar="VARIABLE",
        help="Leave out all but the values excluded; a VARIABLE, or values, authors, sources, "
        "sections, types. May be repeated.",
    ),
    click.option(
        "--from",
        "start",
        type=Moment(end=False),
        metavar="DATE",
        help="Leave out what is before, such as 2023-07-11 or '2023-07-11 18:30:00'.",
    ),
    click.option(
        "--to",
        "stop",
        type=Moment(end=True),
        metavar="DATE",
        help="Leave out what is after; a day counts to its end.",
    ),
    click.option(
        "--min-statements",
        type=click.IntRange(1),
        default=1,
        show_default=True,
        metavar="N",
        help="Leave out nodes with fewer statements.",
    ),
    click.option(
        "--isolates", is_flag=True, help="Keep the nodes whose statements are left out by value."
    ),
    click.option(
        "--statement-type",
        default="DNA Statement",
        show_default=True,
        metavar="LABEL",
        help="Of a .dna file.",
    ),
    click.option(
        "--stance",
        "stances",
        multiple=True,
        metavar="STANCE=AGREEMENT",
        help="Of positions: the agreement that a stance has, such as conditional=yes, "
        "undecided=no, abstain=leave-out. May be repeated.  [default: support=yes, oppose=no, the "
        "others leave-out]",
    ),
    click.option("--with-review", is_flag=True, help="Of positions: count those for review too."),
    click.option(
        "--as-dna", is_flag=True, help="Repeat DNA 3.1.2 where its arithmetic goes wrong."
    ),
)


def selection(command: Command) -> Command:
    """Add the options that choose statements; `statements` takes what they give."""
    for option in reversed(_SELECTION):
        command = option(command)
    return command


OF_SOURCE = ("exclude", "invert", "stances", "statement_type", "with_review", "qualifier")


def statements(
    source: Path, chosen: dict[str, Any], *, with_text: bool = False
) -> tuple[CodedStatements, NetworkOptions]:
    """Return the coded statements of a source, and how their network is to be built.

    `chosen` are a command's parameters: those of `selection`, and others of NetworkOptions. Values
    that are excluded and that no statement has are told on standard error.
    """
    from whipcount.networks.selecting import unknown_values  # noqa: PLC0415
    from whipcount.networks.sources import read_coded_statements  # noqa: PLC0415
    from whipcount.networks.stances import agreements  # noqa: PLC0415

    wanted = options_of(chosen)
    table = read_coded_statements(
        source,
        statement_type=chosen["statement_type"],
        agreement=agreements(chosen["stances"]),
        with_review=chosen["with_review"],
        with_texts=with_text,
    )
    if chosen["qualifier"] is None and wanted.aggregation == "ignore":
        wanted = _without_missing_qualifier(wanted, table)
    for value in unknown_values(table, wanted):
        print(f"whipcount: no statement has {value}; nothing is excluded by it", file=sys.stderr)
    return table, wanted


def options_of(chosen: dict[str, Any]) -> NetworkOptions:
    """Return how a network is to be built; NetworkError where options don't go together."""
    from whipcount.networks import NetworkOptions  # noqa: PLC0415

    others = {name: value for name, value in chosen.items() if name not in OF_SOURCE}
    return NetworkOptions(
        excluded=_excluded(chosen["exclude"], chosen["invert"]),
        qualifier=_named(chosen["qualifier"] or "agreement"),
        **others,
    )


def _excluded(exclude: tuple[str, ...], invert: tuple[str, ...]) -> tuple[Excluded, ...]:
    """Return what `--exclude` and `--invert` ask for, the values of one variable together."""
    from whipcount.networks import Excluded  # noqa: PLC0415
    from whipcount.networks.table import DOCUMENT, FIELDS  # noqa: PLC0415

    values: dict[str, list[str]] = {}
    for one in exclude:
        variable, mark, value = one.partition("=")
        if not mark or not variable:
            raise click.UsageError(f"--exclude {one}: write VARIABLE=VALUE, such as concept=NAME")
        values.setdefault(PLURALS.get(variable, variable), []).append(value)
    inverted = {PLURALS.get(name, name) for name in invert}
    if "values" in inverted:
        fields = {*FIELDS, *(f"{DOCUMENT}{field}" for field in FIELDS)}
        inverted |= {variable for variable in values if variable not in fields}
    bare = {name.removeprefix(DOCUMENT) for name in inverted if name.startswith(DOCUMENT)}
    known = {"values", *values, *(f"{DOCUMENT}{name}" for name in values)}
    if unknown := sorted(inverted - known):
        raise click.UsageError(
            f"--invert {unknown[0]}: nothing of it is excluded; add --exclude {unknown[0]}=VALUE"
        )
    return tuple(
        Excluded(variable, tuple(some), variable in inverted or variable in bare)
        for variable, some in values.items()
    )


def _named(qualifier: str) -> str | None:
    return None if qualifier in ("none", "") else qualifier


def _without_missing_qualifier(wanted: NetworkOptions, table: CodedStatements) -> NetworkOptions:
    """Return options without the default qualifier where statements don't have it."""
    from dataclasses import replace  # noqa: PLC0415

    if any(column.name == wanted.qualifier for column in table.variables):
        return wanted
    return replace(wanted, qualifier=None)
