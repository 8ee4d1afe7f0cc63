"""Whether a file can be a project, before SQLite opens it and where SQLite can't."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from whipcount.errors import ProjectError

SMALLEST = 512
"""Bytes of a SQLite file at least."""

MAGIC = b"SQLite format 3\0"


def look_for(path: str) -> None:
    """Raise ProjectError where there is no file, or one too small for SQLite.

    A file that may be in use isn't opened but by SQLite: closing it would end all locks that this
    process has on it (sqlite.org/howtocorrupt.html, 2.2), and with them what keeps another process
    from removing the write-ahead log.
    """
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        raise ProjectError(
            f"{path}: there is no such project; make one with whipcount init {path} --issue "
            "ISSUE.toml"
        ) from None
    except OSError as error:
        raise ProjectError(f"{path}: can't be read: {error.strerror or error}") from None
    if stat.S_ISDIR(found.st_mode):
        raise ProjectError(f"{path}: is a folder, no project file")
    if found.st_size == 0:
        raise ProjectError(f"{path}: is empty, no project file; remove it, and make one anew")
    if found.st_size < SMALLEST:
        _look_at(path)


@contextlib.contextmanager
def looked_at_where_wrong(path: str) -> Iterator[None]:
    """Say what is wrong with a file that SQLite can't read as one of its own."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            _look_at(path)
        raise


def _look_at(path: str) -> None:
    """Raise ProjectError where a file can't be a whole project, from its first 100 bytes."""
    place = Path(path)
    try:
        with place.open("rb") as file:
            head = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise ProjectError(f"{path}: can't be read: {error.strerror or error}") from None
    if not MAGIC.startswith(head[:16]) or (len(head) < 16 and size >= 16):
        raise ProjectError(f"{path}: is no project file; pages are added with whipcount add")
    page = int.from_bytes(head[16:18], "big") if len(head) == 100 else 0
    page = 65536 if page == 1 else page
    # the header's size holds where its two counters agree (SQLite's file format, 1.3.7)
    whole = int.from_bytes(head[28:32], "big") * page if head[24:28] == head[92:96] else 0
    # while a log is written back, the header says the new size before the file has it
    growing = place.with_name(f"{place.name}-wal").exists()
    if not page or (size < whole and not growing):
        raise ProjectError(
            f"{path}: is cut short: it has {size:,} bytes of {max(whole, 512):,}; copy it again "
            "from where it is whole"
        )
