"""Coded statements as columns: what networks are built from, wherever the statements come from.

One row a statement in the sense of Discourse Network Analyzer (DNA): somebody coded a stretch of a
document with the values of some variables. A project's positions, a `.dna` file and a folder of
Parquet become the same table, and nothing after it knows which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import NetworkError

Kind = Literal["boolean", "integer", "short text", "long text"]
"""The types of variables, in DNA's words."""

Codes = NDArray[np.int32]
Times = NDArray[np.datetime64]
Value = TypeVar("Value", str, int)

FIELDS = ("id", "title", "author", "source", "section", "type")
"""The fields of a document, in DNA's words; `id` is the document's id as text."""

DOCUMENT = "document."
"""What to write before a document's field where a statement has a variable of the same name."""

UNDATED = np.datetime64("NaT", "s")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The values of one variable, a number for each statement.

    `values` are the distinct values, sorted as DNA sorts them (text by UTF-16 code units, numbers
    by size); `codes[s]` is the index into them of statement `s`, -1 where it has no value, which an
    empty text is too. A boolean's values are 0 and 1.
    """

    name: str
    kind: Kind
    values: tuple[str, ...] | tuple[int, ...]
    codes: Codes

    @property
    def labels(self) -> tuple[str, ...]:
        """The values as text."""
        return tuple(map(str, self.values))

    @property
    def is_number(self) -> bool:
        """Whether values are numbers with a distance between them."""
        return self.kind in ("boolean", "integer")


@dataclass(frozen=True, slots=True)
class Entity:
    """What is known of one value of a text variable: a colour such as `#ff9900`, attributes."""

    variable: str
    value: str
    color: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class CodedStatements:
    """Coded statements, in the order of time, document, place in the document, and id.

    `ids` are the statements' numbers, `times` their dates with time (`datetime64[s]`, NaT where
    undated, which come first), `starts` and `stops` where their words stand in the document, in the
    source's own units, -1 where unknown. `variables` are the statements' variables, `fields` those
    of their documents. `first` and `last` are the dates of the oldest and the newest document, NaT
    where none has any. `texts` are the statements' words where the source was asked for them.
    """

    ids: NDArray[np.int64]
    times: Times
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    coders: Column
    variables: tuple[Column, ...]
    fields: tuple[Column, ...]
    first: np.datetime64
    last: np.datetime64
    entities: tuple[Entity, ...] = ()
    texts: tuple[str, ...] = field(default=(), repr=False)
    source: str = ""

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Column:
        """Return a statement's variable, or a document's field.

        A variable goes before a field of the same name; `document.author` is always the field.
        Raises NetworkError where there is neither.
        """
        if not name.startswith(DOCUMENT):
            for column in self.variables:
                if column.name == name:
                    return column
        for column in self.fields:
            if column.name == name.removeprefix(DOCUMENT):
                return column
        where = f"{self.source}: " if self.source else ""
        raise NetworkError(
            f"{where}no variable is called {name!r}; statements have "
            f"{', '.join(column.name for column in self.variables) or 'none'}, documents "
            f"{', '.join(column.name for column in self.fields)}"
        )

    def is_field(self, name: str) -> bool:
        """Return whether a name means a document's field."""
        return name.startswith(DOCUMENT) or all(one.name != name for one in self.variables)


def text_column(name: str, values: Iterable[str], kind: Kind = "short text") -> Column:
    """Return a column of text; an empty text is no value."""
    return coded_text(name, kind, *_numbered(values))


def number_column(name: str, values: Iterable[int | None], kind: Kind = "integer") -> Column:
    """Return a column of numbers, or of booleans as 0 and 1; None is no value."""
    return Column(name, kind, *_sorted(*_numbered(values), int))


def coded_text(name: str, kind: Kind, labels: Sequence[str], codes: NDArray[np.integer]) -> Column:
    """Return a column from codes into labels of any order; an empty label and -1 are no value."""
    return Column(name, kind, *_sorted(labels, codes, _utf16))


def in_order(
    ids: NDArray[np.int64],
    times: Times,
    documents: NDArray[np.integer],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
) -> NDArray[np.intp]:
    """Return the order that statements have in DNA: time, document, start, stop, id."""
    seconds = times.astype(np.int64)  # NaT is the smallest number, so that the undated come first
    return np.lexsort((ids, stops, starts, documents, seconds))


def _numbered(values: Iterable[Value | None]) -> tuple[list[Value], Codes]:
    """Return the distinct values in the order in which they come, and which each is."""
    places: dict[Value, int] = {}
    found = (-1 if value is None else places.setdefault(value, len(places)) for value in values)
    codes = np.fromiter(found, dtype=np.int32)
    return list(places), codes


def _sorted(
    labels: Sequence[Value], codes: NDArray[np.integer], key: Callable[[Value], Any]
) -> tuple[tuple[Value, ...], Codes]:
    """Return the labels that are used, sorted and each once, and the codes into them."""
    used = np.unique(codes)
    distinct = {labels[at] for at in used[used >= 0].tolist() if labels[at] != ""}
    kept = sorted(distinct, key=key)
    places: dict[Value, int] = {label: at for at, label in enumerate(kept)}
    lookup = np.array([*(places.get(label, -1) for label in labels), -1], dtype=np.int32)
    return tuple(kept), lookup[codes]


def _utf16(text: str) -> bytes:
    """Return what Java compares texts by: their UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")
