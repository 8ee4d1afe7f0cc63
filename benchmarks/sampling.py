"""Whether the intervals of `whipcount sample` hold what is true, on corpora made up to know it.

    python -m benchmarks.sampling [--samples N]

A corpus has positions of which the machine finds some, some of them wrong, statements in which it
finds none, and paragraphs; of each many samples are drawn. Prints how many of 100 intervals of
precision and recall hold the truth, and how wide they are on average.
"""

from __future__ import annotations

import argparse
import random
from typing import NamedTuple

from whipcount.project.rightness import Case, Resamples, share
from whipcount.project.sampling import NO_POSITION, TEXT


class Corpus(NamedTuple):
    """How many of what; `right` and `wrong` (of stance) are shares of what the machine finds."""

    found: int
    right: float
    wrong: float
    other: int
    silent: int
    missed: float
    paragraphs: int
    missed_in_text: float


CORPORA = (
    Corpus(300, 0.8, 0.1, 200, 500, 0.03, 2000, 0.01),
    Corpus(300, 0.95, 0.02, 200, 500, 0.0, 2000, 0.0),
    Corpus(100, 0.6, 0.2, 300, 1000, 0.1, 5000, 0.02),
    Corpus(40, 0.9, 0.05, 100, 200, 0.05, 800, 0.03),
    Corpus(2000, 0.8, 0.1, 3000, 8000, 0.02, 30000, 0.002),
    Corpus(300, 0.8, 0.1, 200, 500, 0.005, 2000, 0.001),
)

Unit = tuple[int, int, int]
"""Whether the machine finds it, whether it is there, and whether the machine has it right."""


def units(of: Corpus, chance: random.Random) -> dict[str, list[Unit]]:
    """Return the units of a corpus by stratum."""

    def found() -> Unit:
        drawn = chance.random()
        return 1, int(drawn < of.right + of.wrong), int(drawn < of.right)

    def missed(share: float) -> Unit:
        return 0, int(chance.random() < share), 0

    return {
        "option": [found() for _ in range(of.found)],
        "other": [missed(of.missed) for _ in range(of.other)],
        NO_POSITION: [missed(of.missed) for _ in range(of.silent)],
        TEXT: [missed(of.missed_in_text) for _ in range(of.paragraphs)],
    }


def held(of: Corpus, each: int, samples: int) -> dict[str, tuple[float, float]]:
    """Return the share of intervals that hold what is true, and their mean width."""
    chance = random.Random(1)
    told: dict[str, list[tuple[bool, float]]] = {"precision": [], "recall": []}
    for number in range(samples):
        strata = units(of, chance)
        whole = [
            sum(unit[place] for some in strata.values() for unit in some) for place in range(3)
        ]
        cases = [
            Case(stratum, len(some) / min(len(some), each), *unit[:2], min(unit[:2]), *unit[2:] * 2)
            for stratum, some in strata.items()
            for unit in chance.sample(some, min(len(some), each))
        ]
        resamples = Resamples.of(cases, number)
        for name, part, truth in (
            ("precision", "found", whole[2] / whole[0]),
            ("recall", "wanted", whole[2] / whole[1]),
        ):
            found = share(cases, "right", part, resamples, missed=name == "recall")
            if found.value is not None:
                told[name].append((found.low <= truth <= found.high, found.high - found.low))
    return {
        name: (sum(one for one, _ in some) / len(some), sum(one for _, one in some) / len(some))
        for name, some in told.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=400)
    given = parser.parse_args()
    for each in (12, 25, 50):
        for corpus in CORPORA:
            line = ", ".join(
                f"{name} {100 * share:.0f} of 100 held, width {width:.2f}"
                for name, (share, width) in held(corpus, each, given.samples).items()
            )
            print(f"{each:3} of each stratum, {corpus.found:5} found: {line}")


if __name__ == "__main__":
    main()
