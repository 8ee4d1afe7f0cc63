"""Fit what makes a statement's confidence: a logistic regression on PolNeAR dev.

On train the network is surer than it has reason to be. That dev is also what the figures of
docs/quality.md are measured on is why the error printed here, over folds, is the one to believe.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from benchmarks.scoring import Tally, as_attributions, calibration, read_gold

from training.attribution.files import rewrite_settings
from whipcount import reading
from whipcount.analysis import analyse
from whipcount.attribution.making import make_statements
from whipcount.attribution.rules import tagger as rules
from whipcount.attribution.trained.confidence import EVIDENCE, evidence
from whipcount.attribution.trained.encoder import Encoder
from whipcount.attribution.trained.tagger import TrainedTagger, made_of
from whipcount.attribution.trained.weights import load_weights

FOLDS = 5
STRENGTH = 1.0
"""Of the pull of the weights towards 0."""


def calibrate(folder: Path, data: Path) -> None:
    """Fit the weights on a folder in PolNeAR's layout; write them into the settings in `data`."""
    tagger = TrainedTagger(Encoder(load_weights(data)))
    known: list[np.ndarray] = []
    right: list[np.ndarray] = []
    for name, (text, gold) in sorted(read_gold(folder).items()):
        analysis = analyse(reading.read_page(folder / "text" / f"{name}.txt")[0])
        encoded = tagger.encode(analysis)
        linked = tagger.linker.link(encoded.spans, encoded.links, encoded.words)
        if not linked:
            continue
        _, marks = rules.drafts(analysis)
        made = [made_of(one, encoded.words, tagger.network.weights.confidence) for one in linked]
        found = as_attributions(make_statements(analysis, made, marks))
        hits = Tally().add(text, found, gold)
        known.append(np.array([evidence(one) for one in linked]))
        right.append(np.array([number in hits for number in range(len(linked))], dtype=float))
    sure = np.concatenate(
        [
            1 / (1 + np.exp(-(known[number] @ _fit(known, right, leave=number % FOLDS))))
            for number in range(len(known))
        ]
    )
    print(
        f"confidence: calibration error over {FOLDS} folds "
        f"{100 * calibration(sure, np.concatenate(right))[1]:.1f} points",
        file=sys.stderr,
    )
    weights = np.round(_fit(known, right), 4).tolist()
    rewrite_settings(data, {"confidence": dict(zip(EVIDENCE, weights, strict=True))})


def _fit(known: list[np.ndarray], right: list[np.ndarray], leave: int | None = None) -> np.ndarray:
    """Return the weights; articles of the fold `leave` are left out."""
    rows = [number for number in range(len(known)) if leave is None or number % FOLDS != leave]
    x = torch.from_numpy(np.concatenate([known[number] for number in rows]))
    y = torch.from_numpy(np.concatenate([right[number] for number in rows]))
    weights = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(
            x @ weights, y, reduction="sum"
        )
        value = value + STRENGTH / 2 * (weights**2).sum()
        value.backward()
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach().numpy()
