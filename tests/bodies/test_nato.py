from datetime import date

import pytest

from whipcount.bodies import group_members, load_body, member_named, members_on, names_body
from whipcount.model import Consensus

GROWTH = [
    (date(1949, 8, 24), 12, "the founders"),
    (date(1952, 2, 17), 12, "the day before Greece and Turkey"),
    (date(1952, 2, 18), 14, "Greece and Turkey"),
    (date(1955, 5, 6), 15, "Germany"),
    (date(1982, 5, 30), 16, "Spain"),
    (date(1999, 3, 12), 19, "Czechia, Hungary, Poland"),
    (date(2004, 3, 29), 26, "seven at once"),
    (date(2009, 4, 1), 28, "Albania, Croatia"),
    (date(2017, 6, 5), 29, "Montenegro"),
    (date(2020, 3, 27), 30, "North Macedonia"),
    (date(2023, 4, 4), 31, "Finland"),
    (date(2024, 3, 6), 31, "the day before Sweden"),
    (date(2024, 3, 7), 32, "Sweden"),
]


@pytest.mark.parametrize(("day", "number", "reason"), GROWTH)
def test_nato_grew_on_these_days(day, number, reason):
    assert len(members_on(load_body("nato"), day)) == number, reason


def test_nato_has_32_members_with_codes_that_decide_by_consensus():
    body = load_body("nato")
    assert len(body.members) == 32
    assert len({member.code for member in body.members if len(member.code) == 2}) == 32
    assert body.rules[0].rule == Consensus("unknown")
    assert all(len(member.terms) == 1 and member.terms[0].left is None for member in body.members)


NAMES = [
    ("the United States", "United States"),
    ("US", "United States"),
    ("Britain", "United Kingdom"),
    ("Türkiye", "Turkey"),
    ("Czech Republic", "Czechia"),
    ("the Netherlands", "Netherlands"),
    ("Holland", "Netherlands"),
    ("NO", "Norway"),
    ("no", None),
    ("Ukraine", None),
]


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_members_are_found_by_their_names(words, name):
    member = member_named(load_body("nato"), words)
    assert (member.name if member else None) == name


def test_the_alliance_is_the_body_itself():
    body = load_body("nato")
    assert names_body(body, "NATO")
    assert names_body(body, "The alliance")
    assert not names_body(body, "Germany")


def test_groups_are_the_members_of_the_day():
    body = load_body("nato")
    nordic = group_members(body, "the Nordic allies", date(2023, 7, 11))
    assert nordic is not None
    assert {member.name for member in nordic} == {"Denmark", "Finland", "Iceland", "Norway"}
    assert group_members(body, "the Baltic states", date(1990, 1, 1)) == ()
    everybody = group_members(body, "all allies", date(1960, 1, 1))
    assert everybody is not None
    assert len(everybody) == 15


def test_a_bare_plural_is_no_group():
    assert group_members(load_body("nato"), "NATO allies", date(2024, 7, 1)) is None
