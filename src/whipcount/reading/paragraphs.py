"""Plain text to paragraphs: lines, and which of them belong together because the text was wrapped.

A blank line always parts paragraphs. A single line break does too, unless the line before it was
broken in mid-sentence, or at the width to which the whole text was wrapped.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from whipcount.model import Span
from whipcount.offsets import SAME, SOFT, trim

WIDEST_WRAP = 120
"""Code points of the longest line that a wrapping program leaves. Mail and terminals wrap at 60 to
80, editors at up to 120; a longer line is a paragraph."""

SHORTEST_WRAP = 40
"""Code points below which a line isn't looked at as wrapped: menus and headings are such."""

NARROWEST_WRAP = 55
"""Code points of the narrowest width to which texts are wrapped, a little below 60: the width is
measured, and lines end before it. Headers of a title and a standfirst are narrower."""

FEWEST_BROKEN = 3
"""Lines broken in mid-sentence that a wrapped text has at least; a paragraph has as many."""

LEAST_BROKEN = 0.5
"""Least share of lines broken in mid-sentence, among lines followed directly by another, in a text
that was wrapped. The texts of PolNeAR train, wrapped at 72 by Python's textwrap, have 0.73 at least
and 0.96 in the middle; paragraphs parted by single line breaks have next to none."""

ENDINGS = ".!?…:;。！？؟।"
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_TERMINATED = re.compile(rf"[{ENDINGS}][\"')\]}}]*$")
_PLAIN = tuple(
    (chr(mark), plain) for mark, plain in SAME.items() if not chr(mark).isspace()
) + tuple((mark, "") for mark in sorted(SOFT))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a plain text: its span, its words made plain, and what stands around it.

    `words` has single spaces, straight quotation marks and no soft hyphens. `gap` tells whether a
    blank line, or the text's start, is before it.
    """

    span: Span
    words: str
    gap: bool


def paragraphs(text: str) -> list[Paragraph]:
    """Return a text's paragraphs in order; none where it is all white space."""
    lines = _lines(text)
    width = _wrap_width(lines)
    found: list[Paragraph] = []
    first = 0
    for index in range(len(lines)):
        last = index + 1 == len(lines)
        if last or lines[index + 1].gap or not _goes_on(lines[index], lines[index + 1], width):
            span = Span(lines[first].span.start, lines[index].span.end)
            words = " ".join(line.words for line in lines[first : index + 1])
            found.append(Paragraph(span, words, lines[first].gap))
            first = index + 1
    return found


def is_terminated(words: str) -> bool:
    """Return whether words end as a sentence does, closing quotation marks aside."""
    return _TERMINATED.search(words, max(0, len(words) - 8)) is not None


def plain_words(words: str) -> str:
    """Return words on one line with plain marks, single spaces, and no soft hyphens."""
    if not words.isascii():  # a quarter of the time that `str.translate` takes
        for mark, plain in _PLAIN:
            if mark in words:
                words = words.replace(mark, plain)
    return " ".join(words.split())


def _lines(text: str) -> list[Paragraph]:
    """Return the lines that aren't blank, each as if it were a paragraph."""
    found: list[Paragraph] = []
    gap = True
    start = 0
    for match in _BREAK.finditer(text + "\n"):
        span = trim(text, start, match.start())
        words = plain_words(text[span.start : span.end])
        if words:
            found.append(Paragraph(span, words, gap))
        gap = not words or match[0] == "\f"
        start = match.end()
    return found


def _wrap_width(lines: list[Paragraph]) -> int:
    """Return the width to which a text was wrapped; 0 where it wasn't."""
    followed = [
        line.words
        for line, following in itertools.pairwise(lines)
        if not following.gap and len(line.words) >= SHORTEST_WRAP and " " in line.words
    ]
    broken = sorted(len(words) for words in followed if not is_terminated(words))
    if len(broken) < FEWEST_BROKEN or len(broken) < LEAST_BROKEN * len(followed):
        return 0
    width = broken[int(0.9 * (len(broken) - 1))]
    return width if NARROWEST_WRAP <= width <= WIDEST_WRAP else 0


def _goes_on(line: Paragraph, following: Paragraph, width: int) -> bool:
    """Return whether a paragraph goes on from one line to the next."""
    length = len(line.words)
    if not SHORTEST_WRAP <= length <= WIDEST_WRAP:
        return False
    if not is_terminated(line.words) and following.words[0].islower():
        return True
    first_word = following.words.partition(" ")[0]
    return bool(width) and length + 1 + len(first_word) > width
