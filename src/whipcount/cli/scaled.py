"""`statements` and `code` by many processes, on a cluster, and into a folder of Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whipcount.cli.batch import Batch
from whipcount.cli.options import marking
from whipcount.cli.streaming import print_articles
from whipcount.errors import PageError

if TYPE_CHECKING:
    from whipcount.scale import Settings
    from whipcount.scale.parts import Doing


def named(pages: tuple[str, ...], pages_from: Path | None, progress: bool) -> Batch:
    """Return the pages that a command names, or those of its list."""
    if bool(pages) == (pages_from is not None):
        raise click.UsageError("name pages, or --pages-from with a list of them")
    if pages_from is None:
        return Batch(pages, progress=progress)
    from whipcount.scale.stores import lines_of  # noqa: PLC0415

    return Batch(lines_of(pages_from), progress=progress)


def run(
    command: str,
    batch: Batch,
    settings: Settings,
    *,
    jobs: int | None,
    engine: str,
    address: str | None,
    form: str | None,
    out: Path | str | None,
    with_text: bool,
    utterances: bool = False,
) -> int:
    """Print what a command finds, or write it as Parquet; return the exit code."""
    if utterances and form == "parquet":
        raise click.UsageError("--utterances holds all articles, so it goes with no parquet")
    if address is not None and engine != "ray":
        raise click.UsageError("--address goes with --engine ray")
    if form == "parquet":
        return _into_folder(batch, settings, _doing(jobs, engine, address), out, with_text)
    if engine == "ray":
        raise click.UsageError("--engine ray needs --format parquet and --out FOLDER")
    if isinstance(out, Path) and out.is_dir():
        raise click.UsageError(f"{out} is a folder; write into it with --format parquet")
    found = marking(utterances, settings.known)(_found(batch, settings, jobs or 1))
    return print_articles(command, found, batch, form, out, with_text=with_text)


def _doing(jobs: int | None, engine: str, address: str | None) -> Doing:
    """Return what does the parts of a run."""
    if engine == "ray":
        from whipcount.scale.on_ray import by_actors  # noqa: PLC0415

        return by_actors(jobs, address)
    from whipcount.scale import by_processes  # noqa: PLC0415

    return by_processes(jobs or 1)


def _found(batch: Batch, settings: Settings, jobs: int) -> Iterator[Any]:
    """Yield what processes find, in the pages' order."""
    from whipcount.scale import in_order  # noqa: PLC0415
    from whipcount.scale.pieces import items_of  # noqa: PLC0415

    items = (item for page in batch.pages() for item in items_of(page, settings.encoding))
    for _, result in in_order(items, settings, jobs):
        for problem in result.problems:
            batch.report(PageError(problem))
        yield from result.found


def _into_folder(
    batch: Batch, settings: Settings, doing: Doing, out: Path | str | None, with_text: bool
) -> int:
    if out is None or (isinstance(out, Path) and out.is_file()):
        raise click.UsageError("--format parquet needs --out FOLDER")
    if any(str(file) == "-" for file in batch.files):
        raise click.UsageError("--format parquet reads files, so that it can go on; not -")
    from whipcount.scale import Run  # noqa: PLC0415

    with batch.progressing() as pages_done:
        done = Run(batch.files, settings, out, with_text).go(
            doing,
            on_pages=pages_done,
            on_problem=lambda problem: batch.report(PageError(problem)),
        )
    return batch.exit_code(done.articles)
