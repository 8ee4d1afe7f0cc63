"""`whipcount actors`: who speaks in many articles; `actors import`: who holds which office."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whipcount.cli import options, output
from whipcount.cli.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whipcount.model import Joined


class Actors(click.Group):
    """A group whose first word may be a page: then `show` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` before anything that is neither a subcommand nor a call for help."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Actors, short_help="Tell who speaks, or import who holds which office.")
def actors() -> None:
    """Tell who speaks in PAGE..., how often and for whom; or import lists of office holders.

    `whipcount actors PAGE...` is short for `whipcount actors show PAGE...`.
    """


@actors.command(short_help="Tell who speaks in pages, each once.")
@options.pages
@options.issue(required=False)
@options.output_format("jsonl")
@options.out
@options.encoding
@options.known
@options.tagger
@options.progress
def show(
    *,
    pages: tuple[str, ...],
    issue: Path | None,
    form: str | None,
    out: Path | None,
    encoding: str | None,
    known: Path | None,
    tagger: str,
    progress: bool,
) -> int:
    """Tell who speaks in PAGE..., each once however many articles name them.

    With mentions, statements and the share of all quoted words; why names were joined, and which
    of that is doubtful.
    """
    import whipcount  # noqa: PLC0415

    batch = Batch(pages, progress=progress)
    found = whipcount.actors_of(
        batch.pages(), issue, known=known, tagger=tagger, encoding=encoding, on_error=batch.report
    )
    if found or not batch.failed:
        form = output.format_for(form, out, "jsonl", ("json", "jsonl", "csv"))
        _write(found, form, out)
    return batch.exit_code(len(found))


def _write(found: Sequence[Joined], form: str, out: Path | None) -> None:
    from whipcount.rendering import csv_rows, documents  # noqa: PLC0415

    with output.opened(out) as stream:
        if form == "table":
            from whipcount.rendering.table import Printer  # noqa: PLC0415

            Printer(stream).actors(found)
        elif form == "json":
            output.write_json(stream, documents.actors_document(found))
        elif form == "csv":
            csv_rows.write(stream, csv_rows.JOINED, documents.actor_rows(found))
        else:
            for line in documents.actors_lines(found):
                output.write_line(stream, line)


@actors.command("import", short_help="Make an actors.toml from lists of office holders.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options.out
def import_(*, files: tuple[str, ...], out: Path | None) -> int:
    """Make an actors.toml from the public lists that people have.

    FILE is Popolo JSON (EveryPolitician), an OpenStates people file, or a file of
    congress-legislators (YAML); a folder is searched for them. Which it is is told from what it
    holds. Records that can't be read are reported, and the rest goes on.
    """
    from whipcount.actors.office_lists import import_lists, written  # noqa: PLC0415

    problems: list[str] = []
    found = import_lists([Path(file) for file in files], problems.append)
    for problem in problems:
        print(f"whipcount: {problem}", file=sys.stderr)
    if not found:
        if not problems:
            print("whipcount: no actor in these files", file=sys.stderr)
        return 2
    with output.opened(out) as stream:
        stream.write(written(found))
    return 1 if problems else 0
