"""Bar charts: statements counted by option and level."""

from __future__ import annotations

from dataclasses import replace

from tests.networks.debates import debate
from tests.networks.statements import Row, table_of
from whipcount.networks import NetworkOptions, bar_chart

SAID = [("a", "x", 1), ("a", "x", 1), ("b", "x", 0), ("b", "y", 1), ("", "y", 1), ("c", "", 1)]


def counts(found):
    return [(one.column, one.level, one.statements, one.rows) for one in found.bars]


def test_support_and_opposition_are_counted_by_option():
    found = bar_chart(table_of(debate(SAID)), NetworkOptions())
    assert counts(found) == [
        ("x", "yes", 2, 1),
        ("x", "no", 1, 1),
        ("y", "yes", 2, 1),
        ("y", "no", 0, 0),
    ]
    assert found.boolean


def test_no_value_is_a_level_of_its_own():
    rows = [*debate(SAID[:1]), Row(9, None, 9, "", "b", "x")]
    assert counts(bar_chart(table_of(rows), NetworkOptions())) == [
        ("x", "yes", 1, 1),
        ("x", "no", 0, 0),
        ("x", "none", 1, 1),
    ]


def test_levels_may_be_words_numbers_or_none_at_all():
    rows = [Row(n, None, n, "", "a", "x", tone=tone, degree=n) for n, tone in enumerate("bab")]
    words = bar_chart(table_of(rows), NetworkOptions(qualifier="tone"))
    assert [one[:3] for one in counts(words)] == [("x", "a", 1), ("x", "b", 2)]
    numbers = bar_chart(table_of(rows), NetworkOptions(qualifier="degree"))
    assert numbers.levels == ("0", "1", "2")
    everything = bar_chart(table_of(rows), NetworkOptions(qualifier=None))
    assert counts(everything) == [("x", "all", 3, 1)]


def test_duplicates_count_once_at_each_level():
    options = NetworkOptions(duplicates="acrossrange")
    found = bar_chart(table_of(debate(SAID)), options)
    assert counts(found)[:2] == [("x", "yes", 1, 1), ("x", "no", 1, 1)]
    one_mode = replace(options, mode="one", aggregation="congruence", normalization="average")
    assert bar_chart(table_of(debate(SAID)), one_mode) == found


def test_nothing_has_no_bars():
    assert bar_chart(table_of([]), NetworkOptions()).bars == ()
