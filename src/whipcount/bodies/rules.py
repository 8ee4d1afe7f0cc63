"""Decision rules: which holds on a day, and whether votes carry.

Every part of a rule is brought into one form, a sum of whole points that has to reach a number.
That form is exact (shares are read as the decimals or fractions that the file has, never as binary
ones), and it shows what the verdicts rest on: no part loses by a vote that turns from `no` to
`abstain` to `yes`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from whipcount.bodies.membership import members_on, weight_on
from whipcount.errors import BodyError, IssueError
from whipcount.model import (
    AllOf,
    AnyOf,
    Body,
    Consensus,
    DatedRule,
    Issue,
    Majority,
    Member,
    NoRule,
    Option,
    Quorum,
    Quota,
    Reverse,
    Rule,
    Share,
    Unanimity,
    Veto,
)
from whipcount.toml_files import line_of

Vote = Literal["yes", "no", "abstain", "absent"]

NO_VERDICT = "none"
"""The word by which an issue or option says that it needs no decision."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A part of a rule: holds when the members' points reach `need`.

    `yes[i]`, `abstain[i]` and `no[i]` are the points of the i-th member's vote, none of them more
    than the one before; who is absent gives 0.
    """

    need: int
    yes: tuple[int, ...]
    abstain: tuple[int, ...]
    no: tuple[int, ...]

    def points(self, member: int, vote: Vote) -> int:
        """Return the points of a member's vote."""
        match vote:
            case "yes":
                return self.yes[member]
            case "abstain":
                return self.abstain[member]
            case "no":
                return self.no[member]
            case "absent":
                return 0


@dataclass(frozen=True, slots=True)
class Combination:
    """Parts of which every one, or at least one, has to hold."""

    every: bool
    of: tuple[Threshold | Combination, ...]


Formula = Threshold | Combination


def rule_on(body: Body, issue: Issue, option: Option | None, day: date) -> Rule:
    """Return the rule that decides an option on a day; of the issue as a whole where it is None.

    The option's `rule` counts before the issue's, the issue's before the body's own. Raises
    IssueError where the file names a rule that the body doesn't have or that doesn't hold on the
    day, BodyError where none or several of the body's rules hold then and none was named.
    """
    if option is not None and option.rule:
        return _named(body, issue, option.rule, day, ("options", option.id, "rule"))
    if issue.rule:
        return _named(body, issue, issue.rule, day, ("rule",))
    holding = rules_on(body, day)
    if len(holding) == 1:
        return holding[0].rule
    if not holding:
        raise BodyError(f"{body.path}: no rule of {body.name} holds on {day}; add one to [rules]")
    raise BodyError(
        f"{body.path}: several rules of {body.name} hold on {day}: "
        f"{', '.join(rule.name for rule in holding)}; name one in the issue file: rule = "
        f'"{holding[0].name}"'
    )


def rules_on(body: Body, day: date) -> tuple[DatedRule, ...]:
    """Return the rules of a body that hold on a day, in the file's order."""
    return tuple(rule for rule in body.rules if _holds(rule, day))


def named_rule(body: Body, day: date, name: str = "") -> DatedRule:
    """Return the rule of a body that has a name and holds on a day; without a name the first.

    Raises BodyError where none holds, or none of that name.
    """
    holding = rules_on(body, day)
    found = next((rule for rule in holding if not name or rule.name == name), None)
    if found is not None:
        return found
    if not holding:
        raise BodyError(f"{body.path}: no rule of {body.name} holds on {day}; add one to [rules]")
    names = ", ".join(rule.name or "the only one, which has no name" for rule in holding)
    raise BodyError(f'{body.path}: no rule "{name}" holds on {day}; known are {names}')


def check_can_carry(rule: Rule, parts: Formula, body: Body, size: int, day: date) -> None:
    """Raise BodyError, with file and key, where a rule can't carry though all members are for.

    `parts` is the rule's formula for the body's `size` members of the day.
    """
    if can_carry(parts, size):
        return
    name = next((dated.name for dated in body.rules if dated.rule == rule), "")
    place = ("rules", name) if name else ("rule",)
    line = line_of(body.path, *place)
    raise BodyError(
        f"{body.path}{f', line {line}' if line else ''}: {'.'.join(place)}: can't carry on {day}, "
        f"even with all {size} members for; what it asks for is more than there is"
    )


def carries(rule: Rule, votes: Mapping[str, Vote], body: Body, day: date) -> bool:
    """Return whether a rule holds for one complete vote: each member of the day, by name.

    Raises ValueError where a member of that day has no vote, where somebody else has one, or where
    the rule is `NoRule`; BodyError where a weight that the rule needs is missing.
    """
    members = members_on(body, day)
    if votes.keys() != {member.name for member in members}:
        odd = sorted(votes.keys() ^ {member.name for member in members})
        raise ValueError(f"a complete vote has each member of {day} once: {', '.join(odd)}")
    return holds(formula(rule, body, members, day), [votes[member.name] for member in members])


def holds(rule: Formula, votes: Sequence[Vote]) -> bool:
    """Return whether a rule's formula holds for the members' votes, in their order."""
    if isinstance(rule, Combination):
        return (all if rule.every else any)(holds(part, votes) for part in rule.of)
    return sum(rule.points(member, vote) for member, vote in enumerate(votes)) >= rule.need


def formula(rule: Rule, body: Body, members: Sequence[Member], day: date) -> Formula:
    """Return a rule as sums of points over the members of a day.

    Raises BodyError where a member lacks a weight on that day, ValueError for `NoRule`.
    """
    ones, zeros = (1,) * len(members), (0,) * len(members)
    nobody_against = Threshold(0, zeros, zeros, (-1,) * len(members))
    match rule:
        case NoRule():
            raise ValueError("an option that needs no decision has no formula")
        case Consensus():
            return nobody_against
        case Unanimity(abstention="allowed"):
            return Combination(True, (nobody_against, Threshold(1, ones, zeros, zeros)))
        case Unanimity():
            return Threshold(len(members), ones, zeros, zeros)
        case Majority():
            return _majority(rule, body, members)
        case Quota(at_least=at_least, all_but=all_but):
            worth, total = _worth(rule, body, members, day)
            if at_least is not None:
                need = _amount(at_least, total)
            elif all_but is not None:
                need = total - exact(all_but)
            else:
                raise ValueError("a quota has at_least or all_but")
            scale = _scale(worth)
            points = tuple(int(one * scale) for one in worth)
            return Threshold(math.ceil(need * scale), points, zeros, zeros)
        case Quorum(present=present, more=more):
            worth, total = _worth(rule, body, members, day)
            scale = _scale(worth)
            points = tuple(int(one * scale) for one in worth)
            need = _amount(present, total) * scale
            return Threshold(
                math.floor(need) + 1 if more else math.ceil(need), points, points, points
            )
        case Veto(members=named):
            against = tuple(-1 if member.name in named else 0 for member in members)
            return Threshold(0, zeros, zeros, against)
        case Reverse(of=of):
            return _reversed(formula(of, body, members, day))
        case AllOf(of=of):
            return Combination(True, tuple(formula(part, body, members, day) for part in of))
        case AnyOf(of=of):
            return Combination(False, tuple(formula(part, body, members, day) for part in of))


def thresholds(rule: Formula) -> Iterator[Threshold]:
    """Yield every sum of a rule's formula."""
    if isinstance(rule, Threshold):
        yield rule
    else:
        for part in rule.of:
            yield from thresholds(part)


def silence_is_consent(rule: Rule) -> bool:
    """Return whether a rule, or a part of it, says that not being on record is consent."""
    return any(part == Consensus("consent") for part in _parts(rule))


def has_quorum(rule: Rule) -> bool:
    """Return whether a rule has a quorum, so that a member that isn't there can make it fail."""
    return any(isinstance(part, Quorum) for part in _parts(rule))


def can_carry(rule: Formula, size: int) -> bool:
    """Return whether a rule holds where all of a body's `size` members are for."""
    return holds(rule, ["yes"] * size)


def exact(number: Share) -> Fraction:
    """Return a number as the decimal or fraction that a person wrote: 0.55 is 11/20."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


def _parts(rule: Rule) -> Iterator[Rule]:
    """Yield a rule, and all that it is made of by all and any."""
    yield rule
    if isinstance(rule, AllOf | AnyOf):
        for part in rule.of:
            yield from _parts(part)


def _majority(rule: Majority, body: Body, members: Sequence[Member]) -> Formula:
    """Return a majority's formula: with a share p / q of n, yes > n p / q is q yes - p n > 0.

    With a casting vote everything counts twice, and that vote once: it decides where the rest is 0.
    """
    share = exact(rule.over if rule.at_least is None else rule.at_least)
    p, q = share.numerator, share.denominator
    size, zeros = len(members), (0,) * len(members)
    chair = next((i for i, member in enumerate(members) if member.name == rule.casting), None)
    only_ties = chair is not None and rule.casting_votes == "on ties"
    whole = rule.base in ("members", "seats")
    yes = [q if whole else q - p] * size
    no = [0 if whole else -p] * size
    abstain = [-p if rule.base == "present" else 0] * size
    count = _seats(body) if rule.base == "seats" else size
    need = p * (count - only_ties) if whole else 0
    if only_ties and chair is not None:
        yes[chair] = no[chair] = abstain[chair] = 0
    if rule.at_least is None:
        need += 1
    if chair is not None:
        yes, no, abstain = ([2 * points for points in each] for each in (yes, no, abstain))
        yes[chair] += 1
        no[chair] -= 1
        need = 2 * need - 1
    common = math.gcd(*yes, *no, *abstain) or 1
    points = (tuple(one // common for one in each) for each in (yes, abstain, no))
    reached = Threshold(-(-need // common), *points)
    if rule.at_least is None or whole:
        return reached
    # a share of nobody is reached by none
    return Combination(True, (reached, Threshold(1, (1,) * size, zeros, zeros)))


def _reversed(rule: Formula) -> Formula:
    """Return what holds where a rule, with yes and no taken for each other, doesn't."""
    if isinstance(rule, Combination):
        return Combination(not rule.every, tuple(_reversed(part) for part in rule.of))
    yes, abstain, no = (
        tuple(-points for points in each) for each in (rule.no, rule.abstain, rule.yes)
    )
    return Threshold(1 - rule.need, yes, abstain, no)


def _worth(
    rule: Quota | Quorum, body: Body, members: Sequence[Member], day: date
) -> tuple[list[Fraction], Fraction]:
    """Return what each member counts for, and the whole of which shares are taken."""
    worth = [_weight(rule.weight, body, member, day) for member in members]
    return worth, Fraction(_seats(body)) if rule.seats else sum(worth, Fraction(0))


def _amount(share: Share, total: Fraction) -> Fraction:
    """Return a share of a total, or the number that it is."""
    is_share = isinstance(share, float | Fraction) and share <= 1
    return exact(share) * (total if is_share else 1)


def _scale(worth: Sequence[Fraction]) -> int:
    """Return what makes all of these whole numbers."""
    return math.lcm(*(one.denominator for one in worth))


def _seats(body: Body) -> int:
    if body.seats is None:
        raise BodyError(
            f"{body.path}: a rule of {body.name} counts seats; write seats = 100 at its top"
        )
    return body.seats


def _weight(weight: str, body: Body, member: Member, day: date) -> Fraction:
    if not weight:
        return Fraction(1)
    value = weight_on(member, weight, day)
    if value is None:
        raise BodyError(
            f"{body.path}: {member.name} has no weight {weight} on {day}, and the rule needs one; "
            f"add [[members.weights]] with from and {weight} to it"
        )
    return exact(value)


def _holds(rule: DatedRule, day: date) -> bool:
    return (rule.since is None or rule.since <= day) and (rule.until is None or day < rule.until)


def _named(body: Body, issue: Issue, name: str, day: date, place: tuple[str, ...]) -> Rule:
    if name == NO_VERDICT:
        return NoRule()
    known = {rule.name: rule for rule in body.rules if rule.name}
    if name in known and _holds(known[name], day):
        return known[name].rule
    line = line_of(issue.path, *place)
    where = f"{issue.path}{f', line {line}' if line else ''}: {'.'.join(place)}: "
    if name in known:
        since, until = known[name].since, known[name].until
        times = (f" from {since}" if since else "") + (f" until {until}" if until else "")
        raise IssueError(f'{where}"{name}" holds{times}, not on {day} ({body.path})')
    names = ", ".join(f'"{word}"' for word in (*known, NO_VERDICT))
    raise IssueError(f'{where}{body.path} has no rule "{name}"; known are {names}')
