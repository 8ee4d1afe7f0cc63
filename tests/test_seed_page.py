"""The page that whipcount started from, held against its reading by hand, where that is at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from whipcount.cli import main

SHARED = Path(__file__).parents[2] / "shared"
PAGE = SHARED / "seeds" / "000_08b0e6765aa9d0d4.txt"
ISSUE = SHARED / "gold" / "ukraine-nato.toml"


@pytest.mark.skipif(not PAGE.exists(), reason=f"the seed page is not here: {PAGE}")
def test_the_seed_page_is_read_as_by_hand(tmp_path: Path) -> None:
    statements, count = tmp_path / "statements.jsonl", tmp_path / "count.json"
    assert main(["statements", str(PAGE), "--format", "jsonl", "--out", str(statements)]) == 0
    asked = ["count", str(PAGE), "--issue", str(ISSUE), "--as-of", "2023-07-11"]
    assert main([*asked, "--format", "json", "--out", str(count)]) == 0
    scored = subprocess.run(
        [sys.executable, SHARED / "score" / "seed.py", statements, count],
        capture_output=True,
        text=True,
        check=False,
    )
    assert scored.returncode == 0, scored.stdout + scored.stderr
    assert "indirect: 10 of 10" in scored.stdout
