"""What a name's surroundings tell of it, once every mention is resolved.

Two habits of news are read here. The press leaves a state out where it has just been the subject:
"Merrow supports …, Prime Minister X said". And a role comes first, its holder's name in the next
sentence: "Ostrand's foreign minister …. '…', X said".
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from whipcount.actors.belonging import employer, namesake
from whipcount.actors.claims import Claim, Tie
from whipcount.actors.entities import Entity, Resolver, Sighting
from whipcount.actors.gazetteer import Entry
from whipcount.actors.phrases import LEFT_OPEN
from whipcount.actors.standing import best_claim

STATE_OFFICES = frozenset(
    [
        "minister",
        "president",
        "premier",
        "chancellor",
        "king",
        "queen",
        "emperor",
        "pm",
        "taoiseach",
        "secretary",
    ]
)
"""Heads of roles that are as a rule a state's."""

REACH = 1
"""Sentences before an office holder in which its state is looked for.

On the example debate (151 sources) 1 loses four that 2 finds. The nearer is taken all the same: a
minister given to the wrong state moves that state's cell, one given to none moves no cell.
"""


def read_context(resolver: Resolver, sightings: Sequence[Sighting]) -> None:
    """Add what the surroundings tell to a resolver's people and phrases."""
    _name_later(resolver)
    _name_holders(resolver, sightings)
    holders = _holders(resolver)
    for index, entity in enumerate(resolver.entities):
        claims = entity.person.claims if entity.person else [entity.role] if entity.role else []
        claim = best_claim([c for c in claims if c is not None], resolver.lexicon)
        if claim.tie is not None or claim.status & resolver.lexicon.gone:
            continue
        tie = _institution(resolver, claim) or employer(resolver, sightings, index, claim)
        if tie is None and _is_of_state(claim):
            tie = _state_before(resolver, sightings, index, claim, holders)
        if tie is None and entity.person is not None:
            belongs = namesake(resolver, entity.person)
            if belongs is not None:
                entity.person.add(Claim(tie=belongs))
        if tie is None:
            continue
        if entity.person is not None:
            entity.person.add(replace(claim, tie=tie))
            if tie.entry is not None and not claim.status:
                holders[claim.role.lower(), tie.entry.name].add(index)
        elif entity.tie is None:
            entity.tie = tie


def _is_of_state(claim: Claim) -> bool:
    words = claim.role.lower().split()
    if claim.role_class == "spokesperson":
        return bool({"ministry", "government"} & set(words))
    if claim.head == "secretary":
        return bool({"foreign", "defence", "defense", "home", "state"} & set(words))
    return claim.role_class == "office" and claim.head in STATE_OFFICES and "party" not in words


def _state_before(
    resolver: Resolver,
    sightings: Sequence[Sighting],
    index: int,
    claim: Claim,
    holders: dict[tuple[str, str], set[int]],
) -> Tie | None:
    """Return the state that was last the subject before an office holder is first named so.

    In the holder's own sentence also the only state that is named; nowhere what is quoted, only a
    place, or has another holder of that office in the article.
    """
    first = next((s for s in resolver.sighted[index] if s.mention.claims), None)
    if first is None:
        return None
    tiers: dict[int, list[tuple[Sighting, Entry]]] = {}
    begin = bisect_left(sightings, first.sentence - REACH, key=lambda one: one.sentence)
    for sighting in itertools.islice(sightings, begin, None):
        if sighting.position >= first.position:
            break
        if sighting.quoted:
            continue
        if sighting.mention.located:
            if sighting.sentence == first.sentence:
                return None  # "In Kyiv, President X said": a visitor, or a state that is not named
            continue
        states = _states(resolver, sighting)
        if len(states) == 1:
            tiers.setdefault(sighting.sentence, []).append((sighting, states[0]))
    for sentence in sorted(tiers, reverse=True):
        speaking = [entry for s, entry in tiers[sentence] if s.mention.speaks and not s.nested]
        names = {entry.name for _, entry in tiers[sentence]}
        if not speaking and not (sentence == first.sentence and len(names) == 1):
            continue
        entry = speaking[0] if speaking else tiers[sentence][0][1]
        if not holders[claim.role.lower(), entry.name] - {index}:
            return Tie(entry.name, entry)
    return None


def _institution(resolver: Resolver, claim: Claim) -> Tie | None:
    """Return the one institution of which a Secretary General can be: the body, or the only one."""
    if claim.head not in ("secretary general", "secretary-general"):
        return None
    entries = {
        e.entry.name: e.entry
        for e in resolver.entities
        if e.entry is not None and e.kind == "organisation"
    }
    body = entries.get(resolver.gazetteer.body)
    if body is None and len(entries) == 1:
        body = next(iter(entries.values()))
    return Tie(body.name, body) if body is not None else None


def _states(resolver: Resolver, sighting: Sighting) -> list[Entry]:
    """Return the states that a mention is, or whose government, parliament or officials it is."""
    found = []
    for index in resolver.found.get(sighting.place, ()):
        entity = resolver.entities[index]
        if entity.kind == "state" and entity.entry is not None:
            found.append(entity.entry)
        elif entity.kind in ("organisation", "group"):
            entry = entity.tie.entry if entity.tie is not None else None
            if entry is not None and entry.kind == "state":
                found.append(entry)
    return found


def _holders(resolver: Resolver) -> dict[tuple[str, str], set[int]]:
    """Return the people who hold an office of a state, by the role in lower case and the state."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, entity in enumerate(resolver.entities):
        for claim in entity.person.claims if entity.person is not None else ():
            if claim.tie is not None and claim.tie.entry is not None and not claim.status:
                found[claim.role.lower(), claim.tie.entry.name].add(index)
    return found


def _name_holders(resolver: Resolver, sightings: Sequence[Sighting]) -> None:
    """Join an unnamed office holder with the person without a role who speaks next.

    Only where it is the first full name to speak within two paragraphs after it.
    """
    for index, entity in enumerate(resolver.entities):
        if entity.kind != "person" or entity.person is not None or entity.role is None:
            continue
        if entity.role.role_class != "office" or entity.role.status:
            continue
        if entity.role.head in ("counterpart", "colleague"):
            continue
        sighted = resolver.sighted.get(index)
        if sighted and not sighted[0].mention.determiner and entity.tie is None:
            continue  # "wants to be president"
        if not sighted or sighted[0].quoted or sighted[0].mention.subject == LEFT_OPEN:
            continue
        named = _next_speaker(resolver, sightings, sighted[0])
        if named is None:
            continue
        person = resolver.entities[named].person
        if person is None or any(claim.role for claim in person.claims):
            continue
        role = entity.role
        person.add(replace(role, tie=entity.tie))
        resolver.join(index, named)


def _name_later(resolver: Resolver) -> None:
    """Join "the Velt finance minister" with "the finance minister, X" of a later sentence.

    Only where one person of the article holds an office of the same words.
    """
    for index, entity in enumerate(resolver.entities):
        role = entity.role
        if entity.person is not None or role is None or entity.kind != "person":
            continue
        if entity.tie is None or role.role_class != "office" or index not in resolver.sighted:
            continue
        if " " not in role.role:
            continue  # states have presidents each
        holders = [
            other
            for other, one in enumerate(resolver.entities)
            if one.person is not None
            and any(c.role.lower() == role.role.lower() for c in one.person.claims)
        ]
        if len(holders) != 1:
            continue
        person = resolver.entities[holders[0]].person
        if person is None or best_claim(person.claims, resolver.lexicon).tie is not None:
            continue
        person.add(replace(role, tie=entity.tie))
        resolver.join(index, holders[0])


def _next_speaker(resolver: Resolver, sightings: Sequence[Sighting], role: Sighting) -> int | None:
    begin = bisect_right(sightings, role.position, key=lambda one: one.position)
    for sighting in itertools.islice(sightings, begin, None):
        if sighting.mention.paragraph > role.mention.paragraph + 2:
            break
        if sighting.quoted:
            continue
        for index in resolver.found.get(sighting.place, ()):
            if sighting.mention.speaks and _full(resolver.entities[index]):
                return index
    return None


def _full(entity: Entity) -> bool:
    return entity.person is not None and len(entity.person.tokens) > 1
