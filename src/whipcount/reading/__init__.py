"""Reading: a page (a file as a user has it) gives its articles.

`read` streams the articles of files and folders, `read_page` gives those of one file, `read_bytes`
those of bytes at hand, `read_stream` those of a stream, `pages` the files that paths name. `Reader`
is what a format needs, `StreamingReader` one whose pages hold many, `Settings` what the latter is
told.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.beside import with_file_beside
from whipcount.reading.export_marks import read_marks, shipped_marks
from whipcount.reading.page_articles import articles_of
from whipcount.reading.pages import copied, opened, pages
from whipcount.reading.readers import Reader, StreamingReader
from whipcount.reading.record_columns import checked_columns
from whipcount.reading.settings import Settings, raise_error

__all__ = [
    "Reader",
    "Settings",
    "StreamingReader",
    "pages",
    "read",
    "read_bytes",
    "read_page",
    "read_stream",
]


def read(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    export_marks: str | os.PathLike[str] | None = None,
    on_error: Callable[[PageError], object] | None = None,
) -> Iterator[Article]:
    """Yield the articles of files and folders, page by page; only one page is held at a time.

    `paths` may be a single path; `-` is standard input. `encoding` is that of every page, where
    given. `columns` says which column of a table or key of a JSON object is an article's text,
    title and so on, as in `{"text": "Body"}`; `export_marks` is a TOML file with the marks of
    databases' exports; a `reading.toml` beside a page may have both (docs/reading.md). `on_error`
    is called with the PageError of each page, or part of one, that can't be read, and the rest goes
    on; without it the error is raised. An article that two pages hold comes twice. Raises
    WhipcountError where `columns` or `export_marks` are wrong.
    """
    settings = Settings(
        encoding,
        checked_columns(columns or {}),
        shipped_marks() if export_marks is None else read_marks(export_marks),
        raise_error if on_error is None else on_error,
    )
    return _read([paths] if isinstance(paths, str | os.PathLike) else paths, settings)


def read_page(path: str | os.PathLike[str], encoding: str | None = None) -> list[Article]:
    """Return the articles of one file, for `-` of standard input.

    `encoding` is found out where it is not given. Raises PageError where the page can't be read or
    holds no article.
    """
    return list(_of_page(Path(path), Settings(encoding)))


def read_bytes(data: bytes, path: str, encoding: str | None = None) -> list[Article]:
    """Return the articles of a page's bytes; `path` tells the format, and is what messages name.

    Raises PageError where the page can't be read or holds no article.
    """
    return list(articles_of(io.BytesIO(data), path, Settings(encoding)))


def read_stream(
    stream: BinaryIO,
    path: str,
    *,
    encoding: str | None = None,
    on_error: Callable[[PageError], object] | None = None,
) -> Iterator[Article]:
    """Yield the articles of a page that is read once from a stream, as from an object store.

    `path` tells the format, and is what messages name; `on_error` as in `read`.
    """
    settings = Settings(encoding, on_error=raise_error if on_error is None else on_error)
    try:
        with copied(stream, path, settings.on_error) as file:
            yield from articles_of(file, path, settings)
    except PageError as error:
        settings.on_error(error)


def _read(paths: Iterable[str | os.PathLike[str]], settings: Settings) -> Iterator[Article]:
    for path in paths:
        found = pages([path])
        while True:
            try:
                page = next(found, None)
            except PageError as error:
                settings.on_error(error)
                continue
            if page is None:
                break
            yield from _of_page(page, settings)


def _of_page(page: Path, settings: Settings) -> Iterator[Article]:
    try:
        with opened(page) as file:
            yield from articles_of(file, str(page), with_file_beside(settings, page))
    except PageError as error:
        settings.on_error(error)
