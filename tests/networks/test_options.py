"""Options that don't go together are told before anything runs."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.networks.statements import BEGIN, Row, table_of
from whipcount.errors import NetworkError
from whipcount.networks import (
    Excluded,
    NetworkOptions,
    events,
    network,
    time_windows,
)

CLASHES = [
    ({"mode": "three"}, "mode must be one of two, one, event"),
    ({"normalization": "jaccard"}, "doesn't go with the two-mode network; these do: no, activity"),
    ({"mode": "one", "normalization": "activity"}, "these do: no, average, jaccard, cosine"),
    ({"mode": "one", "aggregation": "combine"}, "these do: ignore, congruence, conflict, subtract"),
    ({"aggregation": "congruence"}, "these do: ignore, combine, subtract"),
    ({"qualifier": None, "aggregation": "subtract"}, "needs a qualifier"),
    ({"rows": "concept"}, "rows and columns are both 'concept'"),
    ({"qualifier": "concept"}, "is also the rows or the columns"),
    ({"kernel": "gaussian"}, "a kernel needs a time window"),
    ({"window": "events", "kernel": "gaussian"}, "can't be one of events"),
    ({"window": "days", "size": 0}, "size must be 1 or more"),
    ({"window": "days", "kernel": "uniform", "aggregation": "combine"}, "take subtract"),
    ({"mode": "event", "window": "days"}, "has no time windows"),
    ({"duplicates": "day"}, "duplicates must be one of include"),
    ({"min_statements": 0}, "min_statements must be 1 or more"),
    ({"start": datetime(2022, 1, 2), "stop": datetime(2022, 1, 1)}, "ends before that"),
]


@pytest.mark.parametrize(("options", "words"), CLASHES, ids=[words for _, words in CLASHES])
def test_what_does_not_go_together_is_told(options, words):
    with pytest.raises(NetworkError) as raised:
        NetworkOptions(**options)
    assert words in str(raised.value)


def test_the_defaults_are_those_of_dna_network():
    options = NetworkOptions()
    assert (options.mode, options.rows, options.columns) == ("two", "organization", "concept")
    assert (options.qualifier, options.aggregation) == ("agreement", "ignore")
    assert (options.normalization, options.duplicates) == ("no", "include")
    assert (options.window, options.size, options.kernel) == ("no", 100, "no")


@pytest.mark.parametrize("name", ["rows", "columns", "qualifier"])
def test_a_variable_that_is_not_there_is_told_with_those_that_are(name):
    with pytest.raises(
        NetworkError, match=r"'mood'; statements have person, organization, concept"
    ):
        network(table_of([Row(1, BEGIN, 1)]), NetworkOptions(**{name: "mood"}))


def test_an_excluded_variable_that_is_not_there_is_told():
    with pytest.raises(NetworkError, match="no variable is called 'mood'"):
        network(table_of([]), NetworkOptions(excluded=(Excluded("mood", ("x",)),)))


def test_each_function_gives_its_own_kind():
    table = table_of([Row(1, BEGIN, 1)])
    with pytest.raises(NetworkError, match="time_windows"):
        network(table, NetworkOptions(window="days"))
    with pytest.raises(NetworkError, match="`events` gives it"):
        network(table, NetworkOptions("event"))
    with pytest.raises(NetworkError, match="say how the windows move"):
        time_windows(table, NetworkOptions())
    with pytest.raises(NetworkError, match="the mode is two"):
        events(table, NetworkOptions())
