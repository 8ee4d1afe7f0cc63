"""The network's picture: its file, its bytes, and what lies on what."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from tests.networks.debates import debate, opposed, opposed_table
from tests.networks.statements import table_of

from whipcount.errors import NetworkError, PlotError
from whipcount.networks import NetworkOptions, network
from whipcount.rendering.label_places import label_places
from whipcount.rendering.network_layout import MOST_SPRINGS, positions
from whipcount.rendering.network_plot import TIES, TITLES, network_picture, sheet_of

pytest.importorskip("matplotlib")

ONE = NetworkOptions("one", aggregation="subtract")


def crowd(size: int = 40):
    chance = np.random.default_rng(1)
    said = [
        (
            f"the organization {chance.integers(size)}",
            "xyz"[chance.integers(3)],
            int(chance.integers(2)),
        )
        for _ in range(4 * size)
    ]
    return network(table_of(debate(said)), ONE)


def test_agreement_is_a_full_blue_line_and_conflict_a_dashed_orange_one():
    svg = network_picture(network(opposed_table(), ONE)).decode()
    blue = [line for line in svg.split("<path") if "stroke: #17508d" in line]
    orange = [line for line in svg.split("<path") if "stroke: #c24e0b" in line]
    assert blue
    assert orange
    assert not any("stroke-dasharray" in line for line in blue)
    assert all("stroke-dasharray" in line for line in orange)
    assert "agree more than they disagree" in svg
    assert "disagree more than they agree" in svg


@pytest.mark.parametrize("form", [".svg", ".png"])
def test_the_same_network_and_seed_give_the_same_bytes(form):
    found = network(opposed_table(3), ONE)
    assert network_picture(found, form, seed=4) == network_picture(found, form, seed=4)


@pytest.mark.parametrize(("mode", "aggregation"), TITLES)
def test_every_kind_of_network_is_drawn_with_its_legend(mode, aggregation):
    table = opposed_table(2)
    if aggregation == "combine":
        both = [*debate(opposed({"a": 1, "b": 0})), *debate([("a", "x", 0)], 90)]
        table = table_of(both)
    options = NetworkOptions(mode, aggregation=aggregation)
    svg = network_picture(network(table, options)).decode()
    assert all(told in svg for told in TIES[mode, aggregation].values())
    assert "organization" in svg


def test_a_png_is_one_that_others_read():
    image = pytest.importorskip("matplotlib.image")
    read = image.imread(io.BytesIO(network_picture(network(opposed_table(), ONE), ".png")))
    assert read.shape[0] > 800
    assert read.std() > 0.01


def test_no_node_lies_on_another_and_all_are_in_the_field():
    sheet = sheet_of(crowd())
    radii = np.array([one.radius for one in sheet.nodes])
    places = positions(sheet.pull, radii.tolist(), 12, 9)
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, 99)
    assert (apart > radii[:, None] + radii[None]).all()
    assert (places >= radii[:, None]).all()
    assert (places <= np.array([12, 9]) - radii[:, None]).all()


def test_no_label_lies_on_another_or_on_a_node():
    sheet = sheet_of(crowd())
    radii = [one.radius for one in sheet.nodes]
    places = positions(sheet.pull, radii, 12, 9)
    sizes = [(1.4, 0.13)] * len(radii)
    labels = label_places(places, radii, sizes, np.empty((0, 4)), (12, 9))
    assert None not in labels
    for n, one in enumerate(labels):
        assert 0.7 <= one.x <= 11.3
        for other in labels[:n]:
            assert abs(one.x - other.x) >= 1.4 or abs(one.y - other.y) >= 0.13
        for place, radius in zip(places, radii, strict=True):
            across = max(abs(place[0] - one.x) - 0.7, 0)
            along = max(abs(place[1] - one.y) - 0.065, 0)
            assert np.hypot(across, along) >= radius * 0.97


def test_a_label_without_room_is_none():
    places = np.array([[0.2, 0.2]])
    assert label_places(places, [0.1], [(3, 0.1)], np.empty((0, 4)), (0.4, 0.4)) == [None]


def test_opposed_blocks_lie_apart():
    sheet = sheet_of(network(opposed_table(), ONE))
    places = positions(sheet.pull, [one.radius for one in sheet.nodes], 9, 6)
    few = [one.label in "be" for one in sheet.nodes]
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    within = apart[np.equal.outer(few, few)].max()
    assert apart[~np.equal.outer(few, few)].min() > within / 2
    assert {one.community for one, of in zip(sheet.nodes, few, strict=True) if of} == {1}


def test_many_nodes_lie_by_forces_the_same_each_time():
    pull = np.zeros((MOST_SPRINGS + 1,) * 2)
    pull[0, 1:] = pull[1:, 0] = 1
    radii = [0.1] * len(pull)
    first, second = (positions(pull, radii, 30, 20, seed=3) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_who_has_no_tie_is_named_below():
    said = [*opposed({"a": 1, "b": 0}), ("hermit", "cave", 1)]
    svg = network_picture(network(table_of(debate(said)), ONE)).decode()
    assert "Without a tie (1): hermit" in svg
    alone = network(table_of(debate([("a", "x", 1)])), replace(ONE, aggregation="congruence"))
    with pytest.raises(NetworkError, match="has no tie to draw"):
        network_picture(alone)


def test_words_are_words_whatever_they_hold():
    said = [("$a_1$ <b>\x08", "x", 1), ("c & d", "x", 1)]
    svg = network_picture(network(table_of(debate(said)), ONE)).decode()
    assert "$a_1$ &lt;b&gt;" in svg
    assert "c &amp; d" in svg


def test_another_form_is_told():
    with pytest.raises(PlotError, match=r"an \.svg or a \.png"):
        network_picture(network(opposed_table(), ONE), ".gif")
