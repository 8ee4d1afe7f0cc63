"""How long a count takes: many positions, members and options, one day and every day of a year.

    python -m benchmarks.counting [--positions N]

193 members, 10 options, positions spread over a year. Beside the count stands a group-by of the
same positions with pandas, where that is installed, which only finds the newest of each cell: the
least that any count has to do. Each is the smallest of five, in one run.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from whipcount.counting import count, through
from whipcount.model import (
    Actor,
    Body,
    DatedRule,
    Issue,
    Majority,
    Member,
    Option,
    Position,
    Term,
)

FIRST = date(2030, 1, 1)
LAST = date(2030, 12, 31)
MEMBERS, OPTIONS = 193, 10
ROUNDS = 5


def main() -> None:
    """Print the times, and their ratios to pandas."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--positions", type=int, default=100_000)
    args = parser.parse_args()
    names = [f"State {number}" for number in range(MEMBERS)]
    body = Body(
        "b",
        "Assembly",
        "b.toml",
        "states",
        tuple(Member(name, name, (Term(None),)) for name in names),
        (DatedRule("", Majority(base="members")),),
    )
    options = tuple(Option(f"o{number}", f"Option {number}") for number in range(OPTIONS))
    issue = Issue("Issue", "i.toml", "b.toml", options)
    positions = _positions(args.positions, names)
    one_day = _least(lambda: count(positions, issue, body, LAST))
    year = _least(lambda: through(positions, issue, body, FIRST, LAST))
    print(f"{args.positions:,} positions, {MEMBERS} members, {OPTIONS} options")
    print(f"count as of one day        {one_day * 1000:7.0f} ms")
    print(f"every day of a year        {year * 1000:7.0f} ms")
    try:
        import pandas  # noqa: PLC0415
    except ImportError:
        print("pandas is not installed; nothing to compare with")
        return

    def newest() -> None:
        frame = pandas.DataFrame(
            {
                "member": [position.actor.speaks_for for position in positions],
                "option": [position.option for position in positions],
                "stance": [position.stance for position in positions],
                "date": [position.date for position in positions],
            }
        )
        frame.sort_values("date").groupby(["member", "option"]).last()

    peer = _least(newest)
    print(f"pandas, newest of a cell   {peer * 1000:7.0f} ms, {peer / one_day:.2f} of a count")


def _positions(number: int, names: Sequence[str]) -> list[Position]:
    draw = random.Random(1)
    found = []
    for place in range(number):
        name, article = draw.choice(names), f"{place // 5:016x}"
        role = draw.choice(["President", "Foreign Minister", "spokesman", "deputy"])
        found.append(
            Position(
                "statement",
                Actor(
                    f"{article}.a{place % 5}", f"{name}'s {role}", "person", role, name, "", name
                ),
                f"o{draw.randrange(OPTIONS)}",
                draw.choices(
                    ["support", "oppose", "conditional", "undecided", "abstain"], [5, 4, 2, 1, 1]
                )[0],
                draw.choice(["plain", "plain", "hedged"]),
                draw.random() < 0.2,
                date=(FIRST + timedelta(days=draw.randrange(365))).isoformat(),
                coder="benchmark",
                confidence=0.8,
                article=article,
                statement=f"{article}.{place % 5}",
                piece=0,
                kind=draw.choice(["direct", "indirect", "mixed"]),
            )
        )
    return found


def _least(run: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    main()
