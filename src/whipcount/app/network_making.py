"""Networks for the review page, made where counts are made (`making.py`).

Statements as a table, layouts and the last networks are kept until the project changes, so that a
slider through time only builds what its window holds. What comes back is what a page shows.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TextIO

import numpy as np

from whipcount import project
from whipcount.app import making
from whipcount.app.network_choices import PAGE, Choices, of_key
from whipcount.app.network_picture import Picture, Whole, laid_out, pictured
from whipcount.errors import NetworkError
from whipcount.model import Article, Coded, Position
from whipcount.networks import CodedStatements, Network, NetworkOptions, network
from whipcount.networks.behind import behind_node, behind_tie
from whipcount.networks.from_positions import from_coded
from whipcount.networks.gexf import write_gexf
from whipcount.networks.graphml import write_graphml
from whipcount.networks.table import DOCUMENT
from whipcount.rendering import networks as rendered
from whipcount.rendering.network_plot import TITLES, Kind, tie_kind

WRITERS: Mapping[str, Callable[[TextIO, Network], object]] = {
    "csv": rendered.write_matrix,
    "edges": lambda stream, one: rendered.write_edges(stream, [one], windows=False),
    "graphml": write_graphml,
    "gexf": write_gexf,
}
"""What each form of a download is written by; they are the command's."""

SAID = 25
"""Statements on a page of those behind a node or tie."""


@dataclass(frozen=True, slots=True)
class TieRow:
    """A line of the table: a tie by its labels, with its weight."""

    row: str
    column: str
    weight: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Shown:
    """A network as the room shows it; `table` is the page of its ties that was asked for.

    `days` are how many statements each day of all has, `start` and `stop` the range, None where no
    statement has a date; `ties` is how many ties there are.
    """

    choices: Choices
    title: str
    picture: Picture
    table: tuple[TieRow, ...]
    ties: int
    rows: int
    columns: int
    statements: int
    start: datetime | None
    stop: datetime | None
    days: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A statement behind a node or a tie; `statement` is empty where none was made but entered."""

    statement: str
    article: str
    title: str
    outlet: str
    day: str
    actor: str
    row: str
    column: str
    concept: str
    stance: str
    strength: str
    quote: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the statements behind a node or a tie, and how many there are."""

    said: tuple[SaidRow, ...]
    statements: int


def shown(path: str, key: str) -> Shown:
    """Return a network as the room shows it; `key` is that of the choices."""
    choices = of_key(key)
    table = _table(*_now(path), choices.with_review)
    options = choices.options()
    found = _network(*_now(path), choices.with_review, options)
    whole = _whole(*_now(path), choices.with_review, choices.options(whole=True), choices.nodes)
    rows, ties = _page(found, choices.page)
    return Shown(
        choices,
        TITLES[options.mode, options.aggregation],
        pictured(whole, found, table),
        rows,
        ties,
        len(found.rows),
        len(found.columns),
        found.statements,
        found.start,
        found.stop,
        _days(table),
    )


def behind(path: str, key: str) -> Behind:
    """Return the statements behind a node or a tie, a page of them.

    `key` is what `behind_key` writes. Raises NetworkError where neither row nor column is named.
    """
    choices_key, row, column, other = json.loads(key)
    choices = of_key(choices_key)
    table = _table(*_now(path), choices.with_review)
    options = choices.options()
    if not row and not column:
        raise NetworkError("say whose statements: a row, or a column")
    places = (
        behind_tie(table, options, row, other)
        if other
        else behind_node(table, options, row=row, column=column)
    )
    columns = table.column(options.columns)
    newest_first = -np.arange(len(places))
    order = np.lexsort((newest_first, columns.codes[places]))
    first = (choices.page - 1) * SAID
    said = tuple(
        _said(table, options, place) for place in places[order][first : first + SAID].tolist()
    )
    return Behind(said, len(places))


def behind_key(choices: Choices, row: str, column: str, other: str) -> str:
    """Return what `behind` is asked: a node, or a tie of a row and a column or another row."""
    return json.dumps([choices.key(), row, column, other])


def written(path: str, key: str, form: str) -> bytes:
    """Return a network, whole, in a form of `WRITERS`.

    Raises NetworkError where a label has a character that the form can't hold.
    """
    choices = of_key(key)
    found = _network(*_now(path), choices.with_review, choices.options())
    stream = io.StringIO()
    WRITERS[form](stream, found)
    return stream.getvalue().encode()


def _said(table: CodedStatements, options: NetworkOptions, place: int) -> SaidRow:
    def value(name: str) -> str:
        column = table.column(name)
        code = int(column.codes[place])
        return "" if code < 0 else str(column.values[code])

    time = table.times[place]
    return SaidRow(
        value("statement"),
        value(f"{DOCUMENT}id"),
        value(f"{DOCUMENT}title"),
        value(f"{DOCUMENT}source"),
        "" if np.isnat(time) else str(time.astype("datetime64[D]")),
        value("actor"),
        value(options.rows),
        value(options.columns),
        value("concept"),
        value("stance"),
        value("strength"),
        table.texts[place],
    )


def _now(path: str) -> tuple[str, int]:
    """Return a project's path and newest change, by which is kept what was made of it."""
    with project.open_project(path, writing=False) as debate:
        return path, project.last_change(debate)


@lru_cache(maxsize=2)
def _table(path: str, _: int, with_review: bool) -> CodedStatements:
    with project.open_project(path, writing=False) as debate:
        said, articles = making.read(debate)
    return table_of(said, articles, with_review)


def table_of(
    said: tuple[Position, ...], articles: tuple[Article, ...], with_review: bool
) -> CodedStatements:
    """Return a project's positions as coded statements, as `whipcount network` reads them."""
    by_article: dict[str, list[Position]] = {one.id: [] for one in articles}
    entered = []
    for one in said:
        if one.article in by_article and one.statement:
            by_article[one.article].append(one)
        elif not one.statement:
            entered.append(one)
    coded = (Coded(one, (), tuple(sorted(by_article[one.id], key=_in_article))) for one in articles)
    return from_coded(coded, with_review=with_review, entered=entered)


def _in_article(one: Position) -> tuple[int, int, str, str]:
    number = (one.statement or "").rpartition(".")[2]
    return (
        int(number) if number.isdecimal() else 0,
        one.piece or 0,
        one.option,
        one.actor.id,
    )


@lru_cache(maxsize=4)  # one of 2,000 actors has 50 MB
def _network(path: str, change: int, with_review: bool, options: NetworkOptions) -> Network:
    return network(_table(path, change, with_review), options)


@lru_cache(maxsize=8)
def _whole(path: str, change: int, with_review: bool, options: NetworkOptions, most: int) -> Whole:
    return laid_out(_network(path, change, with_review, options), most)


def _page(found: Network, page: int) -> tuple[tuple[TieRow, ...], int]:
    """Return a page of the ties, the strongest first, and how many there are."""
    ties = found.matrix.tocoo()
    keep = ties.data != 0
    if found.is_one_mode:
        keep &= ties.row < ties.col
    row, column, weight = ties.row[keep], ties.col[keep], ties.data[keep]
    order = np.lexsort((column, row, -np.abs(weight)))[(page - 1) * PAGE : page * PAGE]
    some = zip(row[order].tolist(), column[order].tolist(), weight[order].tolist(), strict=True)
    return tuple(
        TieRow(found.rows[one], found.columns[other], size, tie_kind(found, size))
        for one, other, size in some
    ), len(weight)


def _days(table: CodedStatements) -> tuple[tuple[str, int], ...]:
    """Return how many statements each day has, in order."""
    dated = table.times[~np.isnat(table.times)].astype("datetime64[D]")
    days, counts = np.unique(dated, return_counts=True)
    return tuple(zip(map(str, days), counts.tolist(), strict=True))
