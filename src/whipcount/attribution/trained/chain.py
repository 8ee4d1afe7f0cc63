"""From tags' scores to spans: the best sequence of tags, and how probable its spans are.

A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001), one chain a
paragraph: of the 61,486 spans of PolNeAR train one crosses from a paragraph into the next.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whipcount.attribution.trained.words import Integers

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))

AT_ONCE = 64
"""Paragraphs that are decoded together; those of like length, so that little is padding."""

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


@dataclass(frozen=True, slots=True)
class Chain:
    """What steps from tag to tag cost: `steps` (before, after), `start` of a paragraph."""

    steps: Floats
    start: Floats

    def spans(self, scores: NDArray[np.float32], paragraph: Integers) -> list[Tagged]:
        """Return the spans of the best tags of an article's words, in reading order.

        `scores` are (words, tags); `paragraph` is each word's paragraph.
        """
        begins = np.flatnonzero(np.diff(paragraph, prepend=-1))
        lengths = np.diff(np.append(begins, len(paragraph)))
        order = np.argsort(-lengths, kind="stable")
        found: list[Tagged] = []
        for at in range(0, len(order), AT_ONCE):
            rows = order[at : at + AT_ONCE]
            found += self._paragraphs(scores, begins[rows], lengths[rows])
        return sorted(found, key=lambda span: span.start)

    def _paragraphs(
        self, scores: NDArray[np.float32], begins: Integers, lengths: Integers
    ) -> Iterator[Tagged]:
        """Yield the spans of some paragraphs, which are sorted by length, the longest first."""
        longest, tags = int(lengths[0]), scores.shape[1]
        padded = np.zeros((longest, len(begins), tags))
        for row, (begin, length) in enumerate(zip(begins, lengths, strict=True)):
            padded[:length, row] = scores[begin : begin + length]
        # How many paragraphs reach each place: the first so many rows.
        active = np.searchsorted(-lengths, -np.arange(longest), side="left")
        best, back = self._forward(padded, active, best=True)
        alpha, _ = self._forward(padded, active, best=False)
        beta = self._backward(padded, active)
        for row, (begin, length) in enumerate(zip(begins, lengths, strict=True)):
            n = int(length)
            path = [int(best[n - 1, row].argmax())]
            for place in range(n - 1, 0, -1):
                path.append(int(back[place, row, path[-1]]))
            path.reverse()
            if not any(path):
                continue
            total = _sum(alpha[n - 1, row], 0)
            marginal = np.exp(alpha[:n, row] + beta[:n, row] - total)
            for role, start, end in _runs(path):
                odds = self._log_probability(
                    padded[:n, row], alpha[:n, row], beta[:n, row], (role, start, end)
                )
                inside = marginal[start:end, 1 + 2 * role : 3 + 2 * role].sum(1).mean()
                yield Tagged(
                    ROLES[role],
                    int(begin) + start,
                    int(begin) + end,
                    math.exp(min(odds - float(total), 0.0)),
                    float(min(inside, 1.0)),
                )

    def _forward(
        self, padded: Floats, active: Integers, *, best: bool
    ) -> tuple[Floats, NDArray[np.int8]]:
        """Return each place's best scores and where they came from, or the logs of their sums."""
        found = np.empty_like(padded)
        back = np.zeros(padded.shape if best else (0,), dtype=np.int8)
        found[0] = padded[0] + self.start
        for place in range(1, len(padded)):
            n = active[place]
            ways = found[place - 1, :n, :, None] + self.steps
            if best:
                back[place, :n] = ways.argmax(1)
                found[place, :n] = ways.max(1) + padded[place, :n]
            else:
                found[place, :n] = _sum(ways, 1) + padded[place, :n]
        return found, back

    def _backward(self, padded: Floats, active: Integers) -> Floats:
        found = np.zeros_like(padded)
        for place in range(len(padded) - 2, -1, -1):
            n = active[place + 1]
            ahead = padded[place + 1, :n] + found[place + 1, :n]
            found[place, :n] = _sum(self.steps + ahead[:, None, :], 2)
        return found

    def _log_probability(
        self, scores: Floats, alpha: Floats, beta: Floats, span: tuple[int, int, int]
    ) -> float:
        """Return the log of what all sequences with exactly this span are worth."""
        role, start, end = span
        begin, inside = 1 + 2 * role, 2 + 2 * role
        worth = float(alpha[start, begin])
        if end - start > 1:
            worth += float(self.steps[begin, inside] + scores[start + 1 : end, inside].sum())
            worth += float(self.steps[inside, inside]) * (end - start - 2)
        if end == len(scores):
            return worth
        last = begin if end - start == 1 else inside
        after = self.steps[last] + scores[end] + beta[end]
        after[inside] = -np.inf
        return worth + float(_sum(after, 0))


def _runs(path: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield role, first word and end of each span in a sequence of tags."""
    start = 0
    while start < len(path):
        tag = path[start]
        end = start + 1
        if tag:
            while end < len(path) and path[end] == tag + 1:
                end += 1
            yield (tag - 1) // 2, start, end
        start = end


def _sum(logs: Floats, axis: int) -> Floats:
    """Return the log of a sum of what `logs` are the logs of."""
    highest = logs.max(axis=axis, keepdims=True)
    total = np.log(np.exp(logs - highest).sum(axis=axis))
    return np.asarray(total + highest.squeeze(axis), dtype=np.float64)
