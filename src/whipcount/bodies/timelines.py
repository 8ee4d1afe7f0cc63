"""Terms in a chamber, made of stays that may overlap and have last days."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from whipcount.bodies.stays import Person, Stay
from whipcount.model import Term
from whipcount.public_lists import OnProblem

ONE_DAY = timedelta(days=1)


class Timelines:
    """Makes terms of people's stays in one chamber; `notes` say what a reader should know.

    `on_problem` is called where two stays of a person say different things of the same days.
    """

    def __init__(self, chamber: str, people: Iterable[Person], on_problem: OnProblem) -> None:
        self.chamber = chamber
        self.on_problem = on_problem
        self.notes: dict[str, None] = {}
        self.begun: dict[str, dict[date, set[str]]] = {}
        roles: Counter[str] = Counter()
        for person in people:
            for stay in person.stays:
                if stay.chamber == chamber:
                    roles[stay.role] += 1
                    begun = self.begun.setdefault(stay.seat, {})
                    begun.setdefault(_first(stay), set()).add(person.key)
        self.usual = roles.most_common(1)[0][0] if roles else ""

    def terms(self, person: Person) -> tuple[Term, ...]:
        """Return a person's terms in the chamber, oldest first; none where it was no member.

        Of stays at the same time the usual role's counts, and of those the one that began last;
        what it doesn't say, others do. Terms of one party and constituency without a gap are one.
        """
        stays = [self._ended(one, person) for one in person.stays if one.chamber == self.chamber]
        stays.sort(key=lambda one: (one.role == self.usual, _first(one)), reverse=True)
        parties = [replace(one, last=_after(one)) for one in person.stays if not one.chamber]
        parties.sort(key=_first, reverse=True)
        self._report(stays)
        days = {day for one in stays + parties for day in (_first(one), _end(one))}
        terms: list[Term] = []
        for since, until in itertools.pairwise(sorted(days)):
            there = _there(stays, since, until)
            if not there:
                continue
            also = (*there, *_there(parties, since, until))
            term = Term(
                None if since == date.min else since,
                None if until == date.max else until,
                next((one.end_reason for one in there if _end(one) == until), ""),
                next((one.party for one in also if one.party), ""),
                next((one.constituency for one in there if one.constituency), ""),
            )
            if there[0].note:
                self.notes[there[0].note] = None
            if terms and _goes_on(terms[-1], term):
                term = replace(term, joined=terms.pop().joined)
            terms.append(term)
        return tuple(terms)

    def _ended(self, stay: Stay, person: Person) -> Stay:
        """Return a stay whose `last`, if any, is the first day on which it is over.

        That is the day after, or the last day itself where the next one begins on it.
        """
        if stay.last is None:
            return stay
        begun = self.begun.get(stay.seat, {})
        me = {person.key}
        if stay.expected and not any(day >= stay.last and who - me for day, who in begun.items()):
            self.notes[
                f"{person.name} ({stay.constituency}) stays until who is elected is sworn in; the "
                f"list expects the election on {stay.last}."
            ] = None
            return replace(stay, last=None, end_reason="")
        own = any(one.chamber == self.chamber and one.since == stay.last for one in person.stays)
        handed = stay.handed or own or begun.get(stay.last, set()) - me
        return stay if handed and stay.last != stay.since else replace(stay, last=_after(stay))

    def _report(self, stays: Sequence[Stay]) -> None:
        """Report stays that say different things of the same days; `stays` as they count."""
        for one, other in itertools.combinations(stays, 2):
            since = max(_first(one), _first(other))
            differ = any(
                a and b and a != b
                for a, b in ((one.party, other.party), (one.constituency, other.constituency))
            )
            if differ and since < min(_end(one), _end(other)):
                self.on_problem(
                    f"{other.place}: is at the same time as {one.place.rpartition('.')[2]}, from "
                    f"{since}, and says otherwise; the latter counts"
                )


def _first(stay: Stay) -> date:
    return stay.since or date.min


def _end(stay: Stay) -> date:
    return stay.last or date.max


def _after(stay: Stay) -> date | None:
    """Return the day after a stay's last one."""
    return None if stay.last in (None, date.max) else stay.last + ONE_DAY


def _there(stays: Sequence[Stay], since: date, until: date) -> list[Stay]:
    return [one for one in stays if _first(one) <= since and until <= _end(one)]


def _goes_on(before: Term, term: Term) -> bool:
    """Return whether a term goes on where another ends, with the same party and constituency."""
    return (before.left, before.party, before.constituency) == (
        term.joined,
        term.party,
        term.constituency,
    )
