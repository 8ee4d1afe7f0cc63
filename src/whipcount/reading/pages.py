"""Which files are pages, and their bytes."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from whipcount.errors import PageError
from whipcount.reading.allowance import UnpackedTooMuchError
from whipcount.reading.readers import HEAD, StreamingReader, reader_of, suffixes
from whipcount.reading.settings import raise_error

LARGEST = 16_000_000
"""Bytes of the largest page that is read: 16 MB.

What is larger is an archive or a mistake: libxml2's tree takes some 20 times the page in memory (86
MB for 4.4 MB of paragraphs with a link), and trafilatura copies it several times."""

CHUNK = 65_536
"""Bytes that are copied at a time."""

SIDE_FOLDERS = (
    "_files", ".files", "_dateien", "-dateien", "_fichiers", "_archivos", "_file", "-bestanden",
    "_bestanden", "_ficheiros", "_arquivos", "_pliki", "_filer", "-filer", "_tiedostot",
)  # fmt: skip
"""How browsers in several languages end the name of the folder that they save beside a page."""

STANDARD_INPUT = Path("-")


def pages(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path]:
    """Yield the pages that paths name: files as they are, folders with all that is in them.

    A folder gives, in sorted order and recursively, the files whose suffix a reader claims; not
    hidden ones, no folders that a browser saved beside a page or behind symbolic links, and no
    files behind links that lead out of it.
    `-` is standard input. Raises PageError where a path is missing, or a folder holds no page.
    """
    for given in paths:
        path = Path(given)
        if path == STANDARD_INPUT:
            yield path
        elif path.is_dir():
            yield from _in_folder(path)
        elif path.exists():
            yield path
        elif path.is_symlink():
            raise PageError(f"{path}: is a link to a file that is not there; mend or remove it")
        else:
            raise PageError(f"{path}: there is no such file or folder; check the path")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a page's file, for `-` a copy of standard input; it can be sought in.

    Raises PageError where it can't be read, also later, while it is.
    """
    try:
        if path == STANDARD_INPUT:
            with copied(sys.stdin.buffer, str(path)) as copy:
                yield copy
        elif path.is_dir():
            raise PageError(f"{path}: is a folder; give one of its pages, or read it as a folder")
        else:
            with path.open("rb") as file:
                yield file
    except FileNotFoundError:
        raise PageError(f"{path}: there is no such file; check the path") from None
    except PermissionError:
        raise PageError(f"{path}: may not be read; change its permissions") from None
    except OSError as error:
        raise PageError(
            f"{path}: can't be read: {error.strerror or error}; check the file and its disk"
        ) from error


@contextlib.contextmanager
def copied(
    stream: BinaryIO, path: str, on_error: Callable[[PageError], object] = raise_error
) -> Iterator[BinaryIO]:
    """Copy a stream into a file that can be sought in, on disk where it is larger than `LARGEST`.

    No more is copied than the reader that claims the page takes. Where the stream raises PageError
    later than at its beginning, `on_error` is called, and the copy has what was before.
    """
    with tempfile.SpooledTemporaryFile(max_size=LARGEST) as copy:
        streamed: bool | None = None
        while True:
            try:
                piece = stream.read(CHUNK)
            except UnpackedTooMuchError:
                raise
            except PageError as error:
                if not copy.tell():
                    raise
                on_error(error)
                break
            copy.write(piece)
            if streamed is None and (copy.tell() >= HEAD or not piece):
                copy.seek(0)
                streamed = isinstance(reader_of(copy.read(HEAD), path), StreamingReader)
                copy.seek(0, os.SEEK_END)
            if not piece or (not streamed and copy.tell() > LARGEST):
                break
        copy.seek(0)
        yield cast(BinaryIO, copy)


def size_of(file: BinaryIO) -> int:
    """Return the bytes of a file that can be sought in; it stands at its beginning then."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def refuse_large(size: int, path: str) -> None:
    """Raise PageError where a page has more bytes than `LARGEST`."""
    if size > LARGEST:
        raise PageError(
            f"{path}: has {size / 1e6:,.1f} MB, and pages are read up to {LARGEST / 1e6:.0f} MB; "
            "split it into its articles, or save the page without its images"
        )


def _side_folders(files: Iterable[str]) -> frozenset[str]:
    """Return the folders, in lower case, that browsers put beside the pages of those names.

    They hold a page's pictures, and the pages in its frames, which are none of their own.
    """
    saved = (Path(name.lower()) for name in files)
    return frozenset(
        page.stem + ending
        for page in saved
        if page.suffix in (".html", ".htm", ".xhtml", ".shtml")
        for ending in SIDE_FOLDERS
    )


def _in_folder(folder: Path) -> Iterator[Path]:
    claimed = suffixes()
    root = folder.resolve()
    found = False
    errors: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=errors.append):
        # os.walk goes into the folders in the order that this list has
        beside = _side_folders(files)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name.lower() not in beside
        )
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or path.suffix.lower() not in claimed:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            found = True
            yield path
    if errors:  # told at the end, so that the rest of the folder is read
        raise PageError(
            f"{errors[0].filename}: the folder may not be read: {errors[0].strerror}; change its "
            "permissions" + (f" (and those of {len(errors) - 1} more)" if len(errors) > 1 else "")
        )
    if not found:
        raise PageError(
            f"{folder}: the folder holds no page; pages in folders end in "
            + ", ".join(sorted(claimed))
        )
