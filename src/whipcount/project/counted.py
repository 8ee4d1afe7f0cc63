"""The whip count of a project: what the machine coded, people decided, and was entered by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from whipcount import counting, duplicates
from whipcount.counting.supposing import standing
from whipcount.dates import first_day, last_day
from whipcount.errors import CountError
from whipcount.model import Article, Cell, Position, Timeline, WhipCount
from whipcount.project.codings import coded, statement_positions
from whipcount.project.converting import article_of
from whipcount.project.entering import (
    Override,
    entered_positions,
    override_positions,
    overrides,
)
from whipcount.project.files import body_of, issue_of
from whipcount.project.looking import text_of
from whipcount.project.rows import live_rows
from whipcount.project.store import Project


@dataclass(frozen=True, slots=True)
class Overridden:
    """An override, the cell that it makes, and the one that the evidence alone would make."""

    override: Override
    cell: Cell
    evidence_alone: Cell


def positions(project: Project, statements: Sequence[str] | None = None) -> tuple[Position, ...]:
    """Return the positions that count, those for review among them, marked so.

    Of all statements and what was entered; with `statements` only those statements'. Which of them
    report one utterance is what `refresh_queue` found last.
    """
    found = tuple(statement_positions(project, statements))
    return found + entered_positions(project) if statements is None else found


def articles_of(project: Project) -> tuple[Article, ...]:
    """Return all articles with their texts, the oldest first."""
    rows = live_rows(project, "articles")
    rows.sort(key=lambda entry: (entry[1]["published"], entry[0]))
    return tuple(article_of(key, row, text_of(project, row["text_sha256"])) for key, row in rows)


def newest_day(project: Project) -> date:
    """Return the day of the newest article or recorded vote, without reading any text.

    Raises CountError where nothing has a date.
    """
    found = project.connection.execute(
        "SELECT published FROM articles WHERE until IS NULL AND published <> '' UNION "
        "SELECT date FROM entered WHERE until IS NULL AND date <> ''"
    ).fetchall()
    if not found:
        raise CountError("no article has a date; say which day to count as of: --as-of 2023-07-11")
    return max(last_day(iso) for (iso,) in found)


def count(
    project: Project,
    as_of: date | str | None = None,
    *,
    found: Sequence[Position] | None = None,
    articles: Sequence[Article] | None = None,
    what_if: Iterable[str] = (),
    beliefs: counting.Beliefs | None = None,
    overriding: bool = True,
) -> WhipCount:
    """Return the whip count of a project as of a day, by default its newest, with the chances.

    `found` are the positions, and `articles` those that the count names, where they are at hand;
    without, they are read. Overrides take the place of their cells' evidence, `overriding` False
    leaves them out. Raises what `counting.count` raises.
    """
    issue, body = issue_of(project), body_of(project)
    if found is None:
        found, whole = _whole(project)
        articles = whole if articles is None else articles
    day = first_day(as_of) if isinstance(as_of, str) else as_of or newest_day(project)
    supposed = counting.assume(what_if, issue, body, day)
    over = standing(override_positions(project) if overriding else (), supposed, body, day)
    counted = counting.count(
        found,
        issue,
        body,
        day,
        articles=articles_of(project) if articles is None else articles,
        what_if=(*supposed, *over),
    )
    return counting.forecast(replace(counted, assumed=supposed), beliefs)


def changes(
    project: Project,
    first: date | str | None = None,
    last: date | str | None = None,
    *,
    found: Sequence[Position] | None = None,
    articles: Sequence[Article] | None = None,
) -> Timeline:
    """Return the count of a project through time: who moved when and why.

    An override counts as an entered position of its day. Raises CountError where there is no day.
    """
    issue, body = issue_of(project), body_of(project)
    if found is None:
        found, whole = _whole(project)
        articles = whole if articles is None else articles
    articles = articles_of(project) if articles is None else articles
    dates = [one.published for one in articles if one.published]
    begin = first_day(first) if isinstance(first, str) else first or issue.starts
    if begin is None and not dates:
        raise CountError("no article has a date; say which days: --from 2023-01-01 --to 2023-07-11")
    end = first_day(last) if isinstance(last, str) else last or newest_day(project)
    return counting.through(
        (*found, *override_positions(project)),
        issue,
        body,
        begin or min(first_day(iso) for iso in dates),
        end,
        articles=articles,
    )


def _whole(project: Project) -> tuple[tuple[Position, ...], tuple[Article, ...]]:
    """Return all positions and articles, with what is known of copies and utterances."""
    marked = duplicates.with_utterances(coded(project))
    found = tuple(position for one in marked for position in one.positions)
    return found + entered_positions(project), tuple(one.article for one in marked)


def overridden(
    project: Project,
    as_of: date | str | None = None,
    *,
    found: Sequence[Position] | None = None,
    articles: Sequence[Article] | None = None,
) -> tuple[Overridden, ...]:
    """Return each override of a day with its cell, and what the evidence alone would say.

    `found` and `articles` are as in `count`.
    """
    if not overrides(project):
        return ()
    if found is None:
        found, whole = _whole(project)
        articles = whole if articles is None else articles
    after = count(project, as_of, found=found, articles=articles)
    before = count(project, as_of, found=found, articles=articles, overriding=False)
    cells = {(cell.member, cell.option): cell for cell in after.cells}
    alone = {(cell.member, cell.option): cell for cell in before.cells}
    return tuple(
        Overridden(one, cells[one.member, one.option], alone[one.member, one.option])
        for one in overrides(project)
        if (one.member, one.option) in cells and first_day(one.day) <= after.as_of
    )
