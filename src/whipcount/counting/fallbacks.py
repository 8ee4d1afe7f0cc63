"""Options compared: which comes nearest to being carried, and what to fall back on."""

from __future__ import annotations

from collections.abc import Sequence

from whipcount.coding.implications import consequences
from whipcount.model import Cell, Fallback, Issue, Outcome, Stand, Verdict

NEARNESS: tuple[Outcome, ...] = ("carried", "open", "blocked", "none")


def fallbacks(
    issue: Issue, cells: Sequence[Cell], verdicts: Sequence[Verdict]
) -> tuple[Fallback, ...]:
    """Return the issue's options, the one that is nearest to being carried first.

    What carries goes before what is open, and that before what is blocked; then the fewer members
    must still say yes (or turn their no), the fewer red lines, the more supporters. Equals stand in
    the issue's order.
    """
    found = {verdict.option: _compared(verdict, cells) for verdict in verdicts}
    outcomes = {verdict.option: verdict.outcome for verdict in verdicts}

    def nearness(option: str) -> tuple[int, ...]:
        one = found[option]
        least = one.missing if one.missing is not None else one.turned
        return (
            NEARNESS.index(outcomes[option]),
            least if least is not None else len(cells),
            len(one.red_lines),
            -len(one.supporters),
        )

    order = sorted(found, key=nearness)
    carried = [option for option in order if outcomes[option] == "carried"]
    follows = consequences(issue.options)
    return tuple(
        Fallback(
            option,
            place,
            one.supporters,
            one.conditional,
            one.opponents,
            one.red_lines,
            one.missing,
            one.turned,
            _instead(option, carried, follows[option].supported, follows[option].opposed),
        )
        for place, option in enumerate(order, 1)
        for one in (found[option],)
    )


def _compared(verdict: Verdict, cells: Sequence[Cell]) -> Fallback:
    """Return an option with who is for and against it, and what it lacks."""

    def with_stand(*stands: Stand) -> tuple[str, ...]:
        return tuple(
            cell.member for cell in cells if cell.option == verdict.option and cell.stand in stands
        )

    missing = turned = None
    if verdict.outcome == "carried":
        missing = 0
    elif verdict.needed:
        missing = len(verdict.needed[0])
    elif verdict.to_turn:
        turned = len(verdict.to_turn[0])
    return Fallback(
        verdict.option,
        0,
        supporters=with_stand("yes", "leaning-yes"),
        conditional=with_stand("conditional"),
        opponents=with_stand("no", "leaning-no"),
        red_lines=with_stand("no"),
        missing=missing,
        turned=turned,
    )


def _instead(
    option: str, carried: Sequence[str], implied: Sequence[str], opposed: Sequence[str]
) -> str | None:
    """Return the option that would carry in place of one: a part of it first, no contrary."""
    if option in carried:
        return None
    for one in carried:
        if one in implied:
            return one
    return next((one for one in carried if one not in opposed), None)
