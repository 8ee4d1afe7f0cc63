"""Drafts joined: what is nested taken out, pieces that go on without a cue given to theirs."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

from whipcount.analysis import Analysis
from whipcount.attribution.drafts import Draft
from whipcount.attribution.making import Made
from whipcount.attribution.quotations import Quotation

CONFIDENCE = {0: 0.91, 1: 0.86, 2: 0.61, 3: 0.29}
"""Share of a rule's statements that PolNeAR dev has too, by the rule's order (`Draft.order`).

Of 421 by quotation or layout, 652 with a clause, 369 attitudes and acts, 28 by a noun. PolNeAR
leaves many attitudes and nouns out that state a position, so that the last two are low.
"""


def link(analysis: Analysis, drafts: list[Draft], marks: list[list[Quotation]]) -> list[Draft]:
    """Return an article's drafts in reading order, the nested left out, quotations carried on."""
    kept = [
        draft
        for _, group in groupby(sorted(drafts, key=_place), key=lambda draft: draft.paragraph)
        for draft in _without_nested(list(group))
    ]
    _continue_quotations(analysis, kept, marks)
    kept.sort(key=lambda draft: (draft.content[0], _place(draft)))
    return kept


def made(draft: Draft) -> Made:
    """Return a draft as what statements are made of."""
    return Made(
        [(draft.paragraph, *draft.source)] if draft.source else [],
        [(draft.paragraph, *draft.cue)] if draft.cue else [],
        draft.content,
        CONFIDENCE[draft.order],
    )


def _place(draft: Draft) -> tuple[int, tuple[int, int]]:
    return draft.paragraph, draft.cue or (0, 0)


def _without_nested(drafts: list[Draft]) -> list[Draft]:
    """Return a paragraph's drafts without those nested in another's, and without doubles."""
    for draft in drafts:
        if draft.quoted:
            _end_before(draft, [other for other in drafts if not other.quoted])
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (draft.order, _place(draft))):
        nested = draft.cue is not None and any(
            other.covers(draft.paragraph, draft.cue[0]) and not _covers_whole(draft, other)
            for other in drafts
            if other is not draft
        )
        if nested or any(_same(draft, other) or _is_source_of(draft, other) for other in kept):
            continue
        kept.append(draft)
    return kept


def _end_before(quoted: Draft, others: list[Draft]) -> None:
    """End the contents of others where a quotation with a cue of its own begins in them."""
    places = [place[0] for place in (quoted.source, quoted.cue) if place is not None]
    places += [start for p, start, _ in quoted.content if p == quoted.paragraph]
    first = min(places)
    for other in others:
        other.content[:] = [
            (p, start, first if p == quoted.paragraph and start < first < end else end)
            for p, start, end in other.content
        ]


def _covers_whole(draft: Draft, other: Draft) -> bool:
    """Tell whether two drafts stand in each other's content, so that neither is the inner one."""
    return other.cue is not None and draft.covers(other.paragraph, other.cue[0])


def _same(left: Draft, right: Draft) -> bool:
    """Tell whether two drafts are one: of one cue, or the same words of the same source.

    Several who share a content by one cue (`some states, among them Varnia, are cautious`) are not.
    """
    if left.paragraph != right.paragraph:
        return False
    if left.content == right.content:
        return left.source == right.source
    return left.cue == right.cue


def _is_source_of(draft: Draft, other: Draft) -> bool:
    """Tell whether a draft's content is what another has for its source.

    As in `X, supported by Y, proposed`.
    """
    if other.source is None or other.order > draft.order + 1:
        return False
    start, end = other.source
    return all(p == other.paragraph and s < end and start < e for p, s, e in draft.content)


def _continue_quotations(
    analysis: Analysis, drafts: list[Draft], marks: list[list[Quotation]]
) -> None:
    """Give a quotation without a cue of its own to the statement that it goes on from."""
    by_paragraph: dict[int, list[Draft]] = defaultdict(list)
    spoken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for draft in drafts:
        by_paragraph[draft.paragraph].append(draft)
        for paragraph, start, end in draft.content:
            spoken[paragraph].append((start, end))
    last: Draft | None = None
    for index, quotes in enumerate(marks):
        here = sorted(by_paragraph[index], key=_place)
        text = analysis.paragraphs[index].doc.text
        if index and analysis.paragraphs[index - 1].place != analysis.paragraphs[index].place:
            last = None
        for quote in quotes:
            if not quote.detached or any(
                start <= quote.start < end for start, end in spoken[index]
            ):
                continue
            before = [d for d in here if d.cue is not None and d.cue[0] < quote.start]
            if before:
                nearest = _quoted_last(before)
                nearest.content.append((index, quote.start, quote.end))
                nearest.quoted = True
            elif last is not None and _goes_on(text, quote):
                last.content.append((index, quote.start, quote.end))
        quoted = [d for d in here if d.quoted]
        if quoted:
            last = quoted[-1]
        elif here or not quotes:
            last = here[-1] if here and _leads_on(text) else None
    for draft in drafts:
        draft.content.sort()


def _quoted_last(before: list[Draft]) -> Draft:
    """Return the statement that a quotation goes on from: the last quoted one, else the last."""
    quoted = [d for d in before if d.quoted]
    return quoted[-1] if quoted else before[-1]


def _goes_on(text: str, quote: Quotation) -> bool:
    """Tell whether a paragraph is all quotation, or begins with it."""
    return not text[: quote.start].strip(" \"'")


def _leads_on(text: str) -> bool:
    return text.rstrip().endswith(":")
