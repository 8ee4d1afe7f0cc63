"""The reader of a single page that is packed by gzip, bzip2 or xz, such as `articles.jsonl.gz`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, cast

from whipcount.model import Article
from whipcount.reading.page_articles import articles_of_member
from whipcount.reading.pages import size_of
from whipcount.reading.settings import Settings
from whipcount.reading.unpacking import Unpacking, is_packed


@dataclass(frozen=True, slots=True)
class PackedReader:
    """Reads packed pages; claims by how a page begins."""

    name: str = "packed"
    suffixes: frozenset[str] = frozenset({".gz", ".bz2", ".xz"})

    def claims(self, head: bytes, path: str) -> bool:  # noqa: ARG002
        """Return whether a page is packed; readers of packed archives are asked before."""
        return is_packed(head)

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the articles of a packed page's bytes, as `stream` gives them."""
        return list(self.stream(io.BytesIO(data), path, Settings(encoding)))

    def stream(self, file: BinaryIO, path: str, settings: Settings) -> Iterator[Article]:
        """Yield the page's articles; its path is the file's, and its name without the ending."""
        inner, allowance = settings.within(path, size_of(file))
        name = PurePath(path).name
        stem = (
            name[: -len(PurePath(name).suffix)] if PurePath(name).suffix in self.suffixes else name
        )
        content = Unpacking(file, path, allowance)
        yield from articles_of_member(cast(BinaryIO, content), f"{path}/{stem}", inner)


reader = PackedReader()
