"""Where a run's files go: a folder of this machine, or one in an object store."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import Any, Protocol

from whipcount.errors import WhipcountError
from whipcount.scale import stores

WHOLE_ON_CLOSE = ("s3", "gcs", "abfs")
"""File systems in which a file is there when it is closed, whole, and can't be renamed."""


class Place(Protocol):
    """A folder to write files into, by names such as `articles/part-000000.parquet`."""

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None where there is no such file."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all."""
        ...

    def append(self, name: str, line: bytes) -> bool:
        """Put a line at a file's end, on the disk; False where files can only be written whole."""
        ...

    def put(self, file: Path, name: str) -> None:
        """Move a file from `scratch` to its name, whole or not at all."""
        ...

    def scratch(self, name: str) -> Path:
        """Return where a file may be written before it is put to its name."""
        ...

    def has(self, name: str) -> bool:
        """Return whether there is a file of that name."""
        ...

    def is_empty(self) -> bool:
        """Return whether there is no file."""
        ...

    def clear(self, folders: tuple[str, ...]) -> None:
        """Remove from some of the folders what processes left that were killed as they wrote."""
        ...

    def dataset(self) -> tuple[Any, str]:
        """Return the file system for pyarrow, and the folder's path there."""
        ...


def place(folder: Path | str) -> Place:
    """Return the place of a folder's path, or of an address."""
    if isinstance(folder, str) and stores.is_address(folder):
        return _Store(folder)
    return _Folder(Path(folder))


class _Folder:
    """A folder of this machine, or of a disk that several share."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def read(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        beside = self.scratch(name)
        beside.write_bytes(content)
        self.put(beside, name)

    def append(self, name: str, line: bytes) -> bool:
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / name).open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        return True

    def put(self, file: Path, name: str) -> None:
        with file.open("rb+") as written:
            os.fsync(written.fileno())
        file.replace(self.path / name)

    def scratch(self, name: str) -> Path:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.with_name(f".{place.name}.{socket.gethostname()}.{os.getpid()}.part")

    def has(self, name: str) -> bool:
        return (self.path / name).exists()

    def is_empty(self) -> bool:
        return not self.path.exists() or not any(self.path.iterdir())

    def clear(self, folders: tuple[str, ...]) -> None:
        for folder in folders:
            for left in (self.path / folder).glob(".*.part"):
                left.unlink(missing_ok=True)

    def dataset(self) -> tuple[Any, str]:
        from whipcount.scale.tables import arrow  # noqa: PLC0415

        return arrow().fs.LocalFileSystem(), str(self.path)


class _Store:
    """A folder in an object store; files are written here first, and then sent."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files, self.root = stores.filesystem(address)

    def __str__(self) -> str:
        return stores.shown(self.address)

    def read(self, name: str) -> bytes | None:
        try:
            with self.files.open_input_stream(f"{self.root}/{name}", compression=None) as stream:
                found: bytes = stream.read()
                return found
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._problem(name, "read", error) from None

    def write(self, name: str, content: bytes) -> None:
        scratch = self.scratch(name)
        scratch.write_bytes(content)
        self.put(scratch, name)

    def append(self, name: str, line: bytes) -> bool:  # noqa: ARG002
        return False

    def put(self, file: Path, name: str) -> None:
        whole = self.files.type_name in WHOLE_ON_CLOSE
        path = f"{self.root}/{name}"
        beside = path if whole else f"{path}.{socket.gethostname()}.{os.getpid()}.part"
        try:
            if not whole:
                self.files.create_dir(path.rpartition("/")[0], recursive=True)
            with file.open("rb") as source, self.files.open_output_stream(beside) as target:
                shutil.copyfileobj(source, target, 1 << 20)
            if not whole:
                self.files.move(beside, path)
        except OSError as error:
            raise self._problem(name, "written", error) from None
        finally:
            file.unlink(missing_ok=True)

    def scratch(self, name: str) -> Path:
        import tempfile  # noqa: PLC0415

        handle, path = tempfile.mkstemp(suffix=f"-{name.replace('/', '-')}")
        os.close(handle)
        return Path(path)

    def has(self, name: str) -> bool:
        fs = stores.arrow_fs()
        try:
            found = self.files.get_file_info(f"{self.root}/{name}")
        except OSError as error:
            raise self._problem(name, "looked at", error) from None
        return bool(found.type == fs.FileType.File)

    def is_empty(self) -> bool:
        fs = stores.arrow_fs()
        try:
            return not self.files.get_file_info(fs.FileSelector(self.root, allow_not_found=True))
        except OSError as error:
            raise self._problem("", "looked at", error) from None

    def clear(self, folders: tuple[str, ...]) -> None:
        """Remove nothing: what wasn't sent whole isn't there."""

    def dataset(self) -> tuple[Any, str]:
        return self.files, self.root

    def _problem(self, name: str, done: str, error: OSError) -> WhipcountError:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        return WhipcountError(
            f"{self}/{name}: can't be {done}: {reason}; check the address and what you may do there"
        )
