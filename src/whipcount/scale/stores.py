"""Pages and files in object stores: addresses such as `s3://bucket/folder`, read by pyarrow.

Region and credentials are the store's own, from the environment or its configuration files; what
pyarrow takes in an address goes as well (`s3://bucket/folder?endpoint_override=…&scheme=http`).
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeAlias, cast
from urllib.parse import quote, unquote

from whipcount.errors import PageError, WhipcountError
from whipcount.model import Article

KINDS = ("s3", "gs", "gcs", "abfs", "abfss", "hdfs", "viewfs", "file")
"""How addresses begin; what is no file of a store, such as `https`, is never fetched."""

Filesystem: TypeAlias = Any
"""A `pyarrow.fs.FileSystem`."""


def is_address(path: object) -> bool:
    """Return whether a path is the address of something in an object store."""
    return isinstance(path, str) and "://" in path


def shown(address: str) -> str:
    """Return an address without credentials and settings, as articles and messages have it."""
    kind, _, rest = address.partition("?")[0].partition("://")
    place, slash, name = rest.partition("/")
    if kind not in ("abfs", "abfss"):  # there the part before an @ is the container
        place = place.rpartition("@")[2]
    return f"{kind}://{place}{slash}{unquote(name)}"


def join(address: str, name: str) -> str:
    """Return the address of what lies under another address."""
    place, mark, settings = address.partition("?")
    return f"{place.rstrip('/')}/{quote(name)}{mark}{settings}"


def filesystem(address: str) -> tuple[Filesystem, str]:
    """Return the file system of an address and the path there.

    Raises WhipcountError where the address is of no kind that is known, or pyarrow isn't there.
    """
    place, mark, settings = address.partition("?")
    folder, _, name = place.rstrip("/").rpartition("/")
    if folder.endswith("/"):  # a bucket
        return _filesystem(address)
    files, path = _filesystem(f"{folder}{mark}{settings}")
    return files, f"{path}/{unquote(name)}"


@functools.lru_cache(maxsize=32)
def _filesystem(address: str) -> tuple[Filesystem, str]:
    from whipcount.scale.tables import arrow  # noqa: PLC0415

    kind = address.partition("://")[0]
    if kind not in KINDS:
        raise WhipcountError(
            f"{shown(address)}: {kind}:// is no object store; known are {', '.join(KINDS)}. "
            "whipcount fetches no web pages: save them, and name the files"
        )
    pa = arrow()
    try:
        files, path = pa.fs.FileSystem.from_uri(address)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise WhipcountError(
            f"{shown(address)}: is no address that can be opened: {_reason(error)}; write it as "
            "s3://BUCKET/FOLDER"
        ) from None
    return files, path.rstrip("/")


def pages(address: str) -> Iterator[str]:
    """Yield the addresses of a page, or of the pages in a folder and in those under it, in order.

    As in a folder of this machine, those whose ending a reader claims are taken, and no hidden
    ones. Raises PageError where there is none.
    """
    from whipcount.reading.readers import suffixes  # noqa: PLC0415

    files, path = filesystem(address)
    fs = arrow_fs()
    try:
        info = files.get_file_info(path)
        if info.type == fs.FileType.File:
            yield address
            return
        if info.type == fs.FileType.NotFound:
            raise PageError(f"{shown(address)}: there is no such file or folder; check the address")
        found = files.get_file_info(fs.FileSelector(path, recursive=True))
    except OSError as error:
        raise _unreadable(address, error) from None
    claimed = suffixes()
    names = [
        PurePosixPath(one.path).relative_to(path) for one in found if one.type == fs.FileType.File
    ]
    saved = {str(name.with_suffix("")) for name in names}
    taken = sorted(
        name.as_posix()
        for name in names
        if name.suffix.lower() in claimed
        and not any(part.startswith(".") for part in name.parts)
        and not any(_is_beside(str(folder), saved) for folder in name.parents)
    )
    if not taken:
        raise PageError(
            f"{shown(address)}: the folder holds no page; pages in folders end in "
            + ", ".join(sorted(claimed))
        )
    for name in taken:
        yield join(address, name)


def read(
    address: str,
    encoding: str | None = None,
    on_error: Callable[[PageError], object] | None = None,
) -> Iterator[Article]:
    """Yield the articles of a page in an object store; the options are those of `reading.read`."""
    from whipcount import reading  # noqa: PLC0415

    with contextlib.ExitStack() as stack:
        try:
            files, path = filesystem(address)
            # else it would unpack .gz by itself, and a page is the bytes that there are
            stream = stack.enter_context(files.open_input_stream(path, compression=None))
            yield from reading.read_stream(
                cast(BinaryIO, stream), shown(address), encoding=encoding, on_error=on_error
            )
        except OSError as error:
            unreadable = _unreadable(address, error)
            if on_error is None:
                raise unreadable from None
            on_error(unreadable)


def _is_beside(folder: str, saved: Collection[str]) -> bool:
    """Return whether a folder is one that a browser saved beside a page."""
    from whipcount.reading.pages import SIDE_FOLDERS  # noqa: PLC0415

    return any(
        folder.lower().endswith(ending) and folder[: -len(ending)] in saved
        for ending in SIDE_FOLDERS
    )


def lines_of(path: str | Path) -> Iterator[str]:
    """Yield the lines of a text file, or of standard input for `-`, without empty ones."""
    import sys  # noqa: PLC0415

    try:
        with contextlib.ExitStack() as stack:
            file = (
                sys.stdin
                if str(path) == "-"
                else stack.enter_context(Path(path).open("r", encoding="utf-8"))
            )
            yield from (line.rstrip("\r\n") for line in file if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise PageError(f"{path}: can't be read as a list of pages ({error})") from None


def arrow_fs() -> Any:
    """Return `pyarrow.fs`."""
    from whipcount.scale.tables import arrow  # noqa: PLC0415

    return arrow().fs


def _unreadable(address: str, error: OSError) -> PageError:
    return PageError(
        f"{shown(address)}: can't be read: {_reason(error)}; check the address, and that you may "
        "read there"
    )


def _reason(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
