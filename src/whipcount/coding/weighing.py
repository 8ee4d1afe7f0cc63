"""Chances from the network's scores and the rules' draft: is the option meant, and what of it?

Two regressions with a handful of weights, fitted on statements that the network has not seen
(`training/stances/weigh.py`). Whether an option is meant also depends on how well the statement's
other options fit, for what is said is mostly about one of them. An option that has phrases or
examples, which the rules know how to find, is weighed otherwise than one with a label alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from whipcount.coding.trained.pairs import STANCES

if TYPE_CHECKING:
    from whipcount.coding.lexical import Draft
    from whipcount.model import Option

Floats: TypeAlias = NDArray[np.float64]

EVIDENCE = ("network", "others", "whole", "part", "context", "agreed", "always")
"""What speaks for a match: how well the option fits by the network; how well the best of the other
options does; how the rules matched it, if they did; whether both take the same stance; 1."""

NO_OTHER = -6.0
"""How well other options fit where there are none, or none was near enough to be asked about."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the evidence weighs.

    `match` (7) is in the order of `EVIDENCE`; `network` scales the scores of the stances, `prior`
    (5) is added to them and `draft` to that of the rules' stance; `least` is the chance of a match
    from which there is a coding.
    """

    match: Floats
    network: float
    prior: Floats
    draft: float
    least: float


def weights_of(settings: Mapping[str, Any], option: Option) -> Weights:
    """Return the weights for an option from the network's settings."""
    told = settings["weights"]["phrases" if option.phrases or option.examples else "label"]
    return Weights(
        np.array([told["match"][name] for name in EVIDENCE]),
        told["stance"]["network"],
        np.array(told["stance"]["prior"]),
        told["stance"]["draft"],
        told["least"],
    )


def fit(scores: Sequence[float] | NDArray[Any]) -> float:
    """Return how well an option fits a statement by the network's scores (6): log odds."""
    values = np.asarray(scores, dtype=np.float64)
    most = values[1:].max()
    return float(most + np.log(np.exp(values[1:] - most).sum()) - values[0])


def evidence(scores: NDArray[Any], others: float, draft: Draft | None) -> Floats:
    """Return the evidence for a match (7), in the order of `EVIDENCE`.

    `others` is the largest `fit` of the statement's other options.
    """
    kind = None if draft is None else draft.match
    stance = None if draft is None else draft.judgement.stance
    return np.array(
        [
            fit(scores),
            max(others, NO_OTHER),
            float(kind == "whole"),
            float(kind == "part"),
            float(kind == "context"),
            float(stance == STANCES[1 + int(np.argmax(scores[1:]))]),
            1.0,
        ]
    )


def chances(told: Floats, scores: NDArray[Any], draft: Draft | None, weights: Weights) -> Floats:
    """Return the chances of `pairs.STANCES` (6), none first, of the `evidence`; they sum to 1."""
    match = 1 / (1 + np.exp(-float(told @ weights.match)))
    sides = weights.network * np.asarray(scores[1:], dtype=np.float64) + weights.prior
    if draft is not None:
        sides[STANCES.index(draft.judgement.stance) - 1] += weights.draft
    sides = np.exp(sides - sides.max())
    return np.concatenate([[1 - match], match * sides / sides.sum()])
