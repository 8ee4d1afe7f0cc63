"""The weights of pronouns: what the fit learns, and what it is given to learn from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from training.pronouns import choices_of, fit, is_right

from whipcount.actors.pronouns import FEATURES

TEXT = "Ilsa Torv met the press. Peter Peel, her deputy, was ill. The plan is dead, she said."


def test_a_fit_learns_what_tells_the_right_one() -> None:
    rng = np.random.default_rng(5)
    asked = []
    for number in range(350):
        seen = rng.normal(size=(4, len(FEATURES)))
        asked.append((f"article {number}", seen, int(np.argmax(seen[:, 3] - 2 * seen[:, 7]))))
    weights = fit(asked[:300])
    assert sum(is_right(one, weights) for one in asked[300:]) >= 45
    assert weights[3] > 0.5
    assert weights[7] < -0.5


def test_every_pronoun_of_the_gold_is_a_choice(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    at = TEXT.index("she")
    row = {
        "doc": "page", "source": [[at, at + 3]], "form": "pronoun", "kind": "person",
        "actor": [0, 9], "role": [], "affiliation": [],
    }  # fmt: skip
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    ((_, seen, right),) = choices_of(gold, tmp_path)
    assert seen.shape == (1, len(FEATURES))  # Peter is no she
    assert right == 0
