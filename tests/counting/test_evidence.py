from dataclasses import replace
from datetime import date

import pytest

from whipcount.counting.evidence import (
    DERIVED,
    OWN,
    REPORTED,
    Pile,
    class_of,
    counts,
    days_of,
    in_order,
    is_contested,
    weighed,
)
from whipcount.errors import CountError

from .cases import person, said, state


def ordered(*positions):
    pile, known = Pile(), {}
    for position in positions:
        pile.add(position, weighed(position, known))
    return in_order(pile)


ARVONIA = state("Arvonia")
PRESIDENT = person("Ana Vell", "Arvonia", "President")
MINISTER = person("Ben Orr", "Arvonia", "Foreign Minister")
SPOKESMAN = person("Cy Dane", "Arvonia", "spokesman")

FIRST = [
    (
        said(ARVONIA, on="2031-01-01"),
        said(ARVONIA, on="2031-05-01", implied_by="lake"),
        "own words on the option before newer ones that reach it",
    ),
    (
        said(ARVONIA, on="2031-01-01", implied_by="lake"),
        said(ARVONIA, on="2031-05-01", reported=True),
        "own words that reach it before a newer report",
    ),
    (said(ARVONIA, on="2031-05-01"), said(ARVONIA, on="2031-01-01"), "the newer"),
    (said(ARVONIA, on="2031-05"), said(ARVONIA, on="2031-04-30"), "a month sorts by its first day"),
    (said(ARVONIA, on="2031"), said(ARVONIA, on=""), "the undated are oldest"),
    (
        replace(said(ARVONIA), origin="vote", kind=None),
        said(PRESIDENT, kind="direct"),
        "a recorded vote before the president's words of that day",
    ),
    (said(SPOKESMAN, kind="direct"), said(PRESIDENT), "direct speech before rank"),
    (
        replace(said(SPOKESMAN), origin="entered", kind=None),
        said(PRESIDENT),
        "what is entered is an announcement",
    ),
    (said(PRESIDENT, strength="hedged"), said(MINISTER), "rank before plainness"),
    (said(MINISTER), said(SPOKESMAN), "a minister before a spokesman"),
    (said(SPOKESMAN), said(ARVONIA), "a spokesman before others"),
    (said(ARVONIA), said(ARVONIA, strength="hedged"), "plain before hedged"),
    (
        said(ARVONIA, statement="a.9"),
        said(ARVONIA, "oppose", statement="a.10"),
        "in reading order what is as good",
    ),
]


@pytest.mark.parametrize(("better", "worse", "reason"), FIRST)
def test_better_evidence_stands_first(better, worse, reason):
    for given in ((better, worse), (worse, better)):
        assert ordered(*given).positions == [better, worse], reason


def test_no_evidence_is_in_order():
    assert ordered() == Pile()


def test_the_classes_of_evidence():
    assert class_of(said(ARVONIA)) == OWN
    assert class_of(said(ARVONIA, implied_by="lake")) == DERIVED
    assert class_of(said(ARVONIA, implied_by="lake", reported=True)) == REPORTED


CONTESTED = [
    ((said(ARVONIA),), False, "one piece stands alone"),
    (
        (said(ARVONIA), said(ARVONIA, "oppose")),
        True,
        "as good on one day, and they disagree",
    ),
    ((said(ARVONIA), said(ARVONIA, piece=1)), False, "as good, and they agree"),
    (
        (said(ARVONIA, kind="direct"), said(ARVONIA, "oppose")),
        False,
        "on one day direct speech decides",
    ),
    (
        (said(ARVONIA, on="2031-05-01"), said(ARVONIA, "oppose", on="2031-04-01")),
        False,
        "the newer own word decides",
    ),
    (
        (said(ARVONIA, on="2031-04-01"), said(ARVONIA, "oppose", on="2031-05-01", reported=True)),
        True,
        "a newer report points elsewhere",
    ),
    (
        (said(ARVONIA, on="2031-04-01"), said(ARVONIA, on="2031-05-01", reported=True)),
        False,
        "a newer report points the same way",
    ),
    (
        (said(ARVONIA, on="2031-05-01"), said(ARVONIA, "oppose", on="2031-05-01", reported=True)),
        False,
        "a report of the same day is not newer",
    ),
    (
        (
            said(ARVONIA, on="2031-04-01", implied_by="lake"),
            said(ARVONIA, "undecided", on="2031-05-01", reported=True),
        ),
        True,
        "to be undecided is to point elsewhere",
    ),
    (
        (
            said(ARVONIA, on="2031-04-01"),
            said(ARVONIA, on="2031-06-01", reported=True),
            said(ARVONIA, "oppose", on="2031-05-01", implied_by="lake"),
        ),
        True,
        "any newer evidence of a lower class",
    ),
]


@pytest.mark.parametrize(("positions", "contested", "reason"), CONTESTED)
def test_a_cell_is_contested_or_not(positions, contested, reason):
    assert is_contested(ordered(*positions)) is contested, reason


DAYS = [
    ("2031-06-30", None, True, "the day itself"),
    ("2031-07-01", None, False, "the day after"),
    ("2031-06", None, True, "a month that ends by the day"),
    ("2031-07", None, False, "one that doesn't"),
    ("2031", None, False, "a year that has not ended"),
    ("", None, True, "the undated are oldest"),
    ("", date(2031, 1, 1), False, "and so are before any start"),
    ("2031-01-01", date(2031, 1, 1), True, "from the start on"),
    ("2030-12-31", date(2031, 1, 1), False, "not before"),
    ("2031-01", date(2031, 1, 2), False, "nor begun before"),
]


@pytest.mark.parametrize(("on", "starts", "expected", "reason"), DAYS)
def test_a_date_counts_or_not(on, starts, expected, reason):
    days = days_of(said(ARVONIA, on=on), {})
    assert counts(days, date(2031, 6, 30), starts) is expected, reason


def test_a_date_that_is_none_is_said_with_whose_it_is():
    position = said(ARVONIA, on="yesterday", statement="a.3")
    with pytest.raises(CountError, match=r"position of Arvonia on dam \(a\.3\): 'yesterday'"):
        days_of(position, {})
