"""Answers of a language model, kept by everything that they hang on.

A file an answer, written whole or not at all; the folder may be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of answers; without one nothing is kept."""

    folder: Path | None = None

    def get(self, asked: dict[str, Any]) -> str | None:
        """Return the answer that was kept for what is asked; None where there is none."""
        path = self._path(asked)
        try:
            kept = json.loads(path.read_text(encoding="utf-8")) if path is not None else {}
        except (OSError, ValueError):
            return None
        answer = kept.get("answer")
        return answer if isinstance(answer, str) else None

    def put(self, asked: dict[str, Any], answer: str) -> None:
        """Keep an answer. A folder that can't be written to keeps nothing."""
        path = self._path(asked)
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump({"model": asked.get("model", ""), "answer": answer}, stream)
            Path(name).replace(path)
        except OSError:
            return

    def _path(self, asked: dict[str, Any]) -> Path | None:
        if self.folder is None:
            return None
        key = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
        return self.folder / key[:2] / f"{key}.json"


def default_folder() -> Path:
    """Return where answers are kept unless a user says otherwise."""
    from platformdirs import user_cache_path  # noqa: PLC0415

    return user_cache_path("whipcount") / "llm"
