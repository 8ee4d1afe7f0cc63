"""Spectra: what a network's structure is, as numbers that two networks can be compared by."""

from __future__ import annotations

import numpy as np

from whipcount.networks.tallies import Floats


def spectrum(ties: Floats) -> Floats:
    """Return the eigenvalues of a network's Laplacian, in order, divided by their sum.

    Ties below 0 count as none, and so does the diagonal. An empty network's are all 0.
    """
    from scipy.linalg import eigvalsh  # noqa: PLC0415

    weights = np.maximum(ties, 0.0)
    np.fill_diagonal(weights, 0.0)
    tied = np.flatnonzero(weights.any(axis=1))
    found = np.zeros(len(ties))
    if len(tied):
        kept = weights[np.ix_(tied, tied)]
        values = np.maximum(eigvalsh(np.diag(kept.sum(axis=1)) - kept), 0.0)
        found[len(ties) - len(tied) :] = values / values.sum()
    return found


def spectral_distance(one: Floats, other: Floats) -> float:
    """Return the Euclidean distance between two spectra of as many nodes."""
    return float(np.linalg.norm(one - other))
