"""How rightly speakers are named, against a gold of source spans.

    python -m benchmarks.speakers GOLD.jsonl TEXT_DIR [--verbose]

TEXT_DIR holds DOC.txt for each `doc` of the gold. The last line gives the shares that are right:
of all spans, by form, of those who are named, of people's surnames and pronouns, and of the people
found the exact role and affiliation; `apart` is the share of pairs of spans of different people
that are not taken for one. `--verbose` lists what is wrong.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.speakers.scoring import FORMS, GoldError, measure


def main() -> None:
    """Print what is wrong where asked, and the figures last."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speakers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    try:
        counts = measure(args.gold, args.texts)
    except (GoldError, OSError) as error:
        sys.exit(str(error))
    if args.verbose:
        print("\n".join(counts.wrong))
    asked = ["speakers", "pronoun", *(form for form in FORMS if form != "pronoun")]
    asked += ["named", "person pronoun", "person surname", "role words", "affiliation", "apart"]
    print(
        " ".join(
            f"{what.replace(' ', '-')} {counts.share(what):.3f}"
            for what in asked
            if counts.asked[what]
        )
    )


if __name__ == "__main__":
    main()
