from datetime import date

import pytest

from whipcount.bodies import is_member_on, members_on, weight_on
from whipcount.bodies.membership import overlap
from whipcount.errors import BodyError
from whipcount.model import Body, Consensus, DatedRule, Member, Term, Weights

ANA = Member(
    "a",
    "Ana",
    (Term(date(2020, 1, 1), date(2022, 1, 1)), Term(date(2024, 1, 1))),
    weights=(
        Weights(date(2020, 1, 1), (("votes", 3), ("shares", 0.5))),
        Weights(date(2024, 1, 1), (("votes", 4),)),
    ),
)

DAYS = [
    (date(2019, 12, 31), False, "before it joined"),
    (date(2020, 1, 1), True, "the day it joined"),
    (date(2021, 12, 31), True, "the last day"),
    (date(2022, 1, 1), False, "left is the first day that it is no member"),
    (date(2023, 1, 1), False, "between two terms"),
    (date(2024, 1, 1), True, "the second term"),
    (date(2099, 1, 1), True, "a term without an end"),
]


def body(*members):
    return Body("b", "Board", "b.toml", "people", members, (DatedRule("", Consensus()),))


@pytest.mark.parametrize(("day", "member", "reason"), DAYS)
def test_a_member_is_one_from_joined_to_left(day, member, reason):
    assert is_member_on(ANA, day) is member, reason


def test_members_stand_in_the_files_order():
    zoe = Member("z", "Zoe", (Term(None),))
    assert members_on(body(zoe, ANA), date(2020, 1, 1)) == (zoe, ANA)


def test_a_day_without_members_is_an_error_that_names_the_file():
    with pytest.raises(BodyError, match=r"b\.toml: nobody was a member of Board on 2019-01-01"):
        members_on(body(ANA), date(2019, 1, 1))


def test_everybody_having_left_is_said():
    gone = Member("g", "Gone", (Term(date(2000, 1, 1), date(2001, 1, 1)),))
    with pytest.raises(BodyError, match="the last left 2001-01-01"):
        members_on(body(gone), date(2002, 1, 1))


WEIGHTS = [
    ("votes", date(2019, 1, 1), None, "before the first"),
    ("votes", date(2020, 1, 1), 3, "from that day on"),
    ("votes", date(2024, 1, 1), 4, "the newer one"),
    ("shares", date(2024, 1, 1), 0.5, "one that the newer entry doesn't change"),
    ("votes of hands", date(2024, 1, 1), None, "one that there is not"),
]


@pytest.mark.parametrize(("weight", "day", "value", "reason"), WEIGHTS)
def test_a_weight_is_the_newest_of_the_day(weight, day, value, reason):
    assert weight_on(ANA, weight, day) == value, reason


def test_terms_that_touch_do_not_overlap():
    first, second = Term(date(2020, 1, 1), date(2021, 1, 1)), Term(date(2021, 1, 1))
    assert overlap((second, first)) is None
    assert overlap((first, Term(date(2020, 12, 31)))) is not None
    assert overlap(()) is None
