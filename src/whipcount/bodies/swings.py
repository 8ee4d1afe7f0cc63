"""How often a member's vote decides, exactly: the ways in which swings are counted.

Which one serves depends on how many sums the weights can have: tables by size and sums, tables by
the chance of a yes, or all coalitions of two halves of the members.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from whipcount.bodies.games import (
    Floats,
    Game,
    added,
    ahead,
    fine_sum,
    merged,
    nothing_yet,
    sides,
    table_cells,
    winning,
    won,
)
from whipcount.errors import BodyError

LARGEST_TABLE = 4_000_000
"""Cells of a table by size and sums: 200 members under two quotas have 660,000 and take 1 s."""

LARGEST_TABLES = 40_000_000
"""Cells of all players' tables by sums together: 60 players and sums to 150,000 take 3 s."""

LARGEST_HALF = 18
"""Players in one half: 262,144 coalitions. 36 members by heads and inhabitants take 9 s."""

LARGEST_PAIRS = 2_000_000
"""Pairs of groups of the two halves: 20 members with two fine weights have 1 million, take 8 s."""

AT_ONCE = 4_000_000
"""Numbers that the tables of all members may hold together, so that memory stays under 100 MB."""


def exact_swings(game: Game) -> tuple[list[float], list[float]] | None:
    """Return each player's Banzhaf value and Shapley-Shubik index; None where neither way can."""
    size = len(game.players)
    if _by_size_cells(game) <= LARGEST_TABLE:
        return _swings_by_size(game)
    if size <= 2 * LARGEST_HALF:
        swings = _swings_by_halves(game)
        if swings is not None:
            return swings
    if table_cells(game) * (size + 1) <= LARGEST_TABLES:
        nodes, weights = gauss(size)
        likely = _swings_by_chance(game, np.array([0.5, *nodes]))
        return list(map(float, likely[0])), [float(weights @ each) for each in likely[1:].T]
    return None


def _by_size_cells(game: Game) -> int:
    coarse = [cap + 1 for place, cap in enumerate(game.caps) if not _is_heads(game, place)]
    return (len(game.players) + 1) * math.prod(coarse)


def _is_heads(game: Game, place: int) -> bool:
    """Return whether a sum just counts players."""
    return all(gains[place] == 1 for gains in game.players)


def _swings_by_size(game: Game) -> tuple[list[float], list[float]]:
    """Return each player's Banzhaf value and Shapley-Shubik index from a table of coalitions.

    The table has coalitions by size and sums, as shares of all of that size, so that no number of
    members is too large for it. A member's index is the sum over the winning coalitions S that it
    is in, each with a weight of its size s, less the same constant for all: from the index's own
    weights, (s - 1)! (n - s)! / n! for S being won with the member, less the coalitions without it
    that win anyhow, weights (s - 1)! (n - s - 1)! / (n - 1)! follow, and 1 / n for all n together.
    So one pass over the players in one direction, and one in the other, do for both indices and all
    players; tables of the second are kept at every so many players, and those between made again.
    """
    size = len(game.players)
    heads = [place for place in range(game.sums) if _is_heads(game, place)]
    kept = [place for place in range(game.sums) if place not in heads]
    players = [tuple(gains[place] for place in kept) for gains in game.players]
    across = (slice(None), *([None] * len(kept)))
    sizes = np.arange(size + 1)
    by_size = np.array([0.0, *(size / (s * (size - s)) for s in range(1, size)), 1 / size])
    halves = np.array([math.comb(size, s) / 2 ** (size - 1) for s in range(size + 1)])
    weights = np.stack([by_size[across], halves[across]])
    order = sorted(range(size), key=lambda player: players[player])
    step = math.isqrt(size) + 1
    counted, sign = _won_by_size(game, heads, kept), 1
    marks = _marked(counted * weights, [players[player] for player in order], step)
    if marks[0][1].reshape(-1)[0] > 1.5:
        # twice the chance to win: where nearly all win, a swing drowns in the rounding; those that
        # lose are counted then, which comes to the same but for the sign
        counted, sign = 1 - counted, -1
        marks = _marked(counted * weights, [players[player] for player in order], step)
    before = np.zeros((1, *counted.shape[1:]))
    before.reshape(-1)[0] = 1.0
    gained = np.zeros((2, size))
    after: dict[int, Floats] = {}
    last: tuple[tuple[int, ...], Floats] | None = None
    for place, player in enumerate(order):
        if place % step == 0:
            end = min(place + step, size)
            after = {end: marks[end]}
            for back in range(end - 1, place, -1):
                after[back] = _without_one(after[back + 1], players[order[back]])
        gains = players[player]
        with_it = (sizes[1 : place + 2] / (place + 1))[across]
        if last is None or last[0] != gains:  # players with the same gains have the same power
            later = after[place + 1][:, 1 : place + 2]
            later = later if not gains else _ahead_of(later, gains)
            last = gains, later.reshape(2, -1) @ (before * with_it).reshape(-1)
        gained[:, player] = last[1]
        more = np.zeros((place + 2, *counted.shape[1:]))
        np.multiply(added(before, gains), with_it, out=more[1:])
        before *= with_it[::-1]
        more[:-1] += before
        before = more
    counted_by_size = (before * counted).sum(axis=tuple(range(1, counted.ndim)))
    anyhow = float((counted_by_size[:size] / (size - sizes[:size])).sum())
    of_all = float(counted_by_size @ halves)
    banzhaf = [max(0.0, sign * (2 * float(one) - of_all)) for one in gained[1]]
    shapley = [max(0.0, sign * (float(one) - anyhow)) for one in gained[0]]
    return banzhaf, shapley


def _won_by_size(game: Game, heads: Sequence[int], kept: Sequence[int]) -> Floats:
    """Return the table of what wins by size and by the sums that are no count of heads."""
    size = len(game.players)
    table = won(game)
    places = [np.minimum(np.arange(size + 1), game.caps[place]) for place in heads]
    table = np.moveaxis(table, heads, range(len(heads)))
    shape = tuple(game.caps[place] + 1 for place in kept)
    table = table[tuple(places)] if heads else table[None]
    return np.broadcast_to(table, (size + 1, *shape)).astype(np.float64, order="C")


def _marked(values: Floats, players: Sequence[tuple[int, ...]], step: int) -> dict[int, Floats]:
    """Return the values of coalitions to which none of the players from a place on are added yet.

    That is at every so many places, and at the end, for which they are given.
    """
    marks = {len(players): values}
    for place in range(len(players) - 1, -1, -1):
        values = _without_one(values, players[place])
        if place % step == 0:
            marks[place] = values
    return marks


def _without_one(values: Floats, gains: tuple[int, ...]) -> Floats:
    """Return the values of coalitions to which one more player may be added, or not."""
    players = values.shape[1] - 1
    shape = (-1, *([1] * (values.ndim - 2)))
    with_it = (np.arange(1, players + 1) / players).reshape(shape)
    found: Floats = values[:, :-1] * with_it[::-1]
    found += _ahead_of(values[:, 1:], gains) * with_it
    return found


def _ahead_of(values: Floats, gains: tuple[int, ...]) -> Floats:
    return ahead(values, (0, *gains))


def _swings_by_chance(game: Game, chances: Floats, start: Floats | None = None) -> Floats:
    """Return how likely each player decides, if the others say yes with a chance.

    A row a chance, a column a player. `start` is the distribution of sums before any of them is
    asked, once for each chance; nothing where it is None.
    """
    size = len(game.players)
    found = np.zeros((len(chances), size))
    at_once = max(1, AT_ONCE // (table_cells(game) * (size + 1)))
    order = sorted(range(size), key=lambda player: game.players[player])
    counted, sign = won(game).astype(np.float64)[None], 1
    if _is_won_mostly(game, start):
        counted, sign = 1 - counted, -1
    for first in range(0, len(chances), at_once):
        some = slice(first, first + at_once)
        yes = chances[some].reshape(-1, *([1] * game.sums))
        before = nothing_yet(game, len(yes)) if start is None else start[some]
        after = [counted]
        for player in reversed(order):
            later = after[-1]
            after.append((1 - yes) * later + yes * ahead(later, game.players[player]))
        axes = tuple(range(1, game.sums + 1))
        last: tuple[tuple[int, ...], Floats] | None = None
        for player in order:
            after.pop()
            gains = game.players[player]
            if last is None or last[0] != gains:  # players with the same gains have the same swings
                gained = ahead(after[-1], gains) - after[-1]
                last = gains, sign * (before * gained).sum(axis=axes)
            found[some, player] = last[1]
            before = (1 - yes) * before + yes * added(before, gains)
    return found


def _is_won_mostly(game: Game, start: Floats | None) -> bool:
    """Return whether more than half of the ways to vote win.

    Then those that lose are counted, which comes to the same but for the sign: a swing is a small
    difference, and drowns in the rounding of numbers close to 1.
    """
    table = nothing_yet(game, 1) if start is None else start[:1]
    for gains in game.players:
        table = (table + added(table, gains)) / 2
    return float((table * won(game)).sum()) > 0.5


def _swings_by_halves(game: Game) -> tuple[list[float], list[float]] | None:
    """Return each player's Banzhaf value and Shapley-Shubik index from counts of coalitions.

    None where several sums are so fine that the halves have too many groups.
    """
    size = len(game.players)
    fine = fine_sum(game)
    order = sorted(range(size), key=lambda player: game.players[player][fine])
    halves = order[::2], order[1::2]
    one, other = (sides(game, half, fine) for half in halves)
    if len(one) * len(other) > LARGEST_PAIRS:
        return None
    every = np.zeros(size + 1, dtype=object)
    with_player = np.zeros((size, size + 1), dtype=object)
    for half, first, second in ((halves[0], one, other), (halves[1], other, one)):
        for a, b, counts in winning(game, first, second, fine):
            members = a.size + b.size
            if half is halves[0]:
                every[members] += int(counts.sum())
            for player, count in zip(half, counts @ a.inside, strict=True):
                with_player[player, members] += int(count)
    banzhaf, shapley = [], []
    for player in range(size):
        # those that win with the player, less those that win without it too
        swings = [
            with_player[player, k] - (every[k - 1] - with_player[player, k - 1])
            for k in range(1, size + 1)
        ]
        banzhaf.append(float(Fraction(sum(swings), 2 ** (size - 1))))
        shapley.append(
            float(
                sum(
                    Fraction(count, size * math.comb(size - 1, k)) for k, count in enumerate(swings)
                )
            )
        )
    return banzhaf, shapley


def with_blocs(game: Game, blocs: Sequence[Sequence[int]]) -> tuple[list[float], list[float]]:
    """Return Owen's value and the Banzhaf-Owen value of each player.

    Raises BodyError where neither exact way can.
    """
    size = len(game.players)
    owen, banzhaf = [0.0] * size, [0.0] * size
    table = table_cells(game) <= LARGEST_TABLE
    longest = max(map(len, blocs))
    most = max(longest, -(-(len(blocs) - 1 + longest) // 2))
    if not table and most > LARGEST_HALF:
        raise BodyError(
            f"power with blocs takes at most {2 * LARGEST_HALF} blocs and members of one together, "
            f"of a bloc at most {LARGEST_HALF}, where a weight is as fine as this one; leave the "
            "blocs out, or round the weight"
        )
    for place, bloc in enumerate(blocs):
        others = merged(game, [one for number, one in enumerate(blocs) if number != place])
        own = Game(tuple(game.players[member] for member in bloc), game.goal)
        swings = (_bloc_by_table if table else _bloc_by_halves)(own, others)
        for member, (half, value) in zip(bloc, swings, strict=True):
            banzhaf[member], owen[member] = half, value
    return owen, banzhaf


def _bloc_by_table(own: Game, others: Game) -> list[tuple[float, float]]:
    """Return the Banzhaf-Owen and Owen value of each of a bloc's members.

    The chance that another bloc is for, and that another member of this one is, go through all
    values, each by itself (Owen, "Multilinear extensions of games", 1972).
    """
    outer, outer_weights = gauss(len(others.players) + 1)
    inner, inner_weights = gauss(len(own.players))
    outer, inner = np.array([0.5, *outer]), np.array([0.5, *inner])
    start = nothing_yet(others, len(outer))
    yes = outer.reshape(-1, *([1] * others.sums))
    for gains in others.players:
        start = (1 - yes) * start + yes * added(start, gains)
    swings = _swings_by_chance(
        own, np.tile(inner, len(outer)), np.repeat(start, len(inner), axis=0)
    ).reshape(len(outer), len(inner), len(own.players))
    values = np.einsum("o,i,oij->j", outer_weights, inner_weights, swings[1:, 1:])
    return list(zip(map(float, swings[0, 0]), map(float, values), strict=True))


def _bloc_by_halves(own: Game, others: Game) -> list[tuple[float, float]]:
    """Return the same from counts of coalitions of the other blocs and of this one's members.

    A sum that no condition asks for counts this bloc's members apart.
    """
    fine = fine_sum(own)
    inner, outer = len(own.players), len(others.players)
    players = (*((*gains, 1) for gains in own.players), *((*gains, 0) for gains in others.players))
    joint = Game(players, own.goal)
    cut = max(inner, (inner + outer) // 2)
    every = np.zeros((outer + 1, inner + 1), dtype=object)
    with_member = np.zeros((inner, outer + 1, inner + 1), dtype=object)
    first, second = (sides(joint, half, fine) for half in (range(cut), range(cut, inner + outer)))
    if len(first) * len(second) > LARGEST_PAIRS:
        raise BodyError(
            "power with blocs takes few members only where several weights are as fine as these; "
            "leave the blocs out, or round all weights but one"
        )
    for a, b, counts in winning(joint, first, second, fine):
        t = a.coarse[-1] + b.coarse[-1]
        r = a.size + b.size - t
        every[r, t] += int(counts.sum())
        for member, count in enumerate((counts @ a.inside)[:inner]):
            with_member[member, r, t] += int(count)
    found = []
    for mine_with in with_member:
        swings = mine_with[:, 1:] - (every[:, :-1] - mine_with[:, :-1])
        value = sum(
            Fraction(
                int(swings[r, t]),
                (outer + 1) * math.comb(outer, r) * inner * math.comb(inner - 1, t),
            )
            for r in range(outer + 1)
            for t in range(inner)
        )
        half = Fraction(int(swings.sum()), 2 ** (outer + inner - 1))
        found.append((float(half), float(value)))
    return found


def gauss(players: int) -> tuple[Floats, Floats]:
    """Return points and weights that integrate a swing of one of so many players exactly.

    A swing's chance is a polynomial of the others' chance, of a degree below their number.
    """
    points, weights = np.polynomial.legendre.leggauss(players // 2 + 1)
    return (points + 1) / 2, weights / 2
