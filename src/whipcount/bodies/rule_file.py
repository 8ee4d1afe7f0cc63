"""A rule as a body file has it: a table with a `kind`, made of parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from whipcount.model import (
    AllOf,
    AnyOf,
    Consensus,
    Majority,
    NoRule,
    Quorum,
    Quota,
    Reverse,
    Rule,
    Share,
    Unanimity,
    Veto,
)
from whipcount.toml_files import Table, shown


@dataclass(frozen=True, slots=True)
class Known:
    """What a body's rules may name: its members' weights, its members, its number of seats."""

    weights: frozenset[str]
    members: frozenset[str]
    seats: int | None


def read_rule(table: Table, known: Known, besides: tuple[str, ...] = ()) -> Rule:
    """Return the rule of a table.

    `besides` are the keys that the table may hold apart from the rule's. Raises the table's error
    where a kind, key or value is wrong.
    """
    return _rule(table, known, besides, quorum=True)


def _rule(table: Table, known: Known, besides: tuple[str, ...] = (), *, quorum: bool) -> Rule:
    """Return the rule of a table; `quorum` says whether one may stand here."""
    kind = table.text("kind")
    if kind not in _KINDS:
        raise table.problem(f"{shown(kind)} is not known; known are {', '.join(_KINDS)}", "kind")
    keys, read = _KINDS[kind]
    table.only(("kind", *keys, *besides))
    if read is not None:
        if kind == "quorum" and not quorum:
            raise table.problem(
                'a quorum stands by itself or in "all", not in "any" or "reverse": write '
                'kind = "all", of = [{kind = "quorum", …}, …]',
                "kind",
            )
        return read(table, known)
    if kind == "reverse":
        inner = table.table("of")
        if inner is None:
            raise table.problem('is missing: write of = {kind = "…"}', "of")
        return Reverse(_part(inner, known, quorum=False))
    parts = tuple(
        _part(part, known, quorum=quorum and kind == "all") for part in table.tables("of")
    )
    if not parts:
        raise table.problem("lists no rule: write of = [{kind = …}, …]", "of")
    return AllOf(parts) if kind == "all" else AnyOf(parts)


def _part(table: Table, known: Known, *, quorum: bool) -> Rule:
    rule = _rule(table, known, quorum=quorum)
    if isinstance(rule, NoRule):
        raise table.problem('"none" can be no part of another rule', "kind")
    return rule


def _consensus(table: Table, _: Known) -> Consensus:
    return Consensus(table.choice("silence", ("unknown", "consent"), "unknown"))


def _unanimity(table: Table, _: Known) -> Unanimity:
    return Unanimity(table.choice("abstention", ("allowed", "counts against"), "allowed"))


def _majority(table: Table, known: Known) -> Majority:
    over, at_least = table.share("over"), table.share("at_least")
    if over is not None and at_least is not None:
        raise table.problem("has over and at_least; keep one")
    if over is not None and not 0 <= over < 1:
        raise table.problem(f"must be a share from 0 to below 1, not {over}", "over")
    if at_least is not None and not 0 < at_least <= 1:
        raise table.problem(f"must be a share above 0 and up to 1, not {at_least}", "at_least")
    casting = table.text("casting", "")
    if casting and casting not in known.members:
        raise table.problem(f"{shown(casting)} is no member's name", "casting")
    if casting and at_least is not None:
        raise table.problem("goes with over: a share that is reached leaves no tie", "casting")
    if "casting_votes" in table.values and not casting:
        raise table.problem("goes with casting, which names who has the vote", "casting_votes")
    if table.values.get("base") == "seats":
        _need_seats(table, known, "base")
    return Majority(
        0.5 if over is None else over,
        table.choice("base", ("voting", "members", "seats", "present"), "voting"),
        at_least,
        casting,
        table.choice("casting_votes", ("always", "on ties"), "always"),
    )


def _quota(table: Table, known: Known) -> Quota:
    weight, seats = _counted(table, known)
    at_least, all_but = table.share("at_least"), table.number("all_but")
    if at_least is None and all_but is None:
        raise table.problem("needs at_least (a share such as 0.55, or a number) or all_but")
    if at_least is not None and all_but is not None:
        raise table.problem("has at_least and all_but; keep one")
    _check_amount(table, "at_least", at_least, weight)
    if isinstance(all_but, float) and not (weight or all_but.is_integer()):
        raise table.problem(
            f"counts members and must be whole or a share, not {all_but}", "all_but"
        )
    if all_but is not None and all_but < 0:
        raise table.problem(f"must be 0 or more, not {all_but}", "all_but")
    return Quota(weight, at_least, all_but, seats)


def _veto(table: Table, known: Known) -> Veto:
    members = table.texts("members")
    if not members:
        raise table.problem('lists nobody: write members = ["…"]', "members")
    for index, name in enumerate(members):
        if name not in known.members:
            raise table.problem(f"{shown(name)} is no member's name", "members", index)
    return Veto(members)


def _quorum(table: Table, known: Known) -> Quorum:
    weight, seats = _counted(table, known)
    present, over = table.share("present"), table.share("over")
    if (present is None) == (over is None):
        raise table.problem("needs present (a share such as 0.5, or a number) or over; keep one")
    _check_amount(table, "present", present, weight)
    _check_amount(table, "over", over, weight)
    if over is not None:
        return Quorum(over, True, weight, seats)
    assert present is not None, "one of the two is there"
    return Quorum(present, False, weight, seats)


def _none(_: Table, __: Known) -> NoRule:
    return NoRule()


def _counted(table: Table, known: Known) -> tuple[str, bool]:
    """Return what is counted: a weight's name, or heads, and whether of all seats."""
    if "share" in table.values and "weight" in table.values:
        raise table.problem('has share and weight; keep one: share = "members" counts heads')
    seats = table.choice("share", ("members", "seats"), "members") == "seats"
    if seats:
        _need_seats(table, known, "share")
    weight = table.text("weight", "")
    if weight and weight not in known.weights:
        names = ", ".join(sorted(known.weights))
        hint = f"known are {names}" if names else "no member has any"
        raise table.problem(f"no member has a weight {shown(weight)}; {hint}", "weight")
    return weight, seats


def _need_seats(table: Table, known: Known, key: str) -> None:
    if known.seats is None:
        raise table.problem("counts seats: write seats = 100 at the top of the file", key)


def _check_amount(table: Table, key: str, amount: Share | None, weight: str) -> None:
    if amount is None:
        return
    if amount <= 0:
        raise table.problem(
            f"must be a share above 0 and up to 1.0, or a number above 0, not {amount}", key
        )
    share = isinstance(amount, float | Fraction) and amount <= 1
    if not (weight or share or amount == int(amount)):
        raise table.problem(f"counts members and must be whole or a share, not {amount}", key)


_Read = Callable[[Table, Known], Rule]

_KINDS: Mapping[str, tuple[tuple[str, ...], _Read | None]] = {
    "consensus": (("silence",), _consensus),
    "unanimity": (("abstention",), _unanimity),
    "majority": (("over", "at_least", "base", "casting", "casting_votes"), _majority),
    "quota": (("share", "weight", "at_least", "all_but"), _quota),
    "veto": (("members",), _veto),
    "quorum": (("share", "weight", "present", "over"), _quorum),
    "reverse": (("of",), None),
    "all": (("of",), None),
    "any": (("of",), None),
    "none": ((), _none),
}
"""The kinds of rule, each with its keys and what reads it; those without are made of others."""
