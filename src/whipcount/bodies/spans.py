"""Spans of days on which nothing of a body changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from whipcount.model import Body, Member

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `since` to the one before `until`; None where there is no first or last."""

    since: date | None = None
    until: date | None = None

    @property
    def first(self) -> date:
        """The first of the days, which stands for all of them."""
        return self.since or date.min

    def __str__(self) -> str:
        last = None if self.until is None else self.until - ONE_DAY
        if self.since is None:
            return "on every day" if last is None else f"until {last}"
        if last is None:
            return f"from {self.since} on"
        return f"on {last}" if last == self.since else f"from {self.since} to {last}"


Span: TypeAlias = tuple[Days, tuple[Member, ...]]
"""Days on which nothing changes, and their members in the file's order."""


def body_spans(body: Body) -> Iterator[Span]:
    """Yield all days in spans, the first from ever on.

    A span ends where a term begins or ends, a weight changes, or a rule begins or ends to hold.
    """
    changes: dict[date, list[tuple[int, bool]]] = {date.min: []}
    for number, member in enumerate(body.members):
        for term in member.terms:
            changes.setdefault(term.joined or date.min, []).append((number, True))
            if term.left is not None:
                changes.setdefault(term.left, []).append((number, False))
        for weights in member.weights:
            changes.setdefault(weights.since or date.min, [])
    for rule in body.rules:
        changes.setdefault(rule.since or date.min, [])
        changes.setdefault(rule.until or date.min, [])
    there: set[int] = set()
    since = None
    for day in sorted(changes):
        if day > date.min:
            yield Days(since, day), _members(body, there)
            since = day
        # who leaves first: a term may begin on the day on which the one before ends
        there -= {number for number, joins in changes[day] if not joins}
        there |= {number for number, joins in changes[day] if joins}
    yield Days(since), _members(body, there)


def _members(body: Body, there: set[int]) -> tuple[Member, ...]:
    return tuple(body.members[number] for number in sorted(there))
