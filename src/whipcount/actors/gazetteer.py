"""Names of states and institutions, and how a text's words match them.

The tables in `data/` can be read and corrected by anyone; each names its source at the top. Lookups
are single dictionary reads. A form that two entries claim is ambiguous and never resolved.
"""

from __future__ import annotations

import csv
import functools
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, NamedTuple

from whipcount.actors.directory import Directory, shipped_directory
from whipcount.actors.tables import table
from whipcount.model import Body, Member

EntryKind = Literal["state", "organisation", "person", "group"]
How = Literal["name", "adjective", "people", "capital", "seat", "noun"]

STRENGTH: dict[How, int] = {
    "name": 0, "adjective": 1, "people": 1, "seat": 2, "capital": 3, "noun": 4,
}  # fmt: skip
"""A form's stronger use comes first where one entry claims it in several ways."""

DEMONYM_ENDINGS = (
    "ian", "ean", "ese", "ish", "ite", "ic", "an", "er", "in", "i", "n", "s",
)  # fmt: skip
"""Endings of English demonyms, longest first (as in the table `states.csv`)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A state, institution, member or group of members that the gazetteer knows.

    `code` is ISO 3166-1 alpha-2 (for parts of the United Kingdom ISO 3166-2), empty where none;
    `of` the name of the institution or state that it is an organ or part of.
    """

    name: str
    kind: EntryKind
    code: str = ""
    of: str = ""
    country: str = ""
    party: str = ""
    member: bool = False


class Match(NamedTuple):
    """An entry, and how the words name it."""

    entry: Entry
    how: How


@dataclass(frozen=True)
class Gazetteer:
    """What names states, institutions and a body's members; immutable.

    `body` is the body's name here and `members_are` its members' kind, empty where none was given.
    `directory` has what is known of people beside what articles say.
    """

    forms: Mapping[str, tuple[Match, ...]]
    longest: Mapping[str, int]
    codes: Mapping[str, Entry]
    members_are: str = ""
    body: str = ""
    surnames: Mapping[str, Entry] = field(default_factory=dict)
    directory: Directory = field(default_factory=shipped_directory)

    def matches(self, words: str) -> tuple[Match, ...]:
        """Return every entry that claims the words exactly as written, strongest use first.

        A leading "the" is ignored; capitals throughout match as well. More than one entry in the
        strongest use means that the words are ambiguous.
        """
        found = self.forms.get(words)
        if found is None and words[:4] in ("the ", "The "):
            found = self.forms.get(words[4:])
        return found or ()

    def match(self, words: str) -> Match | None:
        """Return the one entry that the words name; None where none or several do."""
        found = self.matches(words)
        if not found:
            return None
        if len(found) > 1 and found[0].entry != found[1].entry:
            weaker = STRENGTH[found[1].how] > STRENGTH[found[0].how]
            if found[0].how in ("capital", "seat") or not weaker:
                return None
        return found[0]

    def state(self, words: str) -> Match | None:
        """Return the state that the words name; None where none or several states do."""
        return self._only(words, "state")

    def institution(self, words: str) -> Match | None:
        """Return the institution that the words name; None where none or several do."""
        return self._only(words, "organisation")

    def person(self, words: str) -> Entry | None:
        """Return the body's member, a person, of that full name, or surname if one bears it."""
        for match in self.matches(words):
            if match.entry.kind == "person":
                return match.entry
        return self.surnames.get(words)

    def by_code(self, code: str) -> Entry | None:
        """Return the state of an ISO 3166 code; None where there is none."""
        return self.codes.get(code.upper())

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry once, in the tables' order."""
        return tuple(dict.fromkeys(match.entry for found in self.forms.values() for match in found))

    def with_body(self, body: Body) -> Gazetteer:
        """Return a gazetteer in which the body's names are canonical and its members are known.

        A member that the tables know by its code or a strong name is renamed as in the body file;
        others are added. An alias that is made of the name by the ending of a demonym is an
        adjective, any other stands, like a seat, for the member only where it speaks. The body
        itself is an institution; it keeps the tables' name where they know it.
        """
        rows = [(form, match) for form, found in self.forms.items() for match in found]
        renamed: dict[Entry, Entry] = {}
        added: list[tuple[str, Match]] = []
        for member in body.members:
            known = self._known(member, body.members_are)
            entry = _entry_of(member, body.members_are, known)
            if known is not None:
                renamed[known] = entry
            added += _forms_of(member, entry, known is not None)
            if member.party and body.members_are == "people":
                added.append((member.party, Match(Entry(member.party, "organisation"), "name")))
        own = self._body_entry(body)
        added += _body_forms(body, own)
        added += _group_forms(body)
        rows = [(f, Match(renamed.get(m.entry, m.entry), m.how)) for f, m in rows]
        strong = {form for form, match in added if STRENGTH[match.how] < STRENGTH["seat"]}
        weak = {form for form, _ in added} - strong
        # The body's own names outrank the tables'; its weak ones only the tables' weak ones.
        rows = [
            (form, match)
            for form, match in rows
            if form not in strong and (form not in weak or STRENGTH[match.how] < STRENGTH["seat"])
        ]
        return _build([*added, *rows], body.members_are, own.name, _surnames(body))

    def _only(self, words: str, kind: EntryKind) -> Match | None:
        found = [match for match in self.matches(words) if match.entry.kind == kind]
        if not found or any(match.entry != found[0].entry for match in found):
            return None
        return found[0]

    def _known(self, member: Member, members_are: str) -> Entry | None:
        if members_are == "people":
            return None
        if members_are == "states" and member.code in self.codes:
            return self.codes[member.code]
        match = self.match(member.name)
        return match.entry if match and match.how == "name" else None

    def _body_entry(self, body: Body) -> Entry:
        for words in (body.name, *body.aliases):
            match = self.institution(_bare(words))
            if match is not None and match.how == "name":
                return match.entry
        return Entry(body.name, "organisation")


@functools.cache
def gazetteer(body: Body | None = None, directory: Directory | None = None) -> Gazetteer:
    """Return the gazetteer of the shipped tables.

    With a body's names and a user's own directory of actors, where they are given.
    """
    if directory is not None:
        return replace(gazetteer(body), directory=directory.over(shipped_directory()))
    return gazetteer().with_body(body) if body is not None else _shipped()


def state_rows() -> list[dict[str, str]]:
    """Return the rows of `states.csv`, by column."""
    lines = [line for line in table("states.csv").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def is_demonym_of(adjective: str, name: str) -> bool:
    """Return whether an adjective is a name with the ending of an English demonym.

    They share at least four letters, all of the name but its last three, and what the adjective
    adds is one of `DEMONYM_ENDINGS`: Ostrandian and Ostrandi of Ostrand, Velmish of Velmark.
    """
    left, right = _folded(adjective), _folded(name)
    shared = 0
    for first, second in zip(left, right, strict=False):
        if first != second:
            break
        shared += 1
    if shared < 4 or left == right or len(right) - shared > 3:
        return False
    # The shared letters may swallow the ending's first one: Karvi|an of Karvia.
    return any(
        left.endswith(ending) and len(left) - len(ending) <= shared + 1
        for ending in DEMONYM_ENDINGS
    )


def _shipped() -> Gazetteer:
    rows: list[tuple[str, Match]] = []
    states: dict[str, Entry] = {}
    for row in state_rows():
        entry = Entry(row["name"], "state", row["code"], of=row["part_of"], country=row["code"][:2])
        states[entry.name] = states[entry.code] = entry
        rows += [(words, Match(entry, "name")) for words in (row["name"], *_list(row["others"]))]
        rows += [(words, Match(entry, "adjective")) for words in _list(row["adjectives"])]
        rows += [(words, Match(entry, "people")) for words in _list(row["people"])]
        rows += [(words, Match(entry, "capital")) for words in _list(row["capital"])]
    institutions: dict[str, Entry] = {}
    items = tomllib.loads(table("institutions.toml"))["institutions"]
    for item in (*items, *tomllib.loads(table("parties.toml"))["parties"]):
        state = states[item["state"]] if "state" in item else None
        entry = Entry(
            item["name"],
            "organisation",
            of=state.name if state else item.get("of", ""),
            country=state.code if state else item.get("country", ""),
        )
        institutions[entry.name] = entry
        names = (item["name"], *item.get("aliases", ()))
        rows += [(words, Match(entry, "name")) for words in names]
        rows += [(words, Match(entry, "noun")) for words in item.get("nouns", ())]
        rows += [(words, Match(entry, "adjective")) for words in item.get("adjectives", ())]
        rows += [(words, Match(entry, "people")) for words in item.get("people", ())]
    for group in tomllib.loads(table("organisations.toml")).values():
        state = states.get(group.get("state", ""))
        country = state.code if state else group.get("country", "")
        for name, *others in (words.split("|") for words in group["names"]):
            entry = Entry(name, "organisation", of=state.name if state else "", country=country)
            rows += [(words, Match(entry, "name")) for words in (name, *others)]
    seats = tomllib.loads(table("seats.toml"))
    for kind, known in (("states", states), ("institutions", institutions)):
        rows += [(words, Match(known[name], "seat")) for words, name in seats[kind].items()]
    return _build(rows)


def _build(
    rows: Iterable[tuple[str, Match]],
    members_are: str = "",
    body: str = "",
    surnames: Mapping[str, Entry] | None = None,
) -> Gazetteer:
    forms: dict[str, list[Match]] = {}
    for words, match in rows:
        keys = {words, words.upper()} if len(words) > 3 and match.how != "noun" else {words}
        for key in keys:
            found = forms.setdefault(key, [])
            if not any(other.entry == match.entry for other in found):
                found.append(match)
            elif all(STRENGTH[match.how] < STRENGTH[m.how] for m in found if m[0] == match.entry):
                found[:] = [match if m.entry == match.entry else m for m in found]
    longest: dict[str, int] = {}
    for words, found in forms.items():
        found.sort(key=lambda match: STRENGTH[match.how])
        first = first_word(words)
        longest[first] = max(longest.get(first, 0), len(words))
    codes = {m.entry.code: m.entry for found in forms.values() for m in found if m.entry.code}
    return Gazetteer(
        MappingProxyType({words: tuple(found) for words, found in forms.items()}),
        MappingProxyType(longest),
        MappingProxyType(codes),
        members_are,
        body,
        MappingProxyType(dict(surnames or {})),
    )


def first_word(words: str) -> str:
    """Return a form's first word as a tokeniser parts it: up to a space or hyphen."""
    return words.split(" ", 1)[0].split("-", 1)[0]


def _entry_of(member: Member, members_are: str, known: Entry | None) -> Entry:
    if members_are == "people":
        return Entry(member.name, "person", party=member.party, member=True)
    if known is not None:
        code = member.code or known.code
        return replace(known, name=member.name, code=code, country=code[:2], member=True)
    kind: EntryKind = "state" if members_are == "states" else "organisation"
    return Entry(member.name, kind, member.code, country=member.code[:2], member=True)


def _forms_of(member: Member, entry: Entry, known: bool) -> Iterator[tuple[str, Match]]:
    yield _bare(member.name), Match(entry, "name")
    for words in member.aliases:
        yield _bare(words), Match(entry, _how(words, member.name, entry, known))
    for words in member.weak_aliases:
        yield _bare(words), Match(entry, "seat" if words[:1].isupper() else "noun")


def _body_forms(body: Body, entry: Entry) -> Iterator[tuple[str, Match]]:
    for words in (body.name, *body.aliases):
        yield _bare(words), Match(entry, "name")
    for words in body.weak_aliases:
        yield _bare(words), Match(entry, "noun")


def _group_forms(body: Body) -> Iterator[tuple[str, Match]]:
    """Yield the names of a body's groups, also with the body's own name: all [NATO] allies."""
    for name, _ in body.groups:
        match = Match(Entry(name, "group", member=True), "name")
        first, _, last = name.rpartition(" ")
        own = [_bare(words) for words in (body.name, *body.aliases)]
        full = [f"{first} {words} {last}" for words in own if first and last.islower()]
        for words in dict.fromkeys(_bare(words) for words in (name, *full)):
            yield words, match
            if words[:1].islower():
                yield words[:1].upper() + words[1:], match  # where a sentence begins


def _how(alias: str, name: str, entry: Entry, known: bool) -> How:
    if entry.kind != "state":
        return "name"
    if is_demonym_of(_bare(alias), name):
        return "adjective"
    return "name" if known else "seat"


def _surnames(body: Body) -> dict[str, Entry]:
    if body.members_are != "people":
        return {}
    bearers: dict[str, list[Member]] = {}
    for member in body.members:
        bearers.setdefault(member.name.split()[-1], []).append(member)
    return {
        surname: _entry_of(found[0], body.members_are, None)
        for surname, found in bearers.items()
        if len(found) == 1
    }


def _bare(words: str) -> str:
    return words[4:] if words[:4] in ("the ", "The ") else words


def _list(cell: str) -> list[str]:
    return [words for words in cell.split("|") if words]


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
