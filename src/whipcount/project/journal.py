"""The journal: who changed what, when, and what it was before and after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from whipcount.project.rows import KEPT, Draft, columns_of
from whipcount.project.slices import parts_of
from whipcount.project.store import Project, said


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the journal. `undone_by` is the change that undid it, None where it stands."""

    number: int
    who: str
    at: str
    what: str
    about: str
    note: str
    undoes: int | None
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that a change touched: its values before (None: it was new) and after (None: ended)."""

    table: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def history(
    project: Project, *, before: int | None = None, limit: int = 50, who: str = "", about: str = ""
) -> tuple[Change, ...]:
    """Return the newest changes, the last first; those below `before`, of a person, about an id."""
    conditions, values = ["c.part_of IS NULL"], []
    for condition, value in (
        ("c.change < ?", before),
        ("c.who = ?", who or None),
        ("c.about = ?", about or None),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    found = project.connection.execute(
        "SELECT c.change, c.who, c.at, c.what, c.about, c.note, c.undoes, "
        "(SELECT MAX(u.change) FROM changes u WHERE u.undoes = c.change) FROM changes c "
        f"WHERE {' AND '.join(conditions)} ORDER BY c.change DESC LIMIT ?",
        (*values, limit),
    )
    return tuple(Change(*row) for row in found)


def last_change(project: Project) -> int:
    """Return the number of the newest change of anybody; it rises with each."""
    with said(project.path):
        found = project.connection.execute("SELECT MAX(change) FROM changes").fetchone()
    return int(found[0] or 0)


def rows_of(project: Project, change: int, *, limit: int | None = None) -> tuple[RowChange, ...]:
    """Return the rows that a change touched, by table and key; `limit` at most, where given."""
    found: list[RowChange] = []
    parts = parts_of(project, change)
    for table in KEPT:
        left = None if limit is None else limit - len(found)
        columns = columns_of(table)
        for key in sorted(keys_touched(project, table, parts, limit=left)):
            before = after = None
            rows = project.connection.execute(
                f"SELECT since, until, {', '.join(columns)} FROM {table} WHERE key = ? "
                "ORDER BY row",
                (key,),
            )
            for since, until, *values in rows:
                if until in parts and since not in parts:
                    before = dict(zip(columns, values, strict=True))
                if since in parts and until not in parts:
                    after = dict(zip(columns, values, strict=True))
            found.append(RowChange(table, key, before, after))
    return tuple(found)


def extent(project: Project, change: int) -> tuple[int, int]:
    """Return how many rows a change added, and how many it ended."""
    return extent_of(project, parts_of(project, change))


def extent_of(project: Project | Draft, numbers: Collection[int]) -> tuple[int, int]:
    """Return how many rows changes added, and how many they ended, each without its parts."""
    listed = ", ".join(map(str, numbers))
    added, ended = (
        sum(
            int(
                project.connection.execute(
                    f"SELECT COUNT(*) FROM {table} WHERE {column} IN ({listed})"
                ).fetchone()[0]
            )
            for table in KEPT
        )
        for column in ("since", "until")
    )
    return added, ended


def state(project: Project, change: int | None = None) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return every kept row as of a change, by table and key; of now where it is None."""
    found = {}
    if change is not None:
        change = parts_of(project, change)[-1]
    for table in KEPT:
        names = ", ".join(columns_of(table))
        condition = "until IS NULL"
        values: tuple[int, ...] = ()
        if change is not None:
            condition, values = "since <= ? AND (until IS NULL OR until > ?)", (change, change)
        for key, *rest in project.connection.execute(
            f"SELECT key, {names} FROM {table} WHERE {condition}", values
        ):
            found[table, key] = tuple(rest)
    return found


def keys_touched(
    project: Project | Draft, table: str, changes: Collection[int], *, limit: int | None = None
) -> list[str]:
    """Return the keys of a table that changes added rows to or ended rows of, each once.

    They come in the order of changes and rows; only so many of them where there is a `limit`.
    """
    keys: dict[str, None] = {}
    for number in sorted(changes):
        for column in ("since", "until"):
            if limit is None or len(keys) < limit:
                found = project.connection.execute(
                    f"SELECT key FROM {table} WHERE {column} = ? ORDER BY row LIMIT ?",
                    (number, -1 if limit is None else limit),
                )
                keys |= dict.fromkeys(key for (key,) in found)
    return list(keys)[:limit]
