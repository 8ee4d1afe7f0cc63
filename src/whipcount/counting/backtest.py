"""A forecast held against the vote that came: how well the chances fit what members did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from whipcount.bodies import carries, rule_on
from whipcount.bodies.rules import Vote
from whipcount.counting.forecast import Beliefs, Shares, forecast, member_chances
from whipcount.errors import CountError
from whipcount.model import NoRule, Outcome, Probability, RollCall, Stand, WhipCount

PARTS = 10
"""Parts of equal width into which chances are put for the calibration table."""

CAST: Mapping[str, Vote] = {"support": "yes", "oppose": "no", "abstain": "abstain"}


@dataclass(frozen=True, slots=True)
class Guess:
    """One member's chance of a yes before a vote, and the vote that it cast."""

    member: str
    stand: Stand
    chance: float
    vote: Vote


@dataclass(frozen=True, slots=True)
class Part:
    """Those guesses whose chance lies from `low` to below `high`, or to 1 in the last part.

    `mean` is their mean chance, `happened` the share that voted yes.
    """

    low: float
    high: float
    guesses: int
    mean: float
    happened: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a forecast said of one vote, and what came.

    `brier` is the mean of (chance - vote)², a yes being 1 and everything else 0; `reference` that
    of giving everybody the share that voted yes, which nobody knew; so `skill`, 1 - brier /
    reference, is 1 for a perfect forecast and 0 for one no better than that. `by_stand` tells for
    each stand how many had it and how many of those voted yes. `carried` is what the rule makes of
    the votes, with those who cast none absent; None where there is no rule.
    """

    counted: WhipCount
    roll_call: RollCall
    guesses: tuple[Guess, ...]
    brier: float
    reference: float
    parts: tuple[Part, ...]
    by_stand: tuple[tuple[Stand, int, int], ...]
    forecast: Probability | None
    outcome: Outcome
    carried: bool | None

    @property
    def skill(self) -> float | None:
        """1 - brier / reference; None where all voted alike, so that there is nothing to tell."""
        return 1 - self.brier / self.reference if self.reference else None


def backtest(counted: WhipCount, roll_call: RollCall, beliefs: Beliefs | None = None) -> Backtest:
    """Return how a count's forecast fits a vote that came after it.

    Only members who cast a vote are held against their chance. Raises CountError where the count is
    as of the day of the vote or later, so that it knows the vote, or where nobody cast one.
    """
    day = counted.as_of.isoformat()
    if roll_call.date <= day:
        raise CountError(
            f"{roll_call.path}: the vote was on {roll_call.date}; count as of a day before, "
            f"not {day}: --as-of"
        )
    votes = _votes(roll_call)
    chances = member_chances(counted, roll_call.option, beliefs)
    stands = {c.member: c.stand for c in counted.cells if c.option == roll_call.option}
    guesses = tuple(
        Guess(name, stands[name], shares.get("yes", 0.0), votes[name])
        for name, shares in chances.items()
        if name in votes
    )
    if not guesses:
        raise CountError(f"{roll_call.path}: no member of {day} cast a vote")
    yes = [guess.vote == "yes" for guess in guesses]
    share = sum(yes) / len(yes)
    verdict = next(
        one for one in forecast(counted, beliefs).verdicts if one.option == roll_call.option
    )
    return Backtest(
        counted,
        roll_call,
        guesses,
        brier_score([guess.chance for guess in guesses], yes),
        share * (1 - share),
        calibration([guess.chance for guess in guesses], yes),
        _by_stand(guesses),
        verdict.probability,
        verdict.outcome,
        _carried(counted, votes, roll_call, chances),
    )


def brier_score(chances: Sequence[float], happened: Sequence[bool]) -> float:
    """Return the mean squared distance of chances from what happened (Brier 1950), 0 to 1.

    ValueError where there are none.
    """
    if not chances:
        raise ValueError("nothing to score")
    return sum((chance - came) ** 2 for chance, came in zip(chances, happened, strict=True)) / len(
        chances
    )


def calibration(chances: Sequence[float], happened: Sequence[bool]) -> tuple[Part, ...]:
    """Return chances in ten parts with how often it happened in each; empty parts are left out."""
    found = []
    for place in range(PARTS):
        low, high = place / PARTS, (place + 1) / PARTS
        mine = [
            (chance, came)
            for chance, came in zip(chances, happened, strict=True)
            if min(int(chance * PARTS), PARTS - 1) == place
        ]
        if mine:
            found.append(
                Part(
                    low,
                    high,
                    len(mine),
                    sum(chance for chance, _ in mine) / len(mine),
                    sum(came for _, came in mine) / len(mine),
                )
            )
    return tuple(found)


def _votes(roll_call: RollCall) -> dict[str, Vote]:
    return {
        position.actor.speaks_for or position.actor.name: CAST[position.stance]
        for position in roll_call.positions
    }


def _by_stand(guesses: Iterable[Guess]) -> tuple[tuple[Stand, int, int], ...]:
    counted: dict[Stand, tuple[int, int]] = {}
    for guess in guesses:
        many, yes = counted.get(guess.stand, (0, 0))
        counted[guess.stand] = (many + 1, yes + (guess.vote == "yes"))
    return tuple((stand, many, yes) for stand, (many, yes) in sorted(counted.items()))


def _carried(
    counted: WhipCount, votes: Mapping[str, Vote], roll_call: RollCall, members: Shares
) -> bool | None:
    option = counted.issue.option(roll_call.option)
    rule = rule_on(counted.body, counted.issue, option, counted.as_of)
    if isinstance(rule, NoRule):
        return None
    complete: dict[str, Vote] = {name: votes.get(name, "absent") for name in members}
    return carries(rule, complete, counted.body, counted.as_of)
