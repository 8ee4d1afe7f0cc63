"""What a `.dna` file holds, as immutable types: all of it, of use to whipcount or not.

Offsets are code points, end exclusive; in the file they are Java's, UTF-16 units. Ids are the
file's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["boolean", "integer", "short text", "long text"]

Color = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who codes. `settings` are its other columns: password, permissions, appearance."""

    id: int
    name: str
    color: Color
    password: str = field(repr=False)
    settings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its fields; `date` is in seconds since 1970 (UTC)."""

    id: int
    title: str
    text: str = field(repr=False)
    coder: int | None
    author: str
    source: str
    section: str
    notes: str
    type: str
    date: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A value of a short text variable, with its attributes by name."""

    id: int
    value: str
    color: Color = (0, 0, 0)
    child_of: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a statement type, the names of its attributes, and its entities."""

    id: int
    name: str
    kind: Kind
    attributes: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementType:
    """A kind of statement, with its variables."""

    id: int
    label: str
    color: Color
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of a document, with its values by variable id: numbers, or text.

    `placed` is false where the offsets don't lie within the document's text; they are the file's
    own then.
    """

    id: int
    type: int
    document: int
    start: int
    stop: int
    coder: int | None
    values: tuple[tuple[int, int | str], ...]
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Database:
    """A `.dna` file. `regexes` are words to highlight, `links` pairs of linked variables' ids.

    `relations` are what coders may do with each other's work: two coders' ids and four permissions.
    `settings` has the version.
    """

    coders: tuple[Coder, ...]
    documents: tuple[Document, ...]
    types: tuple[StatementType, ...]
    statements: tuple[Statement, ...]
    regexes: tuple[tuple[str, Color], ...] = ()
    relations: tuple[tuple[int, ...], ...] = ()
    links: tuple[tuple[int, int], ...] = ()
    settings: tuple[tuple[str, str], ...] = (("version", "3.0.7"), ("date", "2022-06-10"))
