"""Polarisation: opposed blocks are found, and the nearest ideal is that of all partitions."""

from __future__ import annotations

import itertools
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

from tests.networks.debates import UNEVEN, debate, opposed, opposed_table
from tests.networks.statements import table_of
from whipcount.errors import NetworkError
from whipcount.networks import NetworkOptions, polarisation
from whipcount.networks.polarisation import nearest_ideal

ONE = NetworkOptions("one")


def drawn(size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    parts = [np.triu(chance.integers(0, 4, (size, size)), 1) for _ in range(2)]
    agree, disagree = (part + part.T for part in parts)
    return agree.astype(float), disagree.astype(float)


def distance(agree: np.ndarray, disagree: np.ndarray, members: tuple[int, ...]) -> float:
    """The distance from the ideal, pair by pair."""
    pairs = list(itertools.combinations(range(len(members)), 2))
    wrong = sum(agree[i, j] for i, j in pairs if members[i] != members[j])
    other = sum(disagree[i, j] for i, j in pairs if members[i] == members[j])
    return (wrong / (agree.sum() / 2) + other / (disagree.sum() / 2)) / 2


@pytest.mark.parametrize("normalization", ["no", "average", "jaccard", "cosine"])
@pytest.mark.parametrize("times", [1, 4])
def test_two_fully_opposed_blocks_are_found_however_much_each_says(times, normalization):
    (found,) = polarisation(opposed_table(times), replace(ONE, normalization=normalization))
    assert found.groups == (("a", "c", "d", "f", "g"), ("b", "e"))
    assert (found.polarisation, found.distance) == pytest.approx((1.0, 0.0))
    assert found.modularity_subtract > found.modularity_congruence > 0


@pytest.mark.parametrize("size", [18, 60])
def test_they_are_found_among_too_many_to_try_all(size):
    blocks = {f"{n:02}": int(n % 3 == 0) for n in range(size)}
    (found,) = polarisation(table_of(debate(opposed(blocks, times=2))), ONE)
    assert found.polarisation == pytest.approx(1.0)
    assert found.groups[1] == tuple(name for name, side in blocks.items() if side)


def test_three_groups_are_found_where_they_are_asked_for():
    size = 9
    same = np.equal.outer(np.arange(size) % 3, np.arange(size) % 3)
    agree = (same & ~np.eye(size, dtype=bool)).astype(float)
    members, least = nearest_ideal(agree, (~same).astype(float), 3)
    assert least == pytest.approx(0.0)
    assert [len({*members[start::3].tolist()}) for start in range(3)] == [1, 1, 1]
    assert len({*members.tolist()}) == 3


@pytest.mark.parametrize("exact", [14, 0], ids=["exact", "search"])
@pytest.mark.parametrize("seed", range(10))
def test_the_least_distance_is_that_of_all_partitions(seed, exact, monkeypatch):
    monkeypatch.setattr(import_module("whipcount.networks.polarisation"), "EXACT", exact)
    agree, disagree = drawn(8, seed)
    members, least = nearest_ideal(agree, disagree)
    tried = [distance(agree, disagree, one) for one in itertools.product((0, 1), repeat=8)]
    assert least == pytest.approx(min(tried))
    assert least == pytest.approx(distance(agree, disagree, tuple(members.tolist())))
    assert 0 <= least <= 0.5


def test_where_all_agree_or_none_do_there_is_no_polarisation():
    for sides in ({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 0}):
        (found,) = polarisation(table_of(debate(opposed(sides))), ONE)
        assert found.polarisation == pytest.approx(0.0)
    assert found.groups == (("a",), ("b",))
    (empty,) = polarisation(table_of([]), ONE)
    assert (empty.polarisation, empty.nodes, empty.groups, empty.conflict) == (0.0, 0, (), 0.0)


def test_windows_tell_when_it_came():
    agreed = debate(opposed(dict.fromkeys(UNEVEN, 1)))
    parted = debate(opposed(UNEVEN), len(agreed))
    found = list(polarisation(table_of(agreed + parted), replace(ONE, window="days", size=15)))
    assert found[0].polarisation == pytest.approx(0.0)
    assert found[-1].polarisation == pytest.approx(1.0)
    assert all(-1e-9 <= one.polarisation <= 1 + 1e-9 for one in found)
    kernel = replace(ONE, window="days", size=16, kernel="epanechnikov")
    assert list(polarisation(table_of(agreed + parted), kernel))[-1].polarisation > 0.9


def test_the_same_seed_gives_the_same():
    agree, disagree = drawn(30, 1)
    first, second = (nearest_ideal(agree, disagree, 2, 7) for _ in range(2))
    assert first[1] == second[1]
    assert first[0].tolist() == second[0].tolist()


def test_what_can_not_be_measured_is_told():
    with pytest.raises(NetworkError, match="needs 2 groups or more, not 1"):
        polarisation(opposed_table(), ONE, groups=1)
    with pytest.raises(NetworkError, match="needs a qualifier"):
        polarisation(opposed_table(), replace(ONE, qualifier=None))
