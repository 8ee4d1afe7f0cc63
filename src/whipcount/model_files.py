"""Files that training made and the package ships, each with a checksum in the folder's manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from whipcount.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MANIFEST = "checksums.json"

THREADS = 1
"""Threads of a network: whoever has more cores reads more articles at once."""


def load_files(folder: Path, owner: str, instead: str) -> tuple[str, dict[str, bytes]]:
    """Return the version of a folder's files, and what they hold by name.

    `owner` is what they belong to and `instead` the option that does without them, for the message
    of the ModelError that names the file where one is missing or has the wrong checksum.
    """
    remedy = f"install whipcount again, or use {instead}"
    manifest = json.loads(_bytes(folder / MANIFEST, owner, remedy))
    found: dict[str, bytes] = {}
    for name, digest in manifest["sha256"].items():
        data = _bytes(folder / name, owner, remedy)
        actual = hashlib.sha256(data).hexdigest()
        if actual != digest:
            raise ModelError(
                f"{folder / name}: is not the file that whipcount was released with (its SHA-256 "
                f"is {actual[:12]}…, not {digest[:12]}…); {remedy}"
            )
        found[name] = data
    return str(manifest["version"]), found


def write_manifest(folder: Path, names: tuple[str, ...], version: str) -> None:
    """Write the manifest of a folder's files."""
    digests: Mapping[str, str] = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names
    }
    manifest = json.dumps({"version": version, "sha256": digests}, indent=2)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def session(network: bytes) -> InferenceSession:
    """Return an ONNX network ready to run, on one thread of the CPU."""
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def _bytes(path: Path, owner: str, remedy: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path}: can't be read ({error.strerror}); it belongs to {owner}: {remedy}"
        ) from None
