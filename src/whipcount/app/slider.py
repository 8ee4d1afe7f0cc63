"""A slider through days: where it begins and ends, and the days that are marked on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SLOTS = 500
"""Places on the slider at which marks are told apart."""

MOST_STOPS = 2000
"""Days that the step keys go to at most; of more only each second one, each third, and so on."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something is on the slider, 0 to 1000, and how high its mark is, 0 to 1."""

    at: int
    height: float


@dataclass(frozen=True, slots=True)
class Slider:
    """A slider from the day before anything to the last, at a day; `stops` are days to step to."""

    day: date
    first: date
    last: date
    marks: tuple[Mark, ...]
    stops: tuple[str, ...]

    @property
    def slots(self) -> int:
        """How many days it has after the first."""
        return (self.last - self.first).days

    @property
    def slot(self) -> int:
        """How many days after the first it is at."""
        return min(max((self.day - self.first).days, 0), self.slots)


def slider(
    span: tuple[date, date],
    starts: date | None,
    day: date,
    marked: Mapping[date, int],
    full: int = 0,
) -> Slider:
    """Return a slider over a span of days, the issue's start before which nothing counts.

    `marked` are how much happened on days; a mark is as high as it may be at `full`, by default at
    what a tenth of the marks pass.
    """
    first, last = span
    if starts:
        first = min(max(first, starts), last)
    if first > date.min:
        first -= timedelta(days=1)
    width = max(1, (last - first).days)
    places: dict[int, int] = {}
    inside = {each: number for each, number in sorted(marked.items()) if first <= each <= last}
    for each, number in inside.items():
        at = round(SLOTS * (each - first).days / width)
        places[at] = places.get(at, 0) + number
    ranked = sorted(places.values())
    most = full or (ranked[-(-9 * len(ranked) // 10) - 1] if ranked else 1)
    return Slider(
        day,
        first,
        last,
        tuple(
            Mark(round(1000 * at / SLOTS), min(1.0, number / most)) for at, number in places.items()
        ),
        tuple(each.isoformat() for each in inside)[:: 1 + len(inside) // (MOST_STOPS + 1)],
    )
