"""What a stance on one option says of the others, from the issue's `implies` and `excludes`.

Who supports an option supports what it implies, and opposes what any of these excludes; who opposes
an option opposes what implies it. Both go on along the chain. Opposing gives no support: who is
against one of two options that exclude each other need not be for the other.
"""

from __future__ import annotations

import graphlib
from collections.abc import Sequence
from dataclasses import dataclass

from whipcount.model import Option


@dataclass(frozen=True, slots=True)
class Consequences:
    """What supporting and opposing one option says of others, by id, in the issue's order.

    None of the three holds the option itself.
    """

    supported: tuple[str, ...]
    opposed: tuple[str, ...]
    opposed_by_opposing: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether a stance on the option says anything of others."""
        return bool(self.supported or self.opposed or self.opposed_by_opposing)


def consequences(options: Sequence[Option]) -> dict[str, Consequences]:
    """Return for every option what a stance on it says of the others.

    `implies` and `excludes` must name options that are there. `excludes` works both ways, whichever
    of the two options has it. An option that is both supported and opposed by supporting another
    is in both lists: the issue contradicts itself, and `load_issue` refuses it.
    """
    order = [option.id for option in options]
    up = {option.id: set(option.implies) for option in options}
    down: dict[str, set[str]] = {option: set() for option in order}
    apart: dict[str, set[str]] = {option: set() for option in order}
    for option in options:
        for implied in option.implies:
            down[implied].add(option.id)
        for excluded in option.excludes:
            apart[option.id].add(excluded)
            apart[excluded].add(option.id)
    found = {}
    for option_id in order:
        supported = _reached({option_id}, up)
        against = {excluded for one in supported for excluded in apart[one]}
        found[option_id] = Consequences(
            _in_order(supported - {option_id}, order),
            _in_order(_reached(against, down), order),
            _in_order(_reached({option_id}, down) - {option_id}, order),
        )
    return found


def cycle(options: Sequence[Option]) -> tuple[str, ...]:
    """Return the options of a cycle of `implies`, the first again at the end; empty where none."""
    try:
        graphlib.TopologicalSorter({option.id: option.implies for option in options}).prepare()
    except graphlib.CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def _reached(starts: set[str], steps: dict[str, set[str]]) -> set[str]:
    """Return the options that are reached from `starts`, these among them."""
    reached = set(starts)
    waiting = list(starts)
    while waiting:
        new = steps[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached


def _in_order(options: set[str], order: Sequence[str]) -> tuple[str, ...]:
    return tuple(option for option in order if option in options)
