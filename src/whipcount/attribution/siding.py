"""Those whom a sentence names beside its source, and speakers who close a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from whipcount.attribution.drafts import Draft
from whipcount.attribution.lexicon import NAMES, Lexicon
from whipcount.attribution.phrases import (
    OWNERS,
    characters,
    passive_agent,
    source_range,
    tidy,
    verb_group,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


LONGEST_SPEAKER = 14
"""Tokens of a speaker who closes a sentence.

On 250 articles of PolNeAR train 8 and 14 give the same relation F1, 24 loses 0.1.
"""

DASHES = frozenset({"-", "--", "\u2013", "\u2014", "\u2015", ",", "("})


def siding(index: int, doc: Doc, draft: Draft, lexicon: Lexicon) -> list[Draft]:
    """Return the drafts of those who side with a source.

    As in `X, supported by Y and opposed by Z, proposed …`.
    """
    if draft.source is None:
        return []
    source = doc.char_span(*draft.source, alignment_mode="expand")
    beside: list[Draft] = []
    for token in source if source is not None else ():
        if token.tag_ != "VBN" or token.dep_ not in ("acl", "conj", "relcl"):
            continue
        agent = passive_agent(token)
        if agent is None or (
            "object" not in lexicon.verbs.get(token.lemma_.lower(), ()) and token.lemma_ != "back"
        ):
            continue
        by = agent.head
        named = source_range(
            agent, [t.i for t in token.children if t.dep_ == "conj" for t in t.subtree]
        )
        if named[0] >= named[1]:
            continue
        beside.append(
            Draft(
                index,
                characters(doc, named),
                characters(doc, (token.i, by.i + 1)),
                list(draft.content),
                order=2,
            )
        )
    if beside:
        first = min(d.cue[0] for d in beside if d.cue)
        words = doc.text[draft.source[0] : first].rstrip(" ,")
        draft.source = (draft.source[0], draft.source[0] + len(words))
    return beside


def named_among(doc: Doc, draft: Draft) -> list[Draft]:
    """Return the draft of those whom the sentence names out of the group that is its source.

    `Some states are cautious - among them, Varnia`: Varnia is cautious too.
    """
    if draft.cue is None:
        return []
    cue = doc.char_span(*draft.cue, alignment_mode="expand")
    if cue is None:
        return []
    sentence = cue.sent
    for token in doc[cue.end : sentence.end]:
        if (
            token.lower_ == "among"
            and token.i + 1 < sentence.end
            and doc[token.i + 1].lower_ == "them"
        ):
            start = token.i + 2
            break
        if token.lower_ in ("including", "notably") and doc[token.i - 1].text in DASHES:
            start = token.i + 1
            break
    else:
        return []
    start, end = tidy(doc, (start, sentence.end))
    if start >= end or any(t.pos_ in ("VERB", "AUX") for t in doc[start:end]):
        return []
    if not any(t.ent_type_ in NAMES or t.pos_ == "PROPN" for t in doc[start:end]):
        return []
    places = characters(doc, (start, end))
    content = [(p, s, min(e, token.idx)) for p, s, e in draft.content if s < token.idx]
    content = [
        (p, s, s + len(doc.text[s:e].rstrip(" ,-\u2013\u2014\u2015"))) for p, s, e in content
    ]
    draft.content[:] = [piece for piece in content if piece[1] < piece[2]] or draft.content
    return [replace(draft, source=places, content=list(draft.content))]


def trailing_draft(
    index: int, doc: Doc, verb: Token, blocked: set[int], lexicon: Lexicon
) -> Draft | None:
    """Return the draft of a sentence that a speaker closes: `…, its minister, Noor Ellery, said`.

    The parser often takes such a speaker for an apposition of the word before.
    """
    if (
        verb.tag_ not in ("VBD", "VBZ", "VBP")
        or verb.dep_ == "relcl"
        or any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)
    ):
        return None
    sentence = verb.sent
    if any(
        t.pos_ in ("VERB", "AUX") or t.text in (":", '"') for t in doc[verb.i + 1 : sentence.end]
    ):
        return None
    commas = [t.i for t in doc[sentence.start : verb.i] if t.text == ","]
    if not commas:
        return None
    first = commas[-1]
    if first == verb.i - 1:
        if len(commas) < 2:
            return None
        first = commas[-2]
        if (
            len(commas) > 2
            and doc[first + 1].pos_ == "PROPN"
            and doc[commas[-3] + 1].lower_ in (*OWNERS, "the", "a")
        ):
            first = commas[-3]
    named = tidy(doc, (first + 1, verb.i))
    words = doc[named[0] : named[1]]
    if any(c.dep_ == "dobj" for c in verb.children) and verb.lemma_.lower() != "tell":
        return None
    if len(words) and words[0].pos_ in ("CCONJ", "SCONJ"):
        return None
    if not 0 < len(words) < LONGEST_SPEAKER or any(
        t.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ")
        and t.lower_ not in ("of", "for", "in", "and")
        for t in words
    ):
        return None
    heads = [t for t in words if t.pos_ in ("PROPN", "NOUN", "PRON")]
    if (
        not heads
        or not any(lexicon.can_speak(t) for t in heads)
        or any(i in blocked for i in range(*named))
    ):
        return None
    content = tidy(doc, (sentence.start, first))
    if not any(
        t.pos_ in ("VERB", "AUX") for t in doc[content[0] : content[1]]
    ) or not blocked.isdisjoint(range(*content)):
        return None
    return Draft(
        index,
        characters(doc, named),
        characters(doc, verb_group(verb)),
        [(index, *characters(doc, content))],
        order=1,
    )
