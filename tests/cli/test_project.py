"""The commands of the project file, from a new project to a merged one."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.project.cases import ANN, ISSUE, ROOT, new

from whipcount import project
from whipcount.cli import main

PAGES = sorted((ROOT / "examples" / "pact" / "pages").iterdir())[:3]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def debate(tmp_path: Path) -> Path:
    new(tmp_path / "debate.whip", 2).close()
    return tmp_path / "debate.whip"


def test_from_init_to_a_count(run, tmp_path):
    path = tmp_path / "debate.whip"
    code, out, err = run("init", path, "--issue", ISSUE, "--by", "Ann")
    assert (code, out) == (0, "")
    assert f"whipcount add {path} PAGE..." in err
    code, out, err = run("add", path, *PAGES, "--tagger", "rules", "--by", "Ann")
    assert (code, out, err) == (0, "", f"{path}: 3 new\n")
    assert run("add", path, *PAGES, "--tagger", "rules")[2] == f"{path}: 3 same\n"
    plain = run("count", *PAGES, "--issue", ISSUE, "--tagger", "rules", "--format", "json")[1]
    code, out, err = run("count", path, "--format", "json")
    assert (code, err) == (0, "")
    counted, expected = json.loads(out), json.loads(plain)
    assert counted["cells"] == expected["cells"]
    assert counted["verdicts"] == expected["verdicts"]
    schema = json.loads((ROOT / "docs" / "schema" / "count.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(counted)
    for command in ("read", "statements", "code", "changes"):
        code, out, err = run(command, path, "--format", "json")
        assert (code, err) == (0, "")
        assert json.loads(out)["schema"] == 1


def test_a_page_that_can_not_be_read_is_told_and_the_rest_is_kept(run, tmp_path):
    path = tmp_path / "debate.whip"
    run("init", path, "--issue", ISSUE)
    code, _, err = run("add", path, PAGES[0], tmp_path / "missing.html", "--tagger", "rules")
    assert code == 1
    assert "missing.html: there is no such file" in err
    assert "1 new" in err
    assert run("add", path, tmp_path / "missing.html")[0] == 2


def test_a_position_is_entered_and_a_cell_overridden(run, debate):
    code, out, _ = run("enter", debate, "Sundria", "membership", "oppose", "--on", "2031-05-20",
                       "--note", "a call", "--by", "Ann")  # fmt: skip
    assert code == 0
    assert out.strip()
    code, _, err = run("override", debate, "Halvern", "membership", "no", "--from", "2031-05-02",
                       "--reason", "they told us", "--by", "Ann")  # fmt: skip
    assert code == 0
    assert err == "Halvern on membership: no; the evidence alone says yes\n"
    out = run("count", debate, "--format", "csv", "--as-of", "2031-05-20")[1]
    stands = {row["member"]: row["stand"] for row in csv.DictReader(io.StringIO(out))
              if row["option"] == "membership"}  # fmt: skip
    assert (stands["Sundria"], stands["Halvern"]) == ("no", "no")
    table = run("count", debate, "--format", "table", "--as-of", "2031-05-20")[1]
    assert "Assumed" not in table
    assert run("override", debate, "Halvern", "membership", "--lift")[0] == 0
    assert run("override", debate, "Halvern", "membership")[0] == 2
    assert run("enter", debate, "Sundria", "nothing", "oppose", "--on", "2031-05-20")[0] == 2


def test_the_history_tells_and_undo_takes_back(run, debate):
    run("enter", debate, "Sundria", "membership", "oppose", "--on", "2031-05-20", "--by", "Bob")
    code, out, _ = run("history", debate, "--format", "jsonl", "--limit", "1")
    change = json.loads(out)
    assert (code, change["who"], change["what"], change["about"]) == (0, "Bob", "enter", "Sundria")
    out = run("history", debate, "--format", "table", "--who", "Bob")[1]
    assert "Bob  enter  Sundria" in out
    (row,) = json.loads(run("history", debate, "--of", change["change"], "-f", "json")[1])[
        "changes"
    ]
    assert (row["before"], row["after"]["stance"]) == (None, "oppose")
    assert "entered" in run("history", debate, "--of", change["change"], "-f", "table")[1]
    code, out, err = run("undo", debate, change["change"])
    assert (code, out) == (0, "")
    assert "undone by change" in err
    with project.open_project(debate) as opened:
        assert project.entries(opened) == ()
    assert run("undo", debate, 999)[0] == 2
    assert run("undo", debate, 1)[2].endswith(
        "change 1 made the project; remove its file instead\n"
    )


def test_a_check_tells_what_is_wrong(run, debate):
    code, out, err = run("check", debate)
    assert (code, out) == (0, "")
    assert "whole; 2 articles, 6 statements, 6 codings, 0 reviewed" in err
    with project.open_project(debate) as opened:
        opened.connection.execute("DROP TRIGGER statements_are_not_edited")
        opened.connection.execute("DROP TRIGGER statements_keep_their_values")
        opened.connection.execute("UPDATE statements SET content = '[[0,99999]]' WHERE row = 1")
        opened.connection.execute("UPDATE texts SET text = text || '!' WHERE rowid = 2")
    code, out, _ = run("check", debate)
    assert code == 1
    assert "its content lies outside the text" in out
    assert "isn't the one that was read" in out


def test_a_project_is_coded_again_with_another_issue(run, tmp_path, debate):
    issue = tmp_path / "issue.toml"
    text = ISSUE.read_text("utf-8").replace('"pact.toml"', f'"{ISSUE.parent.as_posix()}/pact.toml"')
    issue.write_text(text.replace("road-map]", "plan]"), "utf-8")
    code, out, err = run("code", "--again", debate, "--issue", issue, "--format", "csv")
    assert code == 0, err
    assert "2 of 2 articles coded anew" in err
    assert out.startswith("origin,article")
    assert "0 of 2 articles coded anew" in run("code", "--again", debate, "--format", "csv")[2]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "xlsx", "parquet"])
def test_every_format_is_exported_whole_or_not_at_all(run, tmp_path, debate, form):
    place = tmp_path / ("out" if form in ("csv", "parquet") else f"out.{form}")
    with project.open_project(debate) as opened:
        coding = project.codings(opened, project.articles(opened).items[0].id)[0]
        project.change(opened, coding.id, ANN, stance="oppose", note="=1+1")
        project.override(opened, "Halvern", "road-map", "no", "2031-04-01", "x", ANN)
    assert run("export", debate, "--format", form, "--out", place) == (0, "", "")
    if form == "json":
        document = json.loads(place.read_text("utf-8"))
        assert len(document["articles"]) == 2
        assert document["reviews"][0]["stance"] == "oppose"
        assert document["overrides"][0]["evidence_alone"] == "not-on-record"
        assert "text" not in document["articles"][0]["article"]
    elif form == "jsonl":
        assert len(place.read_text("utf-8").splitlines()) == 2
    elif form == "csv":
        assert {one.stem for one in place.iterdir()} == set(TABLES)
        board = list(csv.DictReader((place / "board.csv").open(encoding="utf-8")))
        assert board[0]["member"].startswith("verdict as of")
    elif form == "xlsx":
        with zipfile.ZipFile(place) as book:
            sheets = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
            words = book.read("xl/sharedStrings.xml").decode()
            cells = [book.read(name) for name in book.namelist() if "/sheet" in name]
        assert sheets == list(TABLES)
        assert "<t>=1+1</t>" in words
        assert not any(b"<f>" in cell for cell in cells), "words of pages are never formulas"
        first = place.read_bytes()
        place.unlink()
        run("export", debate, "--out", place)
        assert place.read_bytes() == first
    else:
        assert {one.name for one in place.iterdir()} == set(TABLES)
    if form in ("csv", "parquet"):
        code, _, err = run("export", debate, "--format", form, "--out", place)
        assert code == 2
        assert "is there already; name a new folder, or an empty one" in err
    assert not list(tmp_path.glob(".*.part"))


TABLES = ("board", "positions", "statements", "articles", "reviews", "overrides", "changes")


def test_one_table_goes_to_standard_output(run, debate):
    code, out, _ = run("export", debate, "--format", "csv", "--table", "positions")
    assert code == 0
    assert len(list(csv.DictReader(io.StringIO(out)))) == 6
    for wrong in (["--format", "csv"], ["--format", "xlsx"], ["--table", "board"]):
        assert run("export", debate, *wrong)[0] == 2


def test_two_files_are_merged(run, tmp_path):
    for name, number in (("a", 1), ("b", 2)):
        new(tmp_path / f"{name}.whip", number).close()
    files = [tmp_path / "a.whip", tmp_path / "b.whip"]
    code, out, err = run("merge", *files, "--into", tmp_path / "c.whip")
    assert (code, out) == (0, "")
    assert "0 disagreements and 0 conflicts" in err
    assert "0 rows came in" in run("merge", *files, "--into", tmp_path / "c.whip")[2]


def test_what_is_no_project_is_told_by_every_command(run, tmp_path):
    path = tmp_path / "x.whip"
    for command in (["count", path], ["add", path, PAGES[0]], ["check", path], ["history", path],
                    ["export", path], ["undo", path, 1], ["code", "--again", path],
                    ["merge", path, "--into", tmp_path / "y.whip"]):  # fmt: skip
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert "there is no such project" in err or "needs two projects" in err
    assert list(tmp_path.iterdir()) == []


def test_an_issue_or_a_project_must_be_named(run):
    for command in ("count", "code", "changes"):
        code, _, err = run(command, PAGES[0])
        assert code == 2
        assert "--issue ISSUE.toml, or a project (.whip)" in err
