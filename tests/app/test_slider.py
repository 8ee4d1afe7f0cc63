"""The slider through days."""

from __future__ import annotations

from datetime import date, timedelta

from whipcount.app.slider import MOST_STOPS, slider

FIRST, LAST = date(2031, 3, 3), date(2031, 3, 13)


def test_it_begins_the_day_before_anything_and_ends_at_the_last():
    found = slider((FIRST, LAST), None, date(2031, 3, 8), {FIRST: 1, LAST: 3})
    assert (found.first, found.last, found.slots, found.slot) == (date(2031, 3, 2), LAST, 11, 6)
    assert [(mark.at, mark.height) for mark in found.marks] == [(90, 1 / 3), (1000, 1.0)]
    assert found.stops == ("2031-03-03", "2031-03-13")


def test_what_is_before_the_issues_start_is_not_on_it():
    found = slider((FIRST, LAST), date(2031, 3, 10), LAST, {FIRST: 1, LAST: 1})
    assert found.first == date(2031, 3, 9)
    assert found.stops == ("2031-03-13",)


def test_a_day_outside_is_at_its_ends():
    assert slider((FIRST, LAST), None, date(2030, 1, 1), {}).slot == 0
    assert slider((FIRST, LAST), None, date(2040, 1, 1), {}).slot == 11
    assert slider((date.min, date.min), None, date.min, {}).slots == 0


def test_a_mark_is_no_higher_than_full():
    found = slider((FIRST, LAST), None, LAST, {FIRST: 2, LAST: 9}, full=4)
    assert [mark.height for mark in found.marks] == [0.5, 1.0]


def test_one_day_of_very_much_does_not_flatten_the_others():
    days = {FIRST + timedelta(days=number): 2 for number in range(10)} | {LAST: 300}
    heights = [mark.height for mark in slider((FIRST, LAST), None, LAST, days).marks]
    assert heights == [1.0] * 11


def test_of_very_many_days_only_some_are_stops():
    days = [FIRST + timedelta(days=number) for number in range(MOST_STOPS * 3)]
    found = slider((FIRST, days[-1]), None, days[-1], dict.fromkeys(days, 1))
    assert 0 < len(found.stops) <= MOST_STOPS
    assert len(found.marks) <= 501
