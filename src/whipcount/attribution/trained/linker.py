"""Which cue a content goes with, and whose words a cue leads to: learned, not listed.

The network gives each word four vectors: as a content that asks for its cue, as a cue that is
asked for, as a cue that asks for its source, as a source that is asked for. A pair's score is the
scaled product of two of them with a learned number for the distance, as in biaffine parsing (Dozat
and Manning, ICLR 2017); a cue may also have nobody for its source. What the network can't know, for
it scores words before the spans are found, is weighed with that: what stands between the two, and
how they touch (`PAIR`; a conditional logit, McFadden 1974). A content without a cue close by goes
to one farther off in the same way, so that a quotation that goes on over paragraphs is a further
piece of the statement that it belongs to.
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
from whipcount.attribution.trained.words import ROLES, Integers, Role, Words

CANDIDATES = 12
"""Cues, or sources, on each side among which is chosen. Of 23,282 contents of PolNeAR train a
handful are farther from their cue."""

QUOTATION_MARKS = frozenset("\"'\u201c\u201d\u201e\u201f\u2018\u2019\u00ab\u00bb\u2039\u203a`")

FARTHEST = 400
"""Words between a content and its cue, a cue and its source; 99.9 % are within 167."""


LEFT_OUT = 3.0
"""What a cue without content, or a source without cue, may cost, as the log of odds.

Of 19,868 attributions of PolNeAR train 36 have no content, and no source stands
without a cue. On dev 2 to 4 do best.
"""

PAIR = (
    "network",  # the score of the network
    "asked between",  # spans like the one asked for that stand between; at most MANY
    "asking between",  # spans like the one that asks; at most MANY
    "one sentence",
    "next paragraph",
    "second paragraph",
    "paragraphs apart",  # three or more
    "after",  # the one asked for comes after
    "touching before",  # nothing but punctuation and other spans between
    "touching after",
    "gap",  # the log of one and the words between that are neither
    "quoted, touching",  # for one that asks and begins with a quotation mark
    "quoted, paragraphs",
    "quoted, asked between",
    "nobody",
)
"""What is weighed of a pair."""

MANY = 4

Chances: TypeAlias = dict[int | None, float]


@dataclass(frozen=True, slots=True)
class Linked:
    """A cue with its contents in reading order and its source; probabilities of each link."""

    cue: Tagged | None
    contents: tuple[Tagged, ...]
    source: Tagged | None
    content_links: tuple[float, ...]
    source_link: float


class Ground:
    """An article's spans and words, laid out so that what stands between is counted at once."""

    def __init__(self, spans: Sequence[Tagged], links: NDArray[np.float16], words: Words) -> None:
        self.words = words
        by_role = {role: [span for span in spans if span.role == role] for role in ROLES}
        self.asks = {span.start: row for span, row in zip(spans, links, strict=True)}
        self.links = {
            role: links[[number for number, span in enumerate(spans) if span.role == role]]
            for role in ROLES
        }
        self.starts = {
            role: np.array([span.start for span in some], dtype=np.int64)
            for role, some in by_role.items()
        }
        self.ends = {
            role: np.array([span.end for span in some], dtype=np.int64)
            for role, some in by_role.items()
        }
        bare = np.array([any(map(str.isalnum, text)) for text in words.texts], dtype=bool)
        for span in spans:
            bare[span.start : span.end] = False
        self.bare = np.concatenate([[0], np.cumsum(bare)])
        self.quoted = {
            span.start for span in spans if words.texts[span.start][0] in QUOTATION_MARKS
        }

    def near(self, asking: Tagged, role: Role) -> tuple[int, int]:
        """Return the first and the end of a role's spans that stand close to one."""
        place = int(np.searchsorted(self.starts[role], asking.start))
        return max(0, place - CANDIDATES), min(len(self.starts[role]), place + CANDIDATES)

    def between(self, asking: Tagged, starts: Integers, ends: Integers, role: Role) -> Floats:
        """Return what is weighed of a span with each of a role's, but for the network's score."""
        words = self.words
        after = starts >= asking.end
        low = np.minimum(np.where(after, asking.end, ends), len(words))
        high = np.maximum(np.where(after, starts, asking.start), low)
        apart = np.abs(words.paragraph[starts] - words.paragraph[asking.start])
        gap = self.bare[high] - self.bare[low]
        asked = self._inside(role, low, high)
        quoted = float(asking.start in self.quoted)
        touching = (gap == 0) & (apart == 0)
        columns = (
            np.zeros(len(starts)),
            asked,
            self._inside(asking.role, low, high),
            words.sentence[starts] == words.sentence[asking.start],
            apart == 1,
            apart == 2,
            apart > 2,
            after,
            touching & ~after,
            touching & after,
            np.log1p(gap),
            quoted * touching,
            quoted * (apart > 0),
            quoted * asked,
            np.zeros(len(starts)),
        )
        return np.stack(columns, axis=1).astype(np.float64)

    def _inside(self, role: Role, low: Integers, high: Integers) -> Integers:
        starts = self.starts[role]
        found: Integers = np.searchsorted(starts, high) - np.searchsorted(starts, low)
        return np.minimum(found, MANY)


class Linker:
    """Joins spans of an article into statements."""

    def __init__(self, numbers: dict[str, Any]) -> None:
        self.edges = np.array(numbers["distances"])
        self.near = np.array(numbers["near"])
        self.nobody = np.array(numbers["nobody"])
        self.width = len(self.nobody)
        self.pair = np.array([[one[name] for name in PAIR] for one in numbers["pair"]])

    def link(
        self, spans: Sequence[Tagged], links: NDArray[np.float16], words: Words
    ) -> list[Linked]:
        """Return an article's cues with what they join; contents far from any cue alone.

        `links` has the network's four vectors of each span's first word, one row a span.
        """
        by_role: dict[str, list[Tagged]] = defaultdict(list)
        for span in spans:
            by_role[span.role].append(span)
        cues, sources, contents = by_role["cue"], by_role["source"], by_role["content"]
        ground = Ground(spans, links, words)
        cue_of = [self._chances(one, ground, 0) for one in contents]
        chosen_cues = _shared_out(cue_of, len(cues))
        source_of = [self._chances(one, ground, 1) for one in cues]
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

    def _chances(self, asking: Tagged, ground: Ground, kind: int) -> Chances:
        """Return what a span may be linked to, with the log of the probability."""
        places, features = self.features(asking, ground, kind)
        if not places:
            return {None: 0.0}
        scores = features @ self.pair[kind]
        highest = scores.max()
        logs = scores - highest - np.log(np.exp(scores - highest).sum())
        return dict(zip(places, logs.tolist(), strict=True))

    def features(
        self, asking: Tagged, ground: Ground, kind: int
    ) -> tuple[list[int | None], Floats]:
        """Return the numbers of what a span may be linked to, and what is weighed of each.

        `kind` is 0 for a content that asks for its cue, 1 for a cue that asks for its source.
        """
        role: Role = ("cue", "source")[kind]
        first, last = ground.near(asking, role)
        starts, ends = ground.starts[role][first:last], ground.ends[role][first:last]
        kept = np.abs(starts - asking.start) <= FARTHEST
        places: list[int | None] = [*(np.flatnonzero(kept) + first).tolist()]
        starts, ends = starts[kept], ends[kept]
        links = ground.links[role][first:last][kept].astype(np.float32)
        at = 2 * kind * self.width
        asks = ground.asks[asking.start][at : at + self.width].astype(np.float32)
        vector = asks / math.sqrt(self.width)
        scores: Floats = links[:, at + self.width : at + 2 * self.width] @ vector
        pairs = ground.between(asking, starts, ends, role)
        pairs[:, 0] = scores + self._distance(starts - asking.start, kind)
        if kind:
            nobody = np.zeros(len(PAIR))
            nobody[0], nobody[-1] = vector @ self.nobody, 1.0
            pairs = np.vstack([pairs, nobody])
            places.append(None)
        return places, pairs

    def _distance(self, offsets: NDArray[np.int64], kind: int) -> Floats:
        bucket = np.digitize(np.abs(offsets), self.edges)
        found: Floats = self.near[kind, np.where(offsets < 0, bucket, bucket + len(self.edges) + 1)]
        return found


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
