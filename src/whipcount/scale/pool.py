"""A pool of processes that work on items, results in the items' order."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import NoReturn, TypeAlias

from whipcount.errors import WhipcountError
from whipcount.model import Article
from whipcount.scale.pieces import Item, Page, Piece
from whipcount.scale.work import Result, Settings, Worker

IN_FLIGHT = 4
"""Items for each process that are handed out before the first result is taken. Two leave processes
idle where pages differ in length; more only hold more results."""

TRIES = 2
"""How often an item is worked on before it is given up, where the process dies over it."""

Working: TypeAlias = Callable[[Page | Article], Result]
Making: TypeAlias = Callable[[Settings], Working]


def in_order(
    items: Iterable[Item], settings: Settings, jobs: int = 1, making: Making = Worker
) -> Iterator[tuple[Item, Result]]:
    """Yield each item with its result, in the items' order, worked on by so many processes.

    With one job it is done in this process. Few items are taken ahead of the results, so memory
    doesn't grow with their number. An item over which a process dies (out of memory) is tried once
    more by itself, and then told as a problem; the rest goes on. `making` makes what works, once in
    each process.
    """
    if jobs < 2:
        work = making(settings)
        for item in items:
            yield item, _result(work, item)
        return
    with Pool(settings, jobs, making) as pool:
        yield from pool.in_order(items)


@dataclass(slots=True)
class _Task:
    item: Item
    future: Future[Result]


class Pool:
    """A pool of processes that keep their models, set up again where one of them has died."""

    def __init__(self, settings: Settings, jobs: int, making: Making = Worker) -> None:
        self.settings, self.jobs, self.making = settings, jobs, making
        self.executor = self._executor(jobs)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.executor.shutdown(wait=False, cancel_futures=True)

    def in_order(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result]]:
        """Yield each item with its result, as the function `in_order` does."""
        waiting: deque[_Task] = deque()
        for item in items:
            waiting.append(self._handed_out(item))
            if len(waiting) >= self.jobs * IN_FLIGHT:
                yield self._taken(waiting)
        while waiting:
            yield self._taken(waiting)

    def _handed_out(self, item: Item) -> _Task:
        """Return an item as a task of a process."""
        try:
            return _Task(item, self.executor.submit(_work, item))
        except BrokenProcessPool:
            self.executor = self._executor(self.jobs)
            return _Task(item, self.executor.submit(_work, item))

    def _taken(self, waiting: deque[_Task]) -> tuple[Item, Result]:
        """Return the first task's item and result; where its process died, try again."""
        task = waiting.popleft()
        try:
            return task.item, task.future.result()
        except BrokenProcessPool:
            result = self._alone(task.item)
            self.executor.shutdown(wait=False, cancel_futures=True)
            self.executor = self._executor(self.jobs)
            for other in waiting:
                if not _is_there(other.future):
                    other.future = self.executor.submit(_work, other.item)
            return task.item, result

    def _alone(self, item: Item) -> Result:
        """Return the result of an item in a process of its own."""
        for _ in range(TRIES - 1):
            executor = self._executor(1)
            try:
                return executor.submit(_work, item).result()
            except BrokenProcessPool:
                continue
            finally:
                executor.shutdown(wait=False, cancel_futures=True)
        path = item.path if isinstance(item, Article) else item
        path = path.page if isinstance(path, Piece) else path
        return Result(
            (),
            (
                f"{path}: the process that read it died twice, perhaps for want of memory; read "
                "it by itself, or split it",
            ),
        )

    def _executor(self, jobs: int) -> ProcessPoolExecutor:
        # a process that begins anew can't inherit a lock or a thread of this one
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_begin, initargs=(self.settings, self.making)
        )


def _is_there(future: Future[Result]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


_worker: Working | None = None
"""What works in this process; set once, when the process begins."""


def _begin(settings: Settings, making: Making) -> None:
    global _worker  # noqa: PLW0603
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _worker = making(settings)
    except WhipcountError as error:  # raised here it would only break the pool
        _worker = partial(_refuse, error)


def _refuse(error: WhipcountError, item: Page | Article) -> NoReturn:  # noqa: ARG001
    raise error


def _work(item: Item) -> Result:
    assert _worker is not None, "the process has begun"
    return _result(_worker, item)


def _result(work: Working, item: Item) -> Result:
    """Return what is made of an item; of a piece without an article only its problem is left."""
    if not isinstance(item, Piece):
        return work(item)
    if item.article is not None:
        return work(item.article)
    return Result((), (item.problem,) if item.problem else ())


def _end_with_parent() -> None:
    """End this process when the one that began it has ended, killed or not.

    It would wait for work for ever, and keep its models.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None, "this process was begun by another"
    multiprocessing.connection.wait([parent.sentinel])
    os._exit(1)
