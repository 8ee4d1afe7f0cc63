"""How rightly a coder codes the gold set: which options a statement is about, and the stance.

    python -m benchmarks.coding FILE.jsonl... [--coder local|lexical] [--verbose] [--write NAME]

Each FILE is as `training/stances/GUIDELINES.md` says. A match is an option on which the coder
finds a stance of whatever kind and the gold has one; the stance is asked of the matches; a
condition is found when its words agree with the gold's by half (Dice of the characters). The last
line gives the figures; `--write` puts the table into docs/quality.md.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.news import read_news
from benchmarks.quality import write_table
from benchmarks.staging import judged_by
from benchmarks.statements import STANCES, Code, Example, GuidelineError, read_statements

NONE = "none"


@dataclass
class Tally:
    """Counts of options: with a stance in the gold, in the coding, in both; and what is right."""

    there: int = 0
    given: int = 0
    matched: int = 0
    right: int = 0
    reversed: int = 0
    conditions: int = 0
    conditions_found: int = 0
    hedged_right: int = 0

    def add(self, gold: Code | None, found: Code | None) -> None:
        """Count one option of one statement."""
        self.there += gold is not None
        self.given += found is not None
        if gold is None or found is None:
            self.conditions += gold is not None and gold.condition is not None
            return
        self.matched += 1
        self.right += gold.stance == found.stance
        self.hedged_right += gold.strength == found.strength
        self.reversed += {gold.stance, found.stance} == {"support", "oppose"}
        if gold.condition is not None:
            self.conditions += 1
            self.conditions_found += overlap(gold.condition, found.condition) >= 0.5

    @property
    def f1(self) -> float:
        """F1 of the matches, in per cent."""
        return share(2 * self.matched, self.there + self.given)

    def row(self) -> str:
        """Return the figures as a table's row, in per cent."""
        figures = (
            share(self.matched, self.given),
            share(self.matched, self.there),
            self.f1,
            share(self.right, self.matched),
            share(self.right, self.given),
            share(self.reversed, self.matched),
        )
        return " | ".join(f"{figure:.1f}" for figure in figures)


@dataclass
class Score:
    """The tallies of a file: of all, by phenomenon, by the gold's stance; and what is wrong."""

    whole: Tally = field(default_factory=Tally)
    phenomena: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    stances: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    sure: list[tuple[float, bool]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def calibration(sure: Sequence[tuple[float, bool]]) -> list[str]:
    """Return how confidence and share of right codings go together, by tenths, as a table."""
    rows = ["| confidence | codings | mean confidence | right |", "|---|---|---|---|"]
    for tenth in range(10):
        some = [one for one in sure if tenth <= min(one[0] * 10, 9.99) < tenth + 1]
        if some:
            mean = 100 * sum(one for one, _ in some) / len(some)
            right = share(sum(right for _, right in some), len(some))
            rows.append(
                f"| {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f} | {len(some)} | {mean:.1f} "
                f"| {right:.1f} |"
            )
    return rows


def score(examples: Iterable[Example], coder: str) -> Score:
    """Return how rightly a coder codes statements."""
    result = Score()
    for one in examples:
        found = judged_by(coder, one)
        for option in one.options:
            gold, judged = one.codes.get(option), found.get(option)
            mine = judged.code if judged is not None else None
            if judged is not None:
                right = gold is not None and gold.stance == judged.code.stance
                result.sure.append((judged.confidence, right))
            tallies = [result.whole]
            tallies += [result.phenomena[name] for name in one.phenomena or ("plain",)]
            if gold is not None:
                tallies.append(result.stances[gold.stance])
            for tally in tallies:
                tally.add(gold, mine)
            if (gold.stance if gold else NONE) != (mine.stance if mine else NONE):
                told = f"{mine.stance if mine else NONE}, not {gold.stance if gold else NONE}"
                result.wrong.append(
                    f"{one.issue} {one.number} {told}: [{one.options[option]}] {one.text}"
                )
    return result


def overlap(one: tuple[int, int], other: tuple[int, int] | None) -> float:
    """Return the Dice coefficient of two spans' characters."""
    if other is None:
        return 0.0
    both = max(min(one[1], other[1]) - max(one[0], other[0]), 0)
    return 2 * both / (one[1] - one[0] + other[1] - other[0])


def share(part: int, whole: int) -> float:
    """Return a share in per cent; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def table(result: Score) -> list[str]:
    """Return the figures as a table."""
    rows = [
        "| statements | match precision | recall | F1 | stance | of codings | reversed |",
        "|---|---|---|---|---|---|---|",
        f"| all | {result.whole.row()} |",
    ]
    for stance in STANCES:
        tally = result.stances[stance]
        recall, right = share(tally.matched, tally.there), share(tally.right, tally.matched)
        rows.append(f"| {stance} ({tally.there}) | | {recall:.1f} | | {right:.1f} | | |")
    for name, tally in sorted(result.phenomena.items()):
        rows.append(f"| *{name}* | {tally.row()} |")
    return rows


def main() -> None:
    """Print the table, what is wrong where asked, and the figures last."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.coding",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--coder", choices=["local", "lexical"], default="local")
    parser.add_argument("--polnear", type=Path, help="its folder, where FILES are news labels")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--write", metavar="NAME")
    args = parser.parse_args()
    try:
        examples = [
            one
            for path in args.files
            for one in (read_news(path, args.polnear) if args.polnear else read_statements(path))
        ]
    except (OSError, GuidelineError) as error:
        sys.exit(str(error))
    result = score(examples, args.coder)
    if args.verbose:
        print("\n".join(result.wrong))
    rows = table(result)
    print("\n".join([*rows, "", *calibration(result.sure), ""]))
    if args.write:
        write_table(args.write, rows)
    whole = result.whole
    print(
        f"match {whole.f1 / 100:.3f} stance {whole.right / max(whole.matched, 1):.3f} "
        f"condition {whole.conditions_found / max(whole.conditions, 1):.3f} "
        f"precision {whole.right / max(whole.given, 1):.3f} "
        f"reversed {whole.reversed / max(whole.matched, 1):.3f}"
    )


if __name__ == "__main__":
    main()
