"""The coded statements of a `.dna` file, as the table that networks are built from."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whipcount.dna.file import opened
from whipcount.errors import DnaError
from whipcount.networks.table import (
    FIELDS,
    UNDATED,
    CodedStatements,
    Column,
    Entity,
    Kind,
    coded_text,
    in_order,
    number_column,
    text_column,
)

STATEMENT_TYPE = "DNA Statement"
"""The statement type that Discourse Network Analyzer makes, and rDNA reads by default."""


def coded_statements(
    path: str | os.PathLike[str], statement_type: str = STATEMENT_TYPE, with_texts: bool = False
) -> CodedStatements:
    """Return the statements of one type of a `.dna` file.

    `starts` and `stops` are the file's own, in UTF-16 units. With `with_texts` the table also has
    the statements' words. Raises DnaError where the file can't be read or has no such type.
    """
    path = Path(path)
    with opened(path) as connection:
        type_id = _type_id(path, connection, statement_type)
        rows = np.array(
            connection.execute(
                "SELECT ID, DocumentId, Start, Stop, Coder FROM STATEMENTS "
                "WHERE StatementTypeId = ? ORDER BY ID",
                (type_id,),
            ).fetchall()
            or np.empty((0, 5)),
            dtype=np.int64,
        )
        ids, document_ids, starts, stops, coders = rows.T
        documents = _Documents(connection)
        times = documents.times[documents.places(document_ids)]
        order = in_order(ids, times, document_ids, starts, stops)
        ids, document_ids = ids[order], document_ids[order]
        places = documents.places(document_ids)
        variables, entities = _variables(connection, type_id, ids)
        first, last = UNDATED, UNDATED
        if len(documents.times):
            first, last = documents.times.min(), documents.times.max()
        return CodedStatements(
            ids=ids,
            times=times[order],
            starts=starts[order],
            stops=stops[order],
            coders=number_column("coder", coders[order].tolist()),
            variables=variables,
            fields=documents.columns(places),
            first=first,
            last=last,
            entities=entities,
            texts=_texts(connection, document_ids, starts[order], stops[order])
            if with_texts
            else (),
            source=str(path),
        )


def statement_types(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """Return the labels of a `.dna` file's statement types."""
    with opened(Path(path)) as connection:
        return _labels(connection)


class _Documents:
    """The documents' ids, dates and fields, without their text."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.rows = connection.execute(
            "SELECT ID, Title, Author, Source, Section, Type, Date FROM DOCUMENTS ORDER BY ID"
        ).fetchall()
        self.ids = np.array([row[0] for row in self.rows], dtype=np.int64)
        seconds = np.array([row[-1] for row in self.rows], dtype=np.int64)
        self.times = seconds.astype("datetime64[s]")

    def places(self, ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return where documents stand among the rows."""
        return np.searchsorted(self.ids, ids)

    def columns(self, places: NDArray[np.intp]) -> tuple[Column, ...]:
        """Return the documents' fields as columns of the statements at these documents."""
        return tuple(
            coded_text(name, "short text", [str(row[at] or "") for row in self.rows], places)
            for at, name in enumerate(FIELDS)
        )


def _type_id(path: Path, connection: sqlite3.Connection, label: str) -> int:
    row = connection.execute("SELECT ID FROM STATEMENTTYPES WHERE Label = ?", (label,)).fetchone()
    if row is None:
        raise DnaError(
            f"{path}: no statement type is called {label!r}; there are "
            f"{', '.join(map(repr, _labels(connection))) or 'none'}"
        )
    return int(row[0])


def _labels(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute("SELECT Label FROM STATEMENTTYPES ORDER BY ID")
    return tuple(str(label) for (label,) in rows)


def _variables(
    connection: sqlite3.Connection, type_id: int, ids: NDArray[np.int64]
) -> tuple[tuple[Column, ...], tuple[Entity, ...]]:
    """Return the columns of a statement type's variables, and what is known of their values."""
    columns: list[Column] = []
    entities: list[Entity] = []
    rows = connection.execute(
        "SELECT ID, Variable, DataType FROM VARIABLES WHERE StatementTypeId = ? ORDER BY ID",
        (type_id,),
    ).fetchall()
    for variable_id, name, kind in rows:
        if kind == "short text":
            labels, found = _entities(connection, variable_id, name)
            entities += found
            data = _data(connection, "DATASHORTTEXT", "Entity", variable_id)
            codes = np.array([labels[entity][0] for _, entity in data], dtype=np.int64)
            texts = [text for _, text in sorted(labels.values())]
            columns.append(coded_text(name, kind, texts, _aligned(ids, data, codes)))
        else:
            columns.append(_plain(connection, ids, variable_id, name, kind))
    return tuple(columns), tuple(entities)


def _plain(
    connection: sqlite3.Connection, ids: NDArray[np.int64], variable_id: int, name: str, kind: Kind
) -> Column:
    """Return the column of a variable whose values stand with the statements."""
    table = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER"}.get(kind, "DATALONGTEXT")
    values: dict[int, Any] = dict(_data(connection, table, "Value", variable_id))
    found = (values.get(statement) for statement in ids.tolist())
    if kind == "long text":
        return text_column(name, (value or "" for value in found), kind)
    return number_column(name, found, kind)


def _data(
    connection: sqlite3.Connection, table: str, value: str, variable_id: int
) -> list[tuple[int, Any]]:
    """Return a variable's values with the statements that have them, in the statements' order."""
    return connection.execute(
        f"SELECT StatementId, {value} FROM {table} WHERE VariableId = ? ORDER BY StatementId",
        (variable_id,),
    ).fetchall()


def _aligned(
    ids: NDArray[np.int64], data: list[tuple[int, Any]], codes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the codes in the order of the statements' ids, -1 for those without any."""
    if not data:
        return np.full(len(ids), -1, dtype=np.int64)
    statements = np.array([statement for statement, _ in data], dtype=np.int64)
    places = np.minimum(np.searchsorted(statements, ids), len(statements) - 1)
    return np.where(statements[places] == ids, codes[places], -1)


def _entities(
    connection: sqlite3.Connection, variable_id: int, name: str
) -> tuple[dict[int, tuple[int, str]], list[Entity]]:
    """Return a variable's entities: by id their number and value, and what is known of each."""
    attributes: dict[int, list[tuple[str, str]]] = {}
    for entity, attribute, value in connection.execute(
        "SELECT v.EntityId, a.AttributeVariable, v.AttributeValue FROM ATTRIBUTEVALUES v "
        "JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId "
        "WHERE a.VariableId = ? ORDER BY a.ID",
        (variable_id,),
    ):
        attributes.setdefault(entity, []).append((attribute, value))
    labels: dict[int, tuple[int, str]] = {}
    entities = []
    for entity, value, red, green, blue in connection.execute(
        "SELECT ID, Value, Red, Green, Blue FROM ENTITIES WHERE VariableId = ? ORDER BY ID",
        (variable_id,),
    ):
        labels[entity] = len(labels), value
        color = f"#{red or 0:02x}{green or 0:02x}{blue or 0:02x}"
        if value:
            entities.append(Entity(name, value, color, tuple(attributes.get(entity, ()))))
    return labels, entities


def _texts(
    connection: sqlite3.Connection,
    documents: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
) -> tuple[str, ...]:
    """Return the words between UTF-16 offsets; what lies outside of the text is cut off."""
    units = {
        number: str(text).encode("utf-16-le", "surrogatepass")
        for number, text in connection.execute("SELECT ID, Text FROM DOCUMENTS")
    }
    found = zip(documents.tolist(), starts.tolist(), stops.tolist(), strict=True)
    return tuple(
        units.get(document, b"")[2 * start : 2 * stop].decode("utf-16-le", "replace")
        for document, start, stop in found
    )
