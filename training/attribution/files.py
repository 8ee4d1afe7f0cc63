"""The settings and checksums that go beside the network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whipcount.attribution.trained.weights import MANIFEST, NETWORK, SETTINGS, TOKENIZER


def write_settings(folder: Path, settings: Mapping[str, Any], version: str) -> None:
    """Write the settings, and the manifest of all files of a folder."""
    text = json.dumps(settings) + "\n"
    (folder / SETTINGS).write_text(text, encoding="utf-8")
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (NETWORK, TOKENIZER, SETTINGS)
    }
    manifest = json.dumps({"version": version, "sha256": digests}, indent=2)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def rewrite_settings(folder: Path, changes: Mapping[str, Any]) -> None:
    """Change some of a folder's settings, and its manifest with them."""
    settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    version = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["version"]
    write_settings(folder, {**settings, **changes}, version)
