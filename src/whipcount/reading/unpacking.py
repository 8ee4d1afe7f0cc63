"""What archives have in common: unpacking piece by piece, and which of their members are pages.

Nothing is ever written to a path that an archive names.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol

from whipcount.errors import PageError
from whipcount.reading.allowance import Allowance
from whipcount.reading.pages import CHUNK
from whipcount.reading.readers import suffixes

GZIP, BZIP2, XZ = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00"

MOST_DICTIONARY = 128_000_000
"""Bytes of memory that unpacking an .xz may take; `xz -9` asks for 65 MB."""

BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),
)
"""What Python's libraries raise on broken archives."""

_DRIVE = re.compile(r"^[A-Za-z]:")


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Unpacking(io.RawIOBase):
    """The content of a file packed by gzip, bzip2 or xz, unpacked as it is read.

    Several packed files one after the other are one, as the programs have it. Raises PageError
    where it is broken or cut off, and UnpackedTooMuchError.
    """

    def __init__(self, file: BinaryIO, path: str, allowance: Allowance) -> None:
        self.file = file
        self.path = path
        self.allowance = allowance
        self.packed = file.read(CHUNK)
        self.unpacker = _unpacker(self.packed)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read up to as many bytes as the buffer has; 0 at the end."""
        try:
            words = self._piece(len(buffer))
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, MemoryError) as error:
            raise PageError(f"{self.path}: is broken ({error}); fetch it again") from None
        self.allowance.take(len(words))
        buffer[: len(words)] = words
        return len(words)

    def _piece(self, size: int) -> bytes:
        while self.unpacker is not None:
            if not self.packed:
                self.packed = self.file.read(CHUNK)
            if self.unpacker.eof:
                self.packed = self.packed.lstrip(b"\0") or self.file.read(CHUNK).lstrip(b"\0")
                self.unpacker = _unpacker(self.packed)  # None where there is no more
                continue
            held, data = self.packed, b""
            data = self.unpacker.decompress(held, size)
            tail: bytes = getattr(self.unpacker, "unconsumed_tail", b"")
            self.packed = self.unpacker.unused_data if self.unpacker.eof else tail
            if data:
                return data
            if not held and not self.unpacker.eof:
                raise EOFError("it is cut off")
        return b""


def _unpacker(head: bytes) -> _Unpacker | None:
    """Return what unpacks bytes that begin so; None where they aren't packed."""
    if head.startswith(GZIP):
        return zlib.decompressobj(31)
    if head.startswith(BZIP2):
        return bz2.BZ2Decompressor()
    if head.startswith(XZ):
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MOST_DICTIONARY)
    return None


def is_packed(head: bytes) -> bool:
    """Return whether a file that begins so is packed by gzip, bzip2 or xz."""
    return head.startswith((GZIP, BZIP2, XZ))


def unpacked_head(head: bytes, size: int = 1024) -> bytes:
    """Return the first bytes of a packed file's content, as far as its own first ones go."""
    try:
        unpacker = _unpacker(head)
        return unpacker.decompress(head, size) if unpacker is not None else b""
    except (zlib.error, lzma.LZMAError, OSError, ValueError):
        return b""


class Guarded:
    """A member's content; where the archive is broken, reading it raises PageError."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        self.stream = stream
        self.path = path

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end."""
        try:
            return self.stream.read(size)
        except PageError:
            raise
        except BROKEN as error:
            raise PageError(f"{self.path}: is broken ({error}); fetch the archive again") from None


def member_path(archive: str, name: str) -> str:
    """Return the path of a member, as articles and messages give it.

    Raises PageError where the name leads out of the archive: it was made to do harm.
    """
    plain = name.replace("\\", "/")
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in plain)
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in plain.split("/"):
        raise PageError(f"{archive}: the member {shown!r} leads out of the archive; it is left out")
    return f"{archive}/{shown}"


def is_page(name: str) -> bool:
    """Return whether a member is taken as a page: not hidden, of an ending that a reader claims."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    return not hidden and path.suffix.lower() in suffixes()


def no_pages(path: str) -> PageError:
    """Return the error of an archive that holds no page."""
    endings = ", ".join(sorted(suffixes()))
    return PageError(f"{path}: the archive holds no page; pages in archives end in {endings}")
