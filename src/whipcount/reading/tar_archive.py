"""The reader of TAR, packed or not: its members, each by the reader that claims it."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Self, cast

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.allowance import UnpackedTooMuchError
from whipcount.reading.page_articles import articles_of_member
from whipcount.reading.pages import size_of
from whipcount.reading.settings import Settings
from whipcount.reading.unpacking import (
    BROKEN,
    Guarded,
    Unpacking,
    is_packed,
    is_page,
    member_path,
    no_pages,
    unpacked_head,
)

LARGEST_HEADER = 1_000_000
"""Bytes of the longest extended header; Python holds it in memory, and it holds names."""

_NAMES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz")
_EXTENDED = frozenset(
    {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE}
    | {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
)


@dataclass(frozen=True, slots=True)
class TarReader:
    """Reads TAR archives; claims by suffix, or by the mark in the first header."""

    name: str = "tar"
    suffixes: frozenset[str] = frozenset({".tar", ".tgz", ".tbz2", ".tbz", ".txz"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is a TAR archive, packed or not."""
        if path.lower().endswith(_NAMES):
            return True
        first = unpacked_head(head) if is_packed(head) else head
        return first[257:262] == b"ustar"

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the articles of an archive's bytes, as `stream` gives them."""
        return list(self.stream(io.BytesIO(data), path, Settings(encoding)))

    def stream(self, file: BinaryIO, path: str, settings: Settings) -> Iterator[Article]:
        """Yield the articles of each member; members that can't be read go to `on_error`."""
        inner, allowance = settings.within(path, size_of(file))
        packed = is_packed(file.read(6))
        file.seek(0)
        content = _UntilBroken(Unpacking(file, path, allowance) if packed else file)
        broken: list[int] = []
        found = False
        for archive, member in _members(cast(BinaryIO, content), path, broken):
            if member.isdir() or not is_page(member.name):
                continue
            found = True
            try:
                place = member_path(path, member.name)
                stream = _opened(archive, member, place)
            except PageError as error:
                settings.on_error(error)
                continue
            guarded = cast(BinaryIO, Guarded(stream, place))
            yield from articles_of_member(guarded, place, inner)
        if content.error is not None:
            settings.on_error(content.error)
        elif broken:
            settings.on_error(
                PageError(
                    f"{path}: is broken at byte {broken[0]:,} of its content, and what stands "
                    "there was passed over; fetch it again"
                )
            )
        if not found and content.error is None:
            raise no_pages(path)


reader = TarReader()


@dataclass(slots=True)
class _UntilBroken:
    """A stream that ends where it is broken, so that what was before is not lost to its reader."""

    stream: io.RawIOBase | BinaryIO
    error: PageError | None = None

    def read(self, size: int) -> bytes:
        if self.error is not None:
            return b""
        try:
            return self.stream.read(size) or b""
        except UnpackedTooMuchError:
            raise
        except PageError as error:
            self.error = error
            return b""


def _members(
    content: BinaryIO, path: str, broken: list[int]
) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Yield the members one after the other; `broken` takes the places of what is no header."""

    class Header(tarfile.TarInfo):
        """A header that isn't held where it is too long, and is noted where it is broken."""

        @classmethod
        def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Self:
            try:
                return super().fromtarfile(tarfile_)
            except tarfile.HeaderError as error:
                if type(error).__name__ in ("InvalidHeaderError", "TruncatedHeaderError"):
                    broken.append(tarfile_.offset)
                raise

        def _proc_member(self, tarfile_: tarfile.TarFile) -> tarfile.TarInfo:
            if self.type in _EXTENDED and self.size > LARGEST_HEADER:
                raise PageError(f"{path}: has a header of {self.size / 1e6:,.0f} MB; leave it out")
            return super()._proc_member(tarfile_)  # type: ignore[misc,no-any-return]

    try:
        # what is no header is passed over block by block, as zeros between archives are
        with tarfile.open(fileobj=content, mode="r|", tarinfo=Header, ignore_zeros=True) as archive:
            while (member := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # it remembers them all
                yield archive, member
    except PageError:
        raise
    except BROKEN as error:
        if broken and not broken[0]:
            raise PageError(f"{path}: is no TAR archive, or broken from its beginning on") from None
        raise PageError(f"{path}: is a broken TAR archive ({error}); fetch it again") from None


def _opened(archive: tarfile.TarFile, member: tarfile.TarInfo, path: str) -> BinaryIO:
    """Open a member; PageError where it is a link, a device, or has holes."""
    if member.issym() or member.islnk():
        raise PageError(f"{path}: is a link, which is not followed; it is left out")
    stream = archive.extractfile(member) if member.isfile() and not member.issparse() else None
    if stream is None:
        raise PageError(f"{path}: is no plain file; it is left out")
    return cast(BinaryIO, stream)
