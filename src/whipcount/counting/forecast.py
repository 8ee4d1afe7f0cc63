"""How likely an option carries, if members vote as they have said, or as those who have spoken do.

The figure is what follows from a few beliefs that a person can see and set, not a measured fact:
how far words bind, and what those do who have said nothing. `docs/counting.md` says what it means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from whipcount.bodies import members_on, rule_on
from whipcount.bodies.chances import Chances, ballot_of, chance, drawn
from whipcount.bodies.games import Floats
from whipcount.bodies.rules import Vote, formula, silence_is_consent
from whipcount.errors import CountError
from whipcount.model import Cell, NoRule, Probability, WhipCount

SILENT_CASES, WORD_CASES = 15, 5
"""Values that the chance of the silent, and of words being kept, are taken at. With twice as many
the chances in the tests move by less than 0.002."""

INTERVAL = (0.1, 0.9)
"""The interval holds the middle eight tenths of what the beliefs allow."""

VOTES: tuple[Vote, ...] = ("yes", "abstain", "no")

Shares: TypeAlias = dict[str, dict[Vote, float]]
"""Each member's chance of each vote."""


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What is believed of members' votes; shares from 0 to 1.

    `prior` is how likely a member votes yes whose words say nothing. Where it is None, it is the
    share of supporters among those on record, one yes and one no added (Laplace's rule of
    succession), and surer the more have spoken; else it counts as if `weight` members had spoken.
    `kept` is how likely a vote is as plain words said, `leaning` as hedged or reported ones did,
    `met` how likely a condition is met. A position's own confidence goes in as a factor. Members of
    a bloc vote alike in a share `together` of all cases.
    """

    prior: float | None = None
    weight: float = 4.0
    kept: float = 0.95
    leaning: float = 0.8
    met: float = 0.5
    blocs: tuple[tuple[str, ...], ...] = ()
    together: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Raise CountError where a share is none."""
        for name in ("prior", "kept", "leaning", "met", "together"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                raise CountError(f"{name} must be a share from 0 to 1, not {share}")


def forecast(counted: WhipCount, beliefs: Beliefs | None = None) -> WhipCount:
    """Return a count whose verdicts have the chance that the option carries.

    Members vote independently of each other, but for the silent, of whom nobody knows how far they
    are like those who have spoken: that chance is theirs together, and has a distribution. `low`
    and `high` hold the middle 80 % of what that, and how far words are kept, allow. No member is
    absent. Options without a rule have no chance. Raises CountError where a bloc names nobody.
    """
    beliefs = beliefs or Beliefs()
    members = members_on(counted.body, counted.as_of)
    place = {member.name: index for index, member in enumerate(members)}
    blocs = [[_placed(name, place) for name in bloc] for bloc in beliefs.blocs]
    verdicts = []
    for verdict in counted.verdicts:
        option = counted.issue.option(verdict.option)
        rule = rule_on(counted.body, counted.issue, option, counted.as_of)
        if isinstance(rule, NoRule):
            verdicts.append(verdict)
            continue
        cells = [cell for cell in counted.cells if cell.option == verdict.option]
        silent, words = _cases(cells, beliefs)
        chances = vote_chances(cells, silent, words, beliefs, consent=silence_is_consent(rule))
        ballot = ballot_of(formula(rule, counted.body, members, counted.as_of), len(members))
        if beliefs.together and blocs:
            likely = drawn(
                ballot, chances, seed=beliefs.seed, blocs=blocs, together=beliefs.together
            )
        else:
            likely = chance(ballot, chances, seed=beliefs.seed)
        verdicts.append(replace(verdict, probability=_summed(likely)))
    return replace(counted, verdicts=tuple(verdicts))


def member_chances(counted: WhipCount, option: str, beliefs: Beliefs | None = None) -> Shares:
    """Return for each member how likely its votes on an option are, by the same beliefs.

    Raises KeyError where the issue has no such option.
    """
    beliefs = beliefs or Beliefs()
    rule = rule_on(counted.body, counted.issue, counted.issue.option(option), counted.as_of)
    cells = [cell for cell in counted.cells if cell.option == option]
    silent, words = _cases(cells, beliefs)
    found = vote_chances(cells, silent, words, beliefs, consent=silence_is_consent(rule))
    return {
        cell.member: {vote: float(likely[:, column].mean()) for vote, likely in found.items()}
        for column, cell in enumerate(cells)
    }


def vote_chances(
    cells: Sequence[Cell], silent: Floats, words: Floats, beliefs: Beliefs, *, consent: bool = False
) -> Chances:
    """Return the members' chances of each vote: a row a case, a column a cell.

    `silent` is the chance of a yes where words say nothing, `words` the factor by which words bind
    more or less than believed, both one number a case. With `consent` silence is an abstention.
    """
    found = {vote: np.zeros((len(silent), len(cells))) for vote in VOTES}
    for column, cell in enumerate(cells):
        bound = _bound(cell, beliefs, consent=consent)
        told = [np.minimum(share * words, 1.0) for share in bound]
        rest = 1 - sum(told, np.zeros(len(silent)))
        told[0] = told[0] + rest * silent
        told[2] = told[2] + rest * (1 - silent)
        for vote, likely in zip(VOTES, told, strict=True):
            found[vote][:, column] = likely
    return {vote: likely for vote, likely in found.items() if likely.any()}


def _bound(cell: Cell, beliefs: Beliefs, *, consent: bool) -> tuple[float, float, float]:
    """Return how far a cell binds its member to yes, to abstaining and to no."""
    sure = cell.confidence * (0.5 if cell.contested else 1.0)
    match cell.stand:
        case "yes":
            return sure * beliefs.kept, 0.0, 0.0
        case "leaning-yes":
            return sure * beliefs.leaning, 0.0, 0.0
        case "no":
            return 0.0, 0.0, sure * beliefs.kept
        case "leaning-no":
            return 0.0, 0.0, sure * beliefs.leaning
        case "abstain":
            return 0.0, sure * beliefs.kept, 0.0
        case "conditional":
            kept = sure * beliefs.kept
            return kept * beliefs.met, 0.0, kept * (1 - beliefs.met)
        case "not-on-record" if consent:
            return 0.0, beliefs.kept, 0.0
    return 0.0, 0.0, 0.0


def _cases(cells: Sequence[Cell], beliefs: Beliefs) -> tuple[Floats, Floats]:
    """Return equally likely cases of what the silent do, and of how far words bind."""
    if beliefs.prior is None:
        weigh = {"yes": 1.0, "leaning-yes": 0.5, "no": 1.0, "leaning-no": 0.5}
        yes = sum(weigh[cell.stand] for cell in cells if cell.stand in ("yes", "leaning-yes"))
        no = sum(weigh[cell.stand] for cell in cells if cell.stand in ("no", "leaning-no"))
        silent = beta_cases(1 + yes, 1 + no, SILENT_CASES)
    else:
        silent = beta_cases(
            beliefs.prior * beliefs.weight, (1 - beliefs.prior) * beliefs.weight, SILENT_CASES
        )
    strength = 20.0  # as if 20 votes had been compared with what was said before
    words = beta_cases(beliefs.kept * strength, (1 - beliefs.kept) * strength, WORD_CASES)
    factor = words / beliefs.kept if beliefs.kept else words
    return np.repeat(silent, WORD_CASES), np.tile(factor, SILENT_CASES)


def beta_cases(a: float, b: float, number: int) -> Floats:
    """Return so many equally likely values of a beta distribution, each the mean of its part.

    Where `a` or `b` is 0, it is all at 0 or 1.
    """
    if a <= 0 or b <= 0:
        return np.full(number, 0.0 if a <= 0 else 1.0)
    # the density is integrated on a grid that is finer towards both ends, where it may grow
    angle = np.linspace(0, np.pi / 2, 4001)
    value = np.sin((angle[1:] + angle[:-1]) / 2) ** 2
    log_mass = (a - 0.5) * np.log(value) + (b - 0.5) * np.log1p(-value)
    mass = np.exp(log_mass - log_mass.max())
    mass /= mass.sum()
    upper = np.cumsum(mass)
    edges = np.linspace(0, 1, number + 1)
    share = np.clip(upper[None], edges[:-1, None], edges[1:, None])
    share = np.diff(share, axis=1, prepend=edges[:-1, None])
    return np.asarray((share * value).sum(axis=1) * number)


def _summed(likely: Floats) -> Probability:
    """Return the mean of equally likely cases, and what holds the middle of them."""
    value = min(max(float(likely.mean()), 0.0), 1.0)
    low, high = np.quantile(likely, INTERVAL, method="inverted_cdf")
    return Probability(value, min(max(float(low), 0.0), value), max(min(float(high), 1.0), value))


def _placed(name: str, place: dict[str, int]) -> int:
    if name not in place:
        raise CountError(f"the bloc has {name}, who is no member on the day")
    return place[name]
