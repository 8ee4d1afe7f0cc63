"""Networks: cases that the formulas of DNA's own engine miss, and the corners."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from tests.networks.statements import BEGIN, Row, table_of
from whipcount.errors import NetworkError
from whipcount.networks import (
    Excluded,
    NetworkOptions,
    network,
    select,
    time_windows,
    to_edges,
    to_numpy,
)
from whipcount.networks.windows import kernel_weights


def row(number: int, group: str, concept: str, **more: object) -> Row:
    time = more.pop("time", BEGIN + timedelta(days=number))
    return Row(number, time, more.pop("document", 1), "", group, concept, **more)  # type: ignore[arg-type]


TWICE = [
    row(1, "a", "x", agreement=1, time=datetime(2020, 3, 2)),
    row(2, "a", "x", agreement=1, time=datetime(2020, 3, 8)),  # the same ISO week
    row(3, "a", "x", agreement=1, time=datetime(2020, 3, 9)),  # the next week, the same month
    row(4, "a", "x", agreement=1, time=datetime(2021, 3, 9)),  # week 10 and March of another year
    row(5, "a", "x", agreement=1, time=datetime(2021, 1, 1)),  # ISO week 53 of 2020
    row(6, "a", "x", agreement=1, time=datetime(2020, 12, 31)),  # the same ISO week
]
COUNTED = [
    ("include", False, [1, 2, 3, 4, 5, 6]),
    ("week", False, [1, 3, 4, 6]),
    ("month", False, [1, 4, 5, 6]),
    ("year", False, [1, 5]),
    ("document", False, [1]),
    ("acrossrange", False, [1]),
    ("month", True, [1, 5, 6]),  # DNA takes March of any year for one month
    ("week", True, [1, 3, 6]),
]


@pytest.mark.parametrize(("duplicates", "as_dna", "kept"), COUNTED)
def test_duplicates_count_once_a_week_month_or_year(duplicates, as_dna, kept):
    table = table_of(TWICE)
    options = NetworkOptions(duplicates=duplicates, as_dna=as_dna)
    assert sorted(table.ids[select(table, options).selected].tolist()) == kept


def test_large_numbers_are_duplicates_too():
    rows = [row(n, "a", "x", degree=1000) for n in (1, 2)]
    options = NetworkOptions(qualifier="degree", aggregation="subtract", duplicates="acrossrange")
    assert network(table_of(rows), options).statements == 1


def test_one_level_is_as_near_to_itself_as_can_be():
    rows = [row(1, "a", "x", degree=7), row(2, "b", "x", degree=7)]
    options = NetworkOptions("one", qualifier="degree", aggregation="congruence")
    assert to_edges(network(table_of(rows), options)) == [("a", "b", 1.0)]
    assert to_edges(network(table_of(rows), replace(options, aggregation="conflict"))) == []


def test_numbers_in_between_agree_in_part():
    rows = [row(n, name, "x", degree=n) for n, name in ((0, "a"), (1, "b"), (4, "c"))]
    options = NetworkOptions("one", qualifier="degree", aggregation="subtract")
    assert to_edges(network(table_of(rows), options)) == [
        ("a", "b", 0.5),
        ("a", "c", -1.0),
        ("b", "c", -0.5),
    ]


def test_what_cancels_out_is_no_tie():
    rows = [row(n, "a", "x", agreement=n % 2) for n in range(10)]
    rows += [row(10 + n, "b", "x", agreement=n % 2) for n in range(10)]
    options = NetworkOptions("one", aggregation="subtract")
    assert to_edges(network(table_of(rows), options)) == []


def test_combine_goes_with_prominence():
    rows = [row(1, "a", "x", agreement=1), row(2, "b", "x", agreement=0)]
    rows += [row(3, "b", "x", agreement=1), row(4, "b", "y", agreement=1)]
    options = NetworkOptions(aggregation="combine", normalization="prominence")
    assert to_numpy(network(table_of(rows), options)).tolist() == [[0.5, 0.0], [1.5, 1.0]]


def test_combine_tells_only_so_many_levels_apart():
    rows = [row(n, "a", "x", degree=n) for n in range(60)]
    with pytest.raises(NetworkError, match="combine can tell 53 levels of a qualifier apart"):
        network(table_of(rows), NetworkOptions(qualifier="degree", aggregation="combine"))


def test_labels_are_sorted_as_java_sorts_them():
    names = ["\U0001f600", "\uff21", "b", "B", "Ä", "a"]
    rows = [row(n, name, "x") for n, name in enumerate(names)]
    assert network(table_of(rows)).rows == ("B", "a", "b", "Ä", "\U0001f600", "\uff21")


def test_nodes_with_few_statements_are_left_out():
    rows = [row(n, "a", "x") for n in range(3)] + [row(3, "b", "x"), row(4, "a", "y")]
    assert network(table_of(rows), NetworkOptions(min_statements=2)).rows == ("a",)
    found = network(table_of(rows), NetworkOptions(min_statements=2))
    assert (found.columns, found.row_counts, found.column_counts) == (("x",), (3,), (3,))
    one = network(table_of(rows), NetworkOptions("one", min_statements=2))
    assert one.rows == ("a",)


def test_isolates_are_the_nodes_of_what_is_left_out():
    rows = [row(1, "a", "x"), row(2, "b", "y"), row(3, "", "z")]
    excluded = (Excluded("concept", ("y",)),)
    found = network(table_of(rows), NetworkOptions(excluded=excluded, isolates=True))
    assert (found.rows, found.columns) == (("a", "b"), ("x", "y", "z"))
    assert found.row_counts == (1, 0)


def test_a_field_is_told_from_a_variable_of_its_name():
    rows = [row(1, "a", "x", author="one"), row(2, "b", "x", author="")]
    table = table_of(rows)
    assert network(table, NetworkOptions(rows="author")).rows == ("one",)
    assert network(table, NetworkOptions(rows="document.author")).rows == ("one",)
    assert network(table, NetworkOptions(columns="document.id")).columns == ("1",)


def test_the_undated_count_but_not_in_a_range_or_window():
    rows = [row(1, "a", "x", time=None), row(2, "a", "x")]
    table = table_of(rows)
    assert network(table).statements == 2
    assert network(table, NetworkOptions(start=datetime(1900, 1, 1))).statements == 1
    _, found = time_windows(table, NetworkOptions(window="days", size=1))
    assert [one.statements for one in found] == [1]
    with pytest.raises(NetworkError, match="no statement has a date"):
        time_windows(table_of(rows[:1]), NetworkOptions(window="days"))


def test_windows_of_a_unit_too_small_are_told():
    rows = [row(1, "a", "x"), row(2, "a", "x", time=BEGIN + timedelta(days=400))]
    with pytest.raises(NetworkError, match="windows that move by seconds"):
        list(time_windows(table_of(rows), NetworkOptions(window="seconds"))[1])


def test_a_window_larger_than_the_calendar_is_none():
    table = table_of([row(1, "a", "x"), row(2, "a", "x")])
    for kernel in ("no", "uniform"):
        options = NetworkOptions(window="years", size=9000, kernel=kernel)
        assert list(time_windows(table, options)[1]) == []


@pytest.mark.parametrize("kernel", ["uniform", "triangular", "epanechnikov", "gaussian"])
def test_kernels_weigh_before_and_after_alike_and_nothing_beyond(kernel):
    middle = datetime(2022, 1, 31)
    days = np.array([middle + timedelta(days=n) for n in range(-8, 9)], dtype="datetime64[s]")
    options = NetworkOptions(window="days", size=9, kernel=kernel)
    weights = kernel_weights(days, middle, options)
    assert weights == pytest.approx(weights[::-1])
    assert weights.max() <= 1
    assert (weights[:3] == 0).all() == (kernel != "gaussian")
    assert weights.argmax() == 8 or kernel == "uniform"


def test_a_uniform_kernel_s_average_is_the_plain_window_s():
    rows = [row(n, "ab"[n % 2], "xy"[n % 3 % 2], agreement=n % 2) for n in range(20)]
    options = NetworkOptions(
        "one", aggregation="subtract", normalization="average", window="days", size=8
    )
    plain = list(time_windows(table_of(rows), options)[1])
    smooth = list(time_windows(table_of(rows), replace(options, kernel="uniform"))[1])
    assert [one.middle for one in plain] == [one.middle for one in smooth]
    for one, other in zip(plain, smooth, strict=True):
        assert [tie[:2] for tie in to_edges(one)] == [tie[:2] for tie in to_edges(other)]
        weights = [tie[2] for tie in to_edges(one)]
        assert weights == pytest.approx([tie[2] for tie in to_edges(other)])


def test_windows_are_made_one_by_one():
    rows = [row(n, "ab"[n % 2], "x") for n in range(20)]
    labels, found = time_windows(table_of(rows), NetworkOptions("one", window="days", size=3))
    assert labels == ("a", "b")
    assert next(found).middle == next(iter(found)).middle - timedelta(days=1)
