from __future__ import annotations

import csv
import io
import json

from whipcount.rendering import csv_rows, documents


def written(columns, rows) -> list[dict[str, str]]:
    stream = io.StringIO()
    csv_rows.write(stream, columns, rows)
    return list(csv.DictReader(io.StringIO(stream.getvalue())))


def flat_keys(document) -> set[str]:
    return {
        f"{key}.{inner}" if isinstance(value, dict) else key
        for key, value in document.items()
        for inner in (value if isinstance(value, dict) else [""])
    }


def test_an_article_is_a_row(article):
    (row,) = written(csv_rows.ARTICLE, csv_rows.article_rows([article], with_text=True))
    assert row["title"] == "Ferries for Isk"
    assert row["byline"] == ""
    assert row["text"] == article.text
    assert json.loads(row["body"])[0] == list(article.body[0])


def test_a_statement_is_a_row(attributed):
    rows = written(csv_rows.STATEMENT, csv_rows.statement_rows([attributed]))
    assert [row["id"] for row in rows] == [one.id for one in attributed.statements]
    assert json.loads(rows[0]["actors"])[0]["name"] == "Lena Orlo"
    assert rows[0]["article"] == attributed.article.id


def test_a_position_is_a_row_with_its_actor_in_columns(coded):
    rows = written(csv_rows.POSITION, csv_rows.position_rows([coded]))
    assert rows[1]["actor.name"] == "Tam Ruhl"
    assert rows[1]["reported"] == "false"
    assert json.loads(rows[1]["condition"]) == list(coded.positions[1].condition)
    assert rows[0]["reported_by.name"] == ""


def test_a_cell_is_a_row_and_the_others_follow(whip_count):
    rows = written(csv_rows.CELL, csv_rows.cell_rows(whip_count))
    assert len(rows) == len(whip_count.cells) + len(whip_count.others)
    assert (rows[0]["member"], rows[0]["stand"]) == ("Torvel", "yes")
    assert (rows[-1]["member"], rows[-1]["actor.name"]) == ("", "Ferry Union")
    assert {row["as_of"] for row in rows} == {"2031-05-31"}


def test_every_field_of_the_documents_has_a_column(article, attributed, coded, whip_count):
    for columns, document in (
        (csv_rows.ARTICLE, documents.article(article, with_text=True)),
        (csv_rows.STATEMENT, documents.statement(attributed.statements[0])),
        (csv_rows.POSITION, documents.position(coded.positions[0]) | {"reported_by": {"id": ""}}),
        (csv_rows.CELL, documents.cell(whip_count.cells[0])),
        (csv_rows.CELL, documents.other(whip_count.others[0])),
    ):
        assert flat_keys(document) <= set(columns)


def test_nothing_is_a_header():
    stream = io.StringIO()
    csv_rows.write(stream, csv_rows.ARTICLE, [])
    assert stream.getvalue() == ",".join(csv_rows.ARTICLE) + "\n"
