"""The words of the tables in `data/` that name roles, people and genders, as sets to be asked."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from whipcount.actors.tables import table

RoleClass = Literal["office", "institution", "spokesperson", "delegate", "nobody"]
NounClass = Literal["officials", "others", "states", "governing", "bodies", "documents"]
NOUN_CLASSES: tuple[NounClass, ...] = (
    "officials", "others", "states", "governing", "bodies", "documents",
)  # fmt: skip

PARTICLES = frozenset(
    [
        "de",
        "la",
        "le",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "af",
        "av",
        "und",
        "zu",
        "y",
        "e",
    ]
)
"""Words in lower case that stand inside a person's name."""

SPEECH = frozenset(
    [
        "say",
        "tell",
        "add",
        "announce",
        "argue",
        "ask",
        "believe",
        "call",
        "claim",
        "comment",
        "concede",
        "confirm",
        "contend",
        "continue",
        "declare",
        "demand",
        "deny",
        "explain",
        "express",
        "insist",
        "maintain",
        "note",
        "observe",
        "pledge",
        "point",
        "promise",
        "propose",
        "reiterate",
        "remark",
        "repeat",
        "reply",
        "report",
        "respond",
        "reveal",
        "state",
        "stress",
        "suggest",
        "tweet",
        "urge",
        "vow",
        "warn",
        "want",
        "write",
        "acknowledge",
        "admit",
        "assert",
        "caution",
        "complain",
        "conclude",
        "emphasize",
        "emphasise",
        "estimate",
        "hint",
        "hope",
        "predict",
        "recall",
        "reject",
        "oppose",
        "support",
        "back",
        "refuse",
        "think",
        "agree",
        "disagree",
        "joke",
        "quip",
        "recount",
        "testify",
        "oppose",
        "lament",
        "signal",
    ]
)
"""Lemmas of verbs whose subject is as a rule one who says or holds something."""


@dataclass(frozen=True)
class Lexicon:
    """Role words, honorifics and the common nouns that head a source's words."""

    heads: Mapping[str, RoleClass]
    longest_head: int
    first_words: frozenset[str]
    titles: Mapping[str, str]
    honorifics: Mapping[str, str]
    gone: frozenset[str]
    not_yet: frozenset[str]
    against: frozenset[str]
    in_office: frozenset[str]
    modifiers: frozenset[str]
    same_as: Mapping[str, frozenset[str]]
    gender: Mapping[str, str]
    running: frozenset[str]
    described: frozenset[str]
    endings: tuple[str, ...]
    not_people: frozenset[str]
    nouns: Mapping[str, frozenset[NounClass]]
    some: frozenset[str]
    several: frozenset[str]
    beside: frozenset[str]
    any_organisation: frozenset[str]
    organisation_endings: frozenset[str]
    organisation_heads: frozenset[str]
    given_names: Mapping[str, str]

    @property
    def status(self) -> frozenset[str]:
        """Return the words that say whether a role is held."""
        return self.gone | self.not_yet | self.against | self.in_office

    def head(self, words: str) -> RoleClass | None:
        """Return a role word's class; None where it is none."""
        return self.heads.get(words)

    def describes(self, word: str) -> bool:
        """Return whether a word in lower case may say what somebody is by how it ends."""
        return word.endswith(self.endings) and word not in self.not_people and len(word) > 4

    def tells_organisation(self, words: str) -> bool:
        """Return whether a name holds a word for a body: Campaign, University."""
        lower = words.lower().split()
        return any(w in self.organisation_heads or self.nouns.get(w) is not None for w in lower)

    def runs(self, head: str) -> bool:
        """Return whether a role word is that of one who runs for an office."""
        return head in self.running

    def is_noun(self, lemma: str, *classes: NounClass) -> bool:
        """Return whether a lemma is in one of the classes."""
        return not self.nouns.get(lemma, frozenset()).isdisjoint(classes)


@functools.cache
def lexicon() -> Lexicon:
    """Return the shipped words, read once."""
    roles = tomllib.loads(table("roles.toml"))
    people = tomllib.loads(table("people.toml"))
    heads: dict[str, RoleClass] = {}
    for role_class in ("nobody", "delegate", "spokesperson", "institution", "office"):
        for words in roles["heads"][role_class]:
            heads.setdefault(words, role_class)
    nouns: dict[str, set[NounClass]] = {}
    for noun_class in NOUN_CLASSES:
        for words in people[noun_class]:
            nouns.setdefault(words, set()).add(noun_class)
    status = roles["status"]
    return Lexicon(
        heads=heads,
        longest_head=max(len(words.split()) for words in heads),
        first_words=frozenset(
            words.split("-")[0].split()[0] for words in heads if not words.isalpha()
        ),
        titles=roles["titles"],
        honorifics={
            words: gender if gender != "any" else ""
            for gender, found in roles["honorifics"].items()
            for words in found
        },
        gone=frozenset(status["gone"]),
        not_yet=frozenset(status["not_yet"]),
        against=frozenset(status["against"]),
        in_office=frozenset(status["in_office"]),
        modifiers=frozenset(roles["modifiers"]["words"]),
        same_as={words: frozenset(found) for words, found in roles["same_as"].items()},
        gender={words: gender for gender, found in roles["gender"].items() for words in found},
        running=frozenset(roles["running"]["words"]),
        described=frozenset(roles["described"]["words"]),
        endings=tuple(roles["described"]["endings"]),
        not_people=frozenset(roles["described"]["not_people"]),
        nouns={words: frozenset(found) for words, found in nouns.items()},
        some=frozenset(people["some"]),
        several=frozenset(people["several"]),
        beside=frozenset(people["beside"]),
        any_organisation=frozenset(people["any_organisation"]),
        organisation_endings=frozenset(people["organisation_endings"]),
        organisation_heads=frozenset(people["organisation_heads"]),
        given_names={
            name: gender
            for gender, found in tomllib.loads(table("given_names.toml")).items()
            for name in found.split()
        },
    )
