"""How the time of joining actors across articles grows with their number.

    python -m benchmarks.joining [--mentions N]... [--write]

N mentions (actors of one article each) of people whose given names and surnames are drawn, seeded,
with the frequencies of real ones (the k-th name is met 1/k as often as the first), in full, with an
initial, or by the surname alone; a fifth of the surnames is borne by many. Beside the seconds,
those of grouping the same names by equality alone, in the same run. `--write` puts the table
into docs/quality.md.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict

from benchmarks.quality import write_table
from whipcount.actors.folding import folded
from whipcount.actors.joining import Seen, join
from whipcount.model import Actor

MENTIONS = (12_500, 25_000, 50_000, 100_000, 200_000)
SEED = 13


def main() -> None:
    """Print the table, and write it where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mentions", type=int, action="append")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = ["| mentions | actors | seconds | by equality alone |", "|---|---|---|---|"]
    for number in args.mentions or MENTIONS:
        seen = drawn(number)
        started = time.perf_counter()
        found = join(seen)
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        by_name = defaultdict(list)
        for one in seen:
            by_name[folded(one.actor.name)].append(one)
        rows.append(
            f"| {number:,} | {len(found):,} | {seconds:.2f} | {time.perf_counter() - started:.2f} |"
        )
    print("\n".join(rows))
    if args.write:
        write_table("joining", rows)


def drawn(number: int) -> list[Seen]:
    """Return so many actors, one an article."""
    rng = random.Random(SEED)
    given, surnames = _names(rng, number // 20), _names(rng, number // 5)
    firsts, lasts = (
        rng.choices(names, weights=[1 / k for k in range(1, len(names) + 1)], k=number)
        for names in (given, surnames)
    )
    forms = rng.choices(("full", "initial", "surname"), weights=(6, 1, 3), k=number)
    found = []
    for place, (first, last, form) in enumerate(zip(firsts, lasts, forms, strict=True)):
        shown = {"full": f"{first} {last}", "initial": f"{first[0]}. {last}", "surname": last}
        actor = Actor(f"{place:06}.a0", shown[form], "person")
        found.append(Seen(f"{place:06}", actor))
    return found


def _names(rng: random.Random, number: int) -> list[str]:
    """Return different words that could be names."""
    found: dict[str, None] = {}
    while len(found) < max(number, 10):
        parts = rng.randint(2, 4)
        word = "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(parts))
        found[word.capitalize()] = None
    return list(found)


if __name__ == "__main__":
    main()
