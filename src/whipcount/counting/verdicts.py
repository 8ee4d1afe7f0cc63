"""What the rule makes of the count (rule 6).

A cell is a vote, or may still become one; the verdict holds over every way in which that can end.
With n open cells there are 3ⁿ, or 4ⁿ where a quorum makes absence count. Two are enough. Each part
of a rule is a sum of points, to which a `no` gives at most what an abstention gives, and that at
most what its `yes` gives (`bodies.rules.Threshold`); only a quorum is there for those who are
present. So every part is best off with every open cell a `yes`. It is worst off with every open
cell a `no`, but a quorum, which stands in no alternative, with every open cell away; and of parts
that must all hold, each may fail by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from whipcount.bodies.rules import (
    Combination,
    Formula,
    Vote,
    formula,
    has_quorum,
    silence_is_consent,
)
from whipcount.counting.minimal_sets import Goal, Joined, Sum, minimal_sets, reaches
from whipcount.counting.stands import Standing
from whipcount.model import Body, Member, NoRule, Outcome, Rule, Stand, Verdict

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
    decision = Decision(rule, body, members, day)
    votes = [decision.vote(one.stand, contested=one.contested) for one in standings]
    names = [member.name for member in members]
    outcome = decision.outcome(votes)
    if outcome == "blocked":
        against = [index for index, vote in enumerate(votes) if vote == "no"]
        blocks = decision.blocks(votes, against)
        return Verdict(option, outcome, blockers=_named(blocks, against, names))
    if outcome == "open":
        still_open = [index for index, vote in enumerate(votes) if vote is None]
        needed = decision.carries(votes, still_open)
        return Verdict(option, outcome, needed=_named(needed, still_open, names))
    return Verdict(option, outcome)


class Decision:
    """A rule as it stands for the members of a day, ready for many votes.

    Votes are in the members' order; None is one that may still become any. Raises BodyError where a
    member lacks a weight that the rule needs.
    """

    def __init__(self, rule: Rule, body: Body, members: Sequence[Member], day: date) -> None:
        self.parts = None if isinstance(rule, NoRule) else formula(rule, body, members, day)
        self.silent = silence_is_consent(rule)
        self.away = has_quorum(rule)

    def vote(self, stand: Stand, *, contested: bool) -> Vote | None:
        """Return the vote that a stand is."""
        if contested:
            return None
        if stand == "not-on-record" and self.silent:
            return "abstain"
        return VOTES.get(stand)

    def outcome(self, votes: Sequence[Vote | None]) -> Outcome:
        """Return what the rule makes of votes."""
        if self.parts is None:
            return "none"
        if reaches(self.carries(votes, ()), ()):
            return "carried"
        against = [index for index, vote in enumerate(votes) if vote == "no"]
        return "blocked" if reaches(self.blocks(votes, against), range(len(against))) else "open"

    def carries(self, votes: Sequence[Vote | None], still_open: Sequence[int]) -> Goal:
        """Return what further yes must reach: that the rule holds, however the others go."""
        assert self.parts is not None, "there is a rule"
        return _carried(self.parts, votes, still_open, self.away)

    def blocks(self, votes: Sequence[Vote | None], against: Sequence[int]) -> Goal:
        """Return what the no of members must reach: that the rule fails, every other no a yes."""
        assert self.parts is not None, "there is a rule"
        return _blocked(self.parts, votes, against)


def _carried(
    rule: Formula, votes: Sequence[Vote | None], still_open: Sequence[int], away: bool
) -> Goal:
    """Return what further yes must reach: that the rule holds, however the other open cells go.

    `away` says whether they may be absent too.
    """
    if isinstance(rule, Combination):
        return Joined(
            rule.every, tuple(_carried(part, votes, still_open, away) for part in rule.of)
        )
    least = [
        rule.points(member, vote)
        if vote is not None
        else min(rule.no[member], 0)
        if away
        else rule.no[member]
        for member, vote in enumerate(votes)
    ]
    gains = tuple(rule.yes[member] - least[member] for member in still_open)
    return Sum(rule.need - sum(least), gains)


def _blocked(rule: Formula, votes: Sequence[Vote | None], against: Sequence[int]) -> Goal:
    """Return what the no of members must reach: that the rule fails, every other no a yes.

    The rule fails where one of the parts that must all hold fails, or all of those of which one is
    enough; a sum fails where what a no takes from it leaves less than it needs.
    """
    if isinstance(rule, Combination):
        return Joined(not rule.every, tuple(_blocked(part, votes, against) for part in rule.of))
    most = sum(
        rule.points(member, "yes" if vote in (None, "no") else vote)
        for member, vote in enumerate(votes)
    )
    gains = tuple(rule.yes[member] - rule.no[member] for member in against)
    return Sum(most - rule.need + 1, gains)


def _named(goal: Goal, members: Sequence[int], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(names[members[index]] for index in chosen)
        for chosen in minimal_sets(goal, len(members))
    )
