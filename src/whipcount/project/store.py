"""The project file as such: made, opened, and what can be wrong with it.

SQLite with a write-ahead log: readers never wait, writers wait for each other, and what was
committed is on the disk (`synchronous = FULL`), whatever happens to the process or the power.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import TracebackType

from whipcount.errors import ProjectError
from whipcount.project.file_heads import look_for, looked_at_where_wrong

APPLICATION = 0x57484570
"""`PRAGMA application_id` of a project, "WHEp"."""

MIGRATIONS = ("1.sql", "2.sql", "3.sql", "4.sql", "5.sql")
"""What leads from one version of the schema to the next, in order; their number is the version."""

PATIENCE = 60.0
"""Seconds that a writer waits for another. A change takes milliseconds, the largest (an option of
100,000 codings renamed) some ten seconds; who waits longer waits for something that hangs."""


@dataclass(frozen=True, slots=True)
class Project:
    """An open project file. One thread at a time uses it; others open their own."""

    path: str
    connection: sqlite3.Connection
    writing: bool

    def close(self) -> None:
        """Close the file; what was changed is in it already."""
        self.connection.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def open_project(path: str | os.PathLike[str], *, writing: bool = True) -> Project:
    """Return the project of a file, brought to this version's schema where it is older.

    With `writing` False nothing is written, and a file on a read-only disk can be opened. Raises
    ProjectError where the file is missing, no project, damaged, from a newer version, may not be
    written, or lies where files can't be locked.
    """
    path = os.fspath(path)
    look_for(path)
    if writing and not os.access(path, os.W_OK):
        raise ProjectError(
            f"{path}: is read-only; change its permissions, or copy it to where you may write"
        )
    with said(path), looked_at_where_wrong(path):
        project = Project(path, _connected(path, writing=writing), writing)
        try:
            _check_version(project)
            if writing:
                _with_log(path, project.connection)
            if _is_older(project.connection):
                _migrate(project.connection)
        except BaseException:
            project.close()
            raise
        return project


def create_file(path: str | os.PathLike[str], fill: Callable[[Project], None]) -> Project:
    """Return a new project; ProjectError where the path is taken or can't be written.

    It is made beside its place, filled by `fill`, and put there whole.
    """
    place = Path(path)
    if place.exists() or place.is_symlink():
        raise ProjectError(f"{place}: is there already; choose another name, or remove it")
    if not place.parent.is_dir():
        raise ProjectError(f"{place}: there is no folder {place.parent}; make it first")
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with said(str(place)):
            project = Project(str(place), _connected(str(beside), writing=True), True)
            try:
                _with_log(str(place), project.connection)
                _migrate(project.connection)
                fill(project)
            finally:
                project.close()
        move_to(beside, place)
    finally:
        for rest in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm")):
            with contextlib.suppress(OSError):
                rest.unlink(missing_ok=True)
    return open_project(place)


def move_to(beside: Path, place: Path) -> None:
    """Move a finished file to its place, never over another; ProjectError where that fails."""
    try:
        try:
            os.link(beside, place)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if place.exists():
                raise FileExistsError from None
            beside.rename(place)
    except FileExistsError:
        raise ProjectError(
            f"{place}: is there already; choose another name, or remove it"
        ) from None
    except OSError as error:
        raise ProjectError(f"{place}: can't be written: {error.strerror or error}") from error


@contextlib.contextmanager
def said(path: str) -> Iterator[None]:
    """Turn what SQLite complains of into a ProjectError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        told = _told(error)
        if told is None:
            raise
        raise ProjectError(f"{path}: {told}") from error


def _told(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return (
                f"another program has been writing to it for {PATIENCE:.0f} seconds; wait for it "
                "or end it, then try again. Nothing of this change was kept"
            )
        case sqlite3.SQLITE_FULL:
            return (
                "the disk is full; make room and try again. Nothing of this change was kept, and "
                "nothing that was there before is lost"
            )
        case sqlite3.SQLITE_READONLY:
            return "is read-only; change its permissions, or copy it to where you may write"
        case sqlite3.SQLITE_CORRUPT:
            return (
                "is damaged; take a copy that is whole, or save what is left with: sqlite3 FILE "
                ".recover"
            )
        case sqlite3.SQLITE_NOTADB:
            return "is no project file"
        case sqlite3.SQLITE_PROTOCOL | sqlite3.SQLITE_NOLFS:
            return NO_LOCKS
        case sqlite3.SQLITE_IOERR:
            if code in (sqlite3.SQLITE_IOERR_LOCK, *SHARED_MEMORY):
                return NO_LOCKS
            return (
                "the disk can't be read or written; check it, then try again. Nothing of this "
                "change was kept"
            )
        case sqlite3.SQLITE_CANTOPEN:
            return "can't be opened; check the folder and its permissions"
    return None


NO_LOCKS = (
    "lies on a drive that can't lock files, as some network drives can't; move it to a disk of "
    "this computer"
)

SHARED_MEMORY = (
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMLOCK,
    sqlite3.SQLITE_IOERR_SHMMAP,
)


def _connected(path: str, *, writing: bool) -> sqlite3.Connection:
    """Return a connection; nothing is written yet."""
    folder = Path(path).absolute().parent
    mode = "rwc" if writing else "rw"  # who can't write leaves the log's files behind
    if not writing and not (os.access(path, os.W_OK) and os.access(folder, os.W_OK)):
        mode, log = "ro", Path(f"{path}-wal")
        if not (log.exists() and log.stat().st_size):
            mode = "ro&immutable=1"  # nobody can write there, and no log is left to read
    connection = sqlite3.connect(
        f"{Path(path).absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if writing:
            connection.execute("PRAGMA synchronous = FULL")
        else:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _with_log(path: str, connection: sqlite3.Connection) -> None:
    """Set the write-ahead log, which SQLite's own waiting doesn't cover."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            busy = (error.sqlite_errorcode & 0xFF) == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
            continue
        if mode != "wal":
            raise ProjectError(f"{path}: {NO_LOCKS}")
        return


def _check_version(project: Project) -> None:
    """Raise ProjectError where a file is another program's, or of another version."""
    connection, path = project.connection, project.path
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise ProjectError(f"{path}: is a SQLite file of another program, no project")
    if version > len(MIGRATIONS):
        raise ProjectError(
            f"{path}: was made by a newer version of whipcount (its schema is {version}, this "
            f"one knows {len(MIGRATIONS)}); install it: pip install --upgrade whipcount"
        )
    if _is_older(connection) and not project.writing:
        raise ProjectError(
            f"{path}: was made by an older version of whipcount; open it once where it can be "
            f"written: whipcount check {path}"
        )


def _is_older(connection: sqlite3.Connection) -> bool:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(version < len(MIGRATIONS))


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest schema, all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for name in MIGRATIONS[version:]:
            for statement in _statements(migration(name)):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migration(name: str) -> str:
    """Return the SQL of a migration."""
    return (resources.files("whipcount.project") / "data" / name).read_text(encoding="utf-8")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; `executescript` would commit by itself."""
    collected = ""
    for line in script.splitlines(keepends=True):
        collected += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(collected):
            yield collected
            collected = ""
    if collected.strip():
        yield collected
