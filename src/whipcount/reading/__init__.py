"""Reading: a page (a file as a user has it) gives its articles.

`read` streams the articles of files and folders, `read_page` gives those of one file, `read_bytes`
those of bytes at hand, `pages` the files that paths name. `Reader` is what a format needs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.pages import page_bytes, pages, refuse_large
from whipcount.reading.readers import HEAD, Reader, reader_of

__all__ = ["Reader", "pages", "read", "read_bytes", "read_page"]


def read(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    encoding: str | None = None,
    on_error: Callable[[PageError], object] | None = None,
) -> Iterator[Article]:
    """Yield the articles of files and folders, page by page; only one page is held at a time.

    `paths` may be a single path; `-` is standard input. `encoding` is that of every page, where
    given. `on_error` is called with the PageError of each page that can't be read, and the rest
    goes on; without it the error is raised. An article that two pages hold comes twice.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    for path in paths:
        found = pages([path])
        while True:
            try:
                page = next(found, None)
                articles = [] if page is None else read_page(page, encoding)
            except PageError as error:
                if on_error is None:
                    raise
                on_error(error)
                continue
            if page is None:
                break
            yield from articles


def read_page(path: str | os.PathLike[str], encoding: str | None = None) -> list[Article]:
    """Return the articles of one file, for `-` of standard input.

    `encoding` is found out where it is not given. Raises PageError where the page can't be read or
    holds no article.
    """
    return read_bytes(page_bytes(Path(path)), os.fspath(path), encoding)


def read_bytes(data: bytes, path: str, encoding: str | None = None) -> list[Article]:
    """Return the articles of a page's bytes; `path` tells the format, and is what messages name.

    Raises PageError where the page can't be read or holds no article.
    """
    refuse_large(len(data), path)
    if not data.strip():
        raise PageError(f"{path}: is empty; save the page again")
    return reader_of(data[:HEAD], path).read(data, path, encoding)
