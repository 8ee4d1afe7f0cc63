"""A `.dna` file -> everything that is in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whipcount.dna.database import (
    Coder,
    Color,
    Database,
    Document,
    Entity,
    Statement,
    StatementType,
    Variable,
)
from whipcount.dna.file import opened
from whipcount.dna.schema import APPEARANCE, PERMISSIONS
from whipcount.offsets import Units

DATA = {
    "boolean": ("DATABOOLEAN", "Value"),
    "integer": ("DATAINTEGER", "Value"),
    "long text": ("DATALONGTEXT", "Value"),
}
"""Where values stand, and in which column; a short text's are entities."""


def read_database(path: str | os.PathLike[str]) -> Database:
    """Return all that a `.dna` file of Discourse Network Analyzer 3 holds.

    Offsets become code points. A statement whose offsets lie outside of its document's text, or
    split a character, keeps them and is not `placed`. Raises DnaError where the file is missing,
    encrypted, truncated, of version 2, or no database of DNA.
    """
    with opened(Path(path)) as connection:
        documents = tuple(_documents(connection))
        return Database(
            coders=tuple(_coders(connection)),
            documents=documents,
            types=tuple(_types(connection)),
            statements=tuple(_statements(connection, documents)),
            regexes=tuple(
                (label, _color(*rgb))
                for label, *rgb in _rows(connection, "REGEXES", "Label, Red, Green, Blue", "rowid")
            ),
            relations=tuple(
                tuple(row)
                for row in _rows(
                    connection,
                    "CODERRELATIONS",
                    "Coder, OtherCoder, viewStatements, editStatements, viewDocuments, "
                    "editDocuments",
                )
            ),
            links=tuple(
                (source, target)
                for source, target in _rows(
                    connection, "VARIABLELINKS", "SourceVariableId, TargetVariableId"
                )
            ),
            settings=tuple(
                (name, value)
                for name, value in _rows(connection, "SETTINGS", "Property, Value", "rowid")
            ),
        )


def _rows(
    connection: sqlite3.Connection, table: str, columns: str, order: str = "ID"
) -> Iterator[tuple[Any, ...]]:
    """Yield a table's rows; none where an older database lacks the table."""
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND upper(name) = ?", (table,)
    ).fetchone()
    if known:
        yield from connection.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")


def _coders(connection: sqlite3.Connection) -> Iterator[Coder]:
    there = {str(row[1]) for row in connection.execute("PRAGMA table_info(CODERS)")}
    names = [name for name in (*APPEARANCE, *PERMISSIONS) if name in there]
    columns = ", ".join(["ID", "Name", "Red", "Green", "Blue", "Password", *names])
    for id_, name, red, green, blue, password, *settings in _rows(connection, "CODERS", columns):
        pairs = tuple(zip(names, settings, strict=True))
        yield Coder(id_, name, _color(red, green, blue), password, pairs)


def _documents(connection: sqlite3.Connection) -> Iterator[Document]:
    columns = "ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date"
    for row in _rows(connection, "DOCUMENTS", columns):
        yield Document(*row)


def _types(connection: sqlite3.Connection) -> Iterator[StatementType]:
    variables = list(_rows(connection, "VARIABLES", "ID, Variable, DataType, StatementTypeId"))
    entities = _entities(connection)
    attributes: dict[int, list[str]] = {}
    for variable, name in _rows(connection, "ATTRIBUTEVARIABLES", "VariableId, AttributeVariable"):
        attributes.setdefault(variable, []).append(name)
    for id_, label, *rgb in _rows(connection, "STATEMENTTYPES", "ID, Label, Red, Green, Blue"):
        yield StatementType(
            id_,
            label,
            _color(*rgb),
            tuple(
                Variable(
                    variable,
                    name,
                    kind,
                    tuple(attributes.get(variable, ())),
                    tuple(entities.get(variable, ())),
                )
                for variable, name, kind, type_ in variables
                if type_ == id_
            ),
        )


def _entities(connection: sqlite3.Connection) -> dict[int, list[Entity]]:
    """Return the entities of each variable."""
    attributes: dict[int, list[tuple[str, str]]] = {}
    for entity, name, value in connection.execute(
        "SELECT v.EntityId, a.AttributeVariable, v.AttributeValue FROM ATTRIBUTEVALUES v "
        "JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId ORDER BY a.ID, v.ID"
    ):
        attributes.setdefault(entity, []).append((name, value))
    found: dict[int, list[Entity]] = {}
    columns = "ID, VariableId, Value, Red, Green, Blue, ChildOf"
    for id_, variable, value, red, green, blue, parent in _rows(connection, "ENTITIES", columns):
        color = _color(red, green, blue)
        entity = Entity(id_, value, color, parent, tuple(attributes.get(id_, ())))
        found.setdefault(variable, []).append(entity)
    return found


def _statements(
    connection: sqlite3.Connection, documents: tuple[Document, ...]
) -> Iterator[Statement]:
    values: dict[int, dict[int, int | str]] = {}
    for table, column in DATA.values():
        for statement, variable, value in connection.execute(
            f"SELECT StatementId, VariableId, {column} FROM {table}"
        ):
            values.setdefault(statement, {})[variable] = "" if value is None else value
    for statement, variable, value in connection.execute(
        "SELECT d.StatementId, d.VariableId, e.Value FROM DATASHORTTEXT d "
        "JOIN ENTITIES e ON e.ID = d.Entity"
    ):
        values.setdefault(statement, {})[variable] = value
    units = {document.id: Units(document.text) for document in documents}
    columns = "ID, StatementTypeId, DocumentId, Start, Stop, Coder"
    for id_, type_, document, start, stop, coder in _rows(connection, "STATEMENTS", columns):
        own = tuple(sorted(values.get(id_, {}).items()))
        try:
            span = units[document].span(start, stop)
        except (KeyError, ValueError):
            yield Statement(id_, type_, document, start, stop, coder, own, placed=False)
        else:
            yield Statement(id_, type_, document, span.start, span.end, coder, own)


def _color(red: int | None, green: int | None, blue: int | None) -> Color:
    return red or 0, green or 0, blue or 0
