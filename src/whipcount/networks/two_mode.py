"""Two-mode networks: rows by the columns that they use (Leifeld 2016, chapter 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whipcount.errors import NetworkError
from whipcount.networks.options import Aggregation, Normalization
from whipcount.networks.tallies import Floats, Levels, Tally, repeated

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST_COMBINED = 53
"""The levels that a pattern's number can tell apart: a double holds whole numbers below 2^53."""


def two_mode(
    tally: Tally,
    levels: Levels,
    boolean: bool,
    aggregation: Aggregation,
    normalization: Normalization,
) -> csr_array:
    """Return the ties between rows and columns.

    - `ignore`: the number of statements
    - `subtract`: those of level 1 less those of level 0 where the qualifier is `boolean`, the sum
      of the levels where it is integer, the number of statements where it is text
    - `combine`: the number of the pattern of levels that are used, the last level counting 1, the
      one before it 2, and so on by powers of two: with a boolean 1 for yes, 2 for no, 3 for both

    `activity` divides by the row's, `prominence` by the column's total: the statements, under
    `combine` the number of filled cells. Raises NetworkError where `combine` has too many levels.
    """
    ties = _ties(tally, levels, boolean, aggregation)
    if normalization == "no":
        return ties
    counted = tally.by_column(tally.singles) if aggregation == "subtract" else ties
    if aggregation == "combine":
        counted = counted.astype(bool).astype(np.float64)
    axis = 1 if normalization == "activity" else 0
    totals = np.asarray(counted.sum(axis=axis), dtype=np.float64).ravel()
    return _scaled(ties, totals, axis)


def _scaled(ties: csr_array, totals: Floats, axis: int) -> csr_array:
    """Return ties divided by their row's total (axis 1) or their column's (axis 0)."""
    found = ties.tocoo()
    by = totals[found.row if axis == 1 else found.col]
    found.data = np.divide(found.data, by, out=np.zeros_like(found.data), where=by != 0)
    return found.tocsr()


def _ties(tally: Tally, levels: Levels, boolean: bool, aggregation: Aggregation) -> csr_array:
    if aggregation == "combine":
        if tally.levels > MOST_COMBINED:
            raise NetworkError(
                f"combine can tell {MOST_COMBINED} levels of a qualifier apart, and this one has "
                f"{tally.levels}; take ignore or subtract"
            )
        used = tally.singles.astype(bool).astype(np.float64)
        powers = np.exp2(np.arange(tally.levels - 1, -1, -1, dtype=np.float64))
        return used @ repeated(powers[:, None], tally.columns)
    if aggregation == "subtract" and levels.numbers is not None:
        factors = levels.numbers * 2 - 1 if boolean else levels.numbers
        return tally.singles @ repeated(factors[:, None], tally.columns)
    return tally.by_column(tally.singles)
