"""How much a vote counts: the share of power that a decision rule gives to each member."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from whipcount.bodies.drawn_power import SAMPLES, drawn_swings
from whipcount.bodies.games import game_of
from whipcount.bodies.membership import is_member_on, members_on
from whipcount.bodies.names import BodyNames
from whipcount.bodies.rules import can_carry, formula
from whipcount.bodies.swings import exact_swings, with_blocs
from whipcount.errors import BodyError
from whipcount.model import Body, Member, NoRule, Rule


@dataclass(frozen=True, slots=True)
class MemberPower:
    """One member's power, each index between 0 and 1, and adding up to 1 over the members.

    `owen` and `banzhaf_owen` are those where members form blocs, else None.
    """

    member: str
    banzhaf: float
    shapley_shubik: float
    owen: float | None = None
    banzhaf_owen: float | None = None


@dataclass(frozen=True, slots=True)
class Power:
    """The members' power in a body on a day, in the body file's order.

    `exact` is false where the figures were drawn, each then within `error` in 19 of 20 cases.
    """

    body: Body
    as_of: date
    rule: Rule
    shares: tuple[MemberPower, ...]
    exact: bool = True
    error: float = 0.0


def power(
    body: Body,
    rule: Rule,
    day: date,
    blocs: Sequence[Sequence[str]] = (),
    *,
    seed: int = 0,
) -> Power:
    """Return the power that a rule gives to a body's members on a day.

    Banzhaf's index (1965), normalised: of all changes from lost to won that one member's yes makes,
    over all ways in which the others vote, the share that is the member's. Shapley and Shubik's
    (1954): the share of the orders of members in which a member's yes is the one that wins. An
    abstention counts as a no, as both indices know only two votes.

    `blocs` are members' names; who is in none is a bloc alone. Owen's value (1977) then takes only
    orders in which blocs stand together, and Banzhaf-Owen (Owen 1981) only votes in which the other
    blocs are of one mind; it is normalised too.

    Exact up to rounding (12 digits) where the sums of the rule fit a table (200 members with
    weights up to some thousands), or there are up to 36 members, one weight being as fine as may be
    (20 with two of such); else from 20,000 orders and votes drawn with `seed`. Raises BodyError
    where a weight is missing, the rule can't carry or carries with nobody for, or no vote that was
    drawn decides; ValueError for `NoRule`, and for blocs that name nobody or one member twice.
    """
    if isinstance(rule, NoRule):
        raise ValueError("where there is no decision there is no power")
    members = members_on(body, day)
    names = [member.name for member in members]
    parts = formula(rule, body, members, day)
    if not can_carry(parts, len(members)):
        raise BodyError(
            f"{body.path}: the rule of {body.name} can't carry on {day}, even with all for"
        )
    game = game_of(parts, len(members))
    if game.wins(()):
        raise BodyError(
            f"{body.path}: the rule of {body.name} carries on {day} with nobody for; no vote counts"
        )
    swings = exact_swings(game)
    banzhaf, shapley, error = (*swings, 0.0) if swings else drawn_swings(game, seed)
    if not any(banzhaf):
        raise BodyError(
            f"{body.path}: the rule of {body.name} is decided by one vote too seldom to measure on "
            f"{day}: not once in {SAMPLES:,} votes drawn; round its weights, so that none are drawn"
        )
    owen: Sequence[float | None] = [None] * len(names)
    banzhaf_owen: Sequence[float | None] = owen
    if blocs:
        owen, halves = with_blocs(game, _places(blocs, names))
        banzhaf_owen = _normalised(halves)
    return Power(
        body,
        day,
        rule,
        tuple(
            MemberPower(*each)
            for each in zip(names, _normalised(banzhaf), shapley, owen, banzhaf_owen, strict=True)
        ),
        exact=swings is not None,
        error=error,
    )


def blocs_named(body: Body, day: date, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return blocs as members' names: each is a group, a party, or members with commas between.

    Raises BodyError where words name none of these, or one member twice.
    """
    names = BodyNames(body)
    found = []
    for one in words:
        group = names.group(one, day)
        if group is None:
            group = tuple(_member(names, day, word) for word in one.split(","))
        found.append(tuple(member.name for member in group))
    seen = Counter(itertools.chain.from_iterable(found))
    twice = [name for name, times in seen.items() if times > 1]
    if twice:
        raise BodyError(f"{body.path}: {twice[0]} is in two blocs; it can vote with one only")
    return tuple(found)


def _member(names: BodyNames, day: date, word: str) -> Member:
    member = names.member(word)
    if member is None or not is_member_on(member, day):
        raise BodyError(
            f"{names.body.path}: {word.strip()!r} names no member, group or party of "
            f"{names.body.name} on {day}"
        )
    return member


def _normalised(values: Sequence[float]) -> list[float]:
    total = math.fsum(values)
    return [value / total for value in values]


def _places(blocs: Sequence[Sequence[str]], names: Sequence[str]) -> list[list[int]]:
    """Return blocs as places in the members' order, with those in none as blocs alone."""
    place = {name: index for index, name in enumerate(names)}
    seen: set[str] = set()
    found = []
    for name in itertools.chain.from_iterable(blocs):
        if name not in place:
            raise ValueError(f"{name} is no member on the day")
        if name in seen:
            raise ValueError(f"{name} is in two blocs")
        seen.add(name)
    found = [[place[name] for name in bloc] for bloc in blocs if bloc]
    return [*found, *([place[name]] for name in names if name not in seen)]
