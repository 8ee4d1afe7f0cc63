"""What counts as evidence for a cell, and which of it wins (rule 3)."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
    """The first and last day of a date; of the undated, the oldest day that there is.

    `weight` is what they give to a position's weight (`weighed`).
    """

    first: date
    last: date
    weight: int


@dataclass(frozen=True, slots=True)
class Pile:
    """One cell's evidence: positions, and beside each its weight and the last day of its date.

    Both are in one number, as `weighed` gives it, the day in its lowest bits. The least weight
    wins: it has from its highest bits on class, newness, vote, directness, rank and strength. Two
    of one weight are equally good. Numbers that are no objects of their own keep 100,000 positions
    out of the collector's way, which takes as long as counting them.
    """

    positions: list[Position] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    def add(self, position: Position, weight: int) -> None:
        """Put a position on the pile, with what `weighed` gives for it."""
        self.positions.append(position)
        self.weights.append(weight)

    def of(self, places: Iterable[int]) -> Pile:
        """Return the pile of the pieces at some places, in that order."""
        positions, weights = self.positions, self.weights
        chosen = list(places)
        return Pile([positions[one] for one in chosen], [weights[one] for one in chosen])


DAY_BITS, RANK_BITS = 22, 2
"""A day's number has 22 bits, a rank 2. Below the class stand the age, one bit each for vote and
directness, the rank, and one for strength."""

BELOW_AGE = 2 + RANK_BITS + 1

A_DAY = (1 << DAY_BITS) - 1

AGE_PLACE = BELOW_AGE + DAY_BITS
CLASS_PLACE = AGE_PLACE + DAY_BITS
"""Bits below a weight's age and class: the day itself is the lowest."""


def days_of(position: Position, known: dict[str, Days]) -> Days:
    """Return the days of a position's date, remembered in `known`; CountError where it is none."""
    days = known.get(position.date)
    if days is None:
        try:
            first = first_day(position.date) if position.date else date.min
            last = last_day(position.date) if position.date else date.min
            age = date.max.toordinal() - first.toordinal()
            days = Days(first, last, age << AGE_PLACE | last.toordinal())
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


def in_order(pile: Pile) -> Pile:
    """Return one cell's evidence, the best first."""
    if len(pile.positions) < 2:
        return pile
    weights = pile.weights
    order = sorted(range(len(weights)), key=weights.__getitem__)
    bare = [weights[place] >> DAY_BITS for place in order]
    if len(set(bare)) < len(bare):
        order = [
            place
            for _, alike in itertools.groupby(order, lambda place: weights[place] >> DAY_BITS)
            for place in _read(list(alike), pile.positions)
        ]
    return pile.of(order)


def weighed(position: Position, known: dict[str, Days]) -> int:
    """Return the weight of a position, and below it the number of its date's last day.

    Dates' days are remembered in `known`.
    """
    days = known.get(position.date) or days_of(position, known)
    origin = position.origin
    # entered by a person is as good as direct speech
    told = position.kind != "direct" and origin != "entered"
    below = (
        (told if origin == "vote" else told + 2) << RANK_BITS + 1
        | rank(position.actor.role) << 1
        | (position.strength != "plain")
    )
    return class_of(position) << CLASS_PLACE | days.weight | below << DAY_BITS


def class_of(position: Position) -> int:
    """Return the class of a position: `OWN`, `DERIVED` or `REPORTED`."""
    if position.reported:
        return REPORTED
    return OWN if position.implied_by is None else DERIVED


def is_contested(pile: Pile) -> bool:
    """Return whether other evidence of a cell, best first, stands against its first."""
    return contesting(pile) is not None


def contesting(pile: Pile) -> Position | None:
    """Return the best evidence that stands against the first of a cell's; None where none does.

    That is evidence as good as the first with another stance, or newer evidence of a lower class
    with another stance. A hedge or a report of the same stance points the same way.
    """
    weights, positions = pile.weights, pile.positions
    first, stance = weights[0] >> DAY_BITS, positions[0].stance
    for place in range(1, len(weights)):
        if weights[place] >> DAY_BITS != first:
            break
        if positions[place].stance != stance:
            return positions[place]
    best, newest = _class_and_age(weights[0])
    for lower in range(best + 1, REPORTED + 1):
        start = bisect.bisect_left(weights, lower << CLASS_PLACE)
        for place in range(start, len(weights)):
            found, age = _class_and_age(weights[place])
            if found != lower or age >= newest:
                break
            if positions[place].stance != stance:
                return positions[place]
    return None


def _class_and_age(weight: int) -> tuple[int, int]:
    """Return the class of a weight, and how old it is, in days before the end of all time."""
    return divmod(weight >> AGE_PLACE, 1 << DAY_BITS)


def _read(places: list[int], positions: Sequence[Position]) -> list[int]:
    """Return the places of positions of one weight in reading order."""
    if len(places) > 1:
        keys = {place: _key(positions[place]) for place in places}
        places.sort(key=keys.__getitem__)
        if len(set(keys.values())) < len(places):
            places.sort(key=lambda place: (keys[place], repr(positions[place])))
    return places


def _key(position: Position) -> tuple[str, tuple[int, ...], str, int]:
    return (
        position.article or "",
        _numbers(position.statement),
        position.statement or position.record or "",
        -1 if position.piece is None else position.piece,
    )


def _numbers(statement: str | None) -> tuple[int, ...]:
    """Return a statement's number in its article, so that the tenth comes after the ninth."""
    number = (statement or "").rpartition(".")[2]
    return (int(number),) if number.isascii() and number.isdigit() else ()
