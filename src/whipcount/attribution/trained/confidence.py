"""How sure a statement is: the share of statements like it that a reader would mark too.

A logistic regression (Platt, 1999) on what the network holds of the statement's parts, fitted on
PolNeAR dev by `training/attribution/sureness.py`; how well it holds stands in docs/quality.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from whipcount.attribution.trained.linker import Linked

EVIDENCE = (
    "always",
    "content",  # that the contents are such to the word: the least sure one
    "content's words",  # that the contents' words are content
    "cue",
    "cue's words",
    "source",
    "source's words",
    "content's cue",  # that the contents go with the cue
    "cue's source",
    "no cue",
    "no source",
)
"""What is weighed; of probabilities the log of the odds, 0 where there is no such part."""

MOST = 5.0
"""The log of odds at which a probability counts as certain: 0.993."""


def evidence(one: Linked) -> list[float]:
    """Return what is weighed of a statement, in the order of `EVIDENCE`."""
    content = min(piece.probability for piece in one.contents)
    words = sum(piece.covered for piece in one.contents) / len(one.contents)
    cue, source = one.cue, one.source
    return [
        1.0,
        log_odds(content),
        log_odds(words),
        0.0 if cue is None else log_odds(cue.probability),
        0.0 if cue is None else log_odds(cue.covered),
        0.0 if source is None else log_odds(source.probability),
        0.0 if source is None else log_odds(source.covered),
        0.0 if cue is None else log_odds(min(one.content_links)),
        0.0 if cue is None else log_odds(one.source_link),
        float(cue is None),
        float(source is None),
    ]


def confidence(one: Linked, weights: Mapping[str, float]) -> float:
    """Return how sure a statement is, 0 … 1."""
    total = sum(weights[name] * value for name, value in zip(EVIDENCE, evidence(one), strict=True))
    return 1 / (1 + math.exp(-total))


def log_odds(probability: float) -> float:
    """Return the log of the odds, held within `MOST`."""
    if probability <= 0:
        return -MOST
    if probability >= 1:
        return MOST
    return max(-MOST, min(MOST, math.log(probability / (1 - probability))))
