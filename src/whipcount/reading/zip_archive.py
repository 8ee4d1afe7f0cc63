"""The reader of ZIP: its members, each by the reader that claims it."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.page_articles import articles_of_member
from whipcount.reading.pages import size_of
from whipcount.reading.settings import Settings
from whipcount.reading.unpacking import BROKEN, Guarded, is_page, member_path, no_pages

MOST_DIRECTORY = 64_000_000
"""Bytes of the largest list of members, some 600,000 of them; Python holds it in memory, in six
times as much."""

_END, _END_64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"


@dataclass(frozen=True, slots=True)
class ZipReader:
    """Reads ZIP archives; claims by suffix, or by how a page begins."""

    name: str = "zip"
    suffixes: frozenset[str] = frozenset({".zip"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is a ZIP archive; other readers take office documents first."""
        return path.lower().endswith(".zip") or head.startswith((b"PK\x03\x04", _END))

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the articles of an archive's bytes, as `stream` gives them."""
        return list(self.stream(io.BytesIO(data), path, Settings(encoding)))

    def stream(self, file: BinaryIO, path: str, settings: Settings) -> Iterator[Article]:
        """Yield the articles of each member; members that can't be read go to `on_error`."""
        inner, allowance = settings.within(path, size_of(file))
        _refuse_long_directory(file, path)
        try:
            archive = zipfile.ZipFile(file)
        except BROKEN as error:
            raise PageError(f"{path}: is a broken ZIP archive ({error}); fetch it again") from None
        found = False
        with archive:
            for info in archive.infolist():
                if info.filename.endswith("/") or not is_page(info.filename):
                    continue
                found = True
                try:
                    place = member_path(path, info.filename)
                    stream = _opened(archive, info, place)
                except PageError as error:
                    settings.on_error(error)
                    continue
                with stream:
                    guarded = cast(BinaryIO, Guarded(cast(BinaryIO, stream), place))
                    yield from articles_of_member(guarded, place, inner, allowance)
        if not found:
            raise no_pages(path)


reader = ZipReader()


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> zipfile.ZipExtFile:
    """Open a member; PageError where it is locked, a link, or packed in a way that isn't known."""
    if info.flag_bits & 1:
        raise PageError(f"{path}: is locked with a password; unpack it and read the folder")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise PageError(f"{path}: is a link, which is not followed; it is left out")
    try:
        return cast(zipfile.ZipExtFile, archive.open(info))
    except BROKEN as error:
        raise PageError(f"{path}: can't be unpacked ({error}); unpack it yourself") from None


def _refuse_long_directory(file: BinaryIO, path: str) -> None:
    """Raise PageError where the archive's list of members (APPNOTE.TXT, 4.3.12) is too long."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))  # the last record has a comment of up to 65,535 bytes
    tail = file.read()
    at = tail.rfind(_END)
    length = struct.unpack_from("<L", tail, at + 12)[0] if 0 <= at <= len(tail) - 22 else 0
    locator = tail.rfind(_LOCATOR, 0, max(at, 0))
    if 0 <= locator <= len(tail) - 20:
        file.seek(min(size, struct.unpack_from("<Q", tail, locator + 8)[0]))
        record = file.read(56)
        if record.startswith(_END_64) and len(record) == 56:
            length = max(
                length if length != 0xFFFFFFFF else 0, struct.unpack_from("<Q", record, 40)[0]
            )
    file.seek(0)
    if length > MOST_DIRECTORY:
        raise PageError(
            f"{path}: has more members than are read of an archive: their list has "
            f"{length / 1e6:,.0f} MB, and {MOST_DIRECTORY / 1e6:.0f} are read; unpack it, and read "
            "the folder"
        )
