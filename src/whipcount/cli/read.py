"""`whipcount read`: what was read of pages."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli import options
from whipcount.cli.batch import Batch
from whipcount.cli.streaming import print_articles


@click.command(short_help="Show what was read of pages.")
@options.pages
@options.output_format("jsonl")
@options.out
@options.with_text(default=True)
@options.encoding
@options.progress
def read(
    *,
    pages: tuple[str, ...],
    form: str | None,
    out: Path | None,
    with_text: bool,
    encoding: str | None,
    progress: bool,
) -> int:
    """Show what was read: title, outlet, date, byline, body.

    A PAGE is a file, a folder, or - for standard input.
    """
    import whipcount  # noqa: PLC0415

    batch = Batch(pages, progress=progress)
    found = whipcount.read(batch.pages(), encoding=encoding, on_error=batch.report)
    return print_articles("read", found, batch, form, out, with_text=with_text)
