"""A pen on a sheet of paper measured in inches from its upper left corner, drawn by matplotlib.

Letters are those of the font that comes with matplotlib, so that widths are the same everywhere.
"""

from __future__ import annotations

import bisect
import functools
import io
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal

import matplotlib.style
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.textpath import TextToPath

Side = Literal["left", "center", "right"]

INK, SOFT, LINE, PAPER = "#1c1e22", "#5d6068", "#dedbd2", "#ffffff"
"""Colours: words, words beside, thin lines, and the sheet."""

FONT = "DejaVu Sans"

SETTINGS: dict[str, Any] = {
    "font.family": FONT,
    "font.sans-serif": [FONT, "Verdana", "Arial", "Helvetica"],
    "hatch.linewidth": 0.8,
    "svg.fonttype": "none",
    "svg.hashsalt": "whipcount",
    "text.parse_math": False,
}
"""In place of what a matplotlibrc may say: words stay words in an SVG, `$` is a dollar, ids are the
same each time."""

POINTS = 72
"""Points an inch."""

MIDDLE = 0.36
"""Of a letter's size: how far its middle is above the line it stands on."""


class Pen:
    """Draws on a sheet of a width and height in inches, all of it within `settings()`."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width, height), facecolor=PAPER)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)

    def write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float,
        colour: str,
        bold: bool = False,
        side: Side = "left",
    ) -> None:
        """Write words whose middle is at `y`, and whose `side` is at `x`."""
        self.axes.text(
            x,
            y + size * MIDDLE / POINTS,
            words,
            fontsize=size,
            color=colour,
            fontweight="bold" if bold else "normal",
            ha=side,
            va="baseline",
            zorder=5,
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        hatch: str = "",
        above: bool = False,
    ) -> None:
        """Fill a box, `above` what is hatched; `hatch` is the colour of lines across, if any."""
        order = 4 if above else 2
        self.axes.add_patch(
            Rectangle(
                (x, y), width, height, facecolor=fill, linewidth=0, zorder=order, clip_on=False
            )
        )
        if hatch:
            self.axes.add_patch(
                Rectangle(
                    (x, y), width, height, fill=False, hatch="////", edgecolor=hatch, linewidth=0,
                    zorder=3, clip_on=False,
                )
            )  # fmt: skip

    def area(self, outline: Sequence[tuple[float, float]], fill: str, edge: str) -> None:
        """Fill what an outline goes round, with a thin edge that keeps it from its neighbours."""
        self.axes.add_patch(
            Polygon(
                outline, closed=True, facecolor=fill, edgecolor=edge, linewidth=0.5,
                joinstyle="miter", zorder=2, clip_on=False,
            )
        )  # fmt: skip

    def line(
        self,
        points: Iterable[tuple[float, float]],
        colour: str,
        *,
        width: float = 0.6,
        dashed: bool = False,
        above: bool = False,
        dashes: Any = None,
    ) -> None:
        """Draw a line through points, above what was filled or below it.

        `dashes` are matplotlib's, of a line with a pattern of its own.
        """
        xs, ys = zip(*points, strict=True)
        self.axes.add_artist(
            Line2D(
                xs, ys, color=colour, linewidth=width, solid_capstyle="butt",
                linestyle=dashes or ((0, (2, 2)) if dashed else "solid"), zorder=4 if above else 1,
                clip_on=False,
            )
        )  # fmt: skip

    def svg(self, title: str) -> bytes:
        """Return the sheet as an SVG."""
        written = io.BytesIO()
        known = {"Date": None, "Creator": "whipcount", "Title": title}
        self.figure.savefig(written, format="svg", metadata=known)
        return written.getvalue()

    def png(self, dots: int) -> bytes:
        """Return the sheet as a PNG of so many dots an inch."""
        written = io.BytesIO()
        known = {"Software": "whipcount"}
        self.figure.savefig(written, format="png", dpi=dots, metadata=known)
        return written.getvalue()


def settings() -> AbstractContextManager[None]:
    """Return the context in which everything is drawn: nobody's matplotlibrc, and `SETTINGS`."""
    return matplotlib.style.context(["default", SETTINGS])


@functools.lru_cache(maxsize=4096)
def width_of(words: str, size: float, bold: bool = False) -> float:
    """Return how wide words are, in inches."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    width, _, _ = TextToPath().get_text_width_height_descent(words, font, ismath=False)
    return float(width) / POINTS


def wrapped(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return words in as few lines of a width as they need, none much shorter than the others.

    A word that is wider has a line of its own.
    """
    lines = _filled(words, width, size, bold)
    for share in range(95, 50, -5):
        narrower = _filled(words, width * share / 100, size, bold)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _filled(words: str, width: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def cut(words: str, width: float, size: float) -> str:
    """Return words, or as many letters of them as fit a width and an ellipsis."""
    if width_of(words, size) <= width:
        return words
    kept = bisect.bisect_right(
        range(len(words)), width, key=lambda end: width_of(f"{words[:end]}…", size)
    )
    return f"{words[: max(kept - 1, 0)].rstrip()}…"
