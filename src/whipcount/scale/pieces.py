"""Pages that hold many articles, an archive or a table, taken apart before they are worked on.

Their articles are read where they are handed out, one after the other, so that no process holds all
of them and several can work on one page.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeAlias

from whipcount.errors import PageError
from whipcount.model import Article

Page: TypeAlias = Path | str
"""A page: a file's path, or its address in an object store."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a page: an article, or why something of it can't be read; the last is neither."""

    page: Page
    article: Article | None = None
    problem: str = ""

    @property
    def is_last(self) -> bool:
        """Whether the page ends here."""
        return self.article is None and not self.problem


Item: TypeAlias = Page | Article | Piece
"""What is worked on: a page to read, an article that was read already, or a piece of a page."""


def holds_many(page: Page) -> bool:
    """Return whether a page's name is that of an archive or a table; it isn't looked into."""
    from whipcount.scale.stores import shown  # noqa: PLC0415

    name = PurePath(shown(page) if isinstance(page, str) else page)
    packed, many = _endings()
    if name.suffix.lower() in packed:
        name = PurePath(name.stem)
    return name.suffix.lower() in many


def items_of(page: Page, encoding: str | None = None) -> Iterator[Page | Piece]:
    """Yield what a page is worked on as: itself, or its pieces where it holds many articles."""
    if not holds_many(page):
        yield page
        return
    from whipcount import pipeline  # noqa: PLC0415

    problems: list[PageError] = []

    def told() -> Iterator[Piece]:
        while problems:
            yield Piece(page, problem=str(problems.pop(0)))

    for article in pipeline.read(page, encoding=encoding, on_error=problems.append):
        yield from told()
        yield Piece(page, article)
    yield from told()
    yield Piece(page)


def ends_page(item: Item) -> bool:
    """Return whether a page is done when an item is."""
    return not isinstance(item, Piece) or item.is_last


@functools.cache
def _endings() -> tuple[frozenset[str], frozenset[str]]:
    """Return the endings of packed single files, and those of pages that hold many articles."""
    from whipcount.reading import StreamingReader  # noqa: PLC0415
    from whipcount.reading.packed_file import reader as packed  # noqa: PLC0415
    from whipcount.reading.readers import readers  # noqa: PLC0415

    many = (reader.suffixes for reader in readers() if isinstance(reader, StreamingReader))
    return packed.suffixes, frozenset().union(*many) - packed.suffixes
