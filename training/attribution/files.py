"""The settings and checksums that go beside the network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whipcount.attribution.trained.weights import NETWORK, SETTINGS, TOKENIZER
from whipcount.model_files import MANIFEST, write_manifest


def write_settings(folder: Path, settings: Mapping[str, Any], version: str) -> None:
    """Write the settings, and the manifest of all files of a folder."""
    text = json.dumps(settings) + "\n"
    (folder / SETTINGS).write_text(text, encoding="utf-8")
    write_manifest(folder, (NETWORK, TOKENIZER, SETTINGS), version)


def rewrite_settings(folder: Path, changes: Mapping[str, Any]) -> None:
    """Change some of a folder's settings, and its manifest with them."""
    settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    version = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["version"]
    write_settings(folder, {**settings, **changes}, version)
