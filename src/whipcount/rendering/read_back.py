"""Documents as `documents` makes them, taken back into the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from whipcount import model
from whipcount.errors import PageError

Share: TypeAlias = Callable[[Any], Any]
"""Gives an equal value for a value, the same one each time."""


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


def _as_it_is(value: Any) -> Any:
    return value


def article(one: Mapping[str, Any], share: Share = _as_it_is) -> model.Article:
    """Return an article; its text is empty where the document has null for it.

    `share` is as in `position`.
    """
    words: dict[str, Any] = {
        name: share(one[name] or "") for name in ("title", "outlet", "byline", "published", "url")
    }
    return model.Article(
        id=share(one["id"]),
        path=one["path"],
        part=one["part"],
        offset=one["offset"],
        **words,
        language=share(one["language"] or ""),
        page_sha256=one["page_sha256"],
        text_sha256=one["text_sha256"],
        text=one["text"] or "",
        body=_spans(one["body"], share),
        headline=_span(one["headline"], share),
        teaser=_spans(one["teaser"], share),
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


def actor(one: Mapping[str, Any], share: Share = _as_it_is) -> model.Actor:
    """Return an actor; `share` is as in `position`."""
    found: model.Actor = share(
        model.Actor(
            share(one["id"]),
            share(one["name"]),
            share(one["kind"]),
            *(share(one[name] or "") for name in ("role", "affiliation", "country", "speaks_for")),
        )
    )
    return found


def position(one: Mapping[str, Any], share: Share = _as_it_is) -> model.Position:
    """Return a position.

    `share` is called with each value that others may have too, and gives the one to keep: itself,
    or an equal one that there is already.
    """
    reported_by = one["reported_by"]
    return model.Position(
        origin=share(one["origin"]),
        actor=actor(one["actor"], share),
        option=share(one["option"]),
        stance=share(one["stance"]),
        strength=share(one["strength"]),
        reported=one["reported"],
        reported_by=None if reported_by is None else actor(reported_by, share),
        implied_by=share(one["implied_by"]),
        condition=_span(one["condition"], share),
        reason=_span(one["reason"], share),
        date=share(one["date"] or ""),
        coder=share(one["coder"]),
        confidence=one["confidence"],
        for_review=one["for_review"],
        article=share(one["article"]),
        statement=share(one["statement"]),
        piece=one["piece"],
        kind=share(one["kind"]),
        quote=share(one["quote"]),
        source=_spans(one["source"], share),
        content=_spans(one["content"], share),
        record=one["record"],
        utterance=one.get("utterance") or "",
        reports=tuple(_report(each) for each in one.get("reports") or ()),
    )


def _report(one: Mapping[str, Any]) -> model.Report:
    return model.Report(
        one["article"], one["statement"], one["date"] or "", one["stance"], one["quote"]
    )


def _span(pair: Sequence[int] | None, share: Share = _as_it_is) -> model.Span | None:
    if pair is None:
        return None
    start, end = pair
    found: model.Span = share(model.Span(share(start), share(end)))
    return found


def _spans(pairs: Sequence[Sequence[int]], share: Share = _as_it_is) -> tuple[model.Span, ...]:
    found: tuple[model.Span, ...] = share(
        tuple(share(model.Span(share(start), share(end))) for start, end in pairs)
    )
    return found
