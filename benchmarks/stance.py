"""How rightly stances are told, for any file of claims and statements.

    python -m benchmarks.stance FILE.jsonl [--coder local|lexical] [--verbose]

FILE has lines `{"claim", "statement", "stance"}` as PERSPECTRUM has, optionally with `before` (the
sentence before) and `title`. `stance` is one of support, oppose, conditional, undecided, abstain
and none; where a file has only support and oppose, only these two are told apart. The last line
gives the accuracy and the mean of the F1 of each stance, as `accuracy 0.812 macro-F1 0.811`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.staging import Example, judged_by
from whipcount.coding.trained.pairs import STANCES, before
from whipcount.coding.trained.reader import reader

SIDES = frozenset(("support", "oppose"))


@dataclass(frozen=True, slots=True)
class Line:
    """A claim and a statement, and the stance that is right."""

    claim: str
    statement: str
    stance: str
    title: str = ""
    before: str = ""


def read_lines(path: Path) -> list[Line]:
    """Return a file's lines; ValueError with the line's number where one can't be read."""
    found = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            line = Line(
                row["claim"],
                row["statement"],
                row["stance"],
                row.get("title", ""),
                row.get("before", ""),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}, line {number}: {error!r}") from None
        if line.stance not in STANCES:
            raise ValueError(f"{path}, line {number}: no stance {line.stance!r}")
        found.append(line)
    return found


def told_by_local(lines: Iterable[Line], asked: Sequence[str]) -> list[str]:
    """Return the likeliest of the stances asked for, by the network alone."""
    network = reader()
    indices = [STANCES.index(stance) for stance in asked]
    found = []
    for line in lines:
        pieces = network.pieces([line.claim, before(line.title, line.before), line.statement])
        scores = network.read(*pieces).scores[indices]
        found.append(asked[int(scores.argmax())])
    return found


def told_by_lexical(lines: Iterable[Line], _: Sequence[str]) -> list[str]:
    """Return the stance by the rules; none where they code nothing."""
    found = []
    for number, line in enumerate(lines):
        statement = line.statement.strip()
        one = Example(
            f"line-{number}", 1, {"claim": line.claim}, line.title, line.before, statement,
            (), (), ((0, len(statement)),), {},
        )  # fmt: skip
        told = judged_by("lexical", one).get("claim")
        found.append(told.code.stance if told is not None else "none")
    return found


CODERS: dict[str, Callable[[Iterable[Line], Sequence[str]], list[str]]] = {
    "local": told_by_local,
    "lexical": told_by_lexical,
}


def figures(wanted: Sequence[str], told: Sequence[str]) -> tuple[float, float]:
    """Return accuracy and macro-F1 (over the stances that are wanted anywhere), 0 … 1."""
    right = sum(one == other for one, other in zip(wanted, told, strict=True))
    there, given = Counter(wanted), Counter(told)
    both = Counter(one for one, other in zip(wanted, told, strict=True) if one == other)
    scores = [2 * both[one] / (there[one] + given[one]) for one in there]
    return right / max(len(wanted), 1), sum(scores) / max(len(scores), 1)


def main() -> None:
    """Print what is wrong where asked, and the figures last."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--coder", choices=sorted(CODERS), default="local")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    try:
        lines = read_lines(args.file)
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    wanted = [line.stance for line in lines]
    asked = ("support", "oppose") if set(wanted) <= SIDES else STANCES
    told = CODERS[args.coder](lines, asked)
    if args.verbose:
        for line, stance in zip(lines, told, strict=True):
            if stance != line.stance:
                print(f"{stance}, not {line.stance}: [{line.claim}] {line.statement}")
    accuracy, macro = figures(wanted, told)
    print(f"accuracy {accuracy:.3f} macro-F1 {macro:.3f}")


if __name__ == "__main__":
    main()
