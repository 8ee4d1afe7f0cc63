"""`whipcount dna`: the files of Discourse Network Analyzer, brought over and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whipcount.cli import options, output

if TYPE_CHECKING:
    from whipcount.dna import Database, Imported


@click.group(short_help="Read and write files of Discourse Network Analyzer.")
def dna() -> None:
    """Bring articles and their codings over from Discourse Network Analyzer 3, and back."""


@dna.command(name="import", short_help="Take over what a .dna file holds.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.dna")
@click.argument(
    "project", type=click.Path(path_type=Path), metavar="[PROJECT.whip]", required=False
)
@options.issue(required=False)
@click.option("--body", metavar="BODY", help="Who decides, in place of the body that ISSUE names.")
@options.by
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["jsonl", "jsonld"]),
    help="Without a project: jsonl as `code --format jsonl --with-text`, or jsonld, Web "
    "Annotations.  [default: jsonl]",
)
@options.out
def import_(
    *,
    file: Path,
    project: Path | None,
    issue: Path | None,
    body: str | None,
    who: str | None,
    form: str | None,
    out: Path | None,
) -> int:
    """Put FILE.dna's documents and codings into PROJECT.whip, or print them as articles.

    A concept is an option, agreement a stance. A project that isn't there is made, on ISSUE, or on
    an issue of the file's concepts whose members are its organizations. Coders' work comes as
    people's codings, and the same file twice changes nothing. What has no place is told on standard
    error; types without a concept are kept, and come along with dna export.
    """
    if project is None:
        if issue is not None or body is not None or who is not None:
            raise click.UsageError("--issue, --body and --by go with a PROJECT.whip")
        return _print(file, form, out)
    if form is not None or out is not None:
        raise click.UsageError("--format and --out print articles; leave PROJECT.whip out")
    if project.suffix.lower() != ".whip":
        raise click.UsageError(f"{project}: a project's name ends in .whip")
    from whipcount.dna.with_project import import_into  # noqa: PLC0415

    found, taken = import_into(project, file, options.chosen_by(who), issue=issue, body=body)
    _tell(file, found, "the project keeps the file for them")
    for option, count in taken.unknown:
        print(
            f"whipcount: {file}: {option!r} is no option of the issue; "
            f"{'1 position is' if count == 1 else f'{count} positions are'} left out",
            file=sys.stderr,
        )
    for lost in taken.lost:
        print(
            f"whipcount: {file}: {lost} isn't found again in the new version; it is kept among the "
            "conflicts",
            file=sys.stderr,
        )
    print(
        f"{project}: {taken.articles} articles and {taken.codings} codings came in"
        if taken.change is not None
        else f"{project}: all of {file} is there",
        file=sys.stderr,
    )
    return 1 if found.unplaced or taken.unknown or taken.lost else 0


def _print(file: Path, form: str | None, out: Path | None) -> int:
    """Print a .dna file's documents as articles."""
    from whipcount.dna import imported, read_database  # noqa: PLC0415

    found = imported(read_database(file), str(file))
    _tell(file, found, "what is no position stays in the file")
    with output.opened(out) as stream:
        if form == "jsonld" or (form is None and out is not None and out.suffix == ".jsonld"):
            from whipcount.networks.annotations import annotation_page  # noqa: PLC0415

            output.write_json(stream, annotation_page(found.coded, found.people))
        else:
            from whipcount.rendering import documents  # noqa: PLC0415

            for one in found.coded:
                output.write_line(stream, documents.code_line(one, with_text=True))
    return 1 if found.unplaced else 0


def _tell(file: Path, found: Imported, others: str) -> None:
    """Tell on standard error what of a file has no place, or another than it said.

    `others` is what becomes of what is no position.
    """
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
    if count := len(found.others):
        are = "1 statement is no position" if count == 1 else f"{count} statements are no positions"
        print(f"whipcount: {file}: {are}; {others}", file=sys.stderr)


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

    SOURCE is a project, with what else its own .dna files had, or what `whipcount code --format
    jsonl --with-text` wrote. Each position is a statement; pieces of one statement have the same
    value of the variable `statement`.
    """
    from whipcount.dna import write_database  # noqa: PLC0415

    write_database(_database(source, issue, password), out)
    return 0


def _database(source: Path, issue: Path | None, password: str) -> Database:
    if source.suffix.lower() == ".whip":
        if issue is not None:
            raise click.UsageError("a project has its issue; leave --issue out")
        from whipcount import project  # noqa: PLC0415
        from whipcount.dna.with_project import database_of_project  # noqa: PLC0415

        with project.open_project(source, writing=False) as opened:
            if entered := len(project.entered_positions(opened)):
                print(
                    f"whipcount: {source}: {entered} votes and entered positions have no words in "
                    "an article; only whipcount finds them in the file",
                    file=sys.stderr,
                )
            return database_of_project(opened, password=password)
    from whipcount import load_issue  # noqa: PLC0415
    from whipcount.dna import database_of  # noqa: PLC0415
    from whipcount.rendering.read_back import coded_lines  # noqa: PLC0415

    decision = None if issue is None else load_issue(issue)
    return database_of(coded_lines(source), decision, password=password)
