"""Scaling: actors lie in the order of what they say, whatever the method."""

from __future__ import annotations

import numpy as np
import pytest

from tests.networks.debates import debate, opposed_table
from tests.networks.statements import table_of
from whipcount.errors import NetworkError
from whipcount.networks import NetworkOptions, scaling
from whipcount.networks.scaling import METHODS

TWO = NetworkOptions()

LADDER = [(f"a{n}", f"c{step}", int(n >= step)) for n in range(6) for step in range(1, 6)]
"""Each says yes to one option more than the one before (Guttman's scale)."""


@pytest.mark.parametrize("method", METHODS)
def test_a_ladder_is_a_line(method):
    found = scaling(table_of(debate(LADDER)), TWO, method=method)
    assert [one.label for one in found.actors] == [f"a{n}" for n in range(6)]
    assert [one.label for one in found.options] == [f"c{n}" for n in range(1, 6)]
    positions = np.array([one.position for one in found.actors])
    assert (positions.mean(), positions.std()) == pytest.approx((0, 1))
    assert all(one.answered == 5 for one in found.actors)
    assert found.explained > 0.5


@pytest.mark.parametrize("method", METHODS)
def test_opposed_blocks_lie_at_the_two_ends(method):
    found = scaling(opposed_table(3), TWO, method=method)
    assert {one.label for one in found.actors[:2]} == {"b", "e"}
    assert found.actors[1].position < 0 < found.actors[2].position
    assert found.explained == pytest.approx(1.0)


def test_ideal_points_are_those_that_answers_were_drawn_from():
    chance = np.random.default_rng(2)
    true = np.sort(chance.normal(size=40))
    items = chance.normal(size=(60, 2)) * (1, 2)
    said = [
        (f"a{actor:02}", f"c{item:02}", int(a + b * true[actor] + chance.normal() > 0))
        for actor in range(40)
        for item, (a, b) in enumerate(items)
        if chance.random() < 0.6
    ]
    found = scaling(table_of(debate(said)), TWO)
    place = {one.label: one.position for one in found.actors}
    fitted = [place[f"a{actor:02}"] for actor in range(40)]
    assert abs(np.corrcoef(fitted, true)[0, 1]) > 0.95


def test_the_inertia_of_correspondence_is_the_textbook_s():
    # Rows who answer two options independently of each other: chi-square by hand is 4 / 4 = 1 a
    # half for each axis of ± ±.
    said = [("a", "x", 1), ("a", "y", 1), ("b", "x", 1), ("b", "y", 0)]
    said += [("c", "x", 0), ("c", "y", 1), ("d", "x", 0), ("d", "y", 0)]
    found = scaling(table_of(debate(said)), TWO, method="correspondence")
    assert found.explained == pytest.approx(0.5)


def test_what_is_answered_alike_has_no_position():
    said = [*LADDER, *((f"a{n}", "all", 1) for n in range(6)), ("a0", "tie", 1), ("a0", "tie", 0)]
    found = scaling(table_of(debate(said)), TWO)
    known = {one.label: one.position for one in found.options}
    assert known["all"] is None
    assert "tie" not in known
    assert found.options[-1].label == "all"


@pytest.mark.parametrize("method", METHODS)
def test_it_is_the_same_each_time_and_for_any_order(method):
    first = scaling(table_of(debate(LADDER)), TWO, method=method)
    assert scaling(table_of(debate(LADDER)), TWO, method=method) == first
    again = scaling(table_of(debate(LADDER[::-1])), TWO, method=method)
    assert [one.label for one in again.actors] == [one.label for one in first.actors]


def test_what_can_not_be_scaled_is_told():
    with pytest.raises(NetworkError, match="2 actors or more"):
        scaling(table_of([]), TWO)
    with pytest.raises(NetworkError, match="all actors answer alike"):
        scaling(table_of(debate([("a", "x", 1), ("b", "x", 1)])), TWO, method="correspondence")
    with pytest.raises(NetworkError, match="all actors answer alike"):
        scaling(table_of(debate([("a", "x", 1), ("b", "x", 1)])), TWO)
    with pytest.raises(NetworkError, match="isn't yes or no"):
        scaling(table_of(debate(LADDER)), NetworkOptions(qualifier="tone"))
    with pytest.raises(NetworkError, match="method must be one of"):
        scaling(table_of(debate(LADDER)), TWO, method="guess")
