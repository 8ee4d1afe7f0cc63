"""What counts of a statement: the machine's coding, or what people decided about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from whipcount.errors import ProjectError
from whipcount.model import Actor, Coded, Position, Statement
from whipcount.project.actors import Known, known
from whipcount.project.converting import (
    MACHINE,
    actor_of,
    article_of,
    coding_of_position,
    position_of,
    statement_of,
    words_of,
)
from whipcount.project.looking import actors_in, text_of
from whipcount.project.pages import Page, paged
from whipcount.project.rows import live, live_rows
from whipcount.project.store import Project

Row = Mapping[str, Any]
State = Literal["open", "decided", "disagreed"]
Verdict = Literal["accepted", "changed", "deleted", "added"]


@dataclass(frozen=True, slots=True)
class Review:
    """What one person says of a coding; `position` is None where it is deleted."""

    id: str
    coder: str
    verdict: Verdict
    adjudicates: bool
    position: Position | None
    note: str


@dataclass(frozen=True, slots=True)
class Coding:
    """A coding with what the machine and people say of it.

    `position` is what counts, None where it is deleted; for review where people disagree.
    `machine` is None where a person added the coding, or the machine doesn't find it any more.
    """

    id: str
    statement: Statement
    position: Position | None
    machine: Position | None
    reviews: tuple[Review, ...]
    state: State


def coding(project: Project, id_: str, *, coder: str = "") -> Coding:
    """Return a coding by its id, or by that of a position that counts; ProjectError for none.

    For a `coder` who works blind, only their own review is in it.
    """
    row = live(project, "codings", id_)
    reviews = live_rows(project, "reviews", "coding = ?", (id_,))
    source = row or (reviews[0][1] if reviews else None)
    home = source or live(project, "statements", id_.partition("/")[0])
    if home is None:
        raise ProjectError(f"there is no coding {id_} in {project.path}")
    statement = source["statement"] if source else id_.partition("/")[0]
    found = _of_statement(project, statement, home["article"], coder)
    for one in found:
        if one.id == id_:
            return one
    for one in found:  # a person put it on another option or actor, and this is what counts
        if one.position is not None and coding_of_position(one.position) == id_:
            return one
    if source is not None:
        raise ProjectError(f"the statement of the coding {id_} was deleted")
    raise ProjectError(f"there is no coding {id_} in {project.path}")


def codings(project: Project, article: str, *, coder: str = "") -> tuple[Coding, ...]:
    """Return an article's codings in reading order, deleted ones too; blind as in `coding`."""
    people = _seen_by(project, live_rows(project, "reviews", "article = ?", (article,)), coder)
    return _codings(
        live_rows(project, "statements", "article = ? AND deleted = 0", (article,)),
        actors_in(project, article),
        live_rows(project, "codings", "article = ?", (article,)),
        people,
        known(project),
    )


def codings_of_statement(
    project: Project, statement: str, *, coder: str = ""
) -> tuple[Coding, ...]:
    """Return a statement's codings, deleted ones too; blind as in `coding`."""
    row = live(project, "statements", statement)
    return () if row is None else _of_statement(project, statement, row["article"], coder)


def quotations(project: Project, option: str, *, after: str = "", limit: int = 50) -> Page[Coding]:
    """Return the codings on an option that count or wait for review, by their ids."""
    found = project.connection.execute(
        "SELECT key FROM (SELECT key FROM codings INDEXED BY codings_of_option WHERE option = ?1 "
        "AND until IS NULL AND key > ?2 AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.coding = "
        "codings.key AND (d.option <> ?1 OR d.verdict = 'deleted')) AND statement NOT IN "
        f"({DELETED}) ORDER BY key LIMIT ?3) UNION "
        "SELECT coding FROM (SELECT coding FROM decisions WHERE option = ?1 AND coding > ?2 AND "
        f"verdict <> 'deleted' AND statement NOT IN ({DELETED}) ORDER BY coding LIMIT ?3) "
        "ORDER BY 1 LIMIT ?3",
        (option, after, limit + 1),
    ).fetchall()
    page = paged([key for (key,) in found], limit, lambda key: key)
    return Page(tuple(coding(project, key) for key in page.items), page.next)


DELETED = "SELECT key FROM statements WHERE until IS NULL AND deleted = 1"
"""The statements that people deleted."""


def coded(project: Project, articles: Iterable[str] | None = None) -> Iterator[Coded]:
    """Yield articles, the oldest first, with their statements and the positions that count.

    Those for review are among them, marked so. `articles` are the ids wanted, all where None.
    """
    decided = known(project)
    if articles is None:
        found = project.connection.execute(
            "SELECT key FROM articles WHERE until IS NULL ORDER BY published, key"
        )
        articles = [key for (key,) in found]
    for id_ in articles:
        row = live(project, "articles", id_)
        if row is None:
            continue
        known_actors = actors_in(project, id_)
        rows = live_rows(project, "statements", "article = ? AND deleted = 0", (id_,))
        rows.sort(key=lambda entry: (entry[1]["place"], entry[0]))
        statements = tuple(statement_of(key, one, known_actors) for key, one in rows)
        yield Coded(
            article_of(id_, row, text_of(project, row["text_sha256"])),
            statements,
            tuple(
                _counting(
                    rows,
                    known_actors,
                    live_rows(project, "codings", "article = ?", (id_,)),
                    live_rows(project, "reviews", "article = ?", (id_,)),
                    decided,
                )
            ),
            _codebook(live(project, "codebooks", id_)),
        )


def statement_positions(
    project: Project, statements: Sequence[str] | None = None
) -> Iterator[Position]:
    """Yield the positions of statements that count or wait for review; all where None."""
    decided = known(project)
    if statements is None:
        said = dict(project.connection.execute("SELECT statement, utterance FROM utterances"))
        found = _counting(
            live_rows(project, "statements", "deleted = 0 AND " + HAS_CODING),
            {key: actor_of(key, row) for key, row in live_rows(project, "actors")},
            live_rows(project, "codings"),
            live_rows(project, "reviews"),
            decided,
            said=said,
        )
        yield from found
        return
    for id_ in statements:
        row = live(project, "statements", id_)
        if row is None or row["deleted"]:
            continue
        said = dict(
            project.connection.execute(
                "SELECT statement, utterance FROM utterances WHERE statement = ?", (id_,)
            )
        )
        found = _counting(
            [(id_, row)],
            actors_in(project, row["article"]),
            live_rows(project, "codings", "statement = ?", (id_,)),
            live_rows(project, "reviews", "statement = ?", (id_,)),
            decided,
            said=said,
        )
        yield from found


HAS_CODING = (
    "(EXISTS (SELECT 1 FROM codings c WHERE c.statement = statements.key AND c.until IS NULL) OR "
    "EXISTS (SELECT 1 FROM reviews r WHERE r.statement = statements.key AND r.until IS NULL))"
)


def decide(machine: Row | None, reviews: Sequence[Row]) -> tuple[State, Row | None]:
    """Return what counts of a coding: who adjudicates decides, else those who agree.

    Where people disagree it is the machine's coding, or without one the first person's.
    """
    people = [one for one in reviews if one["adjudicates"]] or list(reviews)
    if not people:
        return "open", machine
    if len({one["says"] for one in people}) > 1:
        return "disagreed", machine or people[0]
    return "decided", None if people[0]["verdict"] == "deleted" else people[0]


def _counting(
    statements: Sequence[tuple[str, Row]],
    actors: Mapping[str, Actor],
    machine: Sequence[tuple[str, Row]],
    reviews: Sequence[tuple[str, Row]],
    decided: Known,
    *,
    said: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Position]:
    """Yield the positions of codings: a person's in the place of a machine's that says the same."""
    by_coding: dict[str, list[Row]] = {}
    for _, row in reviews:
        by_coding.setdefault(row["coding"], []).append(row)
    own = dict(machine)
    by_statement: dict[str, list[str]] = {}
    for key, row in machine:
        by_statement.setdefault(row["statement"], []).append(key)
    for key, people in by_coding.items():
        if key not in own:
            by_statement.setdefault(people[0]["statement"], []).append(key)
    for id_, row in statements:
        keys = by_statement.get(id_)
        if keys is None:
            continue
        statement = words_of(id_, row, said.get(id_, ""))
        found: dict[tuple[int, str, str], list[Position]] = {}
        sure: set[tuple[int, str, str]] = set()
        for key in keys:
            state, chosen = decide(own.get(key), by_coding.get(key, ()))
            if chosen is None or chosen["actor"] not in actors:
                continue
            position = _position(chosen, (statement, row), actors, decided, state)
            slot = (chosen["piece"], chosen["option"], chosen["actor"])
            if state == "decided":
                found[slot] = [*(found.get(slot, []) if slot in sure else []), position]
                sure.add(slot)
            elif slot not in sure:
                found.setdefault(slot, []).append(position)
        for some in found.values():
            yield from some


def _position(
    chosen: Row,
    home: tuple[Statement, Row],
    actors: Mapping[str, Actor],
    decided: Known,
    state: State,
) -> Position:
    """Return the position of a coding's row; a person's is sure, and in nobody's queue."""
    statement, row = home
    person = "verdict" in chosen
    position = position_of(
        chosen,
        statement,
        actors,
        confidence=1.0 if person else chosen["confidence"],
        for_review=state == "disagreed" or (not person and bool(chosen["for_review"])),
    )
    date = statement.date if row["coder"] != MACHINE and not person else position.date
    actor = decided.resolved(position.actor, date)
    if actor is not position.actor or date != position.date:
        position = replace(position, actor=actor, date=date)
    return position


def _codings(
    statements: Sequence[tuple[str, Row]],
    actors: Mapping[str, Actor],
    machine: Sequence[tuple[str, Row]],
    reviews: Sequence[tuple[str, Row]],
    decided: Known,
) -> tuple[Coding, ...]:
    """Return codings with all that is said of them, in reading order."""
    own = dict(machine)
    people: dict[str, list[tuple[str, Row]]] = {}
    for key, row in reviews:
        people.setdefault(row["coding"], []).append((key, row))
    homes = dict(statements)
    found = []
    for id_ in {*own, *people}:
        said = people.get(id_, [])
        home = (own.get(id_) or said[0][1])["statement"]
        if home not in homes:
            continue
        pair = (statement_of(home, homes[home], actors), homes[home])
        state, chosen = decide(own.get(id_), [one for _, one in said])

        def shown(
            one: Row | None, state: State, pair: tuple[Statement, Row] = pair
        ) -> Position | None:
            if one is None or one["actor"] not in actors:
                return None
            return _position(one, pair, actors, decided, state)

        found.append(
            Coding(
                id_,
                pair[0],
                shown(chosen, state),
                shown(own.get(id_), "open"),
                tuple(
                    Review(
                        key,
                        one["coder"],
                        one["verdict"],
                        bool(one["adjudicates"]),
                        None if one["verdict"] == "deleted" else shown(one, "decided"),
                        one["note"],
                    )
                    for key, one in said
                ),
                state,
            )
        )
    places = {id_: (row["place"], id_) for id_, row in statements}
    return tuple(sorted(found, key=lambda one: (places[one.statement.id], one.id)))


def _of_statement(project: Project, statement: str, article: str, coder: str) -> tuple[Coding, ...]:
    people = _seen_by(project, live_rows(project, "reviews", "statement = ?", (statement,)), coder)
    return _codings(
        live_rows(project, "statements", "key = ? AND deleted = 0", (statement,)),
        actors_in(project, article),
        live_rows(project, "codings", "statement = ?", (statement,)),
        people,
        known(project),
    )


def _seen_by(
    project: Project, reviews: list[tuple[str, dict[str, Any]]], coder: str
) -> list[tuple[str, dict[str, Any]]]:
    """Return the reviews that a coder may see: their own only, where they work blind."""
    row = live(project, "coders", coder) if coder else None
    if row is None or not row["blind"]:
        return reviews
    return [one for one in reviews if one[1]["coder"] == coder]


def _codebook(row: Row | None) -> tuple[tuple[str, str], ...]:
    return () if row is None else tuple(json.loads(row["codebook"]).items())
