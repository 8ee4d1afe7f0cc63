"""Fit what weighs the network's scores, the rules' drafts and the topics, and write the settings.

    python -m training.stances.weigh FOLDER [--fresh]

FOLDER holds the exported network, tokenizer and topics. The topics' weights are fitted on our
statements to train on, with options of other issues for what doesn't match; the network's and
drafts' on the developing half of the gold, which neither has seen. `--fresh` fits the topics anew;
otherwise those of FOLDER's settings stay.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from benchmarks.staging import issue_of, staged
from benchmarks.statements import Example, read_statements

from training.stances.train import DEVELOP, own_statements
from whipcount.coding import local
from whipcount.coding.trained.pairs import STANCES
from whipcount.coding.trained.reader import FILES, NETWORK, SETTINGS, TOKENIZER, TOPICS, Reader
from whipcount.model_files import write_manifest

VERSION = "1.0"

PASSED = 0.95
"""Share of the pairs with a stance that the topics let through to the network."""

STRANGERS = 6
"""Options of other issues that each statement is held against."""

KINDS = ("whole", "part", "context")
UNFITTED: dict[str, Any] = {
    "topics": {"weights": [0.0] * 6, "least": 0.0},
    "weights": {
        "network": 1.0,
        "prior": [0.0] * len(STANCES),
        "no draft": 0.0,
        "draft": dict.fromkeys(KINDS, 0.0),
    },
    "review": 0.0,
}


def main() -> None:
    """Fit, and write FOLDER's settings and checksums."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fresh", action="store_true")
    args = parser.parse_args()
    settings = dict(UNFITTED)
    path = args.folder / SETTINGS
    if path.exists() and not args.fresh:
        settings["topics"] = json.loads(path.read_text(encoding="utf-8"))["topics"]
    write(args.folder, settings)
    reader = Reader(args.folder)
    if args.fresh or not path.exists():
        settings["topics"] = fit_topics(reader, own_statements())
    open_settings = {**settings, "topics": UNFITTED["topics"]}
    reader.settings = open_settings  # every pair is read
    rows = collect(reader, read_statements(DEVELOP))
    settings["weights"], settings["review"] = fit_weights(rows)
    write(args.folder, settings)
    print(json.dumps(settings, indent=1), file=sys.stderr)


def write(folder: Path, settings: dict[str, Any]) -> None:
    """Write a folder's settings and the checksums of its files."""
    (folder / SETTINGS).write_text(json.dumps(settings) + "\n", encoding="utf-8")
    write_manifest(folder, FILES, VERSION)


def fit_topics(reader: Reader, examples: Sequence[Example]) -> dict[str, Any]:
    """Return the weights of nearness, and the least that lets `PASSED` of the pairs through."""
    labels = sorted({label for one in examples for label in one.options.values()})
    known = dict(zip(labels, reader.pieces(labels), strict=True))
    rng = np.random.default_rng(0)
    rows, matches = [], []
    for one in examples:
        line, title = reader.pieces([one.text, one.title])
        asked = [one.options[option] for option in one.codes]
        strangers = [labels[i] for i in rng.integers(len(labels), size=STRANGERS)]
        for label in (*asked, *(s for s in strangers if s not in one.options.values())):
            rows.append(local.nearness(reader, line, known[label], title))
            matches.append(label in asked)
    evidence = torch.tensor(np.array(rows), dtype=torch.float64)
    wanted = torch.tensor(matches, dtype=torch.float64)
    weights = torch.zeros(evidence.shape[1], dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        found = F.binary_cross_entropy_with_logits(evidence @ weights, wanted)
        return found + 1e-4 * weights.square().sum()

    minimise([weights], loss)
    scores = (evidence @ weights).detach().numpy()
    least = float(np.quantile(scores[np.array(matches)], 1 - PASSED))
    passed = float((scores[~np.array(matches)] >= least).mean())
    print(f"topics: {passed:.3f} of other issues' pairs pass", file=sys.stderr)
    return {"weights": [round(float(w), 4) for w in weights], "least": round(least, 4)}


def collect(reader: Reader, examples: Sequence[Example]) -> list[tuple[np.ndarray, int, int, int]]:
    """Return scores, draft's stance and kind (-1 without one) and the right stance of each pair."""
    rows = []
    for one in examples:
        analysis, statement, _ = staged(one)
        judge = local.Judge(reader, analysis, issue_of(one))
        best: dict[str, local.Judged] = {}
        for found in judge.judged(statement):
            known = best.get(found.option)
            if known is None or found.chances[0] < known.chances[0]:
                best[found.option] = found
        for option, found in best.items():
            code = one.codes.get(option)
            right = STANCES.index(code.stance if code is not None else "none")
            draft = found.draft
            stance = STANCES.index(draft.judgement.stance) if draft is not None else -1
            kind = KINDS.index(draft.match) if draft is not None else -1
            rows.append((found.reading.scores.astype(np.float64), stance, kind, right))
    return rows


def fit_weights(
    rows: Sequence[tuple[np.ndarray, int, int, int]],
) -> tuple[dict[str, Any], float]:
    """Return the weights of `local.weighed`, and the chance below which a coding is for review."""
    scores = torch.tensor(np.array([row[0] for row in rows]))
    stance, kind, right = (torch.tensor([row[i] for row in rows]) for i in (1, 2, 3))
    scale = torch.ones(1, dtype=torch.float64, requires_grad=True)
    prior = torch.zeros(len(STANCES), dtype=torch.float64, requires_grad=True)
    draft = torch.zeros(len(KINDS) + 1, dtype=torch.float64, requires_grad=True)
    index = torch.where(stance < 0, torch.zeros_like(stance), stance)
    which = torch.where(kind < 0, torch.full_like(kind, len(KINDS)), kind)

    def made() -> torch.Tensor:
        told = F.one_hot(index, len(STANCES)) * draft[which][:, None]
        return scores * scale + prior + told

    def loss() -> torch.Tensor:
        shrunk = prior.square().sum() + draft.square().sum()
        return F.cross_entropy(made(), right) + 2e-3 * shrunk

    minimise([scale, prior, draft], loss)
    chances = F.softmax(made(), 1).detach().numpy()
    found, wanted = chances.argmax(1), right.numpy()
    print(f"weights: {np.mean(found == wanted):.3f} of the pairs right", file=sys.stderr)
    numbers = [round(float(w), 4) for w in draft]
    weights = {
        "network": round(float(scale), 4),
        "prior": [round(float(w), 4) for w in prior],
        "no draft": numbers[-1],
        "draft": dict(zip(KINDS, numbers[:-1], strict=True)),
    }
    return weights, 0.5


def minimise(parameters: list[torch.Tensor], loss: Any) -> None:
    """Find the parameters that make a loss least (L-BFGS)."""
    optimiser = torch.optim.LBFGS(parameters, max_iter=500, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        found: torch.Tensor = loss()
        found.backward()
        return found

    optimiser.step(closure)


if __name__ == "__main__":
    for needed in (NETWORK, TOKENIZER, TOPICS):
        assert needed in FILES
    main()
