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

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias, get_args

from whipcount.bodies.rules import (
    Combination,
    Formula,
    Threshold,
    Vote,
    check_can_carry,
    formula,
    has_quorum,
    rule_on,
    silence_is_consent,
    thresholds,
)
from whipcount.counting.minimal_sets import Goal, Joined, Sum, minimal_sets, reaches
from whipcount.counting.stands import Standing
from whipcount.model import Body, Issue, Member, NoRule, Outcome, Rule, Stand, Swing, Verdict

Cast: TypeAlias = Literal["yes", "abstain", "no"]
CASTS: tuple[Cast, ...] = get_args(Cast)

VOTES: Mapping[Stand, Vote] = {"yes": "yes", "no": "no", "abstain": "abstain"}
"""The stands that are votes; every other may still become any."""


def decisions(
    issue: Issue, body: Body, members: Sequence[Member], day: date
) -> dict[str, Decision]:
    """Return how each option of an issue is decided on a day, by its id.

    Raises BodyError where a member lacks a weight that a rule needs, or a rule can't carry though
    all members are for; IssueError where the issue names a rule that isn't there.
    """
    made: dict[Rule, Decision] = {}
    found = {}
    for option in issue.options:
        rule = rule_on(body, issue, option, day)
        if rule not in made:
            made[rule] = Decision(rule, body, members, day)
            parts = made[rule].parts
            if parts is not None:
                check_can_carry(rule, parts, body, len(members), day)
        found[option.id] = made[rule]
    return found


def verdict(option: str, decision: Decision, standings: Sequence[Standing]) -> Verdict:
    """Return the verdict on an option, from the members' standings in the members' order."""
    names = decision.names
    votes = [decision.vote(one.stand, contested=one.contested) for one in standings]
    outcome = decision.outcome(votes)
    if outcome == "none":
        return Verdict(option, outcome)
    swings = tuple(
        Swing(names[index], vote, then) for index, vote, then in decision.swings(votes, outcome)
    )
    if outcome == "blocked":
        against = [index for index, vote in enumerate(votes) if vote == "no"]
        freed: list[Vote | None] = [None if vote == "no" else vote for vote in votes]
        return Verdict(
            option,
            outcome,
            blockers=_named(decision.blocks(freed, against), against, names),
            to_turn=_named(decision.opens(votes, against), against, names),
            swings=swings,
        )
    if outcome == "open":
        still_open = [index for index, vote in enumerate(votes) if vote is None]
        needed = _named(decision.carries(votes, still_open), still_open, names)
        wanted = set(itertools.chain.from_iterable(needed))
        return Verdict(
            option,
            outcome,
            needed=needed,
            can_stop=_named(decision.blocks(votes, still_open), still_open, names),
            conditions=tuple(
                name
                for name, one in zip(names, standings, strict=True)
                if one.stand == "conditional" and name in wanted
            ),
            swings=swings,
        )
    return Verdict(option, outcome, swings=swings)


class Decision:
    """A rule as it stands for the members of a day, ready for many votes.

    Votes are in the members' order; None is one that may still become any. Raises BodyError where a
    member lacks a weight that the rule needs.
    """

    def __init__(self, rule: Rule, body: Body, members: Sequence[Member], day: date) -> None:
        self.names = [member.name for member in members]
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
        return "blocked" if reaches(self.blocks(votes, ()), ()) else "open"

    def swings(
        self, votes: Sequence[Vote | None], outcome: Outcome
    ) -> Iterator[tuple[int, Cast, Outcome]]:
        """Yield each member whose one vote, were it another, would change the outcome.

        Members who count the same and vote the same are tried once.
        """
        known: dict[tuple[object, ...], Outcome] = {}
        rows = [
            points
            for part in thresholds(self._parts())
            for points in (part.yes, part.abstain, part.no)
        ]
        columns = list(zip(*rows, strict=True))
        for index, vote in enumerate(votes):
            for other in CASTS:
                if other == vote:
                    continue
                key = (columns[index], vote, other)
                if key not in known:
                    known[key] = self.outcome([*votes[:index], other, *votes[index + 1 :]])
                if known[key] != outcome:
                    yield index, other, known[key]

    def carries(self, votes: Sequence[Vote | None], some: Sequence[int]) -> Goal:
        """Return what a yes of some members must reach: that the rule holds, whatever follows."""
        return _yes_of(self._parts(), self._least(votes), some)

    def opens(self, votes: Sequence[Vote | None], some: Sequence[int]) -> Goal:
        """Return what a yes of some members must reach: that the rule may hold yet."""
        return _yes_of(self._parts(), _most(votes), some)

    def blocks(self, votes: Sequence[Vote | None], some: Sequence[int]) -> Goal:
        """Return what a no of some members must reach: that the rule can't hold any more."""
        return _no_of(self._parts(), _most(votes), some)

    def _parts(self) -> Formula:
        assert self.parts is not None, "where there is no rule, nothing is asked of it"
        return self.parts

    def _least(self, votes: Sequence[Vote | None]) -> Points:
        """Return how many points the votes give a part at least."""

        def least(part: Threshold, member: int) -> int:
            vote = votes[member]
            if vote is not None:
                return part.points(member, vote)
            return min(part.no[member], 0) if self.away else part.no[member]

        return least


Points: TypeAlias = Callable[[Threshold, int], int]
"""How many points a part of a rule has from a member."""


def _most(votes: Sequence[Vote | None]) -> Points:
    """Return how many points the votes give a part at most."""
    return lambda part, member: part.points(member, votes[member] or "yes")


def _yes_of(rule: Formula, points: Points, some: Sequence[int]) -> Goal:
    """Return what a yes of some members must add to the points of all for a rule to hold."""
    if isinstance(rule, Combination):
        return Joined(rule.every, tuple(_yes_of(part, points, some) for part in rule.of))
    have = [points(rule, member) for member in range(len(rule.yes))]
    return Sum(rule.need - sum(have), tuple(rule.yes[member] - have[member] for member in some))


def _no_of(rule: Formula, points: Points, some: Sequence[int]) -> Goal:
    """Return what a no of some members must take from the points of all for a rule to fail.

    It fails where one of the parts that must all hold fails, or all of those of which one is
    enough; a sum fails where less is left than it needs.
    """
    if isinstance(rule, Combination):
        return Joined(not rule.every, tuple(_no_of(part, points, some) for part in rule.of))
    have = [points(rule, member) for member in range(len(rule.yes))]
    gains = tuple(have[member] - rule.no[member] for member in some)
    return Sum(sum(have) - rule.need + 1, gains)


def _named(goal: Goal, members: Sequence[int], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(names[members[index]] for index in chosen)
        for chosen in minimal_sets(goal, len(members))
    )
