"""What was read of a recorded vote, in a line: who took which side, and who took none."""

from __future__ import annotations

from collections.abc import Sequence

from whipcount import model
from whipcount.rendering import words

SIDES: tuple[tuple[model.Stance, str], ...] = (
    ("support", "yes"),
    ("oppose", "no"),
    ("abstain", "abstaining"),
)
"""What the number of each stance is called."""


def line(one: model.RollCall) -> str:
    """Return a roll call as a line: its votes in numbers, all others by name."""
    stances = [position.stance for position in one.positions]
    sides = ", ".join(f"{stances.count(stance)} {word}" for stance, word in SIDES)
    parts = (
        sides,
        _named("absent", one.absent),
        _named("not voting", one.not_voting),
        _named("present, on no side", one.present),
        _named("no members", one.not_members),
        _named("members that the file doesn't have", one.unlisted),
    )
    title = words.clean(one.title) or "the vote"
    told = "; ".join(part for part in parts if part)
    return f"{words.clean(one.path)}: {title}, on {one.option}, {one.date}: {told}"


def _named(what: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"{what} ({len(names)}): {', '.join(words.clean(name) for name in names)}"
