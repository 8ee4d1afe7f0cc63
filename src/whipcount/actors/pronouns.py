"""Who "he", "she", "they", "it" and "the minister" are: the nearest compatible one before.

Subjects and those who stand beside a verb of saying come first, the nearest sentence first; what
stands inside quotation marks is not asked for people, for within them others are talked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

REACH = 4
"""Sentences that a pronoun looks back.

On the example debate (151 sources) 2 loses two, and 4, 8 and 12 find the same: the least is taken.
"""

EntityKind = Literal["person", "organisation", "state", "group", "anonymous", "outlet"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that a pronoun may speak of: who, in which sentence, and how prominently."""

    entity: int
    kind: EntityKind
    sentence: int
    position: int
    speaks: bool
    quoted: bool
    plural: bool
    nested: bool
    main: bool = False
    asked: bool = False


def antecedent(
    pronoun: str,
    sentence: int,
    position: int,
    nearest: Iterable[Candidate],
    gender_of: Callable[[int], str],
) -> int | None:
    """Return the entity that a pronoun of the third person speaks of; None where none fits.

    `nearest` are candidates, the last of the article's first; `gender_of` gives an entity's, empty
    where it is not known.
    """
    for tier in _tiers(sentence, position, nearest):
        fitting = [c for c in tier if _fits(pronoun, c, gender_of)]
        if not fitting:
            continue
        prominent = [c for c in fitting if c.speaks] or [c for c in fitting if not c.nested]
        if not prominent:
            continue
        asked = [c for c in fitting if c.asked]
        main = [c for c in prominent if c.main and c.kind != "anonymous"]
        if tier[0].sentence == sentence:
            chosen = (asked or prominent)[0]
        else:
            chosen = (main or prominent)[-1]
        if pronoun == "they" and chosen.kind in ("state", "organisation"):
            groups = [c for c in prominent if c.kind == "group"]
            chosen = groups[-1] if groups else chosen
        return chosen.entity
    return None


def _tiers(sentence: int, position: int, nearest: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the candidates of each sentence, nearest first, as far as `REACH`."""
    tier: list[Candidate] = []
    for candidate in nearest:
        if candidate.sentence < sentence - REACH:
            break
        if candidate.position >= position:
            continue
        if tier and tier[-1].sentence != candidate.sentence:
            yield tier[::-1]
            tier = []
        tier.append(candidate)
    if tier:
        yield tier[::-1]


def _fits(pronoun: str, candidate: Candidate, gender_of: Callable[[int], str]) -> bool:
    if pronoun in ("he", "she"):
        if candidate.kind not in ("person", "anonymous") or candidate.quoted:
            return False
        return gender_of(candidate.entity) in ("", pronoun)
    if candidate.quoted:
        return False
    if pronoun == "they":
        return candidate.kind == "group" or (
            candidate.kind in ("organisation", "state") and candidate.speaks
        )
    return candidate.kind in ("organisation", "state")
