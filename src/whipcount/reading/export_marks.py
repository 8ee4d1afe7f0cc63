"""How databases of news mark the documents of their exports, as a TOML file that users may change.

The vendors change their marks, and have them in other languages; what they are is in
`export_marks.toml`, and what a user's file says goes before it.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from whipcount.errors import WhipcountError
from whipcount.toml_files import Table, parse_table, read_table

Vendor = Literal["lexisnexis", "nexis-uni", "factiva"]
"""Whose rules tell title, outlet and day in what stands above a document's text."""

Role = Literal["title", "byline", "section", "words", "published", "outlet", "teaser", "text"]
"""What a labelled line of a document says; `text` is the document's own."""

KIND = "file of export marks"
PATTERNS = ("document_begins", "document_ends", "body_begins", "body_ends", "announced")
ROLES: tuple[str, ...] = (*get_args(Role), "other")


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one kind of export; None where it has no such mark.

    `told_by` are searched in a file's bytes: it is such an export where all are found.
    `document_begins` and `document_ends` are whole lines; in the first, `number` and `count` are a
    document's number and how many there are, in `announced`, a line above the documents, `count`.
    `labels` are the words before a colon by what the line says, in Factiva's case the codes.
    """

    name: str
    like: Vendor
    told_by: tuple[re.Pattern[bytes], ...]
    document_begins: re.Pattern[str] | None
    document_ends: re.Pattern[str] | None
    body_begins: re.Pattern[str] | None
    body_ends: re.Pattern[str] | None
    announced: re.Pattern[str] | None
    labels: Mapping[str, tuple[str, ...]]

    def label(self, role: Role | Literal["other"]) -> tuple[str, ...]:
        """Return the labels of a role, none where there is none."""
        return self.labels.get(role, ())


@functools.cache
def shipped_marks() -> tuple[Marks, ...]:
    """Return the marks of LexisNexis, Nexis Uni and Factiva."""
    content = files("whipcount.reading").joinpath("export_marks.toml").read_bytes()
    table = parse_table(content, "export_marks.toml", WhipcountError, KIND)
    return tuple(_marks(table, name, None) for name in table.values)


def read_marks(path: str | os.PathLike[str]) -> tuple[Marks, ...]:
    """Return the marks of a user's TOML file before the shipped ones that it doesn't change.

    A table of a shipped name replaces the keys that it has; another needs `like`, whose keys it
    replaces. Raises WhipcountError where the file is missing or malformed, with the line.
    """
    return marks_of(read_table(Path(path), WhipcountError, KIND))


def marks_of(table: Table) -> tuple[Marks, ...]:
    """Return the marks of a table of such tables, as `read_marks` does."""
    shipped = {marks.name: marks for marks in shipped_marks()}
    found = {name: _marks(table, name, shipped) for name in table.values}
    return (*found.values(), *(marks for name, marks in shipped.items() if name not in found))


def _marks(table: Table, name: str, known: Mapping[str, Marks] | None) -> Marks:
    """Return the marks that a table gives, its keys in place of those of the marks it is like."""
    inner = table.table(name)
    assert inner is not None, "the name is one of the table's keys"
    inner.only(("like", "told_by", *PATTERNS, "labels"))
    base = None
    if known is None:
        like = next(vendor for vendor in get_args(Vendor) if vendor == name)
    else:
        default = name if name in known else ""
        like = inner.choice("like", get_args(Vendor), default)
        base = known[like]
    labels = dict(base.labels) if base is not None else {}
    labels_table = inner.table("labels")
    if labels_table is not None:
        labels_table.only(ROLES)
        labels |= {role: labels_table.texts(role) for role in labels_table.values}
    changed: dict[str, Any] = {key: _pattern(inner, key) for key in PATTERNS if key in inner.values}
    told_by = tuple(
        _compiled(inner, words, "told_by", index)[1]
        for index, words in enumerate(inner.texts("told_by"))
    )
    if base is None:
        base = Marks(name, like, (), None, None, None, None, None, {})
    return replace(base, name=name, told_by=told_by or base.told_by, labels=labels, **changed)


def _pattern(table: Table, key: str) -> re.Pattern[str]:
    return _compiled(table, table.text(key), key)[0]


def _compiled(
    table: Table, words: str, *keys: str | int
) -> tuple[re.Pattern[str], re.Pattern[bytes]]:
    try:
        return re.compile(words), re.compile(words.encode("utf-8"))
    except re.error as error:
        raise table.problem(f"is no regular expression: {error}", *keys) from None
