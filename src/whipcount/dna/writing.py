"""Everything that a `.dna` file holds -> the file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from whipcount.dna.database import Database, Statement
from whipcount.dna.reading import DATA
from whipcount.dna.schema import TABLES
from whipcount.errors import DnaError
from whipcount.model import Span
from whipcount.offsets import Units


def write_database(database: Database, path: str | os.PathLike[str]) -> None:
    """Write a `.dna` file that Discourse Network Analyzer 3 and rDNA 3 open.

    It is written beside its place and moved there when it is whole; a file that is there is
    replaced. Raises DnaError where it can't be written, or the database breaks DNA's own rules (a
    title of more than 190 characters, a statement without words).
    """
    place = Path(path).resolve()
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        beside.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(beside)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            with connection:
                for table in TABLES:
                    connection.execute(table)
                for statement, rows in _inserts(database):
                    connection.executemany(statement, rows)
        beside.replace(place)
    except sqlite3.IntegrityError as error:
        raise DnaError(f"{path}: can't be written: {error}") from None
    except (OSError, sqlite3.Error) as error:
        raise DnaError(
            f"{path}: can't be written ({error}); check the folder and its permissions"
        ) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _inserts(database: Database) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    """Yield an SQL statement and its rows for each table, those referred to first."""
    yield "INSERT INTO SETTINGS VALUES (?, ?)", database.settings
    for coder in database.coders:
        names = ["ID", "Name", "Red", "Green", "Blue", "Password"]
        names += [name for name, _ in coder.settings]
        values = (coder.id, coder.name, *coder.color, coder.password)
        marks = ", ".join("?" * len(names))
        yield (
            f"INSERT INTO CODERS ({', '.join(names)}) VALUES ({marks})",
            [(*values, *(value for _, value in coder.settings))],
        )
    yield _insert("CODERRELATIONS", 7), _numbered(database.relations)
    yield (
        _insert("DOCUMENTS", 10),
        (
            (
                *(one.id, one.title, one.text, one.coder, one.author, one.source, one.section),
                *(one.notes, one.type, one.date),
            )
            for one in database.documents
        ),
    )
    yield "INSERT INTO REGEXES VALUES (?, ?, ?, ?)", ((one, *rgb) for one, rgb in database.regexes)
    yield from _types(database)
    yield _insert("VARIABLELINKS", 3), _numbered(database.links)
    yield from _statements(database)


def _types(database: Database) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    yield _insert("STATEMENTTYPES", 5), ((one.id, one.label, *one.color) for one in database.types)
    variables = [(type_, variable) for type_ in database.types for variable in type_.variables]
    yield (
        _insert("VARIABLES", 4),
        ((one.id, one.name, one.kind, type_.id) for type_, one in variables),
    )
    names = [(one.id, name) for _, one in variables for name in one.attributes]
    ids = {pair: number for number, pair in enumerate(names, 1)}
    yield _insert("ATTRIBUTEVARIABLES", 3), _numbered(names)
    entities = [(one.id, entity) for _, one in variables for entity in one.entities]
    # Parents go first, for a child refers to its parent.
    yield (
        _insert("ENTITIES", 7),
        ((one.id, variable, one.value, *one.color, None) for variable, one in entities),
    )
    yield (
        "UPDATE ENTITIES SET ChildOf = ? WHERE ID = ?",
        ((one.child_of, one.id) for _, one in entities if one.child_of is not None),
    )
    yield (
        _insert("ATTRIBUTEVALUES", 4),
        _numbered(
            (one.id, ids[variable, name], value)
            for variable, one in entities
            for name, value in one.attributes
        ),
    )


def _statements(database: Database) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    units = {document.id: Units(document.text) for document in database.documents}
    yield (
        _insert("STATEMENTS", 6),
        (
            (one.id, one.type, one.document, *_offsets(one, units), one.coder)
            for one in database.statements
        ),
    )
    variables = {one.id: one for type_ in database.types for one in type_.variables}
    entities = {
        (variable.id, entity.value): entity.id
        for variable in variables.values()
        for entity in variable.entities
    }
    values = [
        (statement.id, variable, value)
        for statement in database.statements
        for variable, value in statement.values
    ]
    for kind, (table, _) in DATA.items():
        yield _insert(table, 4), _numbered(one for one in values if variables[one[1]].kind == kind)
    yield (
        _insert("DATASHORTTEXT", 4),
        _numbered(
            (statement, variable, entities[variable, str(value)])
            for statement, variable, value in values
            if variables[variable].kind == "short text"
        ),
    )


def _offsets(statement: Statement, units: dict[int, Units]) -> tuple[int, int]:
    if not statement.placed:
        return statement.start, statement.stop
    return units[statement.document].of(Span(statement.start, statement.stop))


def _insert(table: str, width: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"


def _numbered(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield rows with a number from 1 in front."""
    for number, row in enumerate(rows, 1):
        yield (number, *row)
