"""Changes: who moved on which day, on which words, and what the rule made of it."""

from __future__ import annotations

from datetime import date, timedelta

from starlette.responses import Response

from whipcount.app.asked import Asked
from whipcount.errors import ProjectError
from whipcount.model import Change, Turn

MOST = 100
"""Moves that are listed, and the rest of a day; more are a matter of choosing the days."""


ONE_DAY = timedelta(days=1)
"""Who spoke on the first day moved on it; what was the day before is what they moved from."""


def changes(asked: Asked) -> Response:
    """Return who moved from a day to a day, the newest first."""
    span = asked.days()
    if span is None:
        return asked.answer("empty.html")
    first, last = _day(asked, "first", span[0] - ONE_DAY), _day(asked, "last", span[1])
    if first > last:
        raise ProjectError(f"the span ends on {last}, before it begins on {first}")
    kept = asked.of.timelines.wanted(f"{first}/{last}", asked.change())
    days: dict[date, tuple[list[Change], list[Turn]]] = {}
    if kept is not None:
        for move in kept.made.changes:
            days.setdefault(move.day, ([], []))[0].append(move)
        for turn in kept.made.turns:
            days.setdefault(turn.day, ([], []))[1].append(turn)
    shown: list[tuple[date, tuple[list[Change], list[Turn]]]] = []
    moves = 0
    for day in sorted(days, reverse=True):
        if moves >= MOST:
            break
        shown.append((day, days[day]))
        moves += len(days[day][0])
    return asked.answer(
        "changes.html",
        kept=kept,
        first=first.isoformat(),
        last=last.isoformat(),
        days=shown,
        more=len(days) - len(shown),
        options={option.id: option for option in asked.files().issue.options},
    )


def _day(asked: Asked, name: str, default: date) -> date:
    given = asked.given(name)
    if not given:
        return default
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ProjectError(f"{given!r:.40} is no day; write it as 2023-07-11") from None
