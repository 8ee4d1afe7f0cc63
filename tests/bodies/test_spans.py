from datetime import date

import pytest

from whipcount.bodies.spans import Days, body_spans
from whipcount.model import Body, Consensus, DatedRule, Member, Term, Weights

NEW_YEAR = date(2024, 1, 1)
WORDS = [
    (Days(), "on every day"),
    (Days(NEW_YEAR), "from 2024-01-01 on"),
    (Days(None, NEW_YEAR), "until 2023-12-31"),
    (Days(NEW_YEAR, date(2025, 1, 1)), "from 2024-01-01 to 2024-12-31"),
    (Days(NEW_YEAR, date(2024, 1, 2)), "on 2024-01-01"),
]


@pytest.mark.parametrize(("days", "words"), WORDS)
def test_days_are_said_with_their_last_one(days, words):
    assert str(days) == words


RULE = DatedRule("", Consensus())


def spans(*members, rule=RULE):
    body = Body("b", "Board", "b.toml", "people", members, (rule,))
    return [(str(days), [one.name for one in found]) for days, found in body_spans(body)]


def test_a_body_without_days_has_one_span():
    assert spans(Member("a", "Ana", (Term(None),))) == [("on every day", ["Ana"])]
    assert spans() == [("on every day", [])]


def test_a_span_ends_where_a_term_begins_or_ends():
    ana = Member("a", "Ana", (Term(date(2020, 1, 1), date(2022, 1, 1)), Term(date(2024, 1, 1))))
    zoe = Member("z", "Zoe", (Term(None, date(2022, 1, 1)),))
    assert spans(zoe, ana) == [
        ("until 2019-12-31", ["Zoe"]),
        ("from 2020-01-01 to 2021-12-31", ["Zoe", "Ana"]),
        ("from 2022-01-01 to 2023-12-31", []),
        ("from 2024-01-01 on", ["Ana"]),
    ]


def test_who_goes_on_with_a_new_term_is_there_on_its_first_day():
    ana = Member("a", "Ana", (Term(None, NEW_YEAR), Term(NEW_YEAR)))
    assert spans(ana) == [("until 2023-12-31", ["Ana"]), ("from 2024-01-01 on", ["Ana"])]


def test_a_span_ends_where_a_weight_or_a_rule_changes():
    ana = Member("a", "Ana", (Term(date.min),), weights=(Weights(NEW_YEAR, (("votes", 1),)),))
    rule = DatedRule("old", Consensus(), None, date(2025, 1, 1))
    assert [days for days, _ in spans(ana, rule=rule)] == [
        "until 2023-12-31",
        "from 2024-01-01 to 2024-12-31",
        "from 2025-01-01 on",
    ]
