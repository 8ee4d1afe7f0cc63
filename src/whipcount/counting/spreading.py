"""How stances reach other options of the issue, by `implies` and `excludes` (rule 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from whipcount.coding.implications import Consequences
from whipcount.model import Position, Stance

TAKES_SIDES = ("support", "oppose")
"""The stances that spread, and that a condition in the same statement replaces."""


def spread(
    positions: Iterable[Position], consequences: Mapping[str, Consequences]
) -> Iterator[Position]:
    """Yield positions, and after each those that it says of other options.

    What is derived has `implied_by`, the option that was spoken of. A position that has it already
    was derived before, and spreads no further.
    """
    for position in positions:
        yield position
        if position.stance not in TAKES_SIDES or position.implied_by is not None:
            continue
        found = consequences[position.option]
        if position.stance == "support":
            for option in found.supported:
                yield _derived(position, option, "support")
            for option in found.opposed:
                yield _derived(position, option, "oppose")
        else:
            for option in found.opposed_by_opposing:
                yield _derived(position, option, "oppose")


def without_replaced(positions: list[Position]) -> list[Position]:
    """Return one owner's positions without those that a condition replaces.

    Within one statement `conditional` replaces `support` or `oppose` on the same option.
    """
    replaced = {
        (position.article, position.statement, position.option)
        for position in positions
        if position.stance == "conditional" and position.statement is not None
    }
    if not replaced:
        return positions
    return [
        position
        for position in positions
        if position.stance not in TAKES_SIDES
        or (position.article, position.statement, position.option) not in replaced
    ]


def _derived(position: Position, option: str, stance: Stance) -> Position:
    return replace(position, option=option, stance=stance, implied_by=position.option)
