"""Where what a verb or adjective says stands: its content, frame by frame (`data/cues.toml`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from whipcount.attribution.lexicon import Lexicon
from whipcount.attribution.phrases import (
    DATED,
    OWNERS,
    RELATIVES,
    Range,
    controller,
    passive_agent,
    subtree,
    tidy,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

POINTING = frozenset({"it", "them", "him", "her", "itself", "themselves"})
SIDES = frozenset(
    {"support", "oppose", "back", "reject", "favour", "favor", "endorse", "welcome", "ratify"}
    | {"approve", "block", "sign", "veto"}
)
"""Verbs whose object says enough where it only points back: `Varnia supports it`."""


class Content(NamedTuple):
    """The ranges of a content, the word that leads to it and belongs to the cue, the frame."""

    ranges: list[Range]
    preposition: Token | None
    frame: str


def content_of(
    doc: Doc, verb: Token, frames: frozenset[str], head: Token, lexicon: Lexicon
) -> Content | None:
    """Return the ranges of a verb's content, the preposition that leads to it, and the frame."""
    children = list(verb.children)
    passive = passive_agent(verb) is not None
    if passive and frames & {"object", "quality", "as", "whom"}:
        for child in children:
            if child.dep_ == "nsubjpass" and child.lower_ not in RELATIVES:
                return Content([subtree(child)], None, "object")
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
            return Content([subtree(verb.head, without=[verb])], None, "object")
        return None
    if "as" in frames:
        taken = next(
            (c for c in children if c.dep_ == "prep" and c.lower_ == "as" and c.i > verb.i), None
        )
        thing = next((c for c in children if c.dep_ == "dobj"), None)
        if thing is not None:
            inner = next((c for c in thing.children if c.dep_ == "prep" and c.lower_ == "as"), None)
            taken = taken or inner
            if taken is not None and thing.i < taken.i:
                return Content([(thing.left_edge.i, taken.right_edge.i + 1)], None, "as")
    if "whom" in frames:
        span = _told(verb)
        if span is not None:
            return Content([span], None, "whom")
    if "clause" in frames:
        clause = _clause(doc, verb)
        if clause:
            return Content(clause, None, "clause")
    if "infinitive" in frames:
        below = next((c for c in children if c.dep_ == "xcomp" and c.i > verb.i), None)
        if below is not None and any(c.tag_ == "TO" for c in below.children):
            return Content([_from_to(below)], None, "infinitive")
    if "quality" in frames:
        quality = _quality(verb, children)
        if quality is not None:
            return Content([quality], None, "quality")
    for child in children:
        if (
            child.dep_ in ("prep", "prt", "dative", "agent")
            and child.lower_ in frames
            and child.i > verb.i
        ):
            span = _prepositional(verb, child)
            if span is not None:
                return Content([span], child, child.lower_)
    noun = _noun_object(children, verb, lexicon)
    if noun is not None:
        return noun
    if "whole" in frames:
        things = [c for c in children if c.dep_ in ("dobj", "dative") and c.i > verb.i]
        if things:
            start = things[0].left_edge.i
            end = things[-1].right_edge.i + 1
            while end < len(doc) and (
                after := next(
                    (
                        c
                        for c in children
                        if c.left_edge.i == end and c.dep_ in ("prep", "xcomp", "prt", "advcl")
                    ),
                    None,
                )
            ):
                if any(t.ent_type_ in DATED for t in after.subtree) and end > start + 1:
                    break
                end = after.right_edge.i + 1
            return Content([(start, end)], None, "object")
    if "object" in frames or "whole" in frames:
        thing = next((c for c in children if c.dep_ == "dobj" and c.i > verb.i), None)
        if thing is not None and (thing.lower_ not in POINTING or verb.lemma_.lower() in SIDES):
            return Content([subtree(thing)], None, "object")
        if verb.dep_ == "relcl" and any(c.dep_ == "nsubj" and c == head for c in children):
            # "something the alliance denies": the noun before the clause is what is denied.
            return Content([subtree(verb.head, without=[verb])], None, "object")
    return None


def pointed_back(doc: Doc, verb: Token) -> list[Range]:
    """Return the sentence that `that is what X wants` points back to; empty where it is none."""
    pointer = next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
    if pointer is None or pointer.lower_ not in ("that", "this", "it") or pointer.i > verb.i:
        return []
    before = [sentence for sentence in doc.sents if sentence.end <= pointer.i]
    own = pointer.i - 1 if pointer.is_sent_start is not True else None
    if own is not None and doc[own].text in ("?", ".", "!"):
        return [(pointer.sent.start, own + 1)]
    return [tidy(doc, (before[-1].start, before[-1].end))] if before else []


def _clause(doc: Doc, verb: Token) -> list[Range]:
    """Return a verb's clause.

    Its complement, or what a parenthetical (`…, X said, …`) stands in.
    """
    options = [c for c in verb.children if c.dep_ == "ccomp" and c.i != verb.i]
    following = [c for c in options if c.i > verb.i]
    if following:
        first = following[0]
        start, end = subtree(first)
        start = max(start, verb.i + 1)
        return [(start, end)]
    if options:
        start, end = subtree(options[0])
        return [(start, min(end, verb.left_edge.i if verb.left_edge.i > start else verb.i))]
    questioned = next(
        (
            c
            for c in verb.children
            if c.dep_ in ("advcl", "pcomp")
            and c.i > verb.i
            and c.left_edge.lower_ in ("whether", "how", "why", "what")
        ),
        None,
    )
    if questioned is not None:
        return [subtree(questioned)]
    if verb.dep_ == "parataxis" or (verb.dep_ in ("ccomp", "conj") and _set_off(doc, verb)):
        sentence = verb.sent
        own = subtree(verb)
        pieces = [(sentence.start, own[0]), (own[1], sentence.end)]
        return [span for span in (tidy(doc, piece) for piece in pieces) if span[1] - span[0] > 2]
    return []


def _quality(verb: Token, children: list[Token]) -> Range | None:
    """Return a thing with what it is called: `called the plan a mistake for everybody`."""
    thing = next((c for c in children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i), None)
    called = next(
        (c for c in children if c.dep_ in ("oprd", "attr", "acomp", "ccomp") and c.i > verb.i), None
    )
    if called is None or (thing is None and called.dep_ != "ccomp"):
        return None
    parts = [part for part in (thing, called) if part is not None]
    end = max(part.right_edge.i for part in parts) + 1
    after = next((c for c in children if c.dep_ == "prep" and c.left_edge.i == end), None)
    if after is not None and not any(t.ent_type_ in DATED for t in after.subtree):
        end = after.right_edge.i + 1
    return min(part.left_edge.i for part in parts), end


def _noun_object(children: list[Token], verb: Token, lexicon: Lexicon) -> Content | None:
    """Return the complement of a noun cue that is a verb's object.

    As in `repeated its objection to …`.
    """
    thing = next((c for c in children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is None:
        return None
    frames = lexicon.nouns.get(thing.lemma_.lower())
    if frames is None or any(c.dep_ == "poss" and c.lower_ not in OWNERS for c in thing.children):
        return None
    if "dropped" in lexicon.verbs[verb.lemma_.lower()]:
        return Content([subtree(thing)], None, "object")
    for child in (*thing.children, *(c for c in children if c.i == thing.i + 1)):
        if child.i < thing.i:
            continue
        infinitive = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        if ("infinitive" in frames and infinitive) or (
            "clause" in frames
            and child.dep_ in ("acl", "ccomp")
            and child.left_edge.lower_ == "that"
        ):
            return Content([subtree(child)], thing, "object")
        if child.dep_ == "prep" and child.lower_ in frames:
            below = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if below is not None:
                return Content([(below.left_edge.i, below.right_edge.i + 1)], child, "object")
    return None


def _set_off(doc: Doc, verb: Token) -> bool:
    start, end = subtree(verb)
    return start > 0 and doc[start - 1].text == "," and end < len(doc) and doc[end].text == ","


def _told(verb: Token) -> Range | None:
    """Return what somebody is told or urged to do: with the person where an infinitive follows."""
    person = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i), None)
    for child in verb.children:
        if child.i <= verb.i:
            continue
        infinitive = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        if child.dep_ == "ccomp" and infinitive:
            return child.left_edge.i, child.right_edge.i + 1
        if (
            child.dep_ in ("xcomp", "advcl")
            and infinitive
            and person is not None
            and person.i < child.i
        ) and (controller(child) is not None or child.dep_ == "xcomp"):
            return person.left_edge.i, child.right_edge.i + 1
        if child.dep_ == "ccomp" and verb.lemma_.lower() in (
            "tell",
            "remind",
            "warn",
            "assure",
            "inform",
        ):
            return child.left_edge.i, child.right_edge.i + 1
    return None


def _from_to(verb: Token) -> Range:
    start, end = subtree(verb)
    to = next((c for c in verb.children if c.tag_ == "TO"), None)
    return (to.i if to is not None and start <= to.i else start), end


def _prepositional(verb: Token, preposition: Token) -> Range | None:
    """Return a preposition's object.

    Where it is stranded (`that is what X are pushing for`), what is before.
    """
    below = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    if preposition.lower_ == "out" and below is None:
        thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
        return subtree(thing) if thing is not None and thing.i > preposition.i else None
    if below is None:
        return None
    if below.lower_ in RELATIVES or below.ent_type_ in DATED:
        return None
    start, end = below.left_edge.i, below.right_edge.i + 1
    sibling = next(
        (c for c in verb.children if c.dep_ in ("xcomp", "advcl", "ccomp") and c.i > below.i), None
    )
    if sibling is not None and sibling.left_edge.i == end and sibling.tag_ == "VB":
        end = sibling.right_edge.i + 1
    return start, end


def with_reduced_relative(doc: Doc, span: Range, cue: Range) -> Range:
    """Return a range with a relative clause that has no pronoun: `assurances they could offer`.

    The parser often takes such a clause for a sentence of its own.
    """
    start, end = span
    if end >= len(doc) or end <= cue[0] or doc[end - 1].pos_ not in ("NOUN", "PROPN"):
        return span
    subject = doc[end]
    if subject.dep_ != "nsubj" or subject.lower_ not in ("they", "he", "she", "it", "we"):
        return span
    verb = subject.head
    if verb.i <= subject.i or verb.sent.start > start:
        return span
    return start, verb.right_edge.i + 1


def complement_of_adjective(
    word: Token, frames: frozenset[str]
) -> tuple[Range, Token | None] | None:
    """Return where what an attitude is about stands, and the preposition that leads to it."""
    children = [c for c in word.children if c.i > word.i]
    children += [
        c
        for c in word.head.children
        if c.i > word.i and c.dep_ in ("prep", "xcomp", "ccomp", "advcl")
    ]
    for child in children:
        infinitive = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        if "infinitive" in frames and infinitive and child.dep_ in ("xcomp", "ccomp", "advcl"):
            return _from_to(child), None
        if "clause" in frames and child.dep_ == "ccomp":
            return subtree(child), None
        if child.dep_ == "prep" and child.lower_ in frames:
            below = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if below is not None:
                return (below.left_edge.i, below.right_edge.i + 1), child
    if "object" in frames:
        below = next((c for c in word.children if c.dep_ == "pobj"), None)
        if below is not None:
            return (below.left_edge.i, below.right_edge.i + 1), None
    return None
