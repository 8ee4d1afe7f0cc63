"""An article's words in windows that the encoder takes at once.

Windows end with a sentence, wherever one ends in them; each begins some sentences before the end of
the last, and a word's scores are taken from the window in which it stands farther from an edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from whipcount.attribution.trained.words import Integers

LONGEST = 384
"""Word pieces of a window, as in training; the encoder has places for 512."""

OVERLAP = 76
"""Word pieces that a window shares with the one before, a fifth of it.

What 0, 76 and 192 give on PolNeAR dev stands in docs/attribution.md.
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start … end` are read together; the scores of `first … last` are taken from here."""

    start: int
    end: int
    first: int
    last: int


def windows(
    lengths: Integers, sentence: Integers, longest: int = LONGEST, overlap: int = OVERLAP
) -> list[Window]:
    """Return the windows that cover an article's words, in order.

    `lengths` are the words' numbers of pieces, none above `longest`; `sentence` the number of each
    word's sentence.
    """
    ends = np.concatenate([[0], np.cumsum(lengths)])
    begins = np.flatnonzero(np.diff(sentence, prepend=-1))
    bounds = []
    start = 0
    while start < len(lengths):
        end = cut(ends, begins, start, longest)
        bounds.append((start, end))
        if end == len(lengths):
            break
        start = _restart(ends, begins, start, end, overlap)
    found = []
    first = 0
    for number, (start, end) in enumerate(bounds):
        last = end
        if number + 1 < len(bounds):
            last = (bounds[number + 1][0] + end) // 2
        found.append(Window(start, end, first, last))
        first = last
    return found


def cut(ends: Integers, begins: Integers, start: int, longest: int) -> int:
    """Return where a window from the word `start` ends: with its last whole sentence.

    `ends` are the pieces before each word, `begins` the first words of sentences.
    """
    limit = int(np.searchsorted(ends, ends[start] + longest, side="right")) - 1
    if limit >= len(ends) - 1:
        return len(ends) - 1
    begin = int(begins[np.searchsorted(begins, limit, side="right") - 1])
    return begin if begin > start else max(limit, start + 1)


def _restart(ends: Integers, begins: Integers, start: int, end: int, overlap: int) -> int:
    """Return the first word of the window after `start … end`."""
    if not overlap:
        return end
    back = int(np.searchsorted(ends, ends[end] - overlap))
    at = int(np.searchsorted(begins, back))
    begin = int(begins[at]) if at < len(begins) else end
    if start < begin < end:
        return begin
    # One sentence fills the window, or what is left of it: go on within it.
    return back if begin > end and back > start else end
