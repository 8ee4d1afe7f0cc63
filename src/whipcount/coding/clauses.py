"""The clauses of a statement: stretches of its pieces that take one side each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whipcount.analysis import Analysis, Paragraph
from whipcount.model import Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


SPLITS = frozenset({"but", "yet", "whereas", "although", "though"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens of one paragraph that take one side, and the statement's piece that they are from.

    `cue` are the tokens of the cue, where they lead straight on to the clause.
    """

    paragraph: Paragraph
    tokens: tuple[Token, ...]
    piece: int
    cue: tuple[Token, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return where tokens `start … end` of the clause stand in the article."""
        first, last = self.tokens[start], self.tokens[end - 1]
        return self.paragraph.characters(first.idx, last.idx + len(last))


def clauses_of(analysis: Analysis, statement: Statement) -> Iterator[Clause]:
    """Yield the clauses of a statement's pieces: parted at sentences, `but`, and new subjects."""
    joined = statement.kind != "direct" and len(statement.content) > 1
    pieces = (
        [Span(statement.content[0].start, statement.content[-1].end)]
        if joined
        else statement.content
    )
    cue: list[Token] = []
    if statement.kind != "direct":
        cue = [t for span in statement.cue for found in analysis.tokens(span) for t in found]
    for piece, span in enumerate(pieces):
        for paragraph in analysis.touched(span):
            for part in _split(list(paragraph.tokens(paragraph.inside(span)))):
                tokens = _without_cue(paragraph, part, statement) if joined else part
                if tokens:
                    at = _piece_of(paragraph, tokens, statement) if joined else piece
                    lead = tuple(cue) if _follows(cue, tokens) else ()
                    yield Clause(paragraph, tuple(tokens), at, lead)


def _split(tokens: list[Token]) -> Iterator[list[Token]]:
    current: list[Token] = []
    for index, token in enumerate(tokens):
        if current and _begins_clause(tokens, index):
            yield current
            current = []
        current.append(token)
    if current:
        yield current


def _begins_clause(tokens: list[Token], index: int) -> bool:
    token, before = tokens[index], tokens[index - 1]
    if before.text in (".", "!", "?", ";"):
        return True
    if token.lower_ in SPLITS and token.dep_ in ("cc", "mark", "advmod", "prep"):
        return token.lower_ != "but" or before.lower_ not in ("anything", "nothing", "all", "no")
    if token.lower_ == "and" and token.dep_ == "cc":
        joined = [c for c in token.head.children if c.dep_ == "conj" and c.i > token.i]
        return any(c.dep_ in ("nsubj", "expl") for verb in joined[:1] for c in verb.children)
    return False


def _follows(cue: list[Token], tokens: list[Token]) -> bool:
    """Tell whether a clause stands right after its statement's cue."""
    return bool(cue) and cue[-1].doc is tokens[0].doc and cue[-1].i + 1 == tokens[0].i


def _places(paragraph: Paragraph, statement: Statement) -> list[tuple[int, int]]:
    """Return where a statement's pieces stand in a paragraph's plain text."""
    return [(paragraph.plain.index(s), paragraph.plain.index(e)) for s, e in statement.content]


def _without_cue(paragraph: Paragraph, tokens: list[Token], statement: Statement) -> list[Token]:
    """Return the tokens that are content, where source and cue stand in its midst."""
    spans = _places(paragraph, statement)
    return [t for t in tokens if any(s <= t.idx < e for s, e in spans)]


def _piece_of(paragraph: Paragraph, tokens: list[Token], statement: Statement) -> int:
    """Return the piece that most of a clause is in.

    The last of equals, where the predicate stands.
    """
    spans = _places(paragraph, statement)
    counts = [sum(s <= t.idx < e for t in tokens) for s, e in spans]
    return max(range(len(spans)), key=lambda piece: (counts[piece], piece))
