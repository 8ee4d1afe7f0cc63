"""How fast discourse networks are built, beside the obvious way of building them.

    python -m benchmarks.networks [--statements N] [--actors N] [--options N] [--naive]

Makes coded statements by chance, spread over a year, with a few loud actors and popular options
(Zipf), and times one-mode congruence, weekly windows, duplicates once per document and reading.
With `--naive` it also times plain loops over the statements on growing numbers of them.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import defaultdict
from collections.abc import Callable

import numpy as np

from whipcount.networks import (
    CodedStatements,
    NetworkOptions,
    network,
    select,
    time_windows,
)
from whipcount.networks.table import Column, number_column, text_column

YEAR = 365 * 86400
BEGIN = np.datetime64("2023-01-01", "s")
PER_DOCUMENT = 5


def drawn(statements: int, actors: int, options: int, seed: int = 1) -> CodedStatements:
    """Return coded statements made by chance: five a document, yes or no by actor and option."""
    chance = np.random.default_rng(seed)
    rows = _zipf(chance, statements, actors)
    columns = _zipf(chance, statements, options)
    sides = chance.random((actors, options)) < 0.5
    agreed = sides[rows, columns] ^ (chance.random(statements) < 0.1)
    seconds = np.sort(chance.integers(0, YEAR // 86400, statements)) * 86400
    documents = np.arange(statements) // PER_DOCUMENT
    names = [f"actor {number:05}" for number in range(actors)]
    concepts = [f"option {number:04}" for number in range(options)]
    fields = [
        Column("id", "short text", tuple(f"{n:09}" for n in range(documents[-1] + 1)), documents)
    ]
    fields += [
        text_column(name, ["x"] * statements)
        for name in ("title", "author", "source", "section", "type")
    ]
    return CodedStatements(
        ids=np.arange(statements),
        times=BEGIN + seconds.astype("timedelta64[s]"),
        starts=np.zeros(statements, dtype=np.int64),
        stops=np.ones(statements, dtype=np.int64),
        coders=number_column("coder", np.ones(statements, dtype=np.int64).tolist()),
        variables=(
            Column("organization", "short text", tuple(names), rows.astype(np.int32)),
            Column("concept", "short text", tuple(concepts), columns.astype(np.int32)),
            Column("agreement", "boolean", (0, 1), agreed.astype(np.int32)),
        ),
        fields=tuple(fields),
        first=BEGIN,
        last=BEGIN + np.timedelta64(YEAR, "s"),
    )


def naive_congruence(table: CodedStatements, options: NetworkOptions) -> dict[tuple[int, int], int]:
    """Return one-mode congruence as one would write it down: all pairs of statements."""
    rows, columns, levels = (
        table.column(name).codes.tolist()
        for name in (options.rows, options.columns, options.qualifier or "")
    )
    ties: dict[tuple[int, int], int] = defaultdict(int)
    statements = range(len(table))
    for one in statements:
        for other in statements:
            if columns[one] == columns[other] and levels[one] == levels[other]:
                ties[rows[one], rows[other]] += rows[one] != rows[other]
    return ties


def naive_duplicates(table: CodedStatements, options: NetworkOptions) -> int:
    """Return how many statements stay, looking back through all of them as DNA's engine does."""
    names = (options.rows, options.columns, options.qualifier or "", "document.id")
    keys = list(zip(*(table.column(name).codes.tolist() for name in names), strict=True))
    kept: list[tuple[int, ...]] = []
    for key in keys:
        if key not in reversed(kept):
            kept.append(key)
    return len(kept)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--actors", type=int, default=2_000)
    parser.add_argument("--options", type=int, default=200)
    parser.add_argument("--naive", action="store_true")
    args = parser.parse_args()
    table = drawn(args.statements, args.actors, args.options)
    network(drawn(100, 10, 5), congruence())
    print(f"{args.statements:,} statements, {args.actors:,} actors, {args.options:,} options")
    timed("one-mode congruence", lambda: network(table, congruence()))
    timed("one-mode subtract, average", lambda: network(table, congruence("subtract", "average")))
    timed("one-mode congruence, jaccard", lambda: network(table, congruence(norm="jaccard")))
    timed("two-mode subtract", lambda: network(table, NetworkOptions(aggregation="subtract")))
    weeks = congruence(window="weeks", size=1)
    timed("windows of 1 week ± half, a week apart", lambda: exhausted(table, weeks))
    days = congruence(window="days", size=7)
    timed("windows of 7 days, a day apart", lambda: exhausted(table, days))
    smooth = congruence(window="weeks", size=4, kernel="epanechnikov")
    timed("Epanechnikov over 4 weeks, a week apart", lambda: exhausted(table, smooth))
    for number in (args.statements // 4, args.statements // 2, args.statements):
        part = drawn(number, args.actors, args.options)
        once = congruence(duplicates="document")
        timed(f"once per document, {number:,}", lambda p=part, o=once: select(p, o))  # type: ignore[misc]
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB")
    if args.naive:
        beside_the_naive(args.actors, args.options)


def beside_the_naive(actors: int, options: int) -> None:
    """Print how plain loops grow, and ours on the same statements."""
    for number in (500, 1_000, 2_000, 4_000):
        table = drawn(number, actors, options)
        timed(f"pairs of statements, {number:,}", lambda t=table: naive_congruence(t, congruence()))  # type: ignore[misc]
        timed(f"ours, {number:,}", lambda t=table: network(t, congruence()))  # type: ignore[misc]
    for number in (2_000, 4_000, 8_000):
        table = drawn(number, actors, options)
        once = congruence(duplicates="document")
        timed(f"looking back, {number:,}", lambda t=table, o=once: naive_duplicates(t, o))  # type: ignore[misc]
        timed(f"ours, {number:,}", lambda t=table, o=once: select(t, o))  # type: ignore[misc]


def congruence(aggregation: str = "congruence", norm: str = "no", **more: object) -> NetworkOptions:
    """Return options of a one-mode network of actors."""
    return NetworkOptions("one", aggregation=aggregation, normalization=norm, **more)  # type: ignore[arg-type]


def exhausted(table: CodedStatements, options: NetworkOptions) -> int:
    """Return how many windows there are, each built and let go."""
    return sum(1 for _ in time_windows(table, options)[1])


def timed(name: str, run: Callable[[], object]) -> None:
    """Run once and print the processor time."""
    begin, wall = time.process_time(), time.perf_counter()
    run()
    spent, passed = time.process_time() - begin, time.perf_counter() - wall
    print(f"{name:45} {spent:8.3f} s of processor, {passed:8.3f} s")


def _zipf(chance: np.random.Generator, number: int, values: int) -> np.ndarray:
    weights = 1.0 / np.arange(1, values + 1) ** 0.5
    return chance.choice(values, size=number, p=weights / weights.sum())


if __name__ == "__main__":
    main()
