"""Ours against plain loops, on statements made by chance."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.networks import naive
from tests.networks.statements import BEGIN, Row, rows_by_chance, table_of
from whipcount.networks import (
    Excluded,
    Network,
    NetworkOptions,
    events,
    network,
    time_windows,
)
from whipcount.networks.options import (
    AGGREGATIONS_OF,
    DUPLICATES,
    KERNELS,
    NORMALIZATIONS_OF,
)

QUALIFIERS = ("agreement", "degree", "tone", "author", None)
EXCLUDED = (
    (),
    (Excluded("concept", ("x",)),),
    (Excluded("concept", ("x", "y"), invert=True), Excluded("degree", ("1",))),
    (Excluded("author", ("one", "")),),
    (Excluded("section", ("s1",), invert=True), Excluded("organization", ("", "a"))),
)
RANGES = ((None, None), (BEGIN + timedelta(days=5), None), (None, BEGIN + timedelta(days=25)))
FEW = settings(max_examples=150, deadline=None)


@st.composite
def ways(draw, **fixed: object) -> NetworkOptions:
    """Return options drawn from all there are."""
    mode = draw(st.sampled_from(["one", "two"]))
    qualifier = draw(st.sampled_from(QUALIFIERS))
    aggregations = AGGREGATIONS_OF[mode] if qualifier else ("ignore",)
    start, stop = draw(st.sampled_from(RANGES))
    drawn = {
        "mode": mode,
        "qualifier": qualifier,
        "aggregation": draw(st.sampled_from(aggregations)),
        "normalization": draw(st.sampled_from(NORMALIZATIONS_OF[mode])),
        "duplicates": draw(st.sampled_from(DUPLICATES)),
        "isolates": draw(st.booleans()),
        "excluded": draw(st.sampled_from(EXCLUDED)),
        "start": start,
        "stop": stop,
        "min_statements": draw(st.sampled_from([1, 1, 2])),
        "columns": draw(st.sampled_from(["concept", "id"])),
    }
    return NetworkOptions(**{**drawn, **fixed})


def assert_equal(ours: Network, expected: naive.Matrix) -> None:
    dense = ours.matrix.toarray()
    for i, row in enumerate(ours.rows):
        for j, column in enumerate(ours.columns):
            assert dense[i, j] == pytest.approx(expected[row, column], abs=1e-9), (row, column)


def labels_of(counted: list[Row], rows: list[Row], options: NetworkOptions):
    labelled = naive.observed(rows, options) if options.isolates else counted
    return naive.labels(labelled, options.rows), naive.labels(labelled, options.columns)


@FEW
@given(rows_by_chance(), ways())
def test_networks_are_those_of_plain_loops(rows, options):
    ours = network(table_of(rows), options)
    counted = naive.selected(rows, options)
    row_labels, column_labels = labels_of(counted, rows, options)
    seen = naive.observed(rows, options)
    assert ours.statements == len(counted)
    assert list(ours.rows) == row_labels
    assert list(ours.columns) == (row_labels if options.mode == "one" else column_labels)
    assert_equal(ours, naive.matrix(counted, seen, options, row_labels, column_labels))


@FEW
@given(
    rows_by_chance(),
    st.data(),
    st.sampled_from(["events", "hours", "days", "weeks", "months"]),
    st.integers(1, 9),
)
def test_windows_are_those_of_plain_loops(rows, data, window, size):
    assume(rows)
    options = data.draw(ways(window=window, size=size * 20 if window == "hours" else size))
    labels, ours = time_windows(table_of(rows), options)
    found = list(ours)
    expected = list(naive.windows(rows, options))
    assert [(one.start, one.middle, one.stop, one.statements) for one in found] == [
        (begin, middle, end, len(inside)) for begin, middle, end, inside, _ in expected
    ]
    seen = naive.observed(rows, options)
    for one, (_, _, _, inside, _) in zip(found, expected, strict=True):
        row_labels, column_labels = labels_of(inside, rows, options)
        assert list(one.rows) == row_labels
        assert_equal(one, naive.matrix(inside, seen, options, row_labels, column_labels))
    if not options.isolates:
        assert list(labels) == sorted(
            {label for one in found for label in one.columns}, key=lambda t: t.encode("utf-16-be")
        )


@FEW
@given(
    rows_by_chance(),
    st.data(),
    st.sampled_from(["hours", "days", "weeks", "months", "years"]),
    st.integers(1, 6),
    st.sampled_from(KERNELS[1:]),
)
def test_kernels_are_those_of_plain_loops(rows, data, window, size, kernel):
    assume(rows)
    aggregation = st.sampled_from(["ignore", "subtract"])
    options = data.draw(
        ways(
            window=window,
            size=size * 50 if window == "hours" else size,
            kernel=kernel,
            indent=data.draw(st.booleans()),
            qualifier=data.draw(st.sampled_from(QUALIFIERS[:-1])),
            aggregation=data.draw(aggregation),
        )
    )
    _, ours = time_windows(table_of(rows), options)
    counted = naive.selected(rows, options)
    row_labels, column_labels = labels_of(counted, rows, options)
    seen = naive.observed(rows, options)
    found = list(ours)
    expected = list(naive.windows(rows, options))
    assert [(one.start, one.middle, one.stop) for one in found] == [one[:3] for one in expected]
    for one, (_, _, _, inside, weights) in list(zip(found, expected, strict=True))[:5]:
        assert list(one.rows) == row_labels
        assert_equal(one, naive.matrix(inside, seen, options, row_labels, column_labels, weights))


@FEW
@given(rows_by_chance(), st.sampled_from(DUPLICATES), st.sampled_from(["ignore", "subtract"]))
def test_an_event_list_has_every_statement_and_those_without_a_value(rows, duplicates, aggregation):
    options = NetworkOptions("event", duplicates=duplicates, aggregation=aggregation)
    table = table_of(rows)
    names = ["organization", "concept", *(["agreement"] if aggregation == "subtract" else [])]
    expected: list[Row] = []
    for row in naive.observed(rows, options):
        if not any(
            naive.same_bucket(row, other, duplicates)
            and all(naive.value(row, name) == naive.value(other, name) for name in names)
            for other in expected
        ):
            expected.append(row)
    assert table.ids[events(table, options)].tolist() == [row.id for row in expected]
