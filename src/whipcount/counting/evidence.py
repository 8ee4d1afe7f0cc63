"""What counts as evidence for a cell, and which of it wins (rule 3)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from whipcount.counting.ranks import rank
from whipcount.dates import first_day, last_day
from whipcount.errors import CountError
from whipcount.model import Position

OWN, DERIVED, REPORTED = range(3)
"""The classes of evidence, best first: own words and votes on the option itself, own words that
reach it by `implies` or `excludes`, what others report."""


class Days(NamedTuple):
    """The first and last day of a date; of the undated, the oldest day that there is."""

    first: date
    last: date


class Evidence(NamedTuple):
    """A position in the order in which evidence wins; the least is first.

    `weight` decides: class, newness, vote, directness, rank, strength. Two of one weight are
    equally good, and stand in reading order: `place`.
    """

    weight: tuple[int, int, int, int, int, int]
    place: tuple[str, tuple[int, ...], str, int]
    last: date
    position: Position


def days_of(position: Position, known: dict[str, Days]) -> Days:
    """Return the days of a position's date, remembered in `known`; CountError where it is none."""
    days = known.get(position.date)
    if days is None:
        try:
            days = (
                Days(first_day(position.date), last_day(position.date))
                if position.date
                else Days(date.min, date.min)
            )
        except ValueError as problem:
            where = position.statement or position.record or "an entered position"
            raise CountError(
                f"the position of {position.actor.name} on {position.option} ({where}): {problem}"
            ) from None
        known[position.date] = days
    return days


def counts(days: Days, as_of: date, starts: date | None) -> bool:
    """Return whether a date counts: it ends by `as_of` and doesn't begin before `starts`.

    The undated, being oldest, count where there is no `starts`.
    """
    return days.last <= as_of and (starts is None or days.first >= starts)


def in_order(positions: Iterable[Position], days: Callable[[Position], Days]) -> list[Evidence]:
    """Return one cell's evidence, the best first."""
    found = []
    for position in positions:
        first, last = days(position)
        actor = position.actor
        found.append(
            Evidence(
                (
                    class_of(position),
                    -first.toordinal(),
                    0 if position.origin == "vote" else 1,
                    0 if is_direct(position) else 1,
                    rank(actor.role),
                    0 if position.strength == "plain" else 1,
                ),
                (
                    position.article or "",
                    _numbers(position.statement),
                    position.statement or position.record or "",
                    -1 if position.piece is None else position.piece,
                ),
                last,
                position,
            )
        )
    found.sort(key=_key)
    if any(_key(one) == _key(other) for one, other in itertools.pairwise(found)):
        found.sort(key=lambda evidence: (*_key(evidence), repr(evidence.position)))
    return found


def class_of(position: Position) -> int:
    """Return the class of a position: `OWN`, `DERIVED` or `REPORTED`."""
    if position.reported:
        return REPORTED
    return OWN if position.implied_by is None else DERIVED


def is_direct(position: Position) -> bool:
    """Return whether a position is direct speech or an announcement, as what is entered is."""
    return position.kind == "direct" or position.origin == "entered"


def is_contested(evidence: Sequence[Evidence]) -> bool:
    """Return whether other evidence stands against the first of a cell's.

    That is evidence as good as the first with another stance, or newer evidence of a lower class
    with another stance. A hedge or a report of the same stance points the same way.
    """
    first = evidence[0]
    best_class, age = first.weight[:2]
    for other in evidence[1:]:
        if other.position.stance == first.position.stance:
            continue
        if other.weight == first.weight:
            return True
        if other.weight[0] > best_class and other.weight[1] < age:
            return True
    return False


def _key(evidence: Evidence) -> tuple[tuple[object, ...], tuple[object, ...]]:
    return evidence.weight, evidence.place


def _numbers(statement: str | None) -> tuple[int, ...]:
    """Return a statement's number in its article, so that the tenth comes after the ninth."""
    number = (statement or "").rpartition(".")[2]
    return (int(number),) if number.isascii() and number.isdigit() else ()
