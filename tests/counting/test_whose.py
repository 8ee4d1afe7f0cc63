from datetime import date

import pytest

from whipcount.counting.whose import Owners, Whose
from whipcount.model import Actor

from .cases import council, member

DAY = date(2031, 6, 30)
STATES = council(
    member("Arvonia", code="AR"),
    member("Belmark", code="BE", weak_aliases=("the kingdom",)),
    member("Corvia", left=date(2031, 1, 1)),
    member("Dorland", joined=date(2031, 7, 1)),
    groups=(("the upper states", ("Arvonia", "Belmark", "Corvia")), ("all", ("members",))),
)
PEOPLE = council(
    member("Ana Vell", party="Blues"),
    member("Ben Orr", party="Blues", aliases=("Senator Orr",)),
    member("Cy Dane", party="Greens"),
    members_are="people",
)


def whose(body, actor):
    members = tuple(m for m in body.members if m.name not in ("Corvia", "Dorland"))
    return Whose(body, members, DAY).owners(actor)


def actor(name, kind="person", speaks_for="", country=""):
    return Actor("a.a0", name, kind, "", "", country, speaks_for)


ROWS = [
    (STATES, actor("Arvonia", "state", "Arvonia"), Owners(("Arvonia",)), "a member that speaks"),
    (STATES, actor("Arvonia", "state"), Owners(("Arvonia",)), "so without speaks_for"),
    (STATES, actor("Ana Vell", "person", "Belmark"), Owners(("Belmark",)), "who speaks for it"),
    (STATES, actor("officials", "group", "the kingdom"), Owners(("Belmark",)), "under an alias"),
    (STATES, actor("an official", "anonymous", "Belmark"), Owners(("Belmark",)), "unnamed, for it"),
    (STATES, actor("The Republic", "state", "", "AR"), Owners(("Arvonia",)), "a state by its code"),
    (
        STATES,
        actor("The Union", "organisation", "the Union", "AR"),
        Owners(other="name union"),
        "a country is not whom an organisation speaks for",
    ),
    (
        STATES,
        actor("Ana Vell", "person", "", "AR"),
        Owners(other="person ana vell"),
        "a former one",
    ),
    (STATES, actor("Arvonia", "person"), Owners(other="person arvonia"), "a person of that name"),
    (STATES, actor("Corvia", "state", "Corvia"), Owners(other="name corvia"), "one that has left"),
    (STATES, actor("Dorland", "state", "Dorland"), Owners(other="name dorland"), "one to come"),
    (STATES, actor("Estmar", "state", "Estmar"), Owners(other="name estmar"), "a stranger"),
    (STATES, actor("Fay", "person", "the Estmar"), Owners(other="name estmar"), "on its behalf"),
    (STATES, actor("ORC", "organisation", "ORC"), Owners(other="body"), "the body itself"),
    (STATES, actor("the council", "organisation"), Owners(other="body"), "by a weak alias"),
    (
        STATES,
        actor("the upper states", "group", "the upper states"),
        Owners(("Arvonia", "Belmark"), as_group=True),
        "a group's members of the day",
    ),
    (
        STATES,
        actor("all", "group"),
        Owners(("Arvonia", "Belmark"), as_group=True),
        "all of the day",
    ),
    (STATES, actor("some states", "group"), Owners(other="name some states"), "a group unknown"),
    (STATES, actor("The Daily", "outlet"), Owners(other="outlet daily"), "an outlet"),
    (STATES, actor("a source", "anonymous"), Owners(other="unnamed a.a0"), "nobody named"),
    (STATES, actor("", "anonymous"), Owners(other="unnamed a.a0"), "nobody at all"),
    (PEOPLE, actor("Ana Vell", "person", "Blues"), Owners(("Ana Vell",)), "a person is herself"),
    (PEOPLE, actor("Senator Orr", "person"), Owners(("Ben Orr",)), "by an alias"),
    (PEOPLE, actor("Fay", "person", "Cy Dane"), Owners(("Cy Dane",)), "a person's spokeswoman"),
    (
        PEOPLE,
        actor("the Blues", "organisation", "Blues"),
        Owners(("Ana Vell", "Ben Orr"), as_group=True),
        "a party",
    ),
]


@pytest.mark.parametrize(("body", "who", "owners", "reason"), ROWS)
def test_a_position_is_somebodys(body, who, owners, reason):
    assert whose(body, who) == owners, reason


def test_two_unnamed_sources_are_two():
    asked = Whose(STATES, STATES.members[:2], DAY)
    one = Actor("a.a0", "a source", "anonymous")
    other = Actor("b.a0", "a source", "anonymous")
    assert asked.owners(one) != asked.owners(other)
