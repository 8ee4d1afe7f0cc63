"""What if a member changed its mind: positions that nobody took, in the place of those it took."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import get_args

from whipcount.bodies import BodyNames, actor_kind, is_member_on, members_on
from whipcount.coding.implications import consequences
from whipcount.counting.evidence import Days, Pile, weighed
from whipcount.counting.gathering import Gathered
from whipcount.counting.spreading import spread
from whipcount.dates import first_day
from whipcount.errors import CountError
from whipcount.model import Actor, Body, Issue, Member, Position, Stance, Strength

CODER = "what if"
"""The coder of a position that is only assumed."""


def assume(words: Iterable[str], issue: Issue, body: Body, as_of: date) -> tuple[Position, ...]:
    """Return the positions that words such as "Hungary=support" assume as of a day.

    They are on every option of the issue, or with "Hungary/membership=support" on one. A group or
    party stands for its members of the day. Raises CountError where the member, the option or the
    stance isn't known, and where the same member and option come twice.
    """
    found: dict[tuple[str, str], Position] = {}
    for one in words:
        target, equals, stance = one.rpartition("=")
        if not equals:
            raise CountError(f"what if {one!r}: write MEMBER=STANCE, such as Hungary=support")
        name, slash, option = target.rpartition("/")
        if not slash or option.strip() not in {each.id for each in issue.options}:
            name, option = target, ""
        members = _members(name.strip(), one, body, as_of)
        if stance.strip() not in get_args(Stance):
            raise CountError(
                f"what if {one!r}: {stance.strip()!r} is no stance; "
                f"known are {', '.join(get_args(Stance))}"
            )
        chosen = [each.id for each in issue.options if option.strip() in ("", each.id)]
        for member, each in itertools.product(members, chosen):
            if (member.name, each) in found:
                raise CountError(f"what if {one!r}: {member.name} on {each} comes twice")
            found[member.name, each] = in_place_of(
                member.name,
                body,
                each,
                _stance(stance.strip()),
                as_of.isoformat(),
                coder=CODER,
                record="only assumed",
            )
    return tuple(found.values())


def standing(
    overrides: Iterable[Position], assumed: Iterable[Position], body: Body, day: date
) -> Iterator[Position]:
    """Yield the overrides that stand on a day, of its members, where nothing else is assumed."""
    taken = {(one.actor.name, one.option) for one in assumed}
    members = {member.name for member in members_on(body, day)}
    for one in overrides:
        cell = one.actor.name, one.option
        if first_day(one.date) <= day and one.actor.name in members and cell not in taken:
            yield one


def suppose(gathered: Gathered, assumed: Sequence[Position], issue: Issue) -> None:
    """Put assumed positions in the place of their members' evidence, where that was gathered."""
    follows = consequences(issue.options)
    known: dict[str, Days] = {}
    own = {(one.actor.name, one.option) for one in assumed}
    for one in assumed:
        cells = gathered.members.setdefault(one.actor.name, {option: Pile() for option in follows})
        cells[one.option] = Pile([one], [weighed(one, known)])
        for reached in spread(one, follows):
            if (one.actor.name, reached.option) not in own:
                cells[reached.option].add(reached, weighed(reached, known))


def in_place_of(
    member: str,
    body: Body,
    option: str,
    stance: Stance,
    day: str,
    *,
    coder: str,
    record: str,
    strength: Strength = "plain",
) -> Position:
    """Return a position, entered and not said, that a member is to be counted with from a day."""
    actor = Actor("", member, actor_kind(body), speaks_for=member)
    return Position(
        "entered", actor, option, stance, strength, date=day, coder=coder, record=record
    )


def _members(name: str, words: str, body: Body, day: date) -> tuple[Member, ...]:
    known = BodyNames(body)
    member = known.member(name)
    if member is not None and is_member_on(member, day):
        return (member,)
    group = known.group(name, day)
    if group:
        return group
    names = [one.name for one in body.members if is_member_on(one, day)]
    close = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {close[0]}?" if close else f"its file is {body.path}"
    raise CountError(
        f"what if {words!r}: {name!r} names no member or group of {body.name} on {day}, "
        f"or an option that isn't there; {hint}"
    )


def _stance(word: str) -> Stance:
    return next(stance for stance in get_args(Stance) if stance == word)
