"""Positions -> networks: discourse networks as Discourse Network Analyzer (DNA) defines them.

Coded statements come from a project's positions, a `.dna` file or a folder of Parquet, and are the
same table from then on; `network`, `time_windows` and `events` build from it.
"""

from whipcount.networks.building import events, network, time_windows
from whipcount.networks.network import (
    Network,
    to_edges,
    to_igraph,
    to_networkx,
    to_numpy,
    to_polars,
)
from whipcount.networks.options import Excluded, NetworkOptions
from whipcount.networks.selecting import Selection, select
from whipcount.networks.table import CodedStatements, Column, Entity

__all__ = [
    "CodedStatements",
    "Column",
    "Entity",
    "Excluded",
    "Network",
    "NetworkOptions",
    "Selection",
    "events",
    "network",
    "select",
    "time_windows",
    "to_edges",
    "to_igraph",
    "to_networkx",
    "to_numpy",
    "to_polars",
]
