from datetime import date

import pytest

from whipcount.bodies import load_body
from whipcount.roll_calls.voters import Voters, state_code

from .cases import ASSEMBLY, COUNCIL, body, member

NEW, OLD = date(2031, 5, 20), date(2029, 5, 20)
COUNCILLORS, PEOPLE = Voters(COUNCIL), Voters(ASSEMBLY)

NAMED = [
    ("R1", "", "", ["Rosa van Orlo"], "by id"),
    ("Thomas O'Dell", "", "", ["Tom O'Dell Jr."], "by alias"),
    ("SMITH, Adam", "", "", ["Adam Smith"], "by surname and given name"),
    ("Smith", "", "", ["Adam Smith", "Jane Smith"], "two bear the surname"),
    ("Smith", "Southmark 1", "", ["Jane Smith"], "the constituency tells"),
    ("Smith", "", "River", ["Adam Smith"], "the party tells"),
    ("Smith", "Westmark", "", ["Adam Smith", "Jane Smith"], "the constituency tells nothing"),
    ("Smith (R-Southmark 1)", "", "", ["Jane Smith"], "the seat in brackets"),
    ("PENA, Maria", "VA 9", "", ["Lucía Peña"], "surname and constituency"),
    ("PENA, Maria", "VA 5", "", [], "surname and another constituency"),
    ("PENA, Maria", "", "", [], "another given name"),
    ("Nobody", "", "", [], "no one"),
    ("ORTH, Karl", "", "", ["Karl A. Orth"], "who was a member on that day"),
]


@pytest.mark.parametrize(("name", "constituency", "party", "found", "reason"), NAMED)
def test_people_are_found(name, constituency, party, found, reason):
    fitting = PEOPLE.fitting([name], NEW, constituency, party)
    assert [one.name for one in fitting] == found, reason


def test_the_day_tells_who_is_meant():
    assert [one.name for one in PEOPLE.fitting(["Orth"], OLD)] == ["Karl Orth"]
    assert COUNCILLORS.fitting(["Dorland"], NEW) == ()
    assert [one.name for one in COUNCILLORS.fitting(["the Dorland"], OLD)] == ["Dorland"]
    gone = COUNCILLORS.of_other_days(["Dorland"])
    assert gone is not None
    assert gone.name == "Dorland"
    assert COUNCILLORS.of_other_days(["Atlantis"]) is None


def test_names_are_tried_one_after_the_other():
    assert [one.name for one in COUNCILLORS.fitting(["X99", "Corvia"], NEW)] == ["Corvia"]
    assert COUNCILLORS.fitting([], NEW) == ()


def test_the_body_itself_is_no_member():
    assert COUNCILLORS.fitting(["the council"], NEW) == ()


STATES = [
    ("DEU", "Germany"), ("Federal Republic of Germany", "Germany"), ("GERMANY", "Germany"),
    ("TÜRKIYE", "Turkey"), ("TUR", "Turkey"), ("CZE", "Czechia"), ("GB", "United Kingdom"),
    ("UNITED STATES", "United States"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "name"), STATES)
def test_states_are_found_by_code_and_other_names(written, name):
    nato = load_body("nato")
    assert [one.name for one in Voters(nato).fitting([written], date(2024, 4, 1))] == [name]


def test_the_un_s_names_of_states():
    assert state_code("BOLIVIA (PLURINATIONAL STATE OF)") == "BO"
    assert state_code("IRAN (ISLAMIC REPUBLIC OF)") == "IR"
    assert state_code("Atlantis") == ""
    assert state_code("no") == ""


def test_a_name_that_two_claim_is_told_by_the_id():
    twins = Voters(body(member("Ann", id="a1"), member("Bo", id="b1", aliases=("Ann",))))
    ann, bo = twins.body.members
    assert twins.own_name(ann) == "a1"
    assert twins.own_name(bo) == "Bo"
