"""How likely a rule holds, each member voting one way or another with chances of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from whipcount.bodies.games import (
    Condition,
    Floats,
    Gains,
    Game,
    Joint,
    Reach,
    added,
    fine_sum,
    fulfils,
    least_fine,
    nothing_yet,
    table_cells,
    won,
)
from whipcount.bodies.rules import Combination, Formula, Vote

LARGEST_TABLE = 2_000_000
"""Cells of a table of sums, for one case: 193 members under two quotas have 400,000."""

AT_ONCE = 4_000_000
"""Cells of the tables of several cases that are worked on together: 32 MB."""

LARGEST_HALF = 2**17
"""Ways in which half of the members can vote, where they are gone through."""

LARGEST_PAIRS = 200_000
"""Pairs of groups of the two halves, where several sums are too fine for a table: they take 1 s."""

DRAWS = 10_000
"""Votes that are drawn where neither way is small enough: a chance of 0.5 is then ± 0.01."""

VOTES: tuple[Vote, ...] = get_args(Vote)

FROM_FOR_TO_AGAINST: tuple[Vote, ...] = ("yes", "abstain", "absent", "no")
"""The order in which one member's luck decides, so that the same luck means the same side."""

Chances: TypeAlias = Mapping[Vote, Floats]
"""For each vote the members' chances of it: a row a case, a column a member; they add up to 1."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """A rule as sums of what each vote of a member adds, at least 0, and what they must reach."""

    gains: Mapping[Vote, tuple[Gains, ...]]
    goal: Condition


def ballot_of(rule: Formula, size: int) -> Ballot:
    """Return a rule's formula as a ballot of `size` members."""
    found: dict[tuple[tuple[int, ...], ...], int] = {}

    def goal(part: Formula) -> Condition:
        if isinstance(part, Combination):
            return Joint(part.every, tuple(goal(inner) for inner in part.of))
        rows = [[part.points(member, vote) for vote in VOTES] for member in range(size)]
        least = sum(map(min, rows))
        rows = [[points - min(row) for points in row] for row in rows]
        common = math.gcd(*(points for row in rows for points in row)) or 1
        key = tuple(tuple(points // common for points in row) for row in rows)
        need = min(max(-(-(part.need - least) // common), 0), sum(map(max, key)) + 1)
        return Reach(found.setdefault(key, len(found)), need)

    condition = goal(rule)
    return Ballot(
        {
            vote: tuple(tuple(one[member][place] for one in found) for member in range(size))
            for place, vote in enumerate(VOTES)
        },
        condition,
    )


def chance(ballot: Ballot, chances: Chances, *, seed: int = 0) -> Floats:
    """Return for each case how likely the goal is reached, the members voting independently.

    Exact up to rounding where the sums fit a table of 2 million cells, or half of those members
    whose vote isn't sure can vote in up to 131,072 ways (some hundred, where two weights are too
    fine for a table); else from 10,000 votes drawn with `seed`.
    """
    cases = len(next(iter(chances.values())))
    if not cases:
        return np.zeros(0)
    players = [_outcomes(ballot, chances, member) for member in range(len(ballot.gains["yes"]))]
    game = Game((), ballot.goal)
    if table_cells(game) <= LARGEST_TABLE:
        return _by_table(game, players, cases)
    players.sort(key=len)
    halves = [players[::2], players[1::2]]
    if all(math.prod(map(len, half)) <= LARGEST_HALF for half in halves):
        found = _by_halves(game, *halves)
        if found is not None:
            return found
    return drawn(ballot, chances, seed=seed)


Outcomes: TypeAlias = list[tuple[Gains, Floats]]
"""What one member may add to the sums, and how likely in each case."""


def _outcomes(ballot: Ballot, chances: Chances, member: int) -> Outcomes:
    """Return what may come of a member's vote; votes that add the same are one."""
    found: dict[Gains, Floats] = {}
    for vote, each in chances.items():
        likely = each[:, member]
        if likely.any():
            gains = ballot.gains[vote][member]
            found[gains] = found[gains] + likely if gains in found else likely
    return list(found.items())


def _by_table(game: Game, players: Sequence[Outcomes], cases: int) -> Floats:
    wins = won(game)
    result = np.zeros(cases)
    at_once = max(1, AT_ONCE // table_cells(game))
    for first in range(0, cases, at_once):
        some = slice(first, first + at_once)
        table = nothing_yet(game, len(result[some]))
        across = (slice(None), *([None] * game.sums))
        for outcomes in players:
            table = sum(
                (likely[some][across] * added(table, gains) for gains, likely in outcomes),
                np.zeros_like(table),
            )
        result[some] = (table * wins).sum(axis=tuple(range(1, table.ndim)))
    return result


def _by_halves(game: Game, one: Sequence[Outcomes], other: Sequence[Outcomes]) -> Floats | None:
    """Return the chances from the votes of two halves, the second's sorted by the finest sum.

    None where several sums are so fine that the halves have too many groups.
    """
    fine = fine_sum(game)
    first = _grouped(*_every_way(game, one), fine)
    second = _grouped(*_every_way(game, other), fine)
    if len(first) * len(second) > LARGEST_PAIRS:
        return None
    result = np.zeros(first[0][2].shape[1])
    for coarse, sums, likely in second:
        # how likely the last so many are; none of them first
        tail = np.vstack([np.zeros(likely.shape[1]), np.cumsum(likely[::-1], axis=0)])
        for other_coarse, other_sums, other_likely in first:
            together = tuple(map(int.__add__, coarse, other_coarse))
            least = least_fine(game, together, fine)
            if least is not None:
                many = len(sums) - np.searchsorted(sums, least - other_sums)
                result += (other_likely * tail[many]).sum(axis=0)
    return result


def _every_way(game: Game, players: Sequence[Outcomes]) -> tuple[NDArray[np.int64], Floats]:
    """Return the sums of every way in which members can vote, and how likely each is."""
    sums = np.zeros((1, game.sums), dtype=np.int64)
    likely: Floats = np.ones((1, 1))
    for outcomes in players:
        sums = np.concatenate([sums + np.array(gains, dtype=np.int64) for gains, _ in outcomes])
        likely = np.concatenate([likely * each for _, each in outcomes])
    return sums, likely


def _grouped(
    sums: NDArray[np.int64], likely: Floats, fine: int
) -> list[tuple[Gains, NDArray[np.int64], Floats]]:
    """Return ways to vote by their coarse sums, each group in the order of the finest sum."""
    coarse = np.delete(sums, fine, axis=1)
    order = np.lexsort((sums[:, fine], *coarse.T))
    coarse, fines, likely = coarse[order], sums[order, fine], likely[order]
    new = np.any(coarse[1:] != coarse[:-1], axis=1)
    starts = np.flatnonzero(np.concatenate([[True], new]))
    return [
        (tuple(map(int, coarse[start])), fines[start:end], likely[start:end])
        for start, end in zip(starts, [*starts[1:], len(coarse)], strict=True)
    ]


def drawn(
    ballot: Ballot,
    chances: Chances,
    *,
    seed: int,
    blocs: Sequence[Sequence[int]] = (),
    together: float = 0.0,
) -> Floats:
    """Return for each case how often the goal is reached, of 10,000 votes drawn.

    In a share `together` of the draws the members of a bloc, given by their places, have the same
    luck: who is as likely to be for then votes as the others. All cases see the same draws.
    """
    draw = np.random.default_rng(seed)
    cases, size = next(iter(chances.values())).shape
    luck = draw.random((DRAWS, size))
    for bloc in blocs:
        alike = draw.random(DRAWS) < together
        common = draw.random(DRAWS)
        for member in bloc:
            luck[alike, member] = common[alike]
    votes = [vote for vote in FROM_FOR_TO_AGAINST if vote in chances]
    gains = np.array([ballot.gains[vote] for vote in votes], dtype=np.int64)
    gains = gains.reshape(len(votes), size, -1)
    result = np.zeros(cases)
    for case in range(cases):
        limits = np.cumsum([chances[vote][case] for vote in votes], axis=0)[:-1]
        chosen = (luck[:, None, :] >= limits[None]).sum(axis=1)
        sums = gains[chosen, np.arange(size)].sum(axis=1)
        result[case] = np.mean([fulfils(ballot.goal, row) for row in sums.tolist()])
    return result
