"""Two people's files of one issue made one: joined by article, what conflicts kept for a person.

For each key the newer of two rows is known by the files' own histories: who has had the other's row
and moved on from it is ahead. So copies of one file that were worked on apart come together without
a question where they touched different things. Where neither is ahead one stands, by a rule that
doesn't ask which file came first, and the other is kept as a conflict.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from whipcount.errors import ProjectError
from whipcount.project.files import issue_of
from whipcount.project.rows import KEPT, By, Draft, as_json, changing, columns_of, digest, end, put
from whipcount.project.slices import finish, under_way
from whipcount.project.store import Project, move_to, open_project, said

Payload: TypeAlias = tuple[Any, ...]
Plan: TypeAlias = dict[tuple[str, str], Payload | None]
"""What is to become of keys: their values, None where they end."""

PEOPLES = (
    "reviews",
    "entered",
    "overrides",
    "same_actors",
    "actor_roles",
    "coders",
    "samples",
    "sampled",
)
"""Tables that people decide on; of the others, only statements that a person marked."""

ALIKE = {
    "issue": "--issue ISSUE.toml",
    "body": "--issue ISSUE.toml",
    "actors": "--actors ACTORS.toml",
}
"""What gives a project another file of a kind, with `whipcount code --again`."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did. `change` is None where there was nothing to do."""

    change: int | None
    rows: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class _Row:
    """The live row of a key in one file, None where there is none, and what it has been."""

    values: Payload | None
    past: frozenset[Payload]
    at: str


NONE = _Row(None, frozenset(), "")


def merge_files(
    paths: Sequence[str | os.PathLike[str]], into: str | os.PathLike[str], by: By
) -> Merged:
    """Merge project files into one, which is made where it isn't there; the others stay.

    The same merge twice changes nothing. Raises ProjectError where two are of different issues.
    """
    if len(paths) < 2 and not Path(into).exists():
        raise ProjectError("a merge needs two projects at least")
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(open_project(path, writing=False)) for path in paths]
        for other in others:
            _refuse_other_issue(others[0], other)
        if Path(into).exists():
            with open_project(into) as project:
                return _fold_all(project, others, by)
        place = Path(into)
        beside = place.with_name(f".{place.name}.{os.getpid()}.part")
        try:
            with said(str(place)):
                _copy(others[0], beside)
                with open_project(beside) as copy:
                    project = replace(copy, path=others[0].path)  # what messages name
                    merged = _fold_all(project, others[1:], by)
            move_to(beside, place)
        finally:
            for rest in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm")):
                with contextlib.suppress(OSError):
                    rest.unlink(missing_ok=True)
        return merged


def merge(project: Project, other: Project, by: By) -> Merged:
    """Merge another project into one, in one change; the other stays as it is.

    What is under way in the one is finished first. Raises ProjectError where something is in the
    other.
    """
    _refuse_other_issue(project, other)
    going = under_way(other)
    if going is not None:
        raise ProjectError(
            f"{other.path}: its change {going.change} ({going.what}) was stopped half-way; open it "
            f"with whipcount review {other.path}, which goes on with it, then merge"
        )
    finish(project)
    conflicts = 0
    with changing(project, by, "merge", other.path) as draft:
        plan: Plan = {}
        for table in KEPT:
            conflicts += _compare(draft, project.path, other, table, plan)
        conflicts += _drop_orphans(draft, plan)
        _carry_out(draft, other, plan)
    return Merged(draft.result, draft.touched, conflicts)


def _fold_all(project: Project, others: Sequence[Project], by: By) -> Merged:
    found = [merge(project, other, by) for other in others]
    numbers = [one.change for one in found if one.change is not None]
    return Merged(
        numbers[-1] if numbers else None,
        sum(one.rows for one in found),
        sum(one.conflicts for one in found),
    )


def _compare(draft: Draft, mine_at: str, other: Project, table: str, plan: Plan) -> int:
    """Plan what becomes of a table's keys; return how many conflicts that leaves."""
    mine, theirs = _rows(draft.connection, table), _rows(other.connection, table)
    conflicts = 0
    for key in sorted(theirs):
        own, new = mine.get(key, NONE), theirs[key]
        if own.values == new.values or (table == "files" and _same_file(own, new)):
            continue
        ahead, behind = new.values in own.past, own.values in new.past
        if new.values is None:
            if behind:
                plan[table, key] = None
            continue
        if own.values is None:
            if not ahead:
                plan[table, key] = new.values
            continue
        if ahead != behind:
            if behind:
                plan[table, key] = new.values
            continue
        if table == "files":
            raise ProjectError(
                f"{other.path}: its {key} file was changed in another way than that of "
                f"{mine_at}; make the two alike first (whipcount code --again "
                f"FILE.whip {ALIKE[key]})"
            )
        winner, loser = sorted((own, new), key=lambda one: _rank(table, one), reverse=True)
        if winner is new:
            plan[table, key] = new.values
        if _is_persons(table, loser):
            conflicts += _plan_conflict(draft, table, key, (winner.values, loser.values), plan)
    return conflicts


def _plan_conflict(
    draft: Draft,
    table: str,
    key: str,
    pair: tuple[Payload | None, Payload | None],
    plan: Plan,
) -> int:
    """Plan to keep a conflict, unless it was settled before; return 1 where it is kept."""
    kept, other = (_told(table, one) for one in pair)
    id_ = digest(table, key, kept, other)
    if _was(draft, id_):
        return 0
    plan["conflicts", id_] = ("merged", table, key, kept, other)
    return 1


def _carry_out(draft: Draft, other: Project, plan: Plan) -> None:
    for (table, key), values in plan.items():
        if values is None:
            end(draft, table, key)
            continue
        named = dict(zip(columns_of(table), values, strict=True))
        if table == "articles":
            (text,) = other.connection.execute(
                "SELECT text FROM texts WHERE sha256 = ?", (named["text_sha256"],)
            ).fetchone()
            draft.connection.execute(
                "INSERT OR IGNORE INTO texts VALUES (?, ?)", (named["text_sha256"], text)
            )
        put(draft, table, key, named)


def _drop_orphans(draft: Draft, plan: Plan) -> int:
    """Plan the end of what belongs to articles that are gone; decisions are kept as conflicts."""
    gone = {
        key
        for (key,) in draft.connection.execute("SELECT key FROM articles")
        if not _stays(draft, key, plan)
    }
    conflicts = 0
    for table in ("reviews", "codings", "statements", "actors", "codebooks"):
        place = columns_of(table).index("article")
        rows = {
            key: tuple(values)
            for key, *values in draft.connection.execute(
                f"SELECT key, {', '.join(columns_of(table))} FROM {table} WHERE until IS NULL"
            )
            if values[place] in gone
        }
        planned = {key: values for (where, key), values in plan.items() if where == table}
        rows |= {key: values for key, values in planned.items() if values and values[place] in gone}
        for key, values in rows.items():
            if key in planned and planned[key] is None:
                continue
            if _is_persons(table, _Row(values, frozenset(), "")):
                id_ = digest(table, key, "not found again", values)
                if not _was(draft, id_):
                    told = _told(table, values)
                    plan["conflicts", id_] = ("not found again", table, key, None, told)
                    conflicts += 1
            plan[table, key] = None
    return conflicts


def _stays(draft: Draft, article: str, plan: Plan) -> bool:
    if ("articles", article) in plan:
        return plan["articles", article] is not None
    found = draft.connection.execute(
        "SELECT 1 FROM articles WHERE key = ? AND until IS NULL", (article,)
    )
    return found.fetchone() is not None


def _was(draft: Draft, conflict: str) -> bool:
    """Return whether a conflict is kept, or was and is settled."""
    found = draft.connection.execute("SELECT 1 FROM conflicts WHERE key = ?", (conflict,))
    return found.fetchone() is not None


def _rows(connection: sqlite3.Connection, table: str) -> dict[str, _Row]:
    """Return each key's live row and all that it has been, ended rows and the live one."""
    columns = ", ".join(f"t.{name}" for name in columns_of(table))
    live: dict[str, tuple[Payload, str]] = {}
    past: dict[str, set[Payload]] = {}
    for key, until, at, *values in connection.execute(
        f"SELECT t.key, t.until, c.at, {columns} FROM {table} t "
        "JOIN changes c ON c.change = t.since"
    ):
        payload = tuple(values)
        past.setdefault(key, set()).add(payload)
        if until is None:
            live[key] = (payload, at)
    return {
        key: _Row(live[key][0], frozenset(some), live[key][1])
        if key in live
        else _Row(None, frozenset(some), "")
        for key, some in past.items()
    }


def _rank(table: str, row: _Row) -> tuple[bool, str, str]:
    """Return what decides which of two rows stands: a person's, then the later, then any."""
    return _is_persons(table, row), row.at, _told(table, row.values) or ""


def _is_persons(table: str, row: _Row) -> bool:
    if table in PEOPLES:
        return True
    if table != "statements" or row.values is None:
        return False
    return bool(row.values[columns_of(table).index("coder")])


def _told(table: str, values: Payload | None) -> str | None:
    if values is None:
        return None
    named: Mapping[str, Any] = dict(zip(columns_of(table), values, strict=True))
    return as_json({name: named[name] for name in named if not isinstance(named[name], bytes)})


def _same_file(own: _Row, new: _Row) -> bool:
    place = columns_of("files").index("sha256")
    return (
        own.values is not None and new.values is not None and own.values[place] == new.values[place]
    )


def _refuse_other_issue(project: Project, other: Project) -> None:
    names = issue_of(project).name, issue_of(other).name
    if names[0] != names[1]:
        raise ProjectError(
            f"{other.path}: is of another issue ({names[1]!r}) than {project.path} ({names[0]!r}); "
            "files of one issue can be merged"
        )


def _copy(project: Project, place: Path) -> None:
    """Copy a project whole, what its write-ahead log holds too."""
    target = sqlite3.connect(place, isolation_level=None)
    try:
        project.connection.backup(target)
    finally:
        target.close()
