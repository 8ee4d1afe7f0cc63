"""The order in which a PDF's words are read: columns are found by the white space between them.

The method is the recursive X-Y cut (Nagy and Seth 1984), with the lines of a page that have a
gutter in common kept together, so that paragraphs that end at one height don't cut columns across.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GUTTER = 0.5
"""Of the letters' size: the width of the narrowest gutter. Newspapers have 3 mm at letters of 8 to
9 points, which is 0.95; words of justified lines lie over each other, so that their spaces leave no
white band. Chosen, not swept."""

NARROWEST_COLUMN = 5.0
"""Of the letters' size: the width of the narrowest column; bullets and numbers of lists have 2."""

FEWEST_LINES = 3
"""Lines of the shortest column; less is a row of two words far apart."""

DEEPEST = 12
"""Cuts within cuts; a page of a newspaper needs four."""

_Edges = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, or a piece of them; lengths are points from the upper left corner."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def top(self) -> float:
        """Where small letters begin, nearly: lines set tight don't touch so."""
        return self.base - 0.6 * self.size

    @property
    def bottom(self) -> float:
        """Where letters without tails end, nearly."""
        return self.base + 0.05 * self.size


def columns(runs: Sequence[Line], depth: int = 0) -> list[list[Line]]:
    """Return a page's columns in reading order, each with its lines from top to bottom."""
    if not runs:
        return []
    size = statistics.median(run.size for run in runs)
    gutter = _gutter(runs, size) if depth < DEEPEST else None
    if gutter is not None:
        left = [run for run in runs if run.right <= gutter]
        right = [run for run in runs if run.right > gutter]
        return columns(left, depth + 1) + columns(right, depth + 1)
    groups = _groups(runs, size) if depth < DEEPEST else [list(runs)]
    if len(groups) == 1:
        return [_lines(runs)]
    found: list[list[Line]] = []
    open_ended = False
    for group in groups:
        parts = columns(group, depth + 1)
        if open_ended and len(parts) == 1:
            found[-1] += parts[0]  # a row with a gap parts no column
        else:
            found += parts
        open_ended = len(parts) == 1
    return found


def _gutter(runs: Sequence[Line], size: float) -> float | None:
    """Return the right edge of the column left of the widest gutter; None where there is none."""
    edges = _occupied(runs)
    best, widest = None, GUTTER * size
    for (_, left), (right, _) in itertools.pairwise(edges):
        if right - left < widest:
            continue
        sides = (
            [run for run in runs if run.right <= left],
            [run for run in runs if run.right > left],
        )
        if all(_is_column(side, size) for side in sides):
            best, widest = left, right - left
    return best


def _is_column(runs: Sequence[Line], size: float) -> bool:
    if len(runs) < FEWEST_LINES:
        return False
    width = max(run.right for run in runs) - min(run.left for run in runs)
    return width >= NARROWEST_COLUMN * size and len(_strips(runs)) >= FEWEST_LINES


def _groups(runs: Sequence[Line], size: float) -> list[list[Line]]:
    """Return the parts of a page from top to bottom: titles, then columns with a common gutter."""
    groups: list[list[Line]] = []
    edges: _Edges = []
    for strip in _strips(runs):
        own = _occupied(strip)
        joined = _merged([*edges, *own])
        parted = _has_gutter(edges, size) or _has_gutter(own, size)
        if groups and not (parted and not _has_gutter(joined, size)):
            groups[-1] += strip
            edges = joined
        else:
            groups.append(list(strip))
            edges = own
    return groups


def _strips(runs: Iterable[Line]) -> list[list[Line]]:
    """Return a page's runs from top to bottom, those together that stand beside each other."""
    strips: list[list[Line]] = []
    bottom = float("-inf")
    for run in sorted(runs, key=lambda run: (run.top, run.left)):
        if run.top < bottom:
            strips[-1].append(run)
        else:
            strips.append([run])
        bottom = max(bottom, run.bottom)
    return strips


def _occupied(runs: Iterable[Line]) -> _Edges:
    return _merged([(run.left, run.right) for run in runs])


def _merged(edges: _Edges) -> _Edges:
    found: _Edges = []
    for left, right in sorted(edges):
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _has_gutter(edges: _Edges, size: float) -> bool:
    return any(right - left >= GUTTER * size for (_, left), (right, _) in itertools.pairwise(edges))


def _lines(runs: Sequence[Line]) -> list[Line]:
    """Return a column's lines from top to bottom: runs on one baseline are one."""
    rows: list[list[Line]] = []
    for run in sorted(_with_initials(runs), key=lambda run: run.base):
        row = rows[-1] if rows else []
        if row and run.base - row[-1].base <= 0.3 * min(run.size, row[-1].size):
            row.append(run)
        elif row and _is_raised(row, run):
            row[:] = [one for one in row if not _is_mark(one)] + [run]
        else:
            rows.append([run])
    return [_joined(sorted(row, key=lambda run: run.left)) for row in rows]


def _is_mark(run: Line) -> bool:
    return len(run.text) <= 3 and all(not letter.isalpha() for letter in run.text)


def _is_raised(row: Sequence[Line], run: Line) -> bool:
    """Return whether a row is footnote marks, raised beside the words of `run`."""
    return all(
        _is_mark(mark) and mark.size < 0.8 * run.size and mark.base > run.base - 0.7 * run.size
        for mark in row
    )


def _joined(row: Sequence[Line]) -> Line:
    largest = max(row, key=lambda run: len(run.text))
    text = row[0].text
    for before, run in itertools.pairwise(row):
        text += ("" if run.left - before.right < 0.12 * run.size else " ") + run.text
    return Line(text, row[0].left, max(run.right for run in row), largest.base, largest.size)


def _with_initials(runs: Sequence[Line]) -> list[Line]:
    """Return the runs with each large initial put before the line whose top it shares."""
    found = list(runs)
    size = statistics.median(run.size for run in runs)
    initials = [
        run
        for run in runs
        if len(run.text) <= 2 and run.size > 1.8 * size and run.text[0].isalpha()
    ]
    for initial in initials[:20]:  # as many as a page may have
        beside = [
            run
            for run in found
            if run.size < 1.5 * size
            and 0 <= run.left - initial.right + 0.2 * size <= 2 * size
            and initial.base - initial.size <= run.base <= initial.base + 0.2 * size
        ]
        if not beside:
            continue
        first = min(beside, key=lambda run: run.base)
        found.remove(initial)
        found[found.index(first)] = Line(
            initial.text + first.text, initial.left, first.right, first.base, first.size
        )
    return found
