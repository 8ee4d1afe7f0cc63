"""What whipcount exported, as it is in DNA now: found again, and changed where people changed it.

The details of a statement hold what DNA has no place for. Values, start and stop are DNA's own, and
hold where they differ from what was exported. Where a document's text was changed, the words are
looked for, and with them moves what stood around them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from whipcount import offsets
from whipcount.dna.exporting import values_of
from whipcount.model import STANCES, Actor, ActorKind, Article, Position, Span, Stance, Statement

Values = Mapping[str, int | str]
"""The values of a statement in DNA by the variables' names."""

SIDES: Mapping[int, Stance] = {1: "support", 0: "oppose"}
"""The stances that DNA's agreement says."""


def first_words(details: Mapping[str, Any]) -> str:
    """Return the words of an exported statement's first piece; nothing where it isn't ours."""
    spans, quote = details.get("content"), details.get("quote")
    if not spans or not quote:
        return ""
    start, end = spans[0]
    return str(quote)[: end - start] if len(spans) > 1 else str(quote)


def find_again(details: Mapping[str, Any], text: str, near: int) -> Span | None:
    """Return where the words of an exported statement or position stand in a changed text."""
    words = first_words(details)
    found = offsets.find(text, words, near) if words else None
    if found is None or "cue" in details or len(details["content"]) == 1:
        return found
    end = found.start + details["content"][-1][1] - details["content"][0][0]
    return Span(found.start, min(end, len(text)))


def moved_statement(statement: Statement, span: Span, old: str, article: Article) -> Statement:
    """Return an exported statement in an article whose text was changed.

    `span` is where its first piece stands, `old` the article's id before. What else belongs to it
    is as far from it as before; the source is left out where its words aren't there, and so are
    further pieces.
    """
    step, text = span.start - statement.content[0].start, article.text
    content = _stepped(statement.content, step)
    if _words(text, content) != statement.quote:
        content = (span,)
    source, cue = _stepped(statement.source, step), _stepped(statement.cue, step)
    if _words(text, source) not in statement.speaker:
        source, cue = (), ()
    return replace(
        statement,
        id=_rehomed(statement.id, old, article),
        source=source,
        cue=cue,
        content=content,
        quote=_words(text, content),
        actors=tuple(replace(one, id=_rehomed(one.id, old, article)) for one in statement.actors),
    )


def moved_position(position: Position, span: Span, old: str, article: Article) -> Position:
    """Return an exported position in an article whose text was changed, as `moved_statement`."""
    step, text = span.start - position.content[0].start, article.text
    content, source = _stepped(position.content, step), _stepped(position.source, step)
    reported_by = position.reported_by
    if reported_by is not None:
        reported_by = replace(reported_by, id=_rehomed(reported_by.id, old, article))
    return replace(
        position,
        actor=replace(position.actor, id=_rehomed(position.actor.id, old, article)),
        reported_by=reported_by,
        condition=_step(position.condition, step),
        reason=_step(position.reason, step),
        article=article.id,
        statement=_rehomed(position.statement or "", old, article) or None,
        source=source,
        content=content if _words(text, content) == position.quote else (span,),
    )


def changed_position(position: Position, values: Values, span: Span, article: Article) -> Position:
    """Return a position that was exported with what people changed of it in DNA.

    An actor with another name or organization is another actor of the article.
    """
    before = values_of(position)
    actor = position.actor
    if values.get("person") != before["person"] and values.get("person"):
        actor = replace(actor, name=str(values["person"]), kind="person")
    if values.get("organization") != before["organization"]:
        actor = replace(actor, speaks_for=str(values.get("organization", "")))
    if actor != position.actor:
        actor = replace(actor, id=actor_id(article, actor))
    position = replace(position, actor=actor)
    if values.get("concept") != before["concept"]:
        position = replace(position, option=str(values.get("concept", "")))
    if any(values.get(name) != before.get(name) for name in ("agreement", "stance")):
        agreed = values.get("agreement") != before.get("agreement")
        only = {"agreement": values["agreement"]} if agreed and "agreement" in values else values
        position = replace(position, stance=stance_of(only))
    whole = Span(position.content[0].start, position.content[-1].end)
    if whole != span:
        words = article.text[span.start : span.end]
        position = replace(position, content=(span,), quote=words)
    return position


def stance_of(values: Values) -> Stance:
    """Return the stance that values say; undecided where they say none."""
    if values.get("stance") in STANCES:
        return cast("Stance", values["stance"])
    return SIDES.get(cast("int", values.get("agreement")), "undecided")


def actor_id(article: Article, actor: Actor) -> str:
    """Return the id of an actor that DNA names: the same for the same names in one article."""
    kind: ActorKind = actor.kind
    return f"{article.id}.d{digest(actor.name, kind, actor.affiliation, actor.speaks_for)}"


def digest(*values: object) -> str:
    """Return 16 hex digits that are the same for the same values."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def _rehomed(id_: str, old: str, article: Article) -> str:
    """Return the id of a statement or an actor in an article whose id changed with its text."""
    return article.id + id_.removeprefix(old) if id_.startswith(old) else id_


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _stepped(spans: tuple[Span, ...], step: int) -> tuple[Span, ...]:
    return tuple(Span(one.start + step, one.end + step) for one in spans)


def _step(span: Span | None, step: int) -> Span | None:
    return None if span is None else Span(span.start + step, span.end + step)
