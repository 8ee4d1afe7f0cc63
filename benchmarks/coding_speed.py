"""How long coding takes beside attribution: the first statements of a folder, ten options.

    python -m benchmarks.coding_speed TEXT_DIR [--statements 1000] [--rounds 3] [--write]

Both are timed on one thread in one run, article by article: `statements` (reading, parsing,
attribution, actors, dates) and then the coding of its statements by each coder. Prints the ratio,
the median of the rounds; `--write` puts it into docs/quality.md.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.quality import write_table
from whipcount import actors, attribution, coding, reading
from whipcount.actors import gazetteer
from whipcount.actors.gazetteer import Gazetteer
from whipcount.analysis import Analysis, analyse
from whipcount.coding import load_issue
from whipcount.model import Statement

ISSUE = Path(__file__).parent / "election.toml"
CODERS = ("local", "lexical")
Made = TypeVar("Made")


def timed(make: Callable[[], Made]) -> tuple[Made, float]:
    """Return what a function makes and the processor seconds that it took."""
    started = time.process_time()
    made = make()
    return made, time.process_time() - started


def attributed(
    path: Path, names: Gazetteer
) -> tuple[Analysis, actors.Mentions, tuple[Statement, ...]]:
    """Return what `statements` makes of a page."""
    analysis = analyse(reading.read_page(path)[0])
    mentions = actors.find_mentions(analysis, names)
    found = actors.identify(analysis, attribution.attribute(analysis), mentions)
    return analysis, mentions, found


def measure(folder: Path, most: int) -> tuple[int, float, dict[str, float], dict[str, int]]:
    """Return statements, the seconds they took, and each coder's seconds and positions."""
    issue = load_issue(ISSUE)
    names = gazetteer(None)
    seconds = dict.fromkeys(CODERS, 0.0)
    positions = dict.fromkeys(CODERS, 0)
    total, took = 0, 0.0
    for path in sorted(folder.glob("*.txt")):
        if total >= most:
            break
        (analysis, mentions, found), spent = timed(partial(attributed, path, names))
        total, took = total + len(found), took + spent
        for coder in CODERS:
            coded, spent = timed(partial(coding.code, analysis, found, mentions, issue, coder))
            seconds[coder] += spent
            positions[coder] += len(coded)
    return total, took, seconds, positions


def main() -> None:
    """Print the ratios, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--statements", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    measure(args.folder, 20)  # loads the models
    rounds = [measure(args.folder, args.statements) for _ in range(args.rounds)]
    rows = [
        "| coder | statements | options | positions | time, as a share of `statements` |",
        "|---|---|---|---|---|",
    ]
    for coder in CODERS:
        ratio = statistics.median(one[2][coder] / one[1] for one in rounds)
        rows.append(f"| {coder} | {rounds[0][0]:,} | 10 | {rounds[0][3][coder]} | {ratio:.2f} |")
    print("\n".join(rows))
    if args.write:
        write_table("coding speed", rows)


if __name__ == "__main__":
    main()
