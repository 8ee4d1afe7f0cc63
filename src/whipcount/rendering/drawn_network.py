"""A network drawn on a sheet: title and legend, ties, nodes, labels, and below who has no tie."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Circle, FancyBboxPatch, Patch

from whipcount.networks.tallies import Floats
from whipcount.rendering import words
from whipcount.rendering.label_places import label_places
from whipcount.rendering.network_layout import positions
from whipcount.rendering.network_plot import LARGEST, SMALLEST, Kind, Node, Sheet, field_of
from whipcount.rendering.pen import INK, PAPER, SOFT, Pen, cut, width_of, wrapped

LINES: dict[Kind, tuple[str, str]] = {
    "for": ("#17508d", "solid"),
    "against": ("#c24e0b", "dashed"),
    "both": ("#7a4fa3", "dotted"),
    "plain": ("#6f7178", "solid"),
}
"""Colour and dashes of each kind of tie: the blue and orange of the other pictures, which the
colour-blind tell apart too, and dashes for print in grey."""

DASHES = {"solid": "solid", "dashed": (0, (3.2, 1.8)), "dotted": (0, (1, 1.2))}

FILLS = ("#1b9e77", "#e6c229", "#c77cb3", "#7fc4ee", "#8a8f98", "#b8d98b", "#a2673f")
"""Communities: hues that are neither the blue nor the orange of ties, and differ in lightness. More
than these have the last one's; letters tell all of them apart."""

ALONE = "#ffffff"
"""A node that is in no community."""

THIN, THICK, PALE = 0.7, 4.2, 0.72
"""Points of the weakest and the strongest tie, and how much paper the weakest one's colour has."""

MANY, FINER = 60, 0.35
"""Of more ties than these all are finer, by the power of how many times as many they are."""

WRAP = 1.75
"""Inches from which on a label goes on a second line."""

LABEL, TITLE, SUBTITLE, SMALL, LETTER = 8.2, 17, 10, 8, 6.6
"""Points of letters: of labels, of the head, of the legend and notes, in nodes."""

MARGIN, HEAD, LEGEND = 0.4, 0.72, 0.42
"""Inches around everything, from title to field, and between the two lines of the legend."""

LINE = LABEL * 1.15 / 72
"""Inches of a line of a label."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def drawn(sheet: Sheet, seed: int = 0) -> Pen:
    """Return a sheet of paper with a network drawn on it."""
    width, height = field_of(len(sheet.nodes))
    title = wrapped(sheet.title, width, TITLE, bold=True)
    foot = _foot(sheet, width)
    top = MARGIN + len(title) * TITLE * 1.25 / 72 + HEAD + LEGEND
    pen = Pen(width + 2 * MARGIN, top + height + len(foot) * 0.17 + MARGIN)
    _head(pen, sheet, title)
    radii = [one.radius for one in sheet.nodes]
    places = positions(sheet.pull, radii, width, height, seed)
    told = [wrapped(one.label, WRAP, LABEL, bold=one.square) or [""] for one in sheet.nodes]
    sizes = [_size(lines, node.square) for lines, node in zip(told, sheet.nodes, strict=True)]
    ends = np.array([[*places[tie.first], *places[tie.second]] for tie in sheet.ties])
    labels = label_places(places, radii, sizes, ends, (width, height))
    places = places + np.array([MARGIN, top])
    _ties(pen, sheet, places)
    for node, place in zip(sheet.nodes, places, strict=True):
        _node(pen, node, float(place[0]), float(place[1]))
    left_out = 0
    for node, place, lines, label in zip(sheet.nodes, places, told, labels, strict=True):
        if label is None:
            left_out += 1
            continue
        x, y = label.x + MARGIN, label.y + top
        wide, high = _size(lines, node.square)
        if label.led:
            _lead(pen, node, place, (x, y), (wide, high))
        pen.box(x - wide / 2 - 0.02, y - high / 2, wide + 0.04, high, PAPER)
        for number, line in enumerate(lines):
            middle = y + (number - (len(lines) - 1) / 2) * LINE
            pen.write(x, middle, line, size=LABEL, colour=INK, bold=node.square, side="center")
    if left_out:
        foot = [*foot, f"{words.number(left_out, 'label')} had no room."]
    for number, line in enumerate(foot):
        y = top + height + 0.15 + number * 0.17
        pen.write(MARGIN, y, line, size=SMALL, colour=SOFT)
    return pen


def _size(lines: list[str], bold: bool) -> tuple[float, float]:
    """Return a label's width and height."""
    return max(width_of(line, LABEL, bold) for line in lines), len(lines) * LINE


def _lead(
    pen: Pen, node: Node, place: Floats, label: tuple[float, float], size: tuple[float, float]
) -> None:
    """Draw a line from a node's edge to the nearest place of its label's."""
    near = np.clip(
        place, np.array(label) - np.array(size) / 2, np.array(label) + np.array(size) / 2
    )
    way = near - place
    begin = place + way * (node.radius / max(float(np.hypot(*way)), 1e-9))
    ends = [(float(x), float(y)) for x, y in (begin, near)]
    pen.line(ends, PAPER, width=2.0, above=True)
    pen.line(ends, INK, width=0.6, above=True)


def _head(pen: Pen, sheet: Sheet, title: list[str]) -> None:
    y = MARGIN + 0.1
    for line in title:
        pen.write(MARGIN, y, line, size=TITLE, colour=INK, bold=True)
        y += TITLE * 1.25 / 72
    pen.write(MARGIN, y + 0.02, sheet.subtitle, size=SUBTITLE, colour=SOFT)
    x, y = MARGIN, y + 0.33
    for kind, told in sheet.legend.items():
        colour, dashes = LINES[kind]
        pen.line([(x, y), (x + 0.45, y)], colour, width=2.2, dashes=DASHES[dashes])
        pen.write(x + 0.53, y, told, size=SMALL, colour=INK)
        x += 0.53 + width_of(told, SMALL) + 0.28
    shapes = {one.square for one in sheet.nodes}
    if len(shapes) > 1:
        for square, told in zip((False, True), sheet.sides, strict=True):
            _node(pen, Node("", 0, SMALLEST, None, square), x + SMALLEST, y)
            pen.write(x + 0.25, y, told, size=SMALL, colour=INK)
            x += 0.25 + width_of(told, SMALL) + 0.2
    x, y = MARGIN, y + LEGEND
    most = max(one.statements for one in sheet.nodes)
    for statements, radius in ((1, SMALLEST), (most, LARGEST)) if most > 1 else ():
        _node(pen, Node("", 0, radius, None, False), x + radius, y)
        told = words.number(statements, "statement")
        pen.write(x + 2 * radius + 0.07, y, told, size=SMALL, colour=INK)
        x += 2 * radius + 0.07 + width_of(told, SMALL) + 0.2
    groups = sorted({one.community for one in sheet.nodes if one.community is not None})
    if groups:
        told = "communities"
        pen.write(x + 0.08, y, told, size=SMALL, colour=INK)
        x += 0.08 + width_of(told, SMALL) + 0.1
    for group in groups:
        _node(pen, Node("", 0, 0.095, group, False), x + 0.095, y)
        x += 0.24


def _ties(pen: Pen, sheet: Sheet, places: Floats) -> None:
    """Draw the ties, the strongest last."""
    finer = min(1.0, (MANY / len(sheet.ties)) ** FINER)
    for tie in sheet.ties:
        colour = _paler(LINES[tie.kind][0], PALE * (1 - tie.strength) ** 1.5)
        points = [(float(x), float(y)) for x, y in places[[tie.first, tie.second]]]
        width = (THIN + (THICK - THIN) * tie.strength) * finer
        pen.line(points, colour, width=width, dashes=DASHES[LINES[tie.kind][1]])


def _node(pen: Pen, node: Node, x: float, y: float) -> None:
    """Draw a disc or a square, with the letter of its community where it is large enough."""
    fill = ALONE if node.community is None else FILLS[min(node.community, len(FILLS) - 1)]
    if node.square:
        side = node.radius * 1.7
        corner = (x - side / 2, y - side / 2)
        style = "round,pad=0,rounding_size=0.03"
        shape: Patch = FancyBboxPatch(corner, side, side, boxstyle=style)
    else:
        shape = Circle((x, y), node.radius)
    shape.set(facecolor=fill, edgecolor=INK, linewidth=0.9, zorder=4, clip_on=False)
    pen.axes.add_patch(shape)
    if node.community is not None:
        letter = LETTERS[node.community % len(LETTERS)]
        size = LETTER if node.radius < 0.14 else LETTER * 1.4
        pen.write(x, y, letter, size=size, colour=INK, bold=True, side="center")


def _foot(sheet: Sheet, width: float) -> list[str]:
    """Return who has no tie, on a line."""
    if not sheet.alone:
        return []
    return [cut(f"Without a tie ({len(sheet.alone)}): {', '.join(sheet.alone)}", width, SMALL)]


def _paler(colour: str, paper: float) -> str:
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (255 - one) * paper):02x}" for one in parts)
