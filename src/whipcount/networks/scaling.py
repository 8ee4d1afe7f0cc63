"""Scaling: actors on one line, those who answer alike near each other.

`item-response` is the two-parameter item response model of ideal points (Clinton, Jackman, Rivers
2004, *The statistical analysis of roll call data*), fitted by the EM algorithm of Imai, Lo and
Olmsted (2016, *Fast estimation of ideal points with massive data*). `correspondence` is the first
axis of correspondence analysis (Benzécri 1973; Greenacre 2017), with yes and no to an option as
two columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import NetworkError
from whipcount.networks.cross_tabulation import yes_and_no
from whipcount.networks.options import NetworkOptions
from whipcount.networks.table import CodedStatements
from whipcount.networks.tallies import Floats

Method = Literal["item-response", "correspondence"]

METHODS: tuple[Method, ...] = get_args(Method)

ITEM_VARIANCE = 25.0
"""The prior variance of an option's intercept and slope: Imai, Lo and Olmsted's own."""

TOLERANCE = 1e-5
"""The greatest change of a position, in standard deviations, at which EM has converged. On answers
drawn from the model (100 actors and 40 options, half and a tenth of them answered; 300 and 100, a
fifth) positions differ by 0.004 at most from those of a tenth of it, in two thirds of the time;
ten times as much makes it 0.02."""

MOST_STEPS = 5_000


@dataclass(frozen=True, slots=True)
class Scaled:
    """Where an actor or an option stands on the line.

    Actors have mean 0 and standard deviation 1. `statements` are those of yes or no, `answered` to
    how many options (or by how many actors) they are. An option's position is that of an actor who
    says yes and no to it alike (item response), or of the mean of those who say yes
    (correspondence); None where all answer alike.
    """

    label: str
    position: float | None
    statements: int
    answered: int


@dataclass(frozen=True, slots=True)
class Scaling:
    """Actors and options on one line, from left to right.

    `explained` is the share of answers that the model foretells rightly (item response) or of
    inertia on the axis (correspondence). Which end is the right one has no meaning: it is that of
    the actors who say yes more often.
    """

    method: Method
    actors: tuple[Scaled, ...]
    options: tuple[Scaled, ...]
    explained: float


def scaling(
    table: CodedStatements, options: NetworkOptions, *, method: Method = "item-response"
) -> Scaling:
    """Return rows and columns of a two-mode network on one line.

    The qualifier must be boolean. An item response is the answer that an actor gives to an option
    more often; as many yes as no are no answer. Raises NetworkError where fewer than two actors
    answer, or all answer alike.
    """
    if method not in METHODS:
        raise NetworkError(f"method must be one of {', '.join(METHODS)}, not {method!r}")
    counts = yes_and_no(table, options)
    no, yes = counts.at_level(0), counts.at_level(1)
    answers = np.sign(yes - no) if method == "item-response" else ((yes + no) > 0).astype(float)
    rows, columns = (answers != 0).any(axis=1), (answers != 0).any(axis=0)
    no, yes, answers = (one[rows][:, columns] for one in (no, yes, answers))
    if len(answers) < 2:
        raise NetworkError("scaling needs 2 actors or more who say yes or no; include more")
    fitted = _item_response if method == "item-response" else _correspondence
    actors, items, explained = fitted(yes, no)
    said = yes + no
    right = float(actors @ (yes.sum(axis=1) / said.sum(axis=1) - yes.sum() / said.sum()))
    first = actors[np.flatnonzero(actors)[0]]
    flip = -1.0 if (right if abs(right) > 1e-9 else first) < 0 else 1.0
    return Scaling(
        method,
        _sorted(counts.rows, rows, flip * actors, said.sum(axis=1), (answers != 0).sum(axis=1)),
        _sorted(
            counts.columns, columns, flip * items, said.sum(axis=0), (answers != 0).sum(axis=0)
        ),
        explained,
    )


def _sorted(
    labels: tuple[str, ...],
    kept: NDArray[np.bool_],
    positions: Floats,
    statements: Floats,
    answered: Floats,
) -> tuple[Scaled, ...]:
    names = [label for label, one in zip(labels, kept.tolist(), strict=True) if one]
    found = [
        Scaled(name, None if np.isnan(position) else position + 0.0, int(said), int(answers))
        for name, position, said, answers in zip(
            names, positions.tolist(), statements.tolist(), answered.tolist(), strict=True
        )
    ]
    return tuple(
        sorted(found, key=lambda one: (one.position is None, round(one.position or 0.0, 9)))
    )


def _item_response(yes: Floats, no: Floats) -> tuple[Floats, Floats, float]:
    """Return ideal points, each option's point of indifference, and the answers foretold.

    The model is P(yes) = Φ(α_j + β_j x_i), x standard normal, α and β normal with `ITEM_VARIANCE`.
    The answers' latent values, items and positions are estimated in turn; the first positions are
    those of the leading singular vector.
    """
    answers = np.sign(yes - no)
    actor, item = np.nonzero(answers)
    given = answers[actor, item]
    actors, items = answers.shape
    positions = _standardized(np.linalg.svd(answers, full_matrices=False)[0][:, 0])
    base, slope = np.zeros(items), np.zeros(items)
    for _ in range(MOST_STEPS):
        latent = _latent(given, base[item] + slope[item] * positions[actor])
        base, slope = _items(latent, positions[actor], item, items)
        latent = _latent(given, base[item] + slope[item] * positions[actor])
        pull = np.bincount(actor, (latent - base[item]) * slope[item], actors)
        moved = pull / (1.0 + np.bincount(actor, slope[item] ** 2, actors))
        done = np.abs(moved - positions).max() < TOLERANCE
        positions = moved
        if done:
            break
    foretold = np.sign(base[item] + slope[item] * positions[actor])
    mean, spread = positions.mean(), positions.std()
    if spread < 1e-3:
        raise NetworkError("all actors answer alike, so there is no line to scale them on")
    both = (answers > 0).any(axis=0) & (answers < 0).any(axis=0) & (np.abs(slope) > 1e-6)
    points = np.where(both, -base / np.where(both, slope, 1.0), np.nan)
    explained = float((foretold == given).mean())
    return (positions - mean) / spread, (points - mean) / spread, explained


def _latent(given: Floats, expected: Floats) -> Floats:
    """Return the means of normal values given their expectations and their signs."""
    from scipy.special import log_ndtr  # noqa: PLC0415

    inward = given * expected
    # φ / Φ by logarithms, which hold far out in the tail too.
    density = -0.5 * inward**2 - 0.5 * np.log(2 * np.pi)
    found: Floats = expected + given * np.exp(density - log_ndtr(inward))
    return found


def _items(
    latent: Floats, positions: Floats, item: NDArray[np.intp], items: int
) -> tuple[Floats, Floats]:
    """Return each option's intercept and slope: the ridge regression of values on positions."""
    count = np.bincount(item, minlength=items) + 1 / ITEM_VARIANCE
    first = np.bincount(item, positions, items)
    second = np.bincount(item, positions**2, items) + 1 / ITEM_VARIANCE
    values = np.bincount(item, latent, items)
    crossed = np.bincount(item, positions * latent, items)
    determinant = count * second - first**2
    base = (second * values - first * crossed) / determinant
    slope = (count * crossed - first * values) / determinant
    return base, slope


def _correspondence(yes: Floats, no: Floats) -> tuple[Floats, Floats, float]:
    """Return the first axis of correspondence analysis, and its share of the inertia."""
    table = np.hstack([yes, no])
    used = table.any(axis=0)
    shares = table[:, used] / table.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    expected = np.outer(rows, columns)
    left, values, right = np.linalg.svd(
        (shares - expected) / np.sqrt(expected), full_matrices=False
    )
    if values[0] < 1e-9:
        raise NetworkError("all actors answer alike, so there is no line to scale them on")
    actors = left[:, 0] / np.sqrt(rows) * values[0]
    # The mean of the actors that use a column, before it is stretched to the actors' own scale.
    points = np.full(table.shape[1], np.nan)
    points[used] = right[0] / np.sqrt(columns) * values[0]
    mean, spread = actors.mean(), actors.std()
    centre = points[: yes.shape[1]] * values[0]
    return (
        (actors - mean) / spread,
        (centre - mean) / spread,
        float(values[0] ** 2 / (values**2).sum()),
    )


def _standardized(positions: Floats) -> Floats:
    spread = positions.std()
    return (positions - positions.mean()) / spread if spread > 1e-12 else positions * 0.0
