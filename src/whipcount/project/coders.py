"""People who code: several, blind to each other where they are set so, and what is left between."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from whipcount.errors import ProjectError
from whipcount.project.codings import DELETED, Coding, Review, coding
from whipcount.project.pages import Page, paged
from whipcount.project.rows import By, changing, end, live, live_rows, put
from whipcount.project.store import Project


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes, and how many codings they have reviewed."""

    name: str
    blind: bool
    note: str
    reviews: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A coding of one coder that counts otherwise: theirs, and what was decided."""

    coding: Coding
    own: Review


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a merge, or a new version of an article, left for a person to settle.

    `kept` is what stands (None where nothing does), `other` what doesn't.
    """

    id: str
    kind: Literal["merged", "not found again"]
    table: str
    key: str
    kept: dict[str, Any] | None
    other: dict[str, Any] | None


def add_coder(
    project: Project, name: str, by: By, *, blind: bool = True, note: str = ""
) -> int | None:
    """Say that a person codes, and whether blind to the others."""
    name = name.strip()
    if not name or "|" in name or name == "!":
        raise ProjectError("a coder needs a name, without | and !")
    with changing(project, by, "coder", name) as draft:
        put(draft, "coders", name, {"blind": int(blind), "note": note})
    return draft.result


def coders(project: Project) -> tuple[Coder, ...]:
    """Return those who code or have coded, by name; who was never added isn't blind."""
    rows = dict(live_rows(project, "coders"))
    numbers = dict(
        project.connection.execute(
            "SELECT coder, COUNT(*) FROM reviews WHERE until IS NULL AND adjudicates = 0 "
            "GROUP BY coder"
        ).fetchall()
    )
    return tuple(
        Coder(
            name,
            bool(rows[name]["blind"]) if name in rows else False,
            rows[name]["note"] if name in rows else "",
            numbers.get(name, 0),
        )
        for name in sorted({*rows, *numbers})
    )


def corrected(project: Project, coder: str, *, after: str = "", limit: int = 50) -> Page[Corrected]:
    """Return the codings of a coder that count otherwise than they said, by id."""
    found = project.connection.execute(
        "SELECT r.coding, r.key FROM reviews r JOIN decisions d ON d.coding = r.coding WHERE "
        "r.coder = ? AND r.adjudicates = 0 AND r.until IS NULL AND r.coding > ? AND "
        f"d.says <> r.says AND r.statement NOT IN ({DELETED}) ORDER BY r.coding LIMIT ?",
        (coder, after, limit + 1),
    ).fetchall()
    page = paged(found, limit, lambda row: str(row[0]))
    items = []
    for id_, key in page.items:
        one = coding(project, id_)
        own = next(review for review in one.reviews if review.id == key)
        items.append(Corrected(one, own))
    return Page(tuple(items), page.next)


def conflicts(project: Project) -> tuple[Conflict, ...]:
    """Return what is left to settle, by table and key."""
    found = [
        Conflict(
            id_,
            row["kind"],
            row["in_table"],
            row["of_key"],
            None if row["kept"] is None else json.loads(row["kept"]),
            None if row["other"] is None else json.loads(row["other"]),
        )
        for id_, row in live_rows(project, "conflicts")
    ]
    return tuple(sorted(found, key=lambda one: (one.table, one.key, one.id)))


def settle(
    project: Project, conflict: str, by: By, *, keep: Literal["kept", "other"]
) -> int | None:
    """Settle a conflict: what stands stays, or the other takes its place."""
    row = live(project, "conflicts", conflict)
    if row is None:
        raise ProjectError(f"there is no conflict {conflict}; it may be settled already")
    if keep == "other" and row["kind"] == "not found again":
        raise ProjectError("the words aren't in the article any more; mark them by hand")
    with changing(project, by, "settle", conflict, note=keep) as draft:
        end(draft, "conflicts", conflict)
        if keep == "other":
            if row["other"] is None:
                end(draft, row["in_table"], row["of_key"])
            else:
                put(draft, row["in_table"], row["of_key"], json.loads(row["other"]))
    return draft.result
