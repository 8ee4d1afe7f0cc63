"""What readers look at in the example debate: who moved when, and the network, beside the gold.

    python -m benchmarks.debate_network [FOLDER] [--coder local|lexical] [--write]

FOLDER is as `benchmarks.debate` has it. A move is a holder's stance on an option that differs from
the one before, with its day; it is right where holder, option, day and stance are those of the
gold. The network joins holders by the options on which they agree, less those on which they
disagree (Leifeld's subtract), in windows of so many days that begin every week; the correlation is
Pearson's, over all pairs of holders in all windows.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np

import whipcount
from benchmarks.debate import DEBATE, is_issue
from benchmarks.quality import write_table
from whipcount.coding import DEFAULT_CODER
from whipcount.dates import first_day
from whipcount.model import Coded

WINDOWS = (7, 14, 28, 56, 0)
"""Days; 0 is the whole debate."""

SIDES = {"support": 1, "oppose": -1}


@dataclass(frozen=True, slots=True, order=True)
class Stand:
    """Whose stance on what, said when."""

    holder: str
    option: str
    day: date
    stance: str


def of_gold(path: Path) -> list[Stand]:
    """Return the gold's stances in reading order."""
    gold = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Stand(
            holder(one.get("speaks_for") or one.get("actor") or row["speaks_for"] or row["actor"]),
            one["option"],
            first_day(str(row["date"])),
            one["stance"],
        )
        for row in gold["statements"]
        for one in row["positions"]
    ]


def of_machine(coded: Iterable[Coded]) -> list[Stand]:
    """Return the coded stances in reading order, without those that are for review."""
    return [
        Stand(
            holder(one.actor.speaks_for or one.actor.name),
            one.option,
            first_day(one.date),
            one.stance,
        )
        for article in coded
        for one in article.positions
        if one.date and not one.for_review
    ]


def holder(words: str) -> str:
    """Return a holder's name as it is compared."""
    return " ".join(words.casefold().split()).removeprefix("the ")


def moves(stands: Iterable[Stand]) -> set[Stand]:
    """Return the stances that differ from their holder's one before on the option."""
    last: dict[tuple[str, str], str] = {}
    found = set()
    for stand in sorted(stands, key=lambda one: one.day):
        key = stand.holder, stand.option
        if last.get(key) != stand.stance:
            found.add(stand)
            last[key] = stand.stance
    return found


def correlation(one: list[Stand], other: list[Stand], days: int) -> float:
    """Return how the pairs' weights of two readings go together, in windows of so many days."""
    holders = sorted({stand.holder for stand in (*one, *other)})
    begin = min(stand.day for stand in one)
    end = max(stand.day for stand in one)
    starts = [begin]
    while days and starts[-1] + timedelta(days) <= end:
        starts.append(starts[-1] + timedelta(7))
    weights = [
        [
            weight
            for start in starts
            for weight in _weights(
                [s for s in stands if not days or start <= s.day < start + timedelta(days)],
                holders,
            )
        ]
        for stands in (one, other)
    ]
    return float(np.corrcoef(weights)[0, 1])


def _weights(stands: list[Stand], holders: list[str]) -> list[int]:
    """Return agreement less disagreement of each pair of holders."""
    sides: dict[str, dict[str, int]] = {name: {} for name in holders}
    for stand in stands:
        if stand.stance in SIDES:
            sides[stand.holder][stand.option] = SIDES[stand.stance]
    return [
        sum(sides[a][option] * sides[b][option] for option in sides[a].keys() & sides[b].keys())
        for a, b in combinations(holders, 2)
    ]


def main() -> None:
    """Print the figures, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=DEBATE)
    parser.add_argument("--coder", default=DEFAULT_CODER)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    issue = next(p for p in sorted(args.folder.glob("*.toml")) if is_issue(p))
    gold = of_gold(args.folder / "gold.toml")
    found = of_machine(whipcount.code([args.folder / "pages"], issue, coder=args.coder))
    there, given = moves(gold), moves(found)
    f1 = 200 * len(there & given) / max(len(there) + len(given), 1)
    rows = [
        "| who moved, when | network, 7 days | 14 | 28 | 56 | whole |",
        "|---|---|---|---|---|---|",
        f"| F1 {f1:.1f} | "
        + " | ".join(f"r {correlation(gold, found, days):.2f}" for days in WINDOWS)
        + " |",
    ]
    print("\n".join(rows))
    if args.write:
        write_table(f"network {args.folder.name}", rows)


if __name__ == "__main__":
    main()
