"""An article as it is read on a page: paragraphs in runs, each with the statements that it is in.

A run knows where it begins in UTF-16 units, as browsers count, so that what a person selects can be
told as a span of the text whatever the page has around it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from whipcount.model import Article, Span, Statement
from whipcount.offsets import to_utf16

PARTS = ("content", "source", "cue")
"""A statement's parts; of two that share words the first is shown."""

MOST_TOLD_APART = 3
"""Statements over one another that lines under the words tell apart; more look like three."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are marked alike.

    `at` is where it begins, in UTF-16 units; `statements` are those that it is in, the innermost
    first; `part` and `stance` are what it is in the innermost; `deep` is how many contents lie over
    one another.
    """

    text: str
    at: int
    statements: tuple[str, ...] = ()
    part: str = ""
    stance: str = ""
    deep: int = 0

    @property
    def classes(self) -> str:
        """The run's CSS classes."""
        names = [self.part, f"t-{self.stance}" if self.stance else "", *self._depth()]
        return " ".join(name for name in names if name)

    def _depth(self) -> tuple[str, ...]:
        return (f"deep-{min(self.deep, MOST_TOLD_APART)}",) if self.deep > 1 else ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in runs. `kind` is `headline`, `teaser`, `body`, or `aside` if it isn't read."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    part: str
    statement: Statement
    stance: str


def paragraphs(
    article: Article,
    statements: Iterable[Statement],
    stances: Mapping[str, str],
    *,
    around: Sequence[Span] = (),
    beside: int = 1,
) -> tuple[Paragraph, ...]:
    """Return an article's paragraphs with its statements marked.

    `stances` has a word for each statement's colour by its id. With `around`, only the paragraphs
    that these spans touch are given, and `beside` before and after them.
    """
    marks = [
        _Mark(span, part, statement, stances.get(statement.id, ""))
        for statement in statements
        for part in PARTS
        for span in getattr(statement, part)
    ]
    marks.sort(key=lambda mark: mark.span)
    places = list(_places(article))
    if around:
        places = _near(places, around, beside)
    units = _Units(article.text)
    return tuple(Paragraph(kind, tuple(_runs(place, marks, units))) for kind, place in places)


def exact(text: str) -> Markup:
    """Return text as HTML of which a browser makes the same number of UTF-16 units.

    The parser would make one line feed of a carriage return with its own, drop the character of
    code 0, and can't be sent half a surrogate pair.
    """
    told = "".join("\ufffd" if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in text)
    return Markup(str(escape(told)).replace("\r", "&#13;"))


class _Units:
    """Code points to UTF-16 units, counted on from where the last question was."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain = text.isascii() or max(text) <= "\uffff"
        self._last = self._units = 0

    def at(self, offset: int) -> int:
        if self._plain:
            return offset
        if offset < self._last:
            self._last = self._units = 0
        self._units += to_utf16(self.text[self._last : offset], offset - self._last)
        self._last = offset
        return self._units


def _places(article: Article) -> Iterator[tuple[str, Span]]:
    """Yield the paragraphs that are read, and what lies between them."""
    read = [
        *(("headline", span) for span in (article.headline,) if span is not None),
        *(("teaser", span) for span in article.teaser),
        *(("body", span) for span in article.body),
    ]
    at = 0
    for kind, span in sorted(read, key=lambda pair: pair[1]):
        if span.start > at and article.text[at : span.start].strip():
            yield "aside", Span(at, span.start)
        start = max(at, span.start)
        if start < span.end:
            yield kind, Span(start, span.end)
        at = max(at, span.end)
    if article.text[at:].strip():
        yield "aside", Span(at, len(article.text))


def _near(
    places: list[tuple[str, Span]], around: Sequence[Span], beside: int
) -> list[tuple[str, Span]]:
    touched = [
        index
        for index, (_, place) in enumerate(places)
        if any(span.start < place.end and place.start < span.end for span in around)
    ]
    wanted = {near for index in touched for near in range(index - beside, index + beside + 1)}
    kept = [
        place
        for index, place in enumerate(places)
        if index in touched or (index in wanted and place[0] != "aside")
    ]
    return kept or places


def _runs(place: Span, marks: Sequence[_Mark], units: _Units) -> Iterator[Run]:
    """Yield a paragraph's runs; marks are in the order of their spans."""
    here = [mark for mark in marks if mark.span.start < place.end and place.start < mark.span.end]
    edges = {place.start, place.end}
    for mark in here:
        edges |= {min(max(edge, place.start), place.end) for edge in mark.span}
    coming = iter(here)
    following = next(coming, None)
    last: list[_Mark] = []
    for start, end in itertools.pairwise(sorted(edges)):
        over = [mark for mark in last if mark.span.end > start]
        while following is not None and following.span.start <= start:
            over.append(following)
            following = next(coming, None)
        last = list(over)
        over.sort(key=lambda mark: (mark.span.end - mark.span.start, PARTS.index(mark.part)))
        text = units.text[start:end]
        if not over:
            yield Run(text, units.at(start))
            continue
        yield Run(
            text,
            units.at(start),
            tuple(dict.fromkeys(mark.statement.id for mark in over)),
            over[0].part,
            over[0].stance,
            sum(mark.part == "content" for mark in over),
        )
