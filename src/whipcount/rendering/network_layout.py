"""Where a picture of a network has its nodes: near where ties draw them, and none on another.

Up to `MOST_SPRINGS` nodes the layout is Kamada and Kawai's (1989) of springs, as long as the ways
between nodes over their ties, longer where they disagree; beyond that Fruchterman and Reingold's
(1991) of forces.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from whipcount.networks.network import library
from whipcount.networks.tallies import Floats

MOST_SPRINGS = 200
"""Nodes up to which springs are reckoned with: 120 take some 0.8 s of processor, and twice as many
four times that."""

APART = 1.1
"""How much longer than the longest way the spring between two nodes is that no way joins."""

GAP = 0.2
"""Inches that are left between nodes."""


def positions(
    ties: Floats, radii: Sequence[float], width: float, height: float, seed: int = 0
) -> Floats:
    """Return the middle of each node, in inches, in a field of a width and height.

    `ties` is a symmetric matrix: what is above 0 draws two nodes together, what is below 0 pushes
    them apart. The same seed gives the same places.
    """
    size = len(ties)
    if size == 1:
        return np.array([[width / 2, height / 2]])
    found = _springs(ties, seed) if size <= MOST_SPRINGS else _forces(ties, seed)
    return _parted(_fitted(_turned(found), radii, width, height), radii, width, height)


def _springs(ties: Floats, seed: int) -> Floats:
    lengths = _lengths(ties)
    size = len(ties)
    networkx: Any = library("networkx")
    begin = _unfolded(lengths) + np.random.default_rng(seed).normal(scale=0.01, size=(size, 2))
    found = networkx.kamada_kawai_layout(
        networkx.complete_graph(size),
        dist={one: dict(enumerate(line)) for one, line in enumerate(lengths.tolist())},
        pos=dict(enumerate(begin)),
        weight=None,
    )
    return np.array([found[node] for node in range(size)])


def _lengths(ties: Floats) -> Floats:
    """Return how long each spring is: 1.4 for the strongest tie, nearly 2.4 for the weakest."""
    from scipy.sparse.csgraph import shortest_path  # noqa: PLC0415

    near = np.maximum(ties, 0.0)
    far = np.maximum(-ties, 0.0)
    steps = np.where(near > 0, 2.4 - np.sqrt(near / (near.max() or 1.0)), 0.0)
    ways = shortest_path(steps, directed=False)
    longest = float(ways[np.isfinite(ways)].max()) or 1.0
    ways = np.where(np.isfinite(ways), ways, longest * APART)
    pushed = longest * APART * (0.7 + 0.4 * np.sqrt(far / (far.max() or 1.0)))
    lengths = np.where(far > 0, np.maximum(ways, pushed), ways)
    np.fill_diagonal(lengths, 0.0)
    return lengths


def _unfolded(lengths: Floats) -> Floats:
    """Return places whose distances are about the lengths (classical scaling; Torgerson 1952)."""
    squares = lengths**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    values, vectors = np.linalg.eigh(-centred / 2)
    # The sign of an eigenvector is left to the library; here the greatest entry is above 0.
    axes = vectors[:, [-1, -2]]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])
    found: Floats = axes * np.sqrt(np.maximum(values[[-1, -2]], 1e-9)) / max(lengths.max(), 1e-9)
    return found


def _forces(ties: Floats, seed: int) -> Floats:
    first, second = np.nonzero(np.triu(ties, 1) > 0)
    igraph: Any = library("igraph")
    graph = igraph.Graph(n=len(ties), edges=np.column_stack([first, second]).tolist())
    weights = ties[first, second]
    igraph.set_random_number_generator(random.Random(seed))
    try:
        layout = graph.layout_fruchterman_reingold(
            weights=(weights / weights.max()).tolist() if len(weights) else None, niter=1000
        )
    finally:
        igraph.set_random_number_generator(random)
    return np.array(layout.coords)


def _turned(places: Floats) -> Floats:
    """Return places turned so that they are widest from left to right."""
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1] * np.sign(axes[np.abs(axes[:, ::-1]).argmax(axis=0), [1, 0]])
    turned: Floats = centred @ axes
    return turned


def _fitted(places: Floats, radii: Sequence[float], width: float, height: float) -> Floats:
    """Return places stretched over the field, each way by itself."""
    margin = max(radii) + GAP
    low, high = places.min(axis=0), places.max(axis=0)
    spread = np.where(high - low > 1e-9, high - low, 1.0)
    room = np.array([width, height]) - 2 * margin
    # A field is filled no more than half again as much one way as the other.
    stretch = room / spread
    stretch = np.minimum(stretch, 1.5 * stretch.min())
    middle = (low + high) / 2
    fitted: Floats = (places - middle) * stretch + np.array([width, height]) / 2
    return fitted


def _parted(places: Floats, radii: Sequence[float], width: float, height: float) -> Floats:
    """Return places where no node lies on another, as long as the field has room for them."""
    reach = np.array(radii)
    least = reach[:, None] + reach[None, :] + GAP
    np.fill_diagonal(least, 0.0)
    places = places.copy()
    # Two nodes in one place part the way that their numbers say.
    angles = np.arange(len(places)) * 2.399963
    places += 1e-6 * np.column_stack([np.cos(angles), np.sin(angles)])
    for _ in range(500):
        between = places[:, None, :] - places[None, :, :]
        apart = np.sqrt((between**2).sum(axis=2))
        lacks = np.where(apart < least, least - apart, 0.0)
        if not lacks.any():
            break
        ways = between / np.maximum(apart, 1e-12)[:, :, None]
        places += 0.3 * (ways * lacks[:, :, None]).sum(axis=1)
        places[:, 0] = np.clip(places[:, 0], reach, width - reach)
        places[:, 1] = np.clip(places[:, 1], reach, height - reach)
    return places
