"""`whipcount power` and `whipcount backtest` as a user calls them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from whipcount.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "pact"
BOARD = """id = "board"
name = "Board"
[rule]
kind = "quota"
weight = "votes"
at_least = 12
[groups]
"the small ones" = ["Belgium", "Netherlands", "Luxembourg"]
"""
VOTES = {"Germany": 4, "France": 4, "Italy": 4, "Netherlands": 2, "Belgium": 2, "Luxembourg": 1}


@pytest.fixture
def board(tmp_path) -> str:
    members = "".join(
        f'[[members]]\nname = "{name}"\n[[members.weights]]\nvotes = {votes}\n'
        for name, votes in VOTES.items()
    )
    path = tmp_path / "board.toml"
    path.write_text(BOARD.replace("[groups]", members + "[groups]"), encoding="utf-8")
    return str(path)


def valid(command: str, document: object) -> None:
    path = ROOT / "docs" / "schema" / f"{command}.schema.json"
    Draft202012Validator(json.loads(path.read_text(encoding="utf-8"))).validate(document)


def test_json_has_each_members_power(board, capsys):
    assert main(["power", board, "--as-of", "2031-01-01", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    valid("power", document)
    assert (document["body"], document["as_of"], document["exact"]) == ("board", "2031-01-01", True)
    found = {one["member"]: one for one in document["members"]}
    assert list(found) == list(VOTES), "in the file's order"
    assert found["Germany"]["banzhaf"] == pytest.approx(5 / 21)
    assert found["Luxembourg"]["banzhaf"] == 0
    assert "owen" not in found["Germany"]


def test_blocs_are_groups_or_members(board, capsys):
    given = ["power", board, "--format", "json", "--bloc"]
    assert main([*given, "the small ones"]) == 0
    group = json.loads(capsys.readouterr().out)
    valid("power", group)
    assert main([*given, "Belgium, Netherlands,Luxembourg"]) == 0
    assert json.loads(capsys.readouterr().out) == group
    assert sum(one["owen"] for one in group["members"]) == pytest.approx(1)
    assert sum(one["banzhaf_owen"] for one in group["members"]) == pytest.approx(1)


def test_the_table_has_the_most_powerful_first_and_csv_a_row_a_member(board, capsys):
    assert main(["power", board, "--format", "table"]) == 0
    table = capsys.readouterr().out
    assert table.index("France") < table.index("Belgium") < table.index("Luxembourg")
    assert "23.81" in table
    assert max(map(len, table.splitlines())) <= 80
    assert main(["power", board, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(VOTES)
    assert rows[0]["owen"] == ""


def test_a_body_of_several_rules_says_by_which(capsys):
    given = ["power", "un-security-council", "--as-of", "2024-03-01", "--format", "json"]
    assert main(given) == 0
    done = capsys.readouterr()
    assert "by the rule substantive; --rule names another" in done.err
    found = {one["member"]: one["shapley_shubik"] for one in json.loads(done.out)["members"]}
    assert found["France"] == pytest.approx(421 / 2145)
    assert main([*given, "--rule", "procedural"]) == 0
    done = capsys.readouterr()
    assert done.err == ""
    members = json.loads(done.out)["members"]
    assert [one["banzhaf"] for one in members] == pytest.approx([1 / 15] * 15)


WRONG = [
    (["--rule", "odd"], 'no rule "odd" holds on', "a rule that isn't there"),
    (["--bloc", "Germany,Nowhere"], "'Nowhere' names no member, group or party", "a stranger"),
    (["--bloc", "Germany", "--bloc", "Germany,Italy"], "Germany is in two blocs", "two blocs"),
    (["--as-of", "June"], "is no day; write it as", "no day"),
]


@pytest.mark.parametrize(("options", "message", "reason"), WRONG)
def test_what_is_wrong_is_said(board, options, message, reason, capsys):
    assert main(["power", board, *options]) == 2
    done = capsys.readouterr()
    assert done.out == ""
    assert message in done.err, reason


def test_the_example_debate_is_held_against_its_vote(capsys):
    given = [
        *("backtest", str(EXAMPLE / "pages"), "--issue", str(EXAMPLE / "accession.toml")),
        *("--votes", str(EXAMPLE / "vote.csv"), "--format"),
    ]
    assert main([*given, "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    valid("backtest", document)
    found = {one["option"]: one for one in document["backtests"]}
    assert found.keys() == {"membership", "road-map"}
    assert found["membership"]["carried"] is False
    assert found["membership"]["as_of"] == "2031-06-19"
    assert found["membership"]["skill"] > 0
    assert main([*given, "jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    valid("backtest", json.loads(lines[0]))
    assert main([*given, "csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == 18
    assert main([*given, "table"]) == 0
    assert "What became of each stand" in capsys.readouterr().out


def test_a_backtest_needs_a_vote_that_came_later(capsys):
    given = ["backtest", str(EXAMPLE / "pages"), "--issue", str(EXAMPLE / "accession.toml")]
    assert main(given) == 2
    assert "name the vote: --votes VOTES.csv" in capsys.readouterr().err
    vote = ["--votes", str(EXAMPLE / "vote.csv"), "--as-of", "2031-06-20"]
    assert main([*given, *vote]) == 2
    assert "count as of a day before" in capsys.readouterr().err


def test_what_if_is_counted_and_said(capsys):
    given = ["count", str(EXAMPLE / "pages"), "--issue", str(EXAMPLE / "accession.toml")]
    assert main([*given, "--what-if", "Tavany/membership=oppose", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    valid("count", document)
    verdict = next(one for one in document["verdicts"] if one["option"] == "membership")
    assert (verdict["outcome"], verdict["blockers"]) == ("blocked", [["Tavany"]])
    assert [one["record"] for one in document["assumed"]] == ["only assumed"]
    assert main([*given, "--what-if", "Tavany/membership=oppose", "--format", "table"]) == 0
    assert "Assumed: Tavany, membership: opposes it." in capsys.readouterr().out
    assert main([*given, "--what-if", "Tavania=oppose"]) == 2
    assert "did you mean Tavany?" in capsys.readouterr().err


def test_beliefs_move_the_chances(capsys):
    given = ["count", str(EXAMPLE / "pages"), "--issue", str(EXAMPLE / "accession.toml")]

    def chance(*options: str) -> float:
        assert main([*given, "--format", "json", *options]) == 0
        verdicts = json.loads(capsys.readouterr().out)["verdicts"]
        return verdicts[0]["probability"]["value"]

    assert chance("--prior", "0.1") < chance() < chance("--prior", "1.0")
    assert main([*given, "--prior", "2"]) == 2
    assert "--prior" in capsys.readouterr().err
