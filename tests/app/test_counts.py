"""Counts that are kept, and given as they were while newer ones are made."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor

import pytest

from whipcount.app import counts as kept_counts
from whipcount.app.counts import MOST


def Counts(make: Callable[[str], object]) -> kept_counts.Counts:  # noqa: N802
    """Counts that are made in a thread, one at a time."""
    pool = ThreadPoolExecutor(1)
    return kept_counts.Counts(lambda asked: pool.submit(make, asked))


def test_what_was_made_is_made_once_a_change():
    made = []
    counts = Counts(lambda asked: made.append(asked) or len(made))
    assert counts.wanted("day", 1).made == 1
    assert counts.wanted("day", 1).made == 1
    assert counts.wanted("day", 2).made == 2
    assert counts.wanted("other", 2).made == 3


def test_the_one_before_is_given_while_the_next_is_made():
    may_go = threading.Event()
    may_go.set()
    counts = Counts(lambda _: may_go.wait(10))
    assert counts.wanted("day", 1).fresh
    may_go.clear()
    kept = counts.wanted("day", 2, 0.01)
    assert (kept.change, kept.fresh) == (1, False)
    may_go.set()
    kept = counts.wanted("day", 2, 10)
    assert (kept.change, kept.fresh) == (2, True)


def test_there_is_none_before_the_first_is_made():
    may_go = threading.Event()
    counts = Counts(lambda _: may_go.wait(10))
    assert counts.wanted("day", 1, 0.01) is None
    may_go.set()
    assert counts.wanted("day", 1, 10).fresh


def test_what_goes_wrong_is_said_each_time(caplog):
    def make(_: str) -> int:
        raise ValueError("no day")

    counts = Counts(make)
    for _ in range(2):
        with pytest.raises(ValueError, match="no day"):
            counts.wanted("day", 1)
    assert "making 'day' failed" in caplog.text


def test_old_ones_are_forgotten():
    made = []
    counts = Counts(lambda asked: made.append(asked) or asked)
    for number in range(MOST + 1):
        counts.wanted(str(number), 1)
    counts.wanted("0", 1)
    assert made.count("0") == 2


def test_what_nobody_wants_any_more_is_not_made():
    may_go = threading.Event()
    made = []
    counts = Counts(lambda asked: may_go.wait(10) and made.append(asked))
    for change in range(1, 20):
        counts.wanted("day", change, 0)
    may_go.set()
    counts.wanted("day", 19, 10)
    assert len(made) == 2, "the first, which had begun, and the last"


def test_where_the_last_one_took_long_the_next_is_not_waited_for():
    now = [0.0]
    may_go = threading.Event()
    may_go.set()

    def make(asked: str) -> str:
        now[0] += 1.0  # a second passes
        may_go.wait(10)
        return asked

    pool = ThreadPoolExecutor(1)
    counts = kept_counts.Counts(lambda asked: pool.submit(make, asked), clock=lambda: now[0])
    assert counts.wanted("day", 1, 10).fresh
    may_go.clear()
    held = counts.wanted("day", 2)
    assert (held.change, held.fresh) == (1, False)
    may_go.set()
    assert counts.wanted("day", 2, 10).fresh, "who says how long waits so long"


def test_where_what_makes_them_died_the_one_before_is_given():
    lives = [True]

    def begin(asked: str) -> Future[str]:
        done: Future[str] = Future()
        if lives[0]:
            done.set_result(asked)
        else:
            done.set_exception(BrokenExecutor())
        return done

    counts = kept_counts.Counts(begin)
    assert counts.wanted("day", 1).fresh
    lives[0] = False
    assert not counts.wanted("day", 2).fresh
    assert counts.wanted("other", 2) is None
    lives[0] = True
    assert counts.wanted("day", 2).fresh
