"""The codings on which people disagree, and what they differ in."""

from __future__ import annotations

from whipcount.project.codings import DELETED, Coding, coding
from whipcount.project.pages import Page, paged
from whipcount.project.store import Project

UNDECIDED = (
    "r.coding IN (SELECT coding FROM reviews WHERE until IS NULL GROUP BY coding HAVING COUNT(*) > "
    f"1) AND r.statement NOT IN ({DELETED}) AND r.until IS NULL AND r.adjudicates = 0 AND NOT "
    "EXISTS (SELECT 1 FROM reviews x WHERE x.coding = r.coding AND x.until IS NULL AND "
    "x.adjudicates = 1)"
)
"""The condition that several have reviewed a coding and nobody has adjudicated it."""

DISAGREED = {
    "position": "COUNT(DISTINCT verdict = 'deleted') > 1",
    **{
        name: f"COUNT(DISTINCT CASE WHEN verdict <> 'deleted' THEN {name} END) > 1"
        for name in ("option", "stance", "strength", "reported", "actor", "piece")
    },
}
"""What people may differ in, and the condition that they do; `position` is whether there is one."""


def disagreements(
    project: Project, *, option: str = "", variable: str = "", after: str = "", limit: int = 50
) -> Page[Coding]:
    """Return the codings on which people disagree and nobody has adjudicated, by their ids.

    With `option` those that somebody puts on it, with `variable` (one of `DISAGREED`) those on
    which they differ in it.
    """
    differ = DISAGREED[variable] if variable else "COUNT(DISTINCT says) > 1"
    found = project.connection.execute(
        f"SELECT coding FROM reviews r WHERE {UNDECIDED} AND coding > ?1 GROUP BY coding HAVING "
        f"COUNT(DISTINCT says) > 1 AND {differ} AND (?2 = '' OR SUM(option = ?2) > 0) "
        "ORDER BY coding LIMIT ?3",
        (after, option, limit + 1),
    ).fetchall()
    page = paged([key for (key,) in found], limit, lambda key: key)
    return Page(tuple(coding(project, key) for key in page.items), page.next)


def disagreement_numbers(project: Project, *, option: str = "") -> dict[str, int]:
    """Return on how many codings people differ by variable; all of them under ""."""
    inner = ", ".join(f"{differ} AS {name}" for name, differ in DISAGREED.items())
    columns = ", ".join(f"COALESCE(SUM({name}), 0)" for name in DISAGREED)
    found = project.connection.execute(
        f"SELECT COUNT(*), {columns} FROM (SELECT coding, {inner} FROM reviews r WHERE {UNDECIDED} "
        "GROUP BY coding HAVING COUNT(DISTINCT says) > 1 AND (?1 = '' OR SUM(option = ?1) > 0))",
        (option,),
    ).fetchone()
    return dict(zip(("", *DISAGREED), found, strict=True))
