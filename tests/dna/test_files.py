"""`.dna` files: read, written, and what isn't one."""

from __future__ import annotations

import base64
import sqlite3
from pathlib import Path

import pytest

from tests.dna.databases import HARBOUR, TEXT, small
from whipcount.cli import main
from whipcount.dna import (
    coded_statements,
    read_database,
    statement_types,
    write_database,
)
from whipcount.dna.database import Document, Statement
from whipcount.dna.passwords import SALT, encrypted
from whipcount.errors import DnaError

SAMPLE = Path(__file__).parents[2].parent / "shared" / "dna" / "sample.dna"
needs_sample = pytest.mark.skipif(not SAMPLE.exists(), reason="needs shared/dna/sample.dna")


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "small.dna"
    write_database(small(), path)
    return path


def test_what_is_written_is_read_again(file):
    assert read_database(file) == small()


def test_what_is_read_is_written_again(file, tmp_path):
    write_database(read_database(file), tmp_path / "again.dna")
    assert dump(tmp_path / "again.dna") == dump(file)


@needs_sample
def test_the_sample_comes_back_with_every_value(tmp_path):
    write_database(read_database(SAMPLE), tmp_path / "again.dna")
    again = tmp_path / "again.dna"
    assert read_database(again) == read_database(SAMPLE)
    ours, theirs = tables(again), tables(SAMPLE)
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert ours[name] == theirs[name], name


@needs_sample
def test_the_sample_s_passwords_are_known():
    coders = read_database(SAMPLE).coders
    assert [is_password(coder.password, "sample") for coder in coders] == [True] * 4
    assert not is_password(coders[0].password, "Sample")


def test_offsets_are_java_s_in_the_file(file):
    with sqlite3.connect(file) as connection:
        start, stop = connection.execute("SELECT Start, Stop FROM STATEMENTS").fetchone()
    units = TEXT.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")
    assert units == TEXT[slice(*HARBOUR)]
    assert start == HARBOUR[0] + 1


def test_offsets_outside_of_a_text_are_kept_as_they_are(tmp_path):
    statements = (
        Statement(1, 1, 1, 5, 10_000, 1, (), placed=False),
        Statement(2, 1, 1, 11, 30, 1, (), placed=False),  # inside the ferry's surrogate pair
    )
    write_database(small(statements=statements), tmp_path / "odd.dna")
    assert read_database(tmp_path / "odd.dna").statements == statements


def test_statements_as_a_table_are_in_dna_s_order(file):
    table = coded_statements(file, with_texts=True)
    assert table.ids.tolist() == [1, 2]
    assert table.texts == (TEXT[slice(*HARBOUR)], "Ostrand disagrees.")
    assert table.column("person").values == ("Marta Velt",)
    assert table.column("person").codes.tolist() == [0, -1]
    assert table.column("author").labels == ("Ann Orr",)
    assert (table.entities[0].value, table.entities[0].color) == ("Marta Velt", "#ff0033")
    assert str(table.first) == "1969-12-31T00:00:00"
    weather = coded_statements(file, "Weather")
    assert weather.column("degree").values == (-3,)
    assert weather.column("note").labels == ("a long\nnote",)


def test_a_statement_type_that_is_not_there_is_named_with_those_that_are(file):
    assert statement_types(file) == ("DNA Statement", "Weather")
    with pytest.raises(DnaError, match=r"'Story'; there are 'DNA Statement', 'Weather'"):
        coded_statements(file, "Story")


def test_a_type_without_statements_is_an_empty_table(tmp_path):
    write_database(small(statements=()), tmp_path / "none.dna")
    assert len(coded_statements(tmp_path / "none.dna")) == 0


def broken(path: Path, file: Path, how: str) -> None:
    whole = file.read_bytes()
    if how == "encrypted":
        path.write_bytes(bytes((byte * 7 + 13) % 256 for byte in whole))
    elif how == "truncated":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "header alone":
        path.write_bytes(whole[:20])
    elif how == "scrambled":
        path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("not a database", encoding="utf-8")
    elif how == "version 2":
        path.write_bytes(whole)
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE SETTINGS SET Value = '2.0.25' WHERE Property = 'version'")
    elif how == "something else":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE songs (name TEXT)")


BROKEN = [
    ("encrypted", "is no SQLite database"),
    ("truncated", "is truncated"),
    ("header alone", "is truncated"),
    ("scrambled", "is damaged"),
    ("empty", "is empty"),
    ("text", "is no SQLite database"),
    ("version 2", "is of version 2.0.25"),
    ("something else", "none of Discourse Network Analyzer 3"),
    ("missing", "there is no such file"),
]


@pytest.mark.parametrize(("how", "words"), BROKEN)
def test_what_is_no_database_of_dna_is_told_in_clear_words(how, words, tmp_path, file, capsys):
    path = tmp_path / "odd.dna"
    broken(path, file, how)
    for read in (read_database, coded_statements):
        with pytest.raises(DnaError, match=words) as raised:
            read(path)
        assert str(raised.value).startswith(f"{path}: ")
    assert main(["network", str(path), "--out", str(tmp_path / "out.csv")]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_a_title_that_dna_cannot_hold_leaves_the_old_file(file):
    before = file.read_bytes()
    long = Document(1, "x" * 191, TEXT, None, "", "", "", "", "", 0)
    with pytest.raises(DnaError, match="CHECK constraint failed"):
        write_database(small(documents=(long,), statements=()), file)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def is_password(stored: str, password: str) -> bool:
    """Return whether a password is the one of which `stored` was made."""
    return encrypted(password, base64.b64decode(stored)[:SALT]) == stored


def test_passwords_are_salted_and_hashed_100000_times():
    stored = encrypted("secret", bytes(16))
    assert is_password(stored, "secret")
    assert not is_password(stored, "Secret")


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


def tables(path: Path) -> dict[str, list[tuple]]:
    """Return every table's columns and rows; those of attributes by name, not by number."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = {
            name: [
                *connection.execute(f"PRAGMA table_info({name})"),
                *connection.execute(f"SELECT * FROM {name}"),
            ]
            for name in names
            if not name.startswith("ATTRIBUTE")
        }
        found["attributes"] = connection.execute(
            "SELECT a.VariableId, a.AttributeVariable, v.EntityId, v.AttributeValue "
            "FROM ATTRIBUTEVALUES v JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId "
            "ORDER BY 1, 2, 3"
        ).fetchall()
    return found
