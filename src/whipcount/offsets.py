"""The one place where offsets change their unit, and where words are found again.

whipcount counts Unicode code points, end exclusive. Browsers and Java count UTF-16 code units,
files count bytes; what a person or another tool hands over may differ from the text in quotation
marks, spaces and soft hyphens. All of that is crossed here and nowhere else.
"""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from whipcount.model import Span

SOFT = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters without width that part no words: soft hyphen, zero-width marks, byte-order mark."""

SAME = {
    ord(mark): plain
    for plain, marks in {
        '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02",
        "'": "\u2018\u2019\u201a\u201b\u2032\u02bc\uff07",
        "-": "\u2010\u2011",
        " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
        "\u202f\u205f\u3000\t\v\f",
    }.items()
    for mark in marks
}
"""Marks that are written in several ways, each with its plain form, one character for one."""


def to_utf16(text: str, offset: int) -> int:
    """Return the UTF-16 code units before the code point `offset` of `text`.

    Raises ValueError where `offset` is outside `0 … len(text)`.
    """
    _check(offset, len(text))
    return offset + sum(character > "\uffff" for character in text[:offset])


def from_utf16(text: str, units: int) -> int:
    """Return the code point that begins at `units` UTF-16 code units into `text`.

    Raises ValueError where `units` is out of range or splits a surrogate pair.
    """
    return _from_units(text, units, lambda character: 1 + (character > "\uffff"), "UTF-16 units")


def to_bytes(text: str, offset: int) -> int:
    """Return the UTF-8 bytes before the code point `offset` of `text`."""
    _check(offset, len(text))
    return len(text[:offset].encode("utf-8", "surrogatepass"))


def from_bytes(text: str, count: int) -> int:
    """Return the code point that begins at `count` UTF-8 bytes into `text`.

    Raises ValueError where `count` is out of range or splits a character.
    """
    return _from_units(
        text, count, lambda character: len(character.encode("utf-8", "surrogatepass")), "bytes"
    )


def span_to_utf16(text: str, span: Span) -> tuple[int, int]:
    """Return a span of code points as UTF-16 code units."""
    return to_utf16(text, span.start), to_utf16(text, span.end)


def span_from_utf16(text: str, start: int, end: int) -> Span:
    """Return a span of UTF-16 code units as code points."""
    return Span(from_utf16(text, start), from_utf16(text, end))


class Units:
    """A text's UTF-16 code units, for many spans of it: each costs little, however long the text.

    `length` is how many the text has.
    """

    def __init__(self, text: str) -> None:
        wide = [index for index, character in enumerate(text) if character > "\uffff"]
        self._wide = wide
        self._wide_units = [index + before for before, index in enumerate(wide)]
        self._points = len(text)
        self.length = len(text) + len(wide)

    def span(self, start: int, end: int) -> Span:
        """Return a span of UTF-16 units as code points.

        Raises ValueError where it is out of range or splits a surrogate pair.
        """
        return Span(self._point(start), self._point(end))

    def of(self, span: Span) -> tuple[int, int]:
        """Return a span of code points as UTF-16 units; ValueError where it is out of range."""
        _check(span.start, self._points)
        _check(span.end, self._points)
        return (
            span.start + bisect.bisect_left(self._wide, span.start),
            span.end + bisect.bisect_left(self._wide, span.end),
        )

    def _point(self, units: int) -> int:
        if not 0 <= units <= self.length:
            raise ValueError(f"{units} UTF-16 units are outside the text's {self.length}")
        before = bisect.bisect_left(self._wide_units, units)
        if before and self._wide_units[before - 1] + 1 == units:
            raise ValueError(f"{units} UTF-16 units end inside a character")
        return units - before


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with its marks made plain, and the way back to the original's code points.

    `text` has straight quotation marks and ordinary spaces, and no soft hyphens; `origins[i]` is
    where its character `i` stands in the original, with the original's end as last entry.
    """

    text: str
    origins: tuple[int, ...] | range

    def span(self, start: int, end: int) -> Span:
        """Return where characters `start … end` of the plain text stand in the original."""
        if start >= end:
            return Span(self.origins[start], self.origins[start])
        return Span(self.origins[start], self.origins[end - 1] + 1)

    def index(self, offset: int) -> int:
        """Return the plain text's character that stands at or after the original's `offset`."""
        return bisect.bisect_left(self.origins, offset)

    def written(self, text: str) -> str:
        """Return this text's characters as they are written in `text`, the one it was made of."""
        return "".join(text[place] for place in self.origins[: len(self.text)])


def plain(text: str, start: int = 0, end: int | None = None) -> Plain:
    """Return the characters `start … end` of a text with its marks made plain."""
    end = len(text) if end is None else end
    piece = text[start:end]
    if SOFT.isdisjoint(piece):
        return Plain(piece.translate(SAME), range(start, end + 1))
    kept = [index for index, character in enumerate(piece, start) if character not in SOFT]
    words = "".join(text[index] for index in kept).translate(SAME)
    return Plain(words, (*kept, end))


def trim(text: str, start: int, end: int, marks: str = "") -> Span:
    """Return a span without white space, soft characters and any of `marks` at its ends."""
    while start < end and (text[start].isspace() or text[start] in SOFT or text[start] in marks):
        start += 1
    while end > start and (
        text[end - 1].isspace() or text[end - 1] in SOFT or text[end - 1] in marks
    ):
        end -= 1
    return Span(start, end)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap or touch joined into one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def find(text: str, words: str, near: int = 0) -> Span | None:
    """Return where words stand in a text, the place nearest to `near`; None where nowhere.

    Looked for to the character first, then with white space, quotation marks, hyphens, soft
    characters, case and Unicode composition taken as equal.
    """
    if not words.strip():
        return None
    exact = _all(text, words)
    if exact:
        return min(
            (Span(at, at + len(words)) for at in exact), key=lambda span: abs(span.start - near)
        )
    folded, origins = _fold(text)
    wanted, _ = _fold(words)
    wanted = wanted.strip()
    if not wanted:
        return None
    spans = [Span(origins[at], origins[at + len(wanted) - 1] + 1) for at in _all(folded, wanted)]
    spans = [_with_marks(text, span) for span in spans]
    return min(spans, key=lambda span: abs(span.start - near), default=None)


def _fold(text: str) -> tuple[str, list[int]]:
    """Return a text folded for comparison, and for each of its characters the original's place."""
    characters: list[str] = []
    origins: list[int] = []
    for index, original in enumerate(text):
        if original in SOFT:
            continue
        for character in unicodedata.normalize("NFKD", original.translate(SAME)).casefold():
            if character.isspace():
                if not characters or characters[-1] != " ":
                    characters.append(" ")
                    origins.append(index)
                continue
            characters.append(character)
            origins.append(index)
    return "".join(characters), origins


def _with_marks(text: str, span: Span) -> Span:
    """Return a span that takes in the combining marks that follow it."""
    end = span.end
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return Span(span.start, end)


def _all(text: str, words: str) -> list[int]:
    found = []
    at = text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _check(offset: int, length: int) -> None:
    if not 0 <= offset <= length:
        raise ValueError(f"offset {offset} is outside the text of {length} code points")


def _from_units(text: str, units: int, width: Callable[[str], int], name: str) -> int:
    passed = 0
    for index, character in enumerate(text):
        if passed == units:
            return index
        passed += width(character)
        if passed > units:
            raise ValueError(f"{units} {name} end inside the character {character!r} at {index}")
    if passed == units:
        return len(text)
    raise ValueError(f"{units} {name} are more than the text's {passed}")
