"""Dates of three precisions cover the days that they name."""

from __future__ import annotations

from datetime import date

import pytest

from whipcount.dates import first_day, is_date, last_day


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
