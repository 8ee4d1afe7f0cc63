"""Positions -> networks: discourse networks as Discourse Network Analyzer (DNA) defines them.

Coded statements come from a project's positions, a `.dna` file or a folder of Parquet, and are the
same table from then on; `network`, `time_windows` and `events` build from it. `communities`,
`polarisation`, `backbone`, `phases`, `scaling` and `bar_chart` measure.
"""

from whipcount.networks.backbone import Backbone, backbone
from whipcount.networks.bar_chart import BarChart, bar_chart
from whipcount.networks.building import events, network, time_windows
from whipcount.networks.communities import Communities, communities
from whipcount.networks.network import (
    Network,
    to_edges,
    to_igraph,
    to_networkx,
    to_numpy,
    to_polars,
)
from whipcount.networks.options import Excluded, NetworkOptions
from whipcount.networks.phases import Phases, phases
from whipcount.networks.polarisation import Polarisation, polarisation
from whipcount.networks.scaling import Scaling, scaling
from whipcount.networks.selecting import Selection, select
from whipcount.networks.table import CodedStatements, Column, Entity

__all__ = [
    "Backbone",
    "BarChart",
    "CodedStatements",
    "Column",
    "Communities",
    "Entity",
    "Excluded",
    "Network",
    "NetworkOptions",
    "Phases",
    "Polarisation",
    "Scaling",
    "Selection",
    "backbone",
    "bar_chart",
    "communities",
    "events",
    "network",
    "phases",
    "polarisation",
    "scaling",
    "select",
    "time_windows",
    "to_edges",
    "to_igraph",
    "to_networkx",
    "to_numpy",
    "to_polars",
]
