"""A count through time as a picture shows it: for each option its tallies, verdicts and rows.

Nothing is drawn here; `plot` does that.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from whipcount import model

What = TypeVar("What")

ONE_DAY = timedelta(days=1)

HEAD = 0.15
"""A beginning of that share of the days in which nobody has said anything is not drawn."""

UPWARDS: tuple[model.Stand, ...] = (
    *("yes", "leaning-yes", "conditional", "undecided", "abstain"),
    *("not-on-record", "leaning-no", "no"),
)
"""Stands from the floor of a stack to its ceiling: those for it rise, those against it hang down,
and those who have not spoken are the gap between them."""


@dataclass(frozen=True)
class Stretch(Generic[What]):
    """Days on which something was the same; `ends` is the first day on which it wasn't."""

    begins: date
    ends: date
    what: What


@dataclass(frozen=True)
class Standing:
    """A stand, and whether it was contested."""

    stand: model.Stand
    contested: bool


@dataclass(frozen=True)
class Row:
    """A member's stands through time; `last` is None where it left before the end."""

    member: str
    stretches: tuple[Stretch[Standing], ...]
    last: model.Stand | None


@dataclass(frozen=True)
class Panel:
    """One option: how many members have each stand, the verdicts, and who they are.

    `rows` are the members that were on record at any time, in the order of the stack on the last
    day, from its ceiling down; `silent` are the others' names in the body's order.
    """

    option: model.Option
    tallies: tuple[Stretch[dict[model.Stand, int]], ...]
    outcomes: tuple[Stretch[model.Outcome], ...]
    rows: tuple[Row, ...]
    silent: tuple[str, ...]


def panels(timeline: model.Timeline) -> tuple[Panel, ...]:
    """Return a panel for each option of a timeline, from its first day to its last."""
    return tuple(_panel(timeline, option) for option in timeline.issue.options)


def first_drawn(timeline: model.Timeline) -> date:
    """Return the day on which a picture begins: the first, or shortly before anybody speaks.

    A long silence at the beginning would push what happened into a corner.
    """
    spoken = first_word(timeline)
    if spoken is None or spoken - timeline.first < HEAD * (timeline.last - timeline.first):
        return timeline.first
    return max(timeline.first, spoken - max(ONE_DAY, (timeline.last - spoken) // 20))


def first_word(timeline: model.Timeline) -> date | None:
    """Return the day on which the first member is on record; None where nobody ever is."""
    told = (*timeline.opening, *timeline.changes)
    return min(
        (change.day for change in told if change.after not in (None, "not-on-record")), default=None
    )


def _panel(timeline: model.Timeline, option: model.Option) -> Panel:
    end = timeline.last + ONE_DAY
    tallies = [tally for tally in timeline.tallies if tally.option == option.id]
    ends = [*(tally.day for tally in tallies[1:]), end]
    rows = _rows(timeline, option.id)
    spoken = [row for row in rows if _spoke(row)]
    return Panel(
        option=option,
        tallies=tuple(
            Stretch(tally.day, until, dict(tally.stands))
            for tally, until in zip(tallies, ends, strict=True)
        ),
        outcomes=tuple(_outcomes(tallies, end)),
        rows=tuple(sorted(spoken, key=_place)),
        silent=tuple(row.member for row in rows if not _spoke(row)),
    )


def _outcomes(tallies: list[model.Tally], end: date) -> Iterator[Stretch[model.Outcome]]:
    """Yield the verdicts of an option, each as long as it held."""
    held = [list(days) for _, days in itertools.groupby(tallies, key=lambda one: one.outcome)]
    for place, days in enumerate(held):
        until = held[place + 1][0].day if place + 1 < len(held) else end
        yield Stretch(days[0].day, until, days[0].outcome)


def _rows(timeline: model.Timeline, option: str) -> list[Row]:
    """Return the row of each member of any day, in the body's order."""
    told: dict[str, list[model.Change]] = {}
    for change in (*timeline.opening, *timeline.changes):
        if change.option == option:
            told.setdefault(change.member, []).append(change)
    end = timeline.last + ONE_DAY
    rows = []
    for member in (one.name for one in timeline.body.members if one.name in told):
        changes = told[member]
        until = [*(change.day for change in changes[1:]), end]
        stretches = tuple(
            Stretch(change.day, ends, Standing(change.after, change.contested))
            for change, ends in zip(changes, until, strict=True)
            if change.after is not None
        )
        rows.append(Row(member, stretches, changes[-1].after))
    return rows


def _spoke(row: Row) -> bool:
    return any(stretch.what.stand != "not-on-record" for stretch in row.stretches)


def _place(row: Row) -> tuple[int, int]:
    """Return where a row stands: by its last stand, and outside who has stood so longest.

    Those who left come last.
    """
    if row.last is None:
        return len(UPWARDS), row.stretches[-1].ends.toordinal()
    same = itertools.takewhile(
        lambda stretch: stretch.what.stand == row.last, reversed(row.stretches)
    )
    since = min(stretch.begins for stretch in same).toordinal()
    hangs = UPWARDS.index(row.last) > UPWARDS.index("not-on-record")
    return -UPWARDS.index(row.last), since if hangs else -since
