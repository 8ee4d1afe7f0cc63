"""The reader of CSV: a table with a header, a row an article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.pages import LARGEST
from whipcount.reading.record_columns import Role, columns_among
from whipcount.reading.records import Complaints, Record, articles_of_records
from whipcount.reading.settings import Settings
from whipcount.reading.text_lines import (
    TextLines,
    TooLongError,
    is_escaped,
    text_lines,
)

DELIMITERS = (",", ";", "\t", "|")
"""What may part columns: commas, semicolons (where commas part decimals), tabs, bars."""

NAMED = 12
"""Columns that a message names."""


@dataclass(frozen=True, slots=True)
class CsvReader:
    """Reads CSV and TSV with a header; claims by suffix alone."""

    name: str = "csv"
    suffixes: frozenset[str] = frozenset({".csv", ".tsv"})

    def claims(self, head: bytes, path: str) -> bool:  # noqa: ARG002
        """Return whether a page is a table by its name."""
        return path.lower().endswith(tuple(self.suffixes))

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the articles of a page's bytes, as `stream` gives them."""
        return list(self.stream(io.BytesIO(data), path, Settings(encoding)))

    def stream(self, file: BinaryIO, path: str, settings: Settings) -> Iterator[Article]:
        """Yield the article of each row; PageError where no column holds a text."""
        lines = text_lines(file, path, settings.encoding)
        complaints = Complaints(path, settings)
        records = _records(lines, path, settings.columns, complaints)
        found = False
        for article in articles_of_records(records, path, lines.sha256, complaints):
            found = True
            yield article
        complaints.close()
        if not found and not complaints.told and not complaints.counted:
            raise PageError(f"{path}: has no rows below its header; save the table again")


reader = CsvReader()


def _records(
    lines: TextLines, path: str, given: Mapping[str, str], complaints: Complaints
) -> Iterator[Record]:
    # Python's limit holds for the whole process; fields are bounded by TextLines in any case
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST))
    rows = _rows(lines, path, complaints)
    _, _, header = next(rows, (-1, "", []))
    if not header:
        raise PageError(f"{path}: has no header; save the table with the names of its columns")
    columns = _columns(header, path, given)
    for number, place, cells in rows:
        if len(cells) > len(header) and any(cells[len(header) :]):
            complaints.tell(
                place,
                f"has {len(cells)} cells, and the header {len(header)}; put what has the mark that "
                "parts cells in quotation marks",
            )
        elif any(map(is_escaped, cells)):
            complaints.tell(place, "isn't UTF-8; name the encoding (--encoding windows-1252)")
        else:
            there = ((role, at) for role, at in columns.items() if at < len(cells))
            yield Record(number, place, {role: cells[at] for role, at in there})


def _columns(header: Sequence[str], path: str, given: Mapping[str, str]) -> dict[Role, int]:
    """Return the place of each role's column; PageError where one that is needed isn't there."""
    names = columns_among(header, given)
    there = ", ".join(header[:NAMED]) + (", …" if len(header) > NAMED else "")
    for role, name in given.items():
        if role not in names:
            raise PageError(f"{path}: there is no column {name!r}; there are {there}")
    if "text" not in names:
        raise PageError(
            f"{path}: no column is known to hold the articles' text; there are {there}; say which "
            "does (--columns text=NAME)"
        )
    return {role: list(header).index(name) for role, name in names.items()}


def _rows(
    lines: TextLines, path: str, complaints: Complaints
) -> Iterator[tuple[int, str, list[str]]]:
    """Yield each row that isn't blank: its number, where it begins, its cells.

    The header comes first, as number -1.
    """
    try:
        first = next((line for line in lines if line.strip()), "")
    except TooLongError:
        raise PageError(f"{path}: its first line is too long for a header; is it CSV?") from None
    delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))
    rows = csv.reader(_Again(first, lines), delimiter=delimiter)
    line, number = lines.number, -1
    while True:
        lines.held = 0
        place = f"line {line}"
        try:
            cells = [cell.strip() for cell in next(rows)]
        except StopIteration:
            return
        except TooLongError:
            complaints.tell(place, "goes on for too long; look for a lone quotation mark")
        except csv.Error as error:
            complaints.tell(place, f"is no row of a table ({error}); save the table again")
        else:
            if not any(cells):
                lines.refuse_blank()
                number -= 1
            else:
                yield number, place, cells
        line, number = lines.number + 1, number + 1


class _Again:
    """A line, and then the rest; goes on after an error, which a generator doesn't."""

    def __init__(self, first: str, lines: TextLines) -> None:
        self.first = first
        self.lines = lines

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.first:
            first, self.first = self.first, ""
            return first
        return next(self.lines)
