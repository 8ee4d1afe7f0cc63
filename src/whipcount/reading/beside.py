"""`reading.toml`: what a folder's pages are like, in a file beside them that every command heeds.

It has the columns of tables (`[columns]`) and the marks of exports (`[export_marks.NAME]`).
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from whipcount.errors import WhipcountError
from whipcount.reading.export_marks import Marks, marks_of, shipped_marks
from whipcount.reading.record_columns import checked_columns
from whipcount.reading.settings import Settings
from whipcount.toml_files import read_table

NAME = "reading.toml"


def with_file_beside(settings: Settings, page: Path) -> Settings:
    """Return settings completed by the file in a page's folder; what is set already stays.

    Raises WhipcountError where the file is malformed, with the line.
    """
    file = page.parent / NAME
    try:
        changed = file.stat().st_mtime_ns
    except OSError:
        return settings
    columns, marks = _read(file, changed)
    return replace(
        settings,
        columns=settings.columns or dict(columns),
        marks=marks if settings.marks is shipped_marks() else settings.marks,
    )


def digest_of_files(pages: Iterable[Path]) -> str:
    """Return a hash of the files beside pages and of where they lie; of none it is always the same.

    Raises WhipcountError where one is malformed or can't be read.
    """
    told = hashlib.sha256()
    for folder in sorted({page.parent for page in pages}):
        file = folder / NAME
        try:
            changed = file.stat().st_mtime_ns
        except OSError:
            continue
        _read(file, changed)
        told.update(f"{folder}\0".encode("utf-8", "surrogatepass") + file.read_bytes() + b"\0")
    return told.hexdigest()


@functools.lru_cache(maxsize=64)
def _read(
    file: Path,
    changed: int,  # noqa: ARG001
) -> tuple[tuple[tuple[str, str], ...], tuple[Marks, ...]]:
    table = read_table(file, WhipcountError, "file on how to read")
    table.only(("columns", "export_marks"))
    columns = table.table("columns")
    said = {} if columns is None else {name: columns.text(name) for name in columns.values}
    try:
        checked = checked_columns(said)
    except WhipcountError as error:
        raise WhipcountError(f"{file}: {error}") from None
    marks = table.table("export_marks")
    return tuple(checked.items()), shipped_marks() if marks is None else marks_of(marks)
