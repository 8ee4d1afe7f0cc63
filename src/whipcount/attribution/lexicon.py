"""The words by which an article attributes, read from `data/cues.toml` and `data/nouns.toml`."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PERSONAL = frozenset({"he", "she", "they", "i", "we", "who", "him", "her", "them"})
QUANTITIES = frozenset(
    {
        "some",
        "many",
        "several",
        "few",
        "most",
        "others",
        "all",
        "both",
        "none",
        "one",
        "two",
        "three",
    }
    | {"four", "five", "six", "seven", "eight", "nine", "ten", "everyone", "nobody", "somebody"}
    | {"someone", "anyone", "each", "neither", "majority", "half", "dozen", "dozens", "hundreds"}
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue words by part of speech, each with its frames, and the nouns that can speak."""

    verbs: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    idioms: dict[str, tuple[tuple[str, ...], ...]]
    people: frozenset[str]
    institutions: frozenset[str]
    documents: frozenset[str]

    def can_decide(self, token: Token) -> bool:
        """Return whether a phrase with this head names somebody who can speak or decide."""
        if token.ent_type_ in NAMES or token.lower_ in PERSONAL or token.lower_ in QUANTITIES:
            return True
        if token.pos_ == "PROPN":
            return True
        lemma = token.lemma_.lower()
        return lemma in self.people or lemma in self.institutions

    def can_speak(self, token: Token) -> bool:
        """Return whether a phrase with this head names one who, or what, can say a thing."""
        return self.can_decide(token) or token.lemma_.lower() in self.documents


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships with the package."""
    folder = resources.files(__package__) / "data"
    cues = tomllib.loads((folder / "cues.toml").read_text(encoding="utf-8"))
    nouns = tomllib.loads((folder / "nouns.toml").read_text(encoding="utf-8"))
    return Lexicon(
        verbs={word: frozenset(frames) for word, frames in cues["verbs"].items()},
        adjectives={word: frozenset(frames) for word, frames in cues["adjectives"].items()},
        nouns={word: frozenset(frames) for word, frames in cues["nouns"].items()},
        idioms={
            word: tuple(tuple(idiom.split()) for idiom in idioms)
            for word, idioms in cues["idioms"].items()
        },
        people=frozenset(nouns["people"].split()),
        institutions=frozenset(nouns["institutions"].split()),
        documents=frozenset(nouns["documents"].split()),
    )
