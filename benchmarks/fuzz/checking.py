"""What must hold of any bytes: articles whose spans are within their text, or a page's error."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading import Settings
from whipcount.reading.page_articles import articles_of

SECONDS = 10
"""Of processor time that a page of some kB may take, while it is watched."""

MEMORY = 1_500_000_000
"""Bytes that a page may take beyond what the program has when it begins."""


class TooSlowError(BaseException):
    """A page took more than `SECONDS`; no `except Exception` takes it."""


def check(data: bytes, name: str) -> None:
    """Read a page; raise AssertionError, or what a reader raises, where something doesn't hold."""
    errors: list[PageError] = []
    for article in articles_of(io.BytesIO(data), name, Settings(on_error=errors.append)):
        _check_article(article)
    for error in errors:
        assert str(error).startswith(name), f"the message {str(error)[:200]!r} names no page"


def _check_article(article: Article) -> None:
    text = article.text
    text.encode("utf-8")
    for spans in ([article.headline] if article.headline else [], article.teaser, article.body):
        assert all(0 <= start < end <= len(text) for start, end in spans), "a span is no span"
        assert list(spans) == sorted(spans), "spans are out of order"
    assert article.body, "an article has no body"
    assert "\n" not in article.title + article.byline + article.outlet, "a line has two lines"


def bounded(run: Callable[[], Any]) -> None:
    """Run something in bounded processor time; raises TooSlowError where it takes more."""

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        run()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def limit_memory() -> None:
    """Bound the memory of this process, so that what takes more raises MemoryError."""
    import resource  # noqa: PLC0415

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    taken = pages * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
