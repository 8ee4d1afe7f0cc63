"""From tags' scores to spans: how probable each is, and which to take.

A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001), one chain a
paragraph: of the 61,486 spans of PolNeAR train one crosses from a paragraph into the next. Taken
are not the spans of the single best sequence of tags, but those spans, none touching another's
words, that are most probable to be right one by one, each less what a span must be worth: with a
half of the F1 that one reaches, that is the choice of the highest expected F1 (Lipton, Elkan and
Naryanaswamy, ECML 2014). A long content's one likeliest sequence often has an end that is less
probable than another's.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from whipcount.attribution.trained.words import ROLES, Integers, Role

TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))

WORTH = (0.5, 0.45, 0.45)
"""What a source, a cue, a content must be worth to be taken.

On PolNeAR dev 0.45 and 0.5 for a source give exact F1 82.8 and 83.0; 0.45, 0.4 and 0.35 for a
content exact F1 70.8, 70.5 and 70.2, overlap 83.7, 83.6 and 83.3.
"""

COVER = 0.15
"""Share of how sure a span's words are, beside how sure the span is.

With 0, 0.1, 0.2, 0.3 and 0.4 PolNeAR dev's exact content comes to F1 71.1, 71.2, 70.8, 70.5 and
69.6, overlap to 83.2, 83.8, 83.7, 83.6 and 83.0, relation to 77.3, 78.4, 79.0, 79.0 and 79.1.
"""

CANDIDATE = 0.05
"""Spans less probable than this are not looked at."""

LONGEST = 2000
"""Words of a span at most; the longest of PolNeAR train has 257."""

AT_ONCE = 64
"""Paragraphs that are summed over together; those of like length, so that little is padding."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span of words with its role, and the probability that it is one to the word.

    `covered` is the mean probability that a word of the span has this role.
    """

    role: Role
    start: int
    end: int
    probability: float
    covered: float

    def moved(self, words: int) -> Tagged:
        """Return the span some words on."""
        return replace(self, start=self.start + words, end=self.end + words)


@dataclass(frozen=True, slots=True)
class Chain:
    """What steps from tag to tag cost: `steps` (before, after), `start` of a paragraph."""

    steps: Floats
    start: Floats

    def spans(self, scores: NDArray[np.float32], paragraph: Integers) -> list[Tagged]:
        """Return the spans taken of an article's words, in reading order.

        `scores` are (words, tags); `paragraph` is each word's paragraph.
        """
        begins = np.flatnonzero(np.diff(paragraph, prepend=-1))
        lengths = np.diff(np.append(begins, len(paragraph)))
        order = np.argsort(-lengths, kind="stable")
        found: list[Tagged] = []
        for at in range(0, len(order), AT_ONCE):
            rows = order[at : at + AT_ONCE]
            for begin, candidates in self._paragraphs(scores, begins[rows], lengths[rows]):
                found += (one.moved(begin) for one in best(candidates))
        return sorted(found, key=lambda span: span.start)

    def _paragraphs(
        self, scores: NDArray[np.float32], begins: Integers, lengths: Integers
    ) -> Iterator[tuple[int, list[Tagged]]]:
        """Yield first word and candidates of paragraphs sorted by length, the longest first."""
        longest, tags = int(lengths[0]), scores.shape[1]
        padded = np.zeros((longest, len(begins), tags))
        for row, (begin, length) in enumerate(zip(begins, lengths, strict=True)):
            padded[:length, row] = scores[begin : begin + length]
        # How many paragraphs reach each place: the first so many rows.
        active = np.searchsorted(-lengths, -np.arange(longest), side="left")
        alpha, beta = self._forward(padded, active), self._backward(padded, active)
        for row, (begin, length) in enumerate(zip(begins, lengths, strict=True)):
            n = int(length)
            found = self._candidates(padded[:n, row], alpha[:n, row], beta[:n, row])
            yield int(begin), list(found)

    def _forward(self, padded: Floats, active: Integers) -> Floats:
        found = np.empty_like(padded)
        found[0] = padded[0] + self.start
        for place in range(1, len(padded)):
            n = active[place]
            ways = found[place - 1, :n, :, None] + self.steps
            found[place, :n] = _sum(ways, 1) + padded[place, :n]
        return found

    def _backward(self, padded: Floats, active: Integers) -> Floats:
        found = np.zeros_like(padded)
        for place in range(len(padded) - 2, -1, -1):
            n = active[place + 1]
            ahead = padded[place + 1, :n] + found[place + 1, :n]
            found[place, :n] = _sum(self.steps + ahead[:, None, :], 2)
        return found

    def _candidates(self, scores: Floats, alpha: Floats, beta: Floats) -> Iterator[Tagged]:
        """Yield a paragraph's spans that are probable enough to be looked at."""
        total = _sum(alpha[-1], 0)
        marginal = np.exp(alpha + beta - total)
        # The sum over all that may follow a tag at the word before: by place, by tag.
        ahead = scores + beta
        for number, role in enumerate(ROLES):
            begin, inside = 1 + 2 * number, 2 + 2 * number
            starts = np.flatnonzero(marginal[:, begin] > CANDIDATE)
            if not len(starts):
                continue
            others = [tag for tag in range(len(TAGS)) if tag != inside]
            leave = [
                np.append(_sum(self.steps[tag, others] + ahead[1:, others], 1), 0.0)
                for tag in (begin, inside)
            ]
            going = np.cumsum(scores[:, inside] + self.steps[inside, inside])
            words = np.cumsum(np.append(0.0, marginal[:, begin] + marginal[:, inside]))
            for start in starts.tolist():
                until = min(start + LONGEST, len(scores))
                first = alpha[start, begin] - total
                logs = np.empty(until - start)
                logs[0] = first + leave[0][start]
                logs[1:] = (
                    (first + self.steps[begin, inside] - self.steps[inside, inside])
                    + (going[start + 1 : until] - going[start])
                    + leave[1][start + 1 : until]
                )
                for last in (np.flatnonzero(logs > math.log(CANDIDATE)) + start).tolist():
                    yield Tagged(
                        role,
                        start,
                        last + 1,
                        min(math.exp(logs[last - start]), 1.0),
                        min(float(words[last + 1] - words[start]) / (last + 1 - start), 1.0),
                    )


def best(candidates: Iterable[Tagged]) -> list[Tagged]:
    """Return the spans, none of which touch, that together are worth most; in reading order."""
    ending: dict[int, list[Tagged]] = defaultdict(list)
    for one in candidates:
        ending[one.end].append(one)
    ends = sorted(ending)
    # What is best up to each of the ends, and with which span at that end, if with one.
    totals: list[float] = [0.0]
    last: list[Tagged | None] = [None]
    for number, end in enumerate(ends, 1):
        total, taken = totals[-1], None
        for one in ending[end]:
            worth = one.probability + COVER * one.covered - WORTH[ROLES.index(one.role)]
            before = totals[bisect_right(ends, one.start, 0, number - 1)]
            if before + worth > total:
                total, taken = before + worth, one
        totals.append(total)
        last.append(taken)
    found: list[Tagged] = []
    number = len(ends)
    while number:
        taken = last[number]
        if taken is None:
            number -= 1
        else:
            found.append(taken)
            number = bisect_right(ends, taken.start, 0, number - 1)
    return found[::-1]


def _sum(logs: Floats, axis: int) -> Floats:
    """Return the log of a sum of what `logs` are the logs of."""
    highest = logs.max(axis=axis, keepdims=True)
    total = np.log(np.exp(logs - highest).sum(axis=axis))
    return np.asarray(total + highest.squeeze(axis), dtype=np.float64)
