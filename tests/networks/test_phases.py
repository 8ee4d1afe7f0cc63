"""Phases: a debate that turns once has two states, and distances are as far as they should be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.networks.debates import UNEVEN, debate, opposed
from tests.networks.statements import table_of
from whipcount.errors import NetworkError
from whipcount.networks import NetworkOptions, network, phases, time_windows, to_edges
from whipcount.networks.phases import differences, dunn_index

ONE = NetworkOptions("one", aggregation="subtract", window="days", size=9)


def turned():
    first = debate(opposed(dict.fromkeys(UNEVEN, 1), "xy") * 3)
    second = debate(opposed(UNEVEN, "zw") * 3, len(first))
    return table_of(first + second), len(first)


@pytest.mark.parametrize("mode", ["one", "two"])
def test_a_debate_that_turns_once_has_two_phases(mode):
    table, day = turned()
    found = phases(table, replace(ONE, mode=mode, size=29))
    states = [one.state for one in found.windows]
    assert states[0] == 0
    assert found.transitions
    times = [
        (found.windows[place].middle - table.times[0].item()).days for place in found.transitions
    ]
    assert min(abs(time - day) for time in times) <= 15
    assert {*states} == set(range(found.states))


@pytest.mark.parametrize("distance", ["difference", "spectral"])
@pytest.mark.parametrize("linkage", ["average", "complete", "single", "ward"])
def test_distances_are_of_each_to_each_between_0_and_1(distance, linkage):
    table, _ = turned()
    found = phases(table, ONE, distance=distance, linkage=linkage, states=3)
    apart = found.distances
    assert apart.shape == (len(found.windows),) * 2
    assert np.allclose(apart, apart.T)
    assert not apart.diagonal().any()
    assert apart.min() >= 0
    assert apart.max() <= 1 + 1e-9
    assert found.states <= 3


def test_differences_are_those_cell_by_cell():
    table, _ = turned()
    found = list(time_windows(table, ONE)[1])
    apart = differences(found)
    for one in range(0, len(found), 7):
        for other in range(0, len(found), 5):
            first, second = (
                {(a, b): weight for a, b, weight in to_edges(found[place])}
                for place in (one, other)
            )
            sums = [sum(map(abs, ties.values())) or 1.0 for ties in (first, second)]
            difference = sum(
                abs(first.get(pair, 0) / sums[0] - second.get(pair, 0) / sums[1])
                for pair in {*first, *second}
            )
            half = 2 if first and second else 1
            assert apart[one, other] == pytest.approx(difference / half)


def test_networks_that_share_nothing_are_1_apart_and_so_is_an_empty_one():
    options = NetworkOptions("one")
    pairs = [("ab", "x"), ("cd", "y"), ("e", "z")]
    found = [
        network(table_of(debate([(name, concept, 1) for name in names])), options)
        for names, concept in pairs
    ]
    assert differences(found).tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]


def test_the_dunn_index_is_least_between_by_greatest_within():
    apart = np.array([[0, 1, 5, 6], [1, 0, 4, 5], [5, 4, 0, 2], [6, 5, 2, 0]], dtype=float)
    assert dunn_index(apart, np.array([0, 0, 1, 1])) == 2.0
    assert dunn_index(apart, np.array([0, 0, 0, 0])) is None
    assert dunn_index(apart, np.array([0, 1, 2, 3])) is None


def test_a_debate_that_never_changes_has_one_state():
    said = [(name, "x", 1) for name in "ab"] * 8
    found = phases(table_of(debate(said)), replace(ONE, size=5))
    assert (found.states, found.transitions, found.dunn) == (1, (), None)


BAD = [
    ({"distance": "far"}, {}, "distance must be one of difference, spectral"),
    ({"linkage": "loose"}, {}, "linkage must be one of average"),
    ({"distance": "spectral"}, {"mode": "two"}, "take difference"),
    ({"states": 999}, {}, "states must be 2 to"),
    ({}, {"size": 84}, "phases need 3 time windows or more"),
    ({}, {"window": "no"}, "say how the windows move"),
]


@pytest.mark.parametrize(("settings", "options", "words"), BAD, ids=[one[2] for one in BAD])
def test_what_does_not_fit_is_told(settings, options, words):
    with pytest.raises(NetworkError, match=words):
        phases(turned()[0], replace(ONE, **options), **settings)
