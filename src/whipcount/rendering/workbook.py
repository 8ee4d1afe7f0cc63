"""Tables as an Excel workbook: a sheet a table, words as words and never as formulas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Protocol

from whipcount.errors import ProjectError
from whipcount.rendering.csv_rows import flattened

LONGEST = 32_767
"""Characters that a cell of a workbook holds (Excel's specification)."""

MOST_ROWS = 1_048_576
"""Rows that a sheet holds, its header among them."""


class Table(Protocol):
    """A table to write: its name, its columns, and its rows as documents."""

    @property
    def name(self) -> str:
        """What the sheet is called."""

    @property
    def columns(self) -> Sequence[str]:
        """Its columns, in order."""

    @property
    def rows(self) -> Sequence[dict[str, Any]]:
        """Its rows."""


def workbook(tables: Iterable[Table]) -> bytes:
    """Return tables as the bytes of an .xlsx file, the same for the same tables.

    Words longer than a cell holds are cut with `…`. Raises ProjectError without `xlsxwriter`, or
    where a table has more rows than a sheet.
    """
    try:
        import xlsxwriter  # noqa: PLC0415
    except ImportError:
        raise ProjectError("a workbook needs xlsxwriter: pip install 'whipcount[xlsx]'") from None
    from datetime import UTC, datetime  # noqa: PLC0415

    content = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, plain) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        bold = book.add_format({"bold": True})
        for table in tables:
            if len(table.rows) >= MOST_ROWS:
                raise ProjectError(
                    f"{table.name} has {len(table.rows):,} rows, and a sheet holds {MOST_ROWS:,}; "
                    "export it as csv or parquet"
                )
            sheet = book.add_worksheet(table.name)
            sheet.write_row(0, 0, table.columns, bold)
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
            for number, row in enumerate(table.rows, 1):
                values = flattened(row)
                for place, column in enumerate(table.columns):
                    _write(sheet, number, place, values.get(column))
    return content.getvalue()


def _write(sheet: Any, row: int, column: int, value: object) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float():
            sheet.write_number(row, column, value)
        case _:
            words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            words = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
            sheet.write_string(row, column, words)
