"""Evidence by cell: whose each position is, and what it says of which options (rules 1, 2, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from whipcount.coding.implications import consequences
from whipcount.counting.evidence import Days, Pile, counts, days_of, weighed
from whipcount.counting.once import once
from whipcount.counting.spreading import Conditions, spread
from whipcount.counting.whose import Whose
from whipcount.model import Issue, Position

ByOption: TypeAlias = dict[str, Pile]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The evidence of members, by name and option, and of the others, by key and option."""

    members: dict[str, ByOption]
    others: dict[str, ByOption]


def gather(positions: Sequence[Position], issue: Issue, whose: Whose, as_of: date) -> Gathered:
    """Return the evidence of every cell as of a day, in no order.

    Positions on options that the issue doesn't have, those for review and those whose date doesn't
    count are left out; of the reports of one utterance one article's count (`once`). Raises
    CountError where a position's date is none.
    """
    follows = consequences(issue.options)
    spreads = any(found.any for found in follows.values())
    known: dict[str, Days] = {}
    positions = once(positions, whose, as_of, known)
    conditions = Conditions(positions, lambda position: whose.owners(position.actor).names)
    counted: dict[str, bool] = {}
    members: dict[str, ByOption] = {}
    others: dict[str, ByOption] = {}
    for position in positions:
        if position.for_review or position.option not in follows:
            continue
        does_count = counted.get(position.date)
        if does_count is None:
            does_count = counts(days_of(position, known), as_of, issue.starts)
            counted[position.date] = does_count
        if not does_count:
            continue
        owners = whose.owners(position.actor)
        if owners.as_group and not position.reported:
            position = replace(position, reported=True)  # noqa: PLW2901
        by_owner = members if owners.members else others
        weight = weighed(position, known)
        conditional = position.statement in conditions.statements
        for name in owners.names:
            if conditional and conditions.replace(name, position):
                continue
            cells = by_owner.get(name)
            if cells is None:
                cells = by_owner[name] = {option: Pile() for option in follows}
            cell = cells[position.option]
            cell.positions.append(position)
            cell.weights.append(weight)
            for one in spread(position, follows) if spreads else ():
                if not (conditional and conditions.replace(name, one)):
                    cells[one.option].add(one, weighed(one, known))
    return Gathered(members, others)
