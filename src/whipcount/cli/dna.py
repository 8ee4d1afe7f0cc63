"""`whipcount dna`: the files of Discourse Network Analyzer, brought over and back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whipcount.cli import options, output

if TYPE_CHECKING:
    from whipcount.model import Coded


@click.group(short_help="Read and write files of Discourse Network Analyzer.")
def dna() -> None:
    """Bring articles and their codings over from Discourse Network Analyzer 3, and back."""


@dna.command(name="import", short_help="Make coded articles of a .dna file.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.dna")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["jsonl", "jsonld"]),
    help="jsonl: as `code --format jsonl --with-text`; jsonld: Web Annotations.  [default: jsonl]",
)
@options.out
def import_(*, file: Path, form: str | None, out: Path | None) -> int:
    """Print the documents of FILE.dna as articles, with their statements and positions.

    A concept is an option, agreement a stance. Statements of types without a concept, and those
    whose words can't be found, are told on standard error.
    """
    from whipcount.dna import imported, read_database  # noqa: PLC0415

    found = imported(read_database(file), str(file))
    for lost in found.unplaced:
        words = f": {lost.words}" if lost.words else ""
        print(
            f"whipcount: {file}: statement {lost.statement} of document {lost.document} has no "
            f"place in its text{words}",
            file=sys.stderr,
        )
    if found.moved:
        print(
            f"whipcount: {file}: {len(found.moved)} statements stood elsewhere than their offsets "
            "said, and were found by their words",
            file=sys.stderr,
        )
    if found.others:
        print(
            f"whipcount: {file}: {len(found.others)} statements are no positions; they stay in the "
            "file",
            file=sys.stderr,
        )
    with output.opened(out) as stream:
        if form == "jsonld" or (form is None and out is not None and out.suffix == ".jsonld"):
            from whipcount.networks.annotations import annotation_page  # noqa: PLC0415

            output.write_json(stream, annotation_page(found.coded))
        else:
            from whipcount.rendering import documents  # noqa: PLC0415

            for one in found.coded:
                output.write_line(stream, documents.code_line(one, with_text=True))
    return 1 if found.unplaced else 0


@dna.command(short_help="Make a .dna file of coded articles.")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "-o",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.dna",
    help="The file to write, whole or not at all.",
)
@options.issue(required=False)
@click.option(
    "--password",
    default="whipcount",
    show_default=True,
    help="What coders type in Discourse Network Analyzer to open the file.",
)
def export(*, source: Path, out: Path, issue: Path | None, password: str) -> int:
    """Write SOURCE as a .dna file, which Discourse Network Analyzer 3 and rDNA open.

    SOURCE is a project, or what `whipcount code --format jsonl --with-text` wrote. Each position is
    a statement; pieces of one statement have the same value of the variable `statement`.
    """
    from whipcount.dna import database_of, write_database  # noqa: PLC0415

    decision = None
    if issue is not None:
        import whipcount  # noqa: PLC0415

        decision = whipcount.load_issue(issue)
    write_database(database_of(_coded(source), decision, password=password), out)
    return 0


def _coded(source: Path) -> Iterator[Coded]:
    if source.suffix.lower() == ".whip":
        from whipcount import project  # noqa: PLC0415

        with project.open_project(source, writing=False) as opened:
            yield from project.coded(opened)
        return
    from whipcount.rendering.read_back import coded_lines  # noqa: PLC0415

    yield from coded_lines(source)
