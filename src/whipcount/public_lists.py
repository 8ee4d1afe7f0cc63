"""Public lists of who holds which office: their files, and values taken from their records.

Two layouts are read for offices (`actors.office_lists`) and for the members of a body
(`bodies.importing`): Popolo (`persons`, `memberships`; https://www.popoloproject.com, as
EveryPolitician has it) and congress-legislators (people with `name` and `terms`;
https://github.com/unitedstates/congress-legislators).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from whipcount.dates import is_date

Record: TypeAlias = Mapping[str, Any]
OnProblem: TypeAlias = Callable[[str], object]
Made = TypeVar("Made")

ENDINGS = (".json", ".yaml", ".yml")
LARGEST = 256 * 2**20
"""Bytes of a list that is read; the congress's own history has 10 million."""

PARTIES = {
    "Democrat": "Democratic Party", "Democratic": "Democratic Party",
    "Republican": "Republican Party", "Independent": "independent",
}  # fmt: skip
"""Parties of the United States as lists have them, by the names that whipcount gives them."""


class BrokenRecordError(ValueError):
    """Raised for a record that can't be read; the message says which key and why."""


class Popolo:
    """A Popolo file: people, organisations, and memberships that tie them."""

    def __init__(self, content: Record) -> None:
        self.organisations = by_id(content.get("organizations"))
        self.posts = by_id(content.get("posts"))
        self.areas = by_id(content.get("areas"))
        self.events = by_id(content.get("events"))
        self.memberships: dict[str, list[Record]] = {}
        for row in listed(content.get("memberships")):
            if isinstance(row, Mapping):
                self.memberships.setdefault(str(row.get("person_id")), []).append(row)

    def memberships_of(self, person: Record) -> Sequence[Record]:
        """Return a person's memberships, in the file's order."""
        return self.memberships.get(str(person.get("id")), ())

    def named(self, member: Record, key: str, among: Mapping[str, Record]) -> Record:
        """Return the record whose id a membership has at a key; an empty one where there is none.

        For `organization_id` it is the post's where the membership itself has none.
        """
        found = member.get(key)
        if found is None and key == "organization_id":
            found = self.named(member, "post_id", self.posts).get(key)
        return {} if found is None else among.get(str(found), {})


def is_popolo(content: Any) -> bool:
    """Return whether what a file holds is in Popolo's layout."""
    return isinstance(content, Mapping) and isinstance(content.get("persons"), list)


def is_legislator(row: Any) -> bool:
    """Return whether a record is one of congress-legislators."""
    return isinstance(row, Mapping) and "terms" in row


def legislator_names(row: Record) -> tuple[str, list[str]]:
    """Return how one of congress-legislators is called, and by which other names."""
    name = row["name"]
    first, last = text(name, "first"), text(name, "last")
    others = [f"{first} {last}"]
    if name.get("nickname"):
        others.append(f"{name['nickname']} {last}")
    if name.get("middle"):
        others.append(f"{first} {name['middle']} {last}")
    others += [
        f"{other.get('first') or first} {other.get('last') or last}"
        for other in row.get("other_names") or ()
    ]
    return str(name.get("official_full") or f"{first} {last}"), others


def state_name(code: str) -> str:
    """Return the name of a state of the United States from its two letters."""
    if len(code) != 2:
        return code
    import pycountry  # noqa: PLC0415

    found = pycountry.subdivisions.get(code=f"US-{code.upper()}")  # type: ignore[no-untyped-call]
    return str(found.name) if found is not None else code


def list_files(paths: Iterable[Path], on_problem: OnProblem) -> Iterator[Path]:
    """Yield the files that paths name, those of a folder by their endings."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS)
        elif path.is_file():
            yield path
        else:
            on_problem(f"{path}: there is no such file")


def content_of(path: Path) -> Any:
    """Return what a JSON or YAML file holds; BrokenRecordError where it can't be read."""
    try:
        return _content(path)
    except (OSError, ValueError, RecursionError) as error:
        raise BrokenRecordError(f"can't be read as JSON or YAML: {one_line(error)}") from None


def by_id(rows: Any) -> dict[str, Record]:
    """Return the records of a list by their ids."""
    return {str(row.get("id")): row for row in listed(rows) if isinstance(row, Mapping)}


def listed(rows: Any) -> Sequence[Any]:
    """Return a list as it is; nothing of what is none."""
    return rows if isinstance(rows, list) else ()


def text(row: Any, key: str) -> str:
    """Return a record's words at a key; BrokenRecordError where there are none."""
    if not isinstance(row, Mapping):
        raise BrokenRecordError(f"a record was expected, not {shown(row)}")
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BrokenRecordError(f"{key} is {shown(value)}, not words")
    return " ".join(value.split())


def day(row: Record, key: str, end: Callable[[str], date]) -> date | None:
    """Return a day of a record, the first or last of a month or year; None where unknown.

    `end` is `dates.first_day` or `dates.last_day`. Raises BrokenRecordError where it is no day.
    """
    value = row.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = str(value).strip()[:10]
    if not is_date(words):
        raise BrokenRecordError(f"{key} is {shown(value)}, not a date such as 2015-05-08")
    return end(words)


def each_made(
    path: Path,
    records: Iterable[tuple[str, Callable[[OnProblem], Made]]],
    on_problem: OnProblem,
) -> Iterator[tuple[str, Made]]:
    """Yield what is made of each record of a list, with the record's place in it.

    `on_problem` is called with file, place and reason for records and parts of them that can't be
    read; they are left out.
    """
    for place, make in records:

        def bad(problem: str, place: str = place) -> None:
            on_problem(f"{path}, {place}.{problem}; left out")

        try:
            made = make(bad)
        except (BrokenRecordError, TypeError, KeyError, AttributeError) as error:
            on_problem(f"{path}, {place}: {one_line(error)}; left out")
            continue
        yield place, made


def shown(value: object) -> str:
    """Return a value as Python writes it, shortened."""
    words = repr(value)
    return words if len(words) < 60 else f"{words[:59]}…"


def one_line(error: Exception) -> str:
    """Return an error's message on one line."""
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return " ".join(str(error).split())[:200]


def _content(path: Path) -> Any:
    if path.stat().st_size > LARGEST:
        raise ValueError(f"is larger than {LARGEST // 2**20} MB")
    words = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".json" or words.lstrip()[:1] in ("{", "["):
        return json.loads(words)
    import yaml  # noqa: PLC0415

    try:
        return yaml.load(words, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(error) from None
