"""`whipcount changes` on the example debate."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import whipcount
from whipcount.cli import main

ROOT = Path(__file__).parents[2]
PAGES = [
    f"examples/pact/pages/{name}"
    for name in ("01-harbour-courier.html", "08-marrack-mail.txt", "11-lantern.txt")
]
ISSUE = "examples/pact/accession.toml"
COMMAND = ["changes", *PAGES, "--issue", ISSUE]


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command in the project's folder; return exit code, output and errors."""
    monkeypatch.chdir(ROOT)

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*COMMAND, *arguments])
        return code, *capsys.readouterr()

    return run


def test_it_begins_where_the_issue_does_and_ends_with_the_newest_article(run):
    code, printed, errors = run("--format", "json")
    found = json.loads(printed)
    assert (code, errors) == (0, "")
    assert (found["from"], found["to"]) == ("2031-01-01", "2031-05-06")
    assert len(found["articles"]) == len(PAGES)
    assert {one["stand"] for one in found["opening"]} == {"not-on-record"}
    moved = {(one["date"], one["member"], one["option"], one["after"]) for one in found["changes"]}
    assert ("2031-03-03", "Halvern", "membership", "no") in moved


def test_days_are_taken_as_given_and_what_stood_before_is_no_change(run):
    _, printed, _ = run("--from", "2031-04-01", "--to", "2031-04-30", "--format", "json")
    found = json.loads(printed)
    assert (found["from"], found["to"]) == ("2031-04-01", "2031-04-30")
    opening = {(one["member"], one["option"]): one["stand"] for one in found["opening"]}
    assert opening["Halvern", "membership"] == "no"
    assert all("2031-04-01" < one["date"] <= "2031-04-30" for one in found["changes"])


def test_each_day_is_as_the_count_of_that_day_has_it(run, monkeypatch):
    _, printed, _ = run("--format", "json")
    found = json.loads(printed)
    coded = list(whipcount.code(PAGES, ISSUE))
    cells = {(one["member"], one["option"]): one["stand"] for one in found["opening"]}
    for day in sorted({one["date"] for one in found["changes"]}):
        for one in found["changes"]:
            if one["date"] == day:
                cells[one["member"], one["option"]] = one["after"]
        counted = whipcount.count(coded, ISSUE, day)
        assert cells == {(cell.member, cell.option): cell.stand for cell in counted.cells}


def test_only_some_options_and_members_are_shown(run):
    arguments = ("--option", "membership", "--member", "halvern", "--member", "Brennia")
    _, printed, _ = run(*arguments, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert {row["option"] for row in rows} == {"membership"}
    assert {row["member"] for row in rows} == {"Halvern", "Brennia"}
    _, table, _ = run(*arguments, "--format", "table")
    assert "Halvern, membership: not on record → no\n" in table
    assert "partnership" not in table


WRONG = [
    (["--option", "nato"], "'nato' is no option of the issue; known are membership, immediate-"),
    (["--member", "Atlantis"], "'Atlantis' names no member of Saltmere Pact; known are Brennia, "),
    (["--from", "2031-05-01", "--to", "2031-04-01"], "ends on 2031-04-01, before it begins on"),
    (["--to", "soon"], "'soon' is no day; write it as 2023-07-11"),
    (["--plot", "picture.gif"], "picture.gif: a plot is an .svg or a .png; name it picture.svg"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_a_wrong_command_is_2_and_says_what_is_wrong(arguments, told, run):
    code, printed, errors = run(*arguments)
    assert (code, printed) == (2, "")
    assert told in errors


def test_pages_or_a_vote_must_be_named(capsys):
    assert main(["changes", "--issue", str(ROOT / ISSUE)]) == 2
    assert "name pages, or --votes" in capsys.readouterr().err


def test_a_picture_is_drawn_beside_what_is_printed(run, tmp_path):
    drawn = tmp_path / "stands.svg"
    code, printed, errors = run("--option", "membership", "--plot", str(drawn), "--format", "table")
    assert (code, errors) == (0, "")
    assert "3 March 2031" in printed
    svg = drawn.read_text(encoding="utf-8")
    assert ">Ostrand becomes a member of the Saltmere Pact<" in svg
    assert ">Halvern<" in svg
    assert [path.name for path in tmp_path.iterdir()] == ["stands.svg"]


def test_a_picture_that_cannot_be_written_is_2_and_prints_nothing(run):
    code, printed, errors = run("--plot", "/nowhere/at/all.png")
    assert (code, printed) == (2, "")
    assert "/nowhere/at/all.png: can't be written" in errors


def test_a_recorded_vote_alone_is_a_change(run, tmp_path, capsys):
    votes = tmp_path / "votes.csv"
    votes.write_text("member,vote,date,option\nTavany,no,2031-05-20,membership\n", encoding="utf-8")
    code = main(["changes", "--issue", ISSUE, "--votes", str(votes), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert found["to"] == "2031-05-20"
    changed = {(one["member"], one["option"]): one for one in found["changes"]}
    assert changed["Tavany", "membership"]["because"]["origin"] == "vote"
