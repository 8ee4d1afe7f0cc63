"""The network at work: words in, tags' scores and links out, by ONNX Runtime on one thread.

Windows go through one by one. What the network multiplies in eight bits is scaled by all that it
meets at once, so that windows read together would change each other's figures; one by one, an
article's statements are the same whatever is read beside it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whipcount.attribution.trained.weights import Weights, load_weights
from whipcount.attribution.trained.windows import Window, windows
from whipcount.attribution.trained.words import Integers, Words
from whipcount.model_files import session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PIECES = 32
"""Pieces of one word that are read; the longest word of PolNeAR train has 27."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of the words `first … last` of an article.

    `scores` (words, tags) and `links` (words, 4 x width) are this tagger's own; `states` (words,
    2 x hidden) are for whoever builds on the same encoder.
    """

    first: int
    last: int
    scores: NDArray[np.float32]
    links: NDArray[np.float32]
    states: NDArray[np.float32]


class Encoder:
    """The tagger's network with its tokenizer."""

    def __init__(self, weights: Weights) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415

        self.weights = weights
        self.tokenizer = Tokenizer.from_str(weights.tokenizer)
        self.session = session(weights.network)
        self.unknown, self.opening, self.closing = (
            self.tokenizer.token_to_id(token) for token in ("[UNK]", "[CLS]", "[SEP]")
        )

    def read(self, words: Words) -> Iterator[Reading]:
        """Yield what the network makes of an article's words, window by window, in order."""
        pieces, lengths = self.pieces(words.texts)
        places = np.concatenate([[0], np.cumsum(lengths)])
        for window in windows(lengths, words.sentence):
            outputs = self.session.run(
                ["scores", "links", "states"], self._feed(words, pieces, places, window)
            )
            taken = slice(window.first - window.start, window.last - window.start)
            yield Reading(window.first, window.last, *(output[taken] for output in outputs))

    def pieces(self, texts: Sequence[str]) -> tuple[Integers, Integers]:
        """Return the numbers of all words' pieces, and how many each word has: at least one."""
        if not texts:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        encoding = self.tokenizer.encode(
            list(texts), is_pretokenized=True, add_special_tokens=False
        )
        owners = np.array(encoding.word_ids, dtype=np.int64)
        numbers = np.array(encoding.ids, dtype=np.int64)
        counts = (
            np.bincount(owners, minlength=len(texts))
            if len(owners)
            else np.zeros(len(texts), dtype=np.int64)
        )
        before = np.concatenate([[0], np.cumsum(counts)[:-1]])
        kept = np.arange(len(owners)) - before[owners] < MOST_PIECES
        empty = np.flatnonzero(counts == 0)
        owners = np.concatenate([owners[kept], empty])
        numbers = np.concatenate([numbers[kept], np.full(len(empty), self.unknown)])
        order = np.argsort(owners, kind="stable")
        return numbers[order], np.bincount(owners, minlength=len(texts))

    def _feed(
        self, words: Words, pieces: Integers, places: Integers, window: Window
    ) -> dict[str, Integers]:
        inside = slice(window.start, window.end)
        count = window.end - window.start
        begins = places[inside] - places[window.start]
        ids = pieces[places[window.start] : places[window.end]]
        owner = np.repeat(np.arange(count), np.diff(places[window.start : window.end + 1]))
        return {
            "pieces": np.concatenate([[self.opening], ids, [self.closing]]),
            "owner": np.concatenate([[0], owner, [count - 1]]),
            "first": begins + 1,
            "features": words.features[inside].astype(np.int64),
            "head": within(words.head[inside], window),
            "governor": within(words.governor[inside], window),
        }


def within(targets: Integers, window: Window) -> Integers:
    """Return words of the article as words of a window; itself for one that points outside."""
    own = np.arange(window.end - window.start)
    moved = targets - window.start
    return np.where((moved >= 0) & (moved < len(own)), moved, own)


@functools.cache
def encoder() -> Encoder:
    """Return the encoder that ships with the package, loaded once a process.

    Raises ModelError where its files are missing or not the ones that were shipped.
    """
    return Encoder(load_weights())
