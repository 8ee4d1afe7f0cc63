"""Whether a project file is whole: SQLite's own checks, and every span against its text."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from whipcount.actors.directory import parse_directory
from whipcount.bodies.file import parse_body
from whipcount.coding.issue import parse_issue
from whipcount.errors import WhipcountError
from whipcount.model import Span
from whipcount.project.converting import span, spans
from whipcount.project.rows import live_rows
from whipcount.project.store import Project, said

BELONGS = (
    ("actors", "article", "articles"),
    ("codebooks", "article", "articles"),
    ("statements", "article", "articles"),
    ("codings", "statement", "statements"),
    ("codings", "actor", "actors"),
    ("reviews", "statement", "statements"),
    ("reviews", "actor", "actors"),
)
"""What must have a live row that it belongs to: a table, its column, and the other's key."""


def check(project: Project) -> tuple[str, ...]:
    """Return what is wrong with a project, a sentence each; empty where it is whole."""
    try:
        damaged = [row[0] for row in project.connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        return (f"the file is damaged: {error}",)
    if damaged != ["ok"]:
        return tuple(f"the file is damaged: {line}" for line in damaged)
    with said(project.path):
        return (
            *_links(project),
            *_files(project),
            *_texts(project),
            *_spans(project),
            *_words(project),
        )


def _links(project: Project) -> Iterator[str]:
    for table, row, parent, _ in project.connection.execute("PRAGMA foreign_key_check"):
        yield f"{table}, row {row}: names a row of {parent} that isn't there"
    for table, column, parent in BELONGS:
        for key, other in project.connection.execute(
            f"SELECT t.key, t.{column} FROM {table} t WHERE t.until IS NULL AND NOT EXISTS "
            f"(SELECT 1 FROM {parent} p WHERE p.key = t.{column} AND p.until IS NULL)"
        ):
            yield f"{table} {key}: its {column} {other} isn't there"


def _files(project: Project) -> Iterator[str]:
    """Yield the kept files that aren't what they were, or can't be read as what they are."""
    kinds = {"issue": parse_issue, "body": parse_body, "actors": parse_directory}
    for kind, row in live_rows(project, "files"):
        if hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
            yield f"the {kind} file: isn't the one that was kept"
        try:
            kinds[kind](row["content"], row["path"])
        except WhipcountError as error:
            yield f"the {kind} file: {error}"


def _texts(project: Project) -> Iterator[str]:
    for key, row in live_rows(project, "articles"):
        if key != row["text_sha256"][:16]:
            yield f"article {key}: its id isn't that of its text"
    for sha256, text in project.connection.execute("SELECT sha256, text FROM texts"):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield f"text {sha256[:16]}: isn't the one that was read"


def _spans(project: Project) -> Iterator[str]:
    """Yield the spans that aren't in their text, and the quotes that aren't their words."""
    for article, row in live_rows(project, "articles"):
        found = project.connection.execute(
            "SELECT text FROM texts WHERE sha256 = ?", (row["text_sha256"],)
        ).fetchone()
        if found is None:
            yield f"article {article}: its text is missing"
            continue
        text = found[0]
        for table, columns in (
            ("statements", ("source", "cue", "content")),
            ("codings", ("condition", "reason")),
            ("reviews", ("condition", "reason")),
        ):
            for key, one in live_rows(project, table, "article = ?", (article,)):
                for column in columns:
                    if not all(_inside(each, text) for each in _of(one[column])):
                        yield f"{table} {key}: its {column} lies outside the text"
                if table == "statements":
                    yield from _quoted(key, one, text)


def _quoted(key: str, row: dict[str, Any], text: str) -> Iterator[str]:
    words = " ".join(text[one.start : one.end] for one in spans(row["content"]))
    if words.split() != row["quote"].split():
        yield f"statement {key}: its quote isn't what stands at its content"


def _of(data: str | None) -> tuple[Span, ...]:
    if data is None:
        return ()
    found = json.loads(data)
    if found and isinstance(found[0], int):
        one = span(data)
        return () if one is None else (one,)
    return spans(data)


def _inside(one: Span, text: str) -> bool:
    return 0 <= one.start < one.end <= len(text)


def _words(project: Project) -> Iterator[str]:
    """Yield where the search has other rows than the tables."""
    for index, table, condition in (
        ("statement_words", "statements", "until IS NULL AND deleted = 0"),
        ("article_words", "articles", "until IS NULL"),
    ):
        (wanted,) = project.connection.execute(
            f"SELECT COUNT(*) FROM {table} WHERE {condition}"
        ).fetchone()
        (found,) = project.connection.execute(f"SELECT COUNT(*) FROM {index}_docsize").fetchone()
        if wanted != found:
            yield f"the search has {found} {table} of {wanted}"
