"""One option's panel: its verdict as a band, its tallies as a stack, its members as rows.

In the stack those for the option rise from the floor, those against it hang from the ceiling. The
three have one time axis, and a thin line goes through all where the verdict turned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from whipcount import model
from whipcount.rendering import words
from whipcount.rendering.panels import UPWARDS, Panel, Row
from whipcount.rendering.pen import INK, LINE, PAPER, SOFT, Pen, cut, width_of, wrapped
from whipcount.rendering.ticks import ticks

FILL: dict[model.Stand, str] = {
    "yes": "#17508d",
    "leaning-yes": "#9fc5ec",
    "conditional": "#9d7bc9",
    "undecided": "#d3d0c6",
    "abstain": "#a19e95",
    "not-on-record": "#f3f1ea",
    "leaning-no": "#f6c08e",
    "no": "#c24e0b",
}
"""The web page's blue to orange. Neighbours in a stack differ in lightness too: in grey print, and
to those who can't tell purple from blue."""

WRITING: dict[model.Stand, str] = {
    "yes": "#ffffff",
    "leaning-yes": "#0b2b4e",
    "conditional": "#ffffff",
    "undecided": "#3a3b3e",
    "abstain": "#17181a",
    "not-on-record": "#6f7178",
    "leaning-no": "#5c2903",
    "no": "#ffffff",
}
"""Words on those."""

HATCH = "#ffffff"
"""Lines across what is contested."""

VERDICT: dict[model.Outcome, tuple[str, str]] = {
    "carried": (FILL["yes"], WRITING["yes"]),
    "blocked": (FILL["no"], WRITING["no"]),
    "open": ("#e4e2da", "#3a3b3e"),
    "none": (FILL["not-on-record"], WRITING["not-on-record"]),
}
"""The band of each outcome, and the words on it."""

ROWS = 40
"""Members on record up to which each has a row; more would make a panel longer than a screen."""

BAND, STACK, ALONE, BAR, PITCH = 0.18, 1.3, 2.2, 0.14, 0.19
"""Heights in inches: of the verdict's band, of the stack with rows below it and without, of a
member's bar, and from bar to bar."""

LABEL, SMALL, TINY = 10.5, 8, 6.8
"""Points of letters: the option's, those beside bars, those within."""

ID, LINE_OF_LABEL, APART, FOOT = 0.2, 0.19, 0.1, 0.25
"""Heights in inches: of the id, of a line of the label, between the parts, of the axis."""

NAMES, ENDS = 1.7, 1.15
"""Inches to the left for names, at most, and to the right for how it stands at the end."""

LAST = 0.02
"""Share of the width by which the last day goes on, so that what it brought can be seen."""

STACKED = 0.145
"""Inches from one word to the next beside a stack."""


@dataclass(frozen=True)
class Frame:
    """What is the same in all panels: width and names in inches, the first and the last day."""

    width: float
    names: float
    first: date
    last: date

    @property
    def begins(self) -> float:
        """Where the first day begins, from the panel's left edge."""
        return self.names + 0.1

    @property
    def ends(self) -> float:
        """Where the last day ends."""
        return self.width - ENDS

    def x(self, day: date) -> float:
        """Return where a day begins, from the panel's left edge."""
        if day > self.last:
            return self.ends
        days = (self.last - self.first).days + 1
        passed = max(0, (day - self.first).days) / days
        return self.begins + passed * (1 - LAST) * (self.ends - self.begins)


def names_width(panels: Sequence[Panel]) -> float:
    """Return how many inches the names of rows need."""
    names = [row.member for panel in panels for row in _rows(panel)]
    widest = max((width_of(words.clean(name), SMALL) for name in names), default=0.0)
    return min(max(widest, width_of("members", SMALL)), NAMES)


def height_of(panel: Panel, frame: Frame) -> float:
    """Return how many inches high a panel is."""
    label = ID + len(_label(panel, frame)) * LINE_OF_LABEL + APART
    rows = len(_rows(panel)) * PITCH + (PITCH if _note(panel) else 0)
    return label + BAND + APART + _stack_height(panel) + APART + rows + FOOT


def draw(pen: Pen, panel: Panel, frame: Frame, left: float, top: float) -> None:
    """Draw a panel whose upper left corner is at `left` and `top`."""
    y = top
    pen.write(left, y + 0.06, panel.option.id, size=SMALL, colour=SOFT)
    y += ID
    for line in _label(panel, frame):
        pen.write(left, y + LINE_OF_LABEL / 2 - 0.03, line, size=LABEL, colour=INK, bold=True)
        y += LINE_OF_LABEL
    band = y + APART
    _band(pen, panel, frame, left, band)
    stack = band + BAND + APART
    floor = stack + _stack_height(panel)
    _stack(pen, panel, frame, left, stack)
    y = floor + APART
    for row in _rows(panel):
        _row(pen, row, frame, left, y)
        y += PITCH
    _axis(pen, frame, left, stack, y)
    for turned in panel.outcomes[1:]:
        if turned.begins > frame.first:
            x = left + frame.x(turned.begins)
            pen.line([(x, band), (x, floor)], INK, width=0.7, dashed=True, above=True)
            # below the bars: it must not go through their words
            pen.line([(x, floor), (x, y)], INK, width=0.7)
    if note := _note(panel):
        told = cut(note, frame.width - frame.begins, SMALL)
        pen.write(left + frame.begins, y + FOOT + 0.06, told, size=SMALL, colour=SOFT)


def _label(panel: Panel, frame: Frame) -> list[str]:
    return wrapped(words.clean(panel.option.label), frame.width - 0.1, LABEL, bold=True)


def _rows(panel: Panel) -> tuple[Row, ...]:
    return panel.rows if len(panel.rows) <= ROWS else ()


def _stack_height(panel: Panel) -> float:
    return STACK if _rows(panel) else ALONE


def _note(panel: Panel) -> str:
    """Return who has no row."""
    if len(panel.rows) > ROWS:
        return f"{len(panel.rows)} members were on record"
    if not panel.silent:
        return ""
    return f"Not on record ({len(panel.silent)}): {', '.join(map(words.clean, panel.silent))}"


def _band(pen: Pen, panel: Panel, frame: Frame, left: float, y: float) -> None:
    """Draw how the verdict was, and on the right how it is."""
    middle = y + BAND / 2
    pen.write(left + frame.names, middle, "verdict", size=SMALL, colour=SOFT, side="right")
    for stretch in panel.outcomes:
        if stretch.ends <= frame.first:
            continue
        x, end = left + frame.x(stretch.begins), left + frame.x(stretch.ends)
        fill, writing = VERDICT[stretch.what]
        pen.box(x, y, end - x, BAND, fill)
        told = words.OUTCOMES[stretch.what]
        dated = f"{told} from {_day(stretch.begins)}" if stretch.begins > frame.first else told
        for fits in (dated, told):
            if width_of(fits, TINY, bold=True) + 0.12 < end - x:
                pen.write(x + 0.06, middle, fits, size=TINY, colour=writing, bold=True)
                break
    last = words.OUTCOMES[panel.outcomes[-1].what]
    pen.write(left + frame.ends + 0.1, middle, last, size=SMALL, colour=INK, bold=True)


def _stack(pen: Pen, panel: Panel, frame: Frame, left: float, top: float) -> None:
    """Draw how many members have each stand, and on the right how many at the end."""
    most = max(sum(tally.what.values()) for tally in panel.tallies)
    floor = top + _stack_height(panel)
    unit = (floor - top) / max(most, 1)
    for stand in UPWARDS:
        for outline in _outlines(panel, stand):
            points = [(left + frame.x(day), floor - height * unit) for day, height in outline]
            pen.area(points, FILL[stand], PAPER)
    pen.write(left + frame.names, top + 0.06, f"{most}", size=SMALL, colour=SOFT, side="right")
    pen.write(
        left + frame.names, (top + floor) / 2, "members", size=SMALL, colour=SOFT, side="right"
    )
    pen.write(left + frame.names, floor - 0.06, "0", size=SMALL, colour=SOFT, side="right")
    pen.line([(left + frame.begins, floor), (left + frame.ends, floor)], SOFT, width=0.6)
    ends = list(_ends(panel.tallies[-1].what))
    places = spread([floor - middle * unit for _, _, middle in ends], STACKED, top, floor)
    for (stand, members, middle), y in zip(ends, places, strict=True):
        x, real = left + frame.ends, floor - middle * unit
        if abs(y - real) > 0.02:
            pen.line([(x + 0.02, real), (x + 0.085, y)], SOFT, width=0.5)
        told = "abstain" if stand == "abstain" and members > 1 else words.LABELS[stand].lower()
        pen.write(x + 0.1, y, f"{members} {told}", size=SMALL, colour=INK)


def _outlines(panel: Panel, stand: model.Stand) -> Iterator[list[tuple[date, int]]]:
    """Yield what goes round each area of a stand: days, and members below."""
    upper: list[tuple[date, int]] = []
    lower: list[tuple[date, int]] = []
    for tally in panel.tallies:
        below = sum(tally.what.get(one, 0) for one in UPWARDS[: UPWARDS.index(stand)])
        members = tally.what.get(stand, 0)
        if not members:
            if upper:
                yield upper + lower[::-1]
            upper, lower = [], []
            continue
        upper += [(tally.begins, below + members), (tally.ends, below + members)]
        lower += [(tally.begins, below), (tally.ends, below)]
    if upper:
        yield upper + lower[::-1]


def _ends(stands: dict[model.Stand, int]) -> Iterator[tuple[model.Stand, int, float]]:
    """Yield the stands of a tally from the ceiling down: members, and how high their middle is."""
    height = sum(stands.values())
    for stand in reversed(UPWARDS):
        if members := stands.get(stand, 0):
            yield stand, members, height - members / 2
            height -= members


def spread(places: Sequence[float], apart: float, first: float, last: float) -> list[float]:
    """Return places, in order, moved as little as keeps them apart and within two ends."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + apart if found else first + apart / 2))
    limit = last - apart / 2
    for index in reversed(range(len(found))):
        found[index] = min(found[index], limit)
        limit = found[index] - apart
    return found


def _row(pen: Pen, row: Row, frame: Frame, left: float, y: float) -> None:
    """Draw a member's stands, with their words where there is room."""
    middle = y + BAR / 2
    name = cut(words.clean(row.member), frame.names, SMALL)
    pen.write(left + frame.names, middle, name, size=SMALL, colour=INK, side="right")
    before, written = "not-on-record", False
    for stretch in row.stretches:
        if stretch.ends <= frame.first:
            continue
        x, end = left + frame.x(stretch.begins), left + frame.x(stretch.ends)
        stand = stretch.what.stand
        pen.box(x, y, end - x, BAR, FILL[stand], hatch=HATCH if stretch.what.contested else "")
        room = width_of(words.SHORT[stand], TINY) + 0.1
        if stand != before:
            written = room < end - x
            if written:
                if stretch.what.contested:
                    pen.box(x, y, room, BAR, FILL[stand], above=True)
                pen.write(x + 0.05, middle, words.SHORT[stand], size=TINY, colour=WRITING[stand])
        before = stand
    if row.last is None or not written:
        last = "left" if row.last is None else words.LABELS[row.last].lower()
        pen.write(left + frame.ends + 0.1, middle, last, size=SMALL, colour=INK)


def _day(day: date) -> str:
    return f"{day.day} {words.MONTHS[day.month - 1]}"


def _axis(pen: Pen, frame: Frame, left: float, top: float, bottom: float) -> None:
    """Draw the time axis, and a pale line at each of its marks."""
    room = frame.ends - frame.begins
    for day, told in ticks(frame.first, frame.last, int(room / 0.6)):
        x = left + frame.x(day)
        pen.line([(x, top), (x, bottom + 0.02)], LINE, width=0.6)
        pen.write(x, bottom + 0.1, told, size=TINY, colour=SOFT, side="center")
