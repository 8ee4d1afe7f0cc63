"""What is known of actors beside what an article says: other names, offices with their days.

A user's `actors.toml`, and a table of office holders that ships with the package
(`data/office_holders.csv`), both as a `Directory`:

    apart = [["Jo Rand", "Joan Rand"]]         # never one, however alike their names are

    [[actors]]
    name = "Ilsa Torv"
    aliases = ["I. M. Torv", "Torv"]           # a surname alone counts where no full name bears it
    kind = "person"                            # or "organisation", "group"
    gender = "she"
    affiliation = "Reform Party"               # in place of what an article says
    roles = [
        { role = "foreign minister", of = "Ostrand", from = 2021-05-01, until = 2023-01-31 },
    ]
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Literal

from whipcount.actors.folding import folded
from whipcount.actors.tables import table
from whipcount.errors import ActorsError
from whipcount.toml_files import Table, parse_table, read_table

KnownKind = Literal["person", "organisation", "group"]
KINDS: tuple[KnownKind, ...] = ("person", "organisation", "group")
GENDERS = ("", "he", "she")


@dataclass(frozen=True, slots=True)
class Office:
    """A role held in a state, institution or party from one day until another, both included.

    A day that is None is not known: the office has always been held, or is still.
    """

    role: str
    of: str = ""
    since: date | None = None
    until: date | None = None

    def held(self, day: date) -> bool:
        """Return whether the office is held on a day."""
        return (self.since or date.min) <= day <= (self.until or date.max)

    def over(self, day: date) -> bool:
        """Return whether the office was held before a day and no longer is."""
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of a directory; `own` where a user wrote it, so that it outweighs an article."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: KnownKind = "person"
    gender: str = ""
    affiliation: str = ""
    offices: tuple[Office, ...] = ()
    own: bool = False


@dataclass(frozen=True, eq=False)
class Directory:
    """Actors by their folded names; compared by identity, for it is a part of cached gazetteers."""

    known: Mapping[tuple[str, ...], tuple[Known, ...]] = field(default_factory=dict)
    apart: frozenset[frozenset[tuple[str, ...]]] = frozenset()

    def find(self, words: str, day: date | None = None) -> Known | None:
        """Return the actor of a name; None where unknown.

        Case, diacritics and initials in the middle make no difference. Of several who bear it, the
        only one who holds an office on the day; None where that is none or several.
        """
        tokens = folded(words)
        found = self.known.get(tokens, ())
        if not found and len(tokens) > 2:
            plain = (tokens[0], *(t for t in tokens[1:-1] if len(t.rstrip(".")) > 1), tokens[-1])
            found = self.known.get(plain, ())
        if len(found) > 1 and day is not None:
            found = tuple(one for one in found if any(office.held(day) for office in one.offices))
        return found[0] if len(found) == 1 else None

    def person(self, words: str, day: date | None = None) -> Known | None:
        """Return the person of a name; None where unknown or no person."""
        found = self.find(words, day)
        return found if found is not None and found.kind == "person" else None

    def are_apart(self, one: str, other: str) -> bool:
        """Return whether two names must not be taken for one actor."""
        return frozenset((folded(one), folded(other))) in self.apart

    def over(self, other: Directory) -> Directory:
        """Return a directory in which this one's actors take the place of another's."""
        return Directory({**other.known, **self.known}, self.apart | other.apart)


def load_directory(path: str | Path) -> Directory:
    """Return a user's `actors.toml`.

    Raises ActorsError with file, line and key: where it is no such file, a key is unknown, two
    actors have one name and no roles that tell them apart, a role ends before it begins, or names
    of one actor are to be kept apart.
    """
    return _directory(read_table(Path(path), ActorsError, "actors file"))


def parse_directory(content: bytes, path: str) -> Directory:
    """Return the directory of an `actors.toml`'s bytes; `path` is what messages name."""
    return _directory(parse_table(content, path, ActorsError, "actors file"))


def _directory(outer: Table) -> Directory:
    outer.only(("actors", "apart"))
    known: dict[tuple[str, ...], tuple[Known, ...]] = {}
    for entry in outer.tables("actors"):
        actor = _actor(entry)
        for key, words in (("name", actor.name), *(("aliases", one) for one in actor.aliases)):
            tokens = folded(words)
            others = tuple(one for one in known.get(tokens, ()) if one is not actor)
            if any(not one.offices or not actor.offices for one in others):
                raise entry.problem(
                    f'"{words}" is a name of {others[0].name} too: give it to one of them, or '
                    "both the roles and days that tell them apart",
                    key,
                )
            known[tokens] = (*others, actor)
    return Directory(known, _apart(outer, known))


def _actor(entry: Table) -> Known:
    entry.only(("name", "aliases", "kind", "gender", "affiliation", "roles"))
    offices = []
    for row in entry.tables("roles"):
        row.only(("role", "of", "from", "until"))
        office = Office(row.text("role"), row.text("of", ""), row.day("from"), row.day("until"))
        if office.since and office.until and office.until < office.since:
            raise row.problem(f"ends on {office.until}, but begins on {office.since}", "until")
        offices.append(office)
    return Known(
        entry.text("name"),
        entry.texts("aliases"),
        entry.choice("kind", KINDS, "person"),
        entry.choice("gender", GENDERS, ""),
        entry.text("affiliation", ""),
        tuple(offices),
        own=True,
    )


def _apart(
    outer: Table, known: Mapping[tuple[str, ...], tuple[Known, ...]]
) -> frozenset[frozenset[tuple[str, ...]]]:
    found = set()
    rows = outer.values.get("apart", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise outer.problem('must be a list of lists such as [["Jo Rand", "Joan Rand"]]', "apart")
    for number, row in enumerate(rows):
        if len(row) < 2 or not all(isinstance(words, str) and words.strip() for words in row):
            raise outer.problem("must be two names or more", "apart", number)
        for one, other in combinations(row, 2):
            both = set(known.get(folded(one), ())) & set(known.get(folded(other), ()))
            if folded(one) == folded(other) or both:
                name = min(actor.name for actor in both) if both else one
                raise outer.problem(
                    f'keeps "{one}" and "{other}" apart, which are both names of {name}; '
                    "take one of them out",
                    "apart",
                    number,
                )
            found.add(frozenset((folded(one), folded(other))))
    return frozenset(found)


@functools.cache
def shipped_directory() -> Directory:
    """Return the office holders that ship with the package.

    An office without an end counts until the day to which the table was kept (its first line).
    """
    lines = table("office_holders.csv").splitlines()
    kept = date.fromisoformat(lines[0].rsplit(" ", 1)[1])
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    people: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        people.setdefault(row["name"], []).append(row)
    known: dict[tuple[str, ...], tuple[Known, ...]] = {}
    for name, found in people.items():
        aliases = tuple(words for words in found[0]["aliases"].split("|") if words)
        offices = tuple(_offices(found, kept))
        actor = Known(
            name, aliases, gender=found[0]["gender"], affiliation=found[0]["party"], offices=offices
        )
        for words in (name, *aliases):
            known[folded(words)] = (actor,)
    return Directory(known)


def _offices(rows: Iterable[Mapping[str, str]], kept: date) -> Iterator[Office]:
    for row in rows:
        if row["role"]:
            until = date.fromisoformat(row["until"]) if row["until"] else kept
            yield Office(row["role"], row["of"], date.fromisoformat(row["from"]), until)
