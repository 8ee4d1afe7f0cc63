"""Undoing: a change that brings back what was before others, and can be undone too."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from whipcount.errors import ProjectError
from whipcount.project.journal import extent, extent_of, keys_touched
from whipcount.project.rows import KEPT, By, Draft, changing, columns_of, end, put
from whipcount.project.slices import (
    Given,
    Reached,
    begin,
    finish,
    first_of,
    parts_of,
    refuse_while_under_way,
    step,
    under_way,
)
from whipcount.project.store import Project

AT_ONCE = 2_000
"""Rows that are undone in one transaction at most, where nobody asks for all of it at once: what a
long article has, in a tenth of a second. More is undone in slices."""

LARGER = 4
"""How many times a slice's limit a part has rows at most: a row that is moved is one ended and one
added, and the last coding of a slice has its reviews."""

ORPHANS = {
    "articles": (("reviews", "article"), ("statements", "article")),
    "statements": (("reviews", "statement"), ("codings", "statement")),
    "actors": (("reviews", "actor"),),
}
"""What must not be left without what it belongs to: table, and the column that names it."""


def undo(project: Project, changes: int | Iterable[int], by: By) -> int | None:
    """Undo what changes did, by a new change that can be undone too; return its number.

    Raises ProjectError where there is no such change, or where a later change was built on one.
    """
    finish(project)
    chosen = _chosen(project, {changes} if isinstance(changes, int) else set(changes))
    if not chosen.numbers:
        return None
    if not _in_slices(project, chosen):
        return _undo_at_once(project, chosen, by)
    number = begin_undo(project, chosen.named, by)
    finish(project)
    return number


def begin_undo(project: Project, changes: Iterable[int], by: By) -> int | None:
    """Begin to undo what changes did, as `undo` does; `go_on` does the rest.

    What somebody decides meanwhile on what isn't undone yet stays. Raises ProjectError too where
    the changes added or ended so many articles or statements that it takes long.
    """
    chosen = _chosen(project, set(changes))
    if not chosen.numbers:
        return None
    going = under_way(project)
    if going is not None and going.change in chosen.numbers:
        refuse_while_under_way(project)
    if _in_slices(project, chosen):
        _refuse_built_on(project, chosen.numbers)
        given = {"changes": sorted(chosen.numbers)}
        return begin(project, by, "undo", given, about=chosen.about, undoes=chosen.single,
                     whole=chosen.rows)  # fmt: skip
    if chosen.rows > AT_ONCE:
        raise ProjectError(
            f"change {chosen.about} is too large to be undone here; on the command line: whipcount "
            f"undo {project.path} {chosen.about.replace(',', '')}"
        )
    return _undo_at_once(project, chosen, by)


def undo_last(project: Project, by: By) -> int | None:
    """Undo the newest change that this person made and that stands; None where there is none."""
    last = _last_of(project, by)
    return None if last is None else undo(project, last, by)


def begin_undo_last(project: Project, by: By) -> int | None:
    """Begin to undo one's newest change, as `begin_undo` does."""
    last = _last_of(project, by)
    return None if last is None else begin_undo(project, [last], by)


class _Chosen(NamedTuple):
    """The changes that are undone: as people know them, with their parts, and their rows."""

    named: tuple[int, ...]
    numbers: frozenset[int]
    rows: int

    @property
    def about(self) -> str:
        return ", ".join(map(str, self.named))

    @property
    def single(self) -> int | None:
        return self.named[0] if len(self.named) == 1 else None


def _chosen(project: Project, changes: Collection[int]) -> _Chosen:
    for number in sorted(changes):
        found = project.connection.execute("SELECT what FROM changes WHERE change = ?", (number,))
        what = found.fetchone()
        if what is None:
            raise ProjectError(f"there is no change {number}; whipcount history lists them")
        if what[0] == "init":
            raise ProjectError(f"change {number} made the project; remove its file instead")
    named = sorted({first_of(project, number) for number in changes})
    numbers = frozenset(part for number in named for part in parts_of(project, number))
    return _Chosen(tuple(named), numbers, sum(sum(extent(project, number)) for number in named))


def _in_slices(project: Project, chosen: _Chosen) -> bool:
    """Return whether changes are large, and nothing that others belong to comes or goes."""
    return chosen.rows > AT_ONCE and not any(
        keys_touched(project, table, chosen.numbers, limit=1) for table in ORPHANS
    )


def _last_of(project: Project, by: By) -> int | None:
    found = project.connection.execute(
        "SELECT c.change FROM changes c WHERE c.who = ? AND c.what <> 'undo' AND c.part_of IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM changes u WHERE u.undoes = c.change AND NOT EXISTS "
        "(SELECT 1 FROM changes v WHERE v.undoes = u.change)) ORDER BY c.change DESC LIMIT 1",
        (by.who,),
    ).fetchone()
    return None if found is None else int(found[0])


def _undo_at_once(project: Project, chosen: _Chosen, by: By) -> int | None:
    with changing(project, by, "undo", chosen.about, undoes=chosen.single) as draft:
        gone: list[tuple[str, str]] = []
        for table in KEPT:
            for key in sorted(keys_touched(draft, table, chosen.numbers)):
                past = _Past.of(draft, table, key)
                past.refuse_built_on(chosen.numbers)
                if _restore(draft, table, key, past.as_of(past.first(chosen.numbers) - 1)):
                    gone.append((table, key))
        _refuse_orphans(draft, gone)
    return draft.result


@step("undo")
def _undo_some(draft: Draft, given: Given, reached: Reached, limit: int) -> Reached | None:
    """Undo the newest part that is left, or as much of it as a slice has.

    Only a change that wasn't made in slices is larger than one. So whatever is half undone is what
    it was when it was half done.
    """
    own = parts_of(draft, draft.first)
    left: list[int] = reached.get("changes") or given["changes"]
    number = left[-1]
    places = [(table, column) for table in KEPT for column in ("since", "until")]
    place, row = reached.get("place", 0), reached.get("row", 0)
    most = limit if sum(extent_of(draft, [number])) > LARGER * limit else None
    while place < len(places):
        table, column = places[place]
        found = draft.connection.execute(
            f"SELECT row, key FROM {table} WHERE {column} = ? AND row > ? ORDER BY row LIMIT ?",
            (number, row, -1 if most is None else most),
        ).fetchall()
        for _, key in found:
            past = _Past.of(draft, table, key)
            if all(one < draft.first or one in own for one in past.numbers):
                _restore(draft, table, key, past.as_of(number - 1))
        if len(found) == most:
            return {"changes": left, "place": place, "row": found[-1][0]}
        most = None if most is None else most - len(found)
        place, row = place + 1, 0
    return {"changes": left[:-1]} if left[1:] else None


class _Past(NamedTuple):
    """All rows that a key has had, in order: since when, until when, and the values."""

    rows: tuple[tuple[int, int | None, tuple[object, ...]], ...]

    @staticmethod
    def of(draft: Draft | Project, table: str, key: str) -> _Past:
        found = draft.connection.execute(
            f"SELECT since, until, {', '.join(columns_of(table))} FROM {table} WHERE key = ? "
            "ORDER BY row",
            (key,),
        )
        return _Past(tuple((since, until, tuple(values)) for since, until, *values in found))

    @property
    def numbers(self) -> frozenset[int]:
        """The changes that touched the key."""
        return frozenset(one for since, until, _ in self.rows for one in (since, until) if one)

    def first(self, chosen: frozenset[int]) -> int:
        """Return the first of some changes that touched the key."""
        return min(self.numbers & chosen)

    def as_of(self, change: int) -> tuple[object, ...] | None:
        """Return the values that the key had after a change, None where it had none."""
        for since, until, values in self.rows:
            if since <= change and (until is None or until > change):
                return values
        return None

    def built_on(self, chosen: frozenset[int]) -> int | None:
        """Return a later change that was built on some changes, None where they can be undone."""
        mine, others = self.numbers & chosen, self.numbers - chosen
        first, last = min(mine), max(mine)
        between = [number for number in others if first < number < last]
        after = [number for number in others if number > last]
        # what came after may have been undone, so that all is as the change left it
        if between or (after and self.as_of(max(after)) != self.as_of(last)):
            return max(between or after)
        return None

    def refuse_built_on(self, chosen: frozenset[int]) -> None:
        later = self.built_on(chosen)
        if later is not None:
            raise ProjectError(
                f"change {self.first(chosen)} can't be undone: change {later} was built on it; "
                "undo that first, or both together"
            )


def _refuse_built_on(project: Project, chosen: frozenset[int]) -> None:
    """Raise ProjectError where something was built on changes of many rows."""
    numbers = ", ".join(map(str, chosen))
    others = (
        f"SELECT change FROM changes WHERE change > {min(chosen)} AND change NOT IN ({numbers})"
    )
    for table in KEPT:
        touched = (
            f"EXISTS (SELECT 1 FROM {table} x WHERE x.key = t.key AND "
            f"(x.since IN ({numbers}) OR x.until IN ({numbers})))"
        )
        for column in ("since", "until"):
            found = project.connection.execute(
                f"SELECT DISTINCT key FROM {table} t WHERE {column} IN ({others}) AND {touched}"
            ).fetchall()
            for (key,) in found:
                _Past.of(project, table, key).refuse_built_on(chosen)


def _restore(draft: Draft, table: str, key: str, before: tuple[object, ...] | None) -> bool:
    """Bring a key back to values, or end it where there are none; True where it is gone then."""
    if before is None:
        return end(draft, table, key)
    put(draft, table, key, dict(zip(columns_of(table), before, strict=True)))
    return False


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
