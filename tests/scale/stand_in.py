"""Workers that need no models, to show the plumbing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from whipcount import reading
from whipcount.errors import PageError
from whipcount.model import Article, Attributed, Span, Statement
from whipcount.scale import stores
from whipcount.scale.pieces import Page
from whipcount.scale.work import Result, Settings


class StandIn:
    """Makes one statement of each article: its first twenty characters."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, item: Page | Article) -> Result:
        problems: list[str] = []

        def report(error: PageError) -> None:
            problems.append(str(error))

        return Result(tuple(map(_attributed, _articles(item, report))), tuple(problems))


class Slow(StandIn):
    """The same, with a pause."""

    def __call__(self, item: Page | Article) -> Result:
        time.sleep(0.01)
        return super().__call__(item)


class Telling(StandIn):
    """Takes its time, and notes which process began this one, in `actors/` beside the pages."""

    def __call__(self, item: Page | Article) -> Result:
        time.sleep(0.1)
        noted = Path(str(item)).parent / "actors" / str(os.getppid())
        noted.parent.mkdir(exist_ok=True)
        noted.touch()
        return super().__call__(item)


class Mortal(StandIn):
    """Dies over pages whose name has "deadly" in it."""

    def __call__(self, item: Page | Article) -> Result:
        if "deadly" in str(item):
            os._exit(9)
        return super().__call__(item)


def _articles(item: Page | Article, report: Callable[[PageError], object]) -> Iterable[Article]:
    if isinstance(item, Article):
        return [item]
    if isinstance(item, str):
        return stores.read(item, on_error=report)
    return reading.read(item, on_error=report)


def _attributed(article: Article) -> Attributed:
    span = Span(0, min(20, len(article.text)))
    statement = Statement(
        f"{article.id}.0", "indirect", (), (), (span,), "", article.text[: span.end]
    )
    return Attributed(article, (statement,))
