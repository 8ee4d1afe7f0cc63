"""A document of LexisNexis or Nexis Uni: what stands above its text, by labels and by place.

The places are those of the exports of LexisNexis Academic and Nexis UK (outlet, day, title) and of
Nexis Uni (title, outlet, day), as LexisNexisTools (Gruber) and tm.plugin.lexisnexis read them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whipcount.model import Span
from whipcount.reading.export_documents import (
    Exported,
    Line,
    date_line,
    labelled,
    lines_of,
    marked,
    one_line,
    word_count,
)
from whipcount.reading.export_marks import Marks

MOST_TITLE_LINES = 4
"""Lines of the longest title; more above the outlet is something else."""

MOST_RIGHTS_LINES = 4
"""Lines of the longest copyright notice, such as "Copyright 2015 …" and "All Rights Reserved"."""

_COPYRIGHT = re.compile(r"^(?:Copyright\b|©|\(c\)\s)", re.IGNORECASE)
_RIGHTS = re.compile(r"\brights reserved\b", re.IGNORECASE)
_NO_TITLE = re.compile(r"^no headline in original$", re.IGNORECASE)


def document(text: str, piece: Span, marks: Marks) -> Exported | None:
    """Return a document's parts; None where nothing tells where its text begins."""
    lines = lines_of(text, piece)
    start = next((n for n, one in enumerate(lines) if marked(marks.body_begins, one)), None)
    said, which = labelled(text, lines[:start], marks)
    first_label = min(which, default=len(lines) if start is None else start)
    if start is None:
        if marks.like == "nexis-uni" or not which:
            return None
        start = next(n for n in range(first_label, len(lines) + 1) if n not in which) - 1
    rest = range(start + 1, len(lines))
    end = next((n for n in rest if marked(marks.body_ends, lines[n])), len(lines))
    body_end = lines[end].span.start if end < len(lines) else piece.end
    body = Span(lines[start].span.end, body_end)
    head = _without_rights([one for n, one in enumerate(lines[:start]) if n < first_label])
    has_cover = any(marked(marks.announced, one) for one in head)
    title, outlet, published, first = (
        _below_outlet(head) if marks.like == "lexisnexis" else _above_outlet(head, has_cover)
    )
    headline = said.get("title") or title
    words = one_line(text, headline)
    if _NO_TITLE.match(words):
        headline, words = None, ""
    return Exported(
        span=Span(first.span.start if first is not None else piece.start, piece.end),
        body=(body,),
        headline=headline,
        teaser=(said["teaser"],) if "teaser" in said else (),
        title=words,
        outlet=one_line(text, said.get("outlet")) or outlet,
        byline=one_line(text, said.get("byline")),
        published=published,
        section=one_line(text, said.get("section")),
        word_count=word_count(one_line(text, said.get("words"))),
    )


def _below_outlet(head: Sequence[Line]) -> tuple[Span | None, str, str, Line | None]:
    """Return title, outlet and day of a document that has its title below its outlet and day."""
    dated = next((n for n, one in enumerate(head) if date_line(one)), None)
    if not head:
        return None, "", "", None
    if dated is None:
        return _block(head, 1), head[0].words, "", head[0]
    after = next((n for n in range(dated + 1, len(head)) if head[n].gap), len(head))
    outlet = head[0].words if dated else ""
    return _block(head, after), outlet, date_line(head[dated]), head[0]


def _above_outlet(
    head: Sequence[Line], has_cover: bool
) -> tuple[Span | None, str, str, Line | None]:
    """Return title, outlet and day of a document that begins with its title.

    The first one stands after the cover of the whole export, whose dates come before its own.
    """
    dated = next((n for n in reversed(range(len(head))) if date_line(head[n])), None)
    if not head:
        return None, "", "", None
    if dated is None or dated == 0:
        outlet = head[1].words if len(head) > 1 else ""
        return head[0].span, outlet, date_line(head[dated]) if dated == 0 else "", head[0]
    if dated == 1:  # no outlet between the title and the day
        return head[0].span, "", date_line(head[1]), head[0]
    first = dated - 2
    if not has_cover:
        while first > 0 and dated - first <= MOST_TITLE_LINES and not head[first].new_page:
            first -= 1
    title = Span(head[first].span.start, head[dated - 2].span.end)
    return title, head[dated - 1].words, date_line(head[dated]), head[first]


def _block(head: Sequence[Line], start: int) -> Span | None:
    """Return the span of the lines from `start` to the next blank line; None where none is left."""
    if start >= len(head):
        return None
    end = next((n for n in range(start + 1, len(head)) if head[n].gap), len(head))
    return Span(head[start].span.start, head[end - 1].span.end)


def _without_rights(head: Sequence[Line]) -> list[Line]:
    """Return the lines that are no copyright notice."""
    kept: list[Line] = []
    index = 0
    while index < len(head):
        if not _COPYRIGHT.match(head[index].words):
            kept.append(head[index])
            index += 1
            continue
        near = range(index, min(len(head), index + MOST_RIGHTS_LINES))
        last = next((n for n in near if _RIGHTS.search(head[n].words)), None)
        if last is None:
            last = index
            while last + 1 < len(head) and not head[last + 1].gap:
                last += 1
        index = last + 1
    return kept
