"""Which member a row of a roll call names, on the day of the vote. Silence before a guess."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from datetime import date

from whipcount.actors import Entry, gazetteer
from whipcount.bodies import BodyNames, folded, is_member_on, term_on
from whipcount.model import Body, Member
from whipcount.roll_calls.people import PersonName, person_name, same_party, same_place, tokens


class Voters:
    """Tells the members that words name; asks the body's names, then what states are called
    elsewhere and how people stand in lists.
    """

    def __init__(self, body: Body) -> None:
        self.body = body
        self.names = BodyNames(body)
        self.by_last_word: dict[str, list[tuple[Member, tuple[str, ...]]]] = {}
        if body.members_are == "people":
            for member in body.members:
                for form in {tokens(name) for name in (member.name, *member.aliases)}:
                    self.by_last_word.setdefault(form[-1], []).append((member, form))

    def fitting(
        self, names: Sequence[str], day: date, constituency: str = "", party: str = ""
    ) -> tuple[Member, ...]:
        """Return the members of a day that the names of one voter fit, tried one after the other.

        Where several fit, `constituency` and then `party` tell them apart, if just one fits.
        """
        for name in names:
            person = person_name(name)
            place = constituency or person.place
            for found in self._lookups(name, person, place, day):
                today = [member for member in found if is_member_on(member, day)]
                if today:
                    return _narrowed(today, day, place, party)
        return ()

    def of_other_days(self, names: Sequence[str]) -> Member | None:
        """Return the member whom a name names, whatever the day; None where none or two do."""
        for name in names:
            found = self._listed(name) or self._weakly(name) or self._by_state(name)
            found = found or self._bearers(person_name(name))
            if len(found) == 1:
                return found[0]
        return None

    def own_name(self, member: Member) -> str:
        """Return a name by which the count finds a member again: its name, or else its id."""
        return member.name if self.names.member(member.name) is member else member.id

    def _lookups(
        self, name: str, person: PersonName, place: str, day: date
    ) -> Iterator[Sequence[Member]]:
        yield self._listed(name)
        yield self._weakly(name)
        yield self._by_state(name)
        if self.by_last_word:
            yield self._bearers(person)
            yield self._of_place(person, place, day) if place else ()

    def _listed(self, name: str) -> tuple[Member, ...]:
        strong = self.names.strong.get(folded(name), ())
        return tuple(dict.fromkeys((*strong, *self.names.codes.get(name.strip(), ()))))

    def _weakly(self, name: str) -> tuple[Member, ...]:
        words = folded(name)
        if words in self.names.body_strong or words in self.names.body_weak:
            return ()
        return self.names.weak.get(words, ())

    def _by_state(self, name: str) -> tuple[Member, ...]:
        """Return the state that words name elsewhere: by ISO 3166 or another name."""
        if self.body.members_are != "states":
            return ()
        return self.names.codes.get(state_code(name), ())

    def _bearers(self, name: PersonName) -> tuple[Member, ...]:
        """Return the people whose name it may be."""
        near = self.by_last_word.get(name.last, ())
        return tuple(dict.fromkeys(member for member, form in near if name.fits(form)))

    def _of_place(self, name: PersonName, place: str, day: date) -> tuple[Member, ...]:
        """Return those of that surname and constituency, whatever their given name."""
        near = self.by_last_word.get(name.last, ())
        found = (member for member, form in near if name.is_surname_of(form))
        return tuple(one for one in dict.fromkeys(found) if same_place(place, _place(one, day)))


def state_of(words: str) -> Entry | None:
    """Return the state that words name, as other lists than body files have it; None where none.

    By ISO 3166-1 alpha-3 in capitals, the names that whipcount knows of states, ISO's names.
    """
    known = gazetteer()
    return known.by_code(code) if (code := state_code(words)) else None


@functools.cache
def state_code(words: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of `state_of`; empty where no state is named."""
    import pycountry  # noqa: PLC0415

    words = words.strip()
    if len(words) == 3 and words.isupper():
        found = pycountry.countries.get(alpha_3=words)
        if found is not None:
            return str(found.alpha_2)
    match = gazetteer().state(words)
    if match is not None and match.how == "name":
        return match.entry.code
    # the UN's "Bolivia (Plurinational State of)" is ISO's "Bolivia, Plurinational State of"
    name = re.sub(r"\s*\(([^()]*)\)$", r", \1", words)
    try:
        return str(pycountry.countries.lookup(name).alpha_2) if len(name) > 3 else ""
    except LookupError:
        return ""


def _narrowed(
    members: Sequence[Member], day: date, constituency: str, party: str
) -> tuple[Member, ...]:
    if len(members) > 1 and constituency:
        there = [one for one in members if same_place(constituency, _place(one, day))]
        members = there if len(there) == 1 else members
    if len(members) > 1 and party:
        alike = [one for one in members if same_party(party, _party(one, day))]
        members = alike if len(alike) == 1 else members
    return tuple(members)


def _place(member: Member, day: date) -> str:
    term = term_on(member, day)
    return term.constituency if term is not None else member.constituency


def _party(member: Member, day: date) -> str:
    term = term_on(member, day)
    return term.party if term is not None else member.party
