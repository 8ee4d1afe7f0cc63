from datetime import date

import pytest

from whipcount.bodies import by_party
from whipcount.errors import BodyError
from whipcount.model import Body, Consensus, DatedRule, Member, Term

MEMBERS = (
    Member("a", "Ana", (Term(None, date(2024, 1, 1), party="Blue"), Term(date(2024, 1, 1)))),
    Member("b", "Bo", (Term(date(2020, 1, 1)),), party="Green"),
    Member("c", "Cy", (Term(date(2020, 1, 1)),), party="the green"),
    Member("d", "Di", (Term(date(2020, 1, 1), date(2025, 1, 1)),), party="Amber"),
)
BODY = Body("b", "Board", "b.toml", "people", MEMBERS, (DatedRule("", Consensus()),))


def names(day):
    return {party: [one.name for one in of] for party, of in by_party(BODY, day).items()}


def test_the_largest_party_is_first_and_those_without_one_last():
    found = names(date(2024, 6, 1))
    assert found == {"Green": ["Bo", "Cy"], "Amber": ["Di"], "": ["Ana"]}
    assert list(found) == ["Green", "Amber", ""]


def test_parties_are_those_of_the_day():
    assert names(date(2023, 6, 1))["Blue"] == ["Ana"]
    assert names(date(2019, 6, 1)) == {"Blue": ["Ana"]}
    assert "Amber" not in names(date(2025, 1, 1))


def test_a_day_without_members_is_an_error():
    with pytest.raises(BodyError):
        by_party(Body("e", "E", "e.toml", "people", MEMBERS[1:], BODY.rules), date(2000, 1, 1))
