"""Kept rows: added by one change, ended by another, never edited.

`changing` opens a change, `put` and `end` are all that may be done in it. The live row of a key is
the one that no change has ended.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from whipcount.errors import ProjectError
from whipcount.project.store import MIGRATIONS, Project, migration, said

Values = Mapping[str, Any]

KEPT = (
    *(
        "files",
        "articles",
        "codebooks",
        "actors",
        "statements",
        "codings",
        "reviews",
        "entered",
        "overrides",
    ),
    *("same_actors", "actor_roles", "coders", "conflicts", "samples", "sampled"),
    "dna_files",
)
"""The tables of kept rows."""


class By(NamedTuple):
    """Who decides, and when: a name, and an ISO time such as 2031-04-02T10:00:00Z."""

    who: str
    at: str


@dataclass(slots=True)
class Draft:
    """A change that is being made: its number, and how many rows it has touched.

    `first` is the change that it is a part of, its own number where it is none.
    """

    connection: sqlite3.Connection
    number: int
    who: str
    first: int
    touched: int = 0

    @property
    def result(self) -> int | None:
        """The change's number, None where nothing changed and so there is no change."""
        return self.number if self.touched else None


@contextlib.contextmanager
def changing(
    project: Project,
    by: By,
    what: str,
    about: str = "",
    *,
    note: str = "",
    undoes: int | None = None,
    part_of: int | None = None,
) -> Iterator[Draft]:
    """Open a change, or a part of one; it is kept whole at the end, or not at all.

    A change that touches no row leaves no trace. Raises ProjectError where the project is open for
    reading only, or where nobody or no time is named.
    """
    if not project.writing:
        raise ProjectError(f"{project.path}: is open for reading only")
    if not by.who.strip() or not by.at.strip():
        raise ProjectError("a change needs who makes it, and when")
    if "|" in by.who or by.who.strip() == "!":
        raise ProjectError(f"{by.who!r} can't be the name of a coder: write it without | and !")
    connection = project.connection
    with said(project.path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            cursor = connection.execute(
                "INSERT INTO changes (who, at, what, about, note, undoes, part_of) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (by.who.strip(), by.at.strip(), what, about, note, undoes, part_of),
            )
            assert cursor.lastrowid is not None, "a row was inserted"
            first = cursor.lastrowid if part_of is None else part_of
            draft = Draft(connection, cursor.lastrowid, by.who.strip(), first)
            yield draft
            connection.execute("COMMIT" if draft.touched else "ROLLBACK")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def in_one(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Open a transaction of its own, for caches, which are in no journal."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def put(draft: Draft, table: str, key: str, values: Values) -> bool:
    """Make `values` the live row of a key; False where they are that already."""
    columns = columns_of(table)
    assert len(values) == len(columns), f"{table} has {columns}"
    wanted = tuple(values[column] for column in columns)
    found = draft.connection.execute(_live(table), (key,)).fetchone()
    if found is not None:
        if found[2:] == wanted:
            return False
        _end(draft, table, found[0])
    draft.connection.execute(_insert(table), (key, *wanted, draft.number))
    draft.touched += 1
    return True


def put_new(draft: Draft, table: str, rows: Iterable[tuple[str, Values]]) -> None:
    """Add rows whose keys have no live row."""
    columns = columns_of(table)
    entries = [(key, *(values[c] for c in columns), draft.number) for key, values in rows]
    draft.connection.executemany(_insert(table), entries)
    draft.touched += len(entries)


def end(draft: Draft, table: str, key: str) -> bool:
    """End the live row of a key; False where there is none."""
    found = draft.connection.execute(
        f"SELECT row FROM {table} WHERE key = ? AND until IS NULL", (key,)
    ).fetchone()
    if found is None:
        return False
    _end(draft, table, found[0])
    return True


def _end(draft: Draft, table: str, row: int) -> None:
    draft.connection.execute(f"UPDATE {table} SET until = ? WHERE row = ?", (draft.number, row))
    draft.touched += 1


def live(project: Project | Draft, table: str, key: str) -> dict[str, Any] | None:
    """Return the live row of a key by column, None where there is none."""
    found = project.connection.execute(_live(table), (key,)).fetchone()
    return None if found is None else dict(zip(columns_of(table), found[2:], strict=True))


def live_rows(
    project: Project | Draft,
    table: str,
    where: str = "1",
    values: Sequence[Any] = (),
    *,
    limit: int | None = None,
) -> list[tuple[str, dict[str, Any]]]:
    """Return the live rows that fulfil a condition, with their keys, in the order of keys.

    Only so many of them where there is a `limit`.
    """
    columns = columns_of(table)
    end = "" if limit is None else f" LIMIT {limit}"
    found = project.connection.execute(
        f"SELECT key, {', '.join(columns)} FROM {table} WHERE until IS NULL AND ({where}) "
        f"ORDER BY key{end}",
        values,
    )
    return [(row[0], dict(zip(columns, row[1:], strict=True))) for row in found]


@functools.cache
def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a kept table, without row, key, since and until."""
    connection = sqlite3.connect(":memory:")
    for name in MIGRATIONS:
        connection.executescript(migration(name))
    found = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()
    connection.close()
    return tuple(name for (name,) in found if name not in ("row", "key", "since", "until"))


@functools.cache
def _live(table: str) -> str:
    columns = ", ".join(columns_of(table))
    return f"SELECT row, since, {columns} FROM {table} WHERE key = ? AND until IS NULL"


@functools.cache
def _insert(table: str) -> str:
    columns = ("key", *columns_of(table), "since")
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def digest(*values: object) -> str:
    """Return 16 hex digits that are the same for the same values."""
    data = json.dumps(values, ensure_ascii=True, sort_keys=True, default=str).encode()
    return hashlib.sha256(data).hexdigest()[:16]


def as_json(value: object) -> str:
    """Return a value as JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
