"""From a cell's evidence to its stand: what it is, since when, on which condition (rule 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whipcount.counting.evidence import Evidence, is_contested
from whipcount.model import Article, Position, Stand


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


def standing(evidence: Sequence[Evidence], articles: Mapping[str, Article]) -> Standing:
    """Return what a cell's evidence, best first, says.

    `articles`, by id, have the words of conditions.
    """
    if not evidence:
        return NOT_ON_RECORD
    first = evidence[0].position
    return Standing(
        stand=stand_of(first),
        confidence=first.confidence,
        condition=condition_words(first, articles),
        since=since(evidence),
        contested=is_contested(evidence),
        evidence=tuple(piece.position for piece in evidence),
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


def since(evidence: Sequence[Evidence]) -> str | None:
    """Return the date at which the stand of a cell's evidence, best first, began, unbroken.

    The days on which evidence began to count are gone through in turn, each with the evidence until
    then. The date is that of the evidence that brought the stand, in the precision that it has;
    None where that has no date. A stand that turned from yes to leaning-yes was broken.
    """
    order = {id(piece): index for index, piece in enumerate(evidence)}
    by_day = sorted(evidence, key=lambda piece: (piece.last, order[id(piece)]))
    deciding: Evidence | None = None
    began: Evidence | None = None
    for index, piece in enumerate(by_day):
        if deciding is None or order[id(piece)] < order[id(deciding)]:
            deciding = piece
        if index + 1 < len(by_day) and by_day[index + 1].last == piece.last:
            continue
        # what newly decides began to count today: older evidence decided yesterday already
        if began is None or stand_of(deciding.position) != stand_of(began.position):
            began = deciding
    return began.position.date or None if began else None


def condition_words(position: Position, articles: Mapping[str, Article]) -> str | None:
    """Return the words of a position's condition, spaces made one; None where there is none.

    They stand in the article, and can't be told where that isn't at hand.
    """
    span, article = position.condition, articles.get(position.article or "")
    if position.stance != "conditional" or span is None or article is None:
        return None
    return " ".join(article.text[span.start : span.end].split()) or None
