"""How right the machine is on a corpus, by a sample that people coded blind, and what it means.

Every share is a ratio of sums over what was coded, each case with its weight. Its interval of 90 %
is the bootstrap's over cases within strata, in the Bayesian form (D. B. Rubin, The Bayesian
bootstrap, Annals of Statistics 9, 1981), or Wilson's of as many cases of equal weight (L. Kish,
Survey Sampling, 1965) where that is wider. Where nothing was missed among so many cases of a
stratum, more cases could have shown something: the lower bound of recall counts half a missed
position a stratum, as Jeffreys' interval of a share does.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whipcount.model import Position, WhipCount
from whipcount.project.converting import coding_of_position
from whipcount.project.files import issue_of
from whipcount.project.rows import as_json, live_rows
from whipcount.project.sampling import Drawn, drawn_of, found_in, paragraph_of
from whipcount.project.store import Project

NINETY = 1.6449
"""The normal distribution's quantile for an interval of 90 %."""

ROUNDS = 2000
"""Resamples of the bootstrap; with ten times as many the bounds move by less than 0.01."""

UNSEEN = 0.5
"""Missed positions that a stratum may have beside those seen, for the lower bound of recall. With
it the bounds held the true recall in 95 to 100 of 100 samples of six made-up corpora with 12, 25
and 50 of each stratum, and those of precision in 89 to 100 (`benchmarks/sampling.py`)."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 with its interval, and of how many cases; None of none."""

    value: float | None
    low: float
    high: float
    cases: int


@dataclass(frozen=True, slots=True)
class Rightness:
    """How right the machine is on one option.

    `precision`: of what it finds, what people find with the same stance; `recall`: of what people
    find, in statements and in what it found no statement of, what it finds with the same stance.
    `stance` and `actor` are the shares of right stances, and of right actors, among what both find.
    """

    option: str
    precision: Share
    recall: Share
    stance: Share
    actor: Share


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a machine's rightness means for the count of one option.

    `found` are the positions that the machine found and nobody has judged; `right` how many of
    them are right, and `missed` how many more are there that it didn't find: each what is likely,
    and from how many to how many, None where the sample doesn't tell. `thin` are the members whose
    stand rests on one such position alone, `wrong` how many of them then stand wrong.
    """

    option: str
    found: int
    right: tuple[float, float, float] | None
    missed: tuple[float, float, float] | None
    thin: tuple[str, ...]
    wrong: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A sample as far as it is coded: how much of it, by whom, and how right the machine is.

    `unknown` are the strata of which nothing is coded yet: of them the shares say nothing.
    """

    name: str
    drawn: int
    coded: int
    coders: tuple[str, ...]
    unknown: tuple[str, ...]
    options: tuple[Rightness, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What was coded of a sample, on one option: positions that the machine and people find.

    `right` are those of one stance, `same` those of one actor; `both` those that both find.
    """

    stratum: str
    weight: float
    found: int
    wanted: int
    both: int
    right: int
    same: int


def judge(project: Project, name: str, *, seed: int = 0) -> Judged:
    """Return how right the machine is by option, judged by what was coded so far of a sample.

    Where several coded something, what more than half of them found is taken. A person's answer is
    the one that they gave when they had coded it, whatever they said since; the machine's is that
    of now. A statement is left out for who had judged the machine's coding of it before.
    """
    drawn = {one.unit: one for one in drawn_of(project, name)}
    answers: dict[str, dict[str, list[_Said]]] = {}
    for unit, coder, change in project.connection.execute(
        "SELECT statement, coder, since FROM sampled WHERE until IS NULL AND sample = ?", (name,)
    ):
        found = _answer(project, name, unit, coder, change) if unit in drawn else None
        if found is not None:
            answers.setdefault(unit, {})[coder] = found
    weights = _weights(drawn, answers)
    options = tuple(option.id for option in issue_of(project).options)
    cases: dict[str, list[Case]] = {option: [] for option in options}
    for unit, said in sorted(answers.items()):
        stratum = drawn[unit].stratum
        machine = {} if paragraph_of(unit)[1] is not None else _machine(project, unit)
        for option in options:
            people = _agreed([_on(option, one) for one in said.values()])
            one = machine.get(option)
            cases[option].append(_case(stratum, weights[stratum], one, people))
    resamples = Resamples.of(cases[options[0]], seed)
    return Judged(
        name,
        len(drawn),
        len(answers),
        tuple(sorted({coder for said in answers.values() for coder in said})),
        tuple(sorted({one.stratum for one in drawn.values()} - set(weights))),
        tuple(_rightness(option, cases[option], resamples) for option in options),
    )


def meaning(
    project: Project, found: Sequence[Rightness], counted: WhipCount
) -> tuple[Meaning, ...]:
    """Return what the machine's rightness means for a count, by option."""
    open_ = Counter(
        dict(
            project.connection.execute(
                "SELECT option, COUNT(*) FROM codings c WHERE until IS NULL AND NOT EXISTS (SELECT "
                "1 FROM reviews r WHERE r.coding = c.key AND r.until IS NULL) GROUP BY option"
            )
        )
    )
    known = {one.option: one for one in found}
    thin: dict[str, list[str]] = {}
    for cell in counted.cells:
        if len(cell.evidence) == 1 and _is_open(project, cell.evidence[0]):
            thin.setdefault(cell.option, []).append(cell.member)
    return tuple(
        _meaning(known[option], open_[option], tuple(thin.get(option, ()))) for option in known
    )


def wilson(right: float, cases: float) -> Share:
    """Return a share with Wilson's interval of 90 %."""
    if not cases:
        return Share(None, 0.0, 1.0, 0)
    share, square = right / cases, NINETY**2 / cases
    middle = (share + square / 2) / (1 + square)
    half = NINETY * math.sqrt(share * (1 - share) / cases + square / 4 / cases) / (1 + square)
    return Share(share, max(middle - half, 0.0), min(middle + half, 1.0), round(cases))


@dataclass(frozen=True, slots=True, eq=False)
class Resamples:
    """Samples as they might have been drawn: how often each case is in each of `ROUNDS`.

    `unseen` is how many cases each might have had that this sample didn't see.
    """

    times: NDArray[np.float64]
    unseen: NDArray[np.float64]

    @classmethod
    def of(cls, cases: Sequence[Case], seed: int = 0) -> Resamples:
        """Return them for cases by their strata and weights; the same seed gives the same."""
        chance = np.random.default_rng(seed)
        strata: dict[str, list[int]] = {}
        for place, one in enumerate(cases):
            strata.setdefault(one.stratum, []).append(place)
        times, unseen = np.zeros((ROUNDS, len(cases))), np.zeros(ROUNDS)
        for _, places in sorted(strata.items()):
            number = len(places)
            times[:, places] = chance.dirichlet(np.ones(number), ROUNDS) * number
            unseen += chance.beta(UNSEEN, number, ROUNDS) * number * cases[places[0]].weight
        return cls(times, unseen)


def share(
    cases: Sequence[Case], part: str, of: str, resamples: Resamples, *, missed: bool = False
) -> Share:
    """Return one number of cases as a share of another, each case with its weight.

    With `missed` the lower bound allows for cases of `of` that weren't seen.
    """
    number = sum(getattr(one, of) for one in cases)
    if not number:
        return Share(None, 0.0, 1.0, 0)
    weight = np.array([one.weight for one in cases])
    top = weight * [getattr(one, part) for one in cases]
    bottom = weight * [getattr(one, of) for one in cases]
    value = float(top.sum() / bottom.sum())
    alike = float(bottom.sum() ** 2 / (bottom**2).sum())
    least = wilson(value * alike, alike)
    tops, bottoms = resamples.times @ top, resamples.times @ bottom
    low, high = np.quantile(tops / bottoms, [0.05, 0.95])
    if missed:
        low = np.quantile(tops / (bottoms + resamples.unseen), 0.05)
    return Share(
        value, float(min(low, least.low, value)), float(max(high, least.high, value)), number
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """One position that somebody finds: on which option, which stance, whose."""

    option: str
    stance: str
    actor: str


def _rightness(option: str, cases: Sequence[Case], resamples: Resamples) -> Rightness:
    return Rightness(
        option,
        share(cases, "right", "found", resamples),
        share(cases, "right", "wanted", resamples, missed=True),
        share(cases, "right", "both", resamples),
        share(cases, "same", "both", resamples),
    )


def _case(stratum: str, weight: float, machine: _Said | None, people: Sequence[_Said]) -> Case:
    both = int(machine is not None and bool(people))
    right = same = 0
    if machine is not None and people:
        right = int(people[0].stance == machine.stance)
        same = int(people[0].actor == machine.actor)
    return Case(stratum, weight, int(machine is not None), len(people), both, right, same)


def _weights(drawn: Mapping[str, Drawn], coded: Mapping[str, object]) -> dict[str, float]:
    """Return for how many each coded case of a stratum stands, where not all is coded yet."""
    whole = Counter(one.stratum for one in drawn.values())
    done = Counter(drawn[unit].stratum for unit in coded)
    weights = {one.stratum: one.weight for one in drawn.values()}
    return {stratum: weights[stratum] * whole[stratum] / number for stratum, number in done.items()}


def _on(option: str, said: Sequence[_Said]) -> list[_Said]:
    return [one for one in said if one.option == option]


def _agreed(said: Sequence[Sequence[_Said]]) -> list[_Said]:
    """Return the positions on an option that more than half of several coders find.

    Of one position, the stance and the actor are those that most give it.
    """
    numbers = sorted((len(one) for one in said), reverse=True)
    number = numbers[len(numbers) // 2] if numbers else 0
    if not number:
        return []
    firsts = [one[0] for one in said if one]
    stance = _most([one.stance for one in firsts])
    actor = _most([one.actor for one in firsts])
    return [_Said(firsts[0].option, stance, actor)] * number


def _most(values: Sequence[str]) -> str:
    numbers = Counter(values)
    return min(numbers, key=lambda value: (-numbers[value], value))


def _machine(project: Project, statement: str) -> dict[str, _Said]:
    rows = live_rows(project, "codings", "statement = ?", (statement,))
    return {row["option"]: _Said(row["option"], row["stance"], row["actor"]) for _, row in rows}


def _answer(project: Project, name: str, unit: str, coder: str, change: int) -> list[_Said] | None:
    """Return what a coder had found in something as of a change; None where it wasn't blind."""
    statements = found_in(project, name, unit, coder, as_of=change)
    found = project.connection.execute(
        "SELECT option, stance, actor, verdict FROM reviews WHERE statement IN (SELECT value FROM "
        "json_each(:statements)) AND coder = :coder AND adjudicates = 0 AND since <= :at AND "
        "(until IS NULL OR until > :at) ORDER BY key",
        {"statements": as_json(statements), "coder": coder, "at": change},
    ).fetchall()
    if any(verdict != "added" for *_, verdict in found):
        return None
    return [_Said(*row) for *row, _ in found]


def _is_open(project: Project, one: Position) -> bool:
    """Return whether a position is the machine's own, on its option, and nobody has judged it."""
    if one.origin != "statement" or one.implied_by is not None:
        return False
    found = project.connection.execute(
        "SELECT 1 FROM reviews WHERE coding = ? AND until IS NULL LIMIT 1",
        (coding_of_position(one),),
    )
    return found.fetchone() is None


def _meaning(one: Rightness, found: int, thin: tuple[str, ...]) -> Meaning:
    precise, recall = one.precision, one.recall
    right = missed = wrong = None
    if precise.value is not None:
        right = (precise.value * found, precise.low * found, precise.high * found)
        rest = 1 - precise.value, 1 - precise.high, 1 - precise.low
        wrong = (rest[0] * len(thin), rest[1] * len(thin), rest[2] * len(thin))
        if recall.value:
            likely, most = right[0] * (1 / recall.value - 1), math.inf
            if recall.low:
                most = right[0] * (1 / recall.low - 1)
            missed = (likely, right[0] * (1 / recall.high - 1), most)
    return Meaning(one.option, found, right, missed, thin, wrong)
