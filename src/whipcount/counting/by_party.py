"""The count by party."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from whipcount.bodies.parties import by_party
from whipcount.model import PartyTally, Stand, WhipCount


def party_tallies(count: WhipCount) -> tuple[PartyTally, ...]:
    """Return how the members of each party stand on each option, the largest party first.

    Nothing where no member has a party on the day.
    """
    parties = by_party(count.body, count.as_of)
    if not any(parties):
        return ()
    party_of = {member.name: party for party, members in parties.items() for member in members}
    counted: dict[tuple[str, str], Counter[Stand]] = {
        (party, option.id): Counter() for party in parties for option in count.issue.options
    }
    for cell in count.cells:
        counted[party_of[cell.member], cell.option][cell.stand] += 1
    return tuple(
        PartyTally(
            party,
            option,
            len(parties[party]),
            tuple((stand, stands[stand]) for stand in get_args(Stand) if stands[stand]),
        )
        for (party, option), stands in counted.items()
    )
