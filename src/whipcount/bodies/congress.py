"""Members of the United States Congress, as congress-legislators has them.

`legislators-current.yaml` and `legislators-historical.yaml` of
https://github.com/unitedstates/congress-legislators, whose README says what each key means.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from whipcount.bodies.stays import Chamber, Make, Person, Stay
from whipcount.dates import first_day, last_day
from whipcount.public_lists import (
    PARTIES,
    BrokenRecordError,
    OnProblem,
    Record,
    day,
    legislator_names,
    listed,
    shown,
    state_name,
    text,
)

CHAMBERS = (
    Chamber("sen", "United States Senate", ("Senate", "US Senate")),
    Chamber(
        "rep",
        "United States House of Representatives",
        ("House of Representatives", "US House"),
        ("the House",),
        note="Delegates of territories and of the District of Columbia, who have no vote, are left "
        "out.",
    ),
)

NO_VOTE = ("AS", "DC", "GU", "MP", "PI", "PR", "VI")
"""Where delegates are from who sit in the House without a vote; members are those who vote."""

BEGINS_JANUARY = 1935
"""From when Congresses begin on 3 January (Amendment XX, section 1); before on 4 March."""

SWORN_IN = timedelta(days=18)
"""After 3 January, until when a start is the day on which members of a new Congress were sworn in.

Their terms began on 3 January. The 92nd Congress met latest since 1935, on 21 January 1971.
"""


def people(content: Sequence[Any]) -> Iterator[tuple[str, Make]]:
    """Yield each record's place in its file, and what makes a person of it."""
    for number, row in enumerate(content):
        yield f"[{number}]", functools.partial(_person, row)


def _person(row: Any, bad: OnProblem) -> Person:
    if not isinstance(row, Mapping):
        raise BrokenRecordError(f"a record was expected, not {shown(row)}")
    name, others = legislator_names(row)
    ids = row.get("id")
    known = ids if isinstance(ids, Mapping) else {}
    keys = (str(known[key]) for key in ("bioguide", "lis", "govtrack") if known.get(key))
    stays: list[Stay] = []
    for number, term in enumerate(listed(row.get("terms"))):
        try:
            stays += _stays(term, f"terms[{number}]", name)
        except BrokenRecordError as error:
            bad(f"terms[{number}]: {error}")
    return Person(next(keys, ""), name, tuple(others), tuple(stays))


def _stays(term: Any, place: str, name: str) -> list[Stay]:
    """Return a term as a stay, or several where the party changed; none for a delegate."""
    kind, state = text(term, "type"), text(term, "state")
    if kind not in ("sen", "rep"):
        raise BrokenRecordError(f"type is {shown(kind)}, not sen or rep")
    if kind == "rep" and state in NO_VOTE:
        return []
    constituency = _constituency(kind, state, term.get("district"))
    caucus = _party(term, "caucus")
    whole = Stay(
        chamber=kind,
        since=_since(term),
        last=day(term, "end", last_day),
        expected=term.get("end-type") == "special-election",
        party=_party(term),
        constituency=constituency,
        seat=f"{state} {term.get('class' if kind == 'sen' else 'district', '')}",
        end_reason=str(term.get("end-type") or "").replace("-", " "),
        place=place,
        note=f"{name} ({constituency}) caucuses with the {caucus}." if caucus else "",
    )
    whole = replace(whole, handed=_begins_congress(whole.last))
    parts = [one for one in listed(term.get("party_affiliations")) if isinstance(one, Mapping)]
    stays = []
    for number, part in enumerate(parts):
        first, final = number == 0, number == len(parts) - 1
        since = whole.since if first else day(part, "start", first_day)
        stay = replace(whole, since=since, party=_party(part))
        if not final:
            last = day(part, "end", last_day)
            stay = replace(stay, last=last, handed=False, expected=False, end_reason="")
        stays.append(stay)
    return stays or [whole]


def _party(row: Record, key: str = "party") -> str:
    party = str(row.get(key) or "")
    return PARTIES.get(party, party)


def _since(term: Record) -> date | None:
    """Return when a term began: for one of a new Congress its first day, not the swearing in."""
    since = day(term, "start", first_day)
    if since is None or term.get("how") or since.year < BEGINS_JANUARY:
        return since
    first = date(since.year, 1, 3)
    return first if _begins_congress(first) and first <= since <= first + SWORN_IN else since


def _begins_congress(found: date | None) -> bool:
    """Return whether a Congress began on a day, so that the terms before end as it begins."""
    if found is None or found.year % 2 == 0:
        return False
    return (found.month, found.day) == ((1, 3) if found.year >= BEGINS_JANUARY else (3, 4))


def _constituency(kind: str, state: str, district: object) -> str:
    name = state_name(state)
    if kind == "sen" or not isinstance(district, int) or district < 0:
        return name
    return f"{name} {district}" if district else f"{name} at large"
