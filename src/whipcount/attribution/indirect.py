"""Indirect speech, attitudes and acts: verbs with what they say, by the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whipcount.attribution.attitudes import adjective_draft, idiom_draft
from whipcount.attribution.contents import content_of, pointed_back, with_reduced_relative
from whipcount.attribution.drafts import Draft
from whipcount.attribution.lexicon import Lexicon
from whipcount.attribution.phrases import (
    Range,
    characters,
    source_range,
    subject_of,
    tidy,
    verb_group,
)
from whipcount.attribution.siding import named_among, siding, trailing_draft

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


RAISING = frozenset(
    {"try", "want", "keep", "continue", "begin", "start", "seek", "go", "work", "need", "intend"}
)
"""Verbs that a cue takes in on its way down: `is trying to convince`, `went on to say`."""


def indirect_drafts(index: int, doc: Doc, blocked: set[int], lexicon: Lexicon) -> list[Draft]:
    """Return a draft for each verb or adjective cue with a source and a content.

    `blocked` are tokens that stand within detached quotations or are cues already.
    """
    drafts = []
    for token in doc:
        if token.i in blocked:
            continue
        draft = idiom_draft(index, doc, token, blocked, lexicon)
        if draft is not None:
            drafts.append(draft)
            continue
        frames = lexicon.verbs.get(token.lemma_.lower())
        if frames and token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound"):
            draft = _verb_draft(index, doc, token, frames, blocked, lexicon)
        elif token.lemma_.lower() in lexicon.adjectives and token.pos_ in (
            "ADJ",
            "VERB",
            "ADP",
            "SCONJ",
        ):
            draft = adjective_draft(index, doc, token, blocked, lexicon)
        if draft is not None:
            drafts.append(draft)
            drafts += named_among(doc, draft)
            for beside in siding(index, doc, draft, lexicon):
                beside.siding = True
                drafts.append(beside)
    return drafts


def _verb_draft(  # noqa: PLR0917
    index: int, doc: Doc, verb: Token, frames: frozenset[str], blocked: set[int], lexicon: Lexicon
) -> Draft | None:
    trailing = (
        trailing_draft(index, doc, verb, blocked, lexicon)
        if "clause" in frames or "quote" in frames
        else None
    )
    if trailing is not None:
        return trailing
    head = subject_of(verb)
    if head is None or head.i in blocked:
        return None
    found = content_of(doc, verb, frames, head, lexicon)
    if found is None:
        return None
    spans, preposition, frame = found
    speaks = lexicon.can_speak(head) if frame in ("clause", "whom") else lexicon.can_decide(head)
    if not speaks and not (frame == "clause" and verb.lemma_.lower() == "say"):
        return None
    start, end = verb_group(verb)
    start = _raised(verb, start)
    if preposition is not None and preposition.i >= end - 1 and preposition.i - end < 4:
        end = preposition.i + 1
    spans = [with_reduced_relative(doc, span, (start, end)) for span in spans]
    contents = [tidy(doc, span) for span in spans]
    contents = [_outside(span, (start, end)) for span in contents]
    contents = [tidy(doc, span) for span in contents if span[1] > span[0]]
    if [doc[slice(*span)].text.lower() for span in contents] == ["what"]:
        contents = pointed_back(doc, verb)
    contents = [
        span for span in contents if span[1] > span[0] and not blocked.issuperset(range(*span))
    ]
    if not contents or any(head.i in range(*span) for span in contents):
        return None
    outside = {place for span in [*contents, (start, end)] for place in range(*span)}
    source = source_range(head, outside)
    if source[0] >= source[1]:
        return None
    return Draft(
        index,
        characters(doc, source),
        characters(doc, (start, end)),
        [(index, *characters(doc, span)) for span in contents],
        order=1 if frame in ("clause", "whom") else 2,
    )


def _raised(verb: Token, start: int) -> int:
    """Return where the cue begins with the verbs that lead down to it ."""
    token = verb
    while token.dep_ == "xcomp" and token.head.i < token.i and token.head.lemma_.lower() in RAISING:
        head = token.head
        if token.i - head.i > 4:
            break
        start = verb_group(head)[0]
        token = head
    return start


def _outside(span: Range, cue: Range) -> Range:
    start, end = span
    if start < cue[0] < end:
        end = cue[0] if cue[0] - start > end - cue[1] else end
    if (start < cue[1] < end and start <= cue[0]) or cue[0] <= start < cue[1]:
        start = cue[1]
    return start, end
