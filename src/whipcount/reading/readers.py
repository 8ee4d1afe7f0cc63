"""Readers: what turns the bytes of a page into articles, found through entry points.

A reader is an object in the entry point group `whipcount.readers`; whipcount's own, `html` and
`text`, are found in the same way. `docs/reading.md` shows how to add one.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import BinaryIO, Protocol, TypeGuard, runtime_checkable

from whipcount.errors import PageError, WhipcountError
from whipcount.model import Article
from whipcount.reading.settings import Settings

GROUP = "whipcount.readers"

OURS = {
    "docx": "whipcount.reading.docx:reader",
    "pdf": "whipcount.reading.pdf:reader",
    "rtf": "whipcount.reading.rtf:reader",
    "mhtml": "whipcount.reading.mhtml:reader",
    "mail": "whipcount.reading.mail:reader",
    "feed": "whipcount.reading.feeds:reader",
    "jsonl": "whipcount.reading.jsonl:reader",
    "csv": "whipcount.reading.csv_table:reader",
    "warc": "whipcount.reading.warc:reader",
    "zip": "whipcount.reading.zip_archive:reader",
    "tar": "whipcount.reading.tar_archive:reader",
    "packed": "whipcount.reading.packed_file:reader",
    "html": "whipcount.reading.html:reader",
    "text": "whipcount.reading.text:reader",
}
"""whipcount's readers, for a source tree that runs without having been installed.

They come after all others and in this order: `text` claims every page that nobody else does.
"""

HEAD = 4096
"""Bytes of a page that a reader sees when it is asked whether it claims the page.

A byte-order mark, an XML declaration, a licence comment and `<!doctype html>` fit in it.
"""


@runtime_checkable
class Reader(Protocol):
    """What an entry point of the group `whipcount.readers` must name: one such object."""

    @property
    def name(self) -> str:
        """The format in a word, as messages show it."""
        ...

    @property
    def suffixes(self) -> frozenset[str]:
        """Endings of file names that are taken from a folder: lower case, with the dot."""
        ...

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether this reader reads the page that begins with `head`."""
        ...

    def read(self, data: bytes, path: str, encoding: str | None) -> list[Article]:
        """Return a page's articles in the page's order.

        `encoding` is what the user gave, None where it is to be found out. Raises PageError, its
        message beginning with `path`, where the page cannot be read or holds no article.
        """
        ...


@runtime_checkable
class StreamingReader(Reader, Protocol):
    """A reader of pages that hold many: it gives their articles one by one, of files of any size.

    `stream` is called in place of `read`.
    """

    def stream(self, file: BinaryIO, path: str, settings: Settings) -> Iterator[Article]:
        """Yield a page's articles in the page's order; `file` can be sought in.

        What can't be read of the page goes to `settings.on_error`, and the rest is yielded. Raises
        PageError where nothing can be.
        """
        ...


def is_streaming(reader: Reader) -> TypeGuard[StreamingReader]:
    """Return whether a reader streams; `isinstance` would look at all its names for each page."""
    return hasattr(reader, "stream")


@functools.cache
def readers() -> tuple[Reader, ...]:
    """Return all readers in the order in which they are asked: users' by name, then ours.

    Raises WhipcountError where one that is installed can't be loaded.
    """
    found = {point.name: point for point in entry_points(group=GROUP)}
    theirs = sorted(found.keys() - OURS.keys())
    ours = {name: found.get(name, EntryPoint(name, value, GROUP)) for name, value in OURS.items()}
    return tuple(_load(point) for point in (*(found[name] for name in theirs), *ours.values()))


def reader_of(head: bytes, path: str, among: Iterable[Reader] | None = None) -> Reader:
    """Return the first reader that claims a page; PageError where none does."""
    for reader in readers() if among is None else among:
        if reader.claims(head, path):
            return reader
    raise PageError(f"{path}: no reader claims this page; save it as HTML or plain text")


def suffixes() -> frozenset[str]:
    """Return the endings of file names that are taken from a folder."""
    return frozenset(suffix for reader in readers() for suffix in reader.suffixes)


def _load(point: EntryPoint) -> Reader:
    try:
        module = importlib.import_module(point.module)
        reader = functools.reduce(getattr, point.attr.split("."), module)
    except (ImportError, AttributeError) as error:
        raise WhipcountError(
            f"the reader {point.name!r} ({point.value}) can't be loaded: {error}; "
            "mend or uninstall the package that brings it"
        ) from error
    if not isinstance(reader, Reader):
        raise WhipcountError(
            f"the reader {point.name!r} ({point.value}) is no reader: it needs name, suffixes, "
            "claims() and read(), see docs/reading.md"
        )
    return reader
