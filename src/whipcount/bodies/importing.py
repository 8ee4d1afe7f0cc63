"""A body of people made of public lists: Popolo (EveryPolitician) and congress-legislators.

A list has the last day of a term, a body file the first day after it. Where the next term begins
on the day on which one ends (the same person's, another's in that constituency, or the legislative
period's), that day is the next one's already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from whipcount import public_lists
from whipcount.bodies import congress, popolo
from whipcount.bodies.names import folded
from whipcount.bodies.spans import body_spans
from whipcount.bodies.stays import Chamber, Make, Person
from whipcount.bodies.timelines import Timelines
from whipcount.bodies.writing import RULES, Imported
from whipcount.errors import BodyError
from whipcount.model import Body, DatedRule, Member, Term
from whipcount.public_lists import BrokenRecordError, OnProblem


def import_body(
    paths: Iterable[Path],
    as_of: date,
    on_problem: OnProblem,
    *,
    chamber: str = "",
    name: str = "",
    seats: int | None = None,
    rule: str = "majority",
) -> Imported | None:
    """Return the body whose members are in lists: files, and folders of them.

    `chamber` chooses by name or id where there are several; `as_of` is the day of the import, for
    the sources. `on_problem` is called with file, record and key for everything that can't be
    read, and the rest goes on; None where nothing is left. Raises BodyError where it isn't clear
    which chamber is meant.
    """
    files = list(public_lists.list_files(paths, on_problem))
    chambers: dict[str, Chamber] = {}
    people: dict[str, Person] = {}
    for file in files:
        for person in _people(file, chambers, on_problem):
            same = people.get(person.key)
            people[person.key] = person if same is None else _together(same, person)
    stays = [stay for person in people.values() for stay in person.stays]
    if not stays:
        return None
    chosen = _chosen(chambers, {stay.chamber for stay in stays} - {""}, chamber)
    timelines = Timelines(chosen.key, people.values(), on_problem)
    members = [(one, timelines.terms(one)) for one in people.values()]
    members = [(one, terms) for one, terms in members if terms]
    if not members:
        return None
    body = Body(
        id="",
        name=name or chosen.name,
        path="",
        members_are="people",
        members=(),
        rules=(DatedRule("", RULES[rule]),),
        aliases=tuple(one for one in chosen.aliases if folded(one) != folded(name or chosen.name)),
        weak_aliases=chosen.weak_aliases,
        sources=tuple(f"{file.name}, imported {as_of}" for file in files),
    )
    body = replace(body, members=_told_apart(members, body))
    fits = _seats(body, seats, chosen.seats, on_problem)
    notes = (chosen.note, *timelines.notes) if chosen.note else tuple(timelines.notes)
    return Imported(replace(body, seats=fits), notes)


def _people(file: Path, chambers: dict[str, Chamber], on_problem: OnProblem) -> Iterator[Person]:
    """Yield the people of a file, with the places of their stays in it; note its chambers."""
    try:
        content = public_lists.content_of(file)
    except BrokenRecordError as error:
        on_problem(f"{file}: {error}")
        return
    found, records = _layout(content)
    for one in found:
        chambers.setdefault(one.key, one)
    for place, person in public_lists.each_made(file, records, on_problem):
        stays = []
        for stay in person.stays:
            where = f"{file}, {place}.{stay.place}"
            if stay.since is not None and stay.last is not None and stay.last < stay.since:
                on_problem(
                    f"{where}: ends on {stay.last}, before it begins on {stay.since}; left out"
                )
                continue
            stays.append(replace(stay, place=where))
        yield replace(person, stays=tuple(stays), place=f"{file}, {place}")


def _layout(content: Any) -> tuple[Sequence[Chamber], Iterator[tuple[str, Make]]]:
    """Return the chambers of a file, and its records with their places."""
    if public_lists.is_popolo(content):
        return popolo.chambers(content), popolo.people(content)
    if isinstance(content, list):
        return congress.CHAMBERS, congress.people(content)

    def unknown(_: OnProblem) -> Person:
        raise BrokenRecordError("neither Popolo (persons) nor congress-legislators (terms)")

    return (), iter([("the whole file", unknown)])


def _together(one: Person, other: Person) -> Person:
    """Return one person of two records of the same id."""
    return replace(
        one,
        aliases=tuple(dict.fromkeys((*one.aliases, other.name, *other.aliases))),
        stays=tuple(dict.fromkeys((*one.stays, *other.stays))),
    )


def _chosen(chambers: Mapping[str, Chamber], used: set[str], words: str) -> Chamber:
    """Return the chamber that words name; the only one where there are no words."""
    found = [one for key, one in chambers.items() if key in used]
    if not found:
        raise BodyError("nobody in these files is a member of an organisation")
    if words:
        fit = [
            one
            for one in found
            if folded(words) in map(folded, (one.key, one.name, *one.aliases, *one.weak_aliases))
        ]
    else:
        fit = [one for one in found if one.legislates] or found
    if len(fit) == 1:
        return fit[0]
    names = ", ".join(f'"{one.name}"' for one in found)
    if not fit:
        raise BodyError(f'--chamber "{words}" is none of those in these files: {names}')
    raise BodyError(f"these files have members of {names}; choose one with --chamber")


def _told_apart(
    members: Sequence[tuple[Person, tuple[Term, ...]]], body: Body
) -> tuple[Member, ...]:
    """Return members with names of their own, and without aliases that another bears.

    Of several of one name each has its constituency in brackets, where that isn't enough its party
    and when it joined, and at last its id.
    """
    everybody = [person for person, _ in members]
    names = Counter(name for one in everybody for name in {folded(one.name), folded(one.id)})
    bearers = Counter(
        name
        for one in everybody
        for name in {folded(words) for words in (one.name, one.id, *one.aliases)}
    )
    for counter in (names, bearers):
        counter.update({folded(one) for one in (body.name, *body.aliases, *body.weak_aliases)})
    same: dict[str, list[tuple[Term, ...]]] = {}
    for person, terms in members:
        same.setdefault(folded(person.name), []).append(terms)
    taken: set[str] = set()
    found = []
    for person, terms in members:
        several = names[folded(person.name)] > 1
        own = _own_name(person, terms, same[folded(person.name)]) if several else person.name
        name = own
        number = 1
        while folded(name) in taken or (several and folded(name) in bearers):
            number += 1
            name = f"{own} ({number})"
        taken.add(folded(name))
        aliases = (words for words in person.aliases if bearers[folded(words)] == 1)
        own_aliases = {folded(words): words for words in aliases if folded(words) != folded(name)}
        found.append(Member(person.id or name, name, terms, aliases=tuple(own_aliases.values())))
    return tuple(found)


def _own_name(person: Person, terms: tuple[Term, ...], same: Sequence[tuple[Term, ...]]) -> str:
    """Return a person's name with what tells it from others in brackets.

    `same` are the terms of all who bear the name, the person's too.
    """
    told = ""
    for mark in (_constituency, _party, _year):
        part = mark(terms)
        told = ", ".join(one for one in (told, part) if one)
        if part and sum(mark(theirs) == part for theirs in same) == 1:
            break
    else:
        told = person.id
    return f"{person.name} ({told})"


def _constituency(terms: Sequence[Term]) -> str:
    return terms[-1].constituency


def _party(terms: Sequence[Term]) -> str:
    return terms[-1].party


def _year(terms: Sequence[Term]) -> str:
    return str(terms[0].joined.year) if terms[0].joined else ""


def _seats(body: Body, asked: int | None, listed: int | None, on_problem: OnProblem) -> int | None:
    """Return a body's number of seats; None where on some day more were members."""
    seats = asked or listed
    if seats is None:
        return None
    for days, members in body_spans(body):
        if len(members) > seats:
            on_problem(
                f"{'--seats' if asked else 'seats in the list'}: {seats} are fewer than the "
                f"{len(members)} members {days}; left out"
            )
            return None
    return seats
