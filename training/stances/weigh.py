"""Fit what weighs the network's scores, the rules' drafts and the topics, and write the settings.

    python -m training.stances.weigh FOLDER [--fresh]

FOLDER holds the exported network, tokenizer and topics. The topics' weights are fitted on our
statements to train on, with options of other issues for what doesn't match; the network's and
drafts' on the statements to develop on and on two debates, none of which the network has seen.
`--fresh` fits the topics anew; otherwise those of FOLDER's settings stay.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from benchmarks.debate import is_issue, paired, spans_of
from benchmarks.staging import issue_of, staged
from benchmarks.statements import Example, read_statements

from training.stances.train import DEVELOP, own_statements
from whipcount.actors import find_mentions, gazetteer, identify
from whipcount.analysis import analyse
from whipcount.attribution import attribute
from whipcount.bodies import load_body
from whipcount.coding import load_issue, local
from whipcount.coding.implications import consequences
from whipcount.coding.trained.pairs import STANCES
from whipcount.coding.trained.reader import FILES, NETWORK, SETTINGS, TOKENIZER, TOPICS, Reader
from whipcount.model_files import write_manifest
from whipcount.reading import read_page

VERSION = "1.0"

DEBATES = tuple(
    Path(__file__).parents[2] / "benchmarks" / "debates" / name for name in ("harbour", "tariff")
)
"""Debates whose statements are weighed too, as the whole chain finds them."""

PASSED = 0.98
SPOKEN = 0.7
"""Shares of the pairs with a stance that are near enough to be asked about, and near enough to show
by themselves that an article speaks of the option. What others cost and lose stands in
docs/coding.md."""

STRANGERS = 6
"""Options of other issues that each statement is held against."""

KINDS = ("whole", "part", "context")
UNFITTED: dict[str, Any] = {
    "topics": {"weights": [0.0] * 6, "least": 0.0, "somewhere": 0.0},
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
    rows = collect(reader, [one for path in DEVELOP for one in read_statements(path)])
    for folder in DEBATES:
        rows += collect_debate(reader, folder)
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
            told = local.label_of(reader.topics, known[label], title)
            rows.append(local.nearness(reader.topics, line, told))
            matches.append(label in asked)
    evidence = torch.tensor(np.array(rows), dtype=torch.float64)
    wanted = torch.tensor(matches, dtype=torch.float64)
    weights = torch.zeros(evidence.shape[1], dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        found = F.binary_cross_entropy_with_logits(evidence @ weights, wanted)
        return found + 1e-4 * weights.square().sum()

    minimise([weights], loss)
    scores = (evidence @ weights).detach().numpy()
    least, somewhere = np.quantile(scores[np.array(matches)], [1 - PASSED, 1 - SPOKEN])
    passed = [float((scores[~np.array(matches)] >= limit).mean()) for limit in (least, somewhere)]
    print(f"topics: {passed} of other issues' pairs pass", file=sys.stderr)
    return {
        "weights": [round(weight, 4) for weight in weights.tolist()],
        "least": round(float(least), 4),
        "somewhere": round(float(somewhere), 4),
    }


Row = tuple[np.ndarray, int, int, int]
"""The network's scores of a pair, the draft's stance and kind (-1 for none), the right stance."""


def collect(reader: Reader, examples: Sequence[Example]) -> list[Row]:
    """Return the rows of statements by themselves."""
    rows = []
    for one in examples:
        analysis, statement, _ = staged(one)
        judge = local.Judge(reader, analysis, issue_of(one), [statement])
        right = {option: code.stance for option, code in one.codes.items()}
        rows += _rows(judge.judged(statement), right)
    return rows


def collect_debate(reader: Reader, folder: Path) -> list[Row]:
    """Return the rows of a debate's statements, as the whole chain finds them.

    What follows from a statement's positions by the issue's own rules is not asked.
    """
    gold = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
    issue = load_issue(next(p for p in sorted(folder.glob("*.toml")) if is_issue(p)))
    names = gazetteer(load_body(issue.body, issue.path))
    follows = consequences(issue.options)
    rows = []
    for page in gold["pages"]:
        analysis = analyse(read_page(folder / page["path"])[0])
        mentions = find_mentions(analysis, names)
        statements = identify(analysis, attribute(analysis), mentions)
        wanted = [
            (row, *spans_of(analysis.article, row))
            for row in gold["statements"]
            if row["page"] == page["path"]
        ]
        judge = local.Judge(reader, analysis, issue, statements)
        for number, index in paired(wanted, statements).items():
            right = {one["option"]: one["stance"] for one in wanted[number][0]["positions"]}
            implied = {
                other
                for option, stance in right.items()
                for other in (
                    (*follows[option].supported, *follows[option].opposed)
                    if stance == "support"
                    else follows[option].opposed_by_opposing
                )
            }
            found = judge.judged(statements[index])
            rows += _rows((one for one in found if one.option not in implied - set(right)), right)
    return rows


def _rows(judged: Iterable[local.Judged], right: Mapping[str, str]) -> list[Row]:
    best: dict[str, local.Judged] = {}
    for found in judged:
        known = best.get(found.option)
        if known is None or found.chances[0] < known.chances[0]:
            best[found.option] = found
    rows = []
    for option, found in best.items():
        draft = found.draft
        stance = STANCES.index(draft.judgement.stance) if draft is not None else -1
        kind = KINDS.index(draft.match) if draft is not None else -1
        answer = STANCES.index(right.get(option, "none"))
        rows.append((found.reading.scores.astype(np.float64), stance, kind, answer))
    return rows


def fit_weights(rows: Sequence[Row]) -> tuple[dict[str, Any], float]:
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
