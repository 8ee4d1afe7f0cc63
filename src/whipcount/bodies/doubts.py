"""What is doubtful in a body file whatever the day: names, codes, groups, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whipcount.bodies.names import BodyNames, folded
from whipcount.model import Body, Member
from whipcount.toml_files import Place, shown

BEYOND_ISO = ("EU", "XK")
"""Codes that ISO 3166 doesn't give to a state and that are no slip: it reserves EU for the European
Union, and leaves XK to users, all of whom mean Kosovo by it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at in a body file, and the keys under which it stands.

    `toml_files.Table.problem` makes the line to show of it, `toml_files.line_of` finds its line.
    """

    message: str
    keys: Place


def source_doubts(body: Body) -> Iterator[Doubt]:
    """Yield a doubt where a body names no source."""
    if not body.sources:
        yield Doubt(
            "are missing: write where members and rules are from, and when that was checked: "
            'sources = ["…; checked 2026-01-31"]',
            ("sources",),
        )


def code_doubts(body: Body) -> Iterator[Doubt]:
    """Yield doubts about codes of states that ISO 3166 has neither now nor had before."""
    if body.members_are != "states":
        return
    for number, member in enumerate(body.members):
        if member.code and member.code not in BEYOND_ISO and not _in_iso_3166(member.code):
            yield Doubt(
                f"{shown(member.code)} is no code of ISO 3166; write the two letters of a state "
                'such as "DE", or the code of a part of one such as "DE-BY"',
                ("members", number, "code"),
            )


def group_doubts(body: Body) -> Iterator[Doubt]:
    """Yield doubts about groups that nobody is in, or somebody twice."""
    for name, members in body.groups:
        if not members:
            yield Doubt("lists nobody; write its members or leave it out", ("groups", name))
        for number, member in enumerate(members):
            if member in members[:number]:
                yield Doubt(
                    f"{shown(member)} is listed already; leave it out", ("groups", name, number)
                )


def name_doubts(body: Body) -> Iterator[Doubt]:
    """Yield doubts about names that name nobody, or somebody else than their place says.

    What two members bear names neither; a weak alias counts only where no strong name claims it.
    """
    names = BodyNames(body)
    told: set[tuple[str, str]] = set()
    for number, member in enumerate(body.members):
        for key, words in _strong(member):
            name = words if key[0] == "code" else folded(words)
            same = {*names.codes.get(words, ()), *names.strong.get(folded(words), ())}
            if len(same) > 1 and (str(key[0] == "code"), name) not in told:
                told.add((str(key[0] == "code"), name))
                yield Doubt(
                    f"{shown(words)} is a name of {_names(same, body)}, and so names none of them; "
                    "leave it to one, or make it a weak alias of the others",
                    ("members", number, *key),
                )
        for index, words in enumerate(member.weak_aliases):
            yield from _weak(names, number, index, words, told)
    yield from _body_names(names)
    for name in dict(body.groups):
        if names.member(name) is not None or names.is_body(name):
            yield Doubt(
                "is a name of a member or of the body too, which is meant then; take another",
                ("groups", name),
            )


def _weak(
    names: BodyNames, number: int, index: int, words: str, told: set[tuple[str, str]]
) -> Iterator[Doubt]:
    """Yield a doubt about a weak alias that another's name, the body's or another's alias hides."""
    place = ("members", number, "weak_aliases", index)
    body, name = names.body, folded(words)
    member = body.members[number]
    others = {*names.codes.get(words, ()), *names.strong.get(name, ())} - {member}
    same = names.weak.get(name, ())
    if others:
        yield Doubt(
            f"{shown(words)} is a name of {_names(others, body)}, which is meant; leave it out",
            place,
        )
    elif name in names.body_strong or name in names.body_weak:
        yield Doubt(
            f"{shown(words)} is a name of the body too, and so names no member; leave it to one",
            place,
        )
    elif len(same) > 1 and ("weak", name) not in told:
        told.add(("weak", name))
        yield Doubt(
            f"{shown(words)} is a weak alias of {_names(same, body)}, and so names none of them; "
            "leave it to one",
            place,
        )


def _body_names(names: BodyNames) -> Iterator[Doubt]:
    """Yield doubts about names of the body that a member has."""
    body = names.body
    places: list[tuple[Place, str]] = [(("name",), body.name)]
    places += [(("aliases", index), words) for index, words in enumerate(body.aliases)]
    places += [(("weak_aliases", index), words) for index, words in enumerate(body.weak_aliases)]
    for place, words in places:
        member = {*names.codes.get(words, ()), *names.strong.get(folded(words), ())}
        if member:
            yield Doubt(
                f"{shown(words)} is a name of {_names(member, body)}, which is meant; leave it to "
                "one of the two",
                place,
            )


def _strong(member: Member) -> Iterator[tuple[Place, str]]:
    """Yield a member's strong names with their places in its table."""
    yield ("name",), member.name
    if member.id != member.name:
        yield ("id",), member.id
    for index, words in enumerate(member.aliases):
        yield ("aliases", index), words
    if member.code:
        yield ("code",), member.code


def _names(members: Iterable[Member], body: Body) -> str:
    """Return members' names in the file's order: "A and B"."""
    wanted = {member.id for member in members}
    found = [member.name for member in body.members if member.id in wanted]
    return " and ".join(found) if len(found) < 3 else f"{', '.join(found[:-1])} and {found[-1]}"


def _in_iso_3166(code: str) -> bool:
    import pycountry  # noqa: PLC0415

    return (
        pycountry.countries.get(alpha_2=code) is not None
        or pycountry.historic_countries.get(alpha_2=code) is not None
        or pycountry.subdivisions.get(code=code) is not None  # type: ignore[no-untyped-call]
    )
