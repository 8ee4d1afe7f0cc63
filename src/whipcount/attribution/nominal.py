"""Attributions without a verb: `X's call for …`, `according to X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whipcount.attribution.drafts import Draft
from whipcount.attribution.lexicon import Lexicon
from whipcount.attribution.phrases import characters, source_range, subtree, tidy

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SHORTEST_REST = 3
"""Words of a sentence beside `according to X` from which they are content, not part of a heading.

On 250 articles of PolNeAR train 1 and 3 give the same relation F1, 6 loses 0.1.
"""


def nominal_drafts(index: int, doc: Doc, blocked: set[int], lexicon: Lexicon) -> list[Draft]:
    """Return a draft for each noun cue that has a source and a content."""
    drafts = []
    for token in doc:
        if token.i in blocked or token.pos_ not in ("NOUN", "PROPN"):
            continue
        frames = lexicon.nouns.get(token.lemma_.lower())
        if frames is None:
            continue
        draft = _noun_draft(index, doc, token, frames, lexicon)
        if draft is not None:
            drafts.append(draft)
    return drafts


def according_drafts(index: int, doc: Doc, blocked: set[int]) -> list[Draft]:
    """Return a draft for each `according to X`: the sentence around it is the content."""
    drafts = []
    for token in doc[:-2] if len(doc) > 2 else ():
        if token.i in blocked or token.lower_ != "according" or doc[token.i + 1].lower_ != "to":
            continue
        named = next(
            (t for t in doc[token.i + 2 :] if t.dep_ == "pobj" and t.head.i == token.i + 1), None
        )
        if named is None:
            continue
        source = source_range(named)
        source = (max(source[0], token.i + 2), source[1])
        if source[0] >= source[1]:
            continue
        sentence = token.sent
        pieces = [(sentence.start, token.i), (source[1], sentence.end)]
        if any(t.text == ";" for t in doc[pieces[0][0] : pieces[0][1]]):
            last = max(t.i for t in doc[pieces[0][0] : pieces[0][1]] if t.text == ";")
            pieces[0] = (last + 1, token.i)
        spans = [tidy(doc, piece) for piece in pieces]
        spans = [span for span in spans if span[1] - span[0] >= SHORTEST_REST]
        if not spans:
            continue
        drafts.append(
            Draft(
                index,
                characters(doc, source),
                characters(doc, (token.i, token.i + 2)),
                [(index, *characters(doc, span)) for span in spans],
                order=1,
            )
        )
    return drafts


def _noun_draft(
    index: int, doc: Doc, noun: Token, frames: frozenset[str], lexicon: Lexicon
) -> Draft | None:
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    mark = None
    if owner is None:
        by = next(
            (
                c
                for c in noun.children
                if c.dep_ == "prep" and c.lower_ in ("by", "from") and c.i > noun.i
            ),
            None,
        )
        owner = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    else:
        mark = next((c for c in owner.children if c.dep_ == "case"), None)
    if owner is None or not (lexicon.can_decide(owner) or owner.lower_ in ("his", "her", "their")):
        return None
    found = _complement(noun, frames, owner)
    if found is None:
        return None
    span, preposition = found
    cue_start = mark.i if mark is not None else noun.i
    cue_end = (
        preposition.i + 1 if preposition is not None and preposition.i == noun.i + 1 else noun.i + 1
    )
    span = tidy(doc, (span[0], _with_time(doc, span[1])))
    source = source_range(owner, {*range(cue_start, cue_end), *range(*span)})
    if mark is not None:
        source = (source[0], min(source[1], mark.i))
    if source[0] >= source[1] or span[0] >= span[1]:
        return None
    return Draft(
        index,
        characters(doc, source),
        characters(doc, (cue_start, cue_end)),
        [(index, *characters(doc, span))],
        order=3,
    )


def _with_time(doc: Doc, end: int) -> int:
    """Return where a complement ends with a time that the parser hangs elsewhere.

    As in `accession this year`.
    """
    if (
        end + 1 < len(doc)
        and doc[end].lower_ in ("this", "next")
        and doc[end + 1].ent_type_ == "DATE"
    ):
        return end + 2
    return end


def _complement(
    noun: Token, frames: frozenset[str], owner: Token
) -> tuple[tuple[int, int], Token | None] | None:
    for child in noun.children:
        if child.i <= noun.i:
            continue
        infinitive = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        if (
            "infinitive" in frames
            and infinitive
            and child.dep_ in ("acl", "relcl", "xcomp", "ccomp")
        ):
            return subtree(child), None
        if (
            "clause" in frames
            and child.dep_ in ("acl", "ccomp")
            and child.left_edge.lower_ == "that"
        ):
            return subtree(child), None
        if child.dep_ == "prep" and child.lower_ in frames:
            below = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if below is not None and below != owner:
                return (below.left_edge.i, below.right_edge.i + 1), child
    return None
