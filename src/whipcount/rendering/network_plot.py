"""A discourse network as a picture, SVG or PNG, which needs matplotlib (`whipcount[plot]`).

Nodes are as large as their statements are many, and of the colour and letter of their community;
rows are discs, columns of two modes squares. What joins is a full blue line, what parts a dashed
orange one, the stronger the wider. The same network and seed give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from whipcount.errors import NetworkError
from whipcount.networks import communities
from whipcount.networks.network import Network, nodes
from whipcount.networks.tallies import Floats
from whipcount.rendering import words
from whipcount.rendering.plot import DOTS, ready

if TYPE_CHECKING:
    from whipcount.rendering.pen import Pen

WIDTH, HEIGHT, CROWD = 9.6, 6.6, 26
"""Inches of the field for nodes, of as many nodes as `CROWD`; of more it grows with them."""

SMALLEST, LARGEST = 0.085, 0.22
"""Inches of nodes' radii: of one statement, and of the node with most."""

Kind = str
"""How a tie is drawn: `for`, `against`, `both` or `plain`."""

TITLES = {
    ("one", "ignore"): "Who speaks of the same",
    ("one", "congruence"): "Who agrees",
    ("one", "conflict"): "Who disagrees",
    ("one", "subtract"): "Who agrees and who disagrees",
    ("two", "ignore"): "Who speaks of what",
    ("two", "subtract"): "Who is for and against what",
    ("two", "combine"): "Who is for and against what",
}

TIES = {
    ("one", "ignore"): {"plain": "speak of the same"},
    ("one", "congruence"): {"for": "agree"},
    ("one", "conflict"): {"against": "disagree"},
    ("one", "subtract"): {
        "for": "agree more than they disagree",
        "against": "disagree more than they agree",
    },
    ("two", "ignore"): {"plain": "speaks of it"},
    ("two", "subtract"): {"for": "for it, on balance", "against": "against it, on balance"},
    ("two", "combine"): {"for": "for it", "against": "against it", "both": "both"},
}
"""What a legend says of each kind of tie."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node as it is drawn; its community is None where it has none, a column is a square."""

    label: str
    statements: int
    radius: float
    community: int | None
    square: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as it is drawn, between nodes by place: its kind and share of the strongest one."""

    first: int
    second: int
    kind: Kind
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """All that is drawn of a network: nodes with ties, most statements first, and who has none.

    `order` are their places among the network's nodes, rows first.
    """

    title: str
    subtitle: str
    sides: tuple[str, str]
    legend: dict[Kind, str]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    pull: Floats
    alone: tuple[str, ...]
    order: tuple[int, ...]


def network_picture(network: Network, form: str = ".svg", *, seed: int = 0) -> bytes:
    """Return a network as a picture, `.svg` or `.png`.

    Raises PlotError where the form is another or matplotlib isn't there, NetworkError where the
    network has no tie.
    """
    ready(Path(f"plot{form}"))
    from whipcount.rendering.drawn_network import drawn  # noqa: PLC0415
    from whipcount.rendering.pen import settings  # noqa: PLC0415

    sheet = sheet_of(network, seed)
    with settings():
        pen: Pen = drawn(sheet, seed)
        return pen.svg(sheet.title) if form.lower() == ".svg" else pen.png(DOTS)


def sheet_of(network: Network, seed: int = 0) -> Sheet:
    """Return what is drawn of a network; NetworkError where it has no tie."""
    options = network.options
    known = nodes(network)
    ties = _ties(network)
    if not ties:
        raise NetworkError(
            "the network has no tie to draw; take in more statements, or another aggregation"
        )
    tied = {end for tie in ties for end in (tie.first, tie.second)}
    order = sorted(tied, key=lambda one: (-int(known[one]["statements"]), one))
    places = {node: place for place, node in enumerate(order)}
    most = max(int(known[one]["statements"]) for one in order)
    groups = _groups(network, seed, len(known))
    drawn_nodes = tuple(
        Node(
            words.clean(known[one]["label"]),
            known[one]["statements"],
            _radius(known[one]["statements"], most),
            groups[one],
            known[one].get("bipartite") == 1,
        )
        for one in order
    )
    moved = [Tie(places[tie.first], places[tie.second], tie.kind, tie.strength) for tie in ties]
    pull = np.zeros((len(order), len(order)))
    for tie in moved:
        # Of a conflict network those who disagree are drawn together: nothing else joins anybody.
        away = tie.kind == "against" and options.aggregation in ("subtract", "combine")
        pull[tie.first, tie.second] = pull[tie.second, tie.first] = (
            -tie.strength if away else tie.strength
        )
    look = TIES[options.mode, options.aggregation]
    return Sheet(
        f"{TITLES[options.mode, options.aggregation]}: {options.rows} by {options.columns}",
        _subtitle(network),
        (options.rows, options.columns),
        {kind: told for kind, told in look.items() if any(tie.kind == kind for tie in ties)},
        drawn_nodes,
        tuple(sorted(moved, key=lambda tie: (tie.strength, tie.first, tie.second))),
        pull,
        tuple(words.clean(one["label"]) for n, one in enumerate(known) if n not in tied),
        tuple(order),
    )


def field_of(count: int) -> tuple[float, float]:
    """Return the width and height of the field for so many nodes, in inches."""
    more = max(1.0, (count / CROWD) ** 0.5)
    return WIDTH * more, HEIGHT * more


def _radius(statements: int, most: int) -> float:
    """Return a radius whose disc grows with the statements."""
    share = (statements - 1) / max(most - 1, 1)
    return SMALLEST + (LARGEST - SMALLEST) * float(np.sqrt(share))


def _ties(network: Network) -> list[Tie]:
    """Return the ties by place among the nodes, rows first, each once."""
    found = network.matrix.sorted_indices().tocoo()
    one = network.is_one_mode
    shift = 0 if one else len(network.rows)
    keep = (found.data != 0) & ((found.row < found.col) if one else True)
    row, column, data = found.row[keep], found.col[keep] + shift, found.data[keep]
    patterns = network.options.aggregation == "combine"
    strongest = float(np.abs(data).max(initial=0.0)) or 1.0
    return [
        Tie(first, second, tie_kind(network, weight), 0.4 if patterns else abs(weight) / strongest)
        for first, second, weight in zip(row.tolist(), column.tolist(), data.tolist(), strict=True)
    ]


def tie_kind(network: Network, weight: float) -> Kind:
    """Return how a tie of a weight is drawn."""
    options = network.options
    if options.aggregation == "combine":
        # The numbers of a boolean's patterns.
        return {1.0: "for", 2.0: "against", 3.0: "both"}.get(weight, "both")
    if options.aggregation == "ignore":
        return "plain"
    return "against" if options.aggregation == "conflict" or weight < 0 else "for"


def _groups(network: Network, seed: int, count: int) -> list[int | None]:
    """Return each node's community, None where it is one by itself, or ties aren't nearness."""
    if network.options.aggregation in ("conflict", "combine"):
        return [None] * count
    found = communities(network, seed=seed)
    return [place if found.sizes[place] > 1 else None for place in found.members]


def _subtitle(network: Network) -> str:
    options = network.options
    told = [words.number(network.statements, "statement")]
    if network.start is not None and network.stop is not None:
        first, last = network.start.date().isoformat(), network.stop.date().isoformat()
        told.append(f"{words.day(first)} to {words.day(last)}")
    if options.normalization != "no":
        told.append(f"normalized by {options.normalization}")
    return ", ".join(told)
