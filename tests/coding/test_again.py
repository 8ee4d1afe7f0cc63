"""What was coded before is coded anew where the codebook changed, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from whipcount import pipeline
from whipcount.cli import main
from whipcount.coding import digests, load_issue
from whipcount.rendering import documents
from whipcount.rendering.read_back import coded_lines

PAGES = "examples/pact/pages"
ISSUE = Path("examples/pact/accession.toml")


@pytest.fixture
def before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return what was coded before."""
    path = tmp_path / "coded.jsonl"
    arguments = ["code", PAGES, "--issue", str(ISSUE), "--coder", "lexical", "--with-text"]
    assert main([*arguments, "--out", str(path)]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return what writes an issue file with other words."""

    def write(old: str, new: str) -> Path:
        text = ISSUE.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "issue.toml"
        body = (ISSUE.parent / "pact.toml").resolve()
        text = text.replace(old, new).replace('body = "pact.toml"', f'body = "{body}"')
        path.write_text(text, encoding="utf-8")
        return path

    return write


def positions(path: Path) -> list[dict[str, object]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [position for line in lines for position in json.loads(line)["positions"]]


def test_what_is_written_is_read_back_whole(before: Path) -> None:
    lines = before.read_text(encoding="utf-8").splitlines()
    again = [documents.code_line(one, with_text=True) for one in coded_lines(before)]
    assert again == [json.loads(line) for line in lines]


def test_an_unchanged_codebook_changes_nothing(before: Path, tmp_path: Path, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("nothing is to be coded")

    monkeypatch.setattr(pipeline, "analyse", fail)
    out = tmp_path / "again.jsonl"
    arguments = ["code", "--again", str(before), "--issue", str(ISSUE), "--with-text"]
    assert main([*arguments, "--out", str(out)]) == 0
    assert out.read_text("utf-8") == before.read_text("utf-8")


def test_only_the_changed_option_is_coded_and_nothing_is_read(
    before: Path, changed: Callable[[str, str], Path], tmp_path: Path, monkeypatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("nothing is to be read")

    monkeypatch.setattr(pipeline, "read", fail)
    monkeypatch.setattr(pipeline.attribution, "attribute", fail)
    earlier = before.read_text("utf-8").replace("lexical 1.0", "someone 0.9")
    before.write_text(earlier, encoding="utf-8")
    issue = changed("gives Ostrand a road map", "offers Ostrand a road map")
    out = tmp_path / "again.jsonl"
    arguments = ["code", "--again", str(before), "--issue", str(issue), "--coder", "lexical"]
    assert main([*arguments, "--out", str(out)]) == 0
    kept = [one for one in positions(before) if one["option"] != "road-map"]
    assert [one for one in positions(out) if one["option"] != "road-map"] == kept
    anew = [one for one in positions(out) if one["option"] == "road-map"]
    assert anew
    assert {one["coder"] for one in anew} == {"lexical 1.0"}


def test_an_option_that_is_gone_takes_its_positions_along(
    before: Path, changed: Callable[[str, str], Path], tmp_path: Path
) -> None:
    issue = changed("[options.road-map]", "[options.path]")
    out = tmp_path / "again.jsonl"
    arguments = ["code", "--again", str(before), "--issue", str(issue), "--coder", "lexical"]
    assert main([*arguments, "--out", str(out)]) == 0
    assert {one["option"] for one in positions(out)} & {"road-map", "path"} == {"path"}


def test_what_an_option_implies_is_no_change_for_the_coder() -> None:
    issue = load_issue(ISSUE)
    assert len({digest for _, digest in digests(issue)}) == len(issue.options)


@pytest.mark.parametrize("line", ["{}", "no json", "[]", '{"article": {}, "positions": []}'])
def test_a_file_of_something_else_is_named_with_the_line(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "coded.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    assert main(["code", "--again", str(path), "--issue", str(ISSUE)]) == 2
    assert f"{path}, line 2: is not what `whipcount code" in capsys.readouterr().err


def test_pages_and_again_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "--issue", str(ISSUE)]) == 2
    assert main(["code", PAGES, "--again", "x.jsonl", "--issue", str(ISSUE)]) == 2
    assert "--again" in capsys.readouterr().err


@pytest.mark.parametrize("coder", ["lexical", "local"])
def test_reasons_are_given_statement_by_statement(
    coder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f"{PAGES}/01-harbour-courier.html"
    assert main(["code", page, "--issue", str(ISSUE), "--coder", coder, "--explain"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("examples/pact/pages/01-harbour-courier.html: ")
    assert "membership: " in out
    assert "support" in out


def test_a_coder_without_reasons_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--coder", "llm", "--endpoint", "http://localhost:1/v1", "--model", "m"]
    assert main(["code", PAGES, "--issue", str(ISSUE), "--explain", *arguments]) == 2
    assert "gives no reasons" in capsys.readouterr().err
