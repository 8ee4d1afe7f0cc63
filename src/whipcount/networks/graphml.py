"""Networks as GraphML (graphml.graphdrawing.org), which visone, Gephi, igraph and networkx open.

Every attribute is a typed key. visone takes labels, colours and shapes from yEd's node graphics,
Gephi from the keys `label`, `r`, `g` and `b`; both are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from whipcount.errors import NetworkError
from whipcount.networks.network import Network, described, nodes, to_edges

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xmlns:y="http://www.yworks.com/xml/graphml" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://www.yworks.com/xml/schema/graphml/1.0/ygraphml.xsd">
"""

TYPES = {bool: "boolean", int: "int", float: "double", str: "string"}

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that an XML document can't hold (XML 1.0, section 2.2)."""

NOT_A_NAME = re.compile(
    "[^-.:_0-9A-Za-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)
"""Characters that an attribute's name can't have (a name token; XML 1.0, section 2.3)."""

SHAPES = ("ellipse", "rectangle")
"""Of rows and of columns."""


def write_graphml(stream: TextIO, network: Network) -> None:
    """Write a network as GraphML, undirected; ties of weight 0 are left out.

    Raises NetworkError where a label or attribute has a character that XML can't hold, before
    anything is written.
    """
    found = [_with_colors(node) for node in nodes(network)]
    for node in found:
        for value in (*node, *node.values()):
            check_text(value)
    of_graph = described(network)
    for value in of_graph.values():
        check_text(value)
    stream.write(HEAD)
    stream.write('  <key id="graphics" for="node" yfiles.type="nodegraphics"/>\n')
    keys = _keys("node", found)
    tokens = name_tokens(keys)
    for name, id_ in keys.items():
        stream.write(_key(id_, "node", tokens[name], name, found))
    tokens = name_tokens(of_graph)
    for place, name in enumerate(of_graph):
        stream.write(_key(f"g{place}", "graph", tokens[name], name, [of_graph]))
    stream.write('  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>\n')
    stream.write('  <key id="sign" for="edge" attr.name="sign" attr.type="string"/>\n')
    stream.write('  <graph id="G" edgedefault="undirected">\n')
    for place, value in enumerate(of_graph.values()):
        stream.write(f'    <data key="g{place}">{escape(str(value))}</data>\n')
    for number, node in enumerate(found):
        stream.writelines(_node(number, node, keys))
    for number, (source, target, weight) in enumerate(edges_by_number(network)):
        sign = "positive" if weight > 0 else "negative"
        stream.write(
            f'    <edge id="e{number}" source="n{source}" target="n{target}">'
            f'<data key="weight">{weight!r}</data><data key="sign">{sign}</data></edge>\n'
        )
    stream.write("  </graph>\n</graphml>\n")


def edges_by_number(network: Network) -> Iterator[tuple[int, int, float]]:
    """Yield the ties with the places that their nodes have among `nodes`."""
    rows = {label: place for place, label in enumerate(network.rows)}
    shift = 0 if network.is_one_mode else len(network.rows)
    columns = {label: shift + place for place, label in enumerate(network.columns)}
    for row, column, weight in to_edges(network):
        yield rows[row], columns[column], float(weight)


def check_text(value: Any) -> None:
    """Raise NetworkError where a text has a character that XML can't hold."""
    bad = NOT_XML.search(value) if isinstance(value, str) else None
    if bad:
        raise NetworkError(
            f"{value!r} has a character that XML can't hold (U+{ord(bad[0]):04X}); correct it at "
            "its source, or write the network as csv or json"
        )


def _with_colors(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node with its colour's parts, where it has one."""
    color = node.get("color", "")
    if not re.fullmatch("#[0-9a-fA-F]{6}", color):
        return node
    parts = zip("rgb", (1, 3, 5), strict=True)
    return node | {name: int(color[at : at + 2], 16) for name, at in parts}


def _keys(kind: str, things: list[dict[str, Any]]) -> dict[str, str]:
    names = dict.fromkeys(name for thing in things for name in thing)
    return {name: f"{kind[0]}a{place}" for place, name in enumerate(names)}


def name_tokens(names: Iterable[str]) -> dict[str, str]:
    """Return the token that GraphML has for each attribute's name: the name itself, where it can.

    What a token can't have becomes _, and tokens that are taken get a number.
    """
    tokens: dict[str, str] = {}
    for name in names:
        token = first = NOT_A_NAME.sub("_", name) or "_"
        number = 1
        while token in tokens.values():
            number += 1
            token = f"{first}_{number}"
        tokens[name] = token
    return tokens


def _key(id_: str, domain: str, token: str, name: str, things: list[dict[str, Any]]) -> str:
    """Return the declaration of an attribute, with its name where the token is another."""
    types = {type(thing[name]) for thing in things if name in thing}
    type_ = TYPES[types.pop()] if len(types) == 1 else "string"
    begin = f'  <key id="{id_}" for="{domain}" attr.name={quoteattr(token)} attr.type="{type_}"'
    return f"{begin}/>\n" if token == name else f"{begin}><desc>{escape(name)}</desc></key>\n"


def _node(number: int, node: dict[str, Any], keys: dict[str, str]) -> Iterator[str]:
    yield f'    <node id="n{number}">\n'
    for name, value in node.items():
        yield f'      <data key="{keys[name]}">{escape(str(value))}</data>\n'
    shape = SHAPES[node.get("bipartite", 0)]
    color = quoteattr(node.get("color") or "#cccccc")
    yield (
        f'      <data key="graphics"><y:ShapeNode><y:Geometry width="20" height="20"/>'
        f'<y:Fill color={color} transparent="false"/>'
        f"<y:NodeLabel>{escape(node['label'])}</y:NodeLabel>"
        f'<y:Shape type="{shape}"/></y:ShapeNode></data>\n'
    )
    yield "    </node>\n"
