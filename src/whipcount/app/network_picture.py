"""What the networks' room shows of a network: where nodes are, what joins them, who has no tie.

Nodes are laid out once, for all days; a window shows some of them where they were, so that the eye
can follow. The strongest nodes are drawn, those with most statements.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from whipcount.networks import CodedStatements, Network, NetworkOptions, select
from whipcount.networks.graphml import edges_by_number
from whipcount.networks.network import nodes
from whipcount.rendering.network_layout import positions
from whipcount.rendering.network_plot import TIES, Kind, field_of, sheet_of, tie_kind

MOST_TIES = 400
"""Ties that a picture has at most, the strongest: 60 nodes of one mode may have 1,770, and nobody
sees one of them."""

PIXELS = 100
"""Pixels of the picture to an inch of the layout, which is in inches as that of `--plot`."""

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node's place in the picture, in pixels of a field, its radius, and its community."""

    label: str
    side: int
    x: float
    y: float
    radius: float
    community: int | None


@dataclass(frozen=True, slots=True)
class Whole:
    """The layout of a network of all days, the node with most statements first.

    `strongest` is the weight of its strongest tie, `left_out` how many nodes with ties it has
    beyond those drawn.
    """

    spots: tuple[Spot, ...] = ()
    width: float = 0.0
    height: float = 0.0
    strongest: float = 1.0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class PicturedNode:
    """A node as it is in the days that are shown; `tied` where something joins it with another.

    Of its `statements`, `support` and `oppose` are how many have an agreement.
    """

    spot: Spot
    shown: bool
    tied: bool
    statements: int
    support: int
    oppose: int


@dataclass(frozen=True, slots=True)
class PicturedTie:
    """A tie between two of the picture's nodes by place; `strength` is 0 to 1, of the strongest."""

    first: int
    second: int
    weight: float
    kind: Kind
    strength: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: all nodes of the layout, and the ties of the days that are shown.

    `alone` are nodes without a tie, as (side, label), that the picture hasn't; `ties_left_out` is
    how many ties between its nodes it leaves out, `legend` what its kinds of tie mean.
    """

    whole: Whole
    nodes: tuple[PicturedNode, ...]
    ties: tuple[PicturedTie, ...]
    ties_left_out: int
    alone: tuple[tuple[int, str], ...]
    legend: dict[Kind, str] = field(default_factory=dict)


def laid_out(network: Network, most: int) -> Whole:
    """Return where the nodes of a network go, the `most` with most statements of those with ties.

    The same network gives the same places. Raises NetworkError where networkx or igraph isn't
    installed.
    """
    tied = _tied(network)
    if not tied.any():
        return Whole()
    counts = np.array([*network.row_counts, *_columns(network)])
    ranked = np.lexsort((np.arange(len(counts)), -counts, ~tied))
    chosen = np.sort(ranked[: min(most, int(tied.sum()))])
    some = _part(network, chosen)
    if not some.matrix.count_nonzero() or not _tied(some).any():
        return Whole(left_out=int(tied.sum()))
    sheet = sheet_of(some)
    width, height = field_of(len(sheet.nodes))
    places = positions(sheet.pull, [one.radius for one in sheet.nodes], width, height) * PIXELS
    known = nodes(some)
    spots = tuple(
        Spot(
            known[place]["label"],
            known[place].get("bipartite", 0),
            round(float(x), 1),
            round(float(y), 1),
            round(one.radius * PIXELS, 1),
            one.community,
        )
        for place, one, (x, y) in zip(sheet.order, sheet.nodes, places, strict=True)
    )
    strongest = float(np.abs(some.matrix.data).max(initial=0.0)) or 1.0
    left_out = int(tied.sum()) - len(spots)
    return Whole(spots, width * PIXELS, height * PIXELS, strongest, left_out)


def pictured(whole: Whole, network: Network, table: CodedStatements) -> Picture:
    """Return the picture of a network in the layout of the whole that it is some days of."""
    keys = _keys(network)
    places = {(spot.side, spot.label): place for place, spot in enumerate(whole.spots)}
    drawn = np.array([place for place, key in enumerate(keys) if key in places], dtype=np.intp)
    some = _part(network, drawn)
    own = [places[keys[place]] for place in drawn.tolist()]
    ties = [
        PicturedTie(
            own[first],
            own[second],
            weight,
            tie_kind(network, weight),
            _strength(network, weight, whole.strongest),
        )
        for first, second, weight in edges_by_number(some)
    ]
    ties.sort(key=lambda tie: (-abs(tie.weight), tie.first, tie.second))
    kept = tuple(ties[:MOST_TIES])
    joined = {end for tie in ties for end in (tie.first, tie.second)}
    counts = dict(zip(keys, [*network.row_counts, *_columns(network)], strict=True))
    support, oppose = _agreement(table, network.options)
    shown = tuple(
        PicturedNode(
            spot,
            (spot.side, spot.label) in counts,
            place in joined,
            counts.get((spot.side, spot.label), 0),
            support.get((spot.side, spot.label), 0),
            oppose.get((spot.side, spot.label), 0),
        )
        for place, spot in enumerate(whole.spots)
    )
    tied = _tied(network)
    options = network.options
    return Picture(
        whole,
        shown,
        kept,
        len(ties) - len(kept),
        tuple(key for key, has in zip(keys, tied, strict=True) if not has and key not in places),
        {
            kind: told
            for kind, told in TIES[options.mode, options.aggregation].items()
            if any(tie.kind == kind for tie in ties)
        },
    )


def _strength(network: Network, weight: float, strongest: float) -> float:
    if network.options.aggregation == "combine":
        return 0.4  # the numbers of patterns have no size
    return round(min(1.0, abs(weight) / strongest), 4)


def _columns(network: Network) -> tuple[int, ...]:
    return () if network.is_one_mode else network.column_counts


def _keys(network: Network) -> list[tuple[int, str]]:
    """Return the nodes, rows first, as side and label."""
    columns = () if network.is_one_mode else network.columns
    return [*((0, label) for label in network.rows), *((1, label) for label in columns)]


def _tied(network: Network) -> NDArray[np.bool_]:
    """Return which nodes, rows first, have a tie with another."""
    found = network.matrix.tocoo()
    keep = (found.data != 0) & ((found.row != found.col) if network.is_one_mode else True)
    tied = np.zeros(len(_keys(network)), dtype=np.bool_)
    tied[found.row[keep]] = True
    tied[found.col[keep] + (0 if network.is_one_mode else len(network.rows))] = True
    return tied


def _part(network: Network, chosen: Places) -> Network:
    """Return the network of some of its nodes, which are places among them, rows first."""
    rows = chosen[chosen < len(network.rows)]
    columns = rows if network.is_one_mode else chosen[len(rows) :] - len(network.rows)
    return replace(
        network,
        rows=tuple(network.rows[place] for place in rows.tolist()),
        columns=tuple(network.columns[place] for place in columns.tolist()),
        matrix=network.matrix[rows][:, columns],
        row_counts=tuple(network.row_counts[place] for place in rows.tolist()),
        column_counts=tuple(network.column_counts[place] for place in columns.tolist()),
    )


def _agreement(
    table: CodedStatements, options: NetworkOptions
) -> tuple[dict[tuple[int, str], int], dict[tuple[int, str], int]]:
    """Return how many of each node's statements agree, and how many disagree."""
    chosen = select(table, options).selected
    agreement = table.column("agreement")
    found: list[dict[tuple[int, str], int]] = []
    variables = [options.rows] if options.mode == "one" else [options.rows, options.columns]
    for level in (1, 0):
        here = chosen[agreement.codes[chosen] == level]
        counts: dict[tuple[int, str], int] = {}
        for side, variable in enumerate(variables):
            column = table.column(variable)
            codes = column.codes[here]
            some = np.bincount(codes[codes >= 0], minlength=len(column.values))
            for code in np.flatnonzero(some).tolist():
                counts[side, str(column.values[code])] = int(some[code])
        found.append(counts)
    return found[0], found[1]
