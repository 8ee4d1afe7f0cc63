"""Where a time axis is marked, and with which words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from whipcount.rendering.words import MONTHS

MONTH_STEPS = (1, 2, 3, 6, 12)
"""Months from mark to mark, so that each year has the same ones."""

YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)

DAY_STEPS = (1, 2, 7, 14, 28)


def ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """Return the days between two, both included, that an axis marks; `most` of them at most.

    Days where the months are too few, months, or years. A mark says its year where that is new.
    """
    days = (last - first).days + 1
    months = list(_months(first, last))
    if len(months) < 3:
        step = next((step for step in DAY_STEPS if days <= step * most), DAY_STEPS[-1])
        marked = [first + timedelta(number) for number in range(0, days, step)]
        return [
            (day, _day(day, marked[place - 1] if place else None))
            for place, day in enumerate(marked)
        ]
    for step in MONTH_STEPS:
        marked = [day for day in months if (day.month - 1) % step == 0]
        if 2 <= len(marked) <= most and step < 12:
            return [
                (day, _month(day, marked[place - 1] if place else None))
                for place, day in enumerate(marked)
            ]
    years = [day for day in months if day.month == 1]
    step = next(step for step in YEAR_STEPS if len(years) <= step * most)
    return [(day, str(day.year)) for day in years if day.year % step == 0]


def _months(first: date, last: date) -> Iterator[date]:
    """Yield the first days of months between two days."""
    day = first if first.day == 1 else _next(first)
    while day <= last:
        yield day
        day = _next(day)


def _next(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _day(day: date, before: date | None) -> str:
    words = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return words if before is not None and before.year == day.year else f"{words} {day.year}"


def _month(day: date, before: date | None) -> str:
    words = MONTHS[day.month - 1][:3]
    return words if before is not None and before.year == day.year else f"{words} {day.year}"
