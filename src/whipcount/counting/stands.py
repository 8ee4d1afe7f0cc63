"""From a cell's evidence to its stand: what it is, since when, on which condition (rule 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whipcount.counting.evidence import A_DAY, Pile, is_contested
from whipcount.model import Article, Position, Span, Stand


@dataclass(frozen=True, slots=True)
class Standing:
    """What a cell says, whoever's it is; the fields are `Cell`'s."""

    stand: Stand
    confidence: float
    condition: str | None
    since: str | None
    contested: bool
    evidence: tuple[Position, ...]


NOT_ON_RECORD = Standing("not-on-record", 0.0, None, None, False, ())
"""Nothing was said that counts; of nothing, nothing is known: the confidence is 0."""


def standing(evidence: Pile, articles: Mapping[str, Article]) -> Standing:
    """Return what a cell's evidence, best first, says.

    `articles`, by id, have the words of conditions.
    """
    if not evidence.positions:
        return NOT_ON_RECORD
    first = evidence.positions[0]
    return Standing(
        stand=stand_of(first),
        confidence=first.confidence,
        condition=condition_words(first, articles),
        since=since(evidence),
        contested=is_contested(evidence),
        evidence=tuple(evidence.positions),
    )


def stand_of(position: Position) -> Stand:
    """Return the stand that a position makes where it decides a cell."""
    plain = position.strength == "plain" and not position.reported
    match position.stance:
        case "support":
            return "yes" if plain else "leaning-yes"
        case "oppose":
            return "no" if plain else "leaning-no"
        case "conditional":
            return "conditional"
        case "undecided":
            return "undecided"
        case "abstain":
            return "abstain"


def since(evidence: Pile) -> str | None:
    """Return the date at which the stand of a cell's evidence, best first, began, unbroken.

    What decides has done so since its last day, on which it began to count; before, the next best
    that counted earlier did. It is gone back from one to the other as long as the stand is the
    same. The date is that of the evidence that brought it, in the precision that it has; None where
    that has no date. A stand that turned from yes to leaning-yes was broken.
    """
    began = 0
    for place, weight in enumerate(evidence.weights):
        if weight & A_DAY >= evidence.weights[began] & A_DAY:
            continue  # it began to count no sooner, and never decided
        if stand_of(evidence.positions[place]) != stand_of(evidence.positions[began]):
            break
        began = place
    return (evidence.positions[began].date or None) if evidence.positions else None


def condition_words(position: Position, articles: Mapping[str, Article]) -> str | None:
    """Return the words of a position's condition, spaces made one; None where there is none."""
    span = position.condition
    if position.stance != "conditional" or span is None:
        return None
    return " ".join(words_at(span, position, articles.get(position.article or "")).split()) or None


def words_at(span: Span, position: Position, article: Article | None) -> str:
    """Return the words at a span of a position's content.

    They are the article's, or where its text isn't at hand those of the position's own quote, in
    which the pieces of the content have a space between each.
    """
    if article is not None and article.text:
        return article.text[span.start : span.end]
    begins = 0
    for piece in position.content:
        if piece.start <= span.start and span.end <= piece.end:
            return position.quote[begins:][span.start - piece.start : span.end - piece.start]
        begins += piece.end - piece.start + 1
    return ""
