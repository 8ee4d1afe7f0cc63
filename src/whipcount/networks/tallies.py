"""How often each row uses each column at each level of the qualifier: x_ijk, as a sparse matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whipcount.networks.table import Column

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The levels of a qualifier that were observed, and one more where some have no value.

    `numbers` are the levels as numbers, for booleans always 0 and 1; None for text, whose levels
    have no distance, and where there is no qualifier. `codes[s]` is the level of statement `s`.
    """

    count: int
    codes: NDArray[np.int64]
    numbers: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts of statements by row, column and level.

    `singles` has the labels of the rows as rows, and as columns the pairs of column and level,
    column by column: `column * levels + level`. `pairs` is the same for the places where two
    statements are multiplied: equal to `singles` but for kernels, where one statement weighs z and
    two weigh sqrt(z1 z2), so that `pairs` has sums of sqrt(z).
    """

    rows: int
    columns: int
    levels: int
    singles: csr_array
    pairs: csr_array

    def by_column(self, counts: csr_array) -> csr_array:
        """Return counts added up over the levels: rows by columns."""
        if self.levels == 1:
            return counts
        return counts @ repeated(np.ones((self.levels, 1)), self.columns)

    def of_rows(self, counts: csr_array) -> Floats:
        """Return the sum of each row."""
        return np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()


def levels_of(
    qualifier: Column | None, observed: NDArray[np.intp], total: int, with_none: bool
) -> Levels:
    """Return the levels of a qualifier among the observed statements; one where there is none.

    No value is a level of its own, the last, where `with_none` asks for it.
    """
    if qualifier is None:
        return Levels(1, np.zeros(total, dtype=np.int64), None)
    used = np.unique(qualifier.codes[observed])
    present = [0, 1] if qualifier.kind == "boolean" else used[used >= 0].tolist()
    lookup = np.full(len(qualifier.values) + 1, len(present), dtype=np.int64)
    if qualifier.kind == "boolean":
        lookup[:-1] = np.array(qualifier.values, dtype=np.int64)
        numbers = np.array([0.0, 1.0])
    else:
        lookup[present] = np.arange(len(present))
        values = [qualifier.values[code] for code in present]
        numbers = np.array(values if qualifier.is_number else [], dtype=np.float64)
    count = len(present) + int(with_none and bool((used < 0).any()))
    return Levels(count, lookup[qualifier.codes], numbers if qualifier.is_number else None)


def tally(
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
    levels: NDArray[np.integer],
    shape: tuple[int, int, int],
    weights: Floats | None = None,
) -> Tally:
    """Return the counts of statements, each given by the places of its row, column and level.

    `shape` is the number of rows, columns and levels. `weights` are those of a kernel, one a
    statement; each is 1 where there are none.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415

    size = (shape[0], shape[1] * shape[2])
    places = (rows, columns.astype(np.int64) * shape[2] + levels)
    ones = np.ones(len(rows)) if weights is None else weights
    singles = coo_array((ones, places), shape=size).tocsr()
    if weights is None:
        return Tally(*shape, singles, singles)
    return Tally(*shape, singles, coo_array((np.sqrt(weights), places), shape=size).tocsr())


def repeated(block: Floats, columns: int) -> csr_array:
    """Return a sparse matrix that has a block for each column along its diagonal, and is else 0."""
    from scipy.sparse import eye_array, kron  # noqa: PLC0415

    return kron(eye_array(columns), block, format="csr")
