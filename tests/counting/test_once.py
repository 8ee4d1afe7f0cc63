"""What was said once counts once, whoever printed it."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.cases import DAY, article, council, issue, person, said
from whipcount.counting import count, through
from whipcount.model import Option


def report(on="2031-06-01", stance="support", in_article="a", number=0, **more):
    more = {"quote": "“We want it.”", "kind": "direct", "utterance": "u.0"} | more
    return said(
        "Arvonia", stance, on, article=in_article, statement=f"{in_article}.{number}", **more
    )


def cell_of(positions, day=DAY, option="dam", **more):
    counted = count(positions, more.pop("of", issue()), council(), day, **more)
    return next(c for c in counted.cells if (c.member, c.option) == ("Arvonia", option))


def test_an_utterance_is_shown_once_with_its_reports_by_date():
    later, latest = report("2031-06-03", in_article="b"), report("2031-06-05", in_article="c")
    cell = cell_of([latest, report(), later])
    (shown,) = cell.evidence
    assert (shown.article, cell.since) == ("a", "2031-06-01")
    assert [(one.article, one.date) for one in shown.reports] == [
        ("b", "2031-06-03"),
        ("c", "2031-06-05"),
    ]


def test_what_is_printed_late_is_no_newer_than_what_was_said_since():
    late_copy = report("2031-06-20", in_article="b")
    newer = said("Arvonia", "oppose", "2031-06-10", article="c", utterance="v.0")
    assert cell_of([report(), newer, late_copy]).stand == "no"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"on": "2031-06-01"}, {"on": "2031-06-02"}, "the earlier"),
        ({"on": "2031-06-30"}, {"on": ""}, "the dated"),
        ({"on": "2031-06-11"}, {"on": "2031-06"}, "the one that counts sooner"),
        ({"kind": "direct"}, {"kind": "mixed", "quote": "“We want it and more.”"}, "direct speech"),
        ({"quote": "“We want it now.”"}, {"quote": "“We want it.”"}, "the longer"),
        ({}, {"strength": "hedged"}, "the plainer"),
        ({"in_article": "a"}, {"in_article": "b"}, "the article first by its id"),
    ],
)
def test_one_of_the_reports_stands_for_all(first, second, reason):
    better = report(**{"in_article": "b"} | first)
    worse = report(**{"in_article": "c"} | second)
    for order in ([better, worse], [worse, better]):
        (shown,) = cell_of(order).evidence
        assert shown.article == better.article, reason


def test_a_report_for_review_stands_for_nobody():
    better = report(for_review=True)
    (shown,) = cell_of([better, report("2031-06-02", in_article="b")]).evidence
    assert (shown.article, shown.reports) == ("b", ())


def test_reports_that_came_after_the_day_are_not_told():
    positions = [report(), report("2031-06-03", in_article="b"), report("", in_article="c")]
    (shown,) = cell_of(positions, date(2031, 6, 2)).evidence
    assert [one.article for one in shown.reports] == ["c"]
    assert cell_of(positions, date(2031, 5, 31)).stand == "not-on-record"


def test_options_and_owners_are_counted_one_by_one():
    options = (Option("dam", "A dam"), Option("lock", "A lock"))
    positions = [
        report(),
        report(in_article="b", on="2031-06-02", option="lock"),
        said(person("Ana Belo", "Belmark"), on="2031-06-03", article="c", utterance="u.0"),
    ]
    counted = count(positions, issue(*options), council(), DAY)
    shown = {(c.member, c.option): len(c.evidence) for c in counted.cells if c.evidence}
    assert shown == {("Arvonia", "dam"): 1, ("Arvonia", "lock"): 1, ("Belmark", "dam"): 1}


def test_a_statement_of_the_same_article_counts_with_it_where_it_says_something_else():
    said_twice = [report(), report(number=1)]
    assert len(cell_of(said_twice).evidence) == 1
    condition = report(number=1, stance="conditional")
    assert len(cell_of([report(), condition]).evidence) == 2
    pieces = [report(), report(piece=1)]
    assert len(cell_of(pieces).evidence) == 2


def test_a_condition_in_the_first_report_goes_before_support_without_it_in_the_next():
    positions = [
        report(),
        report(stance="conditional", piece=1),
        report("2031-06-02", in_article="b"),
    ]
    cell = cell_of(positions)
    assert cell.stand == "conditional"
    assert not cell.contested


def test_other_utterances_and_votes_stay_as_they_are():
    positions = [
        report(),
        report(in_article="b", utterance="u.1"),
        report(in_article="c", utterance=""),
        said("Arvonia", utterance="", statement=None),
    ]
    assert len(cell_of(positions).evidence) == 4
    assert cell_of([]).evidence == ()


positions_of_two_weeks = st.lists(
    st.builds(
        report,
        on=st.sampled_from([*(f"2031-06-{day:02}" for day in range(1, 15)), "2031-06", ""]),
        stance=st.sampled_from(["support", "oppose", "conditional"]),
        in_article=st.sampled_from("abcde"),
        number=st.integers(0, 2),
        utterance=st.sampled_from(["", "u.0", "v.0"]),
        kind=st.sampled_from(["direct", "indirect"]),
    ),
    max_size=8,
    unique_by=lambda one: (one.article, one.statement),
)


@given(positions_of_two_weeks, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_positions_changes_no_cell(positions, draw: random.Random):
    shuffled = draw.sample(positions, len(positions))
    assert cell_of(shuffled) == cell_of(positions)


@given(positions_of_two_weeks)
@settings(max_examples=60, deadline=None)
def test_through_time_every_day_is_the_count_of_that_day(positions):
    first = date(2031, 5, 31)
    timeline = through(positions, issue(), council(), first, DAY, articles=[article()])
    told = {one.day: one.after for one in timeline.changes if one.member == "Arvonia"}
    stand = next(one.after for one in timeline.opening if one.member == "Arvonia")
    for number in range((DAY - first).days + 1):
        day = first + timedelta(days=number)
        stand = told.get(day, stand)
        assert stand == cell_of(positions, day).stand
