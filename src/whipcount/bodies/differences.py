"""What changed in a body between two days, or between two of its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whipcount.bodies.membership import members_on, term_on, weights_on
from whipcount.bodies.names import folded
from whipcount.bodies.rules import rules_on
from whipcount.model import Body, Member, Rule, Term


@dataclass(frozen=True, slots=True)
class Moved:
    """A member that joined or left, with the term that began or ended; None where no day is known.

    A term is given with the member's party and constituency then.
    """

    name: str
    term: Term | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What is another of a member than before: `what` is name, party, constituency or a weight.

    Words or a number; None where there was or is none.
    """

    name: str
    what: str
    before: str | float | None
    after: str | float | None


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule of a name that held only on one of two days, or was another on the other."""

    name: str
    before: Rule | None
    after: Rule | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one body and day to another.

    `between` are those who joined and left again between the two days. Members stand in the order
    of their file, those who left in that of the first.
    """

    before: Body
    after: Body
    days: tuple[date, date]
    members: tuple[int, int]
    joined: tuple[Moved, ...]
    left: tuple[Moved, ...]
    between: tuple[Moved, ...]
    changed: tuple[Changed, ...]
    rules: tuple[ChangedRule, ...]


def difference(before: Body, after: Body, first: date, second: date) -> Difference:
    """Return what changed from one body on a day to another, or the same, on a second day.

    Members are the same where their ids are, or else their names. Raises BodyError where nobody was
    a member on one of the days.
    """
    old, new = members_on(before, first), members_on(after, second)
    pairs = dict(_pairs(old, new))
    known = {member.id for member in pairs.values()}
    later = {folded(member.name): member for member in after.members}
    later |= {member.id: member for member in after.members}
    passing = {member.id for member in (*old, *new)}
    return Difference(
        before=before,
        after=after,
        days=(first, second),
        members=(len(old), len(new)),
        joined=tuple(Moved(one.name, _began(one, second)) for one in new if one.id not in known),
        left=tuple(
            Moved(one.name, _ended(later.get(one.id) or later.get(folded(one.name)), second))
            for one in old
            if one.id not in pairs
        ),
        between=tuple(
            Moved(member.name, _ended(member, second))
            for member in after.members
            if member.id not in passing and _between(member, first, second)
        ),
        changed=tuple(
            change
            for member in old
            if member.id in pairs
            for change in _changes(member, pairs[member.id], first, second)
        ),
        rules=tuple(_rules(before, after, first, second)),
    )


def _pairs(old: tuple[Member, ...], new: tuple[Member, ...]) -> Iterator[tuple[str, Member]]:
    """Yield the id of each member before that is one after too, and who that is."""
    ids = {member.id: member for member in new}
    names = {folded(member.name): member for member in new}
    taken = {member.id for member in old} & ids.keys()
    for member in old:
        same = ids.get(member.id) or names.get(folded(member.name))
        if same is not None and (same.id == member.id or same.id not in taken):
            yield member.id, same


def _began(member: Member, day: date) -> Term | None:
    """Return the term that a day lies in, from when the member joined without a gap."""
    found = term_on(member, day)
    while found is not None and found.joined is not None:
        earlier = next((term for term in member.terms if term.left == found.joined), None)
        if earlier is None:
            break
        found = replace(found, joined=earlier.joined)
    return found


def _ended(member: Member | None, day: date) -> Term | None:
    """Return the last of a member's terms that was over by a day, from when it joined."""
    ended = [] if member is None else [term.left for term in member.terms if term.left is not None]
    last = max((left for left in ended if left <= day), default=None)
    return None if member is None or last is None else _began(member, last - timedelta(days=1))


def _between(member: Member, first: date, second: date) -> bool:
    return any(
        term.joined is not None
        and first < term.joined
        and term.left is not None
        and term.left <= second
        for term in member.terms
    )


def _changes(old: Member, new: Member, first: date, second: date) -> Iterator[Changed]:
    """Yield what is another of a member of both days."""
    if old.name != new.name:
        yield Changed(new.name, "name", old.name, new.name)
    before, after = term_on(old, first), term_on(new, second)
    assert before is not None, "it was a member on the first day"
    assert after is not None, "and is on the second"
    if before.party != after.party:
        yield Changed(new.name, "party", before.party or None, after.party or None)
    if before.constituency != after.constituency:
        yield Changed(
            new.name, "constituency", before.constituency or None, after.constituency or None
        )
    weights, now = weights_on(old, first), weights_on(new, second)
    for weight in dict.fromkeys((*weights, *now)):
        if weights.get(weight) != now.get(weight):
            yield Changed(new.name, weight, weights.get(weight), now.get(weight))


def _rules(before: Body, after: Body, first: date, second: date) -> Iterator[ChangedRule]:
    old = {rule.name: rule.rule for rule in rules_on(before, first)}
    new = {rule.name: rule.rule for rule in rules_on(after, second)}
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield ChangedRule(name, old.get(name), new.get(name))
