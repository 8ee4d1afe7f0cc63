"""Documents as Parquet: one row an article, statement, position or cell, fields as in the JSON.

An actor is a struct; spans are lists of [start, end]. `docs/scale.md` has the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from whipcount.errors import WhipcountError
from whipcount.model import Attributed, Coded
from whipcount.rendering import documents
from whipcount.scale.places import Place

if TYPE_CHECKING:
    import pyarrow

Table: TypeAlias = Literal["articles", "statements", "positions", "cells"]
Row: TypeAlias = Mapping[str, Any]

ROWS_AT_ONCE = 4096
"""Rows that are held before they are written, those within a cell among them; some 4 MB."""


def arrow() -> ModuleType:
    """Return pyarrow; an error that says how to get it where it isn't installed."""
    try:
        import pyarrow  # noqa: PLC0415
        import pyarrow.dataset  # noqa: PLC0415
        import pyarrow.fs  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise WhipcountError(
            "Parquet needs pyarrow: pip install 'whipcount[parquet]', or take another --format"
        ) from None
    return pyarrow  # type: ignore[no-any-return]


def schema(table: Table) -> pyarrow.Schema:
    """Return the columns of a table."""
    pa = arrow()
    words, whole, number, truth = pa.string(), pa.int32(), pa.float64(), pa.bool_()
    span = pa.list_(whole)
    spans = pa.list_(span)
    actor = pa.struct(
        [
            (name, words)
            for name in ("id", "name", "kind", "role", "affiliation", "country", "speaks_for")
        ]
    )
    report = pa.struct(
        [(name, words) for name in ("article", "statement", "date", "stance", "quote")]
    )
    printing = pa.struct([(name, words) for name in ("path", "outlet", "published", "url")])
    position = [
        *((name, words) for name in ("origin", "article", "statement")),
        ("piece", whole),
        ("actor", actor),
        *((name, words) for name in ("option", "stance", "strength")),
        ("reported", truth),
        ("reported_by", actor),
        ("implied_by", words),
        *((name, span) for name in ("condition", "reason")),
        *((name, words) for name in ("date", "coder")),
        ("confidence", number),
        ("for_review", truth),
        ("quote", words),
        *((name, spans) for name in ("source", "content")),
        *((name, words) for name in ("record", "kind", "utterance")),
        ("reports", pa.list_(report)),
    ]
    columns: dict[Table, list[tuple[str, Any]]] = {
        "articles": [
            *((name, words) for name in ("id", "path")),
            *((name, whole) for name in ("part", "offset")),
            *((name, words) for name in ("title", "outlet", "byline", "published", "url")),
            *((name, words) for name in ("language", "page_sha256", "text_sha256", "text")),
            ("body", spans),
            ("headline", span),
            ("teaser", spans),
            ("section", words),
            ("word_count", whole),
            ("copy_of", words),
            ("also_in", pa.list_(printing)),
        ],
        "statements": [
            *((name, words) for name in ("article", "id", "kind")),
            *((name, spans) for name in ("source", "cue", "content")),
            *((name, words) for name in ("speaker", "quote")),
            ("actors", pa.list_(actor)),
            ("date", words),
            ("confidence", number),
            ("utterance", words),
        ],
        "positions": position,
        "cells": [
            *((name, words) for name in ("as_of", "member")),
            ("actor", actor),
            *((name, words) for name in ("option", "stand")),
            ("confidence", number),
            *((name, words) for name in ("condition", "since")),
            ("contested", truth),
            ("evidence", pa.list_(pa.struct(position))),
        ],
    }
    return pa.schema(columns[table])


def rows_of(one: Attributed | Coded, *, with_text: bool) -> Iterator[tuple[Table, Row]]:
    """Yield the rows of an article: its own, its statements', and where coded its positions'."""
    yield "articles", {"text": None, **documents.article(one.article, with_text=with_text)}
    for statement in one.statements:
        yield "statements", {"article": one.article.id, **documents.statement(statement)}
    if isinstance(one, Coded):
        for position in one.positions:
            yield "positions", documents.position(position)


class Writer:
    """Writes one table to a file beside its place, which `finish` puts there, whole."""

    def __init__(self, place: Place, name: str, table: Table) -> None:
        pa = arrow()
        self.place, self.name, self.schema = place, name, schema(table)
        self.beside = place.scratch(name)
        self.writer = pa.parquet.ParquetWriter(self.beside, self.schema, compression="zstd")
        self.held: list[Row] = []
        self.rows = self.weight = 0

    def add(self, row: Row) -> None:
        """Write a row, with others when there are enough."""
        self.held.append(row)
        self.rows += 1
        evidence = row.get("evidence") or ()
        self.weight += 1 + sum(1 + len(each["reports"]) for each in evidence)
        if self.weight >= ROWS_AT_ONCE:
            self._flush()

    def finish(self) -> None:
        """Put the file in its place; on the disk before it gets its name."""
        self._flush()
        self.writer.close()
        self.place.put(self.beside, self.name)

    def drop(self) -> None:
        """Throw away what was written."""
        self.writer.close()
        self.beside.unlink(missing_ok=True)

    def _flush(self) -> None:
        if self.held:
            self.writer.write_table(arrow().Table.from_pylist(self.held, self.schema))
            self.held, self.weight = [], 0


def write_rows(place: Place, name: str, table: Table, rows: Iterable[Row]) -> int:
    """Write a table to a file, whole or not at all, and return the number of its rows."""
    writer = Writer(place, name, table)
    try:
        for row in rows:
            writer.add(row)
        writer.finish()
    except BaseException:
        writer.drop()
        raise
    return writer.rows


def read_rows(
    folder: Path, table: Table, columns: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table of a folder, some thousand of them in memory at once.

    Raises WhipcountError where the folder has no such table, or a file of it can't be read.
    """
    pa = arrow()
    place = folder / table
    files = sorted(place.glob("*.parquet"))
    if not files:
        raise WhipcountError(
            f"{place}: there is no Parquet file; name a folder with {table}/ in it"
        )
    for file in files:
        try:
            parquet = pa.parquet.ParquetFile(file)
            for batch in parquet.iter_batches(ROWS_AT_ONCE, columns=columns):
                yield from batch.to_pylist()
        except (pa.ArrowInvalid, OSError) as error:
            reason = str(error).splitlines()[0]
            raise WhipcountError(f"{file}: can't be read as Parquet ({reason})") from None
