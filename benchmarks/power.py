"""Power indices, against two packages and against trying every coalition: numbers and time.

    python -m benchmarks.power [--peers PYTHON] [--limit SECONDS] [--write]

The same games go to whipcount, to `powerindex` 0.3.5 and `powerindices` 1.0.2 (PyPI), and up to 27
members to the plainest way, which tries every coalition. All give both indices, Banzhaf's and
Shapley and Shubik's, of all members. `powerindex` knows one quota, `powerindices` one quota and a
least number of members; what a package can't express isn't asked of it. PYTHON is one that has
them (`pip install powerindex powerindices`); the packages are no dependency. Each is a process of
its own, with a time limit; one that is late is not asked for larger games of as many quotas.

Time is processor time, all threads together, of whipcount the median of seven rounds. Numbers agree
when no member's index differs by more than 1e-9.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality import write_table
from whipcount.bodies import load_body, members_on, weight_on
from whipcount.bodies.power import power
from whipcount.model import AllOf, Body, Member, Quota, Rule, Term, Weights

DAY = date(2022, 6, 1)
"""A day for which the populations of the EU's members are complete."""

PEERS = ("powerindex", "powerindices")
ROUNDS = 7
SEED = 5
ALIKE = 1e-9
SIZES = (25, 50, 75, 100, 150, 200)

ELECTORS = (
    [54, 33, 32, 25, 23, 22, 21, 18, 15, 14, 13, 13, 12, 12]
    + [11] * 4
    + [10] * 2
    + [9] * 2
    + [8] * 6
    + [7] * 3
    + [6] * 2
    + [5] * 4
    + [4] * 6
    + [3] * 8
)
"""Of the 50 states and the District of Columbia in 1992, 1996 and 2000; 270 of 538 win."""

NICE_PEOPLE = [
    *(82_038, 59_247, 58_966, 57_612, 39_394, 38_667, 22_489, 15_760, 10_533, 10_290, 10_213),
    *(10_092, 9_980, 8_854, 8_230, 8_082, 5_393, 5_313, 5_160, 3_744, 3_701, 2_439, 1_978, 1_446),
    *(752, 429, 379),
]
NICE_VOTES = [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 5 + [4] * 5 + [3]
"""Populations in thousands and votes of 27 members under the treaty of Nice, from Germany to Malta;
from the Seville Game Theory Group, esi2.us.es/~mbilbao/niza.htm."""

Indices = tuple[list[float], list[float]]
"""Banzhaf's, normalised, and Shapley and Shubik's, a member each."""

Wins = Callable[[NDArray[np.int64]], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Game:
    """One game, as a body and rule, and as `powerindex` and `powerindices` take it.

    `peers` are quota, weights and the least number of members, None where neither knows the rule;
    `wins` tells of an array of sums, a row a coalition, a column a sum of `gains`, which win.
    """

    name: str
    body: Body
    rule: Rule
    peers: tuple[int, list[int], int] | None
    gains: list[list[int]] | None = None
    wins: Wins | None = None


def main() -> None:
    """Print both tables, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, default=Path(sys.executable), metavar="PYTHON")
    parser.add_argument("--limit", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    peers = [name for name in PEERS if has_peer(args.peers, name)]
    for name in PEERS:
        if name not in peers:
            print(f"{args.peers} has no {name}: left out", file=sys.stderr)
    rows = compared(peers, args.peers, args.limit)
    rows += ["", *growth()]
    print("\n".join(rows))
    if args.write:
        write_table("power", rows)


def compared(peers: Sequence[str], python: Path, limit: float) -> list[str]:
    """Return the table of games: seconds of whipcount, and the others as multiples of them."""
    rows = [
        f"| game | whipcount, s | {' | '.join(PEERS)} | every coalition |",
        "|---|---|---|---|---|",
    ]
    late: set[tuple[str, bool]] = set()
    for game in games():
        seconds, own = timed(game)
        cells = []
        for name in PEERS:
            if name not in peers:
                cells.append("")
            elif game.peers is None or (game.peers[2] > 1 and name == "powerindex"):
                cells.append("can't")
            elif (name, game.peers[2] > 1) in late:
                cells.append(f"over {limit:.0f} s before")
            else:
                answer = asked(python, name, game.peers, limit)
                if answer is None:
                    late.add((name, game.peers[2] > 1))
                    cells.append(f"over {limit:.0f} s")
                elif isinstance(answer, str):
                    cells.append(answer)
                else:
                    cells.append(beside(own, answer[1], answer[0] / seconds))
        cells.append("")
        if game.gains is not None and game.wins is not None:
            started = time.process_time()
            tried = every_coalition(game.gains, game.wins)
            cells[-1] = beside(own, tried, (time.process_time() - started) / seconds)
        rows.append(f"| {game.name} | {seconds:.4f} | {' | '.join(cells)} |")
    return rows


def growth() -> list[str]:
    """Return the table of whipcount's seconds by number of members, for one quota and for two."""
    rows = ["| members | one quota, s | two quotas, s |", "|---|---|---|"]
    for size in SIZES:
        one, two = (timed(drawn_game(size, quotas), 3)[0] for quotas in (1, 2))
        rows.append(f"| {size} | {one:.3f} | {two:.3f} |")
    return rows


def games() -> list[Game]:
    """Return the games from the smallest to the largest."""
    found = [drawn_game(size, 1) for size in (5, 10, 15, 20, 25)]
    found += [council(True), council(False), nice(), drawn_game(30, 1), electors()]
    found += [drawn_game(100, 1)]
    return [
        *found,
        drawn_game(100, 2),
        *(drawn_game(size, one) for size in (193, 200) for one in (1, 2)),
    ]


def drawn_game(size: int, quotas: int) -> Game:
    """Return a game of weights of 1 to 100; of more than half of them, and of 55 % of members."""
    draw = random.Random(SEED + size)
    weights = [draw.randint(1, 100) for _ in range(size)]
    quota = sum(weights) // 2 + 1
    least = -(-55 * size // 100) if quotas == 2 else 1
    rule: Rule = Quota("weight", quota)
    if quotas == 2:
        rule = AllOf((rule, Quota("", 0.55)))

    def wins(sums: NDArray[np.int64]) -> NDArray[np.bool_]:
        return (sums[:, 0] >= quota) & (sums[:, 1] >= least)

    name = f"{size} members, {'one quota' if quotas == 1 else 'two quotas'}"
    gains = [[weight, 1] for weight in weights] if size <= 25 else None
    return Game(name, board(weights), rule, (quota, weights, least), gains, wins if gains else None)


def electors() -> Game:
    """Return the Electoral College of 2000 as 51 blocs."""
    body = board(ELECTORS)
    return Game("51, the Electoral College", body, Quota("weight", 270), (270, ELECTORS, 1))


def council(packages: bool) -> Game:
    """Return the Council of the EU's double majority.

    For the packages it is without the clause that all but three members suffice, and with the
    populations in 10,000s; else as it is, to the last inhabitant.
    """
    eu = load_body("eu-council")
    members = members_on(eu, DAY)
    people = [int(weight_on(member, "population", DAY) or 0) for member in members]
    if packages:
        people = [round(one / 10_000) for one in people]
        quota = -(-65 * sum(people) // 100)
        rule: Rule = AllOf((Quota("", 0.55), Quota("weight", 0.65)))
        body = board(people)
    else:
        rule = next(one.rule for one in eu.rules if one.name == "qualified-majority")
        body = eu

    def wins(sums: NDArray[np.int64]) -> NDArray[np.bool_]:
        double = (sums[:, 0] * 100 >= 65 * sum(people)) & (sums[:, 1] >= 15)
        return double if packages else double | (sums[:, 1] >= 24)

    return Game(
        f"27, the EU's double majority{', populations in 10,000s' if packages else ''}",
        body,
        rule,
        (quota, people, 15) if packages else None,
        [[one, 1] for one in people],
        wins,
    )


def nice() -> Game:
    """Return the Council under the treaty of Nice: votes, population and members at once."""

    def wins(sums: NDArray[np.int64]) -> NDArray[np.bool_]:
        enough = sums[:, 1] * 100 >= 62 * sum(NICE_PEOPLE)
        return enough & (sums[:, 0] >= 255) & (sums[:, 2] >= 14)

    rule = AllOf((Quota("weight", 255), Quota("people", 0.62), Quota("", 14)))
    gains = [[*each, 1] for each in zip(NICE_VOTES, NICE_PEOPLE, strict=True)]
    body = board(NICE_VOTES, NICE_PEOPLE)
    return Game("27, the treaty of Nice's three quotas", body, rule, None, gains, wins)


def board(weights: Sequence[int], people: Sequence[int] | None = None) -> Body:
    """Return a body whose members have these weights."""
    members = tuple(
        Member(
            f"m{place}",
            f"m{place}",
            (Term(None),),
            weights=(Weights(None, (("weight", weight), ("people", inhabitants))),),
        )
        for place, (weight, inhabitants) in enumerate(zip(weights, people or weights, strict=True))
    )
    return Body("board", "Board", "board.toml", "people", members, ())


def timed(game: Game, rounds: int = ROUNDS) -> tuple[float, Indices]:
    """Return whipcount's median seconds for a game, and its numbers."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        found = power(game.body, game.rule, DAY)
        taken.append(time.process_time() - started)
    if not found.exact:
        raise ValueError(f"{game.name}: not exact")
    shares = found.shares
    return statistics.median(taken), (
        [share.banzhaf for share in shares],
        [share.shapley_shubik for share in shares],
    )


def has_peer(python: Path, name: str) -> bool:
    """Return whether a Python has a package."""
    done = subprocess.run([python, "-c", f"import {name}"], capture_output=True, check=False)
    return done.returncode == 0


def asked(
    python: Path, package: str, game: tuple[int, list[int], int], limit: float
) -> tuple[float, Indices] | str | None:
    """Return a package's seconds and numbers for a game, or its error; None where it is late."""
    quota, weights, least = game
    told = {"package": package, "quota": quota, "weights": weights, "least": least}
    try:
        done = subprocess.run(
            [python, Path(__file__).with_name("power_peers.py")],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return done.stderr.strip().rpartition("\n")[2]
    answer = json.loads(done.stdout)
    return answer["seconds"], (answer["banzhaf"], answer["shapley"])


def beside(own: Indices, other: Indices, times: float) -> str:
    """Return a cell: how many times the seconds, and what of the numbers differs."""
    worst = max(
        abs(one - two)
        for mine, theirs in zip(own, other, strict=True)
        for one, two in zip(mine, theirs, strict=True)
    )
    shown = f"{times:,.0f} times" if times >= 10 else f"{times:.1f} times"
    return shown if worst <= ALIKE else f"{shown}; numbers off by {worst:.2g}"


def every_coalition(gains: Sequence[Sequence[int]], wins: Wins) -> Indices:
    """Return both indices by trying every coalition, up to 27 members or so.

    `gains` has a row a member, a column a sum. Counts are whole numbers, the indices follow from
    their definitions.
    """
    size = len(gains)
    low = min(14, size)
    table = np.array(gains, dtype=np.int64)
    near, far = coalitions(low), coalitions(size - low)
    near_sums, far_sums = near @ table[:low], far @ table[low:]
    near_sizes, far_sizes = near.sum(axis=1), far.sum(axis=1)
    by_near = np.zeros((size - low + 1, len(near)), dtype=np.int64)
    by_far = np.zeros((len(far), low + 1), dtype=np.int64)
    for place in range(len(far)):
        won = wins(near_sums + far_sums[place])
        by_near[far_sizes[place]] += won
        by_far[place] = np.bincount(near_sizes[won], minlength=low + 1)
    every = [0] * (size + 2)
    inside = [[0] * (size + 2) for _ in range(size)]
    for many, counts in enumerate(by_near):
        for few in range(low + 1):
            some = near_sizes == few
            every[many + few] += int(counts[some].sum())
            for member in range(low):
                inside[member][many + few] += int(counts[some] @ near[some, member])
    for few in range(low + 1):
        for many in range(size - low + 1):
            some = far_sizes == many
            for member in range(size - low):
                inside[low + member][many + few] += int(by_far[some, few] @ far[some, member])
    swings = [
        [with_it[few + 1] - (every[few] - with_it[few]) for few in range(size)]
        for with_it in inside
    ]
    total = sum(map(sum, swings))
    banzhaf = [float(Fraction(sum(each), total)) for each in swings]
    shapley = [
        float(sum(Fraction(count, size * comb(size - 1, few)) for few, count in enumerate(each)))
        for each in swings
    ]
    return banzhaf, shapley


def coalitions(size: int) -> NDArray[np.int64]:
    """Return who is in each coalition of so many members: a row a coalition, a column a member."""
    return (np.arange(1 << size)[:, None] >> np.arange(size)) & 1


if __name__ == "__main__":
    main()
