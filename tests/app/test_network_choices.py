"""What the networks' room may be asked."""

from __future__ import annotations

from datetime import date, datetime
from itertools import product

import pytest

from whipcount.app.fields import read
from whipcount.app.network_choices import FIELDS, PAGED, Choices, of_key, of_values
from whipcount.errors import NetworkError, ProjectError
from whipcount.networks.options import AGGREGATIONS, MODES, NORMALIZATIONS


def test_choices_are_what_was_written_of_them():
    choices = Choices("one", "person", day="2031-03-03", length=30, isolates=True, page=2)
    assert of_key(choices.key()) == choices
    assert of_values(read((*FIELDS, PAGED), choices.query())) == choices
    assert Choices().query() == {}


def test_days_are_a_range():
    choices = Choices(day="2031-03-10", length=7)
    options = choices.options()
    assert options.start == datetime(2031, 3, 4)
    assert options.stop == datetime(2031, 3, 10, 23, 59, 59)
    assert choices.options(whole=True).start is None
    assert Choices(day="2031-03-10").options().start is None
    assert Choices(day="0001-01-02", length=30).options().start == datetime.min


def test_until_the_last_day_is_everything_the_undated_too():
    last = date(2031, 3, 10)
    assert Choices(day="2031-03-10").within(last).day == ""
    assert Choices(day="2031-03-09").within(last).day == "2031-03-09"
    assert Choices(day="2031-03-10", length=7).within(last).day == "2031-03-10"
    assert Choices(length=7).within(last).day == "2031-03-10"


@pytest.mark.parametrize(
    ("mode", "aggregation", "normalization"),
    list(product([one for one in MODES if one != "event"], AGGREGATIONS, NORMALIZATIONS)),
)
def test_choices_that_do_not_go_together_are_fitted_to_the_mode(mode, aggregation, normalization):
    choices = Choices(mode, aggregation=aggregation, normalization=normalization)
    fitted = choices.fitted()
    assert fitted.options().mode == mode
    try:
        choices.options()
    except NetworkError:
        assert fitted != choices
    else:
        assert fitted == choices


def test_without_a_qualifier_nothing_is_compared():
    assert Choices(qualifier="none").fitted().aggregation == "ignore"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"nodes": 0}, "nodes: 0 is not from 1 to 200"),
        ({"nodes": 9000}, "is not from"),
        ({"min-statements": 0}, "min-statements"),
        ({"page": 0}, "page"),
        ({"day": "2031-03"}, "is no day"),
    ],
)
def test_what_is_out_of_range_is_said(values, why):
    with pytest.raises(ProjectError, match=why):
        of_values(values)
