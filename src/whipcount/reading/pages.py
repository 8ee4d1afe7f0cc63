"""Which files are pages, and their bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from whipcount.errors import PageError
from whipcount.reading.readers import suffixes

LARGEST = 16_000_000
"""Bytes of the largest page that is read: 16 MB.

What is larger is an archive or a mistake: libxml2's tree takes some 20 times the page in memory (86
MB for 4.4 MB of paragraphs with a link), and trafilatura copies it several times."""

STANDARD_INPUT = Path("-")


def pages(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path]:
    """Yield the pages that paths name: files as they are, folders with all that is in them.

    A folder gives, in sorted order and recursively, the files whose suffix a reader claims; not
    hidden ones, no folders behind symbolic links, and no files behind links that lead out of it.
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


def page_bytes(path: Path) -> bytes:
    """Return a page's bytes, for `-` those of standard input.

    Raises PageError where it can't be read, or is larger than `LARGEST`.
    """
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(LARGEST + 1)
        elif path.is_dir():
            raise PageError(f"{path}: is a folder; give one of its pages, or read it as a folder")
        else:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
                if len(data) > LARGEST:
                    refuse_large(max(os.fstat(file.fileno()).st_size, len(data)), str(path))
    except FileNotFoundError:
        raise PageError(f"{path}: there is no such file; check the path") from None
    except PermissionError:
        raise PageError(f"{path}: may not be read; change its permissions") from None
    except OSError as error:
        raise PageError(
            f"{path}: can't be read: {error.strerror or error}; check the file and its disk"
        ) from error
    refuse_large(len(data), str(path))
    return data


def refuse_large(size: int, path: str) -> None:
    """Raise PageError where a page has more bytes than `LARGEST`."""
    if size > LARGEST:
        raise PageError(
            f"{path}: has {size / 1e6:,.1f} MB, and pages are read up to {LARGEST / 1e6:.0f} MB; "
            "split it into its articles, or save the page without its images"
        )


def _in_folder(folder: Path) -> Iterator[Path]:
    claimed = suffixes()
    root = folder.resolve()
    found = False
    errors: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=errors.append):
        # os.walk goes into the folders in the order that this list has
        folders[:] = sorted(name for name in folders if not name.startswith("."))
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
