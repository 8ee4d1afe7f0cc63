"""Backbone: what can be left out is left out, and the set is the best of all."""

from __future__ import annotations

import itertools
from importlib import import_module

import numpy as np
import pytest

from tests.networks.debates import debate, opposed
from tests.networks.statements import table_of
from whipcount.errors import NetworkError
from whipcount.networks import NetworkOptions, backbone, network, to_numpy
from whipcount.networks.options import Excluded
from whipcount.networks.spectra import spectral_distance, spectrum

ONE = NetworkOptions("one", aggregation="subtract", normalization="average")


def by_chance(concepts: int, seed: int = 1):
    chance = np.random.default_rng(seed)
    said = [
        (f"a{chance.integers(9)}", f"c{chance.integers(concepts):02}", int(chance.integers(2)))
        for _ in range(150)
    ]
    return table_of(debate(said))


def test_the_spectrum_of_a_path_is_that_of_the_textbook():
    path = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=float)
    assert spectrum(path).tolist() == pytest.approx([0, 0.25, 0.75])
    assert spectrum(np.zeros((3, 3))).tolist() == [0, 0, 0]
    assert spectrum(-path).tolist() == [0, 0, 0]


def test_options_on_which_the_same_is_said_can_be_left_out():
    sides = {"a": 1, "b": 1, "c": 1, "d": 0, "e": 0}
    said = [*opposed(sides, "xyz"), ("f", "w", 1), ("a", "w", 1)]
    found = backbone(table_of(debate(said)), ONE, penalty=0)
    assert "w" in found.backbone
    assert len(found.backbone) == 3
    assert found.loss < found.redundant_loss
    assert {one.column for one in found.order[:2]} < {"x", "y", "z"}
    assert [one.left for one in found.order] == [3, 2, 1]


def test_a_case_by_hand():
    # On x agree a and b, on y b and c, on z all three: ties of 2, 2 and 1, whose Laplacian has the
    # eigenvalues 0, 4, 6. Of z alone, a triangle, they are 0, 3, 3; of x and y, a path, 0, 1, 3.
    said = [
        (who, what, 1) for what, some in (("x", "ab"), ("y", "bc"), ("z", "abc")) for who in some
    ]
    options = NetworkOptions("one", aggregation="congruence")
    found = backbone(table_of(debate(said)), options, penalty=5)
    assert found.backbone == ("z",)
    assert found.loss == pytest.approx(np.hypot(0.5 - 0.4, 0.5 - 0.6))
    assert found.penalized == pytest.approx(found.loss * np.exp(-5 * 2 / 3))
    assert found.redundant_loss == pytest.approx(np.hypot(0.25 - 0.4, 0.75 - 0.6))
    # Of x and z the ties are 2, 1 and 1, and the eigenvalues 0, 3, 5: as far for y and z.
    light = backbone(table_of(debate(said)), options, penalty=1)
    assert light.backbone == ("x", "z")
    assert light.loss == pytest.approx(np.hypot(0.375 - 0.4, 0.625 - 0.6))
    assert light.penalized == pytest.approx(light.loss * np.exp(-1 / 3))


@pytest.mark.parametrize("penalty", [0, 3.5, 12])
def test_the_set_is_the_best_of_all_computed_the_obvious_way(penalty):
    table = by_chance(5)
    concepts = [f"c{n:02}" for n in range(5)]
    full = spectrum(to_numpy(network(table, ONE)))

    def penalized(kept: tuple[str, ...]) -> float:
        left = tuple(one for one in concepts if one not in kept)
        options = NetworkOptions(
            "one",
            aggregation="subtract",
            normalization="average",
            excluded=(Excluded("concept", left),),
            isolates=True,
        )
        loss = spectral_distance(full, spectrum(to_numpy(network(table, options))))
        return loss * np.exp(-penalty * len(left) / 5)

    sets = [one for size in range(1, 5) for one in itertools.combinations(concepts, size)]
    found = backbone(table, ONE, penalty=penalty)
    assert found.backbone == min(sets, key=penalized)
    assert found.penalized == pytest.approx(penalized(found.backbone))
    assert sorted(found.backbone + found.redundant) == concepts


def test_annealing_finds_what_trying_all_finds(monkeypatch):
    table = by_chance(8)
    tried = backbone(table, ONE)
    monkeypatch.setattr(import_module("whipcount.networks.backbone"), "EXACT", 0)
    assert backbone(table, ONE, seed=2) == tried


def test_the_same_seed_gives_the_same_and_more_penalty_no_more_options():
    table = by_chance(12)
    assert backbone(table, ONE, seed=4) == backbone(table, ONE, seed=4)
    sizes = [len(backbone(table, ONE, penalty=one).backbone) for one in (0, 4, 12)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 11


def test_what_has_no_backbone_is_told():
    with pytest.raises(NetworkError, match="needs 2 concept or more to choose from; there is 1"):
        backbone(table_of(debate([("a", "x", 1)])), ONE)
    with pytest.raises(NetworkError, match="there is none"):
        backbone(table_of([]), ONE)
    with pytest.raises(NetworkError, match="must be 0 or more, not -1"):
        backbone(by_chance(3), ONE, penalty=-1)
