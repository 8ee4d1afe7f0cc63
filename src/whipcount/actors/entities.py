"""Which mentions of an article are one: its people, states, bodies and groups, in reading order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from whipcount.actors.claims import Claim, Mention, Tie, sole
from whipcount.actors.folding import folded
from whipcount.actors.gazetteer import Entry, Gazetteer
from whipcount.actors.lexicon import Lexicon
from whipcount.actors.names import People, Person
from whipcount.actors.phrases import LEFT_OPEN
from whipcount.actors.pronouns import REACH, Candidate, EntityKind, antecedent, choices, person_of
from whipcount.actors.proper import Organisations
from whipcount.actors.standing import best_claim, ever_held, known_claims

Place = tuple[int, int]
"""A paragraph's index and a token's index in it."""

REMEMBERED = 1_000
"""Mentions on each side of one among which its entity is looked for; news have some hundreds."""

POSSESSIVE = frozenset(("his", "her", "its", "their", "my", "our"))

CAMPAIGN = frozenset(("campaign", "team", "camp"))
"""Words for those who work for somebody's election."""

GOVERNED = frozenset(("administration", "presidency", "cabinet"))
"""Words for those with whom somebody governs: the Torv administration."""

SAME_PAPER = {
    word: words[0]
    for words in (
        ("poll", "survey", "tracker"),
        ("study", "report", "paper", "analysis", "article", "review"),
        ("letter", "memo", "email", "message", "note"),
        ("ad", "advertisement", "commercial", "video"),
    )
    for word in words
}
"""Words for one paper, each with the first of them: a survey of the institute … the poll."""


OVER = frozenset(("former", "ex", "ex-", "onetime", "one-time"))
"""Words before an office by which somebody goes on being called."""

UNDECIDED = frozenset(("eventual", "next", "future", "possible", "likely", "other", "best"))
"""Words of a role that nobody holds yet, or one of several does."""

Before: TypeAlias = "deque[Candidate]"
"""The last mentions before one, in reading order."""


@dataclass
class Entity:
    """Somebody of an article while its mentions are gathered."""

    kind: EntityKind
    name: str
    first: Place
    person: Person | None = None
    entry: Entry | None = None
    mention: Mention | None = None
    tie: Tie | None = None
    role: Claim | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention with its sentence and position among the article's, and what surrounds it."""

    mention: Mention
    sentence: int
    position: int
    quoted: bool
    nested: bool
    joined: bool

    @property
    def place(self) -> Place:
        """Return the paragraph and token of the mention's head."""
        return self.mention.paragraph, self.mention.head_start


@dataclass
class Resolver:
    """Gives each mention its entities, names first, then phrases and pronouns in reading order.

    `found` has the entities of each mention by its place, `sighted` the mentions of each entity,
    `named` how often each is named, `administrations` the words for whom a person governs with.
    """

    gazetteer: Gazetteer
    lexicon: Lexicon
    people: People
    organisations: Organisations
    day: date | None = None
    entities: list[Entity] = field(default_factory=list)
    found: dict[Place, tuple[int, ...]] = field(default_factory=dict)
    sightings: Sequence[Sighting] = ()
    sighted: dict[int, list[Sighting]] = field(default_factory=lambda: defaultdict(list))
    named: Counter[int] = field(default_factory=Counter)
    _ends: dict[Place, Place] = field(default_factory=dict)
    _keys: dict[tuple[object, ...], int] = field(default_factory=dict)
    administrations: dict[int, str] = field(default_factory=dict)
    _papers: dict[str, int] = field(default_factory=dict)
    _offices: dict[int, tuple[Claim, ...]] = field(default_factory=dict)

    def resolve(self, sightings: Sequence[Sighting]) -> None:
        """Fill `entities`, `found` and `sighted` for an article's mentions in reading order."""
        self.sightings = sightings
        for sighting in sightings:
            mention = sighting.mention
            self._ends[mention.paragraph, mention.head_end - 1] = sighting.place
            if mention.kind in ("person", "name", "entry"):
                index = self._named(mention)
                self.found[sighting.place] = (index,)
                self.named[index] += 1
        before: Before = deque(maxlen=REMEMBERED)
        joined: dict[int, tuple[int, ...]] = {}
        previous: int | None = None
        for sighting in sightings:
            place = sighting.place
            if place not in self.found:
                self.found[place] = self._unnamed(sighting, before, joined)
            else:
                self._of_people(sighting, before)
            entities = self.found[place]
            for index in entities:
                self.sighted[index].append(sighting)
            self._possessed(sighting, entities)
            if sighting.joined and previous is not None and len(entities) == 1:
                group = (*joined.get(previous, (previous,)), *entities)
                for member in group:
                    joined[member] = group
            elif len(entities) == 1 and not sighting.nested:
                joined.pop(entities[0], None)
            if not sighting.nested:
                previous = entities[0] if len(entities) == 1 else None
            before += self._candidates(sighting, entities, joined)

    def _of_people(self, sighting: Sighting, before: Before) -> None:
        """Take "the Republican", "the Texan" for the person who spoke or acted last."""
        mention = sighting.mention
        match = sole(mention.unit.matches) if mention.kind == "entry" else None
        if match is None or mention.unit.plural or sighting.quoted:
            return
        party = match.how == "adjective" and match.entry.kind == "organisation" and mention.main
        if match.how != "people" and not party:
            return
        if mention.determiner != "the" or not mention.speaks:
            return
        for candidate in reversed(before):
            person = self.entities[candidate.entity].person
            if candidate.sentence < sighting.sentence - REACH:
                return
            if person is None or candidate.quoted or candidate.nested or not candidate.speaks:
                continue
            best = best_claim(person.claims, self.lexicon)
            tie = Tie(mention.unit.words, match.entry)
            if candidate.sentence != sighting.sentence and _same_tie(best.tie, tie):
                if match.entry.kind == "organisation":
                    person.add(Claim(tie=tie))
                self.found[sighting.place] = (candidate.entity,)
                return

    def _possessed(self, sighting: Sighting, found: tuple[int, ...]) -> None:
        """Tie "its foreign minister, X" to what the pronoun speaks of."""
        mention = sighting.mention
        if mention.kind != "person" or mention.determiner not in POSSESSIVE or not mention.claims:
            return
        tie = self._owner(mention)
        person = self.entities[found[0]].person
        if tie is not None and person is not None and mention.claims[0].tie is None:
            person.add(replace(mention.claims[0], tie=tie))

    def _owner(self, mention: Mention) -> Tie | None:
        """Return the tie that a phrase's possessive pronoun gives."""
        if mention.determiner not in POSSESSIVE:
            return None
        owners = self.found.get((mention.paragraph, mention.start), ())
        if len(owners) != 1:
            return None
        owner = self.entities[owners[0]]
        if owner.person is not None:
            return Tie(owner.person.words, person=True)
        if owner.entry is not None:
            return Tie(owner.entry.name, owner.entry)
        return owner.tie or Tie(owner.name)

    def _candidates(
        self, sighting: Sighting, found: tuple[int, ...], joined: dict[int, tuple[int, ...]]
    ) -> Iterable[Candidate]:
        for index in found:
            yield self._candidate(index, self.entities[index].kind, sighting, index in joined)

    def _candidate(
        self, index: int, kind: EntityKind, sighting: Sighting, joined: bool = False
    ) -> Candidate:
        mention = sighting.mention
        return Candidate(
            index, kind, sighting.sentence, sighting.position, mention.speaks, sighting.quoted,
            joined, sighting.nested, mention.main, mention.asked, mention.paragraph, mention.kind,
            mention.says,
        )  # fmt: skip

    def _entity(self, key: tuple[object, ...], made: Entity) -> int:
        """Return the entity of a key, made where it is new."""
        if key not in self._keys:
            self._keys[key] = len(self.entities)
            self.entities.append(made)
        index = self._keys[key]
        self.entities[index].first = min(self.entities[index].first, made.first)
        return index

    # Names

    def _named(self, mention: Mention) -> int:
        place = (mention.paragraph, mention.head_start)
        if mention.kind == "entry":
            return self._entry(mention, place)
        if mention.kind == "person" or self.people.knows(mention.unit.words):
            person = self.people.named(mention.unit.words, mention.claims, mention.gender)
            return self._person(person, place)
        words = self.organisations.full(mention.unit.words)
        match = self.gazetteer.institution(words) if words != mention.unit.words else None
        if match is not None:
            return self.of_entry(match.entry, place)
        kind: EntityKind = "group" if mention.unit.plural else "organisation"
        return self._entity(("name", folded(words)), Entity(kind, words, place, mention=mention))

    def _person(self, person: Person, place: Place) -> int:
        return self._entity(("person", id(person)), Entity("person", person.words, place, person))

    def _entry(self, mention: Mention, place: Place) -> int:
        match = sole(mention.unit.matches)
        if match is None:
            words = mention.unit.words
            return self._entity(
                ("ambiguous", words), Entity("group", words, place, mention=mention)
            )
        if match.entry.kind == "group" and mention.quantity:
            words = f"{mention.quantity} {mention.unit.words}"
            return self._entity(("part", words), Entity("group", words, place, mention=mention))
        if match.how == "people":
            words = mention.unit.words
            tie = Tie(words, match.entry) if mention.start < mention.head_start else None
            return self._entity(
                ("people", words, tie),
                Entity("group", words, place, mention=mention, tie=tie),
            )
        return self.of_entry(match.entry, place)

    def of_entry(self, entry: Entry, place: Place) -> int:
        """Return the entity of a state, institution or group of the gazetteer."""
        kinds: dict[str, EntityKind] = {
            "state": "state", "organisation": "organisation", "person": "person", "group": "group",
        }  # fmt: skip
        return self._entity(
            ("entry", entry.name), Entity(kinds[entry.kind], entry.name, place, entry=entry)
        )

    # Phrases and pronouns

    def _unnamed(
        self, sighting: Sighting, before: Before, joined: dict[int, tuple[int, ...]]
    ) -> tuple[int, ...]:
        mention = sighting.mention
        if mention.kind == "pronoun":
            return self._pronoun(sighting, before, joined)
        if len(mention.ties) > 1 and mention.unit.plural:
            return tuple(self._phrase(sighting, tie, before) for tie in mention.ties)
        tie = mention.ties[0] if mention.ties else self._owner(mention)
        said_of = self._subject(mention, tie) if not sighting.quoted else None
        if said_of is not None:
            return (said_of,)
        issuer = self._issuer(mention, tie)
        return (self._phrase(sighting, tie, before) if issuer is None else issuer,)

    def _pronoun(
        self, sighting: Sighting, before: Before, joined: dict[int, tuple[int, ...]]
    ) -> tuple[int, ...]:
        word = sighting.mention.unit.words
        weighed = word in ("he", "she") and not sighting.quoted
        if weighed:
            found = person_of(
                self._candidate(-1, "person", sighting),
                word,
                reversed(before),
                self._gender,
                self.named.__getitem__,
            )
        else:
            candidates: Iterable[Candidate] = reversed(before)
            if sighting.quoted:
                # Within a quotation the speaker is "I"; others are talked about.
                candidates = (replace(c, quoted=False) for c in candidates if c.quoted)
            found = antecedent(word, sighting.sentence, sighting.position, candidates, self._gender)
        if found is None:
            return ()
        person = self.entities[found].person
        if weighed and person is not None:
            person.told = person.gender or word
        if word == "they":
            return joined.get(found, (found,))
        return (found,)

    def _subject(self, mention: Mention, tie: Tie | None) -> int | None:
        """Return the person of whom a role is said ("Velt is the chair"); the role is theirs."""
        if mention.subject < 0 or not mention.claims or mention.unit.plural:
            return None
        place = self._ends.get((mention.paragraph, mention.subject))
        found = self.found.get(place, ()) if place is not None else ()
        person = self.entities[found[0]].person if len(found) == 1 else None
        if person is None:
            return None
        person.add(replace(mention.claims[0], tie=mention.claims[0].tie or tie))
        return found[0]

    def choices(self, sighting: Sighting) -> dict[int, list[float]]:
        """Return whom a "he" or "she" of a resolved article may be, as `pronouns.choices` does."""
        end = bisect_left(self.sightings, sighting.position, key=lambda one: one.position)
        before = [
            candidate
            for one in self.sightings[max(0, end - REMEMBERED) : end]
            for candidate in self._candidates(one, self.found.get(one.place, ()), {})
        ]
        return choices(
            self._candidate(-1, "person", sighting),
            sighting.mention.unit.words,
            reversed(before),
            self._gender,
            self.named.__getitem__,
        )

    def _gender(self, index: int) -> str:
        person = self.entities[index].person
        return person.gender if person is not None else ""

    def _issuer(self, mention: Mention, tie: Tie | None) -> int | None:
        """Return whose paper a phrase names: a Veldon Institute survey, Holm's memoir, its letter.

        "The survey" is the last one with an issuer. A state's adjective tells where a paper is from
        rather than who wrote it.
        """
        unit = mention.unit
        if unit.kind != "noun" or not self.lexicon.is_noun(unit.head, "documents"):
            return None
        kind = SAME_PAPER.get(unit.head, unit.head)
        if tie is None:
            return self._papers.get(kind) if mention.determiner in ("the", "this", "that") else None
        found = self._of_tie(tie, (mention.paragraph, mention.head_start))
        if found is not None:
            self._papers[kind] = found
            if mention.determiner in ("the", "this", "that"):
                self._announced(kind, found)
        return found

    def _announced(self, kind: str, issuer: int) -> None:
        """Give the first papers of a kind ("a new poll") to the issuer that is told later."""
        papers = {
            index
            for index in self.sighted
            if (mention := self.entities[index].mention) is not None
            and self.entities[index].tie is None
            and SAME_PAPER.get(mention.unit.head, mention.unit.head) == kind
            and not mention.unit.plural
        }
        if len(papers) == 1:
            self.join(papers.pop(), issuer)

    def _of_tie(self, tie: Tie, place: Place) -> int | None:
        """Return the named entity that a tie is to; None where it is a state or no name."""
        if tie.entry is not None:
            match = self.gazetteer.match(tie.words)
            seat = match is not None and match.how == "seat"
            state = tie.entry.kind == "state" and not seat
            return None if state else self.of_entry(tie.entry, place)
        if not tie.words[:1].isupper():
            return None
        if tie.person or self.people.knows(tie.words):
            return self._person(self.people.named(tie.words, (), ""), place)
        words = self.organisations.full(tie.words)
        return self._entity(("name", folded(words)), Entity("organisation", words, place))

    def _phrase(self, sighting: Sighting, tie: Tie | None, before: Before) -> int:
        mention = sighting.mention
        known = self._weak(mention, before, sighting)
        if known is not None:
            return known
        open_ = mention.subject == LEFT_OPEN
        single = mention.name.lower().startswith("one ")
        indefinite = mention.determiner in ("a", "an", "another") or (
            single or mention.quantity in ("some", "several")
        )
        if not indefinite and not mention.unit.plural and not open_:
            known = self._definite(sighting, tie, before)
            if known is not None:
                return known
        place = sighting.place
        if tie is not None and tie.person and mention.unit.head in CAMPAIGN:
            return self._campaign(mention, tie, place)
        if tie is not None and tie.person and mention.unit.head in GOVERNED:
            person = self.people.named(tie.words, (), "")
            words = f"{person.words.split()[-1]} {mention.unit.head}"
            self.administrations.setdefault(id(person), words)
        kind = self._kind(mention, indefinite)
        words = " ".join(mention.name.lower().split())
        key: tuple[object, ...] = (kind, words, tie.entry.name if tie and tie.entry else "")
        if kind == "anonymous":
            key = (*key, place)
        if mention.determiner in POSSESSIVE:
            key = (*key, sighting.sentence)
        role = mention.claims[0] if mention.claims and kind != "group" else None
        return self._entity(
            key, Entity(kind, mention.name, place, mention=mention, tie=tie, role=role)
        )

    def _campaign(self, mention: Mention, tie: Tie, place: Place) -> int:
        """Return a person's campaign: her team, Torv's campaign and the Torv campaign are one."""
        owner = self.people.named(tie.words, (), "")
        index = self._entity(
            ("campaign", id(owner)),
            Entity("organisation", mention.name, place, mention=mention, tie=tie),
        )
        entity = self.entities[index]
        if _plainness(mention.name) > _plainness(entity.name):
            entity.name = mention.name
        return index

    def _kind(self, mention: Mention, indefinite: bool) -> EntityKind:
        unit = mention.unit
        if mention.name.lower().startswith("one "):
            return "anonymous"
        if unit.plural or mention.quantity in ("some", "several"):
            return "group"
        if unit.kind == "role":
            return "anonymous" if indefinite else "person"
        if self.lexicon.is_noun(unit.head, "governing", "bodies", "documents"):
            return "organisation"
        if unit.matches:
            return "organisation"
        collective = unit.head in (
            "people", "public", "majority", "minority", "family", "camp", "group", "coalition",
            "electorate", "population", "community", "crowd", "leadership", "union",
        )  # fmt: skip
        if collective or self.lexicon.is_noun(unit.head, "states"):
            return "group"
        return "anonymous"

    def _weak(self, mention: Mention, before: Before, sighting: Sighting) -> int | None:
        """Return the institution of "the alliance": the body, or one that was named before."""
        entries = {match.entry.name: match.entry for match in mention.unit.matches}
        if not entries or mention.determiner != "the" or mention.unit.plural:
            return None
        for candidate in reversed(before):
            entry = self.entities[candidate.entity].entry
            if entry is not None and entry.name in entries:
                return candidate.entity
        members = [e for e in entries.values() if e.name == self.gazetteer.body]
        return self.of_entry(members[0], sighting.place) if members else None

    def _definite(self, sighting: Sighting, tie: Tie | None, before: Before) -> int | None:
        """Return whom a definite phrase takes up again: the minister, the government, the man."""
        mention = sighting.mention
        unit = mention.unit
        if unit.kind == "role":
            return self._holder(sighting, tie, before)
        if unit.head in ("man", "woman") and mention.determiner == "the":
            word = "he" if unit.head == "man" else "she"
            return antecedent(
                word, sighting.sentence, sighting.position, reversed(before), self._gender
            )
        if tie is not None or mention.determiner not in ("the", "its", "their"):
            return None
        if mention.determiner == "the" and self.lexicon.is_noun(unit.head, "bodies"):
            known = self._organisation(sighting, before)
            if known is not None:
                return known
        for candidate in reversed(before):
            entity = self.entities[candidate.entity]
            if entity.mention is not None and entity.mention.unit.head == unit.head:
                same = entity.mention.unit.plural == unit.plural
                if same and entity.kind in ("organisation", "anonymous") and not candidate.quoted:
                    return candidate.entity
        return None

    def _organisation(self, sighting: Sighting, before: Before) -> int | None:
        """Return the named organisation of "the company", "the party", "the court".

        The nearest with that word in its name; for words that say little of what it is, the
        nearest within `REACH` sentences.
        """
        mention = sighting.mention
        unit = mention.unit
        if unit.plural or mention.end > mention.head_end or mention.head_start - mention.start > 2:
            return None
        for candidate in reversed(before):
            entity = self.entities[candidate.entity]
            if entity.kind != "organisation" or not entity.name[:1].isupper():
                continue
            words = entity.name.lower().split()
            near = candidate.sentence >= sighting.sentence - REACH and not candidate.nested
            if unit.head in words or (unit.head in self.lexicon.any_organisation and near):
                return candidate.entity
        return None

    def _holder(self, sighting: Sighting, tie: Tie | None, before: Before) -> int | None:
        """Return the nearest person before, or the only one after, who holds a role."""
        claim = sighting.mention.claims[0]
        seen: set[int] = set()
        for candidate in reversed(before):
            if candidate.entity in seen:
                continue
            seen.add(candidate.entity)
            if self._holds(candidate.entity, claim, tie):
                self._add(candidate.entity, replace(claim, tie=tie))
                return candidate.entity
        if self.lexicon.runs(claim.head):
            running = self._running(sighting, replace(claim, tie=tie), before)
            if running is not None:
                return running
        named_anew = self._named_anew(sighting, replace(claim, tie=tie), before)
        if named_anew is not None:
            return named_anew
        if tie is None or claim.head in ("counterpart", "colleague"):
            return None
        start = bisect_right(self.sightings, sighting.position, key=lambda one: one.position)
        named = dict.fromkeys(
            index
            for following in self.sightings[start : start + REMEMBERED]
            for index in self.found.get(following.place, ())
            if self.entities[index].person is not None
        )
        later = [index for index in named if self._holds(index, claim, tie, exact=True)]
        return later[0] if len(later) == 1 else None

    def _named_anew(self, sighting: Sighting, claim: Claim, before: Before) -> int | None:
        """Return the person whom a role that nobody was said to hold names in other words.

        The role is the person's from then on.

        "Torv spoke for an hour. The former governor then left": the last one to speak or act. Not
        with an office that somebody else may hold, such as a minister's.
        """
        mention = sighting.mention
        held = claim.role_class in ("office", "spokesperson") and not claim.status
        if held or sighting.quoted or mention.determiner != "the" or _undecided(mention):
            return None
        if claim.role_class == "institution" and claim.tie is not None and not claim.status:
            return None  # "the ministry's inspector general" is somebody else
        if mention.says or (mention.main and mention.speaks):
            found = self._last_speaker(sighting, claim, before)
        elif claim.role_class == "delegate" or claim.status & OVER:
            found = self._foremost(sighting, claim, before)
        else:
            return None
        person = self.entities[found].person if found is not None else None
        if person is not None:
            person.add(claim)
        return found

    def _last_speaker(self, sighting: Sighting, claim: Claim, before: Before) -> int | None:
        """Return the person who was the last to speak or act, in another sentence."""
        gender = self.lexicon.gender.get(claim.head, "")
        for candidate in reversed(before):
            person = self.entities[candidate.entity].person
            if person is None or candidate.quoted or candidate.nested or not candidate.speaks:
                continue
            other = gender and person.gender and person.gender != gender
            if candidate.sentence != sighting.sentence and not other:
                return candidate.entity  # "Torv said that the farmer had left" is of two
        return None

    def _foremost(self, sighting: Sighting, claim: Claim, before: Before) -> int | None:
        """Return the person whom the article names most often, of those whom a role may name.

        Named before within `REMEMBERED` mentions, not in the same sentence, with no other office.
        """
        here = {c.entity for c in before if c.sentence == sighting.sentence}
        fitting = {
            c.entity for c in before
            if c.entity not in here and self.entities[c.entity].person is not None
        }  # fmt: skip
        ranked = sorted(fitting, key=lambda index: self.named[index], reverse=True)
        if not ranked or self.named[ranked[0]] < 3:
            return None
        person = self.entities[ranked[0]].person
        best = best_claim(person.claims if person is not None else (), self.lexicon)
        return ranked[0] if _same_tie(best.tie, claim.tie) else None

    def _running(self, sighting: Sighting, claim: Claim, before: Before) -> int | None:
        """Return the politician whom "the nominee", "the Republican candidate" names.

        Of those named before who are known to be in politics, hold no office and are of no other
        party, the one whom the article names most often; the role is theirs from then on.
        """
        mention = sighting.mention
        if mention.determiner != "the" or mention.unit.plural or sighting.quoted:
            return None
        if _undecided(mention):
            return None
        fitting = [
            candidate.entity
            for candidate in dict.fromkeys(reversed(before))
            if self._may_run(candidate.entity, claim)
        ]
        if not fitting:
            return None
        chosen = max(
            dict.fromkeys(fitting), key=lambda one: (self._of_party(one, claim), self.named[one])
        )
        person = self.entities[chosen].person
        if person is not None:
            person.add(claim)
        return chosen

    def _of_party(self, index: int, claim: Claim) -> bool:
        """Return whether a person is known to be of the party that a role names."""
        person = self.entities[index].person
        known = person.known.affiliation if person is not None and person.known else ""
        return (
            claim.tie is not None and claim.tie.entry is not None and known == claim.tie.entry.name
        )

    def _may_run(self, index: int, claim: Claim) -> bool:
        person = self.entities[index].person
        if person is None:
            return False
        best = best_claim(person.claims, self.lexicon)
        held = best.role_class in ("office", "institution", "spokesperson") and not best.status
        known = person.known is not None or best.role_class in ("office", "delegate")
        political = known or self.lexicon.runs(best.head) or claim.tie is None
        return political and not held and _same_tie(best.tie, claim.tie)

    def _holds(self, index: int, claim: Claim, tie: Tie | None, exact: bool = False) -> bool:
        entity = self.entities[index]
        claims = [entity.role] if entity.role else []
        if entity.person is not None:
            claims = entity.person.claims
            if entity.person.known is not None:
                offices = ever_held(entity.person.known, self.gazetteer, self.lexicon)
                same = [office for office in offices if office.head == claim.head]
                if same and tie is not None and tie.entry is not None:
                    return any(_same_tie(office.tie, tie) for office in same)
                if not any(c.role for c in claims):
                    claims = [*claims, *self.offices(entity.person)]
        best = best_claim(claims, self.lexicon)
        if not best.role and not (best.tie and claim.head in ("counterpart", "colleague")):
            return False
        same_tie = _same_tie(best.tie, tie)
        if claim.head in ("counterpart", "colleague"):
            return tie is not None and best.tie is not None and same_tie
        if not same_tie or (exact and best.tie is None):
            return False
        held = {c.head for c in claims if c.head}
        wanted = self.lexicon.same_as.get(claim.head, frozenset()) | {claim.head}
        words = set(claim.role.lower().split())
        for one in claims:
            if not one.head:
                continue
            ends = one.role.lower()
            if one.head == claim.head:
                own = set(ends.split())
                if words <= own or (own < words and not exact):
                    return True
            elif len(words) == 1 and any(ends.endswith(head) for head in wanted):
                return True
        return len(words) == 1 and bool(held & wanted - {claim.head})

    def offices(self, person: Person) -> tuple[Claim, ...]:
        """Return the offices that the directory knows of a person, as of the article's day."""
        if person.known is None:
            return ()
        if id(person) not in self._offices:
            self._offices[id(person)] = known_claims(
                person.known, self.day, self.gazetteer, self.lexicon
            )
        return self._offices[id(person)]

    def join(self, index: int, into: int) -> None:
        """Take the mentions of one entity for another's."""
        for sighting in self.sighted[index]:
            found = self.found[sighting.place]
            self.found[sighting.place] = tuple(into if one == index else one for one in found)
        both = (*self.sighted[into], *self.sighted.pop(index))
        self.sighted[into] = sorted(both, key=lambda sighting: sighting.position)
        first = self.entities[index].first
        self.entities[into].first = min(self.entities[into].first, first)

    def _add(self, index: int, claim: Claim) -> None:
        person = self.entities[index].person
        if person is not None and claim.tie is not None and not claim.status:
            heads = {c.head for c in person.claims if c.head}
            if claim.head in heads:
                person.add(claim)


def _undecided(mention: Mention) -> bool:
    """Return whether nobody is meant yet: the eventual nominee, the next president."""
    return not UNDECIDED.isdisjoint(mention.name.lower().split())


def _plainness(name: str) -> tuple[bool, bool, bool]:
    """Return how well a name tells whose campaign it is of: "Torv campaign" best."""
    words = name.lower().split()
    return (
        words[0] not in POSSESSIVE,
        words[-1] == "campaign",
        "'s" not in name and "’s" not in name,
    )


def _same_tie(one: Tie | None, other: Tie | None) -> bool:
    """Return whether two ties may be one; what is unknown may."""
    if one is None or other is None:
        return True
    if one.entry is not None and other.entry is not None:
        return one.entry.name == other.entry.name
    if one.entry is None and other.entry is None:
        return one.words == other.words
    return True
