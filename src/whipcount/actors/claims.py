"""What a mention says: who is named, in which role, and what they are tied to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from whipcount.actors.gazetteer import STRENGTH, Entry, Match
from whipcount.actors.lexicon import RoleClass
from whipcount.actors.units import Unit

MentionKind = Literal["person", "entry", "name", "role", "noun", "pronoun"]


@dataclass(frozen=True, slots=True)
class Tie:
    """What somebody is said to belong to: an entry, or words that name no known one."""

    words: str
    entry: Entry | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A role that a mention gives somebody, empty where only the tie is given."""

    role: str = ""
    head: str = ""
    role_class: RoleClass | None = None
    status: frozenset[str] = frozenset()
    tie: Tie | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named by tokens `start … end` of a paragraph, around a head.

    `determiner` is the phrase's first article, quantity or possessive in lower case; `speaks` tells
    that it is the subject or object of a verb of saying, `located` that it is a place where.
    `subject` is the token of whom a role is said: Velt of "Velt is the chair"; -1 where it isn't,
    -2 where it is denied or left open.
    `main` tells that it is the subject of its sentence, `asked` that it is asked something there,
    `says` that a verb of saying stands with it.
    """

    kind: MentionKind
    paragraph: int
    start: int
    end: int
    head_start: int
    head_end: int
    name: str
    unit: Unit
    claims: tuple[Claim, ...] = ()
    ties: tuple[Tie, ...] = ()
    determiner: str = ""
    quantity: str = ""
    gender: str = ""
    speaks: bool = False
    located: bool = False
    subject: int = -1
    main: bool = False
    asked: bool = False
    says: bool = False


def sole(matches: tuple[Match, ...]) -> Match | None:
    """Return the one match that words have; None where entries share them in the same strength."""
    if not matches:
        return None
    if len(matches) > 1:
        first, second = matches[0], matches[1]
        if first.how in ("capital", "seat") or STRENGTH[first.how] == STRENGTH[second.how]:
            return None
    return matches[0]


def bare(words: str) -> str:
    """Return words without a leading "the"."""
    return words[4:] if words[:4] in ("the ", "The ") else words


DESCRIBED = re.compile(
    r"(?:[a-z][\w’'-]* )*(?!of |for |in |at |on |and |the )[a-z][\w’'-]* (?=[A-Z])"
)


def proper(words: str) -> str:
    """Return a name without what describes it: the liberal watchdog group Media Watch."""
    match = DESCRIBED.match(words)
    return words[match.end() :] if match is not None else words
