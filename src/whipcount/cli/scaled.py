"""`statements` and `code` by many processes, and into a folder of Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whipcount.cli.batch import Batch
from whipcount.cli.streaming import print_articles
from whipcount.errors import PageError

if TYPE_CHECKING:
    from whipcount.scale import Settings


def run(
    command: str,
    batch: Batch,
    settings: Settings,
    *,
    jobs: int,
    form: str | None,
    out: Path | None,
    with_text: bool,
) -> int:
    """Print what a command finds, or write it as Parquet; return the exit code."""
    if form == "parquet":
        return _into_folder(batch, settings, jobs, out, with_text)
    if out is not None and out.is_dir():
        raise click.UsageError(f"{out} is a folder; write into it with --format parquet")
    return print_articles(
        command, _found(batch, settings, jobs), batch, form, out, with_text=with_text
    )


def _found(batch: Batch, settings: Settings, jobs: int) -> Iterator[Any]:
    """Yield what processes find, in the pages' order."""
    from whipcount.scale import in_order  # noqa: PLC0415

    for _, result in in_order(batch.pages(), settings, jobs):
        for problem in result.problems:
            batch.report(PageError(problem))
        yield from result.found


def _into_folder(
    batch: Batch, settings: Settings, jobs: int, out: Path | None, with_text: bool
) -> int:
    if out is None or out.is_file():
        raise click.UsageError("--format parquet needs --out FOLDER")
    if any(str(file) == "-" for file in batch.files):
        raise click.UsageError("--format parquet reads files, so that it can go on; not -")
    from whipcount.scale import Run  # noqa: PLC0415

    with batch.progressing() as pages_done:
        done = Run(batch.files, settings, out, with_text).go(
            jobs,
            on_pages=pages_done,
            on_problem=lambda problem: batch.report(PageError(problem)),
        )
    return batch.exit_code(done.articles)
