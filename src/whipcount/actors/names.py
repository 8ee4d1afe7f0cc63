"""The article's own names: its people, joined by surname, and states that no table knows."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from whipcount.actors.claims import Claim
from whipcount.actors.directory import Directory, Known
from whipcount.actors.folding import folded
from whipcount.actors.gazetteer import Entry, Gazetteer, How, Match, is_demonym_of
from whipcount.actors.lexicon import Lexicon
from whipcount.actors.tables import table
from whipcount.actors.units import Local, Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc

POLITY = frozenset(
    [
        "membership",
        "accession",
        "border",
        "borders",
        "delegation",
        "parliament",
        "people",
        "embassy",
        "capital",
        "coast",
        "territory",
        "army",
        "sovereignty",
        "independence",
        "population",
        "troops",
        "navy",
        "economy",
        "ports",
        "embassy",
        "government",
        "constitution",
        "airspace",
        "citizens",
        "voters",
        "ruling",
        "neighbours",
        "neighbors",
        "entry",
        "bid",
    ]
)
"""What only a state has: a name before one of these with 's is a state's, not a person's."""

STEM = 4
"""Letters that a state's name and its adjective share at least (`gazetteer.is_demonym_of`)."""


@dataclass
class Person:
    """One person of an article while its mentions are gathered; `words` is the fullest name.

    `told` is the gender that the article tells, `by_name` the one that the given name is of; `full`
    counts how often the full name stands in the article, `seen` whether it did so far; `known` is
    what the directory has of the person.
    """

    words: str
    told: str = ""
    claims: list[Claim] = field(default_factory=list)
    by_name: str = ""
    full: int = 0
    seen: bool = False
    known: Known | None = None

    @property
    def gender(self) -> str:
        """Return `he` or `she`, empty where nothing tells."""
        return self.told or self.by_name

    @property
    def tokens(self) -> tuple[str, ...]:
        """Return the name's folded words."""
        return folded(self.words)

    def add(self, claim: Claim) -> None:
        """Take up a role that a mention gives, each once."""
        if claim not in self.claims:
            self.claims.append(claim)

    def heads(self) -> set[str]:
        """Return the role words that mentions gave, and the last words of offices once held."""
        offices = self.known.offices if self.known is not None else ()
        return {claim.head for claim in self.claims if claim.head} | {
            office.role.split()[-1] for office in offices
        }


class People:
    """Joins an article's names of people.

    Full names first: equal when folded, or one is the other with an initial or middle name. Then
    what is the end of a full name, or failing that its beginning, where one bearer fits, also by
    role and gender. Where several fit, it is theirs who were named in full before, and of these
    the one who is named so most often; nobody's where that is a tie.

    `of_headlines` are the people's names among `names` that headlines write, `titles` what they
    write that nobody took for a person's: a surname may begin it.
    """

    def __init__(
        self,
        names: Iterable[str],
        given_names: Mapping[str, str],
        directory: Directory | None = None,
        day: date | None = None,
        of_headlines: Collection[str] = (),
        *,
        titles: Iterable[str] = (),
    ) -> None:
        self.given_names = given_names
        self.directory = directory or Directory()
        self.day = day
        self.people: list[Person] = []
        self._known: dict[tuple[str, ...], Person] = {}
        self._ends: dict[str, list[Person]] = {}
        self._begins: dict[str, list[Person]] = {}
        self._lead: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._alone: dict[tuple[str, ...], Person] = {}
        full = [words for words in names if len(folded(words)) > 1]
        met = Counter(folded(words) for words in full if words not in of_headlines)
        surnames = {tokens[-1] for tokens in met}
        for words in full:
            tokens = folded(words)
            core = self._core(tokens, met, surnames if words in of_headlines else ())
            if core != tokens:
                self._lead[tokens] = core
                if len(core) == 1:
                    continue
                at = next(i for i in range(len(tokens)) if tokens[i : i + len(core)] == core)
                self._add_full(" ".join(words.split()[at : at + len(core)]))
            else:
                self._add_full(words)
        for words in titles:
            tokens = folded(words)
            core = self._core(tokens, met, surnames)
            if core != tokens and tokens[: len(core)] == core:
                self._lead[tokens] = core  # Torv Aims High

    def named(self, words: str, claims: tuple[Claim, ...], gender: str) -> Person:
        """Return the person whom a mention's name, roles and gender fit; a new one where none."""
        tokens = self._own(words)
        person = self._known.get(tokens) or self._by_part(tokens, claims, gender)
        if person is None:
            person = self._alone.get(tokens)
        if person is None:
            person = self._made(words)
            self._alone[tokens] = person
            self.people.append(person)
        person.seen = person.seen or len(tokens) > 1
        for claim in claims:
            person.add(claim)
        person.told = person.told or gender
        return person

    def knows(self, words: str) -> bool:
        """Return whether a name is a person's full name or its end."""
        tokens = self._own(words)
        return tokens in self._known or bool(self._bearers(tokens))

    def _own(self, words: str) -> tuple[str, ...]:
        """Return a name's folded words without those around it that were taken for a part of it."""
        tokens = folded(words)
        return self._lead.get(tokens, tokens)

    def _add_full(self, words: str) -> None:
        written = folded(words)
        if written in self._known:
            self._known[written].full += 1
            return
        known = self.directory.person(words, self.day)
        tokens = written if known is None else folded(known.name)
        if known is not None and tokens in self._known:
            person = self._known[written] = self._known[tokens]
            person.full += 1
            if len(words) > len(person.words):
                person.words = words
            return
        for person in self._ends.get(tokens[-1], ()):
            apart = self.directory.are_apart(words, person.words) or (known and person.known)
            if not apart and _same_name(person.tokens, tokens):
                person.known = person.known or known
                if len(words) > len(person.words):
                    person.words = words
                self._known[written] = self._known[tokens] = person
                person.full += 1
                return
        person = self._made(words)
        person.full = 1
        self.people.append(person)
        self._known[written] = self._known[tokens] = person
        self._ends.setdefault(tokens[-1], []).append(person)
        self._begins.setdefault(tokens[0], []).append(person)

    def _core(
        self, tokens: tuple[str, ...], met: Counter[tuple[str, ...]], surnames: Collection[str]
    ) -> tuple[str, ...]:
        """Return a name without the words around it that were taken for a part of it.

        "Joining Ilsa Torv" where "Ilsa Torv" is met too, and Joining is no given name; in headlines
        "Ilsa Torv Refuses" as well, and "Torv Refuses" where somebody of the article is a Torv.
        """
        if len(tokens) > 2 and met[tokens] == 1:
            for end in range(len(tokens) - 1, 1, -1):
                if met[tokens[:end]] > 1:
                    return tokens[:end]  # a line's "Ilsa Torv Sides With …"
        for start in range(1, len(tokens) - 1):
            if tokens[start:] in met and tokens[start - 1] not in self.given_names:
                return tokens[start:]
        if surnames:
            for end in range(len(tokens) - 1, 1, -1):
                if tokens[:end] in met:
                    return tokens[:end]
            known = [token for token in tokens if token in surnames]
            if len(known) == 1 and tokens[0] not in self.given_names:
                return (known[0],)
        return tokens

    def _made(self, words: str) -> Person:
        """Return a new person of a name, with what the directory knows of it."""
        known = self.directory.person(words, self.day)
        tokens = folded(words)
        gender = self.given_names.get(tokens[0], "") if len(tokens) > 1 else ""
        return Person(
            words, told=known.gender if known is not None else "", by_name=gender, known=known
        )

    def _bearers(self, tokens: tuple[str, ...]) -> list[Person]:
        found = [
            person
            for person in self._ends.get(tokens[-1], ())
            if person.tokens[-len(tokens) :] == tokens
        ]
        if not found and len(tokens) == 1:
            found = self._begins.get(tokens[0], [])
        return found

    def _by_part(
        self, tokens: tuple[str, ...], claims: tuple[Claim, ...], gender: str
    ) -> Person | None:
        found = self._bearers(tokens)
        if len(found) > 1:
            heads = {claim.head for claim in claims if claim.head}
            by_role = [person for person in found if heads & person.heads()]
            found = by_role or found
        if len(found) > 1 and gender:
            fitting = [person for person in found if person.gender in ("", gender)]
            found = fitting or found
        found = [person for person in found if person.seen] or found
        most = max((person.full for person in found), default=0)
        found = [person for person in found if person.full == most]
        return found[0] if len(found) == 1 else None


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two full names with one surname differ only in initials and middle names."""
    first, second = one[0].rstrip("."), other[0].rstrip(".")
    shorter, longer = sorted((first, second), key=len)
    initial = len(shorter) == 1 and longer.startswith(shorter)
    if first != second and not initial and second not in given_name_forms().get(first, ()):
        return False
    middle, others = one[1:-1], other[1:-1]
    return (
        not middle or not others or middle == others
        or (middle[0][0] == others[0][0] and 1 in (_letters(middle[0]), _letters(others[0])))
    )  # fmt: skip


@functools.cache
def given_name_forms() -> dict[str, frozenset[str]]:
    """Return the other forms of each given name, folded: bill, will and liam of william."""
    found: dict[str, set[str]] = {}
    for line in table("given_name_forms.txt").splitlines():
        forms = line.split() if not line.startswith("#") else []
        for form in forms:
            found.setdefault(form, set()).update(forms)
    return {form: frozenset(forms) for form, forms in found.items()}


def _letters(word: str) -> int:
    return len(word.rstrip("."))


def own_names(
    paragraphs: list[tuple[Doc, list[Unit]]], gazetteer: Gazetteer, lexicon: Lexicon
) -> Local:
    """Return an article's own people and states, from a first look at its units.

    A name is a state's where the parser holds it for a place, where a government or office is said
    to be its, or where an adjective of the article is made of it.
    """
    full: set[str] = set()
    surnames: set[str] = set()
    organisations = _organisations(paragraphs, lexicon)
    for doc, units in paragraphs:
        for index, unit in enumerate(units):
            if unit.kind != "person" or doc[unit.end - 1].text in organisations:
                continue
            before = units[index - 1] if index else None
            tokens = [token.text for token in doc[unit.start : unit.end]]
            if len(tokens) > 1:
                full.add(unit.words)
                surnames.add(tokens[-1])
            elif (
                before is not None
                and before.end == unit.start
                and before.kind in ("role", "honorific")
            ):
                surnames.add(unit.words)
    alone = _alone(paragraphs)
    for doc, units in paragraphs:
        for unit in units:
            last = doc[unit.end - 1].text
            inside = doc[unit.start : unit.end]
            if unit.kind != "name" or not 2 <= len(inside) <= 3 or last not in alone:
                continue
            if not any(token.lemma_.lower() in lexicon.nouns for token in inside):
                full.add(unit.words)
                surnames.add(last)
    inside_others = _inside(paragraphs, alone - organisations, lexicon)
    full |= inside_others
    surnames |= {words.split()[-1] for words in inside_others}
    candidates: dict[str, int] = {}
    for doc, units in paragraphs:
        for words, proved in _candidates(doc, units, lexicon):
            if words.split()[-1] not in surnames:
                candidates[words] = max(candidates.get(words, 0), proved)
    adjectives = _adjectives(paragraphs, candidates, gazetteer, surnames)
    forms: dict[str, tuple[Match, ...]] = {}
    for words, proved in candidates.items():
        if (proved or words in adjectives.values()) and words not in adjectives:
            how: How = "name" if proved > 1 or words in adjectives.values() else "seat"
            forms[words] = (Match(Entry(words, "state"), how),)
    for adjective, words in adjectives.items():
        forms[adjective] = (Match(Entry(words, "state"), "adjective"),)
    longest: dict[str, int] = {}
    for words in forms:
        first = words.split()[0].split("-")[0]
        longest[first] = max(longest.get(first, 0), len(words))
    return Local(
        forms, longest, frozenset(full), frozenset(surnames), organisations - surnames,
        frozenset(inside_others),
    )  # fmt: skip


def _inside(
    paragraphs: list[tuple[Doc, list[Unit]]], alone: set[str], lexicon: Lexicon
) -> set[str]:
    """Return the full names of people that the article gives only inside another name.

    "The Jo Rand Show" where Rand acts like a person elsewhere.
    """
    return {
        f"{doc[at].text} {doc[at + 1].text}"
        for doc, units in paragraphs
        for unit in units
        if unit.kind == "name" and unit.end - unit.start > 2
        for at in range(unit.start, unit.end - 1)
        if doc[at + 1].text in alone and doc[at].lower_ in lexicon.given_names
    }


def _organisations(paragraphs: list[tuple[Doc, list[Unit]]], lexicon: Lexicon) -> frozenset[str]:
    """Return words that stand alone and are held for an organisation more often than a person.

    None that follows a given name, a role or an honorific: the recogniser errs with surnames.
    """
    votes: dict[str, int] = {}
    borne: set[str] = set()
    for doc, units in paragraphs:
        for entity in doc.ents:
            if len(entity) == 1 and entity.label_ in ("ORG", "PERSON", "PRODUCT"):
                votes[entity.text] = votes.get(entity.text, 0) + 1 - 2 * (entity.label_ == "PERSON")
        for before, unit in pairwise(units):
            if before.end == unit.start and before.kind in ("role", "honorific"):
                borne.add(doc[unit.end - 1].text)
        for unit in units:
            if unit.end - unit.start > 1 and folded(doc[unit.start].text)[0] in lexicon.given_names:
                borne.add(doc[unit.end - 1].text)
    return frozenset(word for word, vote in votes.items() if vote > 0) - borne


def _alone(paragraphs: list[tuple[Doc, list[Unit]]]) -> set[str]:
    """Return single names that act like people somewhere: subjects, or held for people."""
    return {
        unit.words
        for doc, units in paragraphs
        for unit in units
        if unit.kind in ("person", "name") and unit.end - unit.start == 1
        and (doc[unit.start].dep_ == "nsubj" or doc[unit.start].ent_type_ == "PERSON")
        and not unit.words.isupper()
    }  # fmt: skip


def _candidates(doc: Doc, units: list[Unit], lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Yield names that may be a state's: 2 where the words beside them prove it, 1 for a place."""
    for index, unit in enumerate(units):
        single = unit.end - unit.start == 1
        if unit.kind not in ("person", "name") or not (single or unit.kind == "name"):
            continue
        if unit.end - unit.start > 3 or unit.words.isupper() or unit.plural:
            continue
        before = units[index - 1] if index else None
        after = units[index + 1] if index + 1 < len(units) else None
        touching = before is not None and before.end == unit.start
        if before is not None and touching and before.kind in ("role", "honorific"):
            continue
        if any(token.lemma_.lower() in lexicon.nouns for token in doc[unit.start : unit.end]):
            continue
        place = doc[unit.start].ent_type_ == "GPE" and unit.kind == "name"
        possessive = unit.end < len(doc) and doc[unit.end].tag_ == "POS"
        governed = (
            possessive
            and after is not None
            and after.start <= unit.end + 4
            and after.head not in ("spokesman", "spokeswoman", "spokesperson", "adviser", "aide")
            and (
                after.role_class == "office"
                or (after.kind == "noun" and lexicon.is_noun(after.head, "governing"))
            )
        )
        office = (
            before is not None
            and doc[unit.start - 1].lower_ == "of"
            and before.end == unit.start - 1
            and (
                before.head in ("minister", "president", "premier", "king", "queen", "chancellor")
                or (before.kind == "noun" and before.head in ("government", "people", "republic"))
            )
        )
        located = (
            single
            and unit.start > 0
            and doc[unit.start - 1].lower_ == "in"
            and doc[unit.start].ent_type_ not in ("DATE", "ORG")
        )
        polity = possessive and any(
            token.lower_ in POLITY for token in doc[unit.end + 1 : unit.end + 3]
        )
        yield unit.words, 2 if governed or office or polity else int(place or located)


def _adjectives(
    paragraphs: list[tuple[Doc, list[Unit]]],
    names: Iterable[str],
    gazetteer: Gazetteer,
    surnames: set[str],
) -> dict[str, str]:
    """Return the article's adjectives of its own states, each with the state's name."""
    stems: dict[str, list[str]] = {}
    for words in names:
        stems.setdefault("".join(folded(words))[:STEM], []).append(words)
    found: dict[str, str] = {}
    if not stems:
        return found
    for doc, _ in paragraphs:
        for token in doc:
            word = token.text
            if not word[0].isupper() or word in found or word in surnames or len(word) < STEM:
                continue
            bases = stems.get("".join(folded(word))[:STEM], ())
            for words in sorted(bases, key=len):
                if is_demonym_of(word, words) and not gazetteer.matches(word):
                    found[word] = words
                    break
    return found
