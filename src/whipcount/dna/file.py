"""Opening a `.dna` file: an SQLite database of Discourse Network Analyzer 3, and what isn't one."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from whipcount.errors import DnaError

MAGIC = b"SQLite format 3\x00"

TABLES = frozenset(
    [
        "CODERS",
        "DATABOOLEAN",
        "DATAINTEGER",
        "DATALONGTEXT",
        "DATASHORTTEXT",
        "DOCUMENTS",
        "ENTITIES",
        "SETTINGS",
        "STATEMENTS",
        "STATEMENTTYPES",
        "VARIABLES",
    ]
)
"""The tables without which a file holds no coded statements of version 3."""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a `.dna` file to read.

    Raises DnaError where it is missing, encrypted, truncated, of version 2, or none at all; so does
    whatever SQLite complains of while it is read.
    """
    _check_bytes(path)
    try:
        connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise DnaError(f"{path}: can't be opened ({error}); check its permissions") from None
    try:
        _check_version(path, connection)
        yield connection
    except sqlite3.Error as error:
        raise DnaError(
            f"{path}: is damaged ({error}); take a backup, or save the database anew in Discourse "
            "Network Analyzer"
        ) from None
    finally:
        connection.close()


def _check_bytes(path: Path) -> None:
    """Raise where the file's first bytes or its length aren't those of an SQLite database."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
        length = path.stat().st_size
    except FileNotFoundError:
        raise DnaError(f"{path}: there is no such file") from None
    except OSError as error:
        raise DnaError(f"{path}: can't be read ({error.strerror})") from None
    if not length:
        raise DnaError(f"{path}: is empty")
    if not head.startswith(MAGIC):
        raise DnaError(
            f"{path}: is no SQLite database, as .dna files are, or it is encrypted; a connection "
            "profile (.dnc) only names a database, which has to be opened and saved as .dna"
        )
    size = int.from_bytes(head[16:18], "big")
    size = 65536 if size == 1 else size
    pages = int.from_bytes(head[28:32], "big")
    counted = head[24:28] == head[92:96]  # else the number of pages isn't kept up
    if len(head) < 100 or (counted and length < size * pages):
        raise DnaError(
            f"{path}: is truncated: {length} bytes of {size * pages}; copy the file again, whole"
        )


def _check_version(path: Path, connection: sqlite3.Connection) -> None:
    """Raise where the database isn't one of version 3."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {str(name).upper() for (name,) in names}
    version = ""
    if "SETTINGS" in tables:
        row = connection.execute(
            "SELECT Value FROM SETTINGS WHERE lower(Property) = 'version'"
        ).fetchone()
        version = str(row[0]) if row else ""
    if version and not version.startswith("3"):
        raise DnaError(
            f"{path}: is of version {version}; open Discourse Network Analyzer 3, import it there "
            "into a new database (Documents, Import from DNA 2.0), and take that"
        )
    if missing := sorted(TABLES - tables):
        raise DnaError(
            f"{path}: is an SQLite database, but none of Discourse Network Analyzer 3: it has no "
            f"table {', '.join(missing)}"
        )
