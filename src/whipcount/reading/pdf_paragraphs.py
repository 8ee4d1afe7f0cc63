"""The lines of a PDF's columns to paragraphs, across columns and pages, with words that were
hyphenated at the end of a line made whole."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whipcount.reading.paragraphs import is_terminated, plain_words
from whipcount.reading.pdf_order import Line

WIDER = 1.3
"""Of the usual distance between lines: the distance from which a paragraph begins."""

INDENT = 0.8
"""Of the letters' size: the indent of a paragraph's first line. Books have 1, newspapers 0.8."""

SAME_SIZE = 0.08
"""By how much the size of letters may differ within a paragraph."""

LOOKED_BACK = 3
"""Paragraphs of other sizes (captions, quotations in large letters) over which one may go on."""

_COMPOUNDING = frozenset(
    {"anti", "five", "four", "half", "long", "non", "self", "three", "two", "vice", "well"}
)
"""First parts of words that keep their hyphen, where the article has no word without it; such as
begin no word that is hyphenated after them ("ex-pected", "short-age", "pro-posal")."""

_SUSPENDED = frozenset({"and", "or", "to"})
_BULLET = re.compile(r"[•‣▪●○◦■]\s|(?P<dash>[–—-]\s)")
_LAST_PART = re.compile(r"(\w[\w'’]*)-$")
_FIRST_PART = re.compile(r"[\w'’]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it is printed: its words, the size of its letters, its page from 0."""

    words: str
    size: float
    page: int


@dataclass(frozen=True, slots=True)
class _Column:
    """The edges of a column, and the usual distance between its lines; 0 where it isn't known."""

    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class _Open:
    """A paragraph to which lines are still added."""

    lines: list[Line]
    page: int
    full: bool = False

    @property
    def size(self) -> float:
        return statistics.median(line.size for line in self.lines)


def blocks(pages: Iterable[Sequence[Sequence[Line]]]) -> list[Block]:
    """Return the paragraphs of pages, each given as its columns in reading order."""
    found: list[_Open] = []
    for number, page in enumerate(pages):
        for column in page:
            opened = _paragraphs(column, number)
            if opened:
                before = _goes_on(found, opened[0])
                if before is not None:
                    before.lines += opened[0].lines
                    before.full = opened[0].full
                    del opened[0]
            found += opened
    written = _words_within(found)
    return [Block(_joined(one.lines, written), one.size, one.page) for one in found]


def body_size(found: Sequence[Block]) -> float:
    """Return the size in which most letters are printed; 0 where there are none."""
    sizes: dict[float, int] = {}
    for block in found:
        size = round(block.size, 1)
        sizes[size] = sizes.get(size, 0) + len(block.words)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _paragraphs(lines: Sequence[Line], page: int) -> list[_Open]:
    if not lines:
        return []
    columns = {size: _column(alike) for size, alike in _by_size(lines).items()}
    found = [_Open([lines[0]], page)]
    for index in range(1, len(lines)):
        line = lines[index]
        following = lines[index + 1] if index + 1 < len(lines) else None
        if _begins(lines[index - 1], line, following, columns[round(line.size)]):
            found.append(_Open([line], page))
        else:
            found[-1].lines.append(line)
    last = lines[-1]
    found[-1].full = columns[round(last.size)].right - last.right < 8 * last.size
    return found


def _by_size(lines: Sequence[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(round(line.size), []).append(line)
    return found


def _column(lines: Sequence[Line]) -> _Column:
    """Return where lines of one size begin and end; a title above them may be wider."""
    steps = [
        after.base - before.base
        for before, after in itertools.pairwise(lines)
        if 0 < after.base - before.base < 3 * after.size
    ]
    # the nearest third: between paragraphs there may be more
    pitch = statistics.quantiles(steps, n=3)[0] if len(steps) > 1 else sum(steps)
    return _Column(min(line.left for line in lines), max(line.right for line in lines), pitch)


def _begins(before: Line, line: Line, following: Line | None, column: _Column) -> bool:
    """Return whether a line begins a paragraph, by size, distance, indent, or room left before."""
    ended = is_terminated(plain_words(before.text))
    bullet = _BULLET.match(line.text)
    if not _alike(before, line) or (bullet and (ended or not bullet["dash"])):
        return True
    if column.pitch and line.base - before.base > WIDER * column.pitch:
        return True
    shift = line.left - before.left
    if shift > INDENT * line.size:
        # the lines of an indented quotation follow one that is indented as well
        return (
            following is None
            or line.left - following.left > INDENT * line.size / 2
            or ended
            or before.left - column.left < line.size / 2
        )
    if _LAST_PART.search(before.text) and line.text[0].islower():
        return False
    first = line.text.partition(" ")[0]
    wanted = (len(first) + 1) / max(1, len(line.text)) * (line.right - line.left)
    room = column.right - before.right
    if room <= wanted + 0.5 * line.size:
        return False
    return ended or room > 0.4 * (column.right - column.left)


def _alike(before: Line, line: Line) -> bool:
    return abs(before.size - line.size) <= SAME_SIZE * before.size


def _goes_on(found: Sequence[_Open], opened: _Open) -> _Open | None:
    """Return the paragraph that a column's first one goes on with; None where it begins anew.

    It does where the one before isn't ended and either goes on in small letters, ends with a
    hyphen, or fills its last line.
    """
    first = opened.lines[0]
    small = first.text[:1].islower()
    for back, before in enumerate(reversed(found[-LOOKED_BACK:])):
        last = before.lines[-1]
        ended = is_terminated(plain_words(last.text)) and not last.text.endswith(":")
        if not _alike(last, first):
            continue  # a caption, or words in large letters
        if ended or (back and not small):
            return None
        whole = before.full and len(before.lines) > 1
        return before if small or last.text.endswith("-") or whole else None
    return None


def _words_within(found: Sequence[_Open]) -> frozenset[str]:
    """Return the words that stand whole within lines, in small letters, with their hyphens."""
    words: set[str] = set()
    for one in found:
        for line in one.lines:
            words.update(re.findall(r"\w[\w'’-]*\w", line.text.casefold())[:-1])
    return frozenset(words)


def _joined(lines: Sequence[Line], written: frozenset[str]) -> str:
    pieces = [lines[0].text]
    for line in lines[1:]:
        last = _LAST_PART.search(pieces[-1])
        first = _FIRST_PART.match(line.text)
        if last is None or first is None:
            close = first is not None and pieces[-1].endswith(("-", "—", "/"))
            pieces.append(line.text if close else " " + line.text)
        elif first[0] in _SUSPENDED:  # "two- and three-day"
            pieces.append(" " + line.text)
        else:
            if not _keeps_hyphen(last[1], first[0], written):
                pieces[-1] = pieces[-1][:-1]
            pieces.append(line.text)
    return "".join(pieces)


def _keeps_hyphen(last: str, first: str, written: frozenset[str]) -> bool:
    """Return whether a hyphen at a line's end is the word's own.

    What the article writes elsewhere decides; then capitals and digits, which nobody hyphenates,
    and first parts of compounds.
    """
    if not first[0].islower() or not last[-1].isalpha():
        return True
    whole = f"{last}{first}".casefold()
    if whole in written:
        return False
    part = last.casefold()
    pair = f"{part}-{first.casefold()}"
    return pair in written or pair == "so-called" or part in _COMPOUNDING
