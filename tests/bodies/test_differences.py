from dataclasses import replace
from datetime import date

import pytest

from whipcount.bodies import difference
from whipcount.bodies.differences import Changed, ChangedRule
from whipcount.errors import BodyError
from whipcount.model import Body, Consensus, DatedRule, Majority, Member, Term, Weights

OLD, NEW = date(2020, 1, 1), date(2024, 1, 1)
ANA = Member(
    "a",
    "Ana",
    (
        Term(date(2019, 1, 1), date(2022, 1, 1), party="Blue", constituency="North"),
        Term(date(2022, 1, 1), party="Green", constituency="South"),
    ),
    weights=(Weights(None, (("votes", 2),)), Weights(NEW, (("votes", 3), ("shares", 0.5)))),
)
BO = Member("b", "Bo", (Term(date(2019, 1, 1), date(2021, 5, 1), "resigned"),), party="Blue")
CY = Member("c", "Cy", (Term(date(2021, 1, 1), NEW), Term(NEW)), party="Amber")
DI = Member("d", "Di", (Term(date(2021, 1, 1), date(2022, 1, 1), "died"),))
BODY = Body(
    "orc",
    "Orlan River Council",
    "orc.toml",
    "people",
    (ANA, BO, CY, DI),
    (
        DatedRule("old", Consensus(), None, date(2022, 1, 1)),
        DatedRule("new", Majority(), date(2022, 1, 1)),
    ),
)


def test_who_joined_left_and_changed_between_two_days():
    found = difference(BODY, BODY, OLD, NEW)
    assert found.members == (2, 2)
    ((cy,), (bo,), (di,)) = (found.joined, found.left, found.between)
    assert (cy.name, cy.term.joined, cy.term.party) == ("Cy", date(2021, 1, 1), "Amber")
    assert (bo.name, bo.term.left, bo.term.end_reason) == ("Bo", date(2021, 5, 1), "resigned")
    assert (di.name, di.term.end_reason) == ("Di", "died")
    assert found.changed == (
        Changed("Ana", "party", "Blue", "Green"),
        Changed("Ana", "constituency", "North", "South"),
        Changed("Ana", "votes", 2, 3),
        Changed("Ana", "shares", None, 0.5),
    )
    assert found.rules == (
        ChangedRule("old", Consensus(), None),
        ChangedRule("new", None, Majority()),
    )


def test_nothing_changes_on_one_day():
    found = difference(BODY, BODY, OLD, OLD)
    assert (found.joined, found.left, found.between, found.changed, found.rules) == ((),) * 5


def test_members_of_two_files_are_the_same_by_id_or_else_by_name():
    renamed = replace(ANA, name="Ana Vell")
    other_id = replace(CY, id="cy-2", party="Red")
    newer = replace(BODY, path="new.toml", members=(renamed, other_id))
    found = difference(BODY, newer, NEW, NEW)
    assert (found.joined, found.left) == ((), ())
    assert found.changed == (
        Changed("Ana Vell", "name", "Ana", "Ana Vell"),
        Changed("Cy", "party", "Amber", "Red"),
    )


def test_who_isnt_in_the_second_file_left_on_no_day_that_is_known():
    (left,) = difference(BODY, replace(BODY, members=(ANA,)), NEW, NEW).left
    assert (left.name, left.term) == ("Cy", None)


def test_a_rule_of_one_name_is_compared_with_itself():
    newer = replace(BODY, rules=(DatedRule("new", Majority(0.6)),))
    (rule,) = difference(BODY, newer, NEW, NEW).rules
    assert rule == ChangedRule("new", Majority(), Majority(0.6))


def test_a_day_without_members_is_an_error():
    with pytest.raises(BodyError):
        difference(BODY, BODY, date(2000, 1, 1), NEW)
