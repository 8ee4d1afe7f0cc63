"""What words are about, cheaply: a vector for each word piece, weighed by how rare it is.

The pieces' vectors are MiniLM's for each piece by itself, reduced to their main directions (as in
Tulkens and van Dongen, model2vec, 2024), the weights those of smooth inverse frequency (Arora et
al., ICLR 2017). A text's vector is their sum; how near two texts are is the cosine. It costs as
much as looking up the pieces, so that the network is asked only of pairs that may match.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whipcount.coding.trained.pairs import Pieces

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Topics:
    """Vectors of word pieces (pieces, width), already weighed."""

    vectors: Floats

    def of(self, text: Pieces) -> Floats:
        """Return a text's vector (width), of length 1; zeros for an empty text."""
        if not len(text.numbers):
            return np.zeros(self.vectors.shape[1], dtype=np.float32)
        total: Floats = self.vectors[text.numbers].sum(axis=0)
        return total / max(float(np.linalg.norm(total)), 1e-9)

    def nearest(self, text: Pieces, option: Pieces) -> float:
        """Return how near an option's pieces are to their nearest piece of a text, 0 … 1.

        The mean over the option's pieces, weighed by the length of their vectors.
        """
        if not len(text.numbers) or not len(option.numbers):
            return 0.0
        mine, theirs = self.vectors[option.numbers], self.vectors[text.numbers]
        weights = np.linalg.norm(mine, axis=1)
        lengths = np.linalg.norm(theirs, axis=1)
        scale = np.maximum(weights[:, None] * lengths[None, :], 1e-9)
        best = (mine @ theirs.T / scale).max(axis=1)
        return float((np.maximum(best, 0) * weights).sum() / max(weights.sum(), 1e-9))


def load_topics(data: bytes) -> Topics:
    """Return the vectors of a file that `save_topics` made."""
    with np.load(io.BytesIO(data)) as kept:
        rounded, scale = kept["vectors"], kept["scale"]
    return Topics(rounded.astype(np.float32) * scale[:, None])


def save_topics(vectors: Floats) -> bytes:
    """Return weighed vectors in eight bits each, a scale a row, as a file."""
    scale = (np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127).astype(np.float32)
    rounded = np.round(vectors / scale[:, None]).astype(np.int8)
    out = io.BytesIO()
    np.savez_compressed(out, vectors=rounded, scale=scale)
    return out.getvalue()
