from datetime import date

import pytest

from whipcount.bodies import folded, group_members, member_named, names_body
from whipcount.model import Body, Consensus, DatedRule, Member, Term

ALWAYS = (Term(None),)
BODY = Body(
    "orc",
    "Orlan River Council",
    "orc.toml",
    "states",
    (
        Member("a", "Arvonia", ALWAYS, code="AR", aliases=("the Arvonian Republic",)),
        Member("b", "Belmark", ALWAYS, weak_aliases=("the kingdom", "the isle")),
        Member("c", "Corvia", ALWAYS, weak_aliases=("the kingdom", "Arvonia", "the council")),
        Member("d", "Dorland", (Term(None, date(2030, 1, 1)),), aliases=("East Isle",)),
        Member("e", "Estmar", ALWAYS, aliases=("East Isle",), weak_aliases=("ORC",)),
    ),
    (DatedRule("", Consensus()),),
    aliases=("ORC",),
    weak_aliases=("the council", "the isle"),
    groups=(("the Eastern states", ("Dorland", "Estmar")), ("all members", ("members",))),
)

NAMES = [
    ("Arvonia", "Arvonia", "a name"),
    ("  the ARVONIA ", "Arvonia", "case, spaces and a leading the are nothing"),
    ("a", "Arvonia", "an id"),
    ("AR", "Arvonia", "a code"),
    ("ar", None, "a code in small letters is a word"),
    ("Arvonian republic", "Arvonia", "an alias"),
    ("the isle", None, "a weak alias that the body has as weakly"),
    ("the kingdom", None, "two members fit weakly"),
    ("East Isle", None, "two members fit"),
    ("orc", None, "a strong name of the body beats a weak alias"),
    ("Atlantis", None, "nobody"),
    ("", None, "no words"),
    ("the", None, "no name"),
]


@pytest.mark.parametrize(("words", "name", "reason"), NAMES)
def test_words_name_a_member_or_nobody(words, name, reason):
    member = member_named(BODY, words)
    assert (member.name if member else None) == name, reason


def test_a_weak_alias_counts_where_nobody_claims_the_words():
    body = Body("x", "X", "x.toml", "states", (BODY.members[1],), BODY.rules)
    member = member_named(body, "The Kingdom")
    assert member is not None
    assert member.name == "Belmark"


GROUPS = [
    ("The Eastern States", ("Dorland", "Estmar"), date(2029, 1, 1), "a group, whatever its case"),
    ("Eastern states", ("Estmar",), date(2030, 1, 1), "those of the day"),
    ("all members", ("Arvonia", "Belmark", "Corvia", "Estmar"), date(2031, 1, 1), "everybody"),
]


@pytest.mark.parametrize(("words", "names", "day", "reason"), GROUPS)
def test_a_group_is_its_members_of_the_day(words, names, day, reason):
    members = group_members(BODY, words, day)
    assert members is not None
    assert tuple(member.name for member in members) == names, reason


def test_some_of_a_group_is_no_group():
    assert group_members(BODY, "some Eastern states", date(2029, 1, 1)) is None
    assert group_members(BODY, "", date(2029, 1, 1)) is None


def test_a_party_is_its_members_of_the_day():
    body = Body(
        "h",
        "House",
        "h.toml",
        "people",
        (
            Member("1", "Ana Vell", ALWAYS, party="the Blues"),
            Member("2", "Ben Orr", ALWAYS, party="Greens"),
            Member("3", "Cy Dane", (Term(None, date(2020, 1, 1)),), party="the Blues"),
        ),
        BODY.rules,
    )
    members = group_members(body, "Blues", date(2031, 1, 1))
    assert members is not None
    assert [member.name for member in members] == ["Ana Vell"]


def test_the_body_is_known_by_its_own_names():
    assert names_body(BODY, "ORC")
    assert names_body(BODY, "the Orlan River Council")
    assert not names_body(BODY, "the council")
    assert not names_body(BODY, "Arvonia")
    assert not names_body(BODY, "")


def test_names_are_compared_with_their_marks_plain():
    assert folded("The\u00a0People\u2019s  Front") == "people's front"
    assert folded("the") == "the"
