"""Who "he", "she", "they", "it" are.

"He" and "she" outside quotation marks are the person whose score is highest: a conditional logit
(McFadden 1974) over what is seen of each before it (`FEATURES`), with weights that
`training/pronouns.py` fits. The others are the nearest compatible one: subjects and those who stand
beside a verb of saying first, the nearest sentence first; what stands inside quotation marks is
looked for inside quotation marks.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from whipcount.actors.tables import table

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
    paragraph: int = 0
    form: str = ""
    says: bool = False


FARTHEST = 6
"""Sentences that "he" and "she" look back."""

FEATURES = (
    *(f"{distance} sentences back" for distance in range(FARTHEST + 1)),
    "last: subject of its sentence",
    "last: speaks",
    "last: inside another's phrase",
    "only in quotation marks",
    "last: asked something",
    "same sentence: its subject",
    "same sentence: speaks",
    "same sentence: neither speaks",
    "unnamed",
    "gender known",
    "gender open",
    "last: a pronoun",
    "last: a role",
    "log of mentions here",
    "log of namings in the article",
    "same paragraph",
    "next paragraph",
    "speaks somewhere here",
    "subject somewhere here",
    "saying: said something last",
    "saying: said something here",
    "saying: said nothing here",
    "acting: said something last",
)
"""What is weighed of a person; `last` is the last mention outside quotation marks."""


def person_of(
    asking: Candidate,
    word: str,
    nearest: Iterable[Candidate],
    gender_of: Callable[[int], str],
    namings: Callable[[int], int],
) -> int | None:
    """Return the entity that "he" or "she" is; None where nobody fits within `FARTHEST` sentences.

    `asking` is the pronoun's own mention, `nearest` those before it, the last of them first;
    `gender_of` gives an entity's gender, empty where it is not known, `namings` how often the
    article names it.
    """
    around = list(nearest)
    found = choices(asking, word, around, gender_of, namings)
    if not found:
        return None
    for candidate in around:
        if candidate.sentence != asking.sentence:
            break
        if candidate.asked and not candidate.quoted and candidate.entity in found:
            return candidate.entity  # Torv asked Peel about what he had said
    scores = {entity: _score(features) for entity, features in found.items()}
    return max(scores, key=lambda entity: scores[entity])


def choices(
    asking: Candidate,
    word: str,
    nearest: Iterable[Candidate],
    gender_of: Callable[[int], str],
    namings: Callable[[int], int],
) -> dict[int, list[float]]:
    """Return whom "he" or "she" may be, with the values of `FEATURES`; nearest first."""
    here: dict[int, list[Candidate]] = {}
    for candidate in nearest:
        if candidate.sentence < asking.sentence - FARTHEST:
            break
        if candidate.kind in ("person", "anonymous"):
            here.setdefault(candidate.entity, []).append(candidate)
    fitting = {entity: many for entity, many in here.items() if gender_of(entity) in ("", word)}
    said = max(
        (one.position for many in fitting.values() for one in many if one.says and not one.quoted),
        default=-1,
    )
    return {
        entity: _features(asking, mentions, gender_of(entity), namings(entity), said)
        for entity, mentions in fitting.items()
    }


def _features(
    asking: Candidate, mentions: Sequence[Candidate], gender: str, namings: int, said: int
) -> list[float]:
    """Return the values of `FEATURES` for one person's mentions, the last of them first.

    `said` is the position of the mention that was the last to say something, of anybody's.
    """
    sentence, paragraph = asking.sentence, asking.paragraph
    plain = [one for one in mentions if not one.quoted]
    last = plain[0] if plain else mentions[0]
    same = [one for one in plain if one.sentence == sentence]
    speaks = any(one.speaks for one in same)
    says = any(one.says for one in plain)
    last_said = any(one.position == said for one in plain)
    values = (
        *(sentence - mentions[0].sentence == distance for distance in range(FARTHEST + 1)),
        last.main, last.speaks, last.nested, not plain, last.asked,
        any(one.main for one in same), speaks, bool(same) and not speaks,
        last.kind == "anonymous", bool(gender), not gender,
        last.form == "pronoun", last.form == "role",
        math.log1p(len(mentions)), math.log1p(namings),
        last.paragraph == paragraph, paragraph - last.paragraph == 1,
        any(one.speaks for one in plain), any(one.main for one in plain),
        asking.says and last_said, asking.says and says, asking.says and not says,
        not asking.says and last_said,
    )  # fmt: skip
    return [float(value) for value in values]


def _score(features: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(_weights(), features, strict=True))


@functools.cache
def _weights() -> tuple[float, ...]:
    known = tomllib.loads(table("pronouns.toml"))["weights"]
    return tuple(float(known[name]) for name in FEATURES)


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
