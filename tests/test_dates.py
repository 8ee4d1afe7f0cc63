"""Dates of three precisions compare with days as DESIGN's rules ask."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whipcount.dates import begins_from, ends_by, first_day, is_date, last_day, sort_key


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2008", date(2008, 1, 1), date(2008, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-07-11", date(2023, 7, 11), date(2023, 7, 11)),
    ],
)
def test_a_date_covers_its_days(iso: str, first: date, last: date) -> None:
    assert (first_day(iso), last_day(iso)) == (first, last)


@pytest.mark.parametrize(
    "iso", ["", "23", "2023-7", "2023-13", "2023-02-30", "2023-07-11-1", "２０２３", "2023-07-1x"]
)
def test_what_is_no_date_is_refused(iso: str) -> None:
    assert not is_date(iso)
    with pytest.raises(
        ValueError, match=r"is no date|month must be|day is out of range|day .* must be"
    ):
        first_day(iso)


def test_a_partial_date_counts_when_it_has_ended() -> None:
    assert not ends_by("2023-07", date(2023, 7, 30))
    assert ends_by("2023-07", date(2023, 7, 31))


def test_a_partial_date_counts_from_a_day_that_it_does_not_begin_before() -> None:
    assert begins_from("2023-08", date(2023, 8, 1))
    assert not begins_from("2023", date(2023, 8, 1))


def test_the_undated_are_oldest() -> None:
    assert sort_key("") < sort_key("0001-01-02")
    assert ends_by("", date(1, 1, 1))
    assert not begins_from("", date(1, 1, 1))
    assert begins_from("", None)


@given(st.dates(), st.dates())
def test_days_compare_as_they_do_in_the_calendar(one: date, other: date) -> None:
    assert ends_by(one.isoformat(), other) == (one <= other)
    assert begins_from(one.isoformat(), other) == (one >= other)
