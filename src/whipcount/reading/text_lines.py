"""The text of a file of any size, line by line: its encoding, and its SHA-256."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from whipcount.errors import PageError
from whipcount.reading.decoding import LOOKED_AT, MARKS, decode, refuse_binary
from whipcount.reading.pages import CHUNK, LARGEST

MOST_BLANK = 200_000
"""Blank lines of a file at most: spreadsheets save a thousand of them, and 10 MB of nothing else
take half a minute."""

_ESCAPED = re.compile("[\udc80-\udcff]")


class TooLongError(Exception):
    """Raised when a record has more code points than the largest page has bytes."""


@dataclass(slots=True)
class TextLines:
    """A file's lines, each with its line end; an empty one is the file's end.

    `number` is that of the last line given, from 1. `held` counts the code points since it was last
    set to 0: beyond `LARGEST` TooLongError is raised, and the rest of the line is passed over.
    PageError is raised where a line isn't in the encoding that was named.
    """

    stream: TextIO
    path: str
    sha256: str
    number: int = 0
    held: int = 0
    blank: int = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._line(LARGEST + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.held += len(line)
        if self.held > LARGEST:
            while line and not line.endswith(("\n", "\r")):
                line = self._line(CHUNK)
            raise TooLongError
        return line

    def _line(self, most: int) -> str:
        try:
            return self.stream.readline(most)
        except UnicodeDecodeError as error:
            raise PageError(
                f"{self.path}: isn't in {error.encoding} ({error.reason}); name another encoding "
                "(--encoding)"
            ) from None

    def refuse_blank(self) -> None:
        """Note a blank record; PageError where there are more than a table has."""
        self.blank += 1
        if self.blank > MOST_BLANK:
            raise PageError(
                f"{self.path}: has more than {MOST_BLANK:,} blank lines, and what stands after "
                "them is not read; leave them out"
            )


def text_lines(file: BinaryIO, path: str, encoding: str | None) -> TextLines:
    """Return the lines of a file, which is gone through once for its encoding and its SHA-256.

    Where the encoding can't be told, bytes that aren't UTF-8 are escaped, and `is_escaped` tells
    which records have any. Raises PageError where the file is no text.
    """
    head = file.read(LOOKED_AT)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if encoding is None and marked is None:
        refuse_binary(head, path)
    sha256, is_utf8, size = _looked_through(file)
    file.seek(0)
    errors = "strict"
    name = marked if encoding is None else encoding
    if name is None:
        if not is_utf8 and size <= LARGEST:
            try:
                return TextLines(io.StringIO(decode(file.read(), path), newline=""), path, sha256)
            except PageError:  # nearly all of it is UTF-8; what isn't is told record by record
                file.seek(0)
        name = "utf-8"
    if encoding is None and name == "utf-8":
        errors = "surrogateescape"
    decode(b"", path, name)  # says that there is no such encoding
    if codecs.lookup(name).name == "utf-8":
        name = "utf-8-sig"
    elif marked is not None and name.startswith(("utf-16", "utf-32")):
        name = name[:6]  # these take the byte-order mark with them
    return TextLines(io.TextIOWrapper(file, encoding=name, errors=errors, newline=""), path, sha256)


def is_escaped(words: str) -> bool:
    """Return whether words hold bytes that aren't in the file's encoding."""
    return _ESCAPED.search(words) is not None


def _looked_through(file: BinaryIO) -> tuple[str, bool, int]:
    """Return a file's SHA-256, whether it is UTF-8 throughout, and its size."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, size = True, 0
    file.seek(0)
    while piece := file.read(CHUNK):
        digest.update(piece)
        size += len(piece)
        if is_utf8:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                is_utf8 = False
    if is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    return digest.hexdigest(), is_utf8, size
