"""A rule as a body file has it: a table with a `kind`, made of parts."""

from __future__ import annotations

from whipcount.model import AllOf, AnyOf, Consensus, Majority, NoRule, Quota, Rule
from whipcount.toml_files import Table, shown

KINDS = ("consensus", "majority", "quota", "all", "any", "none")
"""The kinds of rule that are known."""


def read_rule(table: Table, weights: frozenset[str], besides: tuple[str, ...] = ()) -> Rule:
    """Return the rule of a table.

    `weights` are the names that the members' weights have, `besides` the keys that the table may
    hold apart from the rule's. Raises the table's error where a kind, key or value is wrong.
    """
    kind = table.text("kind")
    if kind not in KINDS:
        raise table.problem(f"{shown(kind)} is not known; known are {', '.join(KINDS)}", "kind")

    def only(*keys: str) -> None:
        table.only(("kind", *keys, *besides))

    match kind:
        case "consensus":
            only("silence")
            return Consensus(table.choice("silence", ("unknown", "consent"), "unknown"))
        case "majority":
            if "casting" in table.values:
                raise table.problem("a casting vote is not known yet; leave it out", "casting")
            only("over", "base")
            return _majority(table)
        case "quota":
            only("share", "weight", "at_least", "all_but")
            return _quota(table, weights)
        case "none":
            only()
            return NoRule()
    only("of")
    parts = tuple(_part(part, weights) for part in table.tables("of"))
    if not parts:
        raise table.problem("lists no rule: write of = [{kind = …}, …]", "of")
    return AllOf(parts) if kind == "all" else AnyOf(parts)


def _part(table: Table, weights: frozenset[str]) -> Rule:
    rule = read_rule(table, weights)
    if isinstance(rule, NoRule):
        raise table.problem('"none" can be no part of another rule', "kind")
    return rule


def _majority(table: Table) -> Majority:
    over = table.number("over")
    if over is not None and not 0 <= over < 1:
        raise table.problem(f"must be a share from 0 to below 1, not {over}", "over")
    return Majority(
        0.5 if over is None else over,
        table.choice("base", ("voting", "members", "present"), "voting"),
    )


def _quota(table: Table, weights: frozenset[str]) -> Quota:
    if "share" in table.values and "weight" in table.values:
        raise table.problem('has share and weight; keep one: share = "members" counts heads')
    table.choice("share", ("members",), "members")
    weight = table.text("weight", "")
    if weight and weight not in weights:
        known = f"known are {', '.join(sorted(weights))}" if weights else "no member has any"
        raise table.problem(f"no member has a weight {shown(weight)}; {known}", "weight")
    at_least, all_but = table.number("at_least"), table.number("all_but")
    if at_least is None and all_but is None:
        raise table.problem("needs at_least (a share such as 0.55, or a number) or all_but")
    if at_least is not None and all_but is not None:
        raise table.problem("has at_least and all_but; keep one")
    if at_least is not None and at_least <= 0:
        raise table.problem(
            f"must be a share above 0 and up to 1.0, or a number above 0, not {at_least}",
            "at_least",
        )
    for key, number in (("at_least", at_least), ("all_but", all_but)):
        share = key == "at_least" and isinstance(number, float) and number <= 1
        if isinstance(number, float) and not (weight or share or number.is_integer()):
            raise table.problem(f"counts members and must be whole or a share, not {number}", key)
    if all_but is not None and all_but < 0:
        raise table.problem(f"must be 0 or more, not {all_but}", "all_but")
    return Quota(weight, at_least, all_but)
