"""What is written where there is no room for it: clear words, and nothing half-written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.project.cases import ANN, ISSUE, article, new

from whipcount import project

LIMITED = """
import os, resource, signal, sys
from whipcount.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit, folder = int(sys.argv[1]), sys.argv[2]
def fill(event, values):
    if event in ("open", "sqlite3.connect", "os.mkdir") and folder in str(values[0]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.addaudithook(fill)
sys.exit(main(sys.argv[3:]))
"""
"""From the first thing on that is made in a folder no file may be longer than so many bytes: what
is written beyond fails, as on a full disk."""


def limited(limit: int, folder: Path, *words: object) -> tuple[int, str]:
    """Run a command with a folder that gets full; return its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), str(folder), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.fixture
def large(tmp_path: Path) -> Path:
    folder = tmp_path / "from"
    folder.mkdir()
    with new(folder / "debate.whip", 40) as debate:
        project.refresh_queue(debate)
    return folder / "debate.whip"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (5_000, ["export", "{project}", "--format", "json", "--out", "{to}/out.json"]),
        (5_000, ["export", "{project}", "--format", "jsonl", "--out", "{to}/out.jsonl"]),
        (5_000, ["export", "{project}", "--format", "csv", "--out", "{to}/out"]),
        (5_000, ["export", "{project}", "--format", "xlsx", "--out", "{to}/out.xlsx"]),
        (2_000, ["export", "{project}", "--format", "parquet", "--out", "{to}/out"]),
        (5_000, ["export", "{project}", "--site", "{to}/site", "--with-text"]),
        (100_000, ["init", "{to}/new.whip", "--issue", str(ISSUE)]),
        (100_000, ["merge", "{project}", "{other}", "--into", "{to}/merged.whip"]),
    ],
    ids=lambda value: (
        value[3] if isinstance(value, list) and value[0] == "export" else str(value)[:9]
    ),
)
def test_where_there_is_no_room_nothing_is_left_half_written(tmp_path, large, limit, words):
    other = Path(shutil.copy(large, large.with_name("other.whip")))
    to = tmp_path / "to"
    to.mkdir()
    before = large.read_bytes()
    told = [word.format(project=large, other=other, to=to) for word in words]
    code, err = limited(limit, to, *told)
    assert code == 2, err
    assert "Traceback" not in err
    assert "can't be written" in err or "the disk is full" in err or "the disk can't be" in err, err
    assert list(to.iterdir()) == []
    assert large.read_bytes() == before
    assert limited(10_000_000, to, *told)[0] == 0, "with room it is done"
    assert list(to.iterdir())


def test_a_merge_into_a_project_keeps_it_as_it_was(tmp_path, large):
    into = tmp_path / "to" / "into.whip"
    into.parent.mkdir()
    with new(into, 0) as debate:
        for number in (500, 501):
            project.add(debate, article(number), ANN)
    code, err = limited(100_000, into.parent, "merge", large, "--into", into)
    assert code == 2, err
    assert "Nothing of this change was kept" in err
    with project.open_project(into) as debate:
        assert project.overview(debate).articles == 2
        assert project.check(debate) == ()
