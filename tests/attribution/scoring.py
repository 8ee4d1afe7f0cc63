"""What the gate measures, and the record that it compares with."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.marked import unmarked
from benchmarks.scoring import Tally, as_attributions, read_gold

from tests.articles import article_of
from whipcount.analysis import analyse
from whipcount.attribution import attribute
from whipcount.reading import read_page

HERE = Path(__file__).parent
OWN: list[dict[str, Any]] = tomllib.loads((HERE / "gold.toml").read_text(encoding="utf-8"))["cases"]
POLNEAR = HERE.parents[2] / "shared" / "polnear" / "dev"
RECORD = HERE / "recorded.json"


@dataclass
class Result:
    """Figures, which of the gold's statements were found by case or article, and what was not."""

    figures: dict[str, dict[str, float]]
    found: dict[str, list[int]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)


def measured_on_our_own() -> Result:
    """Return how the default tagger reads `gold.toml`."""
    tally, result = Tally(), Result({})
    for number, case in enumerate(OWN):
        text, gold = unmarked(case["text"])
        found = as_attributions(attribute(analyse(article_of(text))))
        right = tally.add(text, gold, found)
        result.found[str(number)] = sorted(right)
        wrong = len(right) < len(gold) or (case.get("none") and found)
        if wrong:
            must = "must: " if case.get("must") else ""
            lines = [
                " / ".join(" ".join(text[s:e] for s, e in one[role]) for role in one)
                for one in found
            ]
            result.missed.append(f"{must}{case['why']}\n    " + "\n    ".join(lines))
    result.figures = tally.figures()
    return result


def measured_on_polnear() -> Result:
    """Return how the default tagger reads PolNeAR's development articles.

    Articles go by a digest of their names, which hold words of their titles.
    """
    tally, result = Tally(), Result({})
    for name, (text, gold) in sorted(read_gold(POLNEAR).items()):
        article = read_page(POLNEAR / "text" / f"{name}.txt")[0]
        found = as_attributions(attribute(analyse(article)))
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        result.found[digest] = sorted(tally.add(text, gold, found))
    result.figures = tally.figures()
    return result
