"""Is it right on this corpus? A stratified sample, coded blind, against what the machine says.

Strata are the options that the machine coded in a statement, and "none". A statement of several
options is in the stratum of the rarest, so that rare options are seen too. Each statement stands
for as many as its stratum has for each one drawn. Intervals are 90 %: the bootstrap's over
statements within strata, or Wilson's where that is wider.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from whipcount.errors import ProjectError
from whipcount.model import Statement
from whipcount.project.files import issue_of
from whipcount.project.looking import statement
from whipcount.project.rows import By, as_json, changing, live, live_rows, put
from whipcount.project.store import Project

NONE = "none"
"""The stratum of statements in which the machine found no position."""

NINETY = 1.6449
"""The normal distribution's quantile for an interval of 90 %."""

ROUNDS = 1000
"""Resamples of the bootstrap; with ten times as many the bounds move by less than 0.01."""


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
    find, what it finds with the same stance. `stance` is the share of right stances among what both
    find.
    """

    option: str
    precision: Share
    recall: Share
    stance: Share


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement of a sample, its stratum, and how many statements it stands for."""

    statement: str
    stratum: str
    weight: float


def draw_sample(project: Project, name: str, by: By, *, size: int, seed: int) -> int | None:
    """Draw a sample of statements, as many from each stratum as may be; return the change.

    The same seed draws the same. Raises ProjectError where the name is taken.
    """
    if not name.strip() or live(project, "samples", name) is not None:
        raise ProjectError(f"there is a sample {name!r} already; give this one another name")
    strata = _strata(project)
    if not strata or size < 1:
        raise ProjectError("there is no statement to draw from; add pages first")
    chance = random.Random(seed)
    left, drawn = size, list[list[object]]()
    ordered = sorted(strata.items(), key=lambda entry: (len(entry[1]), entry[0]))
    for place, (stratum, ids) in enumerate(ordered):
        number = min(len(ids), math.ceil(left / (len(ordered) - place)))
        left -= number
        weight = len(ids) / number if number else 0.0
        drawn += [[id_, stratum, weight] for id_ in sorted(chance.sample(ids, number))]
    chance.shuffle(drawn)
    with changing(project, by, "sample", name) as draft:
        values = {"size": size, "seed": seed, "statements": as_json(drawn)}
        put(draft, "samples", name, values)
    return draft.result


def drawn_of(project: Project, name: str) -> tuple[Drawn, ...]:
    """Return a sample's statements in the order to code them; ProjectError where there is none."""
    row = live(project, "samples", name)
    if row is None:
        names = ", ".join(key for key, _ in live_rows(project, "samples")) or "none yet"
        raise ProjectError(f"there is no sample {name!r}; there is: {names}")
    return tuple(Drawn(*one) for one in json.loads(row["statements"]))


def to_code(project: Project, name: str, coder: str) -> tuple[Statement, ...]:
    """Return the statements of a sample that a coder has still to code, in order.

    The machine's codings are not in it: who codes a sample must not see them.
    """
    done = {
        row["statement"]
        for _, row in live_rows(project, "sampled", "sample = ? AND coder = ?", (name, coder))
    }
    found = []
    for one in drawn_of(project, name):
        row = live(project, "statements", one.statement)
        if one.statement not in done and row is not None and not row["deleted"]:
            found.append(statement(project, one.statement))
    return tuple(found)


def sampled(project: Project, name: str, statement: str, by: By) -> int | None:
    """Say that this person has coded a statement of a sample: what they added to it is all."""
    if statement not in {one.statement for one in drawn_of(project, name)}:
        raise ProjectError(f"{statement} is not in the sample {name!r}")
    with changing(project, by, "sampled", statement, note=name) as draft:
        values = {"sample": name, "statement": statement, "coder": draft.who}
        put(draft, "sampled", f"{name}|{statement}|{draft.who}", values)
    return draft.result


def rightness(project: Project, name: str, *, seed: int = 0) -> tuple[Rightness, ...]:
    """Return how right the machine is by option, judged by the statements coded so far.

    Where several coded a statement, what most of them found is taken.
    """
    drawn = {one.statement: one for one in drawn_of(project, name)}
    people: dict[str, list[str]] = {}
    for _, row in live_rows(project, "sampled", "sample = ?", (name,)):
        people.setdefault(row["statement"], []).append(row["coder"])
    cases = [
        _Case(drawn[id_], _machine(project, id_), _people(project, id_, coders))
        for id_, coders in sorted(people.items())
    ]
    return tuple(_rightness(option.id, cases, seed) for option in issue_of(project).options)


@dataclass(frozen=True, slots=True)
class _Case:
    """A statement coded by both: the stances by option that the machine and people find."""

    drawn: Drawn
    machine: Mapping[str, str]
    people: Mapping[str, str]


def _rightness(option: str, cases: Sequence[_Case], seed: int) -> Rightness:
    def found(one: _Case) -> bool:
        return option in one.machine

    def wanted(one: _Case) -> bool:
        return option in one.people

    def right(one: _Case) -> bool:
        return one.machine.get(option) == one.people.get(option)

    return Rightness(
        option,
        _share(cases, found, right, seed),
        _share(cases, wanted, right, seed),
        _share(cases, lambda one: found(one) and wanted(one), right, seed),
    )


def wilson(right: int, cases: int) -> Share:
    """Return a share with Wilson's interval of 90 %."""
    if not cases:
        return Share(None, 0.0, 1.0, 0)
    share, square = right / cases, NINETY**2 / cases
    middle = (share + square / 2) / (1 + square)
    half = NINETY * math.sqrt(share * (1 - share) / cases + square / 4 / cases) / (1 + square)
    return Share(share, max(middle - half, 0.0), min(middle + half, 1.0), cases)


def _share(
    cases: Sequence[_Case],
    counts: Callable[[_Case], bool],
    right: Callable[[_Case], bool],
    seed: int,
) -> Share:
    """Return the share of right ones among cases that count, each with its stratum's weight."""
    number = sum(map(counts, cases))
    if not number:
        return Share(None, 0.0, 1.0, 0)
    strata: dict[str, list[tuple[float, bool, bool]]] = {}
    for one in cases:
        told = one.drawn.weight, counts(one), right(one)
        strata.setdefault(one.drawn.stratum, []).append(told)

    def share(some: Iterable[tuple[float, bool, bool]]) -> float | None:
        counted = [(weight, hit) for weight, does, hit in some if does]
        whole = sum(weight for weight, _ in counted)
        return sum(weight for weight, hit in counted if hit) / whole if whole else None

    value = share(one for each in strata.values() for one in each)
    assert value is not None, "one case counts at least"
    chance = random.Random(seed)
    drawn = (
        share(one for each in strata.values() for one in chance.choices(each, k=len(each)))
        for _ in range(ROUNDS)
    )
    shares = sorted(one for one in drawn if one is not None)
    # with few cases the bootstrap is too sure of itself
    least = wilson(round(value * number), number)
    low, high = shares[len(shares) // 20], shares[-1 - len(shares) // 20]
    return Share(value, min(low, least.low), max(high, least.high), number)


def _machine(project: Project, statement: str) -> dict[str, str]:
    rows = live_rows(project, "codings", "statement = ?", (statement,))
    return {row["option"]: row["stance"] for _, row in rows}


def _people(project: Project, statement: str, coders: Sequence[str]) -> dict[str, str]:
    """Return the stances that more than half of those who coded a statement find in it."""
    votes: dict[str, Counter[str]] = {}
    rows = live_rows(project, "reviews", "statement = ? AND adjudicates = 0", (statement,))
    for _, row in rows:
        if row["coder"] in coders and row["verdict"] != "deleted":
            votes.setdefault(row["option"], Counter())[row["stance"]] += 1
    return {
        option: min(found, key=lambda stance: (-found[stance], stance))
        for option, found in votes.items()
        if 2 * found.total() > len(coders)
    }


def _strata(project: Project) -> dict[str, list[str]]:
    """Return the statements of each stratum, in order."""
    options: dict[str, list[str]] = {}
    numbers: Counter[str] = Counter()
    for id_, option in project.connection.execute(
        "SELECT DISTINCT statement, option FROM codings WHERE until IS NULL"
    ):
        options.setdefault(id_, []).append(option)
        numbers[option] += 1
    strata: dict[str, list[str]] = {}
    for (id_,) in project.connection.execute(
        "SELECT key FROM statements WHERE until IS NULL AND deleted = 0 ORDER BY key"
    ):
        coded = options.get(id_, [])
        rarest = min(coded, key=lambda option: (numbers[option], option), default=NONE)
        strata.setdefault(rarest, []).append(id_)
    return strata
