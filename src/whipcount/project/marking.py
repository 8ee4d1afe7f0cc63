"""Statements as people mark them: spans drawn anew, split, deleted, added by selecting words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from whipcount.dates import is_date
from whipcount.errors import ProjectError
from whipcount.model import Span, StatementKind
from whipcount.offsets import SAME, merge
from whipcount.project.converting import coding_id, spans, spans_json
from whipcount.project.looking import text_of
from whipcount.project.reviewing import UNSET, _Unset, check_span, review_values
from whipcount.project.rows import By, Draft, as_json, changing, digest, end, live, live_rows, put
from whipcount.project.store import Project

Spans = Sequence[Span]


def add_statement(
    project: Project,
    article: str,
    content: Spans,
    by: By,
    *,
    source: Spans = (),
    cue: Spans = (),
    actors: Sequence[str] = (),
    date: str = "",
) -> str:
    """Add a statement by its spans and return its id; the same spans are the same statement.

    `actors` are ids of actors in the article, the date is the article's where it is left out.
    """
    row = live(project, "articles", article)
    if row is None:
        raise ProjectError(f"there is no article {article} in {project.path}")
    id_ = statement_id(article, content)
    values = _values(project, article, content, by.who, source=source, cue=cue)
    values |= _names(project, actors) | {"date": date or row["published"]}
    _check(project, article, values)
    with changing(project, by, "add statement", id_) as draft:
        put(draft, "statements", id_, values)
    return id_


def mark(
    project: Project,
    statement: str,
    by: By,
    *,
    content: Spans | _Unset = UNSET,
    source: Spans | _Unset = UNSET,
    cue: Spans | _Unset = UNSET,
    actors: Sequence[str] | _Unset = UNSET,
    date: str | _Unset = UNSET,
) -> int | None:
    """Mark a statement's spans anew, or its actors and date; what isn't given stays.

    Codings go along. Raises ProjectError where one would lose its piece.
    """
    row = _live_statement(project, statement)
    article = row["article"]
    values = _values(
        project,
        article,
        spans(row["content"]) if isinstance(content, _Unset) else content,
        by.who,
        source=spans(row["source"]) if isinstance(source, _Unset) else source,
        cue=spans(row["cue"]) if isinstance(cue, _Unset) else cue,
    )
    values |= _names(project, json.loads(row["actors"]) if isinstance(actors, _Unset) else actors)
    values["date"] = row["date"] if isinstance(date, _Unset) else date
    if {**values, "coder": ""} == {**row, "confidence": 1.0, "coder": "", "utterance": ""}:
        return None
    _check(project, article, values)
    pieces = len(json.loads(values["content"]))
    for table in ("codings", "reviews"):
        for key, one in live_rows(project, table, "statement = ?", (statement,)):
            if one["piece"] >= pieces:
                raise ProjectError(
                    f"{key} codes piece {one['piece']}, and {pieces} would be left; delete or move "
                    "that coding first"
                )
    with changing(project, by, "mark", statement) as draft:
        put(draft, "statements", statement, values)
    return draft.result


def delete_statement(project: Project, statement: str, by: By) -> int | None:
    """Say that nobody says this; its codings count no more. None where that was said."""
    row = live(project, "statements", statement)
    if row is None:
        raise ProjectError(f"there is no statement {statement} in {project.path}")
    with changing(project, by, "delete statement", statement) as draft:
        put(draft, "statements", statement, row | {"deleted": 1, "coder": draft.who})
    return draft.result


def split(project: Project, statement: str, contents: Sequence[Spans], by: By) -> tuple[str, ...]:
    """Make several statements of one, each of some content spans, and return their ids.

    Source, cue, actors and date are those of the one. A coding goes to the statement whose content
    overlaps its piece most, and where people had decided, their decision with it.
    """
    row = _live_statement(project, statement)
    if len(contents) < 2:
        raise ProjectError("a statement is split into two at least")
    ids = [statement_id(row["article"], content) for content in contents]
    if len(set(ids)) < len(ids):
        raise ProjectError("two of the statements have the same words")
    made = {}
    for id_, content in zip(ids, contents, strict=True):
        values = _values(
            project,
            row["article"],
            content,
            by.who,
            source=spans(row["source"]),
            cue=spans(row["cue"]),
        ) | {name: row[name] for name in ("actors", "names", "date")}
        _check(project, row["article"], values)
        made[id_] = values
    old = spans(row["content"])
    with changing(project, by, "split", statement, note=", ".join(ids)) as draft:
        put(draft, "statements", statement, row | {"deleted": 1, "coder": draft.who})
        for id_, values in made.items():
            put(draft, "statements", id_, values)
        for table in ("codings", "reviews"):
            for key, one in live_rows(draft, table, "statement = ?", (statement,)):
                place = _best(old[one["piece"]], contents)
                if place is not None:
                    _move(draft, table, key, one, (ids[place[0]], place[1]))
    return tuple(ids)


def statement_id(article: str, content: Spans) -> str:
    """Return the id of a statement that a person marks: the same for the same spans."""
    return f"{article}.m{digest([list(span) for span in merge(content)])[:8]}"


def _move(draft: Draft, table: str, key: str, row: dict[str, Any], to: tuple[str, int]) -> None:
    """Put a coding, or a review of one, to a piece of another statement."""
    end(draft, table, key)
    moved = row | {"statement": to[0], "piece": to[1]}
    new = coding_id(to[0], to[1], row["option"], row["actor"])
    if table == "codings":
        if live(draft, table, new) is None:
            put(draft, table, new, moved)
        return
    # the slot is that of the coding, not what the person says of it
    old = row["coding"].split("/")
    new = "/".join((to[0], str(to[1]), *old[2:]))
    whose = key.rpartition("|")[2]
    if live(draft, table, f"{new}|{whose}") is None:
        values = review_values(
            new, moved, row["verdict"], adjudicates=bool(row["adjudicates"]), note=row["note"]
        )
        put(draft, table, f"{new}|{whose}", values)


def _best(piece: Span, contents: Sequence[Spans]) -> tuple[int, int] | None:
    """Return which content, and which piece of it, overlaps a span most; None where none does."""
    found = [
        (min(piece.end, span.end) - max(piece.start, span.start), -number, -place)
        for number, content in enumerate(contents)
        for place, span in enumerate(merge(content))
    ]
    most = max(found)
    return (-most[1], -most[2]) if most[0] > 0 else None


def _values(
    project: Project, article: str, content: Spans, who: str, *, source: Spans, cue: Spans
) -> dict[str, Any]:
    row = live(project, "articles", article)
    if row is None:
        raise ProjectError(f"there is no article {article} in {project.path}")
    if not content:
        raise ProjectError("a statement needs content: the words that are said")
    for span in (*content, *source, *cue):
        check_span(project, article, span)
    text = text_of(project, row["text_sha256"])
    pieces, sources, cues = merge(content), merge(source), merge(cue)
    return {
        "article": article,
        "place": min(one.start for one in (*pieces, *sources)),
        "kind": _kind([text[one.start : one.end] for one in pieces]),
        "source": spans_json(sources),
        "cue": spans_json(cues),
        "content": spans_json(pieces),
        "speaker": " ".join(text[one.start : one.end] for one in sources),
        "quote": " ".join(text[one.start : one.end] for one in pieces),
        "confidence": 1.0,
        "utterance": "",
        "coder": who.strip(),
        "deleted": 0,
    }


def _names(project: Project, actors: Sequence[str]) -> dict[str, str]:
    """Return a statement's actors as a row has them: their ids, and their names for the search."""
    rows = [live(project, "actors", id_) for id_ in actors]
    names = "; ".join(row["name"] for row in rows if row is not None)
    return {"actors": as_json(list(actors)), "names": names}


def _kind(pieces: Sequence[str]) -> StatementKind:
    """Return whether words stand in quotation marks: all, some or none of them."""
    plain = [piece.translate(SAME).strip() for piece in pieces]
    marked = ['"' in piece for piece in plain]
    if not any(marked):
        return "indirect"
    whole = all(piece.startswith('"') for piece in plain)
    return "direct" if whole and all(marked) else "mixed"


def _check(project: Project, article: str, values: dict[str, Any]) -> None:
    if values["date"] and not is_date(values["date"]):
        raise ProjectError(f"{values['date']!r} is no day; write it as 2023-07-11")
    for id_ in json.loads(values["actors"]):
        row = live(project, "actors", id_)
        if row is None or row["article"] != article:
            raise ProjectError(f"{id_!r} is no actor of the article {article}")


def _live_statement(project: Project, statement: str) -> dict[str, Any]:
    row = live(project, "statements", statement)
    if row is None or row["deleted"]:
        raise ProjectError(f"there is no statement {statement} in {project.path}")
    return row
