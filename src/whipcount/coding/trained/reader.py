"""The network at work: a pair in, the chances of each stance and what marks its pieces out.

Pairs go through one by one, on one thread: what is multiplied in eight bits is scaled by all that
is met at once, so that pairs read together would change each other's figures.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whipcount.coding.trained.pairs import Pair, PairMaker, Pieces
from whipcount.coding.trained.topics import Topics, load_topics
from whipcount.model_files import load_files, session

FOLDER = Path(__file__).parent / "data"
NETWORK = "stances.onnx"
TOKENIZER = "tokenizer.json"
TOPICS = "topics.npz"
SETTINGS = "settings.json"
FILES = (NETWORK, TOKENIZER, TOPICS, SETTINGS)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of a pair.

    `scores` (6) of `pairs.STANCES`, before they are made chances of; `hedged` is the chance that
    the stance is hedged; `marks` (pieces of the statement, 3) the chances that a piece is part of
    each of `pairs.MARKS`.
    """

    scores: Floats
    hedged: float
    marks: Floats


class Reader:
    """The network with its tokenizer, topics and settings."""

    def __init__(self, folder: Path = FOLDER) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415

        self.version, files = load_files(folder, "the local coder", "--coder lexical")
        tokenizer = Tokenizer.from_str(files[TOKENIZER].decode("utf-8"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.pairs = PairMaker(tokenizer)
        self.topics: Topics = load_topics(files[TOPICS])
        self.settings: dict[str, Any] = json.loads(files[SETTINGS])
        self._session = session(files[NETWORK])

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the word pieces of texts."""
        return self.pairs.pieces(texts)

    def read(self, option: Pieces, context: Pieces, statement: Pieces) -> Reading:
        """Return what the network makes of an option and a statement with what is before it."""
        pair: Pair = self.pairs.pair(option, context, statement)
        scores, hedged, marks = self._session.run(
            ["stance", "hedge", "marks"], {"pieces": pair.numbers, "segments": pair.segments}
        )
        return Reading(scores, float(_sigmoid(hedged[0])), _sigmoid(marks[pair.begin : -1]))


def _sigmoid(values: Any) -> Any:
    return 1 / (1 + np.exp(-values))


@functools.cache
def reader() -> Reader:
    """Return the reader that ships with the package, loaded once a process.

    Raises ModelError where its files are missing or not the ones that were shipped.
    """
    return Reader()
