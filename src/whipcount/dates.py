"""Dates of three precisions, and the days that they cover.

A date is an ISO string: `2008`, `2023-07` or `2023-07-11`; empty where undated (DESIGN.md).
"""

from __future__ import annotations

import calendar
from datetime import date


def first_day(iso: str) -> date:
    """Return the first day of an ISO date of any precision; ValueError where it is none."""
    year, month, day = _parts(iso)
    return date(year, month or 1, day or 1)


def last_day(iso: str) -> date:
    """Return the last day of an ISO date of any precision; ValueError where it is none."""
    year, month, day = _parts(iso)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def is_date(iso: str) -> bool:
    """Return whether a string is an ISO date of one of the three precisions."""
    try:
        first_day(iso)
    except ValueError:
        return False
    return True


def _parts(iso: str) -> tuple[int, int | None, int | None]:
    pieces = iso.split("-")
    if not (1 <= len(pieces) <= 3 and len(pieces[0]) == 4 and all(len(p) == 2 for p in pieces[1:])):
        raise ValueError(f"{iso!r} is no date: write 2023, 2023-07 or 2023-07-11")
    if not all(piece.isascii() and piece.isdigit() for piece in pieces):
        raise ValueError(f"{iso!r} is no date: write 2023, 2023-07 or 2023-07-11")
    numbers = [int(piece) for piece in pieces]
    month = numbers[1] if len(numbers) > 1 else None
    day = numbers[2] if len(numbers) > 2 else None
    date(numbers[0], month or 1, day or 1)
    return numbers[0], month, day
