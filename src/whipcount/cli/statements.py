"""`whipcount statements`: who said what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from whipcount.cli import options
from whipcount.cli.scaled import named, run
from whipcount.cli.streaming import print_articles


@click.command(short_help="Find who said what.")
@options.pages_or("--pages-from")
@options.pages_from
@options.issue(required=False)
@options.output_format("jsonl", "parquet")
@options.out_or_folder
@options.scale
@options.with_text(default=False)
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.utterances
@options.progress
def statements(
    *,
    pages: tuple[str, ...],
    pages_from: Path | None,
    issue: Path | None,
    form: str | None,
    out: Path | str | None,
    with_text: bool,
    encoding: str | None,
    known: Path | None,
    tagger: str,
    min_confidence: float,
    utterances: bool,
    progress: bool,
    **scale: Any,
) -> int:
    """Find who said what: each statement's source, cue and content, and its actors.

    A PAGE is a file, a folder, a project (.whip), or - for standard input.
    """
    import whipcount  # noqa: PLC0415
    from whipcount.pipeline import is_project  # noqa: PLC0415
    from whipcount.scale import Settings  # noqa: PLC0415

    known = options.known_for(known, pages)
    settings = Settings(
        issue=issue,
        known=known,
        tagger=tagger,
        min_confidence=min_confidence,
        encoding=encoding,
    )
    batch = named(pages, pages_from, progress)
    if any(map(is_project, batch.files)):
        found = whipcount.statements(
            batch.pages(),
            issue,
            known=known,
            tagger=tagger,
            min_confidence=min_confidence,
            encoding=encoding,
            on_error=batch.report,
        )
        marked = options.marking(utterances, known)(found)
        return print_articles("statements", marked, batch, form, out, with_text=with_text)
    return run(
        "statements",
        batch,
        settings,
        form=form,
        out=out,
        with_text=with_text,
        utterances=utterances,
        **scale,
    )
