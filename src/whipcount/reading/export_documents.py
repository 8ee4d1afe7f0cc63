"""The documents of an export: where each begins and ends, and what its labelled lines say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whipcount.model import Span
from whipcount.offsets import trim
from whipcount.reading import datelines
from whipcount.reading.export_marks import Marks
from whipcount.reading.paragraphs import plain_words

LONGEST_DATE = 80
"""Code points of the longest line that is a document's date, with weekday, time and edition."""

LONGEST_MARK = 300
"""Code points of the longest line that is tried as a mark, so that any pattern takes no time."""

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORDS = re.compile(r"^([\d,.]+) words\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank: its span, its plain words, and what is before it.

    `gap` is whether a blank line or the document's beginning is before it, `new_page` whether a
    page break is.
    """

    span: Span
    words: str
    gap: bool
    new_page: bool


@dataclass(frozen=True, slots=True)
class Split:
    """Where the documents of an export are, and how many it says there are.

    `rest` is what stands after the last mark, None where that may be no document. `announced` is 0
    where nothing is said; `missing` are the numbers that no document has.
    """

    pieces: tuple[Span, ...]
    rest: Span | None = None
    announced: int = 0
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """One document: where it is, what of it is read, and what it says of itself.

    Spans are of the export's text. Empty strings, and 0 words, where it doesn't say.
    """

    span: Span
    body: tuple[Span, ...]
    headline: Span | None = None
    teaser: tuple[Span, ...] = ()
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    section: str = ""
    word_count: int = 0


def split_documents(text: str, marks: Marks) -> Split:
    """Return where the documents of an export are; no piece where there is no mark."""
    lines = lines_of(text, Span(0, len(text)))
    begins = _matches(lines, marks.document_begins)
    if begins:
        starts = [lines[index].span.end for index, _ in begins]
        ends = [*(lines[index].span.start for index, _ in begins[1:]), len(text)]
        numbers = [int(match["number"]) for _, match in begins if _has(match, "number")]
        announced = _announced(lines[: begins[0][0]], marks)
        if not announced:
            announced = _counted(begins, numbers)
        return Split(tuple(map(Span, starts, ends)), None, announced, _missing(numbers, announced))
    ends_at = _matches(lines, marks.document_ends)
    if not ends_at:
        return Split(())
    ends = [lines[index].span.start for index, _ in ends_at]
    starts = [0, *(lines[index].span.end for index, _ in ends_at)]
    announced = _announced(lines[: ends_at[0][0]], marks)
    return Split(tuple(map(Span, starts[:-1], ends)), Span(starts[-1], len(text)), announced)


def lines_of(text: str, span: Span) -> list[Line]:
    """Return the lines of a part of a text that aren't blank."""
    found: list[Line] = []
    gap, new_page = True, False
    start = span.start
    while start <= span.end:
        match = _BREAK.search(text, start, span.end)
        end = span.end if match is None else match.start()
        inner = trim(text, start, end)
        words = plain_words(text[inner.start : inner.end])
        if words:
            found.append(Line(inner, words, gap, new_page))
        if match is None:
            break
        new_page = match[0] == "\f" or (new_page and not words)
        gap = not words or match[0] == "\f"
        start = match.end()
    return found


def labelled(
    text: str, lines: Sequence[Line], marks: Marks
) -> tuple[Mapping[str, Span], Mapping[int, str]]:
    """Return what labelled lines say, by role, and which lines they and their continuations are.

    A line such as "BYLINE: Jane Doe" goes on until a blank line or the next label.
    """
    roles = {label: role for role, labels in marks.labels.items() for label in labels}
    said: dict[str, Span] = {}
    which: dict[int, str] = {}
    role = ""
    for index, line in enumerate(lines):
        label, colon, _ = line.words.partition(":")
        if colon and label in roles:
            role = roles[label]
            start = text.index(":", line.span.start) + 1
            which[index] = role
            said.setdefault(role, trim(text, start, line.span.end))
        elif role and not line.gap:
            which[index] = role
            if said[role].end <= line.span.start and role != "other":
                said[role] = Span(said[role].start, line.span.end)
        else:
            role = ""
    return said, which


def one_line(text: str, span: Span | None) -> str:
    """Return the words of a span with single spaces, empty where there is none."""
    return " ".join(text[span.start : span.end].split()) if span is not None else ""


def word_count(words: str) -> int:
    """Return the number in words such as "1,234 words", 0 where there is none."""
    match = _WORDS.match(words)
    digits = re.sub(r"\D", "", match[1]) if match is not None else ""
    return int(digits) if 0 < len(digits) < 9 else 0


def date_line(line: Line) -> str:
    """Return the day that a line gives which is a document's date; empty where it gives none."""
    return datelines.find_date(line.words) if len(line.words) <= LONGEST_DATE else ""


def marked(pattern: re.Pattern[str] | None, line: Line) -> re.Match[str] | None:
    """Return how a line is a mark; None where it is none, or too long for one."""
    if pattern is None or len(line.words) > LONGEST_MARK:
        return None
    return pattern.match(line.words)


def _matches(
    lines: Sequence[Line], pattern: re.Pattern[str] | None
) -> list[tuple[int, re.Match[str]]]:
    if pattern is None:
        return []
    found = ((index, marked(pattern, line)) for index, line in enumerate(lines))
    return [(index, match) for index, match in found if match is not None]


def _announced(lines: Sequence[Line], marks: Marks) -> int:
    """Return the count that stands above the documents, 0 where none does."""
    for _, match in _matches(lines, marks.announced):
        if _has(match, "count"):
            return int(match["count"])
        if _has(match, "first") and _has(match, "last"):
            return max(0, int(match["last"]) - int(match["first"]) + 1)
    return 0


def _counted(begins: Sequence[tuple[int, re.Match[str]]], numbers: Sequence[int]) -> int:
    """Return how many documents their numbers announce: a file may hold a range of them."""
    if numbers and min(numbers) > 1:
        return max(numbers) - min(numbers) + 1
    counts = [int(match["count"]) for _, match in begins if _has(match, "count")]
    return max(counts, default=0)


def _missing(numbers: Sequence[int], announced: int) -> tuple[int, ...]:
    if not numbers or announced > 100_000:
        return ()
    first = min(numbers) if min(numbers) > 1 else 1
    return tuple(sorted(set(range(first, first + announced)) - set(numbers)))


def _has(match: re.Match[str], name: str) -> bool:
    return bool(match.groupdict().get(name))
