"""`whipcount count --votes`: recorded votes as evidence, beside pages or alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import html

import whipcount
from whipcount.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "pact"
PAGE = str(EXAMPLE / "pages" / "01-harbour-courier.html")
ISSUE = str(EXAMPLE / "accession.toml")
OPTION = "membership"
TEXT = """Member;Vote;Link
Brennia;yes;https://votes.example/1
Tavany;against;https://votes.example/1
Merrow;abstention;
Quillon;absent;
"""


@pytest.fixture
def votes(tmp_path) -> str:
    path = tmp_path / "votes.csv"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def given(votes) -> list[str]:
    return [
        *("count", "--issue", ISSUE, "--votes", votes),
        *("--votes-option", OPTION, "--votes-date", "2031-05-20"),
    ]


def cells(printed: str) -> dict[tuple[str, str], dict]:
    count = json.loads(printed)
    return {(cell["member"], cell["option"]): cell for cell in count["cells"]}


def test_votes_alone_are_counted_as_of_their_day(given, votes, capsys):
    assert main([*given, "--format", "json"]) == 0
    printed = capsys.readouterr()
    count = json.loads(printed.out)
    schema = json.loads((ROOT / "docs" / "schema" / "count.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(count)
    assert (count["as_of"], count["articles"]) == ("2031-05-20", [])
    found = cells(printed.out)
    stands = {member: found[member, OPTION]["stand"] for member in ("Brennia", "Tavany", "Merrow")}
    assert stands == {"Brennia": "yes", "Tavany": "no", "Merrow": "abstain"}
    assert found["Quillon", OPTION]["stand"] == "not-on-record"
    (evidence,) = found["Brennia", OPTION]["evidence"]
    assert evidence["origin"] == "vote"
    assert evidence["record"] == f"voted yes; {votes}, line 2; https://votes.example/1"


def test_what_was_read_is_said_with_all_who_took_no_side(given, votes, capsys):
    main([*given, "--format", "csv"])
    assert capsys.readouterr().err == (
        f"whipcount: {votes}: the vote, on membership, 2031-05-20: 1 yes, 1 no, 1 abstaining; "
        "absent (1): Quillon; members that the file doesn't have (5): Corvale, Dorland, Halvern, "
        "Sundria, Vessara\n"
    )


def test_the_table_shows_where_a_vote_is_recorded(given, capsys):
    assert main([*given, "--format", "table"]) == 0
    printed = capsys.readouterr().out
    assert "Brennia: " in printed
    assert "2031-05-20, vote; voted yes; " in " ".join(printed.split())


def test_the_page_shows_it_too_and_links_there(given, tmp_path, capsys):
    out = tmp_path / "count.html"
    assert main([*given, "--out", str(out)]) == 0
    page = html.document_fromstring(out.read_text(encoding="utf-8"))
    captions = page.xpath("//figcaption[a]")
    assert captions[0].xpath("a/@href") == ["https://votes.example/1"]
    words = " ".join(captions[0].text_content().split())
    assert words.startswith("voted yes; ")
    assert words.endswith("line 2; https://votes.example/1")


def test_pages_and_votes_are_counted_together(given, capsys):
    assert main([*given, PAGE, "--format", "json"]) == 0
    count = json.loads(capsys.readouterr().out)
    origins = {one["origin"] for cell in count["cells"] for one in cell["evidence"]}
    assert origins == {"vote", "statement"}
    assert len(count["articles"]) == 1


def test_a_page_that_can_t_be_read_leaves_the_votes(given, tmp_path, capsys):
    assert main([*given, str(tmp_path / "none.html"), "--format", "json"]) == 1
    assert cells(capsys.readouterr().out)["Brennia", OPTION]["stand"] == "yes"


def test_each_file_has_its_own_option(given, tmp_path, capsys):
    other = tmp_path / "other.csv"
    other.write_text("Who,How\nBrennia,no\n", encoding="utf-8")
    more = ["--votes", str(other), "--votes-option", "road-map", "--format", "json"]
    columns = ["--votes-columns", 'member=Member,"vote=Vote"', "--votes-columns",
               "member=Who, vote=How"]  # fmt: skip
    assert main([*given, *more, *columns]) == 0
    found = cells(capsys.readouterr().out)
    assert found["Brennia", OPTION]["stand"] == "yes"
    assert found["Brennia", "road-map"]["stand"] == "no"


def test_a_count_in_python_takes_roll_calls_and_files(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text("Member,Vote,Option,Date\nBrennia,yes,road-map,2031-05-20\n", encoding="utf-8")
    issue = whipcount.load_issue(ISSUE)
    body = whipcount.load_body(issue.body, issue.path)
    calls = whipcount.read_roll_calls(path, body, issue)
    counted = whipcount.count([], issue, votes=calls)
    assert counted == whipcount.count([], ISSUE, votes=[path])
    assert [cell.stand for cell in counted.cells if cell.evidence] == ["yes"]


WRONG = [
    (["count", "--issue", ISSUE], "name pages, or --votes"),
    (["count", PAGE, "--issue", ISSUE, "--votes-option", "x"], "--votes-option goes with --votes"),
    (["count", PAGE, "--issue", ISSUE, "--votes-outsiders"], "go with --votes"),
    (["count", "--issue", ISSUE, "--votes", "nowhere.csv"], "nowhere.csv"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_a_wrong_command_says_what_is_wrong(arguments, told, capsys):
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err


def test_options_are_given_once_or_for_each_file(given, votes, capsys):
    twice = ["--votes", votes, "--votes", votes, "--votes-option", "road-map"]
    assert main([*given, *twice]) == 2
    told = "--votes-option is given 2 times and --votes 3 times; give --votes-option once, or"
    assert told in " ".join(capsys.readouterr().err.split())


def test_columns_and_rows_that_are_wrong_are_said(given, votes, capsys):
    assert main([*given, "--votes-columns", "Name"]) == 2
    assert "'Name' names no column; write ROLE=NAME" in capsys.readouterr().err
    assert main([*given, "--votes-columns", "member=Link"]) == 2
    printed = capsys.readouterr()
    assert f'whipcount: {votes}, line 2, Link: "https://votes.example/1" is no' in printed.err
    assert printed.out == ""
