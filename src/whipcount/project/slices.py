"""Large changes, made in slices: some hundred rows a transaction, so that nobody waits for them.

In the journal such a change is several: the first, which people see and undo, and its parts. What
is left to do is kept with each slice, so a process that dies loses nothing, and any other goes on
where it was. While one is under way everything else can be decided, but no second large change.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from whipcount.errors import ProjectError
from whipcount.project.rows import By, Draft, as_json, changing, in_one
from whipcount.project.store import Project, said

Given: TypeAlias = Mapping[str, Any]
Reached: TypeAlias = dict[str, Any]
Step: TypeAlias = Callable[[Draft, Given, Reached, int], Reached | None]
"""What makes a slice: from what was asked for, where it was reached, and how many rows at most, it
returns where it is reached then, None where all is done."""

SLICE = 500
"""Rows of a slice. Swept at 100,000 statements on two busy cores: a slice of 250 takes 20 to 40 ms,
of 500 30 to 80, of 1,000 70 to 200, and all takes as long in each but for the rest between."""

MOST_REST = 0.1
"""Seconds between two slices at most. Who waits for the file asks for it again in steps that grow
to a tenth of a second (SQLite's busy handler), and must find it free."""

_STEPS: dict[str, Step] = {}


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A large change that is being made: whose, what, and how many of its rows are done."""

    change: int
    who: str
    at: str
    what: str
    about: str
    note: str
    done: int
    whole: int

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return min(1.0, self.done / self.whole) if self.whole else 1.0


def step(what: str) -> Callable[[Step], Step]:
    """Register a function as what makes the slices of a kind of change."""

    def registered(function: Step) -> Step:
        _STEPS[what] = function
        return function

    return registered


def under_way(project: Project) -> UnderWay | None:
    """Return the large change that is under way, None where there is none."""
    with said(project.path):
        found = project.connection.execute(
            "SELECT c.change, c.who, c.at, c.what, c.about, c.note, u.done, u.whole "
            "FROM unfinished u JOIN changes c ON c.change = u.change"
        ).fetchone()
    return None if found is None else UnderWay(*found)


def refuse_while_under_way(project: Project) -> None:
    """Raise ProjectError where a large change is under way."""
    found = under_way(project)
    if found is not None:
        raise ProjectError(
            f"{found.who}’s change {found.change} ({found.what}) is being made, {found.share:.0%} "
            "of it is done; try again when it is"
        )


def begin(
    project: Project,
    by: By,
    what: str,
    given: Given,
    *,
    about: str = "",
    note: str = "",
    undoes: int | None = None,
    whole: int = 0,
) -> int | None:
    """Make the first slice of a change; return its number, None where nothing changes.

    `go_on` makes the others, if there are any. `whole` is about how many rows it touches. Raises
    ProjectError where another large change is under way.
    """
    with changing(project, by, what, about, note=note, undoes=undoes) as draft:
        refuse_while_under_way(project)
        reached = _STEPS[what](draft, given, {}, SLICE)
        if reached is not None:
            draft.connection.execute(
                "INSERT INTO unfinished VALUES (?, ?, ?, ?, ?)",
                (draft.number, as_json(given), as_json(reached), draft.touched, whole),
            )
    return draft.result


def go_on(project: Project) -> bool:
    """Make one more slice of the change that is under way; False where none is, or it is done."""
    found = under_way(project)
    if found is None:
        return False
    by = By(found.who, found.at)
    with changing(
        project, by, found.what, found.about, note=found.note, part_of=found.change
    ) as draft:
        row = draft.connection.execute(
            "SELECT given, reached FROM unfinished WHERE change = ?", (found.change,)
        ).fetchone()
        if row is None:  # another process made the last slice
            return False
        given, reached = map(json.loads, row)
        more = _STEPS[found.what](draft, given, reached, SLICE)
        _keep(draft, found.change, more)
    if more is None and not draft.touched:  # nothing was left, and so there is no last part
        with said(project.path), in_one(project.connection) as connection:
            connection.execute("DELETE FROM unfinished WHERE change = ?", (found.change,))
    return more is not None


def finish(project: Project) -> None:
    """Make all that is left of the change that is under way, if there is one."""
    began = time.monotonic()
    while go_on(project):
        rest(began)
        began = time.monotonic()


def rest(began: float) -> None:
    """Leave the file to others as long as a slice took that began at a `time.monotonic`."""
    time.sleep(min(time.monotonic() - began, MOST_REST))


def write_in_slices(project: Project, sql: str, values: Sequence[tuple[object, ...]]) -> None:
    """Write to a cache, which is in no journal, a slice a transaction."""
    for start in range(0, len(values), SLICE):
        began = time.monotonic()
        with said(project.path), in_one(project.connection) as connection:
            connection.executemany(sql, values[start : start + SLICE])
        if start + SLICE < len(values):
            rest(began)


def parts_of(project: Project | Draft, change: int) -> tuple[int, ...]:
    """Return the numbers of a change and its parts, in order; of a part, those of its whole."""
    found = project.connection.execute(
        "SELECT change FROM changes WHERE change = ?1 UNION "
        "SELECT change FROM changes WHERE part_of = ?1 ORDER BY change",
        (first_of(project, change),),
    )
    return tuple(number for (number,) in found)


def first_of(project: Project | Draft, change: int) -> int:
    """Return the number that people know a change by: its own, or that of which it is a part."""
    found = project.connection.execute(
        "SELECT part_of FROM changes WHERE change = ?", (change,)
    ).fetchone()
    return change if found is None or found[0] is None else int(found[0])


def _keep(draft: Draft, change: int, reached: Reached | None) -> None:
    if reached is None:
        draft.connection.execute("DELETE FROM unfinished WHERE change = ?", (change,))
    else:
        draft.connection.execute(
            "UPDATE unfinished SET reached = ?, done = done + ? WHERE change = ?",
            (as_json(reached), draft.touched, change),
        )
