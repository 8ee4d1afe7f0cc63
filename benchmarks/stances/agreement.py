"""How far two codings of the same statements agree.

    python -m benchmarks.stances.agreement FIRST.jsonl SECOND.jsonl

Every option of every statement that SECOND has is a unit with one value from each: a stance, or
none. Prints Krippendorff's alpha (nominal; Krippendorff, Content Analysis, 2004, ch. 11) of that
value, of the match alone (a stance or none), and of the stance where both have one, with the shares
that agree.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.speakers.agreement import alpha
from benchmarks.statements import read_statements


def main() -> None:
    """Print the agreement."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stances.agreement",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    args = parser.parse_args()
    first = {(one.issue, one.number): one for one in read_statements(args.first)}
    pairs = [
        tuple(
            code.stance if (code := coding.codes.get(option)) is not None else "none"
            for coding in (first[one.issue, one.number], one)
        )
        for one in read_statements(args.second)
        for option in one.options
    ]
    matches = [tuple(str(value != "none") for value in pair) for pair in pairs]
    both = [pair for pair in pairs if "none" not in pair]
    for name, values in (("stance or none", pairs), ("match", matches), ("stance", both)):
        same = sum(one == other for one, other in values) / max(len(values), 1)
        print(f"{name}: alpha {alpha(values):.3f}, {same:.3f} of {len(values)} agree")


if __name__ == "__main__":
    main()
