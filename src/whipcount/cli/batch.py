"""A run over many pages: which they are, how far it is, what went wrong, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from whipcount.errors import PageError


class Batch:
    """The pages of a command and those among them that could not be read."""

    def __init__(self, paths: Sequence[str], *, progress: bool) -> None:
        self.failed = 0
        self.progress = progress and sys.stderr.isatty()
        self.files = list(self._files(paths))

    def report(self, error: PageError) -> None:
        """Say on standard error that a page could not be read, and remember it."""
        self.failed += 1
        print(f"whipcount: {error}", file=sys.stderr)

    def pages(self) -> Iterator[Path]:
        """Yield the pages one by one, with a bar on standard error where that is a terminal."""
        if not self.progress or len(self.files) < 2:
            yield from self.files
            return
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import track  # noqa: PLC0415

        yield from track(self.files, "Reading", console=Console(stderr=True), transient=True)

    def exit_code(self, done: int) -> int:
        """Return 0, 1 or 2 for `done` articles and the pages that failed."""
        if not self.failed:
            return 0
        return 1 if done else 2

    def _files(self, paths: Sequence[str]) -> Iterator[Path]:
        """Yield the files that paths name; those that are missing are reported."""
        from whipcount.reading import pages  # noqa: PLC0415

        for path in paths:
            try:
                yield from pages([path])
            except PageError as error:
                self.report(error)
