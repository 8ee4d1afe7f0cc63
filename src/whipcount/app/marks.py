"""Words that a person selects, as spans: from a browser's units, or found by the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whipcount import offsets, project
from whipcount.errors import ProjectError
from whipcount.model import Span, Statement
from whipcount.project import By, Project

SPANS = ("span", "condition", "reason")
LISTS = ("content", "source", "cue")


def said_units(
    debate: Project, article: str, given: dict[str, Any], units: str | None
) -> dict[str, Any]:
    """Return values with their spans in code points, whatever they were counted in.

    Raises ProjectError where a span is outside the article's text, or splits a character.
    """
    if units != "utf-16":
        return given
    text = project.article(debate, article).text

    def crossed(span: Span) -> Span:
        try:
            return offsets.span_from_utf16(text, span.start, span.end)
        except ValueError as error:
            raise ProjectError(f"the selection can't be: {error}; select the words again") from None

    for name in SPANS:
        if name in given:
            given[name] = crossed(given[name])
    for name in LISTS:
        if name in given:
            given[name] = tuple(crossed(span) for span in given[name])
    if "contents" in given:
        given["contents"] = tuple(tuple(map(crossed, some)) for some in given["contents"])
    return given


def remark(debate: Project, given: Mapping[str, Any], by: By) -> int | None:
    """Make selected words a part of a statement, without white space at their ends.

    They take the place of the pieces that they touch, of all where they touch none; with `more`
    they are put beside them.
    """
    one = project.statement(debate, given["statement"])
    span = _selected(debate, one, given)
    return _mark(debate, one, given, span, by)


def remark_words(debate: Project, given: Mapping[str, Any], by: By) -> int | None:
    """Make words that are written out a part of a statement, the place nearest to it."""
    one = project.statement(debate, given["statement"])
    text = project.article(debate, article_of(one)).text
    span = offsets.find(text, given["words"], one.content[0].start)
    if span is None:
        raise ProjectError(
            f"the article doesn't have the words {given['words']!r:.80}; copy them from it"
        )
    return _mark(debate, one, given, span, by)


def add_statement_words(debate: Project, given: Mapping[str, Any], by: By) -> str:
    """Add a statement of words that are written out, the place nearest to `near`."""
    text = project.article(debate, given["article"]).text
    span = offsets.find(text, given["words"], given.get("near", 0))
    if span is None:
        raise ProjectError(
            f"the article doesn't have the words {given['words']!r:.80}; copy them from it"
        )
    actors = given.get("actors", ())
    return project.add_statement(debate, given["article"], (span,), by, actors=actors)


def split_off(debate: Project, given: Mapping[str, Any], by: By) -> object:
    """Make selected words of a statement's content a statement of their own."""
    one = project.statement(debate, given["statement"])
    span = _selected(debate, one, given)
    rest = []
    for piece in one.content:
        if span.end <= piece.start or piece.end <= span.start:
            rest.append(piece)
            continue
        text = project.article(debate, article_of(one)).text
        for start, end in ((piece.start, span.start), (span.end, piece.end)):
            left = offsets.trim(text, start, max(start, end), ",;–—-")
            if left.end > left.start and any(
                character.isalnum() for character in text[left.start : left.end]
            ):
                rest.append(left)
    if not rest:
        raise ProjectError("that is all of the statement; select the part that is one by itself")
    return project.split(debate, one.id, (tuple(rest), (span,)), by)


def article_of(statement: Statement) -> str:
    """Return the id of the article that a statement is in."""
    return statement.id.rpartition(".")[0]


def _selected(debate: Project, one: Statement, given: Mapping[str, Any]) -> Span:
    article = article_of(one)
    span: Span = said_units(debate, article, dict(given), given.get("units"))["span"]
    text = project.article(debate, article).text
    if not 0 <= span.start < span.end <= len(text):
        raise ProjectError("the selection is empty, or outside the article; select the words again")
    span = offsets.trim(text, *span)
    if span.start == span.end:
        raise ProjectError("the selection has no words; select some")
    return span


def _mark(
    debate: Project, one: Statement, given: Mapping[str, Any], span: Span, by: By
) -> int | None:
    before: tuple[Span, ...] = getattr(one, given["part"])
    if given.get("more"):
        kept = before
    else:
        kept = tuple(
            piece for piece in before if piece.end <= span.start or span.end <= piece.start
        )
        kept = () if kept == before else kept
    marked: dict[str, Any] = {given["part"]: (*kept, span)}
    return project.mark(debate, one.id, by, **marked)
