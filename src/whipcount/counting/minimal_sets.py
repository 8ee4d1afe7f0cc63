"""The smallest sets of members that settle a vote, without trying every vote.

What has to be reached is a formula of sums: each chosen member adds its gain to each sum, a sum is
reached at its `need`, and reached sums are joined by all and any. Gains are never negative, so a
set that suffices does so with more members too; the minimal sets are those that don't without any
one of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, combinations, islice

MOST_SETS = 20
"""How many sets are given (DESIGN, WHIP COUNT)."""

MOST_STEPS = 100_000
"""How many sets are looked at before the search ends with what it has found.

Measured on one core of a laptop: 32 members by consensus, 27 by a double majority of heads and
population, 193 by heads need 20 to 150 steps and under 20 ms; 193 with weights at random under
100 ms. Only 193 weights that grow in steps of 8 %, under two quotas at once, come to the end, after
1.3 s.
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that is reached where the chosen members' gains, each at least 0, come to `need`."""

    need: int
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Goals of which every one, or at least one, has to be reached."""

    every: bool
    of: tuple[Sum | Joined, ...]


Goal = Sum | Joined
Points = tuple[int, ...]


def minimal_sets(
    goal: Goal, size: int, most: int = MOST_SETS, steps: int = MOST_STEPS
) -> tuple[tuple[int, ...], ...]:
    """Return the minimal sets of members `0 … size - 1` that reach a goal, smallest first.

    Sets of one size come in the members' order, at most `most` of them. No set where even everybody
    together doesn't reach it, the empty set where nobody has to. Where `steps` sets were looked at,
    the search ends: what it has found is minimal, though larger ones may be missing; one at least
    is always there.
    """
    sums = _sums(goal)
    reached = _test(goal)
    useful = [member for member in range(size) if any(part.gains[member] for part in sums)]
    gains = [tuple(part.gains[member] for part in sums) for member in useful]
    if not reached(_added((0,) * len(sums), gains)):
        return ()
    if len(set(gains)) == 1:  # whoever they are, so many do
        count = next(
            count
            for count in range(len(useful) + 1)
            if reached(tuple(count * gain for gain in gains[0]))
        )
        return tuple(islice(combinations(useful, count), most))
    search = _Search(reached, gains, len(sums), steps)
    found: list[tuple[int, ...]] = []
    for count in range(len(useful) + 1):
        if not search.may_reach(search.zero, 0, count):
            continue
        if found and len(found) >= most:
            break
        found += search.of_size(count, most - len(found))
        if search.steps <= 0:
            break
    if not found:
        found = [search.greedy()]
    return tuple(tuple(useful[index] for index in chosen) for chosen in found)


def reaches(goal: Goal, chosen: Iterable[int]) -> bool:
    """Return whether the chosen members reach a goal."""
    if isinstance(goal, Joined):
        chosen = tuple(chosen)
        return (all if goal.every else any)(reaches(part, chosen) for part in goal.of)
    return sum(goal.gains[member] for member in chosen) >= goal.need


class _Search:
    """A depth-first search for the minimal sets of one size, in the members' order."""

    def __init__(
        self,
        reached: Callable[[Points], bool],
        gains: Sequence[Points],
        sums: int,
        steps: int,
    ) -> None:
        self.reached = reached
        self.gains = gains
        self.zero: Points = (0,) * sums
        self.steps = steps

        @cache
        def extremes(start: int) -> tuple[list[Points], list[Points]]:
            """Return the least and most that 0, 1, … members from `start` on add to each sum."""
            columns = [sorted(gain[part] for gain in gains[start:]) for part in range(sums)]
            least = [list(accumulate(column, initial=0)) for column in columns]
            most = [list(accumulate(reversed(column), initial=0)) for column in columns]
            return list(zip(*least, strict=True)), list(zip(*most, strict=True))

        self.extremes = extremes

    def may_reach(self, points: Points, start: int, left: int) -> bool:
        """Return whether `left` members from `start` on could do; where not, surely none can.

        Each sum gets the members that are best for it, which no one choice need be.
        """
        return self.reached(_plus(points, self.extremes(start)[1][left]))

    def of_size(self, size: int, most: int) -> list[tuple[int, ...]]:
        """Return the first minimal sets of a size, at most `most`."""
        found: list[tuple[int, ...]] = []
        if size == 0:
            return [()] if self.reached(self.zero) else []
        chosen: list[int] = []
        points = [self.zero]
        weakest: list[tuple[Points, ...]] = [()]
        following = [0]
        while following:
            index = following[-1]
            left = size - len(chosen)
            if len(self.gains) - index < left or not self.may_reach(points[-1], index, left):
                following.pop()
                points.pop()
                weakest.pop()
                if chosen:
                    chosen.pop()
                continue
            following[-1] = index + 1
            self.steps -= 1
            if self.steps <= 0:
                break
            together = _plus(points[-1], self.gains[index])
            weak = _weakest(weakest[-1], self.gains[index])
            if not self._may_be_minimal(together, weak, index + 1, left - 1):
                continue
            if left > 1:
                chosen.append(index)
                points.append(together)
                weakest.append(weak)
                following.append(index + 1)
                continue
            found.append((*chosen, index))
            if len(found) >= most:
                break
        return found

    def greedy(self) -> tuple[int, ...]:
        """Return one minimal set: everybody, less whoever can be spared, the weakest first."""
        kept = set(range(len(self.gains)))
        points = _added(self.zero, self.gains)
        for index in sorted(kept, key=lambda index: (sum(self.gains[index]), -index)):
            less = _minus(points, self.gains[index])
            if self.reached(less):
                points = less
                kept.remove(index)
        return tuple(sorted(kept))

    def _may_be_minimal(
        self, points: Points, weakest: Sequence[Points], start: int, left: int
    ) -> bool:
        """Return whether `left` more members from `start` on could make a minimal set.

        With none left, whether it is one. A set that does already isn't minimal with more members;
        neither is one that would do without one of its own, however little the others bring.
        """
        if self.reached(points) == (left > 0) or len(self.gains) - start < left:
            return False
        least = _plus(points, self.extremes(start)[0][left])
        return not any(self.reached(_minus(least, gain)) for gain in weakest)


def _weakest(gains: tuple[Points, ...], new: Points) -> tuple[Points, ...]:
    """Return the gains of the members that could be spared first, with a new member's.

    Who gains no more than another in any sum can be spared where the other can.
    """
    for gain in gains:
        if all(map(int.__le__, gain, new)):
            return gains
    return (*(gain for gain in gains if not all(map(int.__le__, new, gain))), new)


def _sums(goal: Goal) -> list[Sum]:
    if isinstance(goal, Sum):
        return [goal]
    return [part for inner in goal.of for part in _sums(inner)]


def _test(goal: Goal) -> Callable[[Points], bool]:
    """Return a function that tells whether points, one for each sum of a goal, reach it."""
    places = iter(range(len(_sums(goal))))

    def test(part: Goal) -> Callable[[Points], bool]:
        if isinstance(part, Sum):
            place, need = next(places), part.need
            return lambda points: points[place] >= need
        tests = [test(inner) for inner in part.of]
        if part.every:
            return lambda points: all(inner(points) for inner in tests)
        return lambda points: any(inner(points) for inner in tests)

    return test(goal)


def _plus(one: Points, other: Points) -> Points:
    return tuple(map(int.__add__, one, other))


def _minus(one: Points, other: Points) -> Points:
    return tuple(map(int.__sub__, one, other))


def _added(zero: Points, gains: Sequence[Points]) -> Points:
    return tuple(map(sum, zip(zero, *gains, strict=True)))
