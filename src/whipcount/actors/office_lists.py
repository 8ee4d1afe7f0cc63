"""Lists of office holders that people have, made into an `actors.toml`.

Three layouts, told by what a file holds: Popolo (`persons`, `memberships`; EveryPolitician), an
OpenStates person (`name`, `roles` with `type` and `jurisdiction`), and congress-legislators (a list
of people with `name` and `terms`). Roles that follow one another without a gap are one; an end
that the list doesn't know stays open; every name that a person had is an alias.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from whipcount import public_lists
from whipcount.actors.directory import Known, Office
from whipcount.actors.folding import folded
from whipcount.dates import first_day, last_day
from whipcount.public_lists import (
    PARTIES,
    BrokenRecordError,
    OnProblem,
    Popolo,
    Record,
    day,
    state_name,
    text,
)
from whipcount.toml_files import quoted

TITLES = {
    "rep": "representative", "sen": "senator", "prez": "president", "viceprez": "vice president",
    "upper": "senator", "lower": "representative", "legislature": "legislator",
    "governor": "governor", "lt_governor": "lieutenant governor", "mayor": "mayor",
}  # fmt: skip
"""Roles as congress-legislators and OpenStates abbreviate them."""

CHAMBERS = {"rep": "House of Representatives", "sen": "Senate"}

GENDERS = {"m": "he", "f": "she", "male": "he", "female": "she"}


def import_lists(paths: Iterable[Path], on_problem: OnProblem) -> list[Known]:
    """Return the actors of lists, in the order of their names.

    `on_problem` is called with file, record and key for everything that can't be read; the rest
    goes on. One who stands in several lists, with the same name and an office in common, is one.
    """
    found: dict[tuple[str, ...], list[Known]] = {}
    for path in public_lists.list_files(paths, on_problem):
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
        lines += ["", "[[actors]]", f"name = {quoted(known.name)}"]
        if known.aliases:
            lines.append(f"aliases = [{', '.join(map(quoted, known.aliases))}]")
        for key, value in (("gender", known.gender), ("affiliation", known.affiliation)):
            if value:
                lines.append(f"{key} = {quoted(value)}")
        if known.offices:
            lines += ["roles = [", *(f"    {{ {_row(office)} }}," for office in known.offices), "]"]
    return "\n".join(lines) + "\n"


def _row(office: Office) -> str:
    parts = [f"role = {quoted(office.role)}"]
    if office.of:
        parts.append(f"of = {quoted(office.of)}")
    if office.since:
        parts.append(f"from = {office.since}")
    if office.until:
        parts.append(f"until = {office.until}")
    return ", ".join(parts)


def _read(path: Path, on_problem: OnProblem) -> Iterator[Known]:
    try:
        content = public_lists.content_of(path)
    except BrokenRecordError as error:
        on_problem(f"{path}: {error}")
        return
    for place, known in public_lists.each_made(path, _records(content), on_problem):
        backwards = [office for office in known.offices if _backwards(office)]
        for office in backwards:
            on_problem(
                f"{path}, {place}: {known.name}, {office.role}: ends on {office.until}, before it "
                f"begins on {office.since}; left out"
            )
        kept = tuple(office for office in known.offices if office not in backwards)
        yield replace(known, offices=_without_gaps(kept))


def _records(content: Any) -> Iterator[tuple[str, Callable[[OnProblem], Known]]]:
    """Yield each record's place in its file and what makes an actor of it.

    That is called with what to do about a role that can't be read.
    """
    if public_lists.is_popolo(content):
        popolo = Popolo(content)
        for number, row in enumerate(content["persons"]):
            yield f"persons[{number}]", functools.partial(_person, popolo, row)
    elif isinstance(content, Mapping) and "name" in content:
        yield "the record", functools.partial(_openstates, content)
    elif isinstance(content, list):
        for number, row in enumerate(content):
            legislator = public_lists.is_legislator(row)
            yield f"[{number}]", functools.partial(_legislator if legislator else _openstates, row)
    else:
        yield "the whole file", _unknown


def _unknown(_: OnProblem) -> Known:
    raise BrokenRecordError(
        "neither Popolo (persons), OpenStates (name, roles) nor congress-legislators (terms)"
    )


def _person(popolo: Popolo, row: Record, bad: OnProblem) -> Known:
    """Return a person of a Popolo file with the offices of its memberships."""
    name = text(row, "name")
    others = [text(one, "name") for one in row.get("other_names") or ()]
    offices, parties = [], []
    for number, member in enumerate(popolo.memberships_of(row)):
        try:
            office, party = _membership(popolo, member)
        except BrokenRecordError as error:
            bad(f"memberships[{number}]: {error}")
            continue
        offices += [office] if office.role else []
        parties += [party] if party else []
    return _known(name, others, str(row.get("gender") or ""), parties[-1:], offices)


def _membership(popolo: Popolo, member: Record) -> tuple[Office, str]:
    """Return the office of a membership, without a role where it is a party's, and the party."""
    home = popolo.named(member, "organization_id", popolo.organisations)
    party = popolo.named(member, "on_behalf_of_id", popolo.organisations)
    event = popolo.named(member, "legislative_period_id", popolo.events)
    post = popolo.named(member, "post_id", popolo.posts)
    since = day(member, "start_date", first_day) or day(event, "start_date", first_day)
    until = day(member, "end_date", last_day) or day(event, "end_date", last_day)
    of = str(home.get("name") or "")
    if home.get("classification") == "party":
        return Office("", of, since, until), of
    role = str(member.get("role") or post.get("label") or post.get("role") or "member")
    return Office(role, of, since, until), str(party.get("name") or "")


def _openstates(row: Record, bad: OnProblem) -> Known:
    """Return one of OpenStates' people: https://github.com/openstates/people, schema.md."""
    name = text(row, "name")
    others = [text(one, "name") for one in row.get("other_names") or ()]
    parties = [text(one, "name") for one in row.get("party") or ()]
    offices = []
    for number, role in enumerate(row.get("roles") or ()):
        try:
            kind = text(role, "type")
            where = str(role.get("jurisdiction") or "")
            since, until = day(role, "start_date", first_day), day(role, "end_date", last_day)
        except BrokenRecordError as error:
            bad(f"roles[{number}]: {error}")
            continue
        found = re.search(r"state:(\w\w)", where)
        of = state_name(found[1] if found else where)
        offices.append(Office(TITLES.get(kind, kind.replace("_", " ")), of, since, until))
    return _known(name, others, str(row.get("gender") or ""), parties[-1:], offices)


def _legislator(row: Record, bad: OnProblem) -> Known:
    """Return one of congress-legislators: https://github.com/unitedstates/congress-legislators."""
    called, others = public_lists.legislator_names(row)
    offices = []
    parties = []
    for number, term in enumerate(row["terms"]):
        try:
            kind = text(term, "type")
            since, until = day(term, "start", first_day), day(term, "end", last_day)
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
