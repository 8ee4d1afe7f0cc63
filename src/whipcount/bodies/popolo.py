"""Members of chambers, as Popolo has them (https://www.popoloproject.com).

Above all EveryPolitician's files: a legislature, its legislative periods, whose days count where a
membership has none of its own, `on_behalf_of_id` for the party, `area_id` for the constituency.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from whipcount.bodies.stays import Chamber, Make, Person, Stay
from whipcount.dates import first_day, last_day
from whipcount.public_lists import (
    BrokenRecordError,
    OnProblem,
    Popolo,
    Record,
    by_id,
    day,
    listed,
    shown,
    text,
)

OPEN_END = 9999
"""The year by which some lists say that there is no end."""

PARTY = "party"
LEGISLATURES = ("legislature", "chamber", "parliament")
"""Classifications of organisations."""

UNKNOWN = "unknown"
"""What EveryPolitician calls a party that isn't known."""


@dataclass(frozen=True, slots=True)
class _Period:
    """A legislative period; `handed` where the next begins on its last day."""

    first: date | None = None
    last: date | None = None
    handed: bool = False
    end_reason: str = ""


_Periods: TypeAlias = Mapping[str, _Period | BrokenRecordError]


def chambers(content: Record) -> tuple[Chamber, ...]:
    """Return the organisations of a file that aren't parties, those too that are only named."""
    rows = by_id(content.get("organizations"))
    for member in (*listed(content.get("memberships")), *listed(content.get("posts"))):
        key = member.get("organization_id") if isinstance(member, Mapping) else None
        if key is not None:
            rows.setdefault(str(key), {})
    return tuple(
        Chamber(
            key,
            str(row.get("name") or key),
            tuple(_english(row)),
            seats=_seats(row),
            legislates=row.get("classification") in LEGISLATURES,
        )
        for key, row in rows.items()
        if row.get("classification") != PARTY
    )


def _seats(row: Record) -> int | None:
    seats = row.get("seats")
    whole = isinstance(seats, int) and not isinstance(seats, bool) and seats > 0
    return seats if whole else None


def people(content: Record) -> Iterator[tuple[str, Make]]:
    """Yield each record's place in its file, and what makes a person of it."""
    popolo = Popolo(content)
    periods = _periods(popolo)
    for number, row in enumerate(content["persons"]):
        yield f"persons[{number}]", functools.partial(_person, popolo, periods, row)


def _person(popolo: Popolo, periods: _Periods, row: Any, bad: OnProblem) -> Person:
    if not isinstance(row, Mapping):
        raise BrokenRecordError(f"a record was expected, not {shown(row)}")
    name, others = _names(row)
    stays = []
    for number, member in enumerate(popolo.memberships_of(row)):
        place = f"memberships[{number}]"
        if str(member.get("role")).casefold() == "candidate":
            continue
        try:
            stays.append(_stay(popolo, periods, member, place))
        except BrokenRecordError as error:
            bad(f"{place}: {error}")
    return Person(str(row.get("id") or ""), name, others, tuple(stays))


def _names(row: Record) -> tuple[str, tuple[str, ...]]:
    """Return a person's name and the others; the last that is noted as main where there is none."""
    main = [
        f"{one['given_name']} {one['family_name']}"
        for one in listed(row.get("other_names"))
        if isinstance(one, Mapping)
        and one.get("note") == "Main"
        and one.get("given_name")
        and one.get("family_name")
    ]
    if main and not row.get("name"):
        return main[-1], tuple(dict.fromkeys((*reversed(main[:-1]), *_english(row))))
    return text(row, "name"), tuple(dict.fromkeys((*main, *_english(row))))


def _english(row: Record) -> Iterator[str]:
    """Yield a record's other names, without those that are marked as of another language."""
    for one in listed(row.get("other_names")):
        named = isinstance(one, Mapping) and one.get("name")
        if named and str(one.get("lang") or "en").startswith("en"):
            yield text(one, "name")


def _stay(popolo: Popolo, periods: _Periods, member: Record, place: str) -> Stay:
    """Return a membership as a stay, in a party where that is what it is of."""
    post = popolo.named(member, "post_id", popolo.posts)
    key = member.get("organization_id") or post.get("organization_id")
    if key is None:
        raise BrokenRecordError("organization_id is missing")
    home = popolo.organisations.get(str(key), {})
    party = popolo.named(member, "on_behalf_of_id", popolo.organisations)
    since, last = day(member, "start_date", first_day), day(member, "end_date", last_day)
    period = periods.get(str(member.get("legislative_period_id")), _Period())
    if isinstance(period, BrokenRecordError):
        raise period
    last = last or period.last
    reason = str(member.get("end_reason") or "").replace("_", " ")
    if last is not None and last == period.last:
        reason = reason or period.end_reason
    area = _area(popolo, member, post)
    in_party = home.get("classification") == PARTY
    return Stay(
        chamber="" if in_party else str(key),
        since=since or period.first,
        last=None if last is not None and last.year >= OPEN_END else last,
        handed=period.handed and last == period.last,
        party=_party(home if in_party else party),
        constituency=area,
        seat=area,
        role=str(member.get("role") or post.get("role") or ""),
        end_reason=reason,
        place=place,
    )


def _periods(popolo: Popolo) -> dict[str, _Period | BrokenRecordError]:
    """Return the legislative periods of a file by their ids, and what is wrong with the others.

    A period without an end ends as the next of its organisation begins.
    """
    found: dict[str, _Period | BrokenRecordError] = {}
    starts: dict[tuple[str, str], list[date]] = {}
    for key, event in popolo.events.items():
        try:
            first = day(event, "start_date", first_day)
            last = day(event, "end_date", last_day)
        except BrokenRecordError as error:
            found[key] = BrokenRecordError(f"{key}: {error}")
            continue
        name = str(event.get("name") or "")
        found[key] = _Period(first, last, False, f"end of {name}" if name else "")
        if first is not None:
            starts.setdefault(_series(event), []).append(first)
    for key, period in found.items():
        if isinstance(period, _Period):
            others = starts.get(_series(popolo.events[key]), [])
            last = period.last
            if last is None and period.first is not None:
                last = min((start for start in others if start > period.first), default=None)
            found[key] = replace(period, last=last, handed=last in others)
    return found


def _series(event: Record) -> tuple[str, str]:
    """Return which events an event is one of."""
    return str(event.get("organization_id")), str(event.get("classification"))


def _party(row: Record) -> str:
    name = str(row.get("name") or "")
    return "" if name.casefold() == UNKNOWN else name


def _area(popolo: Popolo, member: Record, post: Record) -> str:
    """Return the name of what a membership is for; of its post's where it has none itself."""
    for row in (member, post):
        area = popolo.named(row, "area_id", popolo.areas) or row.get("area")
        if isinstance(area, Mapping) and area.get("name"):
            return str(area["name"])
    return ""
