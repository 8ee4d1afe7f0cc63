"""The journal: who changed what, when, what it was before and after; and undoing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from whipcount.errors import ProjectError
from whipcount.project.rows import KEPT, By, Draft, changing, columns_of, end, put
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
    conditions, values = ["1"], []
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


def rows_of(project: Project, change: int) -> tuple[RowChange, ...]:
    """Return the rows that a change touched, by table and key."""
    found = []
    for table in KEPT:
        columns = columns_of(table)
        names = ", ".join(columns)
        before = {
            row[0]: dict(zip(columns, row[1:], strict=True))
            for row in project.connection.execute(
                f"SELECT key, {names} FROM {table} WHERE until = ?", (change,)
            )
        }
        after = {
            row[0]: dict(zip(columns, row[1:], strict=True))
            for row in project.connection.execute(
                f"SELECT key, {names} FROM {table} WHERE since = ?", (change,)
            )
        }
        found += [
            RowChange(table, key, before.get(key), after.get(key))
            for key in sorted({*before, *after})
        ]
    return tuple(found)


def state(project: Project, change: int | None = None) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return every kept row as of a change, by table and key; of now where it is None."""
    found = {}
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


def undo(project: Project, changes: int | Iterable[int], by: By) -> int | None:
    """Undo what changes did, by a new change that can be undone too; return its number.

    Raises ProjectError where there is no such change, or where a later change was built on one.
    """
    chosen = {changes} if isinstance(changes, int) else set(changes)
    if not chosen:
        return None
    for number in sorted(chosen):
        found = project.connection.execute("SELECT what FROM changes WHERE change = ?", (number,))
        what = found.fetchone()
        if what is None:
            raise ProjectError(f"there is no change {number}; whipcount history lists them")
        if what[0] == "init":
            raise ProjectError(f"change {number} made the project; remove its file instead")
    names = ", ".join(map(str, sorted(chosen)))
    single = next(iter(chosen)) if len(chosen) == 1 else None
    with changing(project, by, "undo", names, undoes=single) as draft:
        gone: list[tuple[str, str]] = []
        for table in KEPT:
            for key in _touched(draft, table, chosen):
                if _restore(draft, table, key, chosen):
                    gone.append((table, key))
        _refuse_orphans(draft, gone)
    return draft.result


def undo_last(project: Project, by: By) -> int | None:
    """Undo the newest change that this person made and that stands; None where there is none."""
    found = project.connection.execute(
        "SELECT c.change FROM changes c WHERE c.who = ? AND c.what <> 'undo' "
        "AND NOT EXISTS (SELECT 1 FROM changes u WHERE u.undoes = c.change AND NOT EXISTS "
        "(SELECT 1 FROM changes v WHERE v.undoes = u.change)) ORDER BY c.change DESC LIMIT 1",
        (by.who,),
    ).fetchone()
    return None if found is None else undo(project, found[0], by)


def _touched(draft: Draft, table: str, chosen: Collection[int]) -> list[str]:
    keys: set[str] = set()
    for number in chosen:
        keys.update(
            key
            for (key,) in draft.connection.execute(
                f"SELECT key FROM {table} WHERE since = ? UNION SELECT key FROM {table} "
                "WHERE until = ?",
                (number, number),
            )
        )
    return sorted(keys)


def _restore(draft: Draft, table: str, key: str, chosen: Collection[int]) -> bool:
    """Bring a key back to what it was before the first of the changes; True where it is gone."""
    columns = columns_of(table)
    rows = draft.connection.execute(
        f"SELECT since, until, {', '.join(columns)} FROM {table} WHERE key = ? ORDER BY row", (key,)
    ).fetchall()
    mine = sorted(
        number for since, until, *_ in rows for number in (since, until) if number in chosen
    )
    first, last = mine[0], mine[-1]

    def as_of(change: int) -> list[object] | None:
        for since, until, *values in rows:
            if since <= change and (until is None or until > change):
                return list(values)
        return None

    others = {number for since, until, *_ in rows for number in (since, until) if number} - {
        *chosen
    }
    between = [number for number in others if first < number < last]
    after = [number for number in others if number > last]
    # what came after may have been undone, so that all is as the change left it
    if between or (after and as_of(max(after)) != as_of(last)):
        raise ProjectError(
            f"change {first} can't be undone: change {max(between or after)} was built on it; undo "
            "that first, or both together"
        )
    before = as_of(first - 1)
    if before is None:
        return end(draft, table, key)
    put(draft, table, key, dict(zip(columns, before, strict=True)))
    return False


ORPHANS = {
    "articles": (("reviews", "article"), ("statements", "article")),
    "statements": (("reviews", "statement"), ("codings", "statement")),
    "actors": (("reviews", "actor"),),
}
"""What must not be left without what it belongs to: table, and the column that names it."""


def _refuse_orphans(draft: Draft, gone: Iterable[tuple[str, str]]) -> None:
    for table, key in gone:
        for inner, column in ORPHANS.get(table, ()):
            found = draft.connection.execute(
                f"SELECT since FROM {inner} WHERE {column} = ? AND until IS NULL LIMIT 1", (key,)
            ).fetchone()
            if found is not None:
                raise ProjectError(
                    f"this can't be undone: change {found[0]} was built on it; undo that first, "
                    "or both together"
                )
