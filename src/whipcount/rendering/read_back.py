"""Documents as `documents` makes them, taken back into the model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from whipcount import model
from whipcount.errors import PageError


def coded_lines(path: Path) -> Iterator[model.Coded]:
    """Yield the articles of what `code --format jsonl --with-text` wrote, with their positions.

    Raises PageError with file and line where one is something else.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PageError(f"{path}: can't be read ({error})") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield coded(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise PageError(
                f"{path}, line {number}: is not what `whipcount code --format jsonl --with-text` "
                "writes; code the pages once with these options"
            ) from None


def coded(document: Mapping[str, Any]) -> model.Coded:
    """Return a coded article; KeyError where the document lacks text, statements or codebook."""
    return model.Coded(
        article(document["article"]),
        tuple(statement(one) for one in document["statements"]),
        tuple(position(one) for one in document["positions"]),
        tuple((str(option), str(digest)) for option, digest in document["codebook"].items()),
    )


def article(one: Mapping[str, Any]) -> model.Article:
    """Return an article; its text is empty where the document has null for it."""
    words: dict[str, Any] = {
        name: one[name] or "" for name in ("title", "outlet", "byline", "published", "url")
    }
    return model.Article(
        id=one["id"],
        path=one["path"],
        part=one["part"],
        offset=one["offset"],
        **words,
        language=one["language"] or "",
        page_sha256=one["page_sha256"],
        text_sha256=one["text_sha256"],
        text=one["text"] or "",
        body=_spans(one["body"]),
        headline=_span(one["headline"]),
        teaser=_spans(one["teaser"]),
        section=one.get("section") or "",
        word_count=one.get("word_count") or 0,
        copy_of=one.get("copy_of") or "",
        also_in=tuple(_printing(each) for each in one.get("also_in") or ()),
    )


def _printing(one: Mapping[str, Any]) -> model.Printing:
    return model.Printing(
        one["path"], *(one[name] or "" for name in ("outlet", "published", "url"))
    )


def statement(one: Mapping[str, Any]) -> model.Statement:
    """Return a statement."""
    return model.Statement(
        id=one["id"],
        kind=one["kind"],
        source=_spans(one["source"]),
        cue=_spans(one["cue"]),
        content=_spans(one["content"]),
        speaker=one["speaker"],
        quote=one["quote"],
        actors=tuple(actor(each) for each in one["actors"]),
        date=one["date"] or "",
        confidence=one["confidence"],
        utterance=one.get("utterance") or "",
    )


def actor(one: Mapping[str, Any]) -> model.Actor:
    """Return an actor."""
    return model.Actor(
        one["id"],
        one["name"],
        one["kind"],
        *(one[name] or "" for name in ("role", "affiliation", "country", "speaks_for")),
    )


def position(one: Mapping[str, Any]) -> model.Position:
    """Return a position."""
    reported_by = one["reported_by"]
    return model.Position(
        origin=one["origin"],
        actor=actor(one["actor"]),
        option=one["option"],
        stance=one["stance"],
        strength=one["strength"],
        reported=one["reported"],
        reported_by=None if reported_by is None else actor(reported_by),
        implied_by=one["implied_by"],
        condition=_span(one["condition"]),
        reason=_span(one["reason"]),
        date=one["date"] or "",
        coder=one["coder"],
        confidence=one["confidence"],
        for_review=one["for_review"],
        article=one["article"],
        statement=one["statement"],
        piece=one["piece"],
        kind=one["kind"],
        quote=one["quote"],
        source=_spans(one["source"]),
        content=_spans(one["content"]),
        record=one["record"],
        utterance=one.get("utterance") or "",
        reports=tuple(_report(each) for each in one.get("reports") or ()),
    )


def _report(one: Mapping[str, Any]) -> model.Report:
    return model.Report(
        one["article"], one["statement"], one["date"] or "", one["stance"], one["quote"]
    )


def _span(pair: Sequence[int] | None) -> model.Span | None:
    return None if pair is None else model.Span(*cast("tuple[int, int]", tuple(pair)))


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[model.Span, ...]:
    return tuple(model.Span(start, end) for start, end in pairs)
