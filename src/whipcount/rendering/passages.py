"""The paragraphs that hold a position's words, cut where source, cue and content begin and end."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whipcount import model
from whipcount.model import Span

AROUND = 200
"""Code points shown before and after words that are in none of an article's paragraphs."""

LONGEST = 1500
"""Code points of a paragraph that are shown; of longer ones what is around the words is."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a paragraph that are marked alike; `marks` are CSS classes, empty for none."""

    text: str
    marks: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in runs; `cut_before` and `cut_after` tell that it goes on there.

    `gap` tells that paragraphs of the article lie between the passage before and this one.
    """

    runs: tuple[Run, ...]
    cut_before: bool
    cut_after: bool
    gap: bool


def passages(
    article: model.Article, position: model.Position, statement: model.Statement | None = None
) -> tuple[Passage, ...]:
    """Return the paragraphs of an article that a position's words touch, with the words marked.

    The piece that was coded is `content`, the statement's others are `other`; the cue is marked
    where `statement` is given. Empty where a position has no words.
    """
    condition = () if position.condition is None else (position.condition,)
    piece = position.content[position.piece or 0 :][:1] or position.content
    marked = {
        "content": piece,
        "other": tuple(span for span in position.content if span not in piece),
        "source": position.source,
        "cue": () if statement is None else statement.cue,
        "condition": condition,
    }
    wanted = sorted(span for spans in marked.values() for span in spans if span.end > span.start)
    if not wanted:
        return ()
    places = _paragraphs(article)
    chosen: list[tuple[int, Span]] = []
    for span in wanted:
        touched = [pair for pair in enumerate(places) if _touch(pair[1], span)]
        chosen += touched or [(-1, _around(article, span))]
    found: list[Passage] = []
    before: int | None = None
    for index, place in sorted(set(chosen), key=lambda pair: pair[1]):
        shown = _window(place, [span for span in wanted if _touch(place, span)])
        found.append(
            Passage(
                runs=tuple(_runs(article.text, shown, marked)),
                cut_before=shown.start > place.start or index < 0,
                cut_after=shown.end < place.end or index < 0,
                gap=before is not None and index - before > 1,
            )
        )
        before = index
    return tuple(found)


def _paragraphs(article: model.Article) -> list[Span]:
    headline = () if article.headline is None else (article.headline,)
    return sorted((*headline, *article.teaser, *article.body))


def _touch(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _around(article: model.Article, span: Span) -> Span:
    return Span(max(0, span.start - AROUND), min(len(article.text), span.end + AROUND))


def _window(place: Span, wanted: Sequence[Span]) -> Span:
    """Return as much of a paragraph as is shown: all, or what is around the words in a long one."""
    if place.end - place.start <= LONGEST or not wanted:
        return place
    start = min(span.start for span in wanted)
    end = max(span.end for span in wanted)
    return Span(max(place.start, start - AROUND), min(place.end, end + AROUND))


def _runs(text: str, shown: Span, marked: dict[str, tuple[Span, ...]]) -> Iterable[Run]:
    """Yield a passage's characters in runs of equal marks."""
    edges = {shown.start, shown.end}
    for spans in marked.values():
        for span in spans:
            edges |= {min(max(edge, shown.start), shown.end) for edge in span}
    cuts = sorted(edges)
    for start, end in itertools.pairwise(cuts):
        marks = [
            name
            for name, spans in marked.items()
            if any(span.start <= start and end <= span.end for span in spans)
        ]
        yield Run(text[start:end], " ".join(marks))
