"""Workers that need no models, to show the plumbing."""

from __future__ import annotations

import os
import time

from whipcount import reading
from whipcount.errors import PageError
from whipcount.model import Article, Attributed, Span, Statement
from whipcount.scale.work import Item, Result, Settings


class StandIn:
    """Makes one statement of each article: its first twenty characters."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, item: Item) -> Result:
        problems: list[str] = []

        def report(error: PageError) -> None:
            problems.append(str(error))

        articles = [item] if isinstance(item, Article) else reading.read(item, on_error=report)
        return Result(tuple(map(_attributed, articles)), tuple(problems))


class Slow(StandIn):
    """The same, with a pause."""

    def __call__(self, item: Item) -> Result:
        time.sleep(0.01)
        return super().__call__(item)


class Mortal(StandIn):
    """Dies over pages whose name has "deadly" in it."""

    def __call__(self, item: Item) -> Result:
        if "deadly" in str(item):
            os._exit(9)
        return super().__call__(item)


def _attributed(article: Article) -> Attributed:
    span = Span(0, min(20, len(article.text)))
    statement = Statement(
        f"{article.id}.0", "indirect", (), (), (span,), "", article.text[: span.end]
    )
    return Attributed(article, (statement,))
