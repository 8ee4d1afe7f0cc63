"""What stands in the margins of a PDF's pages: running headers and footers, page numbers, the lines
that a browser prints around a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from whipcount.reading.pdf_order import Line

MARGIN = 0.12
"""Of a page's height: how far from its edge a running header or footer may stand. Chosen, not
swept: A4 has 2.5 cm of margin, which is 0.08."""

SHARE = 0.4
"""Of the pages: on how many a running header stands at least; left and right pages may differ."""

MOST_KEPT = 6
"""Running headers that are kept; a page has one or two lines of them."""

BAND = 1.4
"""Of the letters' size: the white band that parts a running header from the text, from baseline to
baseline. Lines of text have 1.1 to 1.3. Chosen, not swept."""

SAME_HEIGHT = 4.0
"""Points within which a running header stands at one height. Chosen, not swept."""

_Key = tuple[str, int, int]
_NUMBER = re.compile(
    r"[-–—|\s]*(?:page|p\.|seite)?\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE
)
_PRINTED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+\d{1,2}[:.]\d{2}(?:\s*[AP]M)?\b", re.I)
_ADDRESS = re.compile(r"(?:https?|file)://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Margins:
    """Pages without their margins, each running header once, and the address that was printed."""

    pages: tuple[tuple[Line, ...], ...]
    headers: tuple[str, ...] = ()
    url: str = ""


def without_margins(pages: Sequence[tuple[Sequence[Line], float]]) -> Margins:
    """Return pages (runs, and the page's height) without what is repeated in their margins."""
    seen: Counter[_Key] = Counter()
    for runs, height in pages:
        seen.update({_key(run) for run in runs if _in_margin(run, height)})
    needed = max(2, SHARE * len(pages))
    headers: dict[_Key, str] = {}
    kept: list[tuple[Line, ...]] = []
    url = ""
    for runs, height in pages:
        rows = _rows(runs)
        dropped: set[Line] = set()
        for outermost in (_edge(rows, height), _edge(rows[::-1], height)):
            if not all(_is_marginal(row, seen, needed) for row in outermost):
                continue
            for row in outermost:
                dropped.update(row)
                url = url or next(filter(None, map(_address, row)), "")
                if not _is_printed(row):
                    headers.update(
                        (_key(run), run.text) for run in row if not _NUMBER.fullmatch(run.text)
                    )
        kept.append(tuple(run for run in runs if run not in dropped))
    said = [text for text in headers.values() if sum(letter.isalpha() for letter in text) >= 4]
    return Margins(tuple(kept), tuple(said[:MOST_KEPT]), url)


def _rows(runs: Sequence[Line]) -> list[list[Line]]:
    """Return the runs of each height from top to bottom."""
    rows: list[list[Line]] = []
    for run in sorted(runs, key=lambda run: run.base):
        if rows and run.base - rows[-1][0].base < 0.3 * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    return rows


def _edge(rows: Sequence[list[Line]], height: float) -> list[list[Line]]:
    """Return the rows at an edge of a page up to the first white band, if that is in the margin."""
    found: list[list[Line]] = []
    for row in rows:
        band = abs(row[0].base - found[-1][0].base) if found else 0.0
        if band > BAND * max(row[0].size, found[-1][0].size if found else 0.0):
            return found
        if not _in_margin(row[0], height):
            return []
        found.append(row)
    return found


def _is_marginal(row: Sequence[Line], seen: Counter[_Key], needed: float) -> bool:
    """Return whether a row is repeated, a page's number, or printed by a browser."""
    return _is_printed(row) or all(
        _NUMBER.fullmatch(run.text) or seen[_key(run)] >= needed for run in row
    )


def _is_printed(row: Sequence[Line]) -> bool:
    return any(_PRINTED.match(run.text) or _ADDRESS.match(run.text) for run in row)


def _in_margin(run: Line, height: float) -> bool:
    return run.base < MARGIN * height or run.base > (1 - MARGIN) * height


def _key(run: Line) -> _Key:
    """Return what two pages' headers have in common; a title of the same words is larger."""
    words = re.sub(r"\d+", "#", run.text.casefold()).strip()
    return words, round(run.size), round(run.base / SAME_HEIGHT)


def _address(run: Line) -> str:
    match = _ADDRESS.match(run.text)
    found = match[0] if match is not None else ""
    return found if found.startswith("http") and "…" not in found else ""
