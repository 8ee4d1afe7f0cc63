"""How stances reach other options of the issue, by `implies` and `excludes` (rule 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from whipcount.coding.implications import Consequences
from whipcount.model import Position, Stance

TAKES_SIDES = ("support", "oppose")
"""The stances that spread, and that a condition in the same statement replaces."""


def spread(position: Position, consequences: Mapping[str, Consequences]) -> Iterator[Position]:
    """Yield what a position says of other options than its own.

    What is derived has `implied_by`, the option that was spoken of. A position that has it already
    was derived before, and spreads no further.
    """
    if position.stance not in TAKES_SIDES or position.implied_by is not None:
        return
    found = consequences[position.option]
    if position.stance == "support":
        for option in found.supported:
            yield _derived(position, option, "support")
        for option in found.opposed:
            yield _derived(position, option, "oppose")
    else:
        for option in found.opposed_by_opposing:
            yield _derived(position, option, "oppose")


class Conditions:
    """What conditions replace: in one statement and of one owner, `conditional` goes before sides.

    It replaces `support` and `oppose` on the same option, before stances spread, so that what is
    replaced reaches nothing, and after. `statements` has the conditional positions of statements,
    by their ids, `owners` gives the names of those whose a position is.
    """

    def __init__(
        self, positions: Iterable[Position], owners: Callable[[Position], Sequence[str]]
    ) -> None:
        self.owners = owners
        self.statements: dict[str, list[Position]] = {}
        for position in positions:
            if position.stance != "conditional" or position.for_review:
                continue
            if position.statement is not None:
                self.statements.setdefault(position.statement, []).append(position)

    def replace(self, owner: str, position: Position) -> bool:
        """Return whether a position of an owner is replaced by a condition."""
        return position.stance in TAKES_SIDES and any(
            position.option == one.option
            and position.article == one.article
            and owner in self.owners(one)
            for one in self.statements.get(position.statement or "", ())
        )


def _derived(position: Position, option: str, stance: Stance) -> Position:
    return replace(position, option=option, stance=stance, implied_by=position.option)
