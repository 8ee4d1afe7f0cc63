"""Networks and event lists as CSV and JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from whipcount.networks import flat
from whipcount.networks.network import Network, cells, kind_of, nodes, to_edges
from whipcount.networks.options import NetworkOptions
from whipcount.networks.table import CodedStatements, Column
from whipcount.rendering.documents import SCHEMA, Document

WINDOW = ("window", "start", "middle", "stop", "num_statements", "row")
"""The first columns of time windows as CSV; labels follow."""

EVENT_END = (
    *("start_position", "stop_position", "coder", "document_id", "document_author"),
    *("document_source", "document_section", "document_type"),
)
"""The last columns of an event list, as rDNA has them."""


def write_matrix(stream: TextIO, network: Network) -> None:
    """Write a network's matrix as CSV: column labels first, then a line a row label."""
    stream.write(",".join(['""', *map(quoted, network.columns)]) + "\n")
    for label, values in zip(network.rows, _lines(network), strict=True):
        stream.write(",".join([quoted(label), *map(number, values)]) + "\n")


def write_windows(stream: TextIO, labels: Sequence[str], networks: Iterable[Network]) -> int:
    """Write time windows as CSV, a line a window and row label; return how many windows there were.

    A cell is empty where the window's network doesn't have the column. Windows with no rows write
    nothing, but have a number.
    """
    stream.write(",".join([*WINDOW, *map(quoted, labels)]) + "\n")
    places = {label: place for place, label in enumerate(labels)}
    window = 0
    for window, network in enumerate(networks, 1):
        begin = [str(window), *map(moment, (network.start, network.middle, network.stop))]
        begin.append(str(network.statements))
        columns = [places[label] for label in network.columns]
        for label, values in zip(network.rows, _lines(network), strict=True):
            cells = [""] * len(labels)
            for place, value in zip(columns, values, strict=True):
                cells[place] = number(value)
            stream.write(",".join([*begin, quoted(label), *cells]) + "\n")
    return window


def write_edges(stream: TextIO, networks: Iterable[Network], windows: bool) -> int:
    """Write ties as CSV, a line each with its weight; return how many networks there were."""
    header = ["window", "start", "middle", "stop"] if windows else []
    stream.write(",".join([*header, "source", "target", "weight"]) + "\n")
    count = 0
    for count, network in enumerate(networks, 1):
        begin = ""
        if windows:
            times = map(moment, (network.start, network.middle, network.stop))
            begin = ",".join([str(count), *times]) + ","
        for row, column, weight in to_edges(network):
            stream.write(f"{begin}{quoted(row)},{quoted(column)},{number(weight)}\n")
    return count


def write_events(
    stream: TextIO, table: CodedStatements, places: NDArray[np.intp], *, with_text: bool
) -> None:
    """Write an event list as CSV, a line a statement, with the columns of rDNA's.

    The statements' words and the documents' titles are in it with `with_text`.
    """
    end = list(EVENT_END)
    if with_text:
        end[2:2] = ["text"]
        end[end.index("document_author") : end.index("document_author")] = ["document_title"]
    names = [quoted(column.name) for column in table.variables]
    stream.write(",".join(["statement_id", "time", "time_epoch", *names, *end]) + "\n")
    for row in _event_rows(table, places, with_text):
        stream.write(",".join(row) + "\n")


def write_flat(stream: TextIO, table: CodedStatements, places: NDArray[np.intp]) -> None:
    """Write the flat table as CSV: all that is known of each statement."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(flat.columns_of(table))
    for row in flat.rows_of(table, places):
        writer.writerow(["" if value is None else value for value in row])


def network_document(source: str, networks: Iterable[Network]) -> Document:
    """Return networks of the same options as one JSON document.

    `ties` are [row, column, weight] by place, both halves of a one-mode network's matrix.
    """
    found = list(networks)
    return {
        "schema": SCHEMA,
        "source": source,
        "options": options_document(found[0].options),
        "networks": [_network(network) for network in found],
    }


def event_document(
    source: str, options: NetworkOptions, table: CodedStatements, places: NDArray[np.intp]
) -> Document:
    """Return an event list as one JSON document."""
    fields = {column.name: column for column in table.fields}
    return {
        "schema": SCHEMA,
        "source": source,
        "options": options_document(options),
        "events": [
            {
                "statement": int(table.ids[place]),
                "time": _iso(table.times[place].item()),
                "values": {one.name: _value(one, place) for one in table.variables},
                "document": {name: _value(column, place) for name, column in fields.items()},
                "coder": _value(table.coders, place),
            }
            for place in places.tolist()
        ],
    }


def quoted(text: str) -> str:
    """Return a text as CSV has it in quotation marks."""
    return '"' + text.replace('"', '""') + '"'


def number(value: float) -> str:
    """Return a number to full precision, without a point where it is whole."""
    return str(int(value)) if value == int(value) else repr(float(value))


def moment(time: datetime | None) -> str:
    """Return a moment as DNA prints it; empty where there is none."""
    return "" if time is None else time.strftime("%Y-%m-%d %H:%M:%S")


def _lines(network: Network) -> Iterator[list[float]]:
    """Yield the rows of a matrix, never all of them dense at once."""
    for place in range(len(network.rows)):
        yield network.matrix[[place]].toarray().ravel().tolist()


def _event_rows(
    table: CodedStatements, places: NDArray[np.intp], with_text: bool
) -> Iterator[list[str]]:
    title = next(column for column in table.fields if column.name == "title")
    own_id = next(column for column in table.fields if column.name == "id")
    fields = [
        column
        for name in ("author", "source", "section", "type")
        for column in table.fields
        if column.name == name
    ]
    for place in places.tolist():
        time = table.times[place].item()
        yield [
            str(table.ids[place]),
            moment(time),
            "" if time is None else str(int(table.times[place].astype(np.int64))),
            *(_cell(column, place) for column in table.variables),
            str(table.starts[place]),
            str(table.stops[place]),
            *([quoted(table.texts[place])] if with_text else []),
            _cell(table.coders, place),
            _cell(own_id, place) if not _value(own_id, place).isdigit() else _value(own_id, place),
            *([_cell(title, place)] if with_text else []),
            *(_cell(column, place) for column in fields),
        ]


def _cell(column: Column, place: int) -> str:
    value = _value(column, place)
    if column.is_number:
        return "" if value is None else str(value)
    return quoted(value)


def _value(column: Column, place: int) -> Any:
    """Return a statement's value: text, empty where it has none, or a number or None."""
    code = int(column.codes[place])
    if code < 0:
        return None if column.is_number else ""
    return column.values[code]


def _network(network: Network) -> Document:
    return {
        "start": _iso(network.start),
        "middle": _iso(network.middle),
        "stop": _iso(network.stop),
        "statements": network.statements,
        "rows": list(network.rows),
        "columns": list(network.columns),
        "nodes": nodes(network),
        "ties": [list(cell) for cell in cells(network)],
    }


def options_document(options: NetworkOptions) -> Document:
    """Return how a network was built."""
    return {
        **kind_of(options),
        "isolates": options.isolates,
        "window": None if options.window == "no" else options.window,
        "size": None if options.window == "no" else options.size,
        "kernel": None if options.kernel == "no" else options.kernel,
        "from": _iso(options.start),
        "to": _iso(options.stop),
        "min_statements": options.min_statements,
        "excluded": [
            {"variable": one.variable, "values": list(one.values), "invert": one.invert}
            for one in options.excluded
        ],
        "as_dna": options.as_dna,
    }


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()
