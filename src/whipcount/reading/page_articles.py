"""How a page gives its articles: by the reader that claims it, export by export, member by member.

Files of any size are gone through; what is no archive and no table is held, up to `LARGEST`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading import exports
from whipcount.reading.allowance import Allowance, UnpackedTooMuchError
from whipcount.reading.pages import copied, refuse_large, size_of
from whipcount.reading.readers import HEAD, Reader, is_streaming, reader_of
from whipcount.reading.settings import Settings


def articles_of(
    file: BinaryIO, path: str, settings: Settings, named: str | None = None
) -> Iterator[Article]:
    """Yield the articles of a page's file, which can be sought in.

    `named` is a name that tells the format where `path` doesn't. What can't be read goes to
    `settings.on_error`. UnpackedTooMuchError is raised within archives, so that the outermost is
    left.
    """
    try:
        head = file.read(HEAD)
        if not head:
            raise PageError(f"{path}: is empty; save the page again")
        reader = reader_of(head, named or path)
        if is_streaming(reader):
            file.seek(0)
            yield from reader.stream(file, path, settings)
        else:
            yield from _of_one(reader, file, path, settings)
    except UnpackedTooMuchError as error:
        if settings.depth:
            raise
        settings.on_error(error)
    except PageError as error:
        settings.on_error(error)


def articles_of_member(
    stream: BinaryIO, path: str, settings: Settings, allowance: Allowance | None = None
) -> Iterator[Article]:
    """Yield the articles of an archive's member; `stream` is read once, as far as it goes.

    `allowance` notes the bytes where the stream doesn't.
    """
    counted = stream if allowance is None else cast(BinaryIO, _Counted(stream, allowance))
    try:
        with copied(counted, path, settings.on_error) as file:
            yield from articles_of(file, path, settings)
    except UnpackedTooMuchError:
        raise
    except PageError as error:
        settings.on_error(error)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A stream whose bytes are noted, for what an archive says of a member's size may be a lie."""

    stream: BinaryIO
    allowance: Allowance

    def read(self, size: int) -> bytes:
        piece = self.stream.read(size)
        self.allowance.take(len(piece))
        return piece


def _of_one(reader: Reader, file: BinaryIO, path: str, settings: Settings) -> Iterator[Article]:
    refuse_large(size_of(file), path)
    data = file.read()
    if not data.strip():
        raise PageError(f"{path}: is empty; save the page again")
    try:
        exported = exports.articles_of_export(reader.name, data, path, settings)
        found = reader.read(data, path, settings.encoding) if exported is None else exported
    except (MemoryError, RecursionError):
        raise PageError(
            f"{path}: takes more memory than there is, or is nested too deeply; split it into its "
            "articles, or leave it out"
        ) from None
    yield from found
