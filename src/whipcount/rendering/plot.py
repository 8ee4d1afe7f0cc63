"""Stands through time as a picture, SVG or PNG, which needs matplotlib (`whipcount[plot]`).

A panel an option, two side by side, under the issue's name and what the colours mean. The same
timeline gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from whipcount import model
from whipcount.errors import PlotError
from whipcount.rendering import words
from whipcount.rendering.panels import Panel, first_drawn, first_word, panels

if TYPE_CHECKING:
    from whipcount.rendering.pen import Pen

FORMS = (".svg", ".png")
"""Endings of the files that can be drawn."""

DOTS = 160
"""Pixels an inch of a PNG."""

MARGIN, BETWEEN, UNDER = 0.4, 0.55, 0.4
"""Inches around everything, between panels, and under each row of them."""

WIDE, ALONE = 6.3, 8.6
"""Inches that a panel is wide: one of two, and one alone."""

TITLE, SUBTITLE, SMALL = 17, 10, 8
"""Points of the letters of the head."""


def ready(path: Path) -> None:
    """Raise PlotError where a file of that name can't be drawn, or matplotlib isn't there."""
    if path.suffix.lower() not in FORMS:
        raise PlotError(f"{path}: a plot is an .svg or a .png; name it {path.stem or 'plot'}.svg")
    try:
        import matplotlib  # noqa: F401, PLC0415
    except ImportError:
        raise PlotError("--plot needs matplotlib: pip install 'whipcount[plot]'") from None


def picture(timeline: model.Timeline, form: str = ".svg") -> bytes:
    """Return a timeline as a picture, `.svg` or `.png`.

    Raises PlotError where the form is another, or matplotlib isn't there.
    """
    ready(Path(f"plot{form}"))
    from whipcount.rendering.pen import settings  # noqa: PLC0415

    with settings():
        pen = _sheet(timeline)
        if form.lower() == ".svg":
            return pen.svg(words.clean(timeline.issue.name))
        return pen.png(DOTS)


def _sheet(timeline: model.Timeline) -> Pen:
    """Return a sheet with everything drawn on it."""
    from whipcount.rendering.drawn_panel import Frame, draw, height_of, names_width  # noqa: PLC0415
    from whipcount.rendering.pen import Pen, wrapped  # noqa: PLC0415

    shown = panels(timeline)
    across = min(2, len(shown))
    wide = WIDE if across > 1 else ALONE
    frame = Frame(wide, names_width(shown), first_drawn(timeline), timeline.last)
    width = 2 * MARGIN + across * wide + (across - 1) * BETWEEN
    title = wrapped(words.clean(timeline.issue.name), width - 2 * MARGIN, TITLE, bold=True)
    top = MARGIN + len(title) * TITLE * 1.25 / 72 + 0.75
    lines = [shown[place : place + across] for place in range(0, len(shown), across)]
    heights = [max(height_of(panel, frame) for panel in line) for line in lines]
    pen = Pen(width, top + sum(heights) + UNDER * (len(lines) - 1) + MARGIN)
    _head(pen, timeline, shown, title)
    for line, height in zip(lines, heights, strict=True):
        for place, panel in enumerate(line):
            draw(pen, panel, frame, MARGIN + place * (wide + BETWEEN), top)
        top += height + UNDER
    return pen


def _head(pen: Pen, timeline: model.Timeline, shown: tuple[Panel, ...], title: list[str]) -> None:
    """Write the title, whose days these are, and what the colours mean."""
    from whipcount.rendering.drawn_panel import FILL, HATCH  # noqa: PLC0415
    from whipcount.rendering.pen import INK, SOFT, width_of  # noqa: PLC0415

    y = MARGIN + 0.1
    for line in title:
        pen.write(MARGIN, y, line, size=TITLE, colour=INK, bold=True)
        y += TITLE * 1.25 / 72
    pen.write(MARGIN, y + 0.02, _subtitle(timeline), size=SUBTITLE, colour=SOFT)
    x, y = MARGIN, y + 0.33
    seen = {stand for panel in shown for tally in panel.tallies for stand in tally.what}
    for stand in words.STANDS:
        if stand in seen:
            pen.box(x, y - 0.055, 0.2, 0.11, FILL[stand])
            label = words.LABELS[stand].lower()
            pen.write(x + 0.27, y, label, size=SMALL, colour=INK)
            x += 0.27 + width_of(label, SMALL) + 0.26
    rows = [row for panel in shown for row in panel.rows]
    if any(stretch.what.contested for row in rows for stretch in row.stretches):
        pen.box(x, y - 0.055, 0.2, 0.11, FILL["abstain"], hatch=HATCH)
        pen.write(x + 0.27, y, "contested", size=SMALL, colour=INK)


def _subtitle(timeline: model.Timeline) -> str:
    days = f"{words.day(f'{timeline.first}')} to {words.day(f'{timeline.last}')}"
    told = f"{words.clean(timeline.body.name)}, {days}"
    if first_drawn(timeline) > timeline.first:
        told += f"; nobody is on record before {words.day(f'{first_word(timeline)}')}"
    return told
