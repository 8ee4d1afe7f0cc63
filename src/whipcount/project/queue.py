"""The review queue: which coding to look at next, by what most changes the count.

A coding's place is how unsure it is times how much hangs on its cell. The ranks are a cache: a
decision takes a coding out at once, and `refresh_queue` ranks anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from whipcount import counting, duplicates
from whipcount.dates import first_day
from whipcount.errors import CountError
from whipcount.model import Cell, Other, Position, Verdict, WhipCount
from whipcount.project.codings import Coding, coding
from whipcount.project.converting import coding_id
from whipcount.project.counted import newest_day, positions
from whipcount.project.files import body_of, directory_of, issue_of
from whipcount.project.journal import last_change
from whipcount.project.looking import attributed
from whipcount.project.rows import in_one, live
from whipcount.project.slices import write_in_slices
from whipcount.project.store import Project, said

DECIDES, STANDS_BY, NO_MEMBER, NOWHERE = 1.0, 0.2, 0.1, 0.05
"""What share of its cell's weight a coding has: where it decides the cell (or would, accepted),
where it stands by, where it is of who is no member, and where it counts nowhere. Not tuned: only
their order matters, each so far below the last that no doubt about the words outweighs it much."""

LEAST = 0.1
"""Weight of a cell on which no verdict hangs."""

MISSING = (
    "SELECT c.key FROM codings c WHERE c.until IS NULL AND NOT EXISTS (SELECT 1 FROM queue q WHERE "
    "q.coding = c.key) AND EXISTS (SELECT 1 FROM statements s WHERE s.key = c.statement AND "
    "s.until IS NULL AND s.deleted = 0)"
)
"""The codings that aren't there, should the queue have been thrown away; else triggers keep it."""

FILL = (
    "INSERT OR IGNORE INTO queue SELECT c.key, c.option, 1.0 - c.confidence, 'uncertain', "
    "(SELECT COUNT(*) FROM reviews r WHERE r.coding = c.key AND r.until IS NULL), c.confidence "
    "FROM codings c WHERE c.key = ? AND c.until IS NULL"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A coding in the queue. `priority` is from 0 to 1, `why` says it in words."""

    coding: Coding
    priority: float
    why: str


def next_items(
    project: Project,
    *,
    limit: int = 1,
    coder: str = "",
    option: str = "",
    skip: Collection[str] = (),
) -> tuple[Item, ...]:
    """Return the codings that a person should look at next, the most important first.

    Those that nobody has reviewed; for a `coder` who works blind those that they haven't. `skip`
    are ids of codings to leave out, such as those put off.
    """
    condition, values = _open(project, coder, option)
    found = project.connection.execute(
        f"SELECT q.coding, q.priority, q.why FROM queue q WHERE {condition} "
        "ORDER BY q.priority DESC, q.coding LIMIT ?",
        (*values, limit + len(skip)),
    ).fetchall()
    wanted = [row for row in found if row[0] not in skip][:limit]
    return tuple(Item(coding(project, key, coder=coder), *rest) for key, *rest in wanted)


def queue_length(project: Project, *, coder: str = "", option: str = "") -> int:
    """Return how many codings the queue has, as in `next_items`."""
    where = "option = ?" if option else "1"
    values = (option,) if option else ()
    if not is_blind(project, coder):
        index = "queue_open_of_option" if option else "queue_open"
        return _number(project, f"queue INDEXED BY {index} WHERE reviews = 0 AND {where}", values)
    done = (
        "(SELECT DISTINCT coding FROM reviews WHERE coder = ? AND until IS NULL) r JOIN queue q ON "
        f"q.coding = r.coding WHERE {where}"
    )
    return _number(project, f"queue WHERE {where}", values) - _number(
        project, done, (coder, *values)
    )


def is_blind(project: Project, coder: str) -> bool:
    """Return whether a person codes blind to the others; who was never added doesn't."""
    row = live(project, "coders", coder) if coder else None
    return row is not None and bool(row["blind"])


def _number(project: Project, what: str, values: tuple[str, ...]) -> int:
    found = project.connection.execute(f"SELECT COUNT(*) FROM {what}", values).fetchone()
    return int(found[0])


def queue_is_stale(project: Project) -> bool:
    """Return whether anything changed since the queue was ranked."""
    return _cached(project, "queue") != str(last_change(project))


def find_utterances(project: Project) -> str:
    """Find which statements report one utterance, where any came, went or changed since.

    Return what is the same as long as that was found of the same statements.
    """
    statements = _statements_now(project)
    if _cached(project, "utterances") != statements:
        found = duplicates.statement_utterances(attributed(project), directory_of(project))
        _keep_utterances(project, list(found.items()), statements)
    return statements


def utterances_found(project: Project) -> str:
    """Return what `find_utterances` gave last, empty where it never did."""
    return _cached(project, "utterances") or ""


def refresh_queue(
    project: Project, as_of: date | str | None = None, *, found: Sequence[Position] | None = None
) -> int:
    """Rank the queue by the count as of a day, by default the newest; return how many moved.

    The same project gives the same order, whatever was ranked before. `found` are the positions of
    now, with what `find_utterances` finds, where they are at hand.
    """
    seen = last_change(project)
    if found is None:
        find_utterances(project)
        found = positions(project)
    ranks = _ranks(project, as_of, found)
    with said(project.path):
        write_in_slices(project, FILL, project.connection.execute(MISSING).fetchall())
        before = project.connection.execute("SELECT coding, priority, why FROM queue").fetchall()
        moved = [
            (*ranks[key], key)
            for key, *rank in before
            if key in ranks and ranks[key] != tuple(rank)
        ]
        write_in_slices(project, "UPDATE queue SET priority = ?, why = ? WHERE coding = ?", moved)
        with in_one(project.connection) as connection:
            connection.execute("INSERT OR REPLACE INTO cached VALUES ('queue', ?)", (str(seen),))
    return len(moved)


def _keep_utterances(
    project: Project, reported: Sequence[tuple[str, str]], statements: str
) -> None:
    """Keep which statements report one utterance, and of which statements that was found."""
    with said(project.path):
        kept = dict(project.connection.execute("SELECT statement, utterance FROM utterances"))
        new = [pair for pair in reported if kept.pop(pair[0], None) != pair[1]]
        write_in_slices(project, "INSERT OR REPLACE INTO utterances VALUES (?, ?)", new)
        gone = [(statement,) for statement in kept]
        write_in_slices(project, "DELETE FROM utterances WHERE statement = ?", gone)
        with in_one(project.connection) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO cached VALUES ('utterances', ?)", (statements,)
            )


def _statements_now(project: Project) -> str:
    """Return what is the same as long as no statement, nor the actors file, changes."""
    found = project.connection.execute(
        "SELECT COUNT(*), MAX(row), (SELECT row FROM files WHERE key = 'actors' AND until IS NULL) "
        "FROM statements WHERE until IS NULL"
    ).fetchone()
    return " ".join(str(one) for one in found if one is not None)


def _cached(project: Project, name: str) -> str | None:
    found = project.connection.execute(
        "SELECT value FROM cached WHERE name = ?", (name,)
    ).fetchone()
    return None if found is None else str(found[0])


def _open(project: Project, coder: str, option: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition that a coding is open for a coder."""
    condition = "q.reviews = 0"
    values: tuple[str, ...] = ()
    if is_blind(project, coder):
        condition = (
            "NOT EXISTS (SELECT 1 FROM reviews r WHERE r.coder = ? AND r.coding = q.coding "
            "AND r.until IS NULL)"
        )
        values = (coder,)
    if option:
        condition += " AND q.option = ?"
        values += (option,)
    return condition, values


def _ranks(
    project: Project, as_of: date | str | None, found: Sequence[Position]
) -> dict[str, tuple[float, str]]:
    """Return the priority of each coding and why."""
    issue, body = issue_of(project), body_of(project)
    try:
        day = first_day(as_of) if isinstance(as_of, str) else as_of or newest_day(project)
    except CountError:
        day = issue.starts or date.max
    counts = [counting.count(found, issue, body, day)]
    if any(one.for_review for one in found):
        accepted = [replace(one, for_review=False) for one in found]
        counts.append(counting.count(accepted, issue, body, day))
    weights = _weights(counts[0])
    hangs: dict[str, tuple[float, str]] = {}
    for counted in counts:
        for cell in counted.cells:
            weight, why = weights[cell.option].get(cell.member, (LEAST, ""))
            _weigh(hangs, cell, weight, f"{cell.member} on {cell.option}", why)
        for other in counted.others:
            name = other.actor.speaks_for or other.actor.name
            _weigh(hangs, other, NO_MEMBER, f"{name} on {other.option}", "no member")
    ranks = {}
    for one in found:
        if one.origin == "statement":
            key = coding_id(one.statement or "", one.piece or 0, one.option, one.actor.id)
            unsure = max(1.0 - one.confidence, 0.5 if one.for_review else 0.0)
            weight, why = hangs.get(key, (NOWHERE * LEAST, "counts in no cell on this day"))
            doubt = "for review" if one.for_review else f"{one.confidence:.0%} sure"
            ranks[key] = (round(unsure * weight, 6), f"{why}; {doubt}")
    return ranks


def _weigh(
    hangs: dict[str, tuple[float, str]], cell: Cell | Other, weight: float, name: str, why: str
) -> None:
    """Note for each piece of a cell's evidence what hangs on it, the most over all cells."""
    for place, one in enumerate(cell.evidence):
        if one.origin != "statement":
            continue
        option = one.implied_by or one.option
        key = coding_id(one.statement or "", one.piece or 0, option, one.actor.id)
        role, words = (DECIDES, "decides") if place == 0 else (STANDS_BY, "is more on")
        told = f"{words} {name}" + (f": {why}" if why else "")
        if role * weight > hangs.get(key, (0.0, ""))[0]:
            hangs[key] = (role * weight, told)


def _weights(counted: WhipCount) -> dict[str, Mapping[str, tuple[float, str]]]:
    """Return for each option how much of its verdict hangs on each member, and why.

    Who alone turns the outcome has 1; who is in a smallest set of n that does has 1/n.
    """
    found: dict[str, Mapping[str, tuple[float, str]]] = {}
    for verdict in counted.verdicts:
        weights: dict[str, tuple[float, str]] = {}
        for members, why in _sets(verdict):
            for member in members:
                if 1 / len(members) > weights.get(member, (LEAST, ""))[0]:
                    weights[member] = (1 / len(members), why)
        found[verdict.option] = weights
    return found


def _sets(verdict: Verdict) -> list[tuple[tuple[str, ...], str]]:
    found: list[tuple[tuple[str, ...], str]] = [
        ((one.member,), f"alone turns it {one.outcome}") for one in verdict.swings
    ]
    for sets, why in (
        (verdict.needed, "is needed"),
        (verdict.can_stop, "can stop it"),
        (verdict.blockers, "blocks it"),
        (verdict.to_turn, "would have to turn"),
    ):
        found += [(members, why) for members in sets if members]
    return found
