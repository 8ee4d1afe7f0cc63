"""Actors made of an article's entities: role, affiliation, country, and whom they speak for."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whipcount.actors.claims import Claim, Mention, Tie
from whipcount.actors.entities import Entity, Resolver
from whipcount.actors.folding import folded
from whipcount.actors.gazetteer import Gazetteer
from whipcount.actors.lexicon import Lexicon
from whipcount.actors.names import Person
from whipcount.actors.standing import (
    best_claim,
    completed,
    group_speaks_for,
    institution_speaks_for,
    person_speaks_for,
)
from whipcount.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc

ANONYMITY = frozenset(["anonymity", "anonymously", "anonymous", "unnamed", "unidentified"])
SERVING = frozenset(("adviser", "advisor", "aide", "chief of staff", "counterpart", "colleague"))
"""Roles that are held for a person, whatever that person's own state: an adviser to X."""

STATED = frozenset(
    ["statement", "communique", "communiqué", "declaration", "readout", "letter", "message"]
)
"""Papers whose words are their issuer's own; a report or poll only finds something."""


@dataclass(frozen=True)
class ActorMaker:
    """Makes an article's actors of its entities; `outlet` is its outlet's name, folded."""

    article: str
    gazetteer: Gazetteer
    lexicon: Lexicon
    resolver: Resolver
    docs: Sequence[Doc]
    outlet: tuple[str, ...]

    @functools.cached_property
    def _people(self) -> dict[str, list[Person]]:
        """Return the article's people in reading order by the last of their folded words."""
        found: dict[str, list[Person]] = defaultdict(list)
        for entity in self.resolver.entities:
            if entity.person is not None:
                found[entity.person.tokens[-1]].append(entity.person)
        return found

    def _named(self, words: str) -> list[Person]:
        """Return the article's people whose names end with the last of some words."""
        tokens = folded(words)
        return self._people.get(tokens[-1], []) if tokens else []

    def actor(self, index: int, number: int) -> Actor:
        """Return the actor of an entity, with its number in reading order."""
        entity = self.resolver.entities[index]
        id_ = f"{self.article}.a{number}"
        if entity.person is not None:
            return self._person(id_, entity)
        if entity.entry is not None:
            entry = entity.entry
            speaks_for = institution_speaks_for(entry, self.gazetteer)
            return Actor(id_, entry.name, entity.kind, "", entry.of, entry.country[:2], speaks_for)
        return self._unnamed(id_, entity)

    def _person(self, id_: str, entity: Entity) -> Actor:
        person = entity.person
        assert person is not None
        claim = speaks = self._settled(best_claim(person.claims, self.lexicon))
        if person.known is not None:
            offices = self.resolver.offices(person)
            claim, speaks = completed(
                claim, person.known, offices, self.gazetteer, self._named_entries.__contains__
            )
        member = self.gazetteer.person(person.words)
        tie = claim.tie
        speaks_for = person_speaks_for(
            speaks, self.gazetteer, self.lexicon, lambda words: self._of_person(words, person.words)
        )
        affiliation = _affiliation(tie)
        if not affiliation and not claim.status & self.lexicon.gone:
            affiliation = self.resolver.administrations.get(id(person), "")
        if member is not None:
            speaks_for = member.name
            affiliation = affiliation or member.party
        role = claim.role
        if claim.status & (self.lexicon.gone | self.lexicon.not_yet):
            status = sorted(claim.status & (self.lexicon.gone | self.lexicon.not_yet))[0]
            if not role.lower().startswith(status) and not status.startswith("then"):
                role = f"{status.rstrip('-')} {role}"
        return Actor(id_, person.words, "person", role, affiliation, self._country(tie), speaks_for)

    @functools.cached_property
    def _named_entries(self) -> frozenset[str]:
        """Return the names of the parties and other bodies that the article names."""
        return frozenset(
            entity.entry.name if entity.entry else entity.name for entity in self.resolver.entities
        )

    def _settled(self, claim: Claim) -> Claim:
        """Return a claim whose tie to a person ("her minister") is that person's own state."""
        tie = claim.tie
        if tie is None or not tie.person or claim.role_class == "spokesperson":
            return claim
        if claim.head in SERVING or claim.role_class not in ("office", None) or not claim.role:
            return claim
        for person in self._named(tie.words):
            if person.words == tie.words:
                own = best_claim(person.claims, self.lexicon)
                if own.tie is not None and own.tie.entry is not None:
                    return replace(claim, tie=own.tie)
        return claim

    def _of_person(self, words: str, speaker: str) -> str:
        """Return whom the person of "Velt's spokesman" speaks for, or the full name."""
        for person in self._named(words):
            if person.words == speaker:
                continue
            if person.words == words or person.words.endswith(f" {words}"):
                claim = best_claim(person.claims, self.lexicon)
                own = person_speaks_for(claim, self.gazetteer, self.lexicon, str)
                return own or person.words
        return words

    def _unnamed(self, id_: str, entity: Entity) -> Actor:
        mention = entity.mention
        tie = entity.tie
        if tie is not None and tie.person:
            role_class = entity.role.role_class if entity.role else "office"
            tie = self._settled(Claim(role_class=role_class, tie=tie)).tie
        kind = entity.kind
        role = entity.role.role if entity.role is not None else ""
        if entity.role is not None and entity.role.head in ("official", "diplomat", "source"):
            role = ""  # what everybody unnamed is called tells no office
        if mention is None:
            return Actor(id_, entity.name, kind)
        if mention.kind == "name":
            if self.outlet and folded(entity.name) == self.outlet:
                return Actor(id_, entity.name, "outlet")
            claim = best_claim(mention.claims, self.lexicon)
            return Actor(
                id_, entity.name, kind, "", _affiliation(claim.tie), self._country(claim.tie),
                entity.name,
            )  # fmt: skip
        if mention.kind == "entry":
            speaks_for = tie.entry.name if tie is not None and tie.entry is not None else ""
            return Actor(
                id_, entity.name, kind, "", _affiliation(tie), self._country(tie), speaks_for
            )
        if tie is not None and mention.unit.head in self.lexicon.beside:
            return Actor(id_, entity.name, kind, role)
        speaks_for = group_speaks_for(mention, tie, self.gazetteer, self.lexicon)
        if tie is not None and tie.person and mention.unit.kind == "role" and kind != "group":
            role_claim = entity.role
            if role_claim is not None:
                speaks_for = person_speaks_for(
                    role_claim, self.gazetteer, self.lexicon, lambda w: self._of_person(w, "")
                )
        if mention.unit.head in STATED and tie is not None and tie.entry is not None:
            speaks_for = institution_speaks_for(tie.entry, self.gazetteer)
        if self.lexicon.is_noun(mention.unit.head, "bodies") and kind == "organisation":
            speaks_for = speaks_for or entity.name
        if kind == "person" and self._asks_anonymity(mention):
            kind = "anonymous"
        return Actor(
            id_, entity.name, kind, role, _affiliation(tie), self._country(tie), speaks_for
        )

    def _asks_anonymity(self, mention: Mention) -> bool:
        """Return whether a phrase's sentence says that its speaker is not to be named."""
        doc = self.docs[mention.paragraph]
        return any(token.lower_ in ANONYMITY for token in doc[mention.start].sent[:200])

    def _country(self, tie: Tie | None) -> str:
        if tie is None or tie.entry is None:
            return ""
        if tie.entry.country:
            return tie.entry.country[:2]
        state = self.gazetteer.match(tie.entry.of) if tie.entry.of else None
        return state.entry.country[:2] if state is not None else ""


def _affiliation(tie: Tie | None) -> str:
    if tie is None:
        return ""
    return tie.entry.name if tie.entry is not None else tie.words
