"""`whipcount network` and `whipcount dna`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.dna.databases import TEXT, small

from whipcount.cli import main
from whipcount.dna import read_database, write_database


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "small.dna"
    write_database(small(), path)
    return path


@pytest.fixture
def run(capsys):
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        done = capsys.readouterr()
        return code, done.out, done.err

    return run


def test_the_matrix_has_labels_in_quotation_marks(run, file):
    assert run("network", file, "--rows", "person", "--aggregation", "subtract") == (
        0,
        '"","close the harbour"\n"Marta Velt",1\n',
        "",
    )


def test_an_event_list_has_rdna_s_columns(run, file):
    code, out, _ = run("network", file, "--mode", "event")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == (
        'statement_id,time,time_epoch,"person","organization","concept","agreement",'
        "start_position,stop_position,coder,document_id,document_author,document_source,"
        "document_section,document_type"
    )
    start = TEXT.index("the harbour") + 1
    assert lines[1] == (
        '1,1970-01-12 13:46:40,1000000,"Marta Velt","","close the harbour",1,'
        f'{start},{start + 23},2,1,"Ann Orr","The Courier","news","web"'
    )
    _, out, _ = run("network", file, "--mode", "event", "--with-text")
    assert '"the harbour must close."' in out
    assert '"Ferries"' in out


def test_windows_say_their_range_and_empty_ones_are_counted(run, file):
    code, out, _ = run("network", file, "--rows", "person", "--window", "weeks", "--size", "1")
    assert code == 0
    assert out == (
        'window,start,middle,stop,num_statements,row,"close the harbour"\n'
    ) or out.startswith("window,start,middle,stop,num_statements,row")
    code, _, err = run("network", file, "--window", "years", "--size", "3")
    assert code == 2
    assert "no window of 3 years fits into the range" in err


BAD = [
    (["--rows", "mood"], "no variable is called 'mood'"),
    (["--normalization", "average"], "doesn't go with the two-mode network"),
    (["--exclude", "concept"], "write VARIABLE=VALUE"),
    (["--invert", "concept"], "nothing of it is excluded"),
    (["--from", "yesterday"], "is no date; write 2023-07-11"),
    (["--statement-type", "Story"], "no statement type is called 'Story'"),
    (["--mode", "event", "--format", "graphml"], "an event list is no network"),
    (["--format", "xlsx"], "add --mode event"),
    (["--window", "days", "--format", "graphml"], "GraphML holds one network"),
    (["--stance", "maybe=yes"], "write such as conditional=yes"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD, ids=[words for _, words in BAD])
def test_what_is_wrong_is_told_and_nothing_is_written(arguments, words, run, file, tmp_path):
    out = tmp_path / "out" / "x"
    out.parent.mkdir()
    code, printed, err = run("network", file, "--out", out, *arguments)
    assert (code, printed) == (2, "")
    assert words in err
    assert list(out.parent.iterdir()) == []


def test_exclusions_and_their_inversion(run, file):
    labels = {
        (): ["Marta Velt"],
        ("--exclude", "agreement=1"): [],
        ("--exclude", "agreement=1", "--invert", "values"): ["Marta Velt"],
        ("--exclude", "authors=Ann Orr"): [],
        ("--exclude", "document.author=Ann Orr", "--invert", "authors"): ["Marta Velt"],
        ("--exclude", "author=Ann Orr", "--invert", "author"): ["Marta Velt"],
        ("--exclude", "concept=nothing"): ["Marta Velt"],
    }
    for arguments, expected in labels.items():
        code, out, err = run("network", file, "--rows", "person", *arguments)
        assert code == 0
        assert [line.split(",")[0].strip('"') for line in out.splitlines()[1:]] == expected
        assert ("no statement is left" in err) == (not expected)
    assert "no statement has concept=nothing" in err


def test_a_range_takes_days_to_their_end(run, file):
    for day, count in (("1970-01-12", 2), ("1970-01-11", 1), ("1970-01-12 13:00:00", 1)):
        _, out, _ = run("network", file, "--rows", "person", "--to", day)
        assert len(out.splitlines()) == count


def test_statements_without_agreement_need_no_qualifier(run, file):
    code, _, err = run(
        "network", file, "--statement-type", "Weather", "--rows", "mood", "--columns", "note"
    )
    assert (code, err) == (0, "")


@pytest.mark.parametrize("form", ["edges", "json", "graphml", "gexf"])
def test_every_format_is_written_whole(form, run, file, tmp_path):
    out = tmp_path / f"net.{form}"
    assert run("network", file, "--rows", "person", "--format", form, "--out", out)[0] == 0
    assert "Marta Velt" in out.read_text(encoding="utf-8")


def test_a_label_that_xml_cannot_hold_leaves_no_file(run, tmp_path):
    from dataclasses import replace  # noqa: PLC0415

    database = small()
    rows = database.statements
    path = tmp_path / "bad.dna"
    bad = replace(database.types[0].variables[0].entities[1], value="Ve\x08lt")
    person = replace(database.types[0].variables[0], entities=(bad,))
    type_ = replace(database.types[0], variables=(person, *database.types[0].variables[1:]))
    values = ((1, "Ve\x08lt"), *rows[0].values[1:])
    statements = (replace(rows[0], values=values),)
    write_database(replace(database, types=(type_,), statements=statements, links=()), path)
    out = tmp_path / "net.graphml"
    code, _, err = run("network", path, "--rows", "person", "--out", out)
    assert code == 2
    assert "has a character that XML can't hold (U+0008)" in err
    assert not out.exists()


def test_a_database_is_imported_and_exported_again(run, file, tmp_path):
    coded, again = tmp_path / "coded.jsonl", tmp_path / "again.dna"
    code, _, err = run("dna", "import", file, "--out", coded)
    assert (code, err) == (
        0,
        f"whipcount: {file}: 1 statement is no position; what is no position stays in the file\n",
    )
    lines = [json.loads(line) for line in coded.read_text(encoding="utf-8").splitlines()]
    assert [len(line["positions"]) for line in lines] == [2, 0]
    assert run("dna", "export", coded, "--out", again)[0] == 0
    assert [one.text for one in read_database(again).documents] == [
        one.text for one in small().documents
    ]
    first = run("network", file, "--columns", "organization", "--rows", "concept")
    assert run("network", again, "--columns", "organization", "--rows", "concept")[0] == 0
    assert first[0] == 0


def test_annotations_are_printed(run, file):
    code, out, _ = run("dna", "import", file, "--format", "jsonld")
    assert code == 0
    assert len(json.loads(out)["items"]) == 2


def test_words_without_a_place_are_told_and_the_rest_is_done(run, tmp_path):
    from whipcount.dna.database import Statement  # noqa: PLC0415

    values = ((1, "Marta Velt"), (2, ""), (3, "close the harbour"), (4, 1))
    odd = Statement(9, 1, 1, 5, 10_000, 1, values, placed=False)
    path = tmp_path / "odd.dna"
    write_database(small(statements=(*small().statements, odd)), path)
    code, out, err = run("dna", "import", path)
    assert code == 1
    assert "statement 9 of document 1 has no place in its text" in err
    assert len(out.splitlines()) == 2
