from __future__ import annotations

from datetime import date

import pytest

from whipcount.rendering.ticks import ticks

MARKS = [
    ("2031-02-27", "2031-05-30", "Mar 2031|Apr|May", "months, the year with the first"),
    ("2030-12-30", "2031-01-02", "30 Dec 2030|31 Dec|1 Jan 2031|2 Jan", "days, a new year said"),
    ("2030-01-02", "2030-03-31", "2 Jan 2030|30 Jan|27 Feb|27 Mar", "few months, so weeks"),
    ("2029-06-01", "2031-01-01", "Jul 2029|Jan 2030|Jul|Jan 2031", "half years"),
    ("2010-05-01", "2036-01-01", "2015|2020|2025|2030|2035", "years that are round"),
    ("2030-01-01", "2030-01-01", "1 Jan 2030", "one day"),
]


@pytest.mark.parametrize(("first", "last", "told", "reason"), MARKS)
def test_an_axis_is_marked_at_days_months_or_years(first, last, told, reason):
    found = ticks(date.fromisoformat(first), date.fromisoformat(last), 6)
    assert "|".join(words for _, words in found) == told, reason


@pytest.mark.parametrize("days", [1, 5, 40, 100, 400, 1500, 9000, 90000])
def test_marks_are_few_and_within_the_days(days):
    first = date(1999, 12, 17)
    last = date.fromordinal(first.toordinal() + days)
    found = ticks(first, last, 7)
    assert 1 <= len(found) <= 7
    assert all(first <= day <= last for day, _ in found)
    assert len({words for _, words in found}) > len(found) / 4
