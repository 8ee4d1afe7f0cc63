"""The lexical coder's words, read from `data/stances.toml` and `data/concepts.toml`."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from whipcount.coding.phrasebook import Phrasebook, phrasebook


@dataclass(frozen=True, slots=True)
class StanceWords:
    """Phrasebooks of what carries a stance, of conditions and of reasons, and the modal verbs."""

    stances: Phrasebook
    conditions: Phrasebook
    reasons: Phrasebook
    beside: Phrasebook
    modals: frozenset[str]
    modals_negated_only: frozenset[str]
    negated_only: frozenset[str]
    said_of_things: frozenset[str]


@dataclass(frozen=True, slots=True)
class ConceptWords:
    """The phrasebook of concepts, their opposites, and the words that label nothing."""

    concepts: Phrasebook
    times: Phrasebook
    opposites: dict[str, str]
    light: frozenset[str]


@functools.cache
def stance_words() -> StanceWords:
    """Return the stance lexicon that ships with the package."""
    data = _data("stances.toml")
    groups = [
        "support",
        "support_hedged",
        "oppose",
        "oppose_hedged",
        "obstruct",
        "abstain",
        "undecided",
        "turn",
        "fallback_oppose",
        "cue_support",
    ]
    return StanceWords(
        stances=phrasebook((group, data[group]) for group in groups),
        conditions=phrasebook(
            [("condition", data["conditions"]), ("time", data["conditions_of_time"])]
        ),
        reasons=phrasebook([("reason", data["reasons"])]),
        beside=phrasebook([("beside", data["beside"])]),
        modals=_words(data["modals"]),
        modals_negated_only=_words(data["modals_negated_only"]),
        negated_only=_words(data["negated_only"]),
        said_of_things=_words(data["said_of_things"]),
    )


@functools.cache
def concept_words() -> ConceptWords:
    """Return the concept lexicon that ships with the package."""
    data = _data("concepts.toml")
    return ConceptWords(
        concepts=phrasebook(data["concepts"].items()),
        times=phrasebook(data["times"].items()),
        opposites=dict(data["opposites"]),
        light=frozenset(data["light"]["words"].split()),
    )


def _data(name: str) -> dict[str, Any]:
    text = (resources.files(__package__) / "data" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _words(entries: object) -> frozenset[str]:
    return frozenset(" ".join(entry.split()) for entry in str(entries).split("|"))
