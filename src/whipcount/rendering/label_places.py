"""Where labels go beside the nodes of a picture, so that none lies on another or on a node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from whipcount.networks.tallies import Floats

WAYS = tuple((float(np.cos(angle)), float(np.sin(angle))) for angle in np.arange(16) * np.pi / 8)
"""The ways from a node to its label, the first to the right."""

REACHES = (0.03, 0.12, 0.24, 0.4, 0.6, 0.85, 1.2)
"""Inches from a node's edge to its label; the farther ones have a line that leads to it."""

LED = 0.1
"""Inches from which on a label has such a line."""

ON_TIE, ON_LEAD = 0.05, 0.6
"""Inches farther away that a label would rather be than lie on a tie, or than that its line goes
through a node or a label, or another's through it."""

AIR = 0.03
"""Inches of nothing around a label."""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label is, by its middle; `led` is whether a line leads from its node to it."""

    x: float
    y: float
    led: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A label's room: its left, upper, right and lower edge."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Return whether two boxes have anything in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def label_places(
    places: Floats,
    radii: Sequence[float],
    sizes: Sequence[tuple[float, float]],
    lines: Floats,
    field: tuple[float, float],
) -> list[Label | None]:
    """Return where each node's label is, None where there is no room for it.

    `sizes` are the labels' widths and heights, those of the first nodes placed first; `lines` are
    the ties, a row each of x, y, x, y, which labels lie on as little as they can. Everything is in
    inches, in a field of a width and height.
    """
    width, height = field
    taken: list[Box] = []
    leads = np.empty((0, 4))
    reach = np.array(radii)
    found: list[Label | None] = []
    for node, (wide, high) in enumerate(sizes):
        best: tuple[float, Label, Box] | None = None
        for x, y, price, led in _candidates(places[node], reach[node], wide, high):
            if best is not None and price >= best[0]:
                continue
            box = Box(
                x - wide / 2 - AIR, y - high / 2 - AIR, x + wide / 2 + AIR, y + high / 2 + AIR
            )
            if box.left < 0 or box.top < 0 or box.right > width or box.bottom > height:
                continue
            if any(map(box.overlaps, taken)) or _on_nodes(box, places, reach):
                continue
            cost = price + ON_TIE * _crossed(box, lines) + ON_LEAD * _crossed(box, leads)
            if led:
                lead = np.array([[*places[node], x, y]])
                cost += ON_LEAD * sum(_crossed(one, lead) for one in taken)
                cost += ON_LEAD * _nodes_on(
                    lead[0], np.delete(places, node, 0), np.delete(reach, node)
                )
            if best is None or cost < best[0] - 1e-9:
                best = (cost, Label(x, y, led), box)
        if best is not None:
            taken.append(best[2])
            if best[1].led:
                leads = np.vstack([leads, [*places[node], best[1].x, best[1].y]])
        found.append(None if best is None else best[1])
    return found


def _candidates(
    place: Floats, radius: float, wide: float, high: float
) -> Iterator[tuple[float, float, float, bool]]:
    """Yield middles of a label with what each costs: distance, and ways that are read less well."""
    for reach in REACHES:
        for way, (right, down) in enumerate(WAYS):
            out = radius + reach
            # The label's edge, not its middle, is so far away.
            x = place[0] + out * right + wide / 2 * float(np.clip(right * 1.6, -1, 1))
            y = place[1] + out * down + high / 2 * float(np.clip(down * 1.6, -1, 1))
            slanted = 0.0 if way % 8 == 0 else 0.02 if way % 4 == 0 else 0.04
            yield float(x), float(y), reach + slanted, reach > LED


def _on_nodes(box: Box, places: Floats, reach: Floats) -> bool:
    """Return whether a box lies on any node."""
    across = np.maximum(np.maximum(box.left - places[:, 0], places[:, 0] - box.right), 0.0)
    along = np.maximum(np.maximum(box.top - places[:, 1], places[:, 1] - box.bottom), 0.0)
    return bool((across**2 + along**2 < (reach * 0.98) ** 2).any())


def _nodes_on(line: Floats, places: Floats, reach: Floats) -> int:
    """Return how many nodes a line goes through."""
    begin, step = line[:2], line[2:] - line[:2]
    along = np.clip((places - begin) @ step / max(float(step @ step), 1e-12), 0.0, 1.0)
    away = np.hypot(*(begin + along[:, None] * step - places).T)
    return int((away < reach).sum())


def _crossed(box: Box, lines: Floats) -> int:
    """Return how many lines go through a box (Liang, Barsky 1984)."""
    if not len(lines):
        return 0
    begin, step = lines[:, :2], lines[:, 2:] - lines[:, :2]
    low = np.array([box.left, box.top])
    high = np.array([box.right, box.bottom])
    safe = np.where(np.abs(step) < 1e-12, 1e-12, step)
    one, other = (low - begin) / safe, (high - begin) / safe
    enters = np.minimum(one, other).max(axis=1)
    leaves = np.maximum(one, other).min(axis=1)
    return int(((enters < leaves) & (leaves > 0) & (enters < 1)).sum())
