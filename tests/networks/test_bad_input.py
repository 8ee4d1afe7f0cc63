"""What can't be done is told in clear words, and leaves no half-written file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dna.databases import small
from whipcount.cli import main
from whipcount.dna import write_database

WINDOWS = ["--window", "days", "--size", "2"]

WRONG = [
    (["--rows", "mood"], "no variable is called 'mood'; statements have person, organization"),
    (["--columns", "document.mood"], "no variable is called 'document.mood'"),
    (["--qualifier", "mood", "--aggregation", "subtract"], "no variable is called 'mood'"),
    (["--exclude", "mood=grey"], "no variable is called 'mood'"),
    (["--exclude", "mood"], "write VARIABLE=VALUE"),
    (["--statement-type", "Story"], "no statement type is called 'Story'; there are"),
    (["--normalization", "jaccard"], "jaccard doesn't go with the two-mode network; these do"),
    (["--mode", "one", "--normalization", "prominence"], "these do: no, average, jaccard, cosine"),
    (["--mode", "one", "--aggregation", "combine"], "combine doesn't go with the one-mode network"),
    (["--mode", "event", "--normalization", "activity"], "doesn't go with the event list"),
    ([*WINDOWS, "--aggregation", "combine", "--kernel", "uniform"], "take subtract"),
    (["--from", "2031-05-02", "--to", "2031-05-01"], "ends before that"),
    (["--from", "May"], "'May' is no date; write 2023-07-11"),
    (["--window", "days", "--size", "10000"], "no window of 10000 days fits into the range"),
    (["--window", "events", "--size", "99"], "no window of 99 events fits"),
    (["--mode", "event", "--format", "gexf"], "an event list is no network"),
    (["--format", "flat"], "add --mode event"),
    ([*WINDOWS, "--format", "graphml"], "take gexf, which holds time"),
]


@pytest.fixture
def file(tmp_path) -> Path:
    write_database(small(), tmp_path / "small.dna")
    return tmp_path / "small.dna"


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[words for _, words in WRONG])
@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_what_cannot_be_done_leaves_what_is_there(arguments, words, there, file, capsys):
    out = file.with_name("out.csv")
    if there:
        out.write_text("before", encoding="utf-8")
    before = sorted(one.name for one in file.parent.iterdir())
    assert main(["network", str(file), *arguments, "--out", str(out)]) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""
    assert sorted(one.name for one in file.parent.iterdir()) == before
    assert not there or out.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("form", ["csv", "edges", "json", "graphml", "gexf"])
@pytest.mark.parametrize("mode", ["one", "two"])
def test_a_range_without_statements_is_told_and_an_empty_network(form, mode, file, capsys):
    out = file.with_name("out.txt")
    arguments = ["--mode", mode, "--from", "2031-01-01", "--format", form, "--out", str(out)]
    assert main(["network", str(file), *arguments]) == 0
    assert "no statement is left" in capsys.readouterr().err
    assert out.stat().st_size > 0


@pytest.mark.parametrize("form", ["csv", "edges", "json", "gexf"])
@pytest.mark.parametrize("kernel", ["no", "gaussian"])
def test_windows_without_statements_are_empty_ones(form, kernel, file, capsys):
    out = file.with_name("out.txt")
    arguments = [*WINDOWS, "--kernel", kernel, "--no-indent", "--mode", "one"]
    assert main(["network", str(file), *arguments, "--format", form, "--out", str(out)]) == 0
    assert "Traceback" not in capsys.readouterr().err
    assert out.stat().st_size > 0


def test_a_project_is_not_made_of_a_broken_file(file, capsys):
    broken = file.with_name("broken.dna")
    broken.write_bytes(file.read_bytes()[:5000])
    project = file.with_name("broken.whip")
    assert main(["dna", "import", str(broken), str(project), "--by", "Ann"]) == 2
    assert "is truncated: 5000 bytes of" in capsys.readouterr().err
    assert not project.exists()
