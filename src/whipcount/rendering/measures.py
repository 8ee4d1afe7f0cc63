"""Measures of networks as a document, rows and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from whipcount.networks import (
    Backbone,
    BarChart,
    Communities,
    Network,
    NetworkOptions,
    Phases,
    Polarisation,
    Scaling,
)
from whipcount.networks.bar_chart import NONE
from whipcount.networks.network import nodes
from whipcount.rendering import csv_rows, words
from whipcount.rendering.documents import SCHEMA, Document
from whipcount.rendering.networks import options_document
from whipcount.rendering.terminal import RULED, Terminal

BAR = 36
"""Columns of a terminal that the longest bar takes."""

FULL = "█"
BLOCKS = {"no": "░", NONE: "·"}
"""What bars are made of: support and opposition are told apart without colours."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's numbers: its rows, what is of the whole, and how a table says it."""

    measure: str
    columns: tuple[str, ...]
    rows: tuple[Document, ...]
    whole: Document
    told: str
    draw: Callable[[Measured], Table] = field(repr=False)


def document(source: str, options: NetworkOptions, measured: Measured) -> Document:
    """Return what `measure --format json` prints."""
    return {
        "schema": SCHEMA,
        "source": source,
        "options": options_document(options),
        "measure": measured.measure,
        **measured.whole,
        "rows": list(measured.rows),
    }


def write_rows(stream: TextIO, measured: Measured) -> None:
    """Write a measure's rows as CSV."""
    csv_rows.write(stream, measured.columns, measured.rows)


def print_measure(stream: TextIO, measured: Measured) -> None:
    """Print a measure for a person."""
    terminal = Terminal(stream)
    terminal.print(Text(measured.told, style="bold"))
    if measured.rows:
        terminal.section("", measured.draw(measured))


def of_communities(network: Network, found: Communities) -> Measured:
    """Return the community of each node, the largest community first."""
    rows = [
        {
            "community": community + 1,
            "node": node["label"],
            "variable": node["variable"],
            "statements": node["statements"],
        }
        for node, community in zip(nodes(network), found.members, strict=True)
    ]
    rows.sort(key=lambda row: (row["community"], -int(row["statements"]), row["node"]))
    count = len(found.sizes)
    return Measured(
        "communities",
        ("community", "node", "variable", "statements"),
        tuple(rows),
        {"communities": count, "modularity": found.modularity},
        f"{words.number(count, 'community', 'communities')}, modularity {found.modularity:.3f}",
        _plain,
    )


def of_polarisation(values: Iterable[Polarisation]) -> Measured:
    """Return a row a network; its groups are lists of nodes."""
    rows = tuple(
        {
            "start": _iso(one.start),
            "middle": _iso(one.middle),
            "stop": _iso(one.stop),
            "statements": one.statements,
            "nodes": one.nodes,
            "polarisation": one.polarisation,
            "distance": one.distance,
            "conflict": one.conflict,
            "modularity_congruence": one.modularity_congruence,
            "modularity_subtract": one.modularity_subtract,
            "groups": [list(group) for group in one.groups],
        }
        for one in values
    )
    return Measured(
        "polarisation",
        (
            *("start", "middle", "stop", "statements", "nodes", "polarisation", "distance"),
            *("conflict", "modularity_congruence", "modularity_subtract", "groups"),
        ),
        rows,
        {},
        "Polarisation, from 0 (none) to 1 (opposed groups)",
        _polarisation_table,
    )


def of_backbone(found: Backbone) -> Measured:
    """Return the columns in the order in which they can be left out, the first first.

    `loss` is that of leaving out the row's column and those above it; the last one stays.
    """
    kept = set(found.backbone)
    rows = [
        {
            "column": one.column,
            "backbone": one.column in kept,
            "left_out": place,
            "left": one.left,
            "loss": one.loss,
        }
        for place, one in enumerate(found.order, 1)
    ]
    last = ({*found.backbone, *found.redundant} - {one.column for one in found.order}).pop()
    rows.append(
        {"column": last, "backbone": last in kept, "left_out": None, "left": None, "loss": None}
    )
    told = (
        f"{len(found.backbone)} of {len(rows)} make the structure, loss {found.loss:.4f} "
        f"(the others alone: {found.redundant_loss:.4f})"
    )
    return Measured(
        "backbone",
        ("column", "backbone", "left_out", "left", "loss"),
        tuple(rows),
        {
            "penalty": found.penalty,
            "loss": found.loss,
            "penalized_loss": found.penalized,
            "redundant_loss": found.redundant_loss,
        },
        told,
        _plain,
    )


def of_phases(found: Phases) -> Measured:
    """Return a row a time window, with its state and whether it is another than the one before."""
    turned = set(found.transitions)
    rows = tuple(
        {
            "start": _iso(one.start),
            "middle": _iso(one.middle),
            "stop": _iso(one.stop),
            "statements": one.statements,
            "state": one.state + 1,
            "transition": place in turned,
        }
        for place, one in enumerate(found.windows)
    )
    dunn = "" if found.dunn is None else f", Dunn index {found.dunn:.3f}"
    return Measured(
        "phases",
        ("start", "middle", "stop", "statements", "state", "transition"),
        rows,
        {
            "states": found.states,
            "dunn": found.dunn,
            "distances": [[float(one) for one in line] for line in found.distances],
        },
        f"{words.number(found.states, 'state')}, {words.number(len(turned), 'transition')}{dunn}",
        _phases_table,
    )


def of_scaling(found: Scaling) -> Measured:
    """Return actors and options from left to right."""
    rows = tuple(
        {
            "kind": kind,
            "label": one.label,
            "position": one.position,
            "statements": one.statements,
            "answered": one.answered,
        }
        for kind, some in (("actor", found.actors), ("option", found.options))
        for one in some
    )
    what = "answers foretold" if found.method == "item-response" else "inertia explained"
    return Measured(
        "scaling",
        ("kind", "label", "position", "statements", "answered"),
        rows,
        {"method": found.method, "explained": found.explained},
        f"{found.explained * 100:.0f} % of {what}",
        _plain,
    )


def of_bars(found: BarChart) -> Measured:
    """Return a row a column and level."""
    rows = tuple(
        {
            "column": one.column,
            "level": one.level,
            "statements": one.statements,
            "rows": one.rows,
        }
        for one in found.bars
    )
    columns = len({one.column for one in found.bars})
    statements = sum(one.statements for one in found.bars)
    return Measured(
        "bars",
        ("column", "level", "statements", "rows"),
        rows,
        {"levels": list(found.levels)},
        f"{words.number(statements, 'statement')}, {words.number(columns, 'bar')}",
        _bars_table,
    )


def _plain(measured: Measured) -> Table:
    """Return the rows as they are."""
    table = _table()
    for name in measured.columns:
        number = all(isinstance(row[name], int | float | None) for row in measured.rows)
        table.add_column(
            name.replace("_", " "), justify="right" if number else "left", overflow="fold"
        )
    for row in measured.rows:
        table.add_row(*(_cell(row[name]) for name in measured.columns))
    return table


def _polarisation_table(measured: Measured) -> Table:
    table = _table()
    for name, side in (("", "left"), ("statements", "right"), ("polarisation", "left")):
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    table.add_column("modularity", justify="right")
    table.add_column("groups", overflow="fold")
    for row in measured.rows:
        bar = FULL * round(row["polarisation"] * 10)
        groups = " | ".join(words.join([*map(words.clean, group)]) for group in row["groups"])
        table.add_row(
            (row["middle"] or "")[:10],
            str(row["statements"]),
            Text(f"{row['polarisation']:.2f} {bar}"),
            f"{row['modularity_subtract']:.2f}",
            Text(words.clean(groups)),
        )
    return table


def _phases_table(measured: Measured) -> Table:
    """Return the phases: windows of one state that follow each other."""
    table = _table()
    for name, side in (("state", "right"), ("from", "left"), ("to", "left")):
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    table.add_column("windows", justify="right")
    runs: list[list[Document]] = []
    for row in measured.rows:
        if row["transition"] or not runs:
            runs.append([])
        runs[-1].append(row)
    for run in runs:
        first, last = run[0]["middle"] or "", run[-1]["middle"] or ""
        table.add_row(str(run[0]["state"]), first[:10], last[:10], str(len(run)))
    return table


def _bars_table(measured: Measured) -> Table:
    table = _table()
    for name in ("", "", "statements"):
        table.add_column(name, overflow="fold")
    most = max(row["statements"] for row in measured.rows) or 1
    before = ""
    for row in measured.rows:
        block = BLOCKS.get(row["level"], FULL)
        bar = block * round(row["statements"] / most * BAR)
        name = "" if row["column"] == before else words.clean(row["column"])
        before = row["column"]
        table.add_row(Text(name), words.clean(row["level"]), Text(f"{bar} {row['statements']}"))
    return table


def _table() -> Table:
    table = Table(box=RULED, padding=(0, 2, 0, 0), pad_edge=False)
    table.show_edge = False
    return table


def _cell(value: Any) -> Text:
    if value is None:
        return Text("–")
    if isinstance(value, bool):
        return Text("yes" if value else "no")
    return Text(f"{value:.3f}" if isinstance(value, float) else words.clean(str(value)))


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()
