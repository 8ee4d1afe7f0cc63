"""Whose stance a clause's words are.

The speaker's own, or that of somebody whom the content names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whipcount.coding.lexicon import stance_words
from whipcount.coding.phrasebook import place
from whipcount.coding.stance import HOLDERS, Word
from whipcount.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token


OWN = frozenset(
    {
        "i",
        "we",
        "he",
        "she",
        "it",
        "they",
        "us",
        "that",
        "this",
        "who",
        "which",
        "there",
        "you",
        "one",
    }
)
THIRD = frozenset({"he", "she", "they", "it", "who"})
OWNERS = frozenset({"my", "our", "his", "her", "its", "their"})
DEMANDS = frozenset({"should", "must", "ought"})
"""Who says that somebody should back a thing backs it."""

SPEECH = frozenset(
    {
        "say",
        "tell",
        "claim",
        "argue",
        "announce",
        "promise",
        "agree",
        "signal",
        "believe",
        "insist",
        "warn",
    }
    | {
        "think",
        "write",
        "state",
        "declare",
        "suggest",
        "hint",
        "indicate",
        "report",
        "confirm",
        "hope",
        "fear",
    }
)
CLIMB = 4
"""Steps up the tree from a word of stance to its subject: `is` + `ready` + `to` + `back`."""


def holder_in(
    tokens: Sequence[Token], anchor: Token, words: Sequence[Word]
) -> tuple[int, int] | None:
    """Return the tokens that name whose stance words are: who speaks or feels in them.

    None for the speaker.
    """
    for word in words:
        if word.group not in HOLDERS or word.entry in stance_words().said_of_things:
            continue
        token = tokens[word.start]
        for _ in range(CLIMB):
            if any(c.lower_ in DEMANDS for c in token.children):
                return None
            subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is None and token.dep_ == "prep" and token.head.pos_ == "PROPN":
                subject = token.head
            if subject is not None:
                if subject.lower_ in THIRD:
                    return _speaker_in(tokens, anchor)
                return _named(tokens, subject)
            if token.head == token or token.dep_ in ("relcl", "advcl", "ccomp"):
                break
            token = token.head
    return _speaker_in(tokens, anchor)


def _speaker_in(tokens: Sequence[Token], anchor: Token) -> tuple[int, int] | None:
    """Return who says, within what is said, the clause that a concept stands in.

    As in `X told me that she …`.
    """
    token = anchor
    while token.head != token:
        if token.dep_ == "ccomp" and token.head.lemma_.lower() in SPEECH:
            subject = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
            if subject is not None:
                return _named(tokens, subject)
        token = token.head
    return None


def _named(tokens: Sequence[Token], subject: Token) -> tuple[int, int] | None:
    """Return where a subject stands among tokens, None where it means the speaker or nobody."""
    if subject.lower_ in OWN or any(
        t.lower_ in OWNERS for t in subject.subtree if t.dep_ == "poss"
    ):
        return None
    beside = next((c for c in subject.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    if beside is not None and subject.pos_ != "PROPN":
        subject = beside
    aside = [c for c in subject.children if c.dep_ in ("appos", "relcl", "acl", "punct")]
    last = min([subject.right_edge.i + 1, *(c.left_edge.i for c in aside if c.i > subject.i)])
    start, end = place(tokens, subject.left_edge.i), place(tokens, last)
    return (start, end) if start < end else None


def can_hold(actor: Actor) -> bool:
    """Tell whether an actor named in a content can have a stance.

    By a name, or for somebody named.
    """
    if actor.kind in ("state", "person", "organisation"):
        return actor.name[:1].isupper()
    return bool(actor.speaks_for or actor.affiliation)


def same_side(actor: Actor, sources: Sequence[Actor]) -> bool:
    """Tell whether an actor is one of the sources, or whom one of them speaks for."""
    names = {actor.name, actor.speaks_for} - {""}
    return any(
        actor.id == source.id
        or names & ({source.speaks_for, source.affiliation, source.name} - {""})
        for source in sources
    )
