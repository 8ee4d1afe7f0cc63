"""What people decide about codings. A decision is a row; another supersedes it, none is edited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, get_args

from whipcount.dates import is_date
from whipcount.errors import ProjectError
from whipcount.model import STANCES, Span, Stance, Strength
from whipcount.project.codings import Coding, coding, decide
from whipcount.project.converting import coding_id, span_json
from whipcount.project.files import issue_of
from whipcount.project.looking import text_of
from whipcount.project.rows import By, Draft, as_json, changing, end, live, live_rows, put
from whipcount.project.slices import Given, Reached, begin, finish, step
from whipcount.project.store import Project

Fields: TypeAlias = dict[str, Any]


class _Unset:
    """What an argument is that wasn't given."""


UNSET: Final = _Unset()
"""Of an argument: leave it as it is. (None says that there is none.)"""

SHARED = (
    *("statement", "article", "piece", "option", "stance", "strength", "reported", "actor"),
    *("reported_by", "implied_by", "condition", "reason", "date", "coder"),
)
"""What a person's coding has as a machine's does."""

SAID = ("piece", "option", "stance", "strength", "reported", "actor")
"""What two people must say alike to agree."""

DONE = {"accepted": "accept", "changed": "change", "deleted": "delete", "added": "add coding"}
"""What the journal says of each verdict."""


@dataclass(frozen=True, slots=True)
class Acceptable:
    """The codings that `accept_all` would accept: how many, and the least sure of them."""

    number: int
    codings: tuple[Coding, ...]


def accept(project: Project, coding_id: str, by: By, *, note: str = "") -> int | None:
    """Accept a coding as it is shown to this person; return the change, None where it was."""
    values = _shown(project, coding_id, by.who)
    return _review(project, coding_id, values, by, verdict="accepted", note=note)


def change(
    project: Project,
    coding_id: str,
    by: By,
    *,
    stance: Stance | _Unset = UNSET,
    option: str | _Unset = UNSET,
    actor: str | _Unset = UNSET,
    strength: Strength | _Unset = UNSET,
    reported: bool | _Unset = UNSET,
    reported_by: str | _Unset | None = UNSET,
    condition: Span | _Unset | None = UNSET,
    reason: Span | _Unset | None = UNSET,
    piece: int | _Unset = UNSET,
    date: str | _Unset = UNSET,
    note: str = "",
) -> int | None:
    """Say of a coding what is right; what isn't given stays as it is shown to this person.

    `actor` and `reported_by` are ids of actors in the article, spans are code points. Raises
    ProjectError where a value can't be.
    """
    given = {
        "stance": stance,
        "option": option,
        "actor": actor,
        "strength": strength,
        "reported": reported if isinstance(reported, _Unset) else int(reported),
        "reported_by": reported_by,
        "condition": condition if isinstance(condition, _Unset) else span_json(condition),
        "reason": reason if isinstance(reason, _Unset) else span_json(reason),
        "piece": piece,
        "date": date,
    }
    values = _shown(project, coding_id, by.who)
    values |= {name: value for name, value in given.items() if not isinstance(value, _Unset)}
    check_values(project, values)
    return _review(project, coding_id, values, by, verdict="changed", note=note)


def delete(project: Project, coding_id: str, by: By, *, note: str = "") -> int | None:
    """Say that a coding is none: the words take no such position."""
    values = _shown(project, coding_id, by.who)
    return _review(project, coding_id, values, by, verdict="deleted", note=note)


def add_coding(
    project: Project,
    statement: str,
    option: str,
    stance: Stance,
    by: By,
    *,
    actor: str = "",
    piece: int = 0,
    strength: Strength = "plain",
    reported: bool = False,
    reported_by: str | None = None,
    condition: Span | None = None,
    reason: Span | None = None,
    note: str = "",
) -> str:
    """Add a position that the machine didn't find in a statement, and return the coding's id.

    `actor` is the statement's first where it is left out.
    """
    row = live(project, "statements", statement)
    if row is None or row["deleted"]:
        raise ProjectError(f"there is no statement {statement} in {project.path}")
    if not actor:
        named = json.loads(row["actors"])
        if not named:
            raise ProjectError("the statement names nobody; say whose position it is, by actor=")
        actor = named[0]
    values: Fields = {
        "statement": statement,
        "article": row["article"],
        "piece": piece,
        "option": option,
        "stance": stance,
        "strength": strength,
        "reported": int(reported),
        "actor": actor,
        "reported_by": reported_by,
        "implied_by": None,
        "condition": span_json(condition),
        "reason": span_json(reason),
        "date": row["date"],
        "coder": by.who,
    }
    check_values(project, values)
    id_ = coding_id(statement, piece, option, actor)
    _review(project, id_, values, by, verdict="added", note=note)
    return id_


def withdraw(project: Project, coding_id: str, by: By) -> int | None:
    """Take one's own review of a coding back; None where there is none."""
    with changing(project, by, "withdraw", coding_id) as draft:
        end(draft, "reviews", f"{coding_id}|{draft.who}")
    return draft.result


def adjudicate(
    project: Project, coding_id: str, by: By, *, review: str, note: str = ""
) -> int | None:
    """Decide between people who disagree: what counts from now on is what a `review` (its id) says.

    Everybody's own coding stays as it is.
    """
    row = live(project, "reviews", review)
    if row is None or row["coding"] != coding_id:
        raise ProjectError(f"{review!r} is no review of {coding_id}")
    values = {name: row[name] for name in SHARED} | {"coder": by.who}
    return _review(
        project, coding_id, values, by, verdict=row["verdict"], note=note, adjudicates=True
    )


def acceptable(project: Project, above: float, *, option: str = "", limit: int = 20) -> Acceptable:
    """Return what `accept_all` would accept, the least sure first."""
    where = "option = ? AND confidence >= ?" if option else "confidence >= ?"
    index = "queue_open_of_option" if option else "queue_open"
    values = (option, above) if option else (above,)
    connection = project.connection
    of = f"FROM queue INDEXED BY {index} WHERE reviews = 0 AND {where}"
    (number,) = connection.execute(f"SELECT COUNT(*) {of}", values).fetchone()
    found = connection.execute(
        f"SELECT coding {of} ORDER BY confidence, coding LIMIT ?", (*values, limit)
    ).fetchall()
    return Acceptable(number, tuple(coding(project, key) for (key,) in found))


def accept_all(project: Project, above: float, by: By, *, option: str = "") -> int | None:
    """Accept all codings of at least a confidence (0 … 1) that nobody has reviewed, in one change.

    `undo` of that change takes all of it back.
    """
    finish(project)
    number = begin_accept_all(project, above, by, option=option)
    finish(project)
    return number


def begin_accept_all(project: Project, above: float, by: By, *, option: str = "") -> int | None:
    """Begin to accept all as `accept_all` does; `go_on` does the rest."""
    (last,) = project.connection.execute("SELECT MAX(row) FROM codings").fetchone()
    return begin(
        project,
        by,
        "accept all",
        {"above": above, "option": option, "last": last or 0},
        about=option,
        note=f"above {above}",
        whole=acceptable(project, above, option=option, limit=0).number,
    )


@step("accept all")
def _accept_some(draft: Draft, given: Given, reached: Reached, limit: int) -> Reached | None:
    """Accept as many as a slice has, in the order of the codings' rows."""
    condition = (
        "row > ? AND row <= ? AND until IS NULL AND confidence >= ? AND (? = '' OR option = ?) "
        "AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.coding = codings.key AND r.until IS NULL) "
        "AND EXISTS (SELECT 1 FROM statements s WHERE s.key = codings.statement "
        "AND s.until IS NULL AND s.deleted = 0)"
    )
    values = (reached.get("row", 0), given["last"], given["above"], *[given["option"]] * 2)
    found = draft.connection.execute(
        f"SELECT row FROM codings NOT INDEXED WHERE {condition} ORDER BY row LIMIT ?",
        (*values, limit),
    ).fetchall()
    shared = ", ".join(name for name in SHARED if name != "coder")
    draft.connection.executemany(
        f"INSERT INTO reviews (key, coding, verdict, adjudicates, says, {shared}, coder, note, "
        "since) SELECT key || '|' || ?, key, 'accepted', 0, "
        f"json_array({', '.join(SAID)}), {shared}, ?, '', ? FROM codings WHERE row = ?",
        [(draft.who, draft.who, draft.number, row) for (row,) in found],
    )
    draft.touched += len(found)
    return {"row": found[-1][0]} if len(found) == limit else None


def review_values(
    coding_id: str,
    values: Mapping[str, Any],
    verdict: str,
    *,
    adjudicates: bool = False,
    note: str = "",
) -> Fields:
    """Return a review as a row; `values` are the coding's."""
    row = {name: values[name] for name in SHARED}
    return row | {
        "coding": coding_id,
        "verdict": verdict,
        "adjudicates": int(adjudicates),
        "says": says(row, verdict),
        "note": note,
    }


def says(values: Mapping[str, Any], verdict: str) -> str:
    """Return what a review says, the same for two people who agree."""
    if verdict == "deleted":
        return "deleted"
    return as_json([values[name] for name in SAID])


def check_values(project: Project | Draft, values: Mapping[str, Any]) -> None:
    """Raise ProjectError where a coding's values can't be."""
    if isinstance(project, Project):
        options = [option.id for option in issue_of(project).options]
        if values["option"] not in options:
            raise ProjectError(f"{values['option']!r} is no option; known are {', '.join(options)}")
    if values["stance"] not in STANCES:
        raise ProjectError(f"{values['stance']!r} is no stance; known are {', '.join(STANCES)}")
    if values["strength"] not in get_args(Strength):
        raise ProjectError(f"{values['strength']!r} is neither plain nor hedged")
    if values["date"] and not is_date(values["date"]):
        raise ProjectError(f"{values['date']!r} is no day; write it as 2023-07-11")
    statement = live(project, "statements", values["statement"])
    if statement is None or not 0 <= values["piece"] < len(json.loads(statement["content"])):
        raise ProjectError(f"{values['statement']} has no piece {values['piece']}")
    for name in ("actor", "reported_by"):
        row = live(project, "actors", values[name]) if values[name] else None
        if (row is None and (values[name] or name == "actor")) or (
            row is not None and row["article"] != values["article"]
        ):
            raise ProjectError(f"{values[name]!r} is no actor of the article {values['article']}")
    for name in ("condition", "reason"):
        if values[name] is not None:
            check_span(project, values["article"], Span(*json.loads(values[name])))


def check_span(project: Project | Draft, article: str, span: Span) -> None:
    """Raise ProjectError where a span is empty or not inside the article's text."""
    row = live(project, "articles", article)
    if row is None:
        raise ProjectError(f"there is no article {article}")
    (length,) = project.connection.execute(
        "SELECT length(text) FROM texts WHERE sha256 = ?", (row["text_sha256"],)
    ).fetchone()
    if isinstance(project, Project) and span.end > length:  # SQLite's length ends at a NUL
        length = len(text_of(project, row["text_sha256"]))
    if not 0 <= span.start < span.end <= length:
        raise ProjectError(
            f"the span {span.start}-{span.end} is empty, or outside the text of {length} characters"
        )


def _shown(project: Project, coding_id: str, who: str) -> Fields:
    """Return a coding's values as a person sees them: their own, else what counts, else any."""
    machine = live(project, "codings", coding_id)
    reviews = [row for _, row in live_rows(project, "reviews", "coding = ?", (coding_id,))]
    own = [row for row in reviews if row["coder"] == who and not row["adjudicates"]]
    blind = live(project, "coders", who)
    if blind is not None and blind["blind"]:
        reviews = own
    _, counts = decide(machine, reviews)
    candidates = [one for one in (*own, counts, machine, *reviews) if one is not None]
    if not candidates:
        raise ProjectError(f"there is no coding {coding_id} in {project.path}")
    return {name: candidates[0][name] for name in SHARED} | {"coder": who}


def _review(
    project: Project,
    coding_id: str,
    values: Fields,
    by: By,
    *,
    verdict: str,
    note: str,
    adjudicates: bool = False,
) -> int | None:
    what = "adjudicate" if adjudicates else DONE[verdict]
    key = f"{coding_id}|{'!' if adjudicates else by.who.strip()}"
    row = review_values(
        coding_id, values | {"coder": by.who.strip()}, verdict, adjudicates=adjudicates, note=note
    )
    with changing(project, by, what, coding_id) as draft:
        before = live(draft, "reviews", key)
        same = before is not None and before["says"] == row["says"] and verdict == "accepted"
        if not same:  # accepting one's own decision again changes nothing
            put(draft, "reviews", key, row)
    return draft.result
