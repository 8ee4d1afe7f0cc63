"""A run over many pages: which they are, how far it is, what went wrong, and the exit code."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from whipcount.errors import PageError


class Batch:
    """The pages of a command and those among them that could not be read."""

    def __init__(self, paths: Iterable[str], *, progress: bool) -> None:
        self.failed = 0
        self.progress = progress and sys.stderr.isatty()
        self.files = list(self._files(paths))

    def report(self, error: PageError) -> None:
        """Say on standard error that a page could not be read, and remember it."""
        self.failed += 1
        print(f"whipcount: {error}", file=sys.stderr)

    def pages(self) -> Iterator[Path | str]:
        """Yield the pages one by one, with a bar on standard error where that is a terminal."""
        with self.progressing() as done:
            for file in self.files:
                yield file
                done(1)

    @contextlib.contextmanager
    def progressing(self) -> Iterator[Callable[[int], None]]:
        """Show on standard error, where that is a terminal, how far it is, how fast and how long.

        Gives what is called with how many pages more are done.
        """
        if not self.progress or len(self.files) < 2:
            yield lambda _: None
            return
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
            task = shown.add_task("Reading", total=len(self.files), rate="")

            def done(pages: int) -> None:
                shown.advance(task, pages)
                speed = shown.tasks[0].speed
                shown.update(task, rate="" if speed is None else f"{speed:.1f} pages/s")

            yield done

    def exit_code(self, done: int) -> int:
        """Return 0, 1 or 2 for `done` articles and the pages that failed."""
        if not self.failed:
            return 0
        return 1 if done else 2

    def _files(self, paths: Iterable[str]) -> Iterator[Path | str]:
        """Yield the files that paths name, or their addresses; those that are missing are reported.

        A folder of coded Parquet is one.
        """
        from whipcount.reading import pages  # noqa: PLC0415
        from whipcount.scale import stored, stores  # noqa: PLC0415

        for path in paths:
            try:
                if stored.is_coded(path):
                    yield path if stores.is_address(path) else Path(path)
                elif stores.is_address(path):
                    yield from stores.pages(path)
                else:
                    yield from pages([path])
            except PageError as error:
                self.report(error)
