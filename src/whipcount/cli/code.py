"""`whipcount code`: the positions that statements take on an issue's options."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli import options
from whipcount.cli.batch import Batch
from whipcount.cli.streaming import print_articles


@click.command(short_help="Code the positions on an issue's options.")
@options.pages
@options.issue(required=True)
@options.output_format("jsonl")
@options.out
@options.with_text(default=False)
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.coder
@options.progress
def code(
    *,
    pages: tuple[str, ...],
    issue: Path,
    form: str | None,
    out: Path | None,
    with_text: bool,
    encoding: str | None,
    known: Path | None,
    tagger: str,
    min_confidence: float,
    coder: str,
    progress: bool,
) -> int:
    """Code the positions: whose stance on which option of an issue, in whose words.

    A PAGE is a file, a folder, or - for standard input.
    """
    import whipcount  # noqa: PLC0415

    batch = Batch(pages, progress=progress)
    found = whipcount.code(
        batch.pages(),
        issue,
        known=known,
        tagger=tagger,
        min_confidence=min_confidence,
        coder=coder,
        encoding=encoding,
        on_error=batch.report,
    )
    return print_articles("code", found, batch, form, out, with_text=with_text)
