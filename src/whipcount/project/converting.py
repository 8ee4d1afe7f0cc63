"""The model's types as the values of rows, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from whipcount.bodies.names import folded
from whipcount.model import Actor, Article, Position, Printing, Span, Statement
from whipcount.project.rows import as_json

Row = Mapping[str, Any]

PLAIN_ARTICLE = (
    *("path", "part", "offset", "title", "outlet", "byline", "published", "url", "language"),
    *("page_sha256", "text_sha256", "section", "word_count", "copy_of"),
)
MACHINE = ""
"""The coder of a statement that the machine found."""


def article_values(article: Article, previous: str) -> dict[str, Any]:
    """Return an article as a row; `previous` is the version before, or empty."""
    return {
        **{name: getattr(article, name) for name in PLAIN_ARTICLE},
        "body": spans_json(article.body),
        "headline": span_json(article.headline),
        "teaser": spans_json(article.teaser),
        "also_in": as_json([list(astuple(one)) for one in article.also_in]),
        "previous": previous,
    }


def codebook_values(article: str, codebook: Mapping[str, str], coder: str) -> dict[str, Any]:
    """Return on which options an article was coded, with their digests, and by which coder."""
    return {"article": article, "codebook": as_json(dict(codebook)), "coder": coder}


def article_of(key: str, row: Row, text: str) -> Article:
    """Return the article of a row."""
    return Article(
        id=key,
        **{name: row[name] for name in PLAIN_ARTICLE},
        text=text,
        body=spans(row["body"]),
        headline=span(row["headline"]),
        teaser=spans(row["teaser"]),
        also_in=tuple(Printing(*one) for one in json.loads(row["also_in"])),
    )


def statement_values(
    statement: Statement, article: str, coder: str = MACHINE, *, deleted: bool = False
) -> dict[str, Any]:
    """Return a statement as a row."""
    return {
        "article": article,
        "place": min(one.start for one in (*statement.content, *statement.source)),
        "kind": statement.kind,
        "source": spans_json(statement.source),
        "cue": spans_json(statement.cue),
        "content": spans_json(statement.content),
        "speaker": statement.speaker,
        "quote": statement.quote,
        "actors": as_json([actor.id for actor in statement.actors]),
        "names": "; ".join(actor.name for actor in statement.actors),
        "date": statement.date,
        "confidence": float(statement.confidence),
        "utterance": statement.utterance,
        "coder": coder,
        "deleted": int(deleted),
    }


def statement_of(key: str, row: Row, actors: Mapping[str, Actor]) -> Statement:
    """Return the statement of a row; actors that are gone are left out."""
    return Statement(
        id=key,
        kind=row["kind"],
        source=spans(row["source"]),
        cue=spans(row["cue"]),
        content=spans(row["content"]),
        speaker=row["speaker"],
        quote=row["quote"],
        actors=tuple(actors[id_] for id_ in json.loads(row["actors"]) if id_ in actors),
        date=row["date"],
        confidence=row["confidence"],
        utterance=row["utterance"],
    )


def words_of(key: str, row: Row, utterance: str) -> Statement:
    """Return what a position needs of its statement: kind, words, source, content, utterance."""
    return Statement(
        id=key,
        kind=row["kind"],
        source=spans(row["source"]),
        cue=(),
        content=spans(row["content"]),
        speaker=row["speaker"],
        quote=row["quote"],
        date=row["date"],
        utterance=utterance,
    )


def actor_values(actor: Actor, article: str) -> dict[str, Any]:
    """Return an actor of an article as a row."""
    return {
        "article": article,
        "name": actor.name,
        "kind": actor.kind,
        "role": actor.role,
        "affiliation": actor.affiliation,
        "country": actor.country,
        "speaks_for": actor.speaks_for,
        "named": name_key(actor.kind, actor.name),
    }


def actor_of(key: str, row: Row) -> Actor:
    """Return the actor of a row."""
    return Actor(
        key,
        row["name"],
        row["kind"],
        row["role"],
        row["affiliation"],
        row["country"],
        row["speaks_for"],
    )


def name_key(kind: str, name: str) -> str:
    """Return the name key that joins an actor across articles: `person:ilsa torv`."""
    return f"{kind}:{folded(name)}"


def coding_id(statement: str, piece: int, option: str, actor: str) -> str:
    """Return the id of a coding: its slot, which a re-run of the machine finds again."""
    return f"{statement}/{piece}/{option}/{actor.rpartition('.')[2]}"


def parts_of(coding_id: str) -> tuple[str, int, str, str]:
    """Return the statement, the piece, the option and the rest of a coding's id."""
    statement, piece, rest = coding_id.split("/", 2)
    option, _, slot = rest.rpartition("/")
    return statement, int(piece), option, slot


def coding_of_position(position: Position) -> str:
    """Return the id of the coding that a position from a statement is."""
    return coding_id(
        position.statement or "", position.piece or 0, position.option, position.actor.id
    )


def coding_values(position: Position) -> dict[str, Any]:
    """Return what a machine's and a person's coding have in common, as a row's values."""
    return {
        "statement": position.statement,
        "article": position.article,
        "piece": position.piece or 0,
        "option": position.option,
        "stance": position.stance,
        "strength": position.strength,
        "reported": int(position.reported),
        "actor": position.actor.id,
        "reported_by": None if position.reported_by is None else position.reported_by.id,
        "implied_by": position.implied_by,
        "condition": span_json(position.condition),
        "reason": span_json(position.reason),
        "date": position.date,
        "coder": position.coder,
    }


def machine_values(position: Position) -> dict[str, Any]:
    """Return a machine's coding as a row."""
    return coding_values(position) | {
        "confidence": float(position.confidence),
        "for_review": int(position.for_review),
    }


def position_of(
    row: Row,
    statement: Statement,
    actors: Mapping[str, Actor],
    *,
    confidence: float,
    for_review: bool,
) -> Position:
    """Return the position that a coding's row and its statement make."""
    return Position(
        origin="statement",
        actor=actors[row["actor"]],
        option=row["option"],
        stance=row["stance"],
        strength=row["strength"],
        reported=bool(row["reported"]),
        reported_by=actors.get(row["reported_by"]) if row["reported_by"] else None,
        implied_by=row["implied_by"],
        condition=span(row["condition"]),
        reason=span(row["reason"]),
        date=row["date"],
        coder=row["coder"],
        confidence=confidence,
        for_review=for_review,
        article=row["article"],
        statement=row["statement"],
        piece=row["piece"],
        kind=statement.kind,
        quote=statement.quote,
        source=statement.source,
        content=statement.content,
        utterance=statement.utterance,
    )


def machine_position(row: Row, statement: Statement, actors: Mapping[str, Actor]) -> Position:
    """Return the position of a machine's coding as it is."""
    return position_of(
        row,
        statement,
        actors,
        confidence=row["confidence"],
        for_review=bool(row["for_review"]),
    )


def spans_json(found: Sequence[Span]) -> str:
    """Return spans as JSON."""
    return as_json([[one.start, one.end] for one in found])


def span_json(found: Span | None) -> str | None:
    """Return a span as JSON, None for none."""
    return None if found is None else as_json([found.start, found.end])


def spans(data: str) -> tuple[Span, ...]:
    """Return the spans of JSON, as `spans_json` writes it; ten times as fast as by `json`."""
    if data == "[]":
        return ()
    return tuple(Span(*map(int, pair.split(","))) for pair in data[2:-2].split("],["))


def span(data: str | None) -> Span | None:
    """Return the span of JSON, None for none."""
    if data is None:
        return None
    start, end = json.loads(data)
    return Span(start, end)
