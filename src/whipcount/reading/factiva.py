"""A document of Factiva: with the codes of its fields (HD, LP, TD …), or without, by places.

The codes are Dow Jones's; the order without them (section, title, byline, words, day, time, outlet,
its code, edition, page, language, copyright) is that of "Article Format".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whipcount.model import Span
from whipcount.offsets import trim
from whipcount.reading import bylines, datelines
from whipcount.reading.export_documents import (
    Exported,
    Line,
    date_line,
    lines_of,
    one_line,
    word_count,
)
from whipcount.reading.export_marks import Marks

MOST_HEAD = 14
"""Lines between the count of words and the text at most: day, time, outlet, code, volume, edition,
page, language and a copyright notice of several lines."""

LONGEST_SECTION = 60
"""Code points of the longest section's name."""

_TIME = re.compile(r"^\d{1,2}[:.]\d{2}(?:\s*[AP]M)?(?:\s+[A-Z]{2,5})?$", re.IGNORECASE)
_RIGHTS = re.compile(r"^(?:\(c\)|©|Copyright\b)|\brights reserved\b", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"^(?:English|French|German|Spanish|Italian|Portuguese|Dutch|Swedish|Danish|Norwegian|Finnish|"
    r"Polish|Czech|Hungarian|Russian|Turkish|Arabic|Japanese|Chinese.*|Korean|Indonesian|Malay)$"
)


def document(text: str, piece: Span, marks: Marks) -> Exported | None:
    """Return a document's parts; None where nothing tells where its text begins."""
    lines = lines_of(text, piece)
    return _with_codes(text, lines, marks) or _by_place(piece, lines)


def _with_codes(text: str, lines: Sequence[Line], marks: Marks) -> Exported | None:
    roles = {code: role for role, codes in marks.labels.items() for code in codes}
    code = re.compile(rf"({'|'.join(map(re.escape, sorted(roles, key=len, reverse=True)))})(\s+|$)")
    regions: list[tuple[str, Span, Line]] = []
    for line in lines:
        match = code.match(text, line.span.start, line.span.end)
        # within the text a code stands alone, or before more than a space: "IN a statement …"
        in_text = any(role == "text" for role, _, _ in regions)
        if match is not None and (not in_text or match[2] != " "):
            regions.append((roles[match[1]], Span(match.end(), line.span.end), line))
        elif regions:
            role, span, first = regions[-1]
            regions[-1] = (role, Span(span.start, line.span.end), first)
    said: dict[str, Span] = {}
    for role, span, _ in regions:
        inner = trim(text, *span)
        if inner.end > inner.start:
            said.setdefault(role, inner)
    body = tuple(span for role, span, _ in regions if role == "text")
    if not body or "title" not in said:
        return None
    return Exported(
        span=Span(regions[0][2].span.start, lines[-1].span.end),
        body=body,
        headline=said["title"],
        title=one_line(text, said["title"]),
        outlet=one_line(text, said.get("outlet")),
        byline=one_line(text, said.get("byline")),
        published=datelines.find_date(one_line(text, said.get("published"))),
        section=one_line(text, said.get("section")),
        word_count=word_count(one_line(text, said.get("words"))),
    )


def _by_place(piece: Span, lines: Sequence[Line]) -> Exported | None:
    counted = next(
        (
            n
            for n, line in enumerate(lines[:-1])
            if word_count(line.words) and line.words.endswith(" words") and date_line(lines[n + 1])
        ),
        None,
    )
    if counted is None or not counted:
        return None
    first = max((n for n in range(counted + 1) if lines[n].new_page), default=0)
    head = lines[first:counted]
    if not head:
        return None
    byline = len(head) > 1 and _is_byline(head)
    title = head[-2] if byline else head[-1]
    above = head[: -2 if byline else -1]
    section = above[-1].words if above and len(above[-1].words) <= LONGEST_SECTION else ""
    start = min(_text_begins(lines, counted), len(lines))
    outlet = next(
        (line.words for line in lines[counted + 2 : counted + 4] if not _TIME.match(line.words)), ""
    )
    return Exported(
        span=Span((above[-1] if section else title).span.start, piece.end),
        body=(Span(lines[start - 1].span.end, piece.end),),
        headline=title.span,
        title=title.words,
        outlet=outlet,
        byline=head[-1].words if byline else "",
        published=date_line(lines[counted + 1]),
        section=section,
        word_count=word_count(lines[counted].words),
    )


def _is_byline(head: Sequence[Line]) -> bool:
    """Return whether the last line before the count of words is who wrote it, not the title."""
    words = head[-1].words
    if words[:3].lower() == "by ":
        return True
    title = head[-2].words.count(" ") >= 3
    return title and bylines.byline(words.title(), bare=True) is not None


def _text_begins(lines: Sequence[Line], counted: int) -> int:
    """Return the first line of the text: after the copyright notice, else the language, or code."""
    near = range(counted + 2, min(len(lines), counted + 2 + MOST_HEAD))
    rights = next((n for n in near if _RIGHTS.search(lines[n].words)), None)
    if rights is not None:
        last = rights
        while last + 1 < len(lines) and (
            not lines[last + 1].gap or _RIGHTS.search(lines[last + 1].words)
        ):
            last += 1
        return last + 1
    language = next((n for n in near if _LANGUAGE.match(lines[n].words)), None)
    if language is not None:
        return language + 1
    code = next((n for n in near if re.fullmatch(r"[A-Z0-9]{2,10}", lines[n].words)), None)
    return (counted + 3 if code is None else code) + 1
