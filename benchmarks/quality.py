"""The figures of docs/quality.md, which the benchmarks write."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

QUALITY = Path(__file__).parents[1] / "docs" / "quality.md"


def write_table(mark: str, rows: Sequence[str], path: Path = QUALITY) -> None:
    """Put rows between two marks; end the program with a word where the marks are not there."""
    text = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {mark} -->", f"<!-- end {mark} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"{path}: no place for the figures; add {begin} and {end}")
    body = "\n".join(rows)
    path.write_text(pattern.sub(lambda _: f"{begin}\n{body}\n{end}", text), encoding="utf-8")
