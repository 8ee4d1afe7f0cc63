"""Weigh what the linker looks at beside the network's scores: a conditional logit, fitted on dev.

On train the network knows its links by heart, and its scores would weigh too much.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.attribution.corpus import Document
from training.attribution.files import rewrite_settings
from whipcount.attribution.trained.chain import Tagged
from whipcount.attribution.trained.encoder import Encoder
from whipcount.attribution.trained.linker import PAIR, Ground, Linker
from whipcount.attribution.trained.weights import load_weights
from whipcount.attribution.trained.words import ROLES

FOLDS = 5
STRENGTH = 1.0
"""Of the pull towards the network's score alone."""

Choice = tuple[np.ndarray, int]
"""What is weighed of each candidate, and the number of the right one."""


def weigh(documents: Sequence[Document], folder: Path) -> None:
    """Fit the weights for the network in a folder, and write them into its settings."""
    network = Encoder(load_weights(folder))
    linker = Linker(network.weights.linker)
    choices = [_choices(document, network, linker) for document in documents]
    fitted = []
    for kind, name in enumerate(("content to cue", "cue to source")):
        alone = right = count = 0
        for fold in range(FOLDS):
            taught = [c for i, one in enumerate(choices) if i % FOLDS != fold for c in one[kind]]
            asked = [c for i, one in enumerate(choices) if i % FOLDS == fold for c in one[kind]]
            weights = _fit(taught)
            count += len(asked)
            right += sum(int(np.argmax(features @ weights)) == it for features, it in asked)
            alone += sum(int(np.argmax(features[:, 0])) == it for features, it in asked)
        print(
            f"{name}: {100 * right / count:.1f} % of {count} right over {FOLDS} folds, "
            f"{100 * alone / count:.1f} % by the network alone",
            file=sys.stderr,
        )
        weights = _fit([c for one in choices for c in one[kind]])
        fitted.append(dict(zip(PAIR, np.round(weights, 3).tolist(), strict=True)))
    linker_numbers = {**network.weights.linker, "pair": fitted}
    rewrite_settings(folder, {"linker": linker_numbers})


def _choices(
    document: Document, network: Encoder, linker: Linker
) -> tuple[list[Choice], list[Choice]]:
    """Return an article's contents with their cues, and its cues with their sources."""
    relations = document.readings[0].relations
    spans = [
        Tagged(role, start, end, 1.0, 1.0)
        for start, end, role in sorted(
            {(*span, role) for one in relations for role in ROLES for span in one[role]}
        )
    ]
    links = np.concatenate([reading.links for reading in network.read(document.words)])
    ground = Ground(spans, links[[span.start for span in spans]], document.words)
    starts = {role: ground.starts[role].tolist() for role in ROLES}
    cue_of = {
        span[0]: one["cue"][0][0] for one in relations if one["cue"] for span in one["content"]
    }
    source_of = {
        one["cue"][0][0]: one["source"][0][0] if one["source"] else None
        for one in relations
        if one["cue"]
    }
    found: tuple[list[Choice], list[Choice]] = ([], [])
    for kind, (asks, asked, right_of) in enumerate(
        (("content", "cue", cue_of), ("cue", "source", source_of))
    ):
        for span in spans:
            if span.role != asks or span.start not in right_of:
                continue
            places, features = linker.features(span, ground, kind)
            right = right_of[span.start]
            at = [None if place is None else starts[asked][place] for place in places]
            if right in at:
                found[kind].append((features, at.index(right)))
    return found


def _fit(choices: Sequence[Choice]) -> np.ndarray:
    """Return the weights that make the right ones most probable."""
    most = max(len(features) for features, _ in choices)
    known = torch.zeros(len(choices), most, len(PAIR), dtype=torch.float64)
    real = torch.zeros(len(choices), most, dtype=torch.bool)
    for number, (features, _) in enumerate(choices):
        known[number, : len(features)] = torch.from_numpy(features)
        real[number, : len(features)] = True
    right = torch.tensor([it for _, it in choices])
    begin = torch.zeros(len(PAIR), dtype=torch.float64)
    begin[0] = 1.0
    weights = begin.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        scores = (known @ weights).masked_fill(~real, -1e9)
        value = torch.nn.functional.cross_entropy(scores, right, reduction="sum")
        value = value + STRENGTH / 2 * ((weights - begin) ** 2).sum()
        value.backward()
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach().numpy()
