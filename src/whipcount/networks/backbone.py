"""Backbone: the options that make a debate's structure; the others can be left out.

Leifeld and Henrichsen's backbone (rDNA 3's `dna_backbone`, whose manual defines it): the set of
columns whose one-mode network is nearest to that of all columns, by the Euclidean distance between
their Laplacians' eigenvalues, each spectrum divided by its sum and negative ties set to 0. The
distance is multiplied by exp(-p (|C| - |B|) / |C|) for a set B of the columns C (`penalizedLoss` in
DNA's engine). That engine sums absolute differences instead, and of the nodes' degrees: it throws
the Laplacian away. This module does what the manual says.

`order` leaves out one column after the other, each time the one that is missed least; the penalized
set is tried out in full where there are few columns, else looked for by simulated annealing
(Kirkpatrick, Gelatt, Vecchi 1983) from the best of those.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np

from whipcount.errors import NetworkError
from whipcount.networks.cross_tabulation import CrossTabulation, cross_tabulate
from whipcount.networks.options import NetworkOptions
from whipcount.networks.spectra import spectral_distance, spectrum
from whipcount.networks.table import CodedStatements

PENALTY = 3.5
"""The penalty where none is given: rDNA's default."""

EXACT = 10
"""Columns up to which every set is tried: 1,022 sets."""

STEPS = 300
"""Steps of annealing for each column. Of 40 debates by chance with 10 columns, where the optimum is
known, it was found in 70 % with 30 steps, 90 % with 100, all with 300; the best set that leaving
out meets is the optimum in half of them."""

Set = frozenset[int]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One step of leaving out: the column, and how far the network of those left is from all's."""

    column: str
    loss: float
    left: int


@dataclass(frozen=True, slots=True)
class Backbone:
    """The columns that carry a one-mode network, and those that are redundant.

    `loss` is the distance between the spectra of the backbone's network and of the network of all
    columns, between 0 and √2; `penalized` is loss · exp(-penalty · redundant / all), which is
    least for this set. `redundant_loss` is the loss of the redundant columns' network. `order` is
    how columns are left out one by one, until one is left.
    """

    backbone: tuple[str, ...]
    redundant: tuple[str, ...]
    penalty: float
    loss: float
    penalized: float
    redundant_loss: float
    order: tuple[LeftOut, ...]


def backbone(
    table: CodedStatements,
    options: NetworkOptions,
    *,
    penalty: float = PENALTY,
    seed: int = 0,
) -> Backbone:
    """Return the backbone of the columns of a one-mode network.

    The greater the penalty, the smaller the backbone. The same seed gives the same backbone. Raises
    NetworkError where there are fewer than two columns, or the penalty is negative.
    """
    if penalty < 0:
        raise NetworkError(f"the penalty must be 0 or more, not {penalty:g}")
    losses = _Losses(cross_tabulate(table, replace(options, mode="one")), penalty)
    columns = losses.counts.columns
    if len(columns) < 2:
        raise NetworkError(
            f"a backbone needs 2 {options.columns} or more to choose from; there "
            f"{'is 1' if columns else 'is none'}"
        )
    order = losses.order()
    nested = _nested(order, len(columns))
    if len(columns) <= EXACT:
        best = _tried(losses)
    else:
        best = _annealed(losses, min(nested, key=losses.penalized), seed)
    redundant = frozenset(range(len(columns))) - best
    return Backbone(
        backbone=tuple(columns[place] for place in sorted(best)),
        redundant=tuple(columns[place] for place in sorted(redundant)),
        penalty=penalty,
        loss=losses.loss(best),
        penalized=losses.penalized(best),
        redundant_loss=losses.loss(redundant),
        order=tuple(
            LeftOut(columns[place], loss, len(columns) - number)
            for number, (place, loss) in enumerate(order, 1)
        ),
    )


class _Losses:
    """The losses of sets of columns, each computed once."""

    def __init__(self, counts: CrossTabulation, penalty: float) -> None:
        self.counts = counts
        self.penalty = penalty
        self.all = frozenset(range(len(counts.columns)))
        self._full = spectrum(counts.ties(sorted(self.all)))
        self._known: dict[Set, float] = {}

    def loss(self, kept: Set) -> float:
        """Return the distance of the network of some columns from that of all."""
        if kept not in self._known:
            ties = self.counts.ties(sorted(kept))
            self._known[kept] = spectral_distance(self._full, spectrum(ties))
        return self._known[kept]

    def penalized(self, kept: Set) -> float:
        """Return the loss, made smaller by each column that is left out."""
        share = (len(self.all) - len(kept)) / len(self.all)
        return self.loss(kept) * float(np.exp(-self.penalty * share))

    def order(self) -> list[tuple[int, float]]:
        """Return the columns in the order of leaving out, each with the loss of those left."""
        kept, found = self.all, []
        while len(kept) > 1:
            place = min(sorted(kept), key=lambda one: self.loss(kept - {one}))
            kept -= {place}
            found.append((place, self.loss(kept)))
        return found


def _nested(order: list[tuple[int, float]], count: int) -> list[Set]:
    """Return the sets that are left after each step."""
    kept, found = frozenset(range(count)), []
    for place, _ in order:
        kept -= {place}
        found.append(kept)
    return found


def _tried(losses: _Losses) -> Set:
    """Return the best of all sets that are neither empty nor everything."""
    sizes = range(1, len(losses.all))
    sets = (itertools.combinations(sorted(losses.all), size) for size in sizes)
    return min(map(frozenset, itertools.chain.from_iterable(sets)), key=losses.penalized)


def _annealed(losses: _Losses, start: Set, seed: int) -> Set:
    """Return the best set that annealing meets: columns are added, left out and swapped.

    The temperature begins at the mean difference of a first few moves and falls geometrically to a
    thousandth of it.
    """
    chance = np.random.default_rng(seed)
    current = best = start
    steps = STEPS * len(losses.all)
    trials = [_neighbour(start, losses.all, chance) for _ in range(20)]
    begin = float(np.mean([abs(losses.penalized(one) - losses.penalized(start)) for one in trials]))
    if begin == 0:
        return best
    for step in range(steps):
        temperature = begin * 0.001 ** (step / steps)
        candidate = _neighbour(current, losses.all, chance)
        worse = losses.penalized(candidate) - losses.penalized(current)
        if worse <= 0 or chance.random() < np.exp(-worse / temperature):
            current = candidate
            best = min(best, current, key=losses.penalized)
    return best


def _neighbour(kept: Set, everything: Set, chance: np.random.Generator) -> Set:
    """Return a set with one column more, less, or another; never empty, never everything."""
    inside, outside = sorted(kept), sorted(everything - kept)
    moves = ["swap"]
    if len(inside) > 1:
        moves.append("leave out")
    if len(outside) > 1:
        moves.append("add")
    move = moves[int(chance.integers(len(moves)))]
    if move != "add":
        kept -= {inside[int(chance.integers(len(inside)))]}
    if move != "leave out":
        kept |= {outside[int(chance.integers(len(outside)))]}
    return kept
