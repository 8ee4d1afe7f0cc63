"""What a person reads of bodies in a terminal: all, one on a day, what changed in one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TextIO

from rich.table import Table
from rich.text import Text

from whipcount import model
from whipcount.bodies import members_on, rules_on, term_on, weights_on
from whipcount.bodies.differences import ChangedRule, Difference, Moved
from whipcount.bodies.parties import by_party
from whipcount.rendering import bodies as rendered
from whipcount.rendering import words
from whipcount.rendering.terminal import RULED, Terminal

RULE_WIDTH = 29
"""Columns for rules in the list: "reinforced-qualified-majority" stands on one line."""


def print_list(stream: TextIO, bodies: Iterable[model.Body], day: date) -> None:
    """Print which bodies there are, with their members of a day and the rules that hold."""
    table = _table("id", "name", "members", "rules")
    table.columns[0].no_wrap = True
    table.columns[2].justify = "right"
    table.columns[3].no_wrap = True
    for body in bodies:
        rules = rules_on(body, day)
        told = (words.clean(rule.name or words.rule(rule.rule)) for rule in rules)
        lines = (line for one in told for line in textwrap.wrap(one, RULE_WIDTH))
        table.add_row(
            Text(words.clean(body.id)),
            Text(words.clean(body.name)),
            f"{rendered.size(body, day):,}",
            Text("\n".join(lines), style="dim"),
        )
    terminal = Terminal(stream)
    terminal.print(table)
    terminal.print(Text(f"Members and rules as of {day}", style="dim"))


def print_body(stream: TextIO, body: model.Body, day: date) -> None:
    """Print a body on a day: rules, members, parties, groups and sources.

    Groups of the same members stand together. Raises BodyError where nobody was a member then.
    """
    members = members_on(body, day)
    terminal = Terminal(stream)
    terminal.print(Text(words.clean(body.name), style="bold"))
    terminal.print(Text(", ".join(_numbers(body, day))))
    for rule in rules_on(body, day):
        name = f"{words.clean(rule.name)}: " if rule.name else ""
        terminal.print(Text.assemble((name, "bold"), (words.rule_sentence(rule.rule), "dim")))
    terminal.section("Members", _members(body, members, day))
    if body.members_are == "people":
        terminal.section("Parties", _parties(body, day))
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, names in rendered.groups(body, day):
        groups.setdefault(tuple(names), []).append(words.clean(name))
    groups.pop((), None)
    if groups:
        terminal.section("Groups")
        for of, called in groups.items():
            told = "all members" if len(of) == len(members) else rendered.listed(of)
            terminal.indented(f"{'; '.join(called)}: {told}")
    if body.sources:
        terminal.section("Sources")
        for source in body.sources:
            terminal.indented(words.clean(source), "dim")


def print_difference(stream: TextIO, one: Difference) -> None:
    """Print what changed in a body: who joined and left, what of members, which rules."""
    terminal = Terminal(stream)
    terminal.print(Text(words.clean(one.after.name), style="bold"))
    same = one.before.path == one.after.path
    for body, day, count in zip((one.before, one.after), one.days, one.members, strict=True):
        place = "" if same else f"{words.clean(body.path)}, "
        terminal.print(Text(f"{place}{day}: {words.number(count, 'member')}"))
    for title, moved in (
        ("Joined", one.joined),
        ("Left", one.left),
        ("Joined and left between the days", one.between),
    ):
        if moved:
            terminal.section(f"{title} ({len(moved)})", _moves(moved))
    if one.changed:
        terminal.section("Changed")
        for change in one.changed:
            values = f"{_value(change.before)} → {_value(change.after)}"
            terminal.print(
                Text.assemble(
                    (f"{words.clean(change.name)}: ", "bold"),
                    f"{words.clean(change.what)} {values}",
                )
            )
    if one.rules:
        terminal.section("Rules")
        for rule in one.rules:
            terminal.print(_rule(rule))
    if not (one.joined or one.left or one.between or one.changed or one.rules):
        terminal.section("", Text("Nothing changed."))


def _numbers(body: model.Body, day: date) -> Iterable[str]:
    """Yield how many a body's members are, of how many seats, and of which day."""
    yield words.number(rendered.size(body, day), "member")
    vacant = rendered.vacancies(body, day)
    if body.seats is not None:
        yield words.number(body.seats, "seat") + (f" ({vacant} vacant)" if vacant else "")
    yield f"as of {day}"


def _members(body: model.Body, members: Sequence[model.Member], day: date) -> Table:
    """Return members with what is known of them; a column that would be empty is left out."""
    terms = [term_on(member, day) or model.Term(None) for member in members]
    weights = [weights_on(member, day) for member in members]
    columns = [
        ("name", [words.clean(member.name) for member in members]),
        ("code", [words.clean(member.code) for member in members]),
        ("party", [words.clean(term.party) for term in terms]),
        ("constituency", [words.clean(term.constituency) for term in terms]),
        ("joined", [str(term.joined or "") for term in terms]),
    ]
    names = rendered.weights(body, day)
    columns += [(name, [_value(one.get(name), "") for one in weights]) for name in names]
    columns = [(name, cells) for name, cells in columns if any(cells)]
    table = _table(*(name for name, _ in columns))
    for column, (name, _) in zip(table.columns, columns, strict=True):
        column.justify = "right" if name in names else "left"
        column.no_wrap = name in ("code", "joined") or name in names
    for row in zip(*(cells for _, cells in columns), strict=True):
        table.add_row(*map(Text, row))
    return table


def _parties(body: model.Body, day: date) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for party, members in by_party(body, day).items():
        table.add_row(f"{len(members):,}", Text(words.clean(party) or "of no party known"))
    return table


def _moves(moved: Sequence[Moved]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for _ in range(2):
        table.add_column(overflow="fold")
    for one in moved:
        term = one.term or model.Term(None)
        days = " to ".join(str(day) for day in (term.joined, term.left) if day is not None)
        parts = (days, term.party, term.constituency, term.end_reason)
        told = ", ".join(words.clean(part) for part in parts if part)
        table.add_row(Text(words.clean(one.name)), Text(told, style="dim"))
    return table


def _rule(one: ChangedRule) -> Text:
    name = f"{words.clean(one.name)}: " if one.name else ""
    if one.before is None or one.after is None:
        rule = one.after if one.before is None else one.before
        assert rule is not None, "a rule that changed was there once"
        how = "new. " if one.before is None else "no longer. "
        return Text.assemble((name, "bold"), how, (words.rule_sentence(rule), "dim"))
    return Text.assemble(
        (name, "bold"),
        "before: ", (words.rule_sentence(one.before), "dim"),
        " Now: ", (words.rule_sentence(one.after), "dim"),
    )  # fmt: skip


def _value(value: str | float | None, none: str = "none") -> str:
    """Return words as they are, and a number with its thousands marked."""
    if value is None:
        return none
    return words.clean(value) if isinstance(value, str) else f"{value:,}"


def _table(*names: str) -> Table:
    table = Table(box=RULED, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    return table
