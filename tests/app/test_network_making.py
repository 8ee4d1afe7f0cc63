"""Networks made beside the requests are the command's, and time moves no node."""

from __future__ import annotations

import io
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from tests.app import debate
from tests.app.debate import ID
from tests.networks.statements import BEGIN, Row, rows_by_chance, table_of
from whipcount import project
from whipcount.app import network_making
from whipcount.app.network_choices import Choices
from whipcount.app.network_making import behind, behind_key, shown, written
from whipcount.app.network_picture import MOST_TIES, laid_out, pictured
from whipcount.cli import main
from whipcount.networks import NetworkOptions, network, to_edges
from whipcount.networks.sources import read_coded_statements
from whipcount.rendering.networks import write_flat

PACT = Path(__file__).parents[2] / "examples" / "pact"

CHOICES = (
    Choices(),
    Choices(day="2031-04-20"),
    Choices(day="2031-04-20", length=30),
    Choices("one", aggregation="congruence", normalization="average"),
    Choices("one", aggregation="conflict", rows="actor", duplicates="document"),
    Choices("one", "concept", "organization", aggregation="subtract", min_statements=3),
    Choices(rows="document.source", aggregation="combine", with_review=True),
    Choices("one", qualifier="stance", aggregation="congruence", isolates=True),
    Choices(qualifier="none", aggregation="ignore", normalization="activity"),
)


@pytest.fixture(scope="module")
def pact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("networks") / "the pact.whip"
    assert main(["init", str(path), "--issue", str(PACT / "accession.toml")]) == 0
    assert main(["add", str(path), str(PACT / "pages")]) == 0
    return path


@pytest.mark.parametrize("form", ["csv", "edges", "graphml", "gexf"])
@pytest.mark.parametrize("choices", CHOICES, ids=lambda one: str(one.query()))
def test_a_download_is_what_the_command_that_is_shown_prints(pact, tmp_path, choices, form):
    words = shlex.split(choices.command(str(pact)))
    assert words[:1] == ["whipcount"]
    out = tmp_path / "network"
    assert main([*words[1:], "--format", form, "--out", str(out)]) == 0
    assert written(str(pact), choices.key(), form) == out.read_bytes()


def flat(table) -> str:
    stream = io.StringIO()
    write_flat(stream, table, np.arange(len(table)))
    return stream.getvalue()


@pytest.mark.parametrize("with_review", [False, True])
def test_the_table_is_the_commands_after_every_kind_of_change(path, with_review):
    def same() -> None:
        table = network_making._table(*network_making._now(str(path)), with_review)
        assert flat(table) == flat(read_coded_statements(path, with_review=with_review))

    by = debate.ANN
    same()
    with project.open_project(path) as found:
        project.change(found, f"{ID}.0/0/entry/a0", by, stance="oppose")
        same()
        project.enter(found, project.Entry("Ulm", "entry", "support", "2031-05-04"), by)
        same()
        project.merge_actors(found, "person:ada rook", "person:tam ruhl", by)
        same()
        project.undo_last(found, by)
        same()


def test_the_picture_has_the_networks_nodes_and_ties(pact):
    found = shown(str(pact), Choices().key())
    picture = found.picture
    table = read_coded_statements(pact)
    whole = network(table, NetworkOptions(aggregation="subtract"))
    names = [one.spot.label for one in picture.nodes]
    assert sorted(names) == sorted([*whole.rows, *whole.columns])
    assert {(names[one.first], names[one.second], one.weight) for one in picture.ties} == set(
        to_edges(whole)
    )
    assert [one.statements for one in picture.nodes] == sorted(
        [*whole.row_counts, *whole.column_counts], reverse=True
    )
    for one in picture.nodes:
        assert one.shown
        assert one.tied
        assert one.support + one.oppose == one.statements, "subtract counts what has agreement"
        assert 0 < one.spot.x < picture.whole.width
        assert 0 < one.spot.y < picture.whole.height


def test_time_moves_no_node(pact):
    pictures = [
        shown(str(pact), Choices(day=day).key()).picture
        for day in ("", "2031-03-12", "2031-04-20", "2031-05-29")
    ]
    assert len({one.whole for one in pictures}) == 1
    numbers = [sum(node.shown for node in one.nodes) for one in pictures]
    assert numbers[1] < numbers[2] < numbers[0]
    assert len(pictures[1].ties) < len(pictures[2].ties) < len(pictures[0].ties)
    early = pictures[1]
    for tie in early.ties:
        assert early.nodes[tie.first].shown


def test_the_same_project_gives_the_same_picture(pact):
    first = shown(str(pact), Choices().key()).picture
    for cached in (network_making._table, network_making._network, network_making._whole):
        cached.cache_clear()
    assert shown(str(pact), Choices().key()).picture == first


def test_before_anything_was_said_nothing_is_shown(pact):
    found = shown(str(pact), Choices(day="2031-01-01", length=1).key())
    assert found.statements == found.ties == 0
    assert found.picture.ties == ()
    assert {one.shown for one in found.picture.nodes} == {False}


def test_a_picture_has_the_nodes_with_most_statements_and_says_how_many_more_there_are(pact):
    picture = shown(str(pact), Choices(nodes=6).key()).picture
    all_ = shown(str(pact), Choices().key()).picture
    counts = [one.statements for one in all_.nodes]
    assert len(picture.nodes) <= 6
    assert {one.statements for one in picture.nodes} <= set(counts[:6])
    assert picture.whole.left_out == len(all_.nodes) - len(picture.nodes)


def test_a_crowd_is_drawn_with_its_strongest_ties():
    rows = [
        Row(n, BEGIN, n, "", f"o{n % 60:02}", "cdefg"[n % 5 % (1 + n % 3)], 1) for n in range(900)
    ]
    table = table_of(rows)
    found = network(table, NetworkOptions("one", aggregation="congruence"))
    picture = pictured(laid_out(found, 60), found, table)
    assert len(picture.ties) == MOST_TIES
    assert picture.ties_left_out == len(to_edges(found)) - MOST_TIES
    weights = sorted((weight for *_, weight in to_edges(found)), reverse=True)
    assert [one.weight for one in picture.ties] == weights[:MOST_TIES]


@settings(max_examples=30, deadline=None)
@given(rows_by_chance())
def test_whatever_was_said_each_node_is_drawn_or_named_as_alone(rows):
    table = table_of(rows)
    for options in (
        NetworkOptions(aggregation="subtract", isolates=True),
        NetworkOptions("one", aggregation="conflict", isolates=True),
        NetworkOptions("one", aggregation="congruence", qualifier="tone", rows="person"),
    ):
        found = network(table, options)
        picture = pictured(laid_out(found, 60), found, table)
        drawn = {(one.spot.side, one.spot.label) for one in picture.nodes if one.shown}
        sides = 1 if options.mode == "one" else 2
        nodes = {
            (side, label)
            for side, labels in ((0, found.rows), (1, found.columns))[:sides]
            for label in labels
        }
        assert drawn | set(picture.alone) == nodes
        assert drawn & set(picture.alone) == set()


def test_pages_of_ties_are_all_of_them_the_strongest_first(pact):
    choices = Choices("one", aggregation="congruence")
    pages = [shown(str(pact), replace(choices, page=page).key()) for page in (1, 2, 3, 9)]
    ties = [(one.row, one.column, one.weight) for page in pages for one in page.table]
    assert pages[-1].table == ()
    assert pages[0].ties == len(ties)
    weights = [abs(weight) for *_, weight in ties]
    assert weights == sorted(weights, reverse=True)
    options = NetworkOptions("one", aggregation="congruence")
    assert set(ties) == set(to_edges(network(read_coded_statements(pact), options)))


def test_behind_a_tie_are_its_statements_by_option_the_newest_first(path):
    key = behind_key(Choices(aggregation="ignore"), "Brask", "entry", "")
    found = behind(str(path), key)
    assert found.statements == 1
    (one,) = found.said
    assert (one.row, one.column, one.stance) == ("Brask", "entry", "conditional")
    assert one.quote == "Brask would agree if the piers are mended"
    assert (one.article, one.statement) == (ID, f"{ID}.1")
