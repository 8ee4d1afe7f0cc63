"""`whipcount statements`: who said what."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli import options
from whipcount.cli.batch import Batch
from whipcount.cli.scaled import run


@click.command(short_help="Find who said what.")
@options.pages
@options.issue(required=False)
@options.output_format("jsonl", "parquet")
@options.out_or_folder
@options.jobs
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
    jobs: int,
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
    from whipcount.scale import Settings  # noqa: PLC0415

    settings = Settings(
        issue=issue,
        known=known,
        tagger=tagger,
        min_confidence=min_confidence,
        encoding=encoding,
    )
    batch = Batch(pages, progress=progress)
    return run("statements", batch, settings, jobs=jobs, form=form, out=out, with_text=with_text)
