"""The documents as CSV: one row an article, statement, position or cell.

Columns are the document's fields; an actor's become columns of their own (`actor.name`), lists and
spans are JSON in the cell. What is not known is empty. The header is there for no rows too.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from whipcount import model
from whipcount.rendering import documents
from whipcount.rendering.documents import Document

ACTOR = ("id", "name", "kind", "role", "affiliation", "country", "speaks_for")
ARTICLE = (
    *("id", "path", "part", "offset", "title", "outlet", "byline", "published", "url"),
    *("language", "page_sha256", "text_sha256", "text", "body", "headline", "teaser"),
    *("section", "word_count", "copy_of", "also_in"),
)
STATEMENT = (
    *("article", "path", "id", "kind", "source", "cue", "content", "speaker", "quote", "actors"),
    *("date", "confidence", "utterance"),
)
POSITION = (
    *("origin", "article", "path", "statement", "piece", *(f"actor.{name}" for name in ACTOR)),
    *("option", "stance", "strength", "reported", *(f"reported_by.{name}" for name in ACTOR)),
    *("implied_by", "condition", "reason", "date", "coder", "confidence", "for_review", "quote"),
    *("source", "content", "record", "kind", "utterance", "reports"),
)
JOINED = (
    *("name", "kind", "role", "affiliation", "speaks_for", "mentions", "statements", "words"),
    *("share", "articles", "names", "roles", "affiliations", "reasons", "doubts", "actors"),
)
CELL = (
    *("as_of", "member", *(f"actor.{name}" for name in ACTOR), "option", "stand", "confidence"),
    *("condition", "since", "contested", "evidence"),
)
"""Columns of a count: a member's cell has no actor, and a row of the others no member."""


def article_rows(articles: Iterable[model.Article], *, with_text: bool) -> Iterator[Document]:
    """Yield a row an article."""
    for one in articles:
        yield documents.article(one, with_text=with_text)


def statement_rows(found: Iterable[model.Attributed]) -> Iterator[Document]:
    """Yield a row a statement, with its article's id and path."""
    for one in found:
        home = {"article": one.article.id, "path": one.article.path}
        for statement in one.statements:
            yield home | documents.statement(statement)


def position_rows(found: Iterable[model.Coded]) -> Iterator[Document]:
    """Yield a row a position, with its article's path."""
    for one in found:
        for position in one.positions:
            yield {"path": one.article.path} | documents.position(position)


def cell_rows(count: model.WhipCount) -> Iterator[Document]:
    """Yield a row a member and option, then a row for each of the others."""
    day = {"as_of": count.as_of.isoformat()}
    for cell in count.cells:
        yield day | documents.cell(cell)
    for other in count.others:
        yield day | documents.other(other)


def write(stream: TextIO, columns: Iterable[str], rows: Iterable[Document]) -> None:
    """Write rows as CSV (RFC 4180, lines end in a single line feed) under a header."""
    columns = list(columns)
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(columns)
    for row in rows:
        values = flattened(row)
        table.writerow([_cell(values.get(column)) for column in columns])


def flattened(row: Document) -> Document:
    """Return a row in which an inner document's fields stand as `outer.inner`, at any depth."""
    flat: Document = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": what for inner, what in flattened(value).items()}
        else:
            flat[key] = value
    return flat


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
