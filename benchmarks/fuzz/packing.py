"""Archives taken apart and put together again, so that what is within them can be changed too.

A change to packed bytes nearly always ends in a wrong checksum, and never reaches what reads them.
"""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping

Change = Callable[[bytes], bytes]


def changed_within(reader: str, data: bytes, change: Change, chance: random.Random) -> bytes:
    """Return a page with a change to what is packed in it; to its bytes where nothing is."""
    try:
        if reader in ("docx", "zip"):
            members = _unzipped(data)
            name = chance.choice(sorted(members))
            return zipped({**members, name: change(members[name])})
        if reader in ("warc", "packed"):
            return gzip.compress(change(_unpacked(data)), 1)
        if reader == "tar":
            return gzip.compress(_within_tar(_unpacked(data), change, chance), 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, IndexError, KeyError):
        pass
    except (NotImplementedError, RuntimeError, UnicodeError, OverflowError):
        pass
    return change(data)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """Return a TAR archive."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as file:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            file.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def _unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {
            info.filename: file.read(info)
            for info in file.infolist()[:20]
            if info.file_size < 1_000_000
        }


def _unpacked(data: bytes) -> bytes:
    with gzip.open(io.BytesIO(data)) as file:
        return file.read(1_000_000)


def _within_tar(data: bytes, change: Change, chance: random.Random) -> bytes:
    """Return a TAR with a change to one block, the checksum of a header made right again."""
    blocks = [bytearray(data[at : at + 512]) for at in range(0, len(data), 512)]
    block = chance.choice(blocks)
    is_header = block[257:262] == b"ustar"
    block[:] = change(bytes(block))[:512].ljust(512, b"\0")
    if is_header:
        block[148:156] = b" " * 8
        block[148:156] = b"%06o\0 " % sum(block)
    return b"".join(blocks)
