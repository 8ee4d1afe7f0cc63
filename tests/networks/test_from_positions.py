"""Positions as coded statements, from coded articles, their lines and a folder of Parquet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.dna.test_round_trips import article, coded
from whipcount.errors import NetworkError
from whipcount.model import Actor, Coded, Position
from whipcount.networks import CodedStatements, NetworkOptions, network, to_edges
from whipcount.networks.from_positions import from_coded, read_coded_lines
from whipcount.networks.parquet import read_parquet
from whipcount.networks.sources import read_coded_statements
from whipcount.networks.stances import AGREEMENTS, agreements
from whipcount.rendering import documents


def values(table: CodedStatements, name: str) -> list[str | int | None]:
    """Return a column's values in the table's order."""
    column = table.column(name)
    return [None if code < 0 else column.values[code] for code in column.codes.tolist()]


def with_review() -> Coded:
    one = coded()
    doubtful = replace(one.positions[0], option="road-map", for_review=True)
    return replace(one, positions=(*one.positions, doubtful))


def test_a_position_is_a_row_with_its_actor_and_article():
    table = from_coded([coded()])
    assert values(table, "person") == ["Ilsa Torv", "Ilsa Torv", None]
    assert values(table, "organization") == ["Ostrand", "Ostrand", "Merrow"]
    assert values(table, "stance") == ["support", "conditional", "undecided"]
    assert values(table, "agreement") == [1, None, None]
    assert values(table, "document.source") == ["The Courier"] * 3
    assert values(table, "reported") == [0, 0, 0]
    assert table.texts[2] == "Merrow is undecided."


def test_the_statements_are_in_the_order_of_time_and_place():
    table = from_coded([coded()])
    assert np.all(np.diff(table.times.astype(np.int64)) >= 0)
    assert table.ids.tolist() == [1, 2, 3]


def test_an_article_that_comes_twice_counts_once():
    assert len(from_coded([coded(), coded()])) == 3


def test_what_is_for_review_counts_only_where_asked_for():
    assert len(from_coded([with_review()])) == 3
    assert len(from_coded([with_review()], with_review=True)) == 4


def test_votes_have_their_record_as_document():
    vote = Position(
        "vote", Actor("v", "Merrow", "state", speaks_for="Merrow"), "membership", "oppose",
        date="2031-06-01", record="Vote 12, annex.csv",
    )  # fmt: skip
    table = from_coded([coded()], entered=[vote, replace(vote, stance="abstain")])
    assert values(table, "document.id")[-2:] == ["Vote 12, annex.csv"] * 2
    assert values(table, "agreement")[-2:] == [0, None]


@pytest.mark.parametrize(
    ("settings", "agreed"),
    [
        ((), [1, None, None]),
        (("conditional=yes",), [1, 1, None]),
        (("undecided=no", "conditional=leave-out"), [1, None, 0]),
        (("support=leave-out",), [None, None, None]),
    ],
)
def test_a_user_says_what_a_stance_weighs(settings, agreed):
    assert values(from_coded([coded()], agreements(settings)), "agreement") == agreed


@pytest.mark.parametrize("setting", ["conditional", "perhaps=yes", "conditional=0.5", "=yes"])
def test_a_setting_that_is_none_is_told(setting):
    with pytest.raises(NetworkError, match="write such as conditional=yes"):
        agreements([setting])


def test_the_default_is_said_in_one_place():
    assert AGREEMENTS["conditional"] == AGREEMENTS["undecided"] == "leave-out"


def test_no_positions_are_an_empty_table():
    table = from_coded([])
    assert len(table) == 0
    assert network(table).rows == ()
    assert network(table, NetworkOptions("one", normalization="jaccard")).rows == ()


@pytest.mark.parametrize("with_text", [True, False])
def test_lines_that_code_wrote_are_the_same_table(with_text, tmp_path):
    path = tmp_path / "coded.jsonl"
    line = json.dumps(documents.code_line(with_review(), with_text=with_text))
    path.write_text(f"{line}\n\n", encoding="utf-8")
    options = NetworkOptions(aggregation="subtract")
    ours = network(read_coded_statements(path), options)
    assert to_edges(ours) == to_edges(network(from_coded([coded()]), options))


def test_a_line_that_is_something_else_is_named(tmp_path):
    path = tmp_path / "coded.jsonl"
    path.write_text('{"article": 1}\n', encoding="utf-8")
    with pytest.raises(NetworkError, match=r"coded.jsonl, line 1: is not what"):
        list(read_coded_lines(path))


def folder(tmp_path: Path, coded: list[Coded], struct: bool = True) -> Path:
    """Write coded articles as a folder of Parquet."""
    polars = pytest.importorskip("polars")
    for name in ("positions", "articles"):
        (tmp_path / name).mkdir()
    rows = [documents.position(one) for each in coded for one in each.positions]
    for row in rows:
        for key in ("source", "content", "condition", "reason", "reported_by"):
            row.pop(key)
        if not struct:
            actor = row.pop("actor")
            row |= {f"actor.{key}": value for key, value in actor.items()}
    polars.DataFrame(rows).write_parquet(tmp_path / "positions" / "part-0.parquet")
    articles = [documents.article(each.article, with_text=False) for each in coded]
    kept = ("id", "title", "outlet", "byline", "published")
    polars.DataFrame([{name: one[name] for name in kept} for one in articles]).write_parquet(
        tmp_path / "articles" / "part-0.parquet"
    )
    return tmp_path


@pytest.mark.parametrize("struct", [True, False])
def test_a_folder_of_parquet_is_the_same_table(struct, tmp_path):
    other = replace(coded(), article=article(id="fedcba9876543210", published="2030-01-01"))
    moved = tuple(replace(one, article=other.article.id, date="") for one in other.positions)
    both = [with_review(), replace(other, positions=moved)]
    found, expected = read_parquet(folder(tmp_path, both, struct)), from_coded(both)
    for column in expected.variables:
        assert sorted(map(str, values(found, column.name))) == sorted(
            map(str, values(expected, column.name))
        ), column.name
    assert sorted(found.times.tolist()) == sorted(expected.times.tolist())
    assert (found.first, found.last) == (expected.first, expected.last)
    options = NetworkOptions("one", rows="stance", aggregation="congruence")
    assert to_edges(network(found, options)) == to_edges(network(expected, options))
    assert values(found, "document.author") == ["Ann Orr"] * 6


def test_a_folder_without_positions_is_told(tmp_path):
    pytest.importorskip("polars")
    with pytest.raises(NetworkError, match=r"positions: has no .parquet file"):
        read_coded_statements(tmp_path)


def test_a_source_of_another_kind_is_told():
    with pytest.raises(NetworkError, match="networks are built from a project"):
        read_coded_statements("page.html")
