"""How much votes count, as a document, rows and a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.table import Table
from rich.text import Text

from whipcount.bodies.power import MemberPower, Power
from whipcount.rendering import documents, words
from whipcount.rendering.documents import SCHEMA, Document
from whipcount.rendering.terminal import RULED, Terminal

COLUMNS = ("body", "as_of", "member", "banzhaf", "shapley_shubik", "owen", "banzhaf_owen")


def document(power: Power) -> Document:
    """Return what `power --format json` prints; `owen` and `banzhaf_owen` only with blocs."""
    return {
        "schema": SCHEMA,
        "body": power.body.id,
        "as_of": power.as_of.isoformat(),
        "rule": documents.rule(power.rule),
        "exact": power.exact,
        "error": power.error,
        "members": [_member(share) for share in power.shares],
    }


def rows(power: Power) -> Iterator[Document]:
    """Yield a row a member."""
    for share in power.shares:
        yield {"body": power.body.id, "as_of": power.as_of.isoformat(), **_member(share)}


def print_power(stream: TextIO, power: Power) -> None:
    """Print the members, the most powerful first, in per cent."""
    terminal = Terminal(stream)
    terminal.print(Text(words.clean(power.body.name), style="bold"))
    terminal.print(Text(f"{words.number(len(power.shares), 'member')}, as of {power.as_of}"))
    terminal.print(Text(words.rule_sentence(power.rule), style="dim"))
    if not power.exact:
        terminal.print(
            Text(f"Drawn at random; each within {power.error * 100:.2f} points", style="dim")
        )
    blocs = power.shares[0].owen is not None
    table = Table(box=RULED, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("")
    names = ["Banzhaf %", "Shapley-Shubik %", *(["Banzhaf-Owen %", "Owen %"] if blocs else [])]
    for name in names:
        table.add_column(name, justify="right")
    for share in sorted(power.shares, key=lambda one: (-one.shapley_shubik, -one.banzhaf)):
        figures = [share.banzhaf, share.shapley_shubik, share.banzhaf_owen, share.owen]
        told = [f"{figure * 100:.2f}" for figure in figures if figure is not None]
        table.add_row(Text(words.clean(share.member)), *told)
    table.show_edge = False
    terminal.section("", table)


def _member(share: MemberPower) -> Document:
    found: Document = {
        "member": share.member,
        "banzhaf": share.banzhaf,
        "shapley_shubik": share.shapley_shubik,
    }
    if share.owen is not None:
        found |= {"owen": share.owen, "banzhaf_owen": share.banzhaf_owen}
    return found
