"""Networks of a project: what people decided counts, and other doors give the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.project.cases import ANN, BOB, article, new
from whipcount import project
from whipcount.cli import main
from whipcount.networks import NetworkOptions, network, time_windows, to_edges
from whipcount.networks.sources import read_coded_statements
from whipcount.project import Entry

SPOKEN = NetworkOptions()
AGREED = NetworkOptions("one", aggregation="subtract")
OPTIONS = [
    SPOKEN,
    NetworkOptions(aggregation="subtract", normalization="activity"),
    NetworkOptions(rows="stance", columns="document.title", qualifier=None),
    AGREED,
    NetworkOptions("one", aggregation="congruence", normalization="jaccard"),
    NetworkOptions("one", aggregation="conflict", duplicates="document"),
    NetworkOptions("one", aggregation="ignore", duplicates="acrossrange"),
]


@pytest.fixture
def path(tmp_path) -> Path:
    """A project whose three articles say the same, nobody having looked at it."""
    new(tmp_path / "debate.whip", articles=3).close()
    return tmp_path / "debate.whip"


@pytest.fixture
def decided(path) -> Path:
    """The same, with what two people decided and entered."""
    with project.open_project(path) as debate:
        slots = ids(debate)
        project.accept(debate, slots[0], ANN)
        project.accept(debate, slots[0], BOB)
        project.change(debate, slots[1], BOB, stance="support")
        project.delete(debate, slots[2], ANN)
        project.change(debate, slots[3], ANN, option="road-map")
        project.change(debate, slots[4], ANN, option="membership")
        project.enter(debate, Entry("Tavany", "membership", "oppose", "2031-05-03"), BOB)
    return path


def ids(debate: project.Project) -> list[str]:
    """Return the ids of all codings, article by article."""
    return [
        one.id for each in project.coded(debate) for one in project.codings(debate, each.article.id)
    ]


def without_entered(path: Path) -> None:
    """Withdraw what was entered, which has no words in an article."""
    with project.open_project(path) as debate:
        for one in project.entries(debate):
            project.withdraw_entry(debate, one.id, BOB)


def ties(source: Path, options: NetworkOptions = SPOKEN, **choices: bool) -> list:
    return to_edges(network(read_coded_statements(source, **choices), options))


def test_a_project_s_network_is_of_what_counts(decided):
    assert ties(decided) == [
        ("Halvern", "membership", 2.0),
        ("Halvern", "road-map", 1.0),
        ("Merrow", "immediate-membership", 2.0),
        ("Merrow", "membership", 1.0),
        ("Tavany", "membership", 1.0),
        ("Tavany", "road-map", 2.0),
    ]
    assert ties(decided, NetworkOptions(aggregation="subtract")) == [
        ("Halvern", "membership", 2.0),
        ("Halvern", "road-map", 1.0),
        ("Merrow", "membership", -1.0),
        ("Tavany", "membership", -1.0),
        ("Tavany", "road-map", 2.0),
    ]


def test_two_coders_who_agree_are_one_statement(path):
    before = ties(path)
    with project.open_project(path) as debate:
        for who in (ANN, BOB):
            project.change(debate, ids(debate)[0], who, stance="undecided")
    assert ties(path) == before
    stances = read_coded_statements(path).column("stance")
    assert sorted(stances.values[code] for code in stances.codes.tolist()).count("undecided") == 1


def test_where_coders_disagree_it_counts_only_with_review(path):
    with project.open_project(path) as debate:
        project.accept(debate, ids(debate)[0], ANN)
        project.change(debate, ids(debate)[0], BOB, stance="oppose")
    assert ties(path)[0] == ("Halvern", "membership", 2.0)
    assert ties(path, with_review=True)[0] == ("Halvern", "membership", 3.0)


def test_what_was_entered_has_its_record_as_document(decided):
    options = NetworkOptions(rows="origin", columns="document.id", qualifier=None)
    (entered,) = [tie for tie in ties(decided, options) if tie[0] == "entered"]
    assert entered[1:] == ("entered by Bob", 1.0)


def test_actors_that_people_joined_are_one_node(path):
    with project.open_project(path) as debate:
        project.merge_actors(debate, "state:tavany", "state:merrow", ANN)
    table = read_coded_statements(path)
    assert {*table.column("actor").values} == {"Halvern", "Merrow"}


def test_a_copy_counts_as_its_article_does_until_duplicates_are_left_out(path):
    whole = article(0)
    copy = replace(article(7), article=replace(article(7).article, copy_of=whole.article.id))
    with project.open_project(path) as debate:
        project.add(debate, copy, ANN)
    assert ties(path)[0] == ("Halvern", "membership", 4.0)
    assert ties(path, NetworkOptions(duplicates="acrossrange"))[0][2] == 1.0


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_the_project_s_parquet_gives_the_same(options, decided, tmp_path):
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    out = tmp_path / "parquet"
    assert main(["export", str(decided), "--format", "parquet", "--out", str(out)]) == 0
    assert ties(out, options) == ties(decided, options) != []


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_the_project_s_lines_give_the_same_but_for_what_was_entered(options, decided, tmp_path):
    out = tmp_path / "lines.jsonl"
    assert main(["export", str(decided), "--format", "jsonl", "--out", str(out)]) == 0
    without_entered(decided)
    assert ties(out, options) == ties(decided, options) != []


@pytest.mark.parametrize("options", [one for one in OPTIONS if one.rows == "organization"], ids=str)
def test_the_project_s_dna_file_gives_the_same_where_all_say_yes_or_no(options, decided, tmp_path):
    without_entered(decided)
    assert main(["dna", "export", str(decided), "--out", str(tmp_path / "out.dna")]) == 0
    assert ties(tmp_path / "out.dna", options) == ties(decided, options) != []


def test_stances_that_are_neither_are_of_another_type_in_the_dna_file(decided, tmp_path):
    without_entered(decided)
    with project.open_project(decided) as debate:
        project.change(debate, ids(debate)[5], BOB, stance="conditional")
    assert main(["dna", "export", str(decided), "--out", str(tmp_path / "out.dna")]) == 0
    assert ties(tmp_path / "out.dna", AGREED) == ties(decided, AGREED)
    assert sum(tie[2] for tie in ties(decided)) - sum(t[2] for t in ties(tmp_path / "out.dna")) == 1


def test_windows_of_project_and_parquet_are_the_same(decided, tmp_path):
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    out = tmp_path / "parquet"
    main(["export", str(decided), "--format", "parquet", "--out", str(out)])
    options = NetworkOptions("one", aggregation="congruence", window="days", size=2)
    both = []
    for source in (decided, out):
        _, found = time_windows(read_coded_statements(source), options)
        both.append([(one.start, one.middle, one.stop, to_edges(one)) for one in found])
    assert both[0] == both[1] != []


def test_an_empty_project_is_an_empty_network_through_every_door(tmp_path):
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    path = tmp_path / "empty.whip"
    new(path, articles=0).close()
    main(["export", str(path), "--format", "parquet", "--out", str(tmp_path / "parquet")])
    main(["dna", "export", str(path), "--out", str(tmp_path / "out.dna")])
    for name in ("empty.whip", "parquet", "out.dna"):
        assert ties(tmp_path / name) == ties(tmp_path / name, AGREED) == []
