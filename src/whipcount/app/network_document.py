"""A network as the room shows it, as JSON: for the script that draws it, and for the API."""

from __future__ import annotations

from typing import Any

from whipcount.app.network_making import Shown
from whipcount.networks.options import NetworkOptions
from whipcount.rendering.network_plot import TIES
from whipcount.rendering.networks import options_document

Document = dict[str, Any]

SIDES = ("row", "column")
"""What a node is, by its side."""

COUNT: Document = {"type": "integer", "minimum": 0}
WORDS: Document = {"type": "string"}
NUMBER: Document = {"type": "number"}
TIME: Document = {"type": ["string", "null"], "description": "A moment, ISO 8601."}
SIDE: Document = {"enum": list(SIDES)}


def _object(about: str, **members: Document) -> Document:
    return {
        "type": "object",
        "description": about,
        "required": list(members),
        "properties": members,
    }


NETWORK: Document = _object(
    "A discourse network as the room shows it: the nodes with most statements, laid out once for "
    "all days, and the strongest ties of the days that were asked for. `whipcount network` gives "
    "all of it.",
    options={
        "type": "object",
        "description": "How it was built, as in `docs/schema/network.schema.json`.",
    },
    title=WORDS,
    start=TIME,
    stop=TIME,
    statements=COUNT,
    rows=COUNT,
    columns=COUNT,
    all_ties=COUNT,
    width=NUMBER,
    height=NUMBER,
    nodes={
        "type": "array",
        "items": _object(
            "`x`, `y` and `radius` are pixels of the field; `shown` is whether it has statements "
            "in these days, `community` a number, null where it has none; `support` and `oppose` "
            "are how many of its statements agree and disagree.",
            label=WORDS,
            side=SIDE,
            x=NUMBER,
            y=NUMBER,
            radius=NUMBER,
            community={"type": ["integer", "null"]},
            shown={"type": "boolean"},
            tied={"type": "boolean"},
            statements=COUNT,
            support=COUNT,
            oppose=COUNT,
        ),
    },
    ties={
        "type": "array",
        "items": _object(
            "`source` and `target` are places among the nodes, `strength` the weight's share of "
            "the strongest of all days.",
            source=COUNT,
            target=COUNT,
            weight=NUMBER,
            kind={"enum": sorted({kind for some in TIES.values() for kind in some})},
            strength=NUMBER,
        ),
    },
    legend={
        "type": "object",
        "description": "What each kind of tie means, in words.",
        "additionalProperties": WORDS,
    },
    alone={
        "type": "array",
        "items": _object("A node without a tie in any of the days.", label=WORDS, side=SIDE),
    },
    left_out=_object(
        "Nodes with ties, and ties between the picture's nodes, that the picture leaves out.",
        nodes=COUNT,
        ties=COUNT,
    ),
)
"""The schema of what `network_document` gives."""


def network_document(shown: Shown) -> Document:
    """Return a network as JSON has it; `NETWORK` is its schema."""
    picture = shown.picture
    options: NetworkOptions = shown.choices.options()
    return {
        "options": options_document(options),
        "title": shown.title,
        "start": None if shown.start is None else shown.start.isoformat(),
        "stop": None if shown.stop is None else shown.stop.isoformat(),
        "statements": shown.statements,
        "rows": shown.rows,
        "columns": shown.columns,
        "all_ties": shown.ties,
        "width": picture.whole.width,
        "height": picture.whole.height,
        "nodes": [
            {
                "label": one.spot.label,
                "side": SIDES[one.spot.side],
                "x": one.spot.x,
                "y": one.spot.y,
                "radius": one.spot.radius,
                "community": one.spot.community,
                "shown": one.shown,
                "tied": one.tied,
                "statements": one.statements,
                "support": one.support,
                "oppose": one.oppose,
            }
            for one in picture.nodes
        ],
        "ties": [
            {
                "source": one.first,
                "target": one.second,
                "weight": one.weight,
                "kind": one.kind,
                "strength": one.strength,
            }
            for one in picture.ties
        ],
        "legend": picture.legend,
        "alone": [{"label": label, "side": SIDES[side]} for side, label in picture.alone],
        "left_out": {"nodes": picture.whole.left_out, "ties": picture.ties_left_out},
    }
