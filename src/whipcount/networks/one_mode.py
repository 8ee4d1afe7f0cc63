"""One-mode networks: rows joined by the columns that they use alike (Leifeld 2016, chapter 3).

With x_ijk for how often row i uses column j at level k of the qualifier, a tie between i and i' is
the sum over columns of x_ijk · x_i'jk': over all levels (`ignore`), over equal ones
(`congruence`) or unequal ones (`conflict`), in between for levels that are numbers, or congruence
less conflict (`subtract`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whipcount.networks.options import Aggregation, Normalization
from whipcount.networks.tallies import Floats, Tally, repeated

if TYPE_CHECKING:
    from scipy.sparse import csr_array

DENSE_GAIN = 70.0
"""How many multiplications a dense product does in the time of a sparse one's: where 2,000 rows use
400 columns, both take 0.08 s of processor at 12 of 100 cells filled (0.02 to 1 were tried)."""

DENSE_CELLS = 2**26
"""The cells (of 8 bytes) that a dense matrix may have; beyond that all is sparse."""


def one_mode(
    tally: Tally,
    numbers: Floats | None,
    aggregation: Aggregation,
    normalization: Normalization,
    keep_diagonal: bool = False,
) -> csr_array:
    """Return the ties between rows, a symmetric matrix with zeros on its diagonal.

    `numbers` are the levels as numbers, None where they are text. `keep_diagonal` leaves there what
    a row has in common with itself, as DNA does with kernels.
    """
    ties = _ties(tally, numbers, aggregation)
    return _divided(tally, ties, normalization, keep_diagonal)


def _divided(
    tally: Tally, ties: csr_array, normalization: Normalization, keep_diagonal: bool
) -> csr_array:
    """Return ties divided by what the normalization says; 0 where that is 0.

    - `average`: by (n_i + n_i') / 2, n_i being all statements of i
    - `cosine`: by n_i · n_i', which is DNA's, not the textbook's
    - `jaccard`: by the sum of x_ijk where x_i'jk is 0, of x_i'jk where x_ijk is 0, and of
      x_ijk · x_i'jk
    """
    from scipy.sparse import csr_array  # noqa: PLC0415

    row = np.repeat(np.arange(ties.shape[0]), np.diff(ties.indptr))
    column, data = ties.indices, ties.data
    wanted = data != 0
    if not keep_diagonal:
        wanted &= row != column
    row, column, data = row[wanted], column[wanted], data[wanted]
    if normalization == "average":
        statements = tally.of_rows(tally.singles)
        data = _quotient(data, (statements[row] + statements[column]) / 2)
    elif normalization == "cosine":
        statements = tally.of_rows(tally.pairs)
        data = _quotient(data, statements[row] * statements[column])
    elif normalization == "jaccard":
        common = _at(_product(tally.pairs, tally.pairs), row, column)
        if tally.pairs is tally.singles:
            statements = tally.of_rows(tally.singles)
            shared = _at(_both_ways(tally), row, column)
            data = _quotient(data, statements[row] + statements[column] - shared + common)
        else:
            data = _quotient(data, _alone(tally)[row, column] + common)
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=ties.shape[0]))])
    return csr_array((data, column, starts), shape=ties.shape)


def _ties(tally: Tally, numbers: Floats | None, aggregation: Aggregation) -> csr_array:
    """Return the sums over columns, with the diagonal.

    DNA's conflict of levels that are text, which have no distance, counts the statements at levels
    that only one of two rows uses.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415

    if aggregation == "ignore":
        counts = tally.by_column(tally.pairs)
        return _product(counts, counts)
    if numbers is not None:
        return _numeric_ties(tally, numbers, aggregation)
    equal = _product(tally.pairs, tally.pairs) if aggregation != "conflict" else None
    unequal = csr_array(_alone(tally)) if aggregation != "congruence" else None
    if equal is None or unequal is None:
        return unequal if equal is None else equal
    return equal - unequal


def _numeric_ties(tally: Tally, numbers: Floats, aggregation: Aggregation) -> csr_array:
    """Return sums weighed by how near two levels are: 1 - |k - k'| / (largest - smallest).

    Sums are made of whole differences and divided at the end, so that what cancels out is 0.
    """
    apart = np.abs(numbers[:, None] - numbers[None, :])
    span = float(apart.max(initial=0.0)) or 1.0
    near = span - apart
    factors = {"congruence": near, "conflict": apart, "subtract": near - apart}[aggregation]
    total = None
    for start, stop in _chunks(tally):
        part = tally.pairs[:, start * tally.levels : stop * tally.levels]
        same = np.array_equal(factors, np.eye(len(numbers)))
        other = part if same else part @ repeated(factors, stop - start)
        product = _product(other, part)
        total = product if total is None else total + product
    assert total is not None, "there is a chunk even where there are no columns"
    return total if span == 1.0 else total / span


def _chunks(tally: Tally) -> list[tuple[int, int]]:
    """Return ranges of columns whose levels, all filled, stay within `DENSE_CELLS`."""
    width = max(1, DENSE_CELLS // max(1, tally.rows * tally.levels))
    return [
        (start, min(start + width, tally.columns)) for start in range(0, tally.columns, width)
    ] or [(0, 0)]


def _alone(tally: Tally) -> Floats:
    """Return how many statements two rows have at levels of a column that only one of them uses.

    A dense matrix. Whole numbers are subtracted; a kernel's weights, which may be of very different
    size, are only added up.
    """
    if tally.pairs is tally.singles:
        statements = tally.of_rows(tally.singles)
        found: Floats = statements[:, None] + statements[None, :] - _both_ways(tally).toarray()
        return found
    total = np.zeros((tally.rows, tally.rows))
    for start, stop in _chunks(tally):
        part = tally.singles[:, start * tally.levels : stop * tally.levels]
        total += part @ (1.0 - _filled(part).toarray()).T
    return total + total.T


def _both_ways(tally: Tally) -> csr_array:
    """Return the statements of i at levels that i' uses too, and those of i' that i uses too."""
    one_way = _product(tally.singles, _filled(tally.singles))
    return one_way + one_way.T


def _filled(counts: csr_array) -> csr_array:
    """Return 1 where there is any statement."""
    filled = counts.copy()
    filled.data = (filled.data > 0).astype(np.float64)
    return filled


def _product(left: csr_array, right: csr_array) -> csr_array:
    """Return left · right transposed; by dense blocks where they are full enough to be faster."""
    from scipy.sparse import csr_array  # noqa: PLC0415

    rows, columns = left.shape
    others = right.shape[0]
    if rows * others > DENSE_CELLS or rows * others * columns == 0:
        return (left @ right.T).tocsr()
    in_left = np.bincount(left.indices, minlength=columns).astype(np.float64)
    in_right = np.bincount(right.indices, minlength=columns).astype(np.float64)
    if float(in_left @ in_right) * DENSE_GAIN < float(rows) * others * columns:
        return (left @ right.T).tocsr()
    total = np.zeros((rows, others))
    width = max(1, DENSE_CELLS // 4 // max(rows, others))
    for start in range(0, columns, width):
        block = left[:, start : start + width].toarray()
        other = block if left is right else right[:, start : start + width].toarray()
        total += block @ other.T
    return csr_array(total)


def _at(matrix: csr_array, row: NDArray[np.integer], column: NDArray[np.integer]) -> Floats:
    """Return the values of a matrix at some cells, 0 where it holds nothing."""
    matrix.sum_duplicates()
    width = max(matrix.shape[1], 1)
    held = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)) * width + matrix.indices
    if not len(held):
        return np.zeros(len(row))
    wanted = row.astype(np.int64) * width + column
    places = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    return np.where(held[places] == wanted, matrix.data[places], 0.0)


def _quotient(data: Floats, by: Floats) -> Floats:
    """Return data divided, 0 where it would be divided by 0."""
    return np.divide(data, by, out=np.zeros_like(data), where=by != 0)
