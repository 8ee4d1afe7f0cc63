"""What people belong to where no phrase says so: organisations and campaigns.

News leave out what the sentences around have just told: whose chief executive "chief executive X"
is, whose campaign manager "campaign manager X".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from whipcount.actors.claims import Claim, Tie
from whipcount.actors.entities import CAMPAIGN, GOVERNED, Entity, Resolver, Sighting
from whipcount.actors.folding import folded
from whipcount.actors.names import Person
from whipcount.actors.standing import best_claim

NEAR = 3
"""Sentences before a manager in which the organisation is looked for."""

ELECTED = frozenset(("governor", "mayor", "strategist", "operative", "staffer", "comptroller"))
"""Heads of roles that are no organisation's, though institutions have such."""


def employer(
    resolver: Resolver, sightings: Sequence[Sighting], index: int, claim: Claim
) -> Tie | None:
    """Return the organisation of which a manager is who is named without it.

    The one that the sentences before are about: named last within `NEAR` sentences, or whose
    officials or papers are, outside quotation marks; for a campaign's manager, the campaign. A
    spokesman may be a ministry's, whose state the article names farther off.
    """
    campaign = "campaign" in claim.role.lower().split()
    if not campaign and claim.role_class != "institution":
        return None
    if claim.head in ELECTED or claim.status - {"chief"}:
        return None
    first = next((s for s in resolver.sighted[index] if s.mention.claims), None)
    if first is None:
        return None
    end = bisect_left(sightings, first.position, key=lambda one: one.position)
    for sighting in reversed(sightings[:end]):
        if sighting.sentence < first.sentence - NEAR:
            return None
        if sighting.quoted or sighting.mention.located:
            continue
        for found in resolver.found.get(sighting.place, ()):
            tie = _organisation(resolver.entities[found], campaign)
            if tie is not None:
                return tie
    return None


def _organisation(entity: Entity, campaign: bool) -> Tie | None:
    """Return the tie to an organisation, or to that of its officials; campaigns by themselves."""
    head = entity.mention.unit.head if entity.mention is not None else ""
    if (head in CAMPAIGN) != campaign:
        return None
    if campaign:
        return entity.tie
    if entity.entry is not None:
        return Tie(entity.name, entity.entry) if entity.kind == "organisation" else None
    if entity.kind == "organisation" and entity.name[:1].isupper():
        return entity.tie or Tie(entity.name)
    tie = entity.tie if entity.kind == "group" else None
    named = tie is not None and (tie.entry is None or tie.entry.kind == "organisation")
    return tie if named else None


def namesake(resolver: Resolver, person: Person) -> Tie | None:
    """Return the organisation that bears somebody's full name: the Jo Rand Foundation."""
    best = best_claim(person.claims, resolver.lexicon)
    tokens = person.tokens
    if best.tie is not None or best.role or len(tokens) < 2:
        return None
    for entity in resolver.entities:
        if entity.kind != "organisation" or entity.entry is not None:
            continue
        words = folded(entity.name)
        rest = words[len(tokens) :]
        if words[: len(tokens)] == tokens and rest and rest[-1] not in CAMPAIGN | GOVERNED:
            return Tie(entity.name)
    return None
