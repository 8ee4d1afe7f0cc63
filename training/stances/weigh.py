"""Fit what weighs the network's scores, the rules' drafts and the topics, and write the settings.

    python -m training.stances.weigh POLNEAR FOLDER [--fresh]

FOLDER holds the exported network, tokenizer and topics. The topics' weights are fitted on our
statements to train on, with options of other issues for what doesn't match; the network's and
drafts' on what the network has not seen: for options with a label alone on the statements to
develop on, ours and real news (POLNEAR has its articles), for those with phrases on two debates.
`--fresh` fits the topics anew; otherwise those of FOLDER's settings stay.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from benchmarks.debate import is_issue, paired, spans_of
from benchmarks.news import read_news
from benchmarks.staging import issue_of, staged
from benchmarks.statements import Example, read_statements

from training.stances.train import DEVELOP, HERE, NEWS_DEVELOP, own_statements
from whipcount.actors import find_mentions, gazetteer, identify
from whipcount.analysis import analyse
from whipcount.attribution import attribute
from whipcount.bodies import load_body
from whipcount.coding import load_issue, local
from whipcount.coding.implications import consequences
from whipcount.coding.trained.pairs import STANCES
from whipcount.coding.trained.reader import FILES, NETWORK, SETTINGS, TOKENIZER, TOPICS, Reader
from whipcount.coding.weighing import EVIDENCE
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

FOLDS = 8
"""Parts in turn put by, to find the chance from which to call a match one."""

UNFITTED_WEIGHTS: dict[str, Any] = {
    "match": {name: float(name == "network") for name in EVIDENCE},
    "stance": {"network": 1.0, "prior": [0.0] * (len(STANCES) - 1), "draft": 0.0},
    "least": 0.5,
}
UNFITTED: dict[str, Any] = {
    "topics": {"weights": [0.0] * 6, "least": 0.0, "somewhere": 0.0},
    "weights": {"label": UNFITTED_WEIGHTS, "phrases": UNFITTED_WEIGHTS},
    "review": 0.5,
}


def main() -> None:
    """Fit, and write FOLDER's settings and checksums."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("polnear", type=Path)
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
        learned = sorted((HERE / "news").glob("*.jsonl"))
        news = [one for path in learned for one in read_news(path, args.polnear)]
        settings["topics"] = fit_topics(reader, [*own_statements(), *news])
    open_settings = {**settings, "topics": UNFITTED["topics"]}
    reader.settings = open_settings  # every pair is read
    examples = [one for path in DEVELOP for one in read_statements(path)]
    alone = collect(reader, [*examples, *read_news(NEWS_DEVELOP, args.polnear)])
    debates = [row for folder in DEBATES for row in collect_debate(reader, folder)]
    settings["weights"] = {"label": fit_weights(alone), "phrases": fit_weights(debates)}
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


class Row(NamedTuple):
    """What there is to weigh of a statement and an option, and what is right.

    `evidence` (7) for a match, the network's `scores` (6), the rules' stance (-1 for none) and the
    right one, in `STANCES`.
    """

    evidence: np.ndarray
    scores: np.ndarray
    drafted: int
    right: int


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
        answer = STANCES.index(right.get(option, "none"))
        rows.append(Row(found.evidence, found.reading.scores.astype(np.float64), stance, answer))
    return rows


def fit_weights(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the weights for `weighing.weights_of`."""
    evidence = np.array([row.evidence for row in rows])
    right = np.array([row.right for row in rows])
    chances = np.zeros(len(rows))
    fold = np.arange(len(rows)) * FOLDS // len(rows)
    for number in range(FOLDS):
        weights = _fit_match(evidence[fold != number], right[fold != number])
        chances[fold == number] = 1 / (1 + np.exp(-evidence[fold == number] @ weights))
    steps = np.arange(0.1, 0.6, 0.02)
    scores = [_f1(chances >= step, right > 0) for step in steps]
    best = int(np.argmax(np.convolve(scores, np.ones(5) / 5, mode="same")))
    print(f"match F1 {scores[best]:.3f} from {steps[best]:.2f} on", file=sys.stderr)
    weights = _fit_match(evidence, right)
    return {
        "match": {name: round(float(w), 4) for name, w in zip(EVIDENCE, weights, strict=True)},
        "stance": _fit_stance([row for row in rows if row.right]),
        "least": round(float(steps[best]), 2),
    }


def _f1(found: np.ndarray, there: np.ndarray) -> float:
    return 2 * float((found & there).sum()) / max(int(found.sum() + there.sum()), 1)


def _fit_match(evidence: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the weights (7) of the evidence for a match: a logistic regression."""
    given, wanted = torch.tensor(evidence), torch.tensor(right > 0, dtype=torch.float64)
    weights = torch.zeros(given.shape[1], dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        found = F.binary_cross_entropy_with_logits(given @ weights, wanted)
        return found + 1e-3 * weights.square().sum()

    minimise([weights], loss)
    return weights.detach().numpy()


def _fit_stance(rows: Sequence[Row]) -> dict[str, Any]:
    """Return how the stances are weighed where the option is matched: a multinomial regression."""
    scores = torch.tensor(np.array([row.scores[1:] for row in rows]))
    right = torch.tensor([row.right - 1 for row in rows])
    drafted = torch.tensor([row.drafted - 1 for row in rows])
    told = F.one_hot(drafted.clamp(min=0), len(STANCES) - 1) * (drafted >= 0)[:, None]
    scale = torch.ones(1, dtype=torch.float64, requires_grad=True)
    prior = torch.zeros(len(STANCES) - 1, dtype=torch.float64, requires_grad=True)
    draft = torch.zeros(1, dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        found = F.cross_entropy(scores * scale + prior + told * draft, right)
        return found + 5e-3 * (prior.square().sum() + draft.square().sum())

    minimise([scale, prior, draft], loss)
    return {
        "network": round(float(scale), 4),
        "prior": [round(float(w), 4) for w in prior],
        "draft": round(float(draft), 4),
    }


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
