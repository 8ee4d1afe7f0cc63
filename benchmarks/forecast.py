"""Whether chances come true: the forecast on bodies whose votes are drawn, so that all is known.

    python -m benchmarks.forecast [--bodies N] [--seed N]

Each body has 20 to 60 members, a rule and an option. Every member has a mind, and says something of
it, or nothing; what it says is coded, now and then wrongly, with the confidence that such a coding
has; then it votes, now and then otherwise than it said. `count` and `forecast` see the codings
alone. Told are the Brier scores of the members' and the verdicts' chances, how often a chance came
true, and how often the vote lay as the interval has it. Once the world is as the beliefs have it,
once words are kept less than believed, and once the silent differ from those who speak.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from whipcount.bodies import carries
from whipcount.bodies.rules import Vote
from whipcount.counting import Beliefs, count, forecast
from whipcount.counting.backtest import brier_score, calibration
from whipcount.counting.forecast import member_chances
from whipcount.model import (
    Actor,
    Body,
    DatedRule,
    Issue,
    Majority,
    Member,
    Option,
    Position,
    Quota,
    Rule,
    Stance,
    Term,
)

DAY = date(2031, 6, 30)
RULES: tuple[Rule, ...] = (Majority(base="members"), Quota("", 0.55), Quota("", 0.65), Majority())
STANCES: tuple[Stance, ...] = ("support", "oppose")


@dataclass(frozen=True)
class World:
    """How members are: how often words are kept, and how much rarer the silent are for."""

    name: str
    kept: float = 0.95
    leaning: float = 0.8
    silent_less: float = 0.0


WORLDS = (
    World("as believed"),
    World("words kept less", kept=0.8, leaning=0.65),
    World("the silent are against", silent_less=0.25),
)


def main() -> None:
    """Print the figures of each world."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bodies", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for world in WORLDS:
        draw = random.Random(args.seed)
        members: list[tuple[float, bool]] = []
        verdicts: list[tuple[float, bool]] = []
        for _ in range(args.bodies):
            one, mine = _trial(world, draw)
            verdicts.append(one)
            members += mine
        print(f"\n{world.name}: {args.bodies} bodies, {len(members)} members")
        _tell("members", members)
        _tell("verdicts", verdicts)


def _trial(
    world: World, draw: random.Random
) -> tuple[tuple[float, bool], list[tuple[float, bool]]]:
    """Return the chance and truth of one option's being carried, and of its members' yes."""
    size = draw.randint(20, 60)
    lean = draw.betavariate(3, 2)
    names = [f"m{number}" for number in range(size)]
    body = Body(
        "b",
        "Body",
        "b.toml",
        "states",
        tuple(Member(name, name, (Term(None),)) for name in names),
        (DatedRule("", draw.choice(RULES)),),
    )
    issue = Issue("Issue", "i.toml", "b.toml", (Option("o", "Option"),))
    positions: list[Position] = []
    votes: dict[str, Vote] = {}
    for name in names:
        speaks = draw.random() < 0.6
        is_for = draw.random() < (lean if speaks else max(lean - world.silent_less, 0.0))
        vote = is_for
        if speaks:
            hedged = draw.random() < 0.3
            # a mind that isn't bound by the words is made up anew
            if draw.random() >= (world.leaning if hedged else world.kept):
                vote = draw.random() < lean
            sure = draw.choice((0.7, 0.85, 0.95))
            coded = is_for if draw.random() < sure else draw.random() < lean
            positions.append(
                Position(
                    "statement",
                    Actor(f"a.{name}", name, "state", speaks_for=name),
                    "o",
                    STANCES[0] if coded else STANCES[1],
                    "hedged" if hedged else "plain",
                    date="2031-06-01",
                    confidence=sure,
                    article="a",
                    statement=f"a.{name}",
                    piece=0,
                    kind="direct",
                )
            )
        votes[name] = "yes" if vote else "no"
    counted = forecast(count(positions, issue, body, DAY), Beliefs())
    probability = counted.verdicts[0].probability
    assert probability is not None, "there is a rule"
    carried = carries(body.rules[0].rule, votes, body, DAY)
    chances = member_chances(counted, "o")
    return (probability.value, carried), [
        (chances[name].get("yes", 0.0), votes[name] == "yes") for name in names
    ]


def _tell(name: str, found: Sequence[tuple[float, bool]]) -> None:
    chances, came = [chance for chance, _ in found], [truth for _, truth in found]
    share = sum(came) / len(came)
    reference = share * (1 - share)
    brier = brier_score(chances, came)
    skill = 1 - brier / reference
    print(f"  {name}: Brier {brier:.3f}, of the share alone {reference:.3f}, skill {skill:.2f}")
    for part in calibration(chances, came):
        print(
            f"    {part.low:.1f} to {part.high:.1f}  {part.guesses:6}  "
            f"said {part.mean:.2f}  came {part.happened:.2f}"
        )


if __name__ == "__main__":
    main()
