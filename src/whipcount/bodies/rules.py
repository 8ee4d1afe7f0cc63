"""Decision rules: which holds on a day, and whether votes carry.

Every part of a rule is brought into one form, a weighted sum that has to reach a whole number. That
form is exact (shares are read as the decimals that the file has, never as binary fractions), and it
shows what the verdicts rest on: no part loses by a vote that turns from `no` to `abstain` to `yes`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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
    Quota,
    Rule,
)
from whipcount.toml_files import line_of

Vote = Literal["yes", "no", "abstain"]

NO_VERDICT = "none"
"""The word by which an issue or option says that it needs no decision."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A part of a rule: holds when the points of those for, less those against, reach `need`.

    `yes[i]` and `no[i]` are what a yes of the i-th member adds and a no of it takes away, whole
    numbers of at least 0; an abstention does neither.
    """

    need: int
    yes: tuple[int, ...]
    no: tuple[int, ...]


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
    holding = [rule for rule in body.rules if _holds(rule, day)]
    if len(holding) == 1:
        return holding[0].rule
    if not holding:
        raise BodyError(f"{body.path}: no rule of {body.name} holds on {day}; add one to [rules]")
    raise BodyError(
        f"{body.path}: several rules of {body.name} hold on {day}: "
        f"{', '.join(rule.name for rule in holding)}; name one in the issue file: rule = "
        f'"{holding[0].name}"'
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
    points = 0
    for vote, yes, no in zip(votes, rule.yes, rule.no, strict=True):
        if vote == "yes":
            points += yes
        elif vote == "no":
            points -= no
    return points >= rule.need


def formula(rule: Rule, body: Body, members: Sequence[Member], day: date) -> Formula:
    """Return a rule as weighted sums over the members of a day.

    Raises BodyError where a member lacks a weight on that day, ValueError for `NoRule`.
    """
    ones, zeros = (1,) * len(members), (0,) * len(members)
    match rule:
        case NoRule():
            raise ValueError("an option that needs no decision has no formula")
        case Consensus():
            return Threshold(0, zeros, ones)
        case Majority(over=over, base="voting"):
            # yes / (yes + no) > p / q is (q - p) yes - p no > 0; nothing carries if nobody votes
            share = exact(over)
            for_yes, for_no = share.denominator - share.numerator, share.numerator
            return Threshold(1, (for_yes,) * len(members), (for_no,) * len(members))
        case Majority(over=over):
            # who abstains is present, and nobody is absent: both bases are all members
            return Threshold(math.floor(exact(over) * len(members)) + 1, ones, zeros)
        case Quota():
            return _quota(rule, body, members, day)
        case AllOf(of=of):
            return Combination(True, tuple(formula(part, body, members, day) for part in of))
        case AnyOf(of=of):
            return Combination(False, tuple(formula(part, body, members, day) for part in of))


def silence_is_consent(rule: Rule) -> bool:
    """Return whether a rule, or a part of it, says that not being on record is consent."""
    match rule:
        case Consensus(silence=silence):
            return silence == "consent"
        case AllOf(of=of) | AnyOf(of=of):
            return any(silence_is_consent(part) for part in of)
    return False


def exact(number: float) -> Fraction:
    """Return a number as the decimal that a person wrote: 0.55 is 11/20."""
    return Fraction(str(number))


def _quota(rule: Quota, body: Body, members: Sequence[Member], day: date) -> Threshold:
    weights = [_weight(rule.weight, body, member, day) for member in members]
    total = sum(weights, Fraction(0))
    if rule.all_but is not None:
        need = total - exact(rule.all_but)
    elif rule.at_least is not None:
        share = isinstance(rule.at_least, float) and rule.at_least <= 1
        need = exact(rule.at_least) * (total if share else 1)
    else:
        raise ValueError("a quota has at_least or all_but")
    scale = math.lcm(*(weight.denominator for weight in weights))
    return Threshold(
        math.ceil(need * scale),
        tuple(int(weight * scale) for weight in weights),
        (0,) * len(members),
    )


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
