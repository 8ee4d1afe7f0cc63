"""The members of a gzip file: in a web archive each is a record, and a broken one is passed by.

RFC 1952 lets gzip files follow each other; the WARC standard (ISO 28500, annex D) has one for each
record.
"""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from whipcount.errors import PageError
from whipcount.reading.allowance import Allowance
from whipcount.reading.pages import CHUNK

MAGIC = b"\x1f\x8b\x08"


class BrokenMemberError(PageError):
    """Raised when a member of a gzip file is broken or cut off."""


class Member(io.RawIOBase):
    """The content of the member that begins at `start`, unpacked as it is read.

    `end` is where it ends in the file, None until all of it is read.
    """

    def __init__(self, file: BinaryIO, start: int, path: str, allowance: Allowance) -> None:
        self.file = file
        self.start = start
        self.path = path
        self.allowance = allowance
        self.place = start
        self.given = 0
        self.end: int | None = None
        self.packed = b""
        self.unpacker = zlib.decompressobj(31)

    def readable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return how many bytes of the content were read."""
        return self.given

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read up to as many bytes as the buffer has; 0 at the member's end."""
        data = b""
        while not data and self.end is None:
            if not self.packed:
                self.file.seek(self.place)
                self.packed = self.file.read(CHUNK)
                self.place += len(self.packed)
            held = self.packed
            try:
                data = self.unpacker.decompress(held, len(buffer))
            except zlib.error as error:
                raise BrokenMemberError(
                    f"{self.path}: is broken at byte {self.start:,} ({error}), and what stands "
                    "there was passed over; fetch it again"
                ) from None
            self.packed = self.unpacker.unconsumed_tail
            if self.unpacker.eof:
                self.end = self.place - len(self.unpacker.unused_data)
            elif not held and not data:
                raise BrokenMemberError(
                    f"{self.path}: is cut off at byte {self.place:,}; fetch it again"
                )
        self.allowance.take(len(data))
        self.given += len(data)
        buffer[: len(data)] = data
        return len(data)


def next_member(file: BinaryIO, place: int) -> int | None:
    """Return where the next member may begin at or after a place; None where none does.

    The same three bytes stand by chance in every 17 MB of packed data; such a member is broken.
    """
    return find(file, MAGIC, place)


def find(file: BinaryIO, words: bytes, place: int) -> int | None:
    """Return where bytes stand in a file at or after a place, None where nowhere."""
    tail = b""
    file.seek(place)
    while piece := file.read(CHUNK):
        held = tail + piece
        at = held.find(words)
        if at >= 0:
            return place - len(tail) + at
        place += len(piece)
        tail = held[-(len(words) - 1) :]
    return None
