"""A decision rule as a game of yes and no, and how likely it is won.

Who votes yes forms a coalition; everybody else votes no. Each part of the rule is then a sum of the
coalition's gains that must reach a number; parts with the same gains share their sum. That is a
weighted multiple majority game (Algaba, Bilbao, Fernández García and López, "Computing power
indices in weighted multiple majority games", Mathematical Social Sciences 46, 2003).

Two ways are exact, and each is used where it is the smaller one:

- a table of all sums that can come about, one axis a sum, which players are added to one by one
  (generating functions: Mann and Shapley, RM-3158, 1962);
- where one sum is too fine for a table (inhabitants), the players in two halves, the coalitions of
  each sorted by that sum (Klinz and Woeginger, "Faster algorithms for computing power indices in
  weighted voting games", Mathematical Social Sciences 49, 2005).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from whipcount.bodies.rules import Combination, Formula, Threshold

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Gains: TypeAlias = tuple[int, ...]
"""What one player adds to each of a game's sums."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A condition of a game: that a sum, by its place among the game's, comes to `need`."""

    sum: int
    need: int


@dataclass(frozen=True, slots=True)
class Joint:
    """Conditions of which every one, or at least one, has to hold."""

    every: bool
    of: tuple[Reach | Joint, ...]


Condition: TypeAlias = Reach | Joint


@dataclass(frozen=True, slots=True)
class Game:
    """A simple monotone game: `players[i]` are the gains of the i-th player, each at least 0.

    `goal` is what the sums of a coalition must fulfil for it to win.
    """

    players: tuple[Gains, ...]
    goal: Condition

    def wins(self, coalition: Iterable[int]) -> bool:
        """Return whether a coalition, given by its players' places, wins."""
        sums = [0] * self.sums
        for player in coalition:
            for place, gain in enumerate(self.players[player]):
                sums[place] += gain
        return fulfils(self.goal, sums)

    @property
    def sums(self) -> int:
        """How many sums there are."""
        return 1 + max(one.sum for one in conditions(self.goal))

    @property
    def caps(self) -> tuple[int, ...]:
        """Return for each sum the number beyond which more of it makes no difference."""
        needs = [0] * self.sums
        for one in conditions(self.goal):
            needs[one.sum] = max(needs[one.sum], one.need)
        return tuple(needs)


def game_of(rule: Formula, size: int) -> Game:
    """Return the game that a rule's formula makes of `size` members, in their order."""
    found: dict[Gains, int] = {}

    def goal(part: Formula) -> Condition:
        if isinstance(part, Combination):
            return Joint(part.every, tuple(goal(inner) for inner in part.of))
        return _reach(part, found)

    condition = goal(rule)
    columns = list(found)
    return Game(tuple(tuple(one[i] for one in columns) for i in range(size)), condition)


def merged(game: Game, blocs: Sequence[Sequence[int]]) -> Game:
    """Return the game whose players are blocs of a game's, each voting as one."""
    players = tuple(
        tuple(sum(game.players[member][place] for member in bloc) for place in range(game.sums))
        for bloc in blocs
    )
    return Game(players, game.goal)


def conditions(goal: Condition) -> Iterator[Reach]:
    """Yield every sum's condition of a goal."""
    if isinstance(goal, Reach):
        yield goal
    else:
        for part in goal.of:
            yield from conditions(part)


def fulfils(goal: Condition, sums: Sequence[int]) -> bool:
    """Return whether sums fulfil a goal."""
    if isinstance(goal, Reach):
        return sums[goal.sum] >= goal.need
    return (all if goal.every else any)(fulfils(part, sums) for part in goal.of)


def _reach(part: Threshold, found: dict[Gains, int]) -> Reach:
    """Return a part's condition, its sum noted in `found` if it is new."""
    gains = tuple(yes - no for yes, no in zip(part.yes, part.no, strict=True))
    need = part.need - sum(part.no)
    common = math.gcd(*gains)
    if common > 1:
        gains, need = tuple(gain // common for gain in gains), -(-need // common)
    need = min(max(need, 0), sum(gains) + 1)
    return Reach(found.setdefault(gains, len(found)), need)


# The table of sums


def table_cells(game: Game) -> int:
    """Return how many cells a game's table has."""
    return math.prod(cap + 1 for cap in game.caps)


def won(game: Game) -> NDArray[np.bool_]:
    """Return the table that says which sums win; one stands at its cap for all beyond it too."""
    shape = tuple(cap + 1 for cap in game.caps)

    def test(goal: Condition) -> NDArray[np.bool_]:
        if isinstance(goal, Joint):
            found = test(goal.of[0])
            for part in goal.of[1:]:
                found = found & test(part) if goal.every else found | test(part)
            return found
        axis = [1] * len(shape)
        axis[goal.sum] = shape[goal.sum]
        reached: NDArray[np.bool_] = np.arange(shape[goal.sum]) >= goal.need
        return reached.reshape(axis)

    return np.broadcast_to(test(game.goal), shape)


def nothing_yet(game: Game, cases: int) -> Floats:
    """Return the distribution of sums before any player is added, once for each of `cases`."""
    table = np.zeros((cases, table_cells(game)))
    table[:, 0] = 1.0
    return table.reshape(cases, *(cap + 1 for cap in game.caps))


def added(table: Floats, gains: Gains) -> Floats:
    """Return a distribution of sums moved up by a player's gains, cut at the caps.

    Its first axis is for cases; the others are the sums.
    """
    for axis, gain in enumerate(gains, 1):
        if gain == 0:
            continue
        here = np.moveaxis(table, axis, 0)
        last = len(here) - 1
        moved = np.empty_like(here)
        moved[: min(gain, last)] = 0
        if gain < last:
            moved[gain:last] = here[: last - gain]
        moved[last] = here[max(last - gain, 0) :].sum(axis=0)
        table = np.moveaxis(moved, 0, axis)
    return table


def ahead(table: Floats, gains: Gains) -> Floats:
    """Return a table's values as they are where a player's gains have been added."""
    for axis, gain in enumerate(gains, 1):
        if gain == 0:
            continue
        here = np.moveaxis(table, axis, 0)
        size = len(here)
        moved = np.empty_like(here)
        kept = max(size - gain, 0)
        moved[:kept] = here[size - kept :]
        moved[kept:] = here[size - 1]
        table = np.moveaxis(moved, 0, axis)
    return table


# The two halves


@dataclass(frozen=True, slots=True)
class Side:
    """Coalitions of some players that agree in the coarse sums and in size.

    `fine` are their fine sums in ascending order, `inside[c, j]` is 1 where the j-th of the players
    is in coalition c.
    """

    coarse: Gains
    size: int
    fine: Integers
    inside: Integers


def fine_sum(game: Game) -> int:
    """Return the place of the sum that is finest, so the one to sort by."""
    caps = game.caps
    return max(range(len(caps)), key=lambda place: caps[place])


def sides(game: Game, players: Sequence[int], fine: int) -> list[Side]:
    """Return every coalition of some of a game's players, grouped."""
    count = len(players)
    bits = (np.arange(1 << count)[:, None] >> np.arange(count)) & 1
    gains = np.array([game.players[one] for one in players], dtype=np.int64)
    totals = bits @ gains.reshape(count, len(game.players[0]))
    keys = np.column_stack([np.delete(totals, fine, axis=1), bits.sum(axis=1)])
    order = np.lexsort((totals[:, fine], *keys.T))
    keys, totals, bits = keys[order], totals[order], bits[order]
    starts = np.flatnonzero(np.r_[True, np.any(keys[1:] != keys[:-1], axis=1)])
    return [
        Side(
            tuple(map(int, keys[start][:-1])),
            int(keys[start][-1]),
            totals[start:end, fine],
            bits[start:end],
        )
        for start, end in zip(starts, [*starts[1:], len(keys)], strict=True)
    ]


def least_fine(game: Game, coarse: Gains, fine: int) -> int | None:
    """Return the least fine sum that wins beside coarse sums; None where none does."""
    sums = [*coarse[:fine], 0, *coarse[fine:]]
    levels = sorted({0, *(one.need for one in conditions(game.goal) if one.sum == fine)})
    for level in levels:
        sums[fine] = level
        if fulfils(game.goal, sums):
            return level
    return None


def winning(
    game: Game, one: Sequence[Side], other: Sequence[Side], fine: int
) -> Iterator[tuple[Side, Side, Integers]]:
    """Yield pairs of groups with, for each coalition of the first, how many of the second win.

    It is the last so many, by fine sum. Pairs that never win are left out.
    """
    known: dict[Gains, int | None] = {}
    for first, second in product(one, other):
        coarse = tuple(map(int.__add__, first.coarse, second.coarse))
        if coarse not in known:
            known[coarse] = least_fine(game, coarse, fine)
        least = known[coarse]
        if least is not None:
            from_ = np.searchsorted(second.fine, least - first.fine)
            yield first, second, len(second.fine) - from_
