"""What was said once counts once: of the reports of one utterance one stands for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from whipcount.counting.evidence import Days, days_of, weighed
from whipcount.counting.whose import Whose
from whipcount.model import Position, Report

Key: TypeAlias = tuple[bool, int, bool, int, int, str, str, int]


def once(
    positions: Sequence[Position], whose: Whose, as_of: date, known: dict[str, Days]
) -> Sequence[Position]:
    """Return positions with one article's in place of all that report the same utterance.

    For each owner and option that is the article that reports it first; of one day direct speech
    goes before the rest, then the longer words. Its best position has the others as `reports`, as
    far as they had come by a day. Positions without an utterance, and those for review, are
    returned as they are. Dates' days are remembered in `known`; CountError where one is none.
    """
    groups: dict[tuple[str, str, tuple[str, ...]], list[Position]] = {}
    for position in positions:
        if position.utterance and not position.for_review:
            owners = whose.owners(position.actor).names
            groups.setdefault((position.utterance, position.option, owners), []).append(position)
    replaced: dict[int, Position | None] = {}
    for group in groups.values():
        if len({position.statement for position in group}) > 1:
            replaced |= _led(group, as_of, known)
    if not replaced:
        return positions
    chosen = (replaced.get(id(position), position) for position in positions)
    return [position for position in chosen if position is not None]


def _led(group: list[Position], as_of: date, known: dict[str, Days]) -> dict[int, Position | None]:
    """Return what becomes of each position of a group, by its identity: None where it goes.

    Of the first one's article other statements stay where they are coded otherwise: words that an
    article parts into several statements may tell the condition in the second.
    """
    best = min(group, key=lambda position: _key(position, known))
    found: dict[int, Position | None] = {}
    reports: dict[str | None, Position] = {}
    for position in sorted(group, key=lambda position: _key(position, known)):
        if position.article != best.article:
            found[id(position)] = None
            if days_of(position, known).last <= as_of:
                reports.setdefault(position.article, position)
        elif position.statement != best.statement and position.stance == best.stance:
            found[id(position)] = None
    found[id(best)] = replace(best, reports=tuple(map(_report, reports.values())))
    return found


def _key(position: Position, known: dict[str, Days]) -> Key:
    days = days_of(position, known)
    return (
        not position.date,
        days.last.toordinal(),
        position.kind != "direct",
        -len(position.quote),
        weighed(position, known),
        position.article or "",
        position.statement or "",
        position.piece or 0,
    )


def _report(position: Position) -> Report:
    return Report(
        position.article or "",
        position.statement or "",
        position.date,
        position.stance,
        position.quote,
    )
