"""Networks as GEXF 1.3 (gexf.net), Gephi's own format, which can hold time.

Time windows become one graph whose nodes and weights change: a window's hold from its middle to the
next window's middle, the last one's to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TextIO
from xml.sax.saxutils import quoteattr

from whipcount.networks.graphml import check_text, edges_by_number
from whipcount.networks.network import Network, nodes

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""

TYPES = {bool: "boolean", int: "integer", float: "double", str: "string"}

Interval = tuple[str, str]
Key = tuple[str, str]
"""A node: its variable and label."""


def write_gexf(stream: TextIO, network: Network) -> None:
    """Write a network as GEXF. Raises NetworkError for characters that XML can't hold."""
    found = nodes(network)
    _check(found)
    stream.write(HEAD)
    stream.write('  <graph mode="static" defaultedgetype="undirected">\n')
    keys = _attributes(stream, found)
    stream.write("    <nodes>\n")
    for number, node in enumerate(found):
        stream.write(_node(f"n{number}", node, keys, ()))
    stream.write("    </nodes>\n    <edges>\n")
    for number, (source, target, weight) in enumerate(edges_by_number(network)):
        stream.write(
            f'      <edge id="e{number}" source="n{source}" target="n{target}" '
            f'weight="{weight!r}"/>\n'
        )
    stream.write("    </edges>\n  </graph>\n</gexf>\n")


def write_gexf_windows(stream: TextIO, networks: Iterable[Network]) -> int:
    """Write time windows as one GEXF graph through time; return how many windows there were.

    All ties are held in memory. A node's `statements` is the most that it has in any window.
    """
    known: dict[Key, dict[str, Any]] = {}
    alive: dict[Key, list[Interval]] = {}
    ties: dict[tuple[Key, Key], list[tuple[Interval, float]]] = {}
    windows = 0
    for network, interval in _intervals(networks):
        windows += 1
        found = nodes(network)
        _check(found)
        keys = [(node["variable"], node["label"]) for node in found]
        for key, node in zip(keys, found, strict=True):
            before = known.setdefault(key, node)
            before["statements"] = max(before["statements"], node["statements"])
            _extend(alive.setdefault(key, []), interval)
        for source, target, weight in edges_by_number(network):
            ties.setdefault((keys[source], keys[target]), []).append((interval, weight))
    ids = {key: f"n{number}" for number, key in enumerate(known)}
    stream.write(HEAD)
    stream.write(
        '  <graph mode="dynamic" defaultedgetype="undirected" timeformat="dateTime" '
        'timerepresentation="interval">\n'
    )
    attributes = _attributes(stream, list(known.values()))
    stream.write('    <attributes class="edge" mode="dynamic">\n')
    stream.write('      <attribute id="w" title="weight" type="double"/>\n')
    stream.write("    </attributes>\n    <nodes>\n")
    for key, node in known.items():
        stream.write(_node(ids[key], node, attributes, alive[key]))
    stream.write("    </nodes>\n    <edges>\n")
    for number, ((one, other), weights) in enumerate(ties.items()):
        stream.write(_edge(f"e{number}", ids[one], ids[other], weights))
    stream.write("    </edges>\n  </graph>\n</gexf>\n")
    return windows


def _intervals(networks: Iterable[Network]) -> Iterator[tuple[Network, Interval]]:
    """Yield each window with the time for which it stands."""
    waiting: Network | None = None
    for network in networks:
        if waiting is not None:
            yield waiting, (_iso(waiting.middle), _iso(network.middle))
        waiting = network
    if waiting is not None:
        yield waiting, (_iso(waiting.middle), _iso(waiting.stop))


def _iso(moment: datetime | None) -> str:
    assert moment is not None, "a window has a range"
    return moment.isoformat()


def _extend(intervals: list[Interval], interval: Interval) -> None:
    """Add an interval, as a part of the last where that ends as it begins."""
    if intervals and intervals[-1][1] == interval[0]:
        interval = (intervals.pop()[0], interval[1])
    intervals.append(interval)


def _check(found: list[dict[str, Any]]) -> None:
    for node in found:
        for value in (*node, *node.values()):
            check_text(value)


def _attributes(stream: TextIO, found: list[dict[str, Any]]) -> dict[str, str]:
    """Write which attributes nodes have; return their ids."""
    names = dict.fromkeys(name for node in found for name in node if name not in ("label", "color"))
    keys = {name: f"a{place}" for place, name in enumerate(names)}
    stream.write('    <attributes class="node" mode="static">\n')
    for name, id_ in keys.items():
        types = {type(node[name]) for node in found if name in node}
        type_ = TYPES[types.pop()] if len(types) == 1 else "string"
        stream.write(f'      <attribute id="{id_}" title={quoteattr(name)} type="{type_}"/>\n')
    stream.write("    </attributes>\n")
    return keys


def _node(id_: str, node: dict[str, Any], keys: dict[str, str], alive: Iterable[Interval]) -> str:
    values = "".join(
        f'<attvalue for="{keys[name]}" value={quoteattr(str(value))}/>'
        for name, value in node.items()
        if name in keys
    )
    color = node.get("color", "")
    viz = ""
    if len(color) == 7:
        red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
        viz = f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
    return (
        f'      <node id="{id_}" label={quoteattr(node["label"])}>'
        f"<attvalues>{values}</attvalues>{_spells(alive)}{viz}</node>\n"
    )


def _edge(id_: str, source: str, target: str, weights: list[tuple[Interval, float]]) -> str:
    values = "".join(
        f'<attvalue for="w" value="{weight!r}" start="{begin}" end="{end}"/>'
        for (begin, end), weight in weights
    )
    alive: list[Interval] = []
    for interval, _ in weights:
        _extend(alive, interval)
    return (
        f'      <edge id="{id_}" source="{source}" target="{target}">'
        f"<attvalues>{values}</attvalues>{_spells(alive)}</edge>\n"
    )


def _spells(alive: Iterable[Interval]) -> str:
    spells = "".join(f'<spell start="{begin}" end="{end}"/>' for begin, end in alive)
    return f"<spells>{spells}</spells>" if spells else ""
