"""Checks files of stance statements against the guidelines, and counts what is in them.

python -m training.stances.check FILE.jsonl...
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from benchmarks.statements import GuidelineError, read_statements


def main() -> None:
    """Print the counts, and what breaks the guidelines with file and line; exit 1 if any does."""
    parser = argparse.ArgumentParser(
        prog="python -m training.stances.check",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", type=Path, nargs="+")
    broken = False
    for path in parser.parse_args().files:
        try:
            statements = read_statements(path)
        except GuidelineError as error:
            print(error, file=sys.stderr)
            broken = True
            continue
        stances = Counter(
            code.stance for statement in statements for code in statement.codes.values()
        )
        stances["none at all"] = sum(not statement.codes for statement in statements)
        phenomena = Counter(name for statement in statements for name in statement.phenomena)
        issues = len({statement.issue for statement in statements})
        print(f"{path}: {len(statements)} statements on {issues} issues")
        print("  " + ", ".join(f"{name} {count}" for name, count in stances.most_common()))
        print("  " + ", ".join(f"{name} {count}" for name, count in phenomena.most_common()))
    sys.exit(broken)


if __name__ == "__main__":
    main()
