"""What takes long to make of a project: counts, timelines, the queue's ranks, agreement.

Of a large project it is made in a process of its own, so that no request waits for it; positions
are kept there until something changes. What comes back is what pages show: no articles' texts, and
of each cell's evidence the first.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from dataclasses import dataclass, field, replace
from typing import TypeVar

from whipcount import project
from whipcount.model import Article, Position, Timeline, WhipCount
from whipcount.project import Project

Made = TypeVar("Made")

SMALL = 500
"""Statements up to which a project is counted beside the requests, in a thread, without the second
that a process takes to start. With 1,000 in a thread a key press took four times as long."""

MOST_EVIDENCE = 25
"""Positions of a cell that its page shows; 100,000 statements give a cell a thousand."""


FEW = 2_000
"""Statements that are read anew one by one; of more than that, at 0.5 ms each, all are, which takes
as long for 10,000."""

READ_ANEW = ("files", "articles", "actors", "statements", "codings", "same_actors", "actor_roles")
"""Tables that positions are made of, but for reviews; where one changed, all is read anew."""


@dataclass(slots=True)
class _Read:
    """What was read of a project at a change: positions by statement, and articles.

    `utterances` tells of which statements the utterances were found that the positions have.
    """

    path: str = ""
    change: int = -1
    utterances: str = ""
    said: dict[str, list[Position]] = field(default_factory=dict)
    articles: tuple[Article, ...] = ()


_read = _Read()


class Worker:
    """Where things are made of a project; where its process died another takes its place."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._executor = _executor(path)
        self._lock = threading.Lock()

    def submit(self, make: Callable[..., Made], *asked: str) -> Future[Made]:
        """Begin to make something of the project, and return its future."""
        with self._lock:
            try:
                return self._executor.submit(make, self._path, *asked)
            except BrokenExecutor:
                self._executor = _executor(self._path)
                return self._executor.submit(make, self._path, *asked)

    def close(self) -> None:
        """Make nothing any more."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _executor(path: str) -> Executor:
    """Return a process, or for a small project a thread."""
    with project.open_project(path, writing=False) as debate:
        (number,) = debate.connection.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM statements LIMIT ?)", (SMALL + 1,)
        ).fetchone()
    if number <= SMALL:
        return ThreadPoolExecutor(1, thread_name_prefix="made")
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_polite)


def count(path: str, day: str) -> WhipCount:
    """Return the count as of a day, of the newest day where it is empty, as pages show it."""
    with project.open_project(path, writing=False) as debate:
        found, articles = read(debate)
        made = project.count(debate, day or None, found=found, articles=articles)
    return replace(
        made,
        articles=(),
        cells=tuple(replace(one, evidence=one.evidence[:MOST_EVIDENCE]) for one in made.cells),
        others=tuple(replace(one, evidence=one.evidence[:MOST_EVIDENCE]) for one in made.others),
    )


def alone(path: str, day: str) -> tuple[project.Overridden, ...]:
    """Return the cells that are set by hand on a day, with what the evidence alone would say."""
    with project.open_project(path, writing=False) as debate:
        found, articles = read(debate)
        return project.overridden(debate, day, found=found, articles=articles)


def go_on(path: str, _: str) -> int:
    """Make all that is left of the large change that is under way; return the newest change."""
    with project.open_project(path) as debate:
        project.finish(debate)
        return project.last_change(debate)


def timeline(path: str, span: str) -> Timeline:
    """Return who moved from a day to a day, written `2031-03-01/2031-05-30`."""
    first, _, last = span.partition("/")
    with project.open_project(path, writing=False) as debate:
        found, articles = read(debate)
        made = project.changes(debate, first, last, found=found, articles=articles)
    return replace(made, articles=(), opening=())


def rank(path: str, _: str) -> int:
    """Rank the queue anew where something changed, and return the change that it was at."""
    with project.open_project(path) as debate:
        change = project.last_change(debate)
        if project.queue_is_stale(debate):
            project.find_utterances(debate)
            project.refresh_queue(debate, found=read(debate)[0])
        return change


def agreement(path: str, _: str) -> project.Agreement:
    """Return how far people agree."""
    with project.open_project(path, writing=False) as debate:
        return project.agreement(debate)


def read(debate: Project) -> tuple[tuple[Position, ...], tuple[Article, ...]]:
    """Return a project's positions and articles; after reviews only those statements' are read."""
    global _read  # noqa: PLW0603 - one a process, and one thread makes
    change, utterances = project.last_change(debate), project.utterances_found(debate)
    known = (_read.path, _read.utterances) == (debate.path, utterances)
    if not known or _changed(debate, READ_ANEW, _read.change):
        _read = _Read(debate.path, change, utterances, articles=project.articles_of(debate))
        _put(_read.said, project.positions(debate))
    elif _read.change != change:
        reviewed = [
            id_
            for (id_,) in debate.connection.execute(
                "SELECT statement FROM reviews WHERE since > ?1 UNION "
                "SELECT statement FROM reviews WHERE until > ?1",
                (_read.change,),
            )
        ]
        for id_ in reviewed:
            _read.said.pop(id_, None)
        if len(reviewed) > FEW:
            _read.said.clear()
        _put(_read.said, project.positions(debate, reviewed if len(reviewed) <= FEW else None))
        _read.change = change
    said = tuple(one for some in _read.said.values() for one in some)
    return said + project.entered_positions(debate), _read.articles


def _put(said: dict[str, list[Position]], positions: Iterable[Position]) -> None:
    for one in positions:
        if one.statement:
            said.setdefault(one.statement, []).append(one)


def _changed(debate: Project, tables: Iterable[str], change: int) -> bool:
    """Tell whether rows of some tables were added or ended since a change."""
    return any(
        debate.connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM {table} WHERE since > ?1) OR "
            f"EXISTS (SELECT 1 FROM {table} WHERE until > ?1)",
            (change,),
        ).fetchone()[0]
        for table in tables
    )


def _polite() -> None:
    """Let the process that answers requests go first."""
    if hasattr(os, "nice"):
        os.nice(5)
