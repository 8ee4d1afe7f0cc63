"""What the commands say of duplicates where they are asked."""

import json

import pytest

from tests.duplicates.test_counted_once import ELSEWHERE, WIRE
from whipcount.cli import main


@pytest.fixture
def pages(tmp_path):
    wire = WIRE.format(day="5 May 2031", weekday="Monday")
    (tmp_path / "1.txt").write_text(wire)
    (tmp_path / "2.txt").write_text(wire.replace("Two more states back Isk", "Torvel for Isk"))
    (tmp_path / "3.txt").write_text(ELSEWHERE)
    return tmp_path


@pytest.fixture
def lines_of(capsys):
    def lines_of(*arguments):
        code = main([*map(str, arguments), "--format", "jsonl"])
        out, err = capsys.readouterr()
        assert code == 0, err
        return [json.loads(line) for line in out.splitlines()]

    return lines_of


def test_statements_says_which_report_one_utterance(pages, lines_of):
    found = lines_of("statements", pages, "--tagger", "rules", "--utterances")
    marks = [one["utterance"] for line in found for one in line["statements"]]
    ids = [one["id"] for line in found for one in line["statements"]]
    quoted = [
        one["utterance"]
        for line in found
        for one in line["statements"]
        if "in the league" in one["quote"]
    ]
    assert len(quoted) == 3
    assert len(set(quoted)) == 1
    assert set(marks) <= set(ids)
    assert [line["article"]["copy_of"] is None for line in found].count(False) == 1


def test_read_says_which_articles_are_copies(pages, lines_of):
    copies = [line["copy_of"] for line in lines_of("read", pages, "--copies")]
    assert [one is None for one in copies].count(False) == 1


def test_nobody_looks_unasked(pages, lines_of):
    (line, *_) = lines_of("statements", pages, "--tagger", "rules")
    assert line["article"]["copy_of"] is None
    assert {one["utterance"] for one in line["statements"]} == {None}
    assert {one["copy_of"] for one in lines_of("read", pages)} == {None}


def test_parquet_is_written_as_it_comes(pages, tmp_path, capsys):
    arguments = ["statements", str(pages), "--utterances", "--format", "parquet"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 2
    assert "--utterances holds all articles" in capsys.readouterr().err
