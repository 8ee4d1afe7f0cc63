"""What the rule makes of the count (rule 6).

A cell is a vote, or may still become one; the verdict holds over every way in which that can end.
With n open cells there are 3ⁿ, and two are enough. Each part of a rule is a sum in which a member's
`no` gives at most what its abstention gives, and that at most what its `yes` gives
(`bodies.rules.Threshold`), and all and any keep what holds when their parts do. So turning any vote
from `no` to `abstain` to `yes` never undoes a rule that holds: it holds in every completion if it
does with every open cell a `no`, and in none if it doesn't with every open cell a `yes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from whipcount.bodies.rules import (
    Combination,
    Formula,
    Vote,
    formula,
    holds,
    silence_is_consent,
)
from whipcount.counting.minimal_sets import Goal, Joined, Sum, minimal_sets
from whipcount.counting.stands import Standing
from whipcount.model import Body, Member, NoRule, Rule, Stand, Verdict

VOTES: Mapping[Stand, Vote] = {"yes": "yes", "no": "no", "abstain": "abstain"}
"""The stands that are votes; every other may still become any."""


def verdict(
    option: str,
    rule: Rule,
    standings: Sequence[Standing],
    *,
    body: Body,
    members: Sequence[Member],
    day: date,
) -> Verdict:
    """Return the verdict on an option, from the members' standings in the members' order.

    Raises BodyError where a member lacks a weight that the rule needs.
    """
    if isinstance(rule, NoRule):
        return Verdict(option, "none")
    votes = [vote_of(standing, rule) for standing in standings]
    parts = formula(rule, body, members, day)
    worst: list[Vote] = [vote or "no" for vote in votes]
    best: list[Vote] = [vote or "yes" for vote in votes]
    if holds(parts, worst):
        return Verdict(option, "carried")
    names = [member.name for member in members]
    if not holds(parts, best):
        against = [index for index, vote in enumerate(votes) if vote == "no"]
        goal = _blocked(parts, best, against)
        return Verdict(option, "blocked", blockers=_named(goal, against, names))
    still_open = [index for index, vote in enumerate(votes) if vote is None]
    goal = _carried(parts, worst, still_open)
    return Verdict(option, "open", needed=_named(goal, still_open, names))


def vote_of(standing: Standing, rule: Rule) -> Vote | None:
    """Return the vote that a standing is; None where it may still become any."""
    if standing.contested:
        return None
    if standing.stand == "not-on-record" and silence_is_consent(rule):
        return "abstain"
    return VOTES.get(standing.stand)


def _carried(rule: Formula, worst: Sequence[Vote], still_open: Sequence[int]) -> Goal:
    """Return what further yes must reach: the rule, with every other open cell a no."""
    if isinstance(rule, Combination):
        return Joined(rule.every, tuple(_carried(part, worst, still_open) for part in rule.of))
    return Sum(
        rule.need - _points(rule.yes, rule.no, worst),
        tuple(rule.yes[index] + rule.no[index] for index in still_open),
    )


def _blocked(rule: Formula, best: Sequence[Vote], against: Sequence[int]) -> Goal:
    """Return what the no of members must reach: that the rule fails, every other no a yes.

    The rule fails where one of the parts that must all hold fails, or all of those of which one is
    enough; a sum fails where what a no takes from it leaves less than it needs.
    """
    if isinstance(rule, Combination):
        return Joined(not rule.every, tuple(_blocked(part, best, against) for part in rule.of))
    gains = tuple(rule.yes[index] + rule.no[index] for index in against)
    return Sum(_points(rule.yes, rule.no, best) + sum(gains) - rule.need + 1, gains)


def _points(yes: Sequence[int], no: Sequence[int], votes: Sequence[Vote]) -> int:
    return sum(
        for_yes if vote == "yes" else -for_no if vote == "no" else 0
        for for_yes, for_no, vote in zip(yes, no, votes, strict=True)
    )


def _named(goal: Goal, members: Sequence[int], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(names[members[index]] for index in chosen)
        for chosen in minimal_sets(goal, len(members))
    )
