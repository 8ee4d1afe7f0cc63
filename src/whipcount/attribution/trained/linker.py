"""Which cue a content goes with, and whose words a cue leads to: learned, not listed.

The network gives each word four vectors: as a content that asks for its cue, as a cue that is
asked for, as a cue that asks for its source, as a source that is asked for. A pair's score is the
scaled product of two of them with a learned number for the distance, as in biaffine parsing (Dozat
and Manning, ICLR 2017); a cue may also have nobody for its source. A content without a cue close by
goes to one farther off in the same way, so that a quotation that goes on over paragraphs is a
further piece of the statement that it belongs to.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from whipcount.attribution.trained.chain import Floats, Tagged
from whipcount.attribution.trained.encoder import States

CANDIDATES = 12
"""Cues, or sources, on each side among which is chosen. Of 23,282 contents of PolNeAR train a
handful are farther from their cue."""

FARTHEST = 400
"""Words between a content and its cue, a cue and its source; 99.9 % are within 167."""


LEFT_OUT = 3.0
"""What a cue without content, or a source without cue, may cost, as the log of odds.

Of 19,868 attributions of PolNeAR train 36 have no content, and no source stands
without a cue. On dev 2 to 4 do best.
"""

Chances: TypeAlias = dict[int | None, float]


@dataclass(frozen=True, slots=True)
class Linked:
    """A cue with its contents in reading order and its source; probabilities of each link."""

    cue: Tagged | None
    contents: tuple[Tagged, ...]
    source: Tagged | None
    content_links: tuple[float, ...]
    source_link: float


class Linker:
    """Joins spans of an article into statements."""

    def __init__(self, numbers: dict[str, Any]) -> None:
        self.edges = np.array(numbers["distances"])
        self.near = np.array(numbers["near"])
        self.nobody = np.array(numbers["nobody"])
        self.width = len(self.nobody)

    def link(self, spans: Sequence[Tagged], states: States) -> list[Linked]:
        """Return an article's cues with what they join; contents far from any cue alone."""
        by_role: dict[str, list[Tagged]] = defaultdict(list)
        for span in spans:
            by_role[span.role].append(span)
        cues, sources, contents = by_role["cue"], by_role["source"], by_role["content"]
        cue_of = self._choices(contents, cues, states.links, 0)
        chosen_cues = _shared_out(cue_of, len(cues))
        source_of = self._choices(cues, sources, states.links, 1)
        chosen_sources = _shared_out(source_of, len(sources))
        pieces: dict[int, list[tuple[Tagged, float]]] = defaultdict(list)
        linked = []
        for content, choice, chances in zip(contents, chosen_cues, cue_of, strict=True):
            if choice is None:
                linked.append(Linked(None, (content,), None, (1.0,), 1.0))
            else:
                pieces[choice].append((content, math.exp(chances[choice])))
        for number, cue in enumerate(cues):
            if not pieces[number]:
                continue
            choice = chosen_sources[number]
            linked.append(
                Linked(
                    cue,
                    tuple(content for content, _ in pieces[number]),
                    None if choice is None else sources[choice],
                    tuple(link for _, link in pieces[number]),
                    math.exp(source_of[number][choice]),
                )
            )
        return sorted(linked, key=lambda one: one.contents[0].start)

    def _choices(
        self,
        asking: Sequence[Tagged],
        asked: Sequence[Tagged],
        links: NDArray[np.float32],
        kind: int,
    ) -> list[Chances]:
        """Return what each span may be linked to, with the log of the probability."""
        return [self._chances(span, asked, links, kind) for span in asking]

    def _chances(
        self, asking: Tagged, asked: Sequence[Tagged], links: NDArray[np.float32], kind: int
    ) -> Chances:
        first, last = _near(asking, asked)
        starts = np.array([span.start for span in asked[first:last]], dtype=np.int64)
        kept = np.abs(starts - asking.start) <= FARTHEST
        places: list[int | None] = [*(np.flatnonzero(kept) + first).tolist()]
        starts = starts[kept]
        if not kind and not len(starts):
            return {None: 0.0}
        at = 2 * kind * self.width
        vector = links[asking.start, at : at + self.width] / math.sqrt(self.width)
        scores: Floats = links[starts, at + self.width : at + 2 * self.width] @ vector
        scores = scores + self._distance(starts - asking.start, kind)
        if kind:
            scores = np.append(scores, vector @ self.nobody)
            places.append(None)
        highest = scores.max()
        logs = scores - highest - np.log(np.exp(scores - highest).sum())
        return dict(zip(places, logs.tolist(), strict=True))

    def _distance(self, offsets: NDArray[np.int64], kind: int) -> Floats:
        bucket = np.digitize(np.abs(offsets), self.edges)
        found: Floats = self.near[kind, np.where(offsets < 0, bucket, bucket + len(self.edges) + 1)]
        return found


def _near(asking: Tagged, asked: Sequence[Tagged]) -> tuple[int, int]:
    """Return the first and the end of the spans that stand close to one."""
    low, high = 0, len(asked)
    while low < high:
        middle = (low + high) // 2
        if asked[middle].start < asking.start:
            low = middle + 1
        else:
            high = middle
    return max(0, low - CANDIDATES), min(len(asked), low + CANDIDATES)


def _shared_out(chances: Sequence[Chances], count: int) -> list[int | None]:
    """Return each one's best choice, changed where something would be left with nothing.

    Whoever is chosen by nobody takes the one that loses least by the change, of those that choose
    what another chooses too, or nobody; if it loses no more than `LEFT_OUT`.
    """
    chosen = [max(one, key=lambda choice: one[choice]) for one in chances]
    times = Counter(chosen)
    wanted: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, one in enumerate(chances):
        for choice, log in one.items():
            if choice is not None and not times[choice]:
                wanted[choice].append((one[chosen[number]] - log, number))
    offers = [
        (loss, choice, number)
        for choice, ways in wanted.items()
        for loss, number in ways
        if loss <= LEFT_OUT and choice < count
    ]
    for _, choice, number in sorted(offers):
        now = chosen[number]
        if not times[choice] and (now is None or times[now] > 1):
            times[now] -= 1
            times[choice] += 1
            chosen[number] = choice
    return chosen
