"""0: all well; 1: some pages could not be read; 2: nothing could be done, or a wrong command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import whipcount.pipeline
from whipcount.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "pact"
PAGE = str(EXAMPLE / "pages" / "01-harbour-courier.html")
ISSUE = str(EXAMPLE / "accession.toml")
ENTRY = "import sys; from whipcount.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def bad(tmp_path) -> str:
    """A page with nothing in it."""
    path = tmp_path / "empty.html"
    path.write_bytes(b"")
    return str(path)


def test_all_well_is_0(capsys):
    assert main(["read", PAGE]) == 0
    assert capsys.readouterr().err == ""


def test_some_pages_that_cannot_be_read_are_1_and_the_rest_is_done(bad, capsys):
    assert main(["read", bad, PAGE]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["path"] == PAGE
    assert printed.err.startswith(f"whipcount: {bad}: ")


def test_a_page_that_is_not_there_is_one_of_those(capsys):
    assert main(["read", "nowhere.html", PAGE]) == 1
    assert "nowhere.html" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["read", "statements", "code", "count"])
def test_no_page_that_can_be_read_is_2_and_prints_nothing(command, bad, capsys):
    issue = ["--issue", ISSUE] if command in ("code", "count") else []
    assert main([command, bad, *issue]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert bad in printed.err


def test_a_count_goes_on_without_the_bad_page(bad, capsys):
    assert main(["count", bad, PAGE, "--issue", ISSUE]) == 1
    assert len(json.loads(capsys.readouterr().out)["articles"]) == 1


def test_a_page_in_another_language_counts_as_not_read(tmp_path, capsys):
    page = tmp_path / "ministre.txt"
    words = "Le ministre a déclaré que la décision serait prise avant la fin de l'année. " * 5
    page.write_text(f"La décision du ministre\n\n{words}\n", encoding="utf-8")
    assert main(["read", str(page)]) == 0
    assert main(["statements", str(page)]) == 2
    assert f"{page}: read as fr; whipcount reads English" in capsys.readouterr().err


WRONG = [
    (["count", PAGE], "--issue"),
    (["read"], "PAGE"),
    (["reed", PAGE], "reed"),
    (["read", PAGE, "--format", "html"], "html"),
    (["count", PAGE, "--issue", "nowhere.toml"], "nowhere.toml"),
    (["count", PAGE, "--issue", ISSUE, "--as-of", "2031-02-30"], "2031-02-30"),
    (["read", PAGE, "--out", "/nowhere/at/all.json"], "all.json"),
    (["read", PAGE, "--encoding", "klingon"], "klingon"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG)
def test_a_wrong_command_is_2_and_says_what_is_wrong(arguments, named, capsys):
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert named in printed.err
    assert "Traceback" not in printed.err


def test_a_file_is_as_it_was_after_an_error(tmp_path, bad):
    out = tmp_path / "out.json"
    out.write_text("old", encoding="utf-8")
    assert main(["read", bad, "--out", str(out)]) == 2
    assert main(["count", PAGE, "--issue", ISSUE, "--as-of", "x", "--out", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"out.json", "empty.html"}


def test_an_unexpected_error_keeps_its_traceback(monkeypatch):
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(whipcount.pipeline, "read", broken)
    monkeypatch.setitem(vars(whipcount), "read", broken)
    with pytest.raises(ZeroDivisionError):
        main(["read", PAGE])


def test_an_interruption_is_quiet_and_130(monkeypatch, capsys):
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(vars(whipcount), "read", interrupted)
    assert main(["read", PAGE]) == 128 + signal.SIGINT
    assert capsys.readouterr().err.strip() == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no broken pipes of this kind")
def test_a_reader_that_has_had_enough_is_no_error():
    pages = [PAGE] * 60
    process = subprocess.Popen(
        [sys.executable, "-c", ENTRY, "read", *pages],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
