"""What people belong to where no phrase says so: organisations, campaigns, parties.

News leave out what the sentences around have just told: whose chief executive "chief executive X"
is, and the party of those of whom they write only as running for its nomination.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from whipcount.actors.claims import Claim, Tie, sole
from whipcount.actors.entities import CAMPAIGN, GOVERNED, Entity, Resolver, Sighting
from whipcount.actors.folding import folded
from whipcount.actors.names import Person
from whipcount.actors.standing import best_claim

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONTEST = frozenset(
    [
        "nomination", "primary", "primaries", "caucus", "caucuses", "contest", "contests", "race",
        "field", "debate", "ticket", "candidates", "contenders", "hopefuls", "rivals", "nominees",
    ]
)  # fmt: skip
"""Nouns after a party's adjective that tell who runs for that party."""

NEAR = 3
"""Sentences before a manager or spokesman in which the organisation is looked for."""

ELECTED = frozenset(("governor", "mayor", "strategist", "operative", "staffer", "comptroller"))
"""Heads of roles that are no organisation's, though institutions have such."""


def employer(
    resolver: Resolver, sightings: Sequence[Sighting], index: int, claim: Claim
) -> Tie | None:
    """Return the organisation of which a manager or spokesman is who is named without it.

    The one that the sentences before are about: named last within `NEAR` sentences, or whose
    officials or papers are, outside quotation marks; for a campaign's manager, the campaign.
    """
    campaign = "campaign" in claim.role.lower().split()
    if not campaign and claim.role_class not in ("institution", "spokesperson"):
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


def contests(
    resolver: Resolver, sightings: Sequence[Sighting], docs: Sequence[Doc]
) -> Mapping[int, Tie]:
    """Return the party for whose nomination people run, by their entities' indexes.

    Of those known to be in politics who are named in sentences about one party's contest, the party
    of most of them.
    """
    parties: dict[int, set[Tie]] = defaultdict(set)
    people: dict[int, set[int]] = defaultdict(set)
    for sighting in sightings:
        if sighting.quoted:
            continue
        tie = _contested(sighting, docs)
        if tie is not None:
            parties[sighting.sentence].add(tie)
        for index in resolver.found.get(sighting.place, ()):
            if sighting.mention.main and resolver.entities[index].person is not None:
                people[sighting.sentence].add(index)
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    ties: dict[str, Tie] = {}
    for sentence, found in parties.items():
        if len({tie.entry.name for tie in found if tie.entry is not None}) != 1:
            continue
        tie = next(iter(found))
        name = tie.entry.name if tie.entry is not None else tie.words
        ties[name] = tie
        for index in people[sentence]:
            if _may_run_for(resolver, resolver.entities[index].person, name):
                votes[index][name] += 1
    return {index: ties[count.most_common(1)[0][0]] for index, count in votes.items()}


def _contested(sighting: Sighting, docs: Sequence[Doc]) -> Tie | None:
    """Return the party of "the Reform nomination", "the Reform presidential candidates"."""
    mention = sighting.mention
    match = sole(mention.unit.matches) if mention.kind == "entry" else None
    if match is None or match.entry.kind != "organisation":
        return None
    doc = docs[mention.paragraph]
    following = [token.lower_ for token in doc[mention.head_end : mention.head_end + 3]]
    if not CONTEST.isdisjoint(following[:1]) or (
        following[:1] in (["presidential"], ["primary"]) and not CONTEST.isdisjoint(following)
    ):
        return Tie(mention.unit.words, match.entry)
    return None


def _may_run_for(resolver: Resolver, person: Person | None, party: str) -> bool:
    """Return whether somebody is known to be in politics, in no office and in no other party."""
    if person is None:
        return False
    best = best_claim(person.claims, resolver.lexicon)
    if best.tie is not None or best.role_class in ("office", "spokesperson"):
        return False
    own = person.known.affiliation if person.known is not None else ""
    if own not in ("", party):
        return False
    elected = best.role_class == "delegate" or best.head in ("governor", "mayor")
    return elected or resolver.lexicon.runs(best.head) or person.known is not None


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
