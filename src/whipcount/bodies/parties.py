"""The parties of a body's members."""

from __future__ import annotations

from datetime import date

from whipcount.bodies.membership import members_on, term_on
from whipcount.bodies.names import folded
from whipcount.model import Body, Member


def by_party(body: Body, day: date) -> dict[str, tuple[Member, ...]]:
    """Return the members of a day by their party then, the largest party first.

    Parties of the same size stand in the order of their names; those without a party stand last,
    under an empty name. Spellings that differ as little as names may (`folded`) are one party,
    under the first. Raises BodyError where nobody was a member on the day.
    """
    names: dict[str, str] = {}
    found: dict[str, list[Member]] = {}
    for member in members_on(body, day):
        term = term_on(member, day)
        party = term.party if term is not None else ""
        found.setdefault(names.setdefault(folded(party), party), []).append(member)
    order = sorted(found, key=lambda party: (not party, -len(found[party]), folded(party)))
    return {party: tuple(found[party]) for party in order}
