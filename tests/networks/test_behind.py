"""The statements behind a node or a tie are those that its number was counted of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.networks.statements import BEGIN, Row, rows_by_chance, table_of
from whipcount.networks import NetworkOptions, network, to_edges
from whipcount.networks.behind import behind_node, behind_tie

SAID = (
    ("Alder", "tax", 1),
    ("Alder", "tax", 0),
    ("Alder", "cap", 1),
    ("Birch", "tax", 1),
    ("Birch", "cap", 0),
    ("Cedar", "ban", 1),
)
TABLE = table_of([Row(n, BEGIN, n, "", *one) for n, one in enumerate(SAID)])
ONE = NetworkOptions("one", aggregation="congruence")


def said(places):
    return {SAID[TABLE.ids[place]] for place in places}


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"row": "Birch"}, {("Birch", "tax", 1), ("Birch", "cap", 0)}),
        ({"column": "cap"}, {("Alder", "cap", 1), ("Birch", "cap", 0)}),
        ({"row": "Alder", "column": "tax"}, {("Alder", "tax", 1), ("Alder", "tax", 0)}),
        ({"row": "Nobody"}, set()),
        ({"row": "Cedar", "column": "tax"}, set()),
    ],
)
def test_a_node_and_a_cell_have_their_statements(named, expected):
    assert said(behind_node(TABLE, NetworkOptions(), **named)) == expected


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        ("congruence", {("Alder", "tax", 1), ("Birch", "tax", 1)}),
        (
            "conflict",
            {("Alder", "tax", 0), ("Birch", "tax", 1), ("Alder", "cap", 1), ("Birch", "cap", 0)},
        ),
        ("subtract", {one for one in SAID if one[0] != "Cedar"}),
        ("ignore", {one for one in SAID if one[0] != "Cedar"}),
    ],
)
def test_a_tie_has_those_that_make_it(aggregation, expected):
    options = replace(ONE, aggregation=aggregation)
    assert said(behind_tie(TABLE, options, "Alder", "Birch")) == expected
    assert said(behind_tie(TABLE, options, "Birch", "Alder")) == expected
    assert said(behind_tie(TABLE, options, "Alder", "Cedar")) == set()


@settings(max_examples=60, deadline=None)
@given(rows_by_chance())
def test_there_are_statements_behind_each_tie_and_behind_no_other_pair(rows):
    table = table_of(rows)
    for aggregation in ("congruence", "conflict"):
        options = NetworkOptions("one", aggregation=aggregation)
        found = network(table, options)
        tied = {tie[:2] for tie in to_edges(found)}
        for place, one in enumerate(found.rows):
            for other in found.rows[place + 1 :]:
                behind = behind_tie(table, options, one, other)
                assert bool(len(behind)) == ((one, other) in tied)
