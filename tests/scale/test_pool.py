"""Processes that work on pages at once."""

from __future__ import annotations

import json

import pytest

from whipcount.cli import main
from whipcount.scale import Settings, in_order

from .stand_in import Mortal, StandIn


@pytest.fixture
def pages(tmp_path):
    found = []
    for number in range(30):
        path = tmp_path / f"{'deadly-' if number == 11 else ''}{number:03}.txt"
        path.write_text(f"Page {number}\n\nThe minister said so {number}.\n", "utf-8")
        found.append(path)
    return found


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_pages_order(pages, jobs):
    done = list(in_order(pages, Settings(), jobs, StandIn))
    assert [item for item, _ in done] == pages
    assert [result.found[0].article.path for _, result in done] == [str(page) for page in pages]


def test_a_page_that_kills_its_process_is_told_and_the_rest_goes_on(pages):
    done = dict(in_order(pages, Settings(), 2, Mortal))
    assert "the process that read it died twice" in done[pages[11]].problems[0]
    assert all(done[page].found for page in pages if page != pages[11])


def test_few_pages_are_taken_ahead(pages):
    taken = 0

    def counted():
        nonlocal taken
        for page in pages:
            taken += 1
            yield page

    results = in_order(counted(), Settings(), 2, StandIn)
    next(results)
    assert taken <= 8
    results.close()


def test_no_page_gives_nothing():
    assert list(in_order([], Settings(), 2, StandIn)) == []


def test_two_processes_print_what_one_does(capsys):
    given = ["statements", "examples/pact/pages", "--tagger", "rules", "--format", "jsonl"]
    assert main(given) == 0
    alone = capsys.readouterr().out
    assert main([*given, "--jobs", "2"]) == 0
    assert capsys.readouterr().out == alone
    assert len(alone.splitlines()) == 14


def test_parquet_goes_to_a_folder(tmp_path, capsys):
    pytest.importorskip("pyarrow")
    from whipcount.scale.tables import read_rows  # noqa: PLC0415

    given = ["code", "examples/pact/pages", "--issue", "examples/pact/accession.toml"]
    given += ["--tagger", "rules"]
    assert main([*given, "--format", "parquet", "--out", str(tmp_path / "out")]) == 0
    assert main([*given, "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    positions = [position for line in lines for position in line["positions"]]
    assert list(read_rows(tmp_path / "out", "positions")) == positions
    articles = list(read_rows(tmp_path / "out", "articles"))
    assert [{**line["article"], "text": None} for line in lines] == articles
    assert main([*given, "--format", "parquet"]) == 2
    assert "--format parquet needs --out FOLDER" in capsys.readouterr().err
