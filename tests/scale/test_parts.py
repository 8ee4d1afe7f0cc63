"""A run into a folder of Parquet: whole, in parts, and going on after a stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from whipcount.errors import WhipcountError
from whipcount.scale import Run, Settings, by_processes
from whipcount.scale.pieces import holds_many
from whipcount.scale.tables import read_rows

from .stand_in import StandIn

pytest.importorskip("pyarrow")

STAND_IN = by_processes(1, StandIn)


@pytest.fixture
def pages(tmp_path) -> list[Path]:
    folder = tmp_path / "pages"
    folder.mkdir()
    found = []
    for number in range(23):
        path = folder / f"{number:03}.txt"
        path.write_text(f"Page {number}\n\nThe minister of Arvonia said so {number}.\n", "utf-8")
        found.append(path)
    return found


@pytest.fixture
def run(tmp_path, pages) -> Run:
    return Run(pages, Settings(tagger="rules"), tmp_path / "out", pages_per_part=5)


def contents(folder: Path) -> dict[str, list[dict]]:
    return {table: list(read_rows(folder, table)) for table in ("articles", "statements")}


def test_every_page_is_there_once_and_in_order(run, pages):
    done = run.go(STAND_IN)
    assert (done.pages, done.articles, done.problems) == (23, 23, 0)
    found = contents(run.folder)
    assert [row["path"] for row in found["articles"]] == [str(page) for page in pages]
    assert len({row["id"] for row in found["articles"]}) == 23
    assert len(list((run.folder / "articles").iterdir())) == 5


def test_a_second_run_does_nothing_and_says_the_same(run):
    first = run.go(STAND_IN)
    times = {path: path.stat().st_mtime_ns for path in run.folder.rglob("*.parquet")}
    assert run.go(STAND_IN) == first
    assert {path: path.stat().st_mtime_ns for path in run.folder.rglob("*.parquet")} == times


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("after", [0, 3, 5, 11, 22])
def test_what_was_stopped_goes_on_and_is_the_same(run, tmp_path, after):
    whole = replace(run, folder=tmp_path / "whole")
    whole.go(STAND_IN)
    seen = 0

    def stop(pages: int) -> None:
        nonlocal seen
        seen += pages
        if seen > after:
            raise StoppedError

    with pytest.raises(StoppedError):
        run.go(STAND_IN, on_pages=stop)
    assert not list(run.folder.rglob("*.part")), "nothing half-written is left"
    counted = []
    run.go(STAND_IN, on_pages=counted.append)
    assert sum(counted) == 23
    assert contents(run.folder) == contents(whole.folder)
    for file in whole.folder.rglob("*.parquet"):
        assert (run.folder / file.relative_to(whole.folder)).read_bytes() == file.read_bytes()


def test_a_line_that_was_cut_off_is_done_again(run):
    run.go(STAND_IN)
    manifest = run.folder / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20])
    done = run.go(STAND_IN)
    assert done.articles == 23
    lines = manifest.read_text("utf-8").splitlines()
    assert [json.loads(line).get("part") for line in lines] == [None, 0, 1, 2, 3, 4]


def test_pages_that_fail_are_told_now_and_later(run, pages):
    pages[7].write_bytes(b"")
    told: list[str] = []
    done = run.go(STAND_IN, on_problem=told.append)
    assert (done.articles, done.problems) == (22, 1)
    assert str(pages[7]) in told[0]
    again: list[str] = []
    run.go(STAND_IN, on_problem=again.append)
    assert again == told


def test_a_folder_of_another_run_or_of_something_else_is_refused(run, tmp_path, pages):
    run.go(STAND_IN)
    with pytest.raises(WhipcountError, match=r"holds another run \(other pages\)"):
        replace(run, pages=pages[:-1]).go(STAND_IN)
    with pytest.raises(WhipcountError, match="other settings"):
        replace(run, settings=Settings(tagger="rules", min_confidence=0.5)).go(STAND_IN)
    other = tmp_path / "other"
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    with pytest.raises(WhipcountError, match="is not empty"):
        replace(run, folder=other).go(STAND_IN)


def test_a_run_is_another_where_its_pages_are_read_otherwise(run, pages):
    file = pages[0].parent / "reading.toml"
    file.write_text('[columns]\ntext = "Rumpf"\n', "utf-8")
    first = run.go(STAND_IN)
    assert run.go(STAND_IN) == first
    file.write_text('[columns]\ntext = "Body"\n', "utf-8")
    with pytest.raises(WhipcountError, match=r"another run \(another reading\.toml beside"):
        run.go(STAND_IN)
    file.unlink()
    with pytest.raises(WhipcountError, match=r"another reading\.toml"):
        run.go(STAND_IN)
    file.write_text("[columns]\ntext = 3\n", "utf-8")
    with pytest.raises(WhipcountError, match=r"reading\.toml"):
        run.go(STAND_IN)


def test_no_page_is_a_run_too(run):
    assert replace(run, pages=()).go(STAND_IN).pages == 0


KILLED = """
import sys
from pathlib import Path
from whipcount.scale import Run, Settings, by_processes
from tests.scale.stand_in import Slow

pages = sorted(Path(sys.argv[1]).glob("*.txt"))
run = Run(pages, Settings(tagger="rules"), Path(sys.argv[2]), pages_per_part=5)
run.go(by_processes(1, Slow))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_run_killed_at_any_moment_goes_on(run, tmp_path, pages):
    whole = replace(run, folder=tmp_path / "whole")
    whole.go(STAND_IN)
    command = [sys.executable, "-c", KILLED, str(pages[0].parent), str(run.folder)]
    root = Path(__file__).parents[2]
    for wait in (0.3, 0.5, 0.7):
        with subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL) as process:
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
    run.go(STAND_IN)
    assert contents(run.folder) == contents(whole.folder)


def test_a_page_of_many_articles_is_a_part_and_is_taken_apart(run, tmp_path, pages):
    archive = tmp_path / "pages.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for page in pages[:7]:
            packed.write(page, page.name)
        packed.writestr("empty.txt", "")
    run = replace(run, pages=[*pages[:3], archive, *pages[3:10]])
    assert [len(run.pages_of(number)) for number in range(run.parts)] == [3, 1, 5, 2]
    for jobs in (1, 2):
        counted: list[int] = []
        told: list[str] = []
        here = replace(run, folder=tmp_path / f"by-{jobs}")
        done = here.go(by_processes(jobs, StandIn), on_pages=counted.append, on_problem=told.append)
        assert (done.pages, done.articles, done.problems) == (11, 17, 1)
        assert sum(counted) == 11
        assert "empty.txt" in told[0]
        articles = [row["path"] for row in read_rows(here.folder, "articles")]
        assert articles[3:10] == [f"{archive}/{page.name}" for page in pages[:7]]


def test_names_tell_whether_a_page_holds_many_articles():
    many = ["a.zip", "A.WARC.gz", "b.jsonl", "c.csv.xz", "s3://news/b.tar?region=x", "d.tgz"]
    one = ["a.html", "a.html.gz", "b.gz", "c", "s3://news/a.txt?x=b.zip"]
    assert [holds_many(name if "://" in name else Path(name)) for name in many] == [True] * 6
    assert [holds_many(name if "://" in name else Path(name)) for name in one] == [False] * 5
