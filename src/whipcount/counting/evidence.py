"""What counts as evidence for a cell, and which of it wins (rule 3)."""

from __future__ import annotations

import bisect
import itertools
import operator
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

    `age` is the number of days from the first to the end of all time.
    """

    first: date
    last: date
    age: int


class Evidence(NamedTuple):
    """A position in the order in which evidence wins; the least is first.

    `weight` decides: from its highest bits on class, newness, vote, directness, rank and strength.
    Two of one weight are equally good. `last` is the number of the last day of its date.
    """

    weight: int
    last: int
    position: Position


@dataclass(frozen=True, slots=True)
class Pile:
    """One cell's evidence as it comes: positions, and beside each its weight and last day in one.

    Numbers that are no objects of their own keep 100,000 positions out of the collector's way,
    which takes as long as counting them.
    """

    positions: list[Position] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    def add(self, position: Position, weight: int) -> None:
        """Put a position on the pile, with what `weighed` gives for it."""
        self.positions.append(position)
        self.weights.append(weight)


DAY_BITS, RANK_BITS = 22, 2
"""A day's number has 22 bits, a rank 2. Below the class stand the age, one bit each for vote and
directness, the rank, and one for strength."""

BELOW_AGE = 2 + RANK_BITS + 1

_weight = operator.itemgetter(0)


def days_of(position: Position, known: dict[str, Days]) -> Days:
    """Return the days of a position's date, remembered in `known`; CountError where it is none."""
    days = known.get(position.date)
    if days is None:
        try:
            first = first_day(position.date) if position.date else date.min
            last = last_day(position.date) if position.date else date.min
            days = Days(first, last, date.max.toordinal() - first.toordinal())
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


def in_order(pile: Pile) -> list[Evidence]:
    """Return one cell's evidence, the best first."""
    day = (1 << DAY_BITS) - 1
    found = [
        Evidence(packed >> DAY_BITS, packed & day, position)
        for packed, position in zip(pile.weights, pile.positions, strict=True)
    ]
    found.sort(key=_weight)
    if len(set(map(_weight, found))) == len(found):
        return found
    return [piece for _, alike in itertools.groupby(found, _weight) for piece in _read(alike)]


def weighed(position: Position, known: dict[str, Days]) -> int:
    """Return the weight of a position, and below it the number of its date's last day.

    Dates' days are remembered in `known`.
    """
    date_ = position.date
    days = known[date_] if date_ in known else days_of(position, known)
    weight = REPORTED if position.reported else DERIVED if position.implied_by else OWN
    origin = position.origin
    # entered by a person is as good as direct speech
    told = position.kind != "direct" and origin != "entered"
    return (
        (weight << DAY_BITS | days.age) << BELOW_AGE
        | (told if origin == "vote" else told + 2) << RANK_BITS + 1
        | rank(position.actor.role) << 1
        | (position.strength != "plain")
    ) << DAY_BITS | days.last.toordinal()


def class_of(position: Position) -> int:
    """Return the class of a position: `OWN`, `DERIVED` or `REPORTED`."""
    if position.reported:
        return REPORTED
    return OWN if position.implied_by is None else DERIVED


def is_contested(evidence: Sequence[Evidence]) -> bool:
    """Return whether other evidence stands against the first of a cell's."""
    return contesting(evidence) is not None


def contesting(evidence: Sequence[Evidence]) -> Position | None:
    """Return the best evidence that stands against the first of a cell's; None where none does.

    That is evidence as good as the first with another stance, or newer evidence of a lower class
    with another stance. A hedge or a report of the same stance points the same way.
    """
    first = evidence[0]
    stance = first.position.stance
    for other in itertools.islice(evidence, 1, None):
        if other.weight != first.weight:
            break
        if other.position.stance != stance:
            return other.position
    best, newest = _class_and_age(first.weight)
    for lower in range(best + 1, REPORTED + 1):
        start = bisect.bisect_left(evidence, lower << DAY_BITS + BELOW_AGE, key=_weight)
        for other in itertools.islice(evidence, start, None):
            found, age = _class_and_age(other.weight)
            if found != lower or age >= newest:
                break
            if other.position.stance != stance:
                return other.position
    return None


def _class_and_age(weight: int) -> tuple[int, int]:
    """Return the class of a weight, and how old it is, in days before the end of all time."""
    return divmod(weight >> BELOW_AGE, 1 << DAY_BITS)


def _read(alike: Iterable[Evidence]) -> list[Evidence]:
    """Return pieces of one weight in reading order."""
    pieces = list(alike)
    if len(pieces) > 1:
        pieces.sort(key=_place)
        if any(_place(one) == _place(other) for one, other in itertools.pairwise(pieces)):
            pieces.sort(key=lambda piece: (_place(piece), repr(piece.position)))
    return pieces


def _place(piece: Evidence) -> tuple[str, tuple[int, ...], str, int]:
    position = piece.position
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
