"""How far coders agree: Krippendorff's alpha by variable, and people against the machine.

Alpha is 1 - observed / expected disagreement (K. Krippendorff, Content Analysis, chapter 12), here
for nominal values; units are codings that two people at least have reviewed. 1 is agreement in
all, 0 what chance would give; 0.8 is what one asks for, 0.667 the least to conclude anything from.

The package `krippendorff` gives the same numbers, and the tests hold ours against it. It keeps an
array of units by values by values, which for thousands of units and as many actors is more than a
computer has; here only the pairs that occur are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from whipcount.project.rows import live_rows
from whipcount.project.span_agreement import SpansAgreed, span_agreement
from whipcount.project.store import Project

VARIABLES = ("position", "option", "stance", "strength", "reported", "actor")
"""`position` is whether the words take a position at all; the others are of those where they do."""


@dataclass(frozen=True, slots=True)
class Variable:
    """How far people agree on a variable.

    `alpha` is None where nothing varies or is coded twice, `agreed` is the share of units on which
    all agree.
    """

    name: str
    alpha: float | None
    agreed: float | None
    units: int


@dataclass(frozen=True, slots=True)
class Confused:
    """How often the machine says one thing and people another; "none" is no position."""

    machine: str
    people: str
    number: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree with each other, and with the machine.

    `spans` tells of the words that they mark, `confusion` of stances, `options` of options.
    """

    coders: tuple[str, ...]
    variables: tuple[Variable, ...]
    spans: tuple[SpansAgreed, ...]
    confusion: tuple[Confused, ...]
    options: tuple[Confused, ...]


def agreement(project: Project, coders: Collection[str] = ()) -> Agreement:
    """Return how far coders agree; of all who have coded where none are named."""
    rows = [
        row
        for _, row in live_rows(project, "reviews", "adjudicates = 0")
        if not coders or row["coder"] in coders
    ]
    units: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in VARIABLES}
    for row in rows:
        taken = row["verdict"] != "deleted"
        units["position"][row["coding"]].append("yes" if taken else "no")
        for name in VARIABLES[1:] if taken else ():
            units[name][row["coding"]].append(str(row[name]))
    return Agreement(
        tuple(sorted({row["coder"] for row in rows})),
        tuple(_variable(name, list(units[name].values())) for name in VARIABLES),
        span_agreement(project, coders),
        _confusion(project, "stance"),
        _confusion(project, "option"),
    )


def alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Return Krippendorff's alpha of nominal values, None where it isn't defined.

    A unit is the values that coders gave it; those with fewer than two don't count.
    """
    pairs: defaultdict[tuple[str, str], float] = defaultdict(float)
    for values in units:
        for place, one in enumerate(values):
            for other_place, other in enumerate(values):
                if place != other_place:
                    pairs[one, other] += 1 / (len(values) - 1)
    totals: defaultdict[str, float] = defaultdict(float)
    for (one, _), number in pairs.items():
        totals[one] += number
    whole = sum(totals.values())
    if whole <= 1 or len(totals) < 2:
        return None
    observed = sum(number for (one, other), number in pairs.items() if one != other)
    expected = sum(
        totals[one] * totals[other] for one in totals for other in totals if one != other
    )
    return 1 - (whole - 1) * observed / expected


def _variable(name: str, units: Sequence[Sequence[str]]) -> Variable:
    paired = [values for values in units if len(values) > 1]
    agreed = sum(len(set(values)) == 1 for values in paired) / len(paired) if paired else None
    return Variable(name, alpha(paired), agreed, len(paired))


def _confusion(project: Project, variable: Literal["stance", "option"]) -> tuple[Confused, ...]:
    """Return the machine's values against those that people decided on, the most frequent first.

    Of a coding that a person put on another option or actor, the stance counts all the same.
    """
    numbers: Counter[tuple[str, str]] = Counter()
    for machine, verdict, people in project.connection.execute(
        f"SELECT c.{variable}, d.verdict, d.{variable} FROM decisions d LEFT JOIN codings c ON "
        "c.key = d.coding AND c.until IS NULL"
    ):
        numbers[machine or "none", "none" if verdict == "deleted" else people] += 1
    found = [Confused(machine, people, number) for (machine, people), number in numbers.items()]
    return tuple(sorted(found, key=lambda one: (-one.number, one.machine, one.people)))
