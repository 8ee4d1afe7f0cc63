"""Texts as sets of word sequences (shingles): how much of one stands in another.

Broder, On the resemblance and containment of documents (SEQUENCES 1997). Case, punctuation and the
way of writing quotation marks and hyphens make no difference.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from whipcount.offsets import plain

Shingles: TypeAlias = NDArray[np.uint32]
"""The hashes of a text's shingles, sorted, each once."""

_WORD = re.compile(r"[^\W_]+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xBF58476D1CE4E5B9)


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return _WORD.findall(plain(text).text.casefold())


def shingles(words: Sequence[str], size: int) -> Shingles:
    """Return the shingles of `size` words; of fewer words, all of them as one.

    The hashes have 32 bits, so that two texts of 1,000 words share one by chance in 1 of 4,000
    pairs. They are the same on every machine (CRC-32 of the words, mixed as in SplitMix64).
    """
    if not words:
        return np.empty(0, dtype=np.uint32)
    size = min(size, len(words))
    codes = np.fromiter(map(_code, words), np.uint64, len(words))
    hashes = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for place in range(size):
        hashes = hashes * _FACTOR + codes[place : place + len(hashes)]
    hashes = (hashes ^ hashes >> np.uint64(29)) * _MIXER
    found: Shingles = (hashes >> np.uint64(32)).astype(np.uint32)
    found.sort()
    first = np.ones(len(found), dtype=np.bool_)
    np.not_equal(found[1:], found[:-1], out=first[1:])
    return found[first]


@functools.lru_cache(maxsize=1 << 16)  # a news language's words, but for names
def _code(word: str) -> int:
    return zlib.crc32(word.encode())


def share_within(one: Shingles, other: Shingles) -> float:
    """Return the share of a text's shingles that another has too; 0 where it has none."""
    if not len(one):
        return 0.0
    both = np.intersect1d(one, other, assume_unique=True)
    return len(both) / len(one)
