"""Where results go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import click

ENDINGS = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".html": "html", ".htm": "html"}
"""The format that a file's ending asks for, where `--format` doesn't say."""


def format_for(form: str | None, out: Path | str | None, piped: str, forms: Iterable[str]) -> str:
    """Return the format asked for, else the file's ending's, else that of where output goes.

    `out` is a file's path; an address in an object store is for Parquet alone, and refused.
    """
    if isinstance(out, str):
        raise click.UsageError(f"{out} is in an object store; write there with --format parquet")
    if form is not None:
        return form
    if out is not None:
        ending = ENDINGS.get(out.suffix.lower(), "")
        return ending if ending in forms else piped
    return "table" if sys.stdout.isatty() else piped


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What only writing fails with: a full disk, no more of it for this user, a file too large."""


@contextlib.contextmanager
def opened(out: Path | str | None) -> Iterator[TextIO]:
    """Open where results go, in UTF-8.

    A file is written beside its place and moved there at the end; after an error it is as it was.
    What is no regular file (a pipe, a device) is written to directly.
    """
    if out is None or str(out) == "-":
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        yield sys.stdout
        sys.stdout.flush()
        return
    out = Path(out)
    if out.exists() and not out.is_file():
        with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        return
    with (
        _beside(out) as beside,
        beside.open("x", encoding="utf-8", errors="backslashreplace", newline="\n") as stream,
    ):
        yield stream


def write_bytes(out: Path, content: bytes) -> None:
    """Write a file, whole or not at all; to what is no regular file directly."""
    if out.exists() and not out.is_file():
        out.write_bytes(content)
        return
    with _beside(out) as beside:
        beside.write_bytes(content)


@contextlib.contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """Yield a path beside a file, to be moved to its place at the end; removed after an error."""
    place = out.resolve()
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(place)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise click.ClickException(
                f"{out}: can't be written: {error.strerror}; make room, then try again"
            ) from error
        if error.filename is None or Path(error.filename) not in (beside, place):
            raise
        raise click.ClickException(
            f"{out}: can't be written: {error.strerror}; check the folder and its permissions"
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def write_json(stream: TextIO, document: dict[str, Any]) -> None:
    """Write a document on lines that a person can read."""
    json.dump(document, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def write_line(stream: TextIO, document: dict[str, Any]) -> None:
    """Write a document on one line, at once, so that a reader of the stream can go on."""
    stream.write(json.dumps(document, ensure_ascii=False) + "\n")
    stream.flush()
