"""The commands on the example debate."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from whipcount.cli import main

ROOT = Path(__file__).parents[2]
PAGES = "examples/pact/pages"
PAGE = "examples/pact/pages/01-harbour-courier.html"
ISSUE = "examples/pact/accession.toml"
COMMAND = [sys.executable, "-c", "import sys; from whipcount.cli import main; sys.exit(main())"]


@dataclass(frozen=True)
class Done:
    """What a command gave."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(capsys, monkeypatch) -> Callable[..., Done]:
    """Run a command in the project's folder."""
    monkeypatch.chdir(ROOT)

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        code = main(arguments)
        return Done(code, *capsys.readouterr())

    return run


def options(command: str) -> list[str]:
    return ["--issue", ISSUE] if command in ("code", "count", "changes") else []


def valid(command: str, document: object) -> bool:
    path = ROOT / "docs" / "schema" / f"{command}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    return True


COMMANDS = ("read", "statements", "code", "count", "changes", "actors")


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_a_document_that_fits_its_schema(command, run):
    done = run(command, PAGE, *options(command), "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert valid(command, json.loads(done.stdout))


@pytest.mark.parametrize("command", COMMANDS)
def test_jsonl_is_a_document_a_line(command, run):
    done = run(command, PAGE, *options(command), "--format", "jsonl")
    lines = done.stdout.splitlines()
    assert len(lines) == 1 or command == "actors"
    assert all(valid(command, json.loads(line)) for line in lines)


@pytest.mark.parametrize(("command", "column"), [
    ("read", "title"), ("statements", "speaker"), ("code", "stance"), ("count", "stand"),
    ("changes", "member"), ("actors", "name"),
])  # fmt: skip
def test_csv_has_a_header_and_rows(command, column, run):
    done = run(command, PAGE, *options(command), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows
    assert all(row[column] for row in rows)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_table_is_readable_at_80_columns(command, run):
    done = run(command, PAGE, *options(command), "--format", "table")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert len(lines) > 3
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.stdout


def test_in_a_pipe_articles_are_lines_and_a_count_is_a_document(run):
    assert json.loads(run("read", PAGE).stdout.splitlines()[0])["schema"] == 1
    assert run("count", PAGE, *options("count")).stdout.startswith("{\n")


def test_the_whole_debate_is_counted_as_of_a_day(run):
    done = run("count", PAGES, *options("count"), "--as-of", "2031-03-31", "--format", "json")
    count = json.loads(done.stdout)
    assert count["as_of"] == "2031-03-31"
    assert len(count["cells"]) == count["body"]["members"] * len(count["issue"]["options"])


def test_a_page_comes_from_standard_input_to_a_command_of_its_own(run):
    data = (ROOT / PAGE).read_bytes()
    done = subprocess.run([*COMMAND, "read", "-"], input=data, capture_output=True, check=True)
    article = json.loads(done.stdout)
    assert article["path"] == "-"
    assert article["page_sha256"] == json.loads(run("read", PAGE).stdout)["page_sha256"]


def test_the_text_is_there_where_it_is_asked_for(run):
    assert "text" in json.loads(run("read", PAGE).stdout)
    assert "text" not in json.loads(run("read", PAGE, "--without-text").stdout)
    assert "text" not in json.loads(run("statements", PAGE).stdout)["article"]
    assert "text" in json.loads(run("statements", PAGE, "--with-text").stdout)["article"]


def test_the_report_is_written_to_a_file(tmp_path, run):
    out = tmp_path / "count.html"
    done = run("count", PAGE, *options("count"), "--out", str(out))
    assert (done.returncode, done.stdout) == (0, "")
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["count.html"]


def test_an_encoding_is_taken_as_given(tmp_path, run):
    page = tmp_path / "page.txt"
    words = "The minister said that the café “must” stay. It was the third time that he said so."
    page.write_bytes(f"A title\n\n{words}\n".encode("windows-1252"))
    assert words in json.loads(run("read", str(page), "--encoding", "windows-1252").stdout)["text"]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["count", "--help"]])
def test_help_and_version_need_nothing(arguments, capsys):
    assert main(arguments) == 0
    assert "whipcount" in capsys.readouterr().out


def test_every_command_names_its_function(capsys):
    main(["--help"])
    printed = capsys.readouterr().out
    for command in COMMANDS:
        assert f"\n  {command} " in printed


@pytest.mark.parametrize("command", ["statements", "code", "count"])
def test_the_less_sure_can_be_left_out(run, command: str) -> None:
    few = run(command, PAGE, *options(command), "--min-confidence", "1", "--format", "csv")
    many = run(command, PAGE, *options(command), "--format", "csv")
    assert (few.returncode, many.returncode) == (0, 0)
    assert few.stdout.count("\n") <= many.stdout.count("\n")
    assert few.stdout != many.stdout


def test_a_confidence_out_of_range_is_refused(run) -> None:
    done = run("statements", PAGE, "--min-confidence", "80")
    assert done.returncode == 2
    assert "0<=x<=1" in done.stderr
