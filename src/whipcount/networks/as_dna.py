"""What DNA 3.1.2 computes where its arithmetic goes wrong, for those who must repeat a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whipcount.networks.tallies import Tally

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def smoothed_average(unweighted: Tally, ties: csr_array) -> csr_array:
    """Return kernel-weighted ties as DNA normalizes them by `average`.

    It multiplies them by the sum, over columns and levels that either row uses, of
    2 / (x_ijk + x_i'jk), the counts being those of all windows together.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415

    factor = np.zeros(ties.shape)
    counts = unweighted.singles.tocsc()
    for place in range(counts.shape[1]):
        uses = counts[:, [place]].toarray().ravel()
        both = uses[:, None] + uses[None, :]
        factor += np.divide(2.0, both, out=np.zeros_like(both), where=both != 0)
    return csr_array(ties.toarray() * np.where(factor == 0, 1.0, factor))
