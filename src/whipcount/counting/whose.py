"""Whose position it is: a member's, several members' of a group, or somebody else's (rule 1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from whipcount.bodies import BodyNames, folded
from whipcount.model import Actor, Body, Member


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose an actor's positions are.

    `members` are the names of the members whose cells they go to; `as_group` whether they are there
    as part of a group or party that was named. Where there are none, `other` tells the rows of the
    others apart.
    """

    members: tuple[str, ...] = ()
    as_group: bool = False
    other: str = ""
    names: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Set `names`: the members' names, or the other's key."""
        object.__setattr__(self, "names", self.members or (self.other,))


class Whose:
    """Tells whose positions are, on one day; asks the names for each actor just once."""

    def __init__(self, body: Body, members: tuple[Member, ...], day: date) -> None:
        self.body = body
        self.day = day
        self.names = BodyNames(body)
        self.today = {member.id for member in members}
        self.codes: dict[str, list[Member]] = {}
        for member in body.members:
            if member.code:
                self.codes.setdefault(member.code, []).append(member)
        self.known: dict[tuple[str, ...], Owners] = {}
        # where nobody is a member in person, whom a speaker speaks for is all that counts
        self.by_words = body.members_are != "people"
        self.spoken_for: dict[str, Owners] = {}

    def owners(self, actor: Actor) -> Owners:
        """Return whose an actor's positions are.

        In a body of people, a person is first of all the member of that name. Then counts whom the
        actor speaks for; one that speaks for nobody in particular counts under its own name, as
        member only where it is no single person, no outlet and nobody unnamed.
        """
        plain = actor.speaks_for if self.by_words and actor.kind != "state" else ""
        if plain in self.spoken_for:
            return self.spoken_for[plain]
        key: tuple[str, ...] = (actor.speaks_for, actor.name, actor.kind, actor.country)
        if actor.kind == "anonymous":
            key = (*key, actor.id)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._owners(actor)
        if plain:
            self.spoken_for[plain] = found
        return found

    def _owners(self, actor: Actor) -> Owners:
        if actor.kind == "person" and self.body.members_are == "people":
            member = self.names.member(actor.name)
            if member is not None:
                return self._member(member)
        if actor.speaks_for:
            return self._named(actor.speaks_for, actor)
        if actor.kind == "anonymous":
            return Owners(other=f"unnamed {actor.id or folded(actor.name)}")
        if actor.kind in ("person", "outlet"):
            return Owners(other=f"{actor.kind} {folded(actor.name)}")
        return self._named(actor.name, actor)

    def _named(self, words: str, actor: Actor) -> Owners:
        member = self.names.member(words)
        if member is not None:
            return self._member(member)
        if self.names.is_body(words):
            return Owners(other="body")
        group = self.names.group(words, self.day)
        if group:
            return Owners(tuple(member.name for member in group), as_group=True)
        # a state under a name that the body file lacks; a person's or party's country says nothing
        states = self.codes.get(actor.country, []) if actor.kind == "state" else []
        if len(states) == 1 and actor.speaks_for in ("", actor.name):
            return self._member(states[0])
        return Owners(other=f"name {folded(words)}")

    def _member(self, member: Member) -> Owners:
        """Return a member's cell; who is no member on the day stands under the others."""
        if member.id in self.today:
            return Owners((member.name,))
        return Owners(other=f"name {folded(member.name)}")
