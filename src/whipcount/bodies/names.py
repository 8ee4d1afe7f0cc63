"""Which member, group or body words name. Silence before a guess: what two fit, nobody is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from whipcount.bodies.membership import is_member_on, term_on
from whipcount.model import Body, Member
from whipcount.offsets import plain


def folded(words: str) -> str:
    """Return words as names are compared: marks plain, case and a leading "the" ignored."""
    pieces = plain(words).text.casefold().split()
    if len(pieces) > 1 and pieces[0] == "the":
        del pieces[0]
    return " ".join(pieces)


def member_named(body: Body, words: str) -> Member | None:
    """Return the member, of whatever day, that words name; None where none or two do.

    Names, ids, aliases and codes are strong (a code only in the capitals in which it is written, so
    that "no" is not Norway). A weak alias counts where no strong name of a member or of the body
    claims the words.
    """
    return BodyNames(body).member(words)


def group_members(body: Body, words: str, day: date) -> tuple[Member, ...] | None:
    """Return the members on a day of the group or party that words name; None where none is named.

    A group that had no member on that day gives an empty tuple.
    """
    return BodyNames(body).group(words, day)


def names_body(body: Body, words: str) -> bool:
    """Return whether words name the body itself; a weak alias only where no member claims it."""
    return BodyNames(body).is_body(words)


class BodyNames:
    """A body's names, folded once for many questions; the functions above ask just one."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.codes = _index((member, (member.code,)) for member in body.members)
        self.strong = _index(
            (member, map(folded, (member.name, member.id, *member.aliases)))
            for member in body.members
        )
        self.weak = _index((member, map(folded, member.weak_aliases)) for member in body.members)
        self.body_strong = {folded(name) for name in (body.name, body.id, *body.aliases)}
        self.body_weak = {folded(name) for name in body.weak_aliases}
        self.groups = {folded(name): members for name, members in body.groups}
        self.parties = {
            folded(party)
            for member in body.members
            for party in (member.party, *(term.party for term in member.terms))
            if party
        }

    def member(self, words: str) -> Member | None:
        """Return the member that words name, as `member_named`."""
        name = folded(words)
        if not name:
            return None
        strong = {
            member.id: member
            for member in (*self.strong.get(name, ()), *self.codes.get(words.strip(), ()))
        }
        if strong:
            return _only(strong.values())
        if name in self.body_strong or name in self.body_weak:
            return None
        return _only(self.weak.get(name, ()))

    def group(self, words: str, day: date) -> tuple[Member, ...] | None:
        """Return the members of a day that words name together, as `group_members`."""
        name = folded(words)
        listed = self.groups.get(name)
        if listed is not None:
            everybody = listed == ("members",)
            return tuple(
                member
                for member in self.body.members
                if (everybody or member.name in listed) and is_member_on(member, day)
            )
        if name in self.parties:
            terms = ((member, term_on(member, day)) for member in self.body.members)
            return tuple(
                member for member, term in terms if term is not None and folded(term.party) == name
            )
        return None

    def is_body(self, words: str) -> bool:
        """Return whether words name the body itself, as `names_body`."""
        name = folded(words)
        if name in self.strong or words.strip() in self.codes:
            return False
        return name in self.body_strong or (name in self.body_weak and name not in self.weak)


def _index(
    names: Iterable[tuple[Member, Iterable[str]]],
) -> dict[str, tuple[Member, ...]]:
    found: dict[str, dict[str, Member]] = defaultdict(dict)
    for member, words in names:
        for name in words:
            if name:
                found[name][member.id] = member
    return {name: tuple(members.values()) for name, members in found.items()}


def _only(members: Iterable[Member]) -> Member | None:
    found = tuple(members)
    return found[0] if len(found) == 1 else None
