"""A project as tables: what exports write, and other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from whipcount.errors import CountError
from whipcount.model import Attributed, WhipCount
from whipcount.project.codings import coded
from whipcount.project.counted import count, overridden
from whipcount.project.entering import entered_positions
from whipcount.project.files import issue_of
from whipcount.project.journal import history, last_change
from whipcount.project.rows import live_rows
from whipcount.project.store import Project
from whipcount.rendering import csv_rows, documents
from whipcount.rendering.documents import Document

REVIEW = (
    *("coding", "coder", "verdict", "adjudicates", "statement", "option", "stance", "strength"),
    *("reported", "actor", "date", "note"),
)
OVERRIDE = ("member", "option", "stand", "day", "reason", "coder", "evidence_alone")
CHANGE = ("change", "who", "at", "what", "about", "note", "undoes", "undone_by")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a project: its name, its columns, and its rows as documents."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Document, ...]


def tables_of(project: Project, *, with_text: bool = False) -> tuple[Table, ...]:
    """Return a project as tables: board, positions, statements, articles and what people did.

    The board is as of the project's newest day; without any it is empty.
    """
    found = tuple(coded(project))
    entered = entered_positions(project)
    counted = count_of(project)
    positions = (
        *csv_rows.position_rows(found),
        *({"path": None} | documents.position(one) for one in entered),
    )
    return (
        Table("board", *_board(counted)),
        Table("positions", csv_rows.POSITION, positions),
        Table(
            "statements",
            csv_rows.STATEMENT,
            tuple(
                csv_rows.statement_rows(Attributed(one.article, one.statements) for one in found)
            ),
        ),
        Table(
            "articles",
            csv_rows.ARTICLE,
            tuple(csv_rows.article_rows((one.article for one in found), with_text=with_text)),
        ),
        Table("reviews", REVIEW, tuple(_reviews(project))),
        Table("overrides", OVERRIDE, tuple(_overrides(project, counted))),
        Table("changes", CHANGE, tuple(_changes(project))),
    )


def document_of(project: Project, *, with_text: bool = False) -> Document:
    """Return a whole project as one document."""
    issue = issue_of(project)
    counted = count_of(project)
    return {
        "schema": documents.SCHEMA,
        "issue": documents.issue(issue),
        "as_of": None if counted is None else counted.as_of.isoformat(),
        "articles": [
            {
                "article": documents.article(one.article, with_text=with_text),
                "statements": [documents.statement(each) for each in one.statements],
                "positions": [documents.position(each) for each in one.positions],
            }
            for one in coded(project)
        ],
        "entered": [documents.position(one) for one in entered_positions(project)],
        "overrides": list(_overrides(project, counted)),
        "reviews": list(_reviews(project)),
        "changes": list(_changes(project)),
    }


def count_of(project: Project) -> WhipCount | None:
    """Return a project's count as of its newest day, None where nothing in it has a date."""
    try:
        return count(project)
    except CountError:
        return None


def _board(counted: WhipCount | None) -> tuple[tuple[str, ...], tuple[Document, ...]]:
    """Return members in rows and options in columns, with the verdicts on top."""
    if counted is None:
        return ("member",), ()
    options = tuple(option.id for option in counted.issue.options)
    outcomes = {verdict.option: verdict.outcome for verdict in counted.verdicts}
    rows: list[Document] = [{"member": f"verdict as of {counted.as_of}"} | outcomes]
    cells = {(cell.member, cell.option): cell for cell in counted.cells}
    for member in counted.members:
        stands = {
            option: cells[member, option].stand + (" !" if cells[member, option].contested else "")
            for option in options
        }
        rows.append({"member": member} | stands)
    return ("member", *options), tuple(rows)


def _reviews(project: Project) -> Iterator[Document]:
    for _, row in live_rows(project, "reviews"):
        yield {
            name: bool(row[name]) if name in ("adjudicates", "reported") else row[name] or None
            for name in REVIEW
        }


def _overrides(project: Project, counted: WhipCount | None) -> Iterator[Document]:
    alone = {}
    if counted is not None:
        for one in overridden(project, counted.as_of):
            alone[one.override.member, one.override.option] = one.evidence_alone.stand
    for _, row in live_rows(project, "overrides"):
        yield {**row, "evidence_alone": alone.get((row["member"], row["option"]))}


def _changes(project: Project) -> Iterator[Document]:
    for one in reversed(history(project, limit=last_change(project) + 1)):
        values: Sequence[Any] = (
            *(one.number, one.who, one.at, one.what, one.about or None, one.note or None),
            *(one.undoes, one.undone_by),
        )
        yield dict(zip(CHANGE, values, strict=True))
