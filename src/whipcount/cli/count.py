"""`whipcount count`: the whip count and the verdicts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from whipcount.cli import options, output, votes
from whipcount.cli.batch import Batch

if TYPE_CHECKING:
    from whipcount.model import Coded, WhipCount


@click.command(short_help="Count where every member stands.")
@options.pages_or("--votes")
@options.issue_or_project
@click.option(
    "--as-of",
    metavar="DAY",
    help="Count as of the end of this day, such as 2023-07-11.  [default: the newest article's "
    "or vote's]",
)
@click.option(
    "--what-if",
    multiple=True,
    metavar="MEMBER=STANCE",
    help="Count as if a member or group had another stance, such as Hungary=support, or on one "
    "option Hungary/membership=support. May be repeated.",
)
@votes.options
@options.beliefs
@options.output_format("json", "html", "parquet")
@click.option(
    "--out",
    "-o",
    callback=options.place,
    metavar="FILE|FOLDER",
    help="Write to a file, whole or not at all, instead of standard output; with --format parquet "
    "to a folder, where a count of the same day is replaced.",
)
@options.with_text(default=False)
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.coder
@options.progress
def count(
    *,
    pages: tuple[str, ...],
    issue: Path | None,
    as_of: str | None,
    what_if: tuple[str, ...],
    form: str | None,
    out: Path | str | None,
    with_text: bool,
    encoding: str | None,
    known: Path | None,
    tagger: str,
    min_confidence: float,
    progress: bool,
    **chosen: Any,
) -> int:
    """Count where every member of the body stands on each option, and what the rule makes of it.

    A PAGE is a file, a folder, a project (.whip), a folder that `code --format parquet` wrote, or
    - for standard input.
    """
    import whipcount  # noqa: PLC0415
    from whipcount.counted_pages import by_hand  # noqa: PLC0415
    from whipcount.pipeline import body_of, issue_of  # noqa: PLC0415
    from whipcount.rendering import roll_calls  # noqa: PLC0415
    from whipcount.scale import stored  # noqa: PLC0415

    cast = options.taken(chosen, votes.NAMES)
    if not pages and not cast["votes"]:
        raise click.UsageError("name pages, or --votes with a recorded vote")
    if form != "parquet":
        form = output.format_for(form, out, "json", ("json", "jsonl", "csv", "html"))
    elif out is None:
        raise click.UsageError("--format parquet needs --out FOLDER")
    issue, known = options.issue_for(issue, pages), options.known_for(known, pages)
    decision, decides = issue_of(issue), body_of(issue)
    calls = votes.roll_calls(decision, decides, **cast)
    for call in calls:
        print(f"whipcount: {roll_calls.line(call)}", file=sys.stderr)
    beliefs = options.chosen_beliefs(**options.taken(chosen, options.BELIEFS))
    batch = Batch(pages, progress=progress)
    coded = list(
        whipcount.code(
            batch.pages(),
            decision,
            body=decides,
            known=known,
            tagger=tagger,
            min_confidence=min_confidence,
            coder=options.chosen_coder(**chosen),
            encoding=encoding,
            on_error=batch.report,
        )
    )
    if form == "html" or with_text:
        for folder in filter(stored.is_coded, batch.files):
            coded = list(stored.with_words(folder, coded))
    if coded or calls or not batch.failed:
        entered, overrides = by_hand(batch.files)
        counted = whipcount.count(
            coded,
            decision,
            as_of,
            body=decides,
            known=known,
            votes=(*calls, *entered),
            what_if=(*what_if, *overrides),
            beliefs=beliefs,
        )
        if form == "parquet" and out is not None:
            _write_cells(counted, out)
        else:
            with output.opened(out) as stream:
                _write(stream, form, counted, coded, with_text)
    return batch.exit_code(len(coded) + len(calls))


def _write_cells(counted: WhipCount, folder: Path | str) -> None:
    from whipcount.rendering.csv_rows import cell_rows  # noqa: PLC0415
    from whipcount.scale.places import place  # noqa: PLC0415
    from whipcount.scale.tables import write_rows  # noqa: PLC0415

    write_rows(place(folder), f"cells/{counted.as_of}.parquet", "cells", cell_rows(counted))


def _write(
    stream: TextIO, form: str, counted: WhipCount, coded: list[Coded], with_text: bool
) -> None:
    if form == "table":
        from whipcount.rendering.table import Printer  # noqa: PLC0415

        Printer(stream).whip_count(counted)
    elif form == "html":
        from whipcount.rendering import html  # noqa: PLC0415

        stream.write(html.page(counted, coded))
    elif form == "csv":
        from whipcount.rendering import csv_rows  # noqa: PLC0415

        csv_rows.write(stream, csv_rows.CELL, csv_rows.cell_rows(counted))
    else:
        from whipcount.rendering import documents  # noqa: PLC0415

        document = documents.count_document(counted, with_text=with_text)
        (output.write_json if form == "json" else output.write_line)(stream, document)
