"""Attitudes that are no verb of saying.

As in `is open to …`, `remains opposed`, `has not made up its mind`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whipcount.attribution.contents import complement_of_adjective
from whipcount.attribution.drafts import Draft
from whipcount.attribution.lexicon import Lexicon
from whipcount.attribution.phrases import (
    DATED,
    characters,
    source_range,
    subject_of,
    tidy,
    verb_group,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def idiom_draft(
    index: int, doc: Doc, verb: Token, blocked: set[int], lexicon: Lexicon
) -> Draft | None:
    """Return the draft of a predicate that is the position itself: `has not made up its mind`."""
    for idiom in lexicon.idioms.get(verb.lemma_.lower(), ()):
        if verb.pos_ not in ("VERB", "AUX"):
            return None
        end = _idiom_end(doc, verb.i, idiom)
        if not end:
            continue
        head = subject_of(verb)
        if (
            head is None
            or head.i in blocked
            or (not lexicon.can_decide(head) and head.lower_ != "it")
        ):
            return None
        start, _ = verb_group(verb)
        first = next(
            (i for i in range(start, verb.i + 1) if doc[i].dep_ not in ("aux", "auxpass")), verb.i
        )
        below = next((c for c in doc[end - 1].children if c.dep_ in ("pobj", "pcomp")), None)
        if below is not None and below.i >= end:
            end = below.right_edge.i + 1
        after = next((c for c in doc[end - 1].children if c.dep_ == "prep" and c.i == end), None)
        after = after or next((c for c in verb.children if c.dep_ == "prep" and c.i == end), None)
        if after is not None and not any(t.ent_type_ in DATED for t in after.subtree):
            end = after.right_edge.i + 1
        cue, content = (
            ((start, first), (first, end))
            if first > start
            else ((verb.i, verb.i + 1), (start, end))
        )
        if cue[0] == content[0]:
            content = (verb.i + 1, end) if end > verb.i + 1 else content
        source = source_range(head, range(start, end))
        if source[0] >= source[1]:
            return None
        return Draft(
            index,
            characters(doc, source),
            characters(doc, cue),
            [(index, *characters(doc, tidy(doc, content)))],
            order=2,
        )
    return None


def _idiom_end(doc: Doc, start: int, idiom: tuple[str, ...]) -> int:
    """Return the token after an idiom that begins at `start`; 0 where it doesn't stand there."""
    at = start
    for number, word in enumerate(idiom):
        if word == "*":
            rest = idiom[number + 1 :]
            return next(
                (end for skipped in range(4) if (end := _idiom_end(doc, at + skipped, rest))), 0
            )
        if at >= len(doc) or word not in (doc[at].lower_, doc[at].lemma_.lower()):
            return 0
        at += 1
    return at


def adjective_draft(
    index: int, doc: Doc, word: Token, blocked: set[int], lexicon: Lexicon
) -> Draft | None:
    """Return the draft of an attitude: `is open to …`, `remains opposed`, `is cautious`."""
    frames = lexicon.adjectives[word.lemma_.lower()]
    if word.dep_ in ("acomp", "oprd", "attr", "ROOT", "prep", "xcomp", "conj"):
        copula = word if word.dep_ == "ROOT" else word.head
    else:
        return None
    if word.dep_ == "conj":
        copula = word.head.head
    if word.lemma_ == "against" and copula.lemma_ not in ("be", "remain"):
        return None
    if copula.pos_ not in ("AUX", "VERB"):
        return None
    head = subject_of(copula)
    if head is None and copula.pos_ in ("AUX", "VERB"):
        # "and it is sceptical": the parser gives no other `it` a state for an attitude.
        head = next((c for c in copula.children if c.dep_ == "nsubj" and c.lower_ == "it"), None)
        if head is None or word.lemma_.lower() in ("clear", "sure"):
            return None
    elif head is None or not lexicon.can_decide(head):
        return None
    if head is None or head.i in blocked:
        return None
    start, _ = verb_group(copula) if copula.i < word.i else (word.i, word.i + 1)
    found = complement_of_adjective(word, frames)
    if found is not None:
        span, preposition = found
        cue = (start, (preposition.i if preposition is not None else word.i) + 1)
    elif "alone" in frames and copula.lemma_ in ("be", "remain", "stay", "appear", "seem", "look"):
        span = (word.i, word.i + 1)
        cue = (start, word.i)
    else:
        return None
    span = tidy(doc, span)
    if span[0] >= span[1] or cue[0] >= cue[1] or word.i - cue[0] > 8:
        return None
    outside = {*range(*span), *range(*cue)}
    source = source_range(head, outside)
    if source[0] >= source[1]:
        return None
    return Draft(
        index,
        characters(doc, source),
        characters(doc, tidy(doc, cue)),
        [(index, *characters(doc, span))],
        order=2,
    )
