"""Counting a folder of coded Parquet: the same count as from the pages."""

from __future__ import annotations

import json
import shutil
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

import whipcount
from whipcount.cli import main
from whipcount.errors import CountError, PageError
from whipcount.model import Actor, Position
from whipcount.rendering import documents
from whipcount.rendering.changes import changes_document
from whipcount.scale import Run, Settings
from whipcount.scale import stored as reading
from whipcount.scale.tables import read_rows

pytest.importorskip("pyarrow")
EXAMPLE = Path(__file__).parents[2] / "examples" / "pact"
ISSUE = EXAMPLE / "accession.toml"
PAGES = sorted((EXAMPLE / "pages").iterdir())


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> Path:
    """The example, one page of it twice, in parts of four pages and without its texts."""
    folder = tmp_path_factory.mktemp("coded") / "out"
    pages = [PAGES[0], PAGES[0], *PAGES[1:], PAGES[3]]
    Run(pages, Settings("code", ISSUE, tagger="rules"), folder, pages_per_part=4).go()
    return folder


@pytest.fixture(scope="module")
def with_text(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("coded") / "with-text"
    Run(PAGES, Settings("code", ISSUE, tagger="rules"), folder, with_text=True).go()
    return folder


def told(counted: whipcount.WhipCount) -> dict:
    """The count as JSON, but for the articles that are no evidence."""
    document = documents.count_document(counted)
    rows = [*document["cells"], *document["others"]]
    evidence = {position["article"] for row in rows for position in row["evidence"]}
    document["articles"] = sorted(
        (one for one in document["articles"] if one["id"] in evidence), key=lambda one: one["id"]
    )
    return document


@pytest.mark.parametrize("as_of", [None, "2031-04-15"])
def test_the_count_is_that_of_the_pages(coded, as_of):
    expected = whipcount.count(PAGES, ISSUE, as_of, tagger="rules")
    assert told(whipcount.count(coded, ISSUE, as_of)) == told(expected)


def test_so_are_the_changes(coded):
    expected = whipcount.changes(PAGES, ISSUE, tagger="rules")
    found = whipcount.changes(coded, ISSUE)
    assert changes_document(replace(found, articles=())) == changes_document(
        replace(expected, articles=())
    )


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_the_command_prints_what_it_prints_of_pages(coded, capsys, form):
    given = ["--issue", str(ISSUE), "--format", form]
    assert main(["count", str(EXAMPLE / "pages"), "--tagger", "rules", *given]) == 0
    expected = capsys.readouterr().out
    assert main(["count", str(coded), *given]) == 0
    found = capsys.readouterr().out
    if form == "json":
        found, expected = (
            {name: value for name, value in json.loads(text).items() if name != "articles"}
            for text in (found, expected)
        )
    assert found == expected


def test_the_web_page_needs_texts_and_is_the_same_with_them(coded, with_text, capsys):
    given = ["--issue", str(ISSUE), "--format", "html"]
    assert main(["count", str(EXAMPLE / "pages"), "--tagger", "rules", *given]) == 0
    expected = capsys.readouterr().out
    assert main(["count", str(with_text), *given]) == 0
    assert capsys.readouterr().out == expected
    assert main(["count", str(coded), *given]) == 2
    assert "code the pages with --with-text" in capsys.readouterr().err


def test_only_articles_that_take_a_position_are_read(coded):
    issue = whipcount.load_issue(ISSUE)
    road_map = replace(issue, options=tuple(o for o in issue.options if o.id == "road-map"))
    found = list(reading.coded(coded, road_map))
    assert {position.option for one in found for position in one.positions} == {"road-map"}
    assert all(one.article.text == "" and one.statements == () for one in found)
    assert len(found) < len(PAGES)
    published = [one["published"] for one in read_rows(coded, "articles")]
    days = [one.article.published for one in found]
    assert (min(days), max(days)) == (min(published), max(published))


def test_an_article_that_two_pages_hold_is_counted_once(coded):
    found = list(reading.coded(coded, whipcount.load_issue(ISSUE)))
    ids = [one.article.id for one in found]
    assert len(ids) == len(set(ids)) + 2
    alike = [one for one in found if one.article.id == ids[0]]
    assert len(alike) == 2
    assert alike[0].positions == alike[1].positions


def test_parquet_has_the_cells_that_csv_has(coded, tmp_path, capsys):
    given = ["count", str(coded), "--issue", str(ISSUE), "--format"]
    assert main([*given, "parquet", "--out", str(tmp_path / "out")]) == 0
    assert main([*given, "parquet", "--out", str(tmp_path / "out")]) == 0
    assert main([*given, "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one.name for one in (tmp_path / "out" / "cells").iterdir()] == ["2031-05-30.parquet"]
    found = list(read_rows(tmp_path / "out", "cells"))
    members = [row for row in found if row["member"]]
    assert len(members) == len(document["cells"])
    expected = [
        {"as_of": document["as_of"], "actor": None, "member": None, **row}
        for row in (*document["cells"], *document["others"])
    ]
    assert found == expected
    assert main([*given, "parquet"]) == 2
    assert "--format parquet needs --out FOLDER" in capsys.readouterr().err


def test_a_folder_that_is_not_finished_is_told(coded, tmp_path):
    folder = tmp_path / "cut"
    shutil.copytree(coded, folder)
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(manifest.read_text("utf-8").splitlines(keepends=True)[:-1]))
    errors: list[PageError] = []
    assert whipcount.count(folder, ISSUE, on_error=errors.append).cells
    assert "3 of 4 parts are done; run the same `whipcount code` again" in str(errors[0])
    with pytest.raises(PageError, match="3 of 4 parts"):
        whipcount.count(folder, ISSUE)


def test_pages_that_could_not_be_read_are_told_again(tmp_path, capsys):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    given = ["code", str(PAGES[0]), str(empty), "--issue", str(ISSUE), "--tagger", "rules"]
    assert main([*given, "--format", "parquet", "--out", str(tmp_path / "out")]) == 1
    capsys.readouterr()
    assert main(["count", str(tmp_path / "out"), "--issue", str(ISSUE)]) == 1
    assert str(empty) in capsys.readouterr().err


def test_options_that_were_not_coded_are_refused_and_changed_ones_told(coded):
    issue = whipcount.load_issue(ISSUE)
    body = whipcount.load_body(issue.body, ISSUE)
    more = replace(issue, options=(*issue.options, replace(issue.options[0], id="later")))
    with pytest.raises(CountError, match="was not coded for later; code the pages with this"):
        whipcount.count(coded, more, body=body)
    first = replace(issue.options[0], label="Something else is decided")
    changed = replace(issue, options=(first, *issue.options[1:]))
    with pytest.raises(PageError, match="was coded before membership changed in the issue"):
        whipcount.count(coded, changed, body=body)


def test_code_prints_the_positions_of_a_folder(coded, capsys):
    assert main(["code", str(coded), "--issue", str(ISSUE), "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = [position for line in lines for position in line["positions"]]
    assert found == list(read_rows(coded, "positions"))


def test_copies_that_differ_begin_where_something_comes_again():
    def rows(*statements: str) -> list[Position]:
        actor = Actor("x", "Arlen", "state")
        return [
            Position("statement", actor, "a", "support", statement=one, piece=0)
            for one in statements
        ]

    found = reading._by_copy(rows("a.0", "a.1", "a.0"), 2)
    assert [len(next(found)) for _ in range(3)] == [2, 1, 0]
    found = reading._by_copy(rows("a.0", "a.1", "a.0", "a.1"), 2)
    assert [len(next(found)) for _ in range(2)] == [2, 2]
    assert [len(copy) for copy in reading._by_copy(rows("a.0", "a.1"), 1)] == [2]


def test_positions_of_a_folder_are_held_small(coded):
    """Of 105 positions with their 14 articles each takes 1,370 bytes; as rows' values 2,110."""
    issue = whipcount.load_issue(ISSUE)
    found = list(reading.coded(coded, issue))  # what is loaded once is loaded
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        found = list(reading.coded(coded, issue))
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / sum(len(one.positions) for one in found) < 1_600


def test_what_positions_of_a_part_share_is_there_once(coded):
    issue = whipcount.load_issue(ISSUE)
    (one, *_) = (one for one in reading.coded(coded, issue) if len(one.positions) > 1)
    assert all(position.article is one.article.id for position in one.positions)
    assert all(type(position.confidence) is float for position in one.positions)
