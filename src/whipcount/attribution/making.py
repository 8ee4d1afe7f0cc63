"""Spans to statements: what every tagger ends with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from whipcount.analysis import Analysis
from whipcount.attribution.quotations import Quotation
from whipcount.model import Span, Statement, StatementKind
from whipcount.offsets import merge

Piece: TypeAlias = tuple[int, int, int]
"""A paragraph's index, and first character and end in its plain text."""


@dataclass(frozen=True, slots=True)
class Made:
    """A statement's words, before they have offsets into the article."""

    source: Sequence[Piece]
    cue: Sequence[Piece]
    content: Sequence[Piece]
    confidence: float


def make_statements(
    analysis: Analysis, found: Sequence[Made], marks: Sequence[Sequence[Quotation]]
) -> tuple[Statement, ...]:
    """Return statements with ids in the order of `found`; `marks` are each paragraph's."""
    return tuple(_statement(analysis, number, one, marks) for number, one in enumerate(found))


def _statement(
    analysis: Analysis, number: int, made: Made, marks: Sequence[Sequence[Quotation]]
) -> Statement:
    def crossed(piece: Piece) -> Span:
        paragraph, start, end = piece
        return analysis.paragraphs[paragraph].characters(start, end)

    text = analysis.article.text
    content = tuple(crossed(_balanced(piece, marks)) for piece in sorted(made.content))
    source = merge([crossed(piece) for piece in made.source])
    return Statement(
        id=f"{analysis.article.id}.{number}",
        kind=_kind(made.content, marks),
        source=source,
        cue=merge([crossed(piece) for piece in made.cue]),
        content=content,
        speaker=" ".join(text[start:end] for start, end in source),
        quote=" ".join(text[start:end] for start, end in content),
        confidence=made.confidence,
    )


def _balanced(piece: Piece, marks: Sequence[Sequence[Quotation]]) -> Piece:
    """Return a piece with both marks of a quotation of which it has all but one mark."""
    paragraph, start, end = piece
    for quote in marks[paragraph]:
        if quote.start < start <= quote.start + 2 and end >= quote.end - 2:
            start = quote.start
        if start <= quote.start < end < quote.end <= end + 2:
            end = quote.end
    return paragraph, start, end


def _kind(content: Sequence[Piece], marks: Sequence[Sequence[Quotation]]) -> StatementKind:
    quoted = [
        any(q.start <= start and end <= q.end for q in marks[paragraph])
        for paragraph, start, end in content
    ]
    if all(quoted):
        return "direct"
    partly = any(quoted) or any(
        q.start < end and start < q.end
        for paragraph, start, end in content
        for q in marks[paragraph]
    )
    return "mixed" if partly else "indirect"
