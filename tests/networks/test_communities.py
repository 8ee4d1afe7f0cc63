"""Communities: blocks are found, the modularity is that of the textbook, the seed decides."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from tests.networks.debates import UNEVEN, debate, opposed_table
from tests.networks.statements import table_of
from whipcount.errors import NetworkError
from whipcount.networks import NetworkOptions, communities, network, to_networkx
from whipcount.networks.communities import excess, inside, leiden

ONE = NetworkOptions("one", aggregation="subtract")


def symmetric(size: int, seed: int, lowest: int = -3) -> np.ndarray:
    upper = np.triu(np.random.default_rng(seed).integers(lowest, 4, (size, size)), 1)
    return (upper + upper.T).astype(float)


@pytest.mark.parametrize("times", [1, 3])
def test_two_opposed_blocks_are_two_communities(times):
    found = communities(network(opposed_table(times), ONE))
    assert found.members == tuple(0 if side else 1 for side in UNEVEN.values())
    assert found.modularity > 0


def test_rows_are_with_the_columns_that_they_are_for():
    said = [(name, "x", side) for name, side in UNEVEN.items()]
    said += [(name, "y", 1 - side) for name, side in UNEVEN.items()]
    found = communities(network(table_of(debate(said)), NetworkOptions(aggregation="subtract")))
    assert found.members == (*(0 if side else 1 for side in UNEVEN.values()), 0, 1)


def test_the_modularity_is_networkx_s_where_no_tie_is_negative():
    networkx = pytest.importorskip("networkx")
    said = [(name, "xyzw"[n % 4], n % 3 % 2) for n, name in enumerate("abcdefgh" * 5)]
    found = network(table_of(debate(said)), replace(ONE, aggregation="congruence"))
    graph = to_networkx(found)
    for resolution in (0.5, 1.0, 2.0):
        parted = communities(found, resolution=resolution)
        groups = [
            {label for label, of in zip(found.rows, parted.members, strict=True) if of == group}
            for group in range(len(parted.sizes))
        ]
        expected = networkx.community.modularity(graph, groups, resolution=resolution)
        assert parted.modularity == pytest.approx(expected)


def test_the_modularity_of_two_modes_is_barber_s():
    said = [("a", "x", 1), ("a", "x", 1), ("b", "x", 1), ("c", "y", 1), ("c", "z", 1)]
    found = communities(network(table_of(debate(said)), NetworkOptions()))
    assert found.members == (0, 0, 1, 0, 1, 1)
    # Three of five ties lie in the first: 3/5 - 3·3/25; two in the second: 2/5 - 2·2/25.
    assert found.modularity == pytest.approx(1 - 13 / 25)


@pytest.mark.parametrize("seed", range(8))
def test_no_move_of_one_node_makes_it_better(seed):
    share = excess(symmetric(12, seed))
    members, most = leiden(share, 0)
    assert most == pytest.approx(inside(share, members))
    for node in range(12):
        for group in {*members, 99}:
            moved = [*members[:node], group, *members[node + 1 :]]
            assert inside(share, moved) <= most + 1e-9


def test_the_same_seed_gives_the_same_and_chance_stays_as_it_was():
    random.seed(5)
    expected = random.random()
    random.seed(5)
    share = excess(symmetric(40, 1))
    assert leiden(share, 3) == leiden(share, 3)
    assert random.random() == expected


def test_nodes_without_a_tie_are_alone_and_last():
    said = [("a", "x", 1), ("b", "y", 1), ("c", "y", 1), ("d", "z", 1)]
    found = communities(network(table_of(debate(said)), ONE))
    assert (found.members, found.sizes) == ((1, 0, 0, 2), (2, 1, 1))
    assert communities(network(table_of([]), ONE)).members == ()


@pytest.mark.parametrize(
    "options",
    [replace(ONE, aggregation="conflict"), NetworkOptions(aggregation="combine")],
    ids=["conflict", "combine"],
)
def test_ties_that_are_no_nearness_are_refused(options):
    with pytest.raises(NetworkError, match="communities join nodes that are near"):
        communities(network(opposed_table(), options))
