"""What a user says of how pages are read, and whom to tell of those that can't be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from whipcount.errors import PageError
from whipcount.reading.allowance import DEEPEST, Allowance
from whipcount.reading.export_marks import Marks, shipped_marks


def raise_error(error: PageError) -> NoReturn:
    """Raise an error: what is done with it where nobody takes it."""
    raise error


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are read.

    `encoding` is that of every page, None where it is to be found out. `columns` says which column
    of a table holds what (`records.ROLES`). `marks` are the ways in which databases of news mark
    their exports. `on_error` is called with what can't be read, and the rest goes on. `depth` and
    `allowance` are those of the archive that a page lies in; 0 and None where it lies in none.
    """

    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Marks, ...] = field(default_factory=shipped_marks)
    on_error: Callable[[PageError], object] = raise_error
    depth: int = 0
    allowance: Allowance | None = None

    def within(self, path: str, packed: int) -> tuple[Settings, Allowance]:
        """Return the settings for what lies in an archive of `packed` bytes, and its allowance.

        Raises PageError where the archive lies too deep in others.
        """
        if self.depth >= DEEPEST:
            raise PageError(
                f"{path}: is an archive inside {self.depth} others, and {DEEPEST} are opened at "
                "most; unpack it and read the folder"
            )
        allowance = self.allowance or Allowance(path, packed)
        return replace(self, depth=self.depth + 1, allowance=allowance), allowance
