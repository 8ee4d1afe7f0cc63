"""Power indices from orders and votes that are drawn, where no exact way is small enough."""

from __future__ import annotations

import math

import numpy as np

from whipcount.bodies.games import Condition, Floats, Game, Integers, Joint, fulfils

SAMPLES = 20_000
"""Orders that are drawn where neither way is small enough; a share of 0.1 is then ± 0.004."""


def drawn_swings(game: Game, seed: int) -> tuple[list[float], list[float], float]:
    """Return both from orders and votes drawn at random, and the error of their shares.

    Orders as in Castro, Gómez and Tejada (2009). The votes are drawn with chances of yes at which
    the sum that is hardest to reach comes to its number on average, and each counts as much as it
    is likelier at even chances (importance sampling): with those, 190 members under a quota of 70 %
    would meet no vote that decides.
    """
    draw = np.random.default_rng(seed)
    size = len(game.players)
    gains = np.array(game.players, dtype=np.int64)
    place, need = _hardest(game, game.goal)[1:]
    tilt = _tilt(gains[:, place], need)
    chances = _chances(tilt, gains[:, place])
    orders, votes, squares, products = (np.zeros(size) for _ in range(4))
    square = 0.0
    for _ in range(SAMPLES):
        order = draw.permutation(size)
        sums = np.cumsum(gains[order], axis=0)
        low, high = 0, size - 1
        while low < high:
            middle = (low + high) // 2
            if fulfils(game.goal, sums[middle].tolist()):
                high = middle
            else:
                low = middle + 1
        orders[order[low]] += 1
        yes = (draw.random(size) < chances).astype(np.int64)
        total = yes @ gains
        is_won = fulfils(game.goal, total.tolist())
        decide = [
            player
            for player in np.flatnonzero(yes == is_won)
            if fulfils(game.goal, (total + (1 - 2 * is_won) * gains[player]).tolist()) != is_won
        ]
        if decide:
            weight = math.exp(min(-tilt * (int(total[place]) - need), 700))
            votes[decide] += weight
            squares[decide] += weight**2
            products[decide] += weight**2 * len(decide)
            square += (weight * len(decide)) ** 2
    shapley = orders / SAMPLES
    variances = [(shapley * (1 - shapley)).max() / SAMPLES]
    if votes.any():
        shares = votes / votes.sum()
        spread = squares - 2 * shares * products + shares**2 * square
        variances.append(spread.max() / votes.sum() ** 2)
    return votes.tolist(), shapley.tolist(), 1.96 * math.sqrt(max(variances))


def _hardest(game: Game, goal: Condition) -> tuple[float, int, int]:
    """Return by how many standard deviations a sum falls short at even chances, its place and need.

    Where all of a goal's conditions have to hold it is the sum that falls short most, where one has
    to, the sum that does least.
    """
    if isinstance(goal, Joint):
        return (max if goal.every else min)(_hardest(game, part) for part in goal.of)
    gains = [gains[goal.sum] for gains in game.players]
    spread = math.sqrt(sum(gain**2 for gain in gains)) or 1.0
    return (2 * goal.need - sum(gains)) / spread, goal.sum, goal.need


def _chances(tilt: float, gains: Integers) -> Floats:
    """Return each player's chance of yes, tilted by its gain; all are even where `tilt` is 0."""
    found: Floats = 1 / (1 + np.exp(-np.clip(tilt * gains, -700, 700)))
    return found


def _tilt(gains: Integers, need: int) -> float:
    """Return the tilt at which the gains come to `need` on average.

    Half of a mean gain is kept free at both ends, where t would be infinite.
    """
    total = float(gains.sum())
    if not total:
        return 0.0
    free = total / len(gains) / 2
    aim = min(max(need, free), total - free)
    low, high = -40 / free, 40 / free
    for _ in range(100):
        middle = (low + high) / 2
        if float(gains @ _chances(middle, gains)) < aim:
            low = middle
        else:
            high = middle
    return (low + high) / 2
