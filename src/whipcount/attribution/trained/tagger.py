"""The trained tagger: words to tags, tags to spans, spans to statements."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whipcount.analysis import Analysis
from whipcount.attribution.making import Made, Piece, make_statements
from whipcount.attribution.rules import tagger as rules
from whipcount.attribution.trained.chain import Tagged
from whipcount.attribution.trained.confidence import confidence
from whipcount.attribution.trained.encoder import Encoder, encoder
from whipcount.attribution.trained.joining import join
from whipcount.attribution.trained.linker import Linked, Linker
from whipcount.attribution.trained.words import Integers, Words, words_of
from whipcount.model import Statement

LEAST = 0.3
"""Confidence below which the network's statements are left out.

With 0.25, 0.3 and 0.35 PolNeAR dev's exact source comes to F1 82.8, 83.1 and 83.2, contents by
overlap to 83.9, 84.0 and 83.8.
"""

LEAST_OF_NOBODY = 0.38
"""The same where nobody is the source, and a reader gains less by the doubtful ones.

Between 0.36 and 0.4 PolNeAR dev moves by less than 0.1.
"""

KEPT_WORDS = 50_000
"""Words up to which an article's states are kept: 38 MB. News have some hundreds, books more."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """An article as the network has read it.

    `spans` are in reading order; `links` has a row of link vectors for each,
    in 16 bits, for they are the larger part of what a long article keeps. `states` (words,
    width) are the encoder's own, for later steps that build on it; None in an article of more than
    `KEPT_WORDS` words.
    """

    words: Words
    spans: tuple[Tagged, ...]
    links: NDArray[np.float16]
    states: NDArray[np.float16] | None


class TrainedTagger:
    """Finds statements by the weights that ship with the package."""

    name = "trained"

    def __init__(self, network: Encoder) -> None:
        self.network = network
        self.version = network.weights.version
        self.linker = Linker(network.weights.linker)

    def attribute(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return an article's statements in reading order, without actors and dates."""
        drafts, marks = rules.drafts(analysis)
        encoded = self.encode(analysis)
        words = encoded.words
        weights = self.network.weights.confidence
        linked = [
            made_of(one, words, weights)
            for one in self.linker.link(encoded.spans, encoded.links, words)
        ]
        sure = [
            one for one in linked if one.confidence >= (LEAST if one.source else LEAST_OF_NOBODY)
        ]
        texts = [paragraph.doc.text for paragraph in analysis.paragraphs]
        return make_statements(analysis, join(sure, drafts, texts), marks)

    def encode(self, analysis: Analysis) -> Encoded:
        """Return what the network makes of an article, read once an analysis."""
        return analysis.once(self._encode)

    def _encode(self, analysis: Analysis) -> Encoded:
        words = words_of(analysis, self.network.weights.labels, *rules.drafts(analysis))
        _, width, hidden = self.network.weights.widths
        states = None
        if len(words) <= KEPT_WORDS:
            states = np.zeros((len(words), hidden), dtype=np.float16)
        spans: list[Tagged] = []
        links = [np.zeros((0, width), dtype=np.float16)]
        # What is read but not yet tagged, because its paragraph goes on; from the word `begun` on.
        scores, vectors, begun = [], [], 0
        for reading in self.network.read(words):
            if states is not None:
                states[reading.first : reading.last] = reading.states
            scores.append(reading.scores)
            vectors.append(reading.links)
            whole = _paragraph_end(words.paragraph, reading.last)
            if whole <= begun:
                continue
            waiting, waiting_vectors = np.concatenate(scores), np.concatenate(vectors)
            count = whole - begun
            found = self.network.weights.chain.spans(waiting[:count], words.paragraph[begun:whole])
            links.append(waiting_vectors[[span.start for span in found]].astype(np.float16))
            spans += (span.moved(begun) for span in found)
            scores, vectors, begun = [waiting[count:]], [waiting_vectors[count:]], whole
        return Encoded(words, tuple(spans), np.concatenate(links), states)


def _paragraph_end(paragraph: Integers, word: int) -> int:
    """Return the first word of the paragraph that goes on at a word; the word where none does."""
    if word == len(paragraph):
        return word
    return int(np.searchsorted(paragraph, paragraph[word]))


def made_of(one: Linked, words: Words, weights: Mapping[str, float]) -> Made:
    """Return a statement as what it is made of."""
    return Made(
        _pieces(one.source, words),
        _pieces(one.cue, words),
        [piece for content in one.contents for piece in _pieces(content, words)],
        confidence(one, weights),
    )


def _pieces(span: Tagged | None, words: Words) -> list[Piece]:
    """Return where a span's words stand: paragraph, first character, end."""
    if span is None:
        return []
    paragraph = int(words.paragraph[span.start])
    return [(paragraph, int(words.start[span.start]), int(words.end[span.end - 1]))]


@functools.cache
def tagger() -> TrainedTagger:
    """Return the trained tagger, loaded once a process; ModelError where its files are missing."""
    return TrainedTagger(encoder())
