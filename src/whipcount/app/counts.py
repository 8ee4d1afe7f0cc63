"""Things that take long to make, kept until something changes; the one before is at hand meanwhile.

Counting 100,000 statements takes seconds, and a page must not wait for that: `wanted` gives what
was asked for as it is where it can be had in a moment, else the one before, and says which.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future, TimeoutError
from dataclasses import dataclass
from typing import Generic, TypeVar

from whipcount.errors import WhipcountError

Made = TypeVar("Made")

MOST = 64
"""Things that are kept; a slider through time asks for one a day."""

PATIENCE = 0.2
"""Seconds that a page waits for one that isn't made yet; less than half of what a request may
take. Where the last ones took longer it doesn't wait at all."""


@dataclass(frozen=True, slots=True)
class Kept(Generic[Made]):
    """Something that was made, the change that it was made at, and whether that is the newest."""

    made: Made
    change: int
    fresh: bool


class Counts(Generic[Made]):
    """What is made of a project at a change, by what was asked.

    `begin` begins to make what is asked, and gives its future; `clock` gives seconds.
    """

    def __init__(
        self, begin: Callable[[str], Future[Made]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._begin = begin
        self._clock = clock
        self._took = 0.0
        self._kept: OrderedDict[str, tuple[int, Made]] = OrderedDict()
        self._coming: dict[tuple[str, int], Future[Made]] = {}
        self._lock = threading.RLock()  # cancelling calls back at once

    def wanted(self, asked: str, change: int, patience: float | None = None) -> Kept[Made] | None:
        """Return what was asked for as of a change, or an older one; None where there is none yet.

        It is waited for as long as `patience` says, in seconds; without, for `PATIENCE`, if it can
        be expected by then. Raises what making it raised.
        """
        with self._lock:
            before = self._kept.get(asked)
            if before is not None:
                self._kept.move_to_end(asked)
                if before[0] == change:
                    return Kept(before[1], change, True)
            coming = self._coming.get((asked, change)) or self._started(asked, change)
            if patience is None:
                patience = PATIENCE if self._took < PATIENCE else 0
        try:
            return Kept(coming.result(patience), change, True)
        except (TimeoutError, CancelledError, BrokenExecutor):  # who asks again has it begun again
            return None if before is None else Kept(before[1], before[0], False)

    def _started(self, asked: str, change: int) -> Future[Made]:
        for (other, _), earlier in list(self._coming.items()):
            if other == asked:
                earlier.cancel()  # nobody wants it any more, if it wasn't begun
        began = self._clock()
        coming = self._begin(asked)
        self._coming[asked, change] = coming
        coming.add_done_callback(lambda done: self._done(asked, change, done, began))
        return coming

    def _done(self, asked: str, change: int, done: Future[Made], began: float) -> None:
        with self._lock:
            self._coming.pop((asked, change), None)
            if done.cancelled() or self._failed(asked, done.exception()):
                return
            self._took = self._clock() - began
            before = self._kept.get(asked)
            if before is None or before[0] <= change:
                self._kept[asked] = (change, done.result())
                self._kept.move_to_end(asked)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    @staticmethod
    def _failed(asked: str, error: BaseException | None) -> bool:
        """Return whether making something failed; what no page will say is told in the terminal."""
        if error is not None and not isinstance(error, WhipcountError | BrokenExecutor):
            logging.getLogger(__name__).error("making %r failed", asked, exc_info=error)
        return error is not None
