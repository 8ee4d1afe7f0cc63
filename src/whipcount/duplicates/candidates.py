"""Which texts may share much, found without comparing each with each: MinHash and bands.

Broder et al., Min-wise independent permutations (STOC 1998); the bands are those of Leskovec,
Rajaraman and Ullman, Mining of Massive Datasets, section 3.4. The signatures are rensa's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from whipcount.duplicates.shingles import Shingles

VALUES = 256
"""Values of a signature: 1 kB a text. With bands of two, texts whose union they share by a tenth
meet in 72 of 100 cases, by 0.15 in 95, by 0.25 in 99.97; unrelated ones, by 0.001, in 1 of 8,000.
"""

ROWS = 2
"""Values of a band. One would let unrelated texts meet in 12 of 100 cases; three would find texts
cut to a quarter in 74 of 100."""

SEED = 1997
"""Any number does; the same one gives the same signatures."""

NEIGHBOURS = 8
"""Texts before it in its bucket with which a text is paired, beside the bucket's first. So a
bucket of thousands, such as of one notice on every page, costs time by its length alone."""

AT_ONCE = 2_048
"""Texts whose signatures are made at once: rensa hands them over as lists, 17 MB for so many."""


LEAST_MERGED = 50_000
"""Numbers that are held before they are merged with those before."""


def candidate_pairs(sets: Sequence[Shingles]) -> NDArray[np.int64]:
    """Return pairs of texts that may share much: rows of two places in `sets`, the lower first.

    In ascending order, each once. Takes time by the number of texts (n log n), and misses pairs
    that share little (`VALUES`).
    """
    total = len(sets)
    signatures = _signatures(sets)
    places = np.arange(total)
    found = []
    for band in range(0, VALUES, ROWS):
        keys = np.zeros(total, dtype=np.uint64)
        for row in range(band, band + ROWS):
            keys = keys << np.uint64(32) | signatures[:, row]
        found.append(numbered_pairs(keys, places, total))
    return as_pairs(found, total)


def numbered_pairs(
    keys: NDArray[np.uint64], places: NDArray[np.int64], total: int
) -> NDArray[np.int64]:
    """Return pairs of places whose keys are the same, each as one number: `lower * total + higher`.

    Of many with one key each is paired with the first and with `NEIGHBOURS` before it. `places`,
    all below `total`, are in ascending order.
    """
    order = np.argsort(keys, kind="stable")
    ordered, owners = keys[order], places[order]
    begins = np.ones(len(keys), dtype=np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    first = np.maximum.accumulate(np.where(begins, np.arange(len(keys)), 0))
    lower, higher = [owners[first[~begins]]], [owners[~begins]]
    for step in range(1, NEIGHBOURS + 1):
        alike = ordered[step:] == ordered[:-step]
        if not alike.any():
            break
        lower.append(owners[:-step][alike])
        higher.append(owners[step:][alike])
    pairs = np.concatenate(lower) * total + np.concatenate(higher)
    found: NDArray[np.int64] = np.unique(pairs)
    return found


def as_pairs(numbered: Sequence[NDArray[np.int64]], total: int) -> NDArray[np.int64]:
    """Return numbered pairs as rows of two places, by the higher and then the lower, each once."""
    every = numbered[0] if len(numbered) == 1 else merged(numbered)
    lower, higher = np.divmod(every, max(total, 1))
    apart = lower < higher
    lower, higher = lower[apart], higher[apart]
    order = np.argsort(higher, kind="stable")  # of one number the lower are in order already
    return np.stack((lower[order], higher[order]), axis=1)


def merged(found: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the numbers of many arrays in ascending order, each once; few arrays are held."""
    every = np.empty(0, dtype=np.int64)
    waiting: list[NDArray[np.int64]] = []
    for one in found:
        waiting.append(one)
        if sum(map(len, waiting)) > max(len(every), LEAST_MERGED):
            every = np.unique(np.concatenate([every, *waiting]))
            waiting = []
    return np.unique(np.concatenate([every, *waiting])) if waiting else every


def _signatures(sets: Sequence[Shingles]) -> NDArray[np.uint32]:
    """Return a row of `VALUES` numbers for each text."""
    found = np.empty((len(sets), VALUES), dtype=np.uint32)
    for start in range(0, len(sets), AT_ONCE):
        some = sets[start : start + AT_ONCE]
        ends = np.cumsum([0, *map(len, some)]).astype(np.uint64)
        hashes = np.concatenate(some).astype(np.uint64)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(hashes, ends, VALUES, SEED)
        found[start : start + len(some)] = matrix.to_rows()
    return found
