"""A CSV file of votes, row by row: its encoding, what parts its columns, and the lines of rows.

Votes of a whole Congress have a million rows, so a file is gone through and never held at once,
unless it isn't UTF-8.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from whipcount.errors import PageError, VotesError
from whipcount.reading.decoding import LOOKED_AT, MAGIC, MARKS, decode

DELIMITERS = (",", ";", "\t")
"""What may part columns: commas, semicolons (spreadsheets where commas part decimals), tabs."""


class Row(NamedTuple):
    """A row's cells, spaces at their ends cut, and the line in the file where it begins, from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class CsvFile:
    """A file with its header; `rows` can be gone through once."""

    path: str
    line: int
    header: tuple[str, ...]
    rows: Iterator[Row]


def open_csv(path: Path) -> CsvFile:
    """Return a CSV file.

    Raises VotesError where there is none, or nothing in it; and later from `rows`, where a row has
    more cells than the header.
    """
    lines = _lines(path)
    skipped = 0
    for first in lines:
        if first.strip():
            break
        skipped += 1
    else:
        raise VotesError(f"{path}: is empty; save the roll call as CSV, with a header")
    delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark))))
    records = _records(path, first, lines, delimiter, skipped)
    header = next(records)
    return CsvFile(str(path), header.line, tuple(header.cells), _checked(path, header, records))


def _records(
    path: Path, first: str, lines: Iterator[str], delimiter: str, skipped: int
) -> Iterator[Row]:
    """Yield the records that are not blank, the header first."""

    def all_lines() -> Iterator[str]:
        yield first
        yield from lines

    reader = csv.reader(all_lines(), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if any(row):
                yield Row(skipped + before + 1, row)
            before = reader.line_num
    except csv.Error as error:
        raise VotesError(
            f"{path}, line {skipped + reader.line_num}: is no CSV ({error}); save the file again"
        ) from None


def _checked(path: Path, header: Row, records: Iterator[Row]) -> Iterator[Row]:
    """Yield rows with as many cells as the header, those left out at the end being empty."""
    width = len(header.cells)
    for row in records:
        if len(row.cells) > width:
            if any(row.cells[width:]):
                raise VotesError(
                    f"{path}, line {row.line}: has {len(row.cells)} cells, and the header "
                    f"{width}; what has a comma in it belongs in quotation marks"
                )
            del row.cells[width:]
        elif len(row.cells) < width:
            row.cells.extend([""] * (width - len(row.cells)))
        yield row


def _lines(path: Path) -> Iterator[str]:
    """Yield a file's lines as text, without a byte-order mark."""
    try:
        if _is_utf8(path):
            with path.open(encoding="utf-8-sig", newline="") as stream:
                yield from stream
        else:
            text = decode(path.read_bytes(), str(path))
            yield from io.StringIO(text.removeprefix("\ufeff"), newline="")
    except PageError as error:
        reason = str(error).removeprefix(f"{path}: ").partition(";")[0]
        raise VotesError(f"{path}: {reason}; save it as CSV in UTF-8") from None
    except FileNotFoundError:
        raise VotesError(f"{path}: there is no such file of votes; check the path") from None
    except IsADirectoryError:
        raise VotesError(f"{path}: is a folder; name the file of votes in it") from None
    except OSError as error:
        raise VotesError(f"{path}: can't be read: {error.strerror or error}") from None


def _is_utf8(path: Path) -> bool:
    """Return whether a file is UTF-8 throughout; VotesError where it is no text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        head = stream.read(LOOKED_AT)
        for magic, what in MAGIC:
            if head.startswith(magic):
                raise VotesError(f"{path}: is no text but {what}; save it as CSV")
        if any(head.startswith(mark) for mark, name in MARKS if name != "utf-8"):
            return False
        if b"\0" in head:
            raise VotesError(f"{path}: is no text: it has a NUL byte; save it as CSV in UTF-8")
        try:
            decoder.decode(head)
            while chunk := stream.read(2**20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def place_of(header: Sequence[str], name: str) -> int | None:
    """Return which column has a name, case, hyphens and underscores ignored; None where none has.

    Where several have it, it is the first.
    """
    wanted = plain(name)
    return next((index for index, one in enumerate(header) if plain(one) == wanted), None)


def plain(name: str) -> str:
    """Return a column's name as it is compared."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
