"""`whipcount statements`: who said what."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli import options
from whipcount.cli.batch import Batch
from whipcount.cli.streaming import print_articles


@click.command(short_help="Find who said what.")
@options.pages
@options.issue(required=False)
@options.output_format("jsonl")
@options.out
@options.with_text(default=False)
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.progress
def statements(
    *,
    pages: tuple[str, ...],
    issue: Path | None,
    form: str | None,
    out: Path | None,
    with_text: bool,
    encoding: str | None,
    known: Path | None,
    tagger: str,
    min_confidence: float,
    progress: bool,
) -> int:
    """Find who said what: each statement's source, cue and content, and its actors.

    A PAGE is a file, a folder, or - for standard input.
    """
    import whipcount  # noqa: PLC0415

    batch = Batch(pages, progress=progress)
    found = whipcount.statements(
        batch.pages(),
        issue,
        known=known,
        tagger=tagger,
        min_confidence=min_confidence,
        encoding=encoding,
        on_error=batch.report,
    )
    return print_articles("statements", found, batch, form, out, with_text=with_text)
