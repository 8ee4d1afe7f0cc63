"""Coded statements as one flat table: a row a statement, with all that is known of it.

Columns are the statement's number and moment, its variables, the attributes of their values
(`person Type`), where its words stand, the words, the coder, and the document's fields
(`document_title`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import NetworkError
from whipcount.networks.network import library
from whipcount.networks.table import CodedStatements, Column

Row = list[Any]

LONGEST_CELL = 32_767
"""The characters that a cell of a spreadsheet holds."""

MOST_ROWS = 1_048_575
"""The rows that a spreadsheet holds below its header."""


def columns_of(table: CodedStatements) -> tuple[str, ...]:
    """Return the names of the flat table's columns."""
    attributes = [f"{variable} {name}" for variable, name in _attributes(table)]
    return (
        *("statement_id", "time", *(column.name for column in table.variables), *attributes),
        *("start_position", "stop_position", "text", "coder"),
        *(f"document_{column.name}" for column in table.fields),
    )


def rows_of(table: CodedStatements, places: NDArray[np.intp]) -> Iterator[Row]:
    """Yield the rows of some statements: numbers, moments, text, and None for no value."""
    attributes = _attributes(table)
    known = {(one.variable, one.value): dict(one.attributes) for one in table.entities}
    for place in places.tolist():
        values = {column.name: _value(column, place) for column in table.variables}
        yield [
            int(table.ids[place]),
            table.times[place].item(),
            *values.values(),
            *(
                known.get((variable, values[variable]), {}).get(name) or None
                for variable, name in attributes
            ),
            *(_offset(table.starts[place]), _offset(table.stops[place])),
            table.texts[place] if table.texts else None,
            _value(table.coders, place),
            *(_value(column, place) for column in table.fields),
        ]


def write_xlsx(table: CodedStatements, places: NDArray[np.intp], file: BinaryIO) -> None:
    """Write the flat table as a spreadsheet; words longer than a cell are cut, and marked with ….

    Needs XlsxWriter (`pip install 'whipcount[xlsx]'`). Text is never taken for a formula or an
    address. Raises NetworkError where there are more statements than a sheet has rows.
    """
    if len(places) > MOST_ROWS:
        raise NetworkError(
            f"{len(places):,} statements are more than a spreadsheet's {MOST_ROWS:,} rows; write "
            "parquet or csv"
        )
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with library("xlsxwriter", "xlsx").Workbook(file, options) as book:
        sheet = book.add_worksheet("statements")
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, columns_of(table), book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows_of(table, places), 1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, _fitting(value))
                elif isinstance(value, int):
                    sheet.write_number(number, place, value)
                elif value is not None:
                    sheet.write_datetime(number, place, value, moment)


def write_parquet(table: CodedStatements, places: NDArray[np.intp], file: BinaryIO) -> None:
    """Write the flat table as Parquet. Needs polars (`pip install 'whipcount[networks]'`)."""
    pl = library("polars")
    numbers = {one.name for one in (*table.variables, table.coders) if one.is_number}
    whole = {"statement_id", "start_position", "stop_position", *numbers}
    schema = {
        name: pl.Int64 if name in whole else pl.Datetime("ms") if name == "time" else pl.String
        for name in columns_of(table)
    }
    pl.DataFrame(list(rows_of(table, places)), schema=schema, orient="row").write_parquet(file)


def _attributes(table: CodedStatements) -> list[tuple[str, str]]:
    """Return the attributes that values of each variable have."""
    found = ((one.variable, name) for one in table.entities for name, _ in one.attributes)
    return list(dict.fromkeys(found))


def _value(column: Column, place: int) -> Any:
    code = int(column.codes[place])
    return None if code < 0 else column.values[code]


def _offset(place: np.int64) -> int | None:
    return None if place < 0 else int(place)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
