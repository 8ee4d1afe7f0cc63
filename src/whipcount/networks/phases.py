"""Phases: when a debate's network changes from one state to another.

The method is Masuda and Holme's (2019, *Detecting sequences of system states in temporal
networks*, Scientific Reports 9, 795): the networks of all time windows are compared with each
other, the distances are clustered hierarchically, and the number of states is that of the greatest
Dunn index (Dunn 1973). rDNA's `dna_phaseTransitions` is built on it, with the same two distances;
it takes the number of states of the greatest modularity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import NetworkError
from whipcount.networks.building import time_windows
from whipcount.networks.network import Network, cells, to_numpy
from whipcount.networks.options import NetworkOptions
from whipcount.networks.spectra import spectrum
from whipcount.networks.table import CodedStatements
from whipcount.networks.tallies import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Distance = Literal["difference", "spectral"]
Linkage = Literal["average", "complete", "single", "ward"]

DISTANCES: tuple[Distance, ...] = get_args(Distance)
LINKAGES: tuple[Linkage, ...] = get_args(Linkage)

MOST_STATES = 6
"""States at most, as in rDNA."""

DENSE_CELLS = 2**24
"""Cells of 8 bytes that are compared at once: 128 MB."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """One time window and its state, 0 for the first that the debate is in."""

    start: datetime | None
    middle: datetime | None
    stop: datetime | None
    statements: int
    state: int


@dataclass(frozen=True, slots=True, eq=False)
class Phases:
    """The states of a debate through its time windows.

    `distances` are those between the windows' networks, each 0 to 1. `dunn` is the Dunn index of
    the states: the least distance between windows of two states, divided by the greatest within
    one; None where no state has two windows that differ.
    """

    windows: tuple[WindowState, ...]
    states: int
    dunn: float | None
    distances: Floats

    @property
    def transitions(self) -> tuple[int, ...]:
        """The windows, by place, whose state isn't that of the window before."""
        states = [one.state for one in self.windows]
        return tuple(place for place in range(1, len(states)) if states[place] != states[place - 1])


def phases(
    table: CodedStatements,
    options: NetworkOptions,
    *,
    distance: Distance = "difference",
    linkage: Linkage = "average",
    states: int | None = None,
) -> Phases:
    """Return the states of a debate, a network a time window, and so when it changes.

    Each network is divided by its sum of weights. `difference` is half the sum of what cells differ
    by, and so the share of weight that lies elsewhere; `spectral` is the Euclidean distance between
    the Laplacians' eigenvalues, divided by √2, and goes with one mode. `states` is how many there
    are, where that is known. Raises NetworkError where there are fewer than three windows.
    """
    if distance not in DISTANCES:
        raise NetworkError(f"distance must be one of {', '.join(DISTANCES)}, not {distance!r}")
    if linkage not in LINKAGES:
        raise NetworkError(f"linkage must be one of {', '.join(LINKAGES)}, not {linkage!r}")
    if distance == "spectral" and options.mode != "one":
        raise NetworkError("spectral distances go with one-mode networks; take difference")
    found = list(time_windows(table, options)[1])
    if len(found) < 3:
        raise NetworkError(
            f"phases need 3 time windows or more, and there {'is' if len(found) == 1 else 'are'} "
            f"{len(found)}; take a smaller size"
        )
    if states is not None and not 1 < states < len(found):
        raise NetworkError(
            f"states must be 2 to {len(found) - 1}, one less than windows, not {states}"
        )
    apart = differences(found) if distance == "difference" else _spectral(found)
    members, dunn = _clustered(apart, linkage, states)
    names: dict[int, int] = {}
    return Phases(
        windows=tuple(
            WindowState(
                one.start, one.middle, one.stop, one.statements, names.setdefault(of, len(names))
            )
            for one, of in zip(found, members.tolist(), strict=True)
        ),
        states=len(names),
        dunn=dunn,
        distances=apart,
    )


def differences(networks: Iterable[Network]) -> Floats:
    """Return the shares of weight by which networks differ, each from each.

    A negative tie is as far from 0 as a positive one. A network without ties is 1 from all that
    have some.
    """
    from scipy.spatial.distance import pdist, squareform  # noqa: PLC0415

    shares = _shares(networks)
    count, width = shares.shape
    total = np.zeros(count * (count - 1) // 2)
    step = max(1, DENSE_CELLS // max(count, 1))
    columns = shares.tocsc()
    for first in range(0, width, step):
        total += pdist(columns[:, first : first + step].toarray(), "cityblock")
    # What one network alone has, the other lacks: two that share nothing are 2 apart, an empty
    # one is 1 from the others.
    empty = np.diff(shares.indptr) == 0
    one, other = np.triu_indices(count, 1)
    apart: Floats = squareform(np.where(empty[one] | empty[other], total, total / 2))
    return apart


def dunn_index(apart: Floats, members: NDArray[np.integer]) -> float | None:
    """Return the least distance between groups divided by the greatest within one (Dunn 1973)."""
    same = members[:, None] == members[None, :]
    widest = float(apart[same].max(initial=0.0))
    if widest == 0 or same.all():
        return None
    return float(apart[~same].min()) / widest


def _shares(networks: Iterable[Network]) -> csr_array:
    """Return networks as rows of one matrix: each tie's share of its network's weight."""
    from scipy.sparse import csr_array  # noqa: PLC0415

    places: dict[tuple[str, str], int] = {}
    starts, columns, data = [0], [], []
    for network in networks:
        weight = float(np.abs(network.matrix.data).sum())
        for row, column, value in cells(network):
            key = (network.rows[row], network.columns[column])
            columns.append(places.setdefault(key, len(places)))
            data.append(value / weight)
        starts.append(len(columns))
    return csr_array((data, columns, starts), shape=(len(starts) - 1, len(places)))


def _spectral(networks: list[Network]) -> Floats:
    """Return the distances between the networks' spectra, of as many nodes as all have together."""
    from scipy.spatial.distance import pdist, squareform  # noqa: PLC0415

    nodes = len({label for network in networks for label in network.rows})
    spectra = np.zeros((len(networks), nodes))
    for place, network in enumerate(networks):
        values = spectrum(to_numpy(network))
        spectra[place, nodes - len(values) :] = values
    apart: Floats = squareform(pdist(spectra) / np.sqrt(2.0))
    return apart


def _clustered(
    apart: Floats, linkage: Linkage, states: int | None
) -> tuple[NDArray[np.int64], float | None]:
    """Return each window's cluster and the Dunn index, the best where no number is asked for."""
    from scipy.cluster import hierarchy  # noqa: PLC0415
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    if not apart.any():
        return np.zeros(len(apart), dtype=np.int64), None
    tree = hierarchy.linkage(squareform(apart, checks=False), linkage)
    sizes = [states] if states else range(2, min(MOST_STATES, len(apart) - 1) + 1)
    cuts = [hierarchy.fcluster(tree, size, "maxclust").astype(np.int64) for size in sizes]
    scored = [(cut, dunn_index(apart, cut)) for cut in cuts]
    # Where no state has two windows that differ, nothing is better.
    return max(scored, key=lambda one: np.inf if one[1] is None else one[1])
