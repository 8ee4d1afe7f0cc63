"""Lists of office holders that people have, made into an `actors.toml`.

Three layouts, told by what a file holds: Popolo (`persons`, `memberships`; EveryPolitician), an
OpenStates person (`name`, `roles` with `type` and `jurisdiction`), and congress-legislators (a list
of people with `name` and `terms`). Roles that follow one another without a gap are one; an end
that the list doesn't know stays open; every name that a person had is an alias.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from whipcount.actors.directory import Known, Office
from whipcount.actors.folding import folded
from whipcount.dates import first_day, is_date, last_day

Record: TypeAlias = Mapping[str, Any]
OnProblem: TypeAlias = Callable[[str], object]

ENDINGS = (".json", ".yaml", ".yml")
LARGEST = 256 * 2**20
"""Bytes of a list that is read; the congress's own history has 10 million."""

TITLES = {
    "rep": "representative", "sen": "senator", "prez": "president", "viceprez": "vice president",
    "upper": "senator", "lower": "representative", "legislature": "legislator",
    "governor": "governor", "lt_governor": "lieutenant governor", "mayor": "mayor",
}  # fmt: skip
"""Roles as congress-legislators and OpenStates abbreviate them."""

CHAMBERS = {"rep": "House of Representatives", "sen": "Senate"}

PARTIES = {
    "Democrat": "Democratic Party", "Democratic": "Democratic Party",
    "Republican": "Republican Party", "Independent": "independent",
}  # fmt: skip

GENDERS = {"m": "he", "f": "she", "male": "he", "female": "she"}


class BrokenRecordError(ValueError):
    """Raised for a record that can't be read; the message says which key and why."""


def import_lists(paths: Iterable[Path], on_problem: OnProblem) -> list[Known]:
    """Return the actors of lists, in the order of their names.

    `on_problem` is called with file, record and key for everything that can't be read; the rest
    goes on. One who stands in several lists, with the same name and an office in common, is one.
    """
    found: dict[tuple[str, ...], list[Known]] = {}
    for path in _files(paths, on_problem):
        for known in _read(path, on_problem):
            same = found.setdefault(folded(known.name), [])
            for number, other in enumerate(same):
                if set(other.offices) & set(known.offices) or other.offices == known.offices:
                    same[number] = _together(other, known)
                    break
            else:
                same.append(known)
    return _told_apart([found[name] for name in sorted(found)], on_problem)


def written(found: Sequence[Known]) -> str:
    """Return actors as the text of an `actors.toml`."""
    lines = ["# Made by whipcount actors import; correct what you know better."]
    for known in found:
        lines += ["", "[[actors]]", f"name = {_quoted(known.name)}"]
        if known.aliases:
            lines.append(f"aliases = [{', '.join(map(_quoted, known.aliases))}]")
        for key, value in (("gender", known.gender), ("affiliation", known.affiliation)):
            if value:
                lines.append(f"{key} = {_quoted(value)}")
        if known.offices:
            lines += ["roles = [", *(f"    {{ {_row(office)} }}," for office in known.offices), "]"]
    return "\n".join(lines) + "\n"


def _row(office: Office) -> str:
    parts = [f"role = {_quoted(office.role)}"]
    if office.of:
        parts.append(f"of = {_quoted(office.of)}")
    if office.since:
        parts.append(f"from = {office.since}")
    if office.until:
        parts.append(f"until = {office.until}")
    return ", ".join(parts)


def _quoted(words: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's, but for the character 7F."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _files(paths: Iterable[Path], on_problem: OnProblem) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS)
        elif path.is_file():
            yield path
        else:
            on_problem(f"{path}: there is no such file")


def _read(path: Path, on_problem: OnProblem) -> Iterator[Known]:
    try:
        content = _content(path)
    except (OSError, ValueError, RecursionError) as error:
        on_problem(f"{path}: can't be read as JSON or YAML: {_one_line(error)}")
        return
    for place, make in _records(content):

        def bad(problem: str, place: str = place) -> None:
            on_problem(f"{path}, {place}.{problem}; left out")

        try:
            known = make(bad)
        except (BrokenRecordError, TypeError, KeyError, AttributeError) as error:
            on_problem(f"{path}, {place}: {_one_line(error)}; left out")
            continue
        backwards = [office for office in known.offices if _backwards(office)]
        for office in backwards:
            on_problem(
                f"{path}, {place}: {known.name}, {office.role}: ends on {office.until}, before it "
                f"begins on {office.since}; left out"
            )
        kept = tuple(office for office in known.offices if office not in backwards)
        yield replace(known, offices=_without_gaps(kept))


def _content(path: Path) -> Any:
    if path.stat().st_size > LARGEST:
        raise ValueError(f"is larger than {LARGEST // 2**20} MB")
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".json" or text.lstrip()[:1] in ("{", "["):
        return json.loads(text)
    import yaml  # noqa: PLC0415

    try:
        return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(error) from None


def _records(content: Any) -> Iterator[tuple[str, Callable[[OnProblem], Known]]]:
    """Yield each record's place in its file and what makes an actor of it.

    That is called with what to do about a role that can't be read.
    """
    if isinstance(content, Mapping) and isinstance(content.get("persons"), list):
        popolo = _Popolo(content)
        for number, row in enumerate(content["persons"]):
            yield f"persons[{number}]", functools.partial(popolo.known, row)
    elif isinstance(content, Mapping) and "name" in content:
        yield "the record", functools.partial(_openstates, content)
    elif isinstance(content, list):
        for number, row in enumerate(content):
            legislator = isinstance(row, Mapping) and "terms" in row
            yield f"[{number}]", functools.partial(_legislator if legislator else _openstates, row)
    else:
        yield "the whole file", _unknown


def _unknown(_: OnProblem) -> Known:
    raise BrokenRecordError(
        "neither Popolo (persons), OpenStates (name, roles) nor congress-legislators (terms)"
    )


class _Popolo:
    """A Popolo file: people, organisations, and memberships that tie them."""

    def __init__(self, content: Record) -> None:
        self.organisations = _by_id(content.get("organizations"))
        self.posts = _by_id(content.get("posts"))
        self.events = _by_id(content.get("events"))
        self.memberships: dict[str, list[Record]] = {}
        for row in _list(content.get("memberships")):
            if isinstance(row, Mapping):
                self.memberships.setdefault(str(row.get("person_id")), []).append(row)

    def known(self, row: Record, bad: OnProblem) -> Known:
        """Return a person with the offices of its memberships."""
        name = _text(row, "name")
        others = [_text(one, "name") for one in row.get("other_names") or ()]
        offices, parties = [], []
        for number, member in enumerate(self.memberships.get(str(row.get("id")), ())):
            try:
                office, party = self._office(member)
            except BrokenRecordError as error:
                bad(f"memberships[{number}]: {error}")
                continue
            offices += [office] if office.role else []
            parties += [party] if party else []
        return _known(name, others, str(row.get("gender") or ""), parties[-1:], offices)

    def _office(self, member: Record) -> tuple[Office, str]:
        home = self.organisations.get(str(member.get("organization_id")), {})
        party = self.organisations.get(str(member.get("on_behalf_of_id")), {})
        event = self.events.get(str(member.get("legislative_period_id")), {})
        post = self.posts.get(str(member.get("post_id")), {})
        since = _day(member, "start_date", first_day) or _day(event, "start_date", first_day)
        until = _day(member, "end_date", last_day) or _day(event, "end_date", last_day)
        of = str(home.get("name") or "")
        if home.get("classification") == "party":
            return Office("", of, since, until), of
        role = str(member.get("role") or post.get("label") or post.get("role") or "member")
        return Office(role, of, since, until), str(party.get("name") or "")


def _by_id(rows: Any) -> dict[str, Record]:
    return {str(row.get("id")): row for row in _list(rows) if isinstance(row, Mapping)}


def _list(rows: Any) -> Sequence[Any]:
    """Return a list as it is; nothing of what is none."""
    return rows if isinstance(rows, list) else ()


def _openstates(row: Record, bad: OnProblem) -> Known:
    """Return one of OpenStates' people: https://github.com/openstates/people, schema.md."""
    name = _text(row, "name")
    others = [_text(one, "name") for one in row.get("other_names") or ()]
    parties = [_text(one, "name") for one in row.get("party") or ()]
    offices = []
    for number, role in enumerate(row.get("roles") or ()):
        try:
            kind = _text(role, "type")
            where = str(role.get("jurisdiction") or "")
            since, until = _day(role, "start_date", first_day), _day(role, "end_date", last_day)
        except BrokenRecordError as error:
            bad(f"roles[{number}]: {error}")
            continue
        found = re.search(r"state:(\w\w)", where)
        of = _state_name(found[1] if found else where)
        offices.append(Office(TITLES.get(kind, kind.replace("_", " ")), of, since, until))
    return _known(name, others, str(row.get("gender") or ""), parties[-1:], offices)


def _state_name(code: str) -> str:
    """Return the name of a state of the United States from its two letters."""
    if len(code) != 2:
        return code
    import pycountry  # noqa: PLC0415

    found = pycountry.subdivisions.get(code=f"US-{code.upper()}")  # type: ignore[no-untyped-call]
    return str(found.name) if found is not None else code


def _legislator(row: Record, bad: OnProblem) -> Known:
    """Return one of congress-legislators: https://github.com/unitedstates/congress-legislators."""
    name = row["name"]
    first, last = _text(name, "first"), _text(name, "last")
    called = str(name.get("official_full") or f"{first} {last}")
    others = [f"{first} {last}"]
    if name.get("nickname"):
        others.append(f"{name['nickname']} {last}")
    if name.get("middle"):
        others.append(f"{first} {name['middle']} {last}")
    others += [
        f"{other.get('first') or first} {other.get('last') or last}"
        for other in row.get("other_names") or ()
    ]
    offices = []
    parties = []
    for number, term in enumerate(row["terms"]):
        try:
            kind = _text(term, "type")
            since, until = _day(term, "start", first_day), _day(term, "end", last_day)
        except BrokenRecordError as error:
            bad(f"terms[{number}]: {error}")
            continue
        of = CHAMBERS.get(kind, "United States")
        offices.append(Office(TITLES.get(kind, kind), of, since, until))
        parties += [str(term["party"])] if term.get("party") else []
    gender = str((row.get("bio") or {}).get("gender") or "")
    return _known(called, others, gender, parties[-1:], offices)


def _known(
    name: str,
    others: Sequence[str],
    gender: str,
    parties: Sequence[str],
    offices: Iterable[Office],
) -> Known:
    aliases = dict.fromkeys(one for one in others if folded(one) != folded(name))
    party = parties[0] if parties else ""
    order = sorted(offices, key=lambda one: (one.since or date.min, one.role, one.of))
    return Known(
        name, tuple(aliases), "person", GENDERS.get(gender.lower(), ""), PARTIES.get(party, party),
        tuple(order), own=True,
    )  # fmt: skip


def _text(row: Any, key: str) -> str:
    if not isinstance(row, Mapping):
        raise BrokenRecordError(f"a record was expected, not {_shown(row)}")
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BrokenRecordError(f"{key} is {_shown(value)}, not words")
    return " ".join(value.split())


def _day(row: Record, key: str, end: Callable[[str], date]) -> date | None:
    """Return a day of a record, the first or last of a month or year; None where unknown."""
    value = row.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = str(value).strip()[:10]
    if not is_date(words):
        raise BrokenRecordError(f"{key} is {_shown(value)}, not a date such as 2015-05-08")
    return end(words)


def _backwards(office: Office) -> bool:
    return office.since is not None and office.until is not None and office.until < office.since


def _without_gaps(offices: Sequence[Office]) -> tuple[Office, ...]:
    """Return offices with those joined that go on within a week in the same role."""
    found: list[Office] = []
    for office in offices:
        for number, before in enumerate(found):
            same = (before.role, before.of) == (office.role, office.of)
            near = before.until is None or (
                office.since is not None and office.since - before.until <= timedelta(days=7)
            )
            if same and near and office.since is not None:
                until = (
                    None
                    if before.until is None or office.until is None
                    else max(before.until, office.until)
                )
                found[number] = replace(before, until=until)
                break
        else:
            found.append(office)
    return tuple(found)


def _together(one: Known, other: Known) -> Known:
    """Return one actor of two records of the same person."""
    offices = sorted(
        {*one.offices, *other.offices}, key=lambda o: (o.since or date.min, o.role, o.of)
    )
    aliases = tuple(dict.fromkeys((*one.aliases, *other.aliases)))
    return replace(
        one, aliases=aliases, offices=_without_gaps(offices),
        gender=one.gender or other.gender, affiliation=one.affiliation or other.affiliation,
    )  # fmt: skip


def _told_apart(groups: Iterable[Sequence[Known]], on_problem: OnProblem) -> list[Known]:
    """Return actors without aliases that another bears, and names that no role tells apart."""
    everyone = [known for group in groups for known in group]
    bearers: dict[tuple[str, ...], int] = {}
    for known in everyone:
        for tokens in {folded(words) for words in (known.name, *known.aliases)}:
            bearers[tokens] = bearers.get(tokens, 0) + 1
    found = []
    for known in everyone:
        if bearers[folded(known.name)] > 1 and not known.offices:
            on_problem(f"{known.name}: several bear that name, this one without a role; left out")
            continue
        aliases = tuple(words for words in known.aliases if bearers[folded(words)] == 1)
        found.append(replace(known, aliases=aliases))
    return found


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) < 60 else f"{words[:59]}…"


def _one_line(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return " ".join(str(error).split())[:200]
