"""The type of a network, and what it becomes in other libraries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import NetworkError
from whipcount.networks.options import NetworkOptions
from whipcount.networks.table import Entity

if TYPE_CHECKING:
    import igraph
    import networkx
    import polars
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A discourse network, of all statements that count or of one window of them.

    `matrix` is a scipy CSR array, `rows` by `columns`, whose indices needn't be sorted; in a
    one-mode network both are the same labels. Labels are sorted as in DNA. `start`, `middle` and
    `stop` are the network's range, None where no statement has a date; `statements` is how many
    statements of the range count. `row_counts` and `column_counts` are how many of them each label
    has, `entities` what is known of the labels.
    """

    options: NetworkOptions
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    matrix: csr_array
    start: datetime | None
    middle: datetime | None
    stop: datetime | None
    statements: int
    row_counts: tuple[int, ...]
    column_counts: tuple[int, ...]
    entities: tuple[Entity, ...] = ()

    @property
    def is_one_mode(self) -> bool:
        """Whether rows and columns are the same nodes."""
        return self.options.mode == "one"


def to_numpy(network: Network) -> NDArray[np.float64]:
    """Return the matrix as a dense array, rows by columns."""
    dense: NDArray[np.float64] = network.matrix.toarray()
    return dense


def to_edges(network: Network) -> list[tuple[str, str, float]]:
    """Return the ties as (row, column, weight), in the matrix's order, without those of weight 0.

    A one-mode network's ties stand once each, and none joins a node with itself.
    """
    one = network.is_one_mode
    return [
        (network.rows[row], network.columns[column], weight)
        for row, column, weight in cells(network)
        if not one or row < column
    ]


def cells(network: Network) -> Iterator[tuple[int, int, float]]:
    """Yield the matrix's cells that aren't 0, as places of row and column and weight, in order."""
    found = network.matrix.sorted_indices().tocoo()
    triples = zip(found.row.tolist(), found.col.tolist(), found.data.tolist(), strict=True)
    return ((row, column, weight) for row, column, weight in triples if weight != 0)


def to_polars(network: Network) -> polars.DataFrame:
    """Return the matrix as a polars frame: a first column `row`, then one a column label.

    Raises NetworkError where polars isn't installed, or a column's label is itself `row`.
    """
    if "row" in network.columns:
        raise NetworkError("a column's label is 'row', which names the frame's first column")
    dense = to_numpy(network)
    columns = {label: dense[:, place] for place, label in enumerate(network.columns)}
    frame: polars.DataFrame = library("polars").DataFrame({"row": list(network.rows), **columns})
    return frame


def to_networkx(network: Network) -> networkx.Graph:
    """Return the network as an undirected networkx graph.

    A node is its label, in a two-mode network (variable, label), so that a value of both variables
    is two nodes. Nodes have `label`, `variable`, `statements` and what is known of the value, in
    two-mode networks also `bipartite` (0 for rows, 1 for columns); edges have `weight`. Raises
    NetworkError where networkx isn't installed.
    """
    graph = library("networkx").Graph(**described(network))
    for node in nodes(network):
        graph.add_node(_name(network, node), **node)
    first, second = network.options.rows, network.options.columns
    for row, column, weight in to_edges(network):
        if network.is_one_mode:
            graph.add_edge(row, column, weight=weight)
        else:
            graph.add_edge((first, row), (second, column), weight=weight)
    return graph


def to_igraph(network: Network) -> igraph.Graph:
    """Return the network as an undirected igraph graph, with the attributes of `to_networkx`.

    Vertices have `name` (the label), `variable`, `statements` and `type` (False for rows, True for
    columns) in a two-mode network. Raises NetworkError where igraph isn't installed.
    """
    found = nodes(network)
    matrix = network.matrix.sorted_indices().tocoo()
    shift = 0 if network.is_one_mode else len(network.rows)
    keep = matrix.data != 0
    if network.is_one_mode:
        keep &= matrix.row < matrix.col
    pairs = np.column_stack([matrix.row[keep], matrix.col[keep] + shift])
    graph = library("igraph").Graph(n=len(found), edges=pairs.tolist(), directed=False)
    graph.es["weight"] = matrix.data[keep].tolist()
    for key in dict.fromkeys(key for node in found for key in node):
        graph.vs[key] = [node.get(key) for node in found]
    graph.vs["name"] = [node["label"] for node in found]
    if not network.is_one_mode:
        graph.vs["type"] = [node["bipartite"] == 1 for node in found]
    for key, value in described(network).items():
        graph[key] = value
    return graph


def nodes(network: Network) -> list[dict[str, Any]]:
    """Return the nodes, rows first: label, variable, statements, colour, attributes."""
    known = {(one.variable, one.value): one for one in network.entities}
    sides = [(network.options.rows, network.rows, network.row_counts, 0)]
    if not network.is_one_mode:
        sides.append((network.options.columns, network.columns, network.column_counts, 1))
    found = []
    for variable, labels, counts, side in sides:
        for label, count in zip(labels, counts, strict=True):
            node: dict[str, Any] = {"label": label, "variable": variable, "statements": count}
            if not network.is_one_mode:
                node["bipartite"] = side
            entity = known.get((variable, label))
            if entity is not None:
                if entity.color:
                    node["color"] = entity.color
                node |= {
                    name if name not in node else f"{variable} {name}": value
                    for name, value in entity.attributes
                    if value
                }
            found.append(node)
    return found


def kind_of(options: NetworkOptions) -> dict[str, str | None]:
    """Return what kind of network options ask for, by the options' names."""
    return {
        "mode": options.mode,
        "rows": options.rows,
        "columns": options.columns,
        "qualifier": options.qualifier,
        "aggregation": options.aggregation,
        "normalization": options.normalization,
        "duplicates": options.duplicates,
    }


def described(network: Network) -> dict[str, str | int]:
    """Return what a network is of, as attributes of a graph; only what is set."""
    words: dict[str, str | int | None] = {
        **kind_of(network.options),
        "statements": network.statements,
        "start": None if network.start is None else str(network.start),
        "stop": None if network.stop is None else str(network.stop),
    }
    return {name: value for name, value in words.items() if value is not None}


def _name(network: Network, node: dict[str, Any]) -> object:
    return node["label"] if network.is_one_mode else (node["variable"], node["label"])


def library(name: str, extra: str = "networks") -> Any:
    """Return a library that only some uses need; NetworkError where it isn't installed."""
    import importlib  # noqa: PLC0415

    try:
        return importlib.import_module(name)
    except ImportError:
        raise NetworkError(f"this needs {name}: pip install 'whipcount[{extra}]'") from None
