"""Which statements count: ranges, exclusions, empty values, duplicates, a least number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whipcount.networks.options import Excluded, NetworkOptions
from whipcount.networks.table import DOCUMENT, CodedStatements, Column, Times

Places = NDArray[np.intp]
"""Statements as places in the table, in its order."""

FIRST_MONDAY = 4
"""Days from 1970-01-01, a Thursday, to the Monday after."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The statements that a network is built from.

    `observed` are those in the range and not excluded by their document: DNA takes a qualifier's
    levels and the isolates from them. `selected` are those of them that count.
    """

    observed: Places
    selected: Places


def select(table: CodedStatements, options: NetworkOptions) -> Selection:
    """Return the statements that count; NetworkError where a variable isn't there.

    Left out are those outside of the range (the undated too, where there is one), those excluded,
    those with no value in rows or columns or, where the aggregation reads it, in the qualifier;
    then duplicates, then the nodes with too few statements. An event list keeps what has no value.
    """
    rows, columns = table.column(options.rows), table.column(options.columns)
    observed = np.flatnonzero(_in_range(table, options) & _not_excluded(table, options, True))
    kept = _not_excluded(table, options, False)[observed]
    keys = [rows.codes[observed], columns.codes[observed]]
    qualifier = None if options.qualifier is None else table.column(options.qualifier)
    if options.aggregation != "ignore" and qualifier is not None:
        keys.append(qualifier.codes[observed])
    if options.mode != "event":
        for codes in keys:
            kept &= codes >= 0
    selected = observed[kept]
    if options.duplicates != "include":
        bucket = _bucket(table, options, selected)
        first = first_of_each([bucket, *(codes[kept] for codes in keys)])
        selected = selected[first]
    if options.min_statements > 1:
        selected = selected[_frequent(options, rows.codes[selected], columns.codes[selected])]
    return Selection(observed, selected)


def first_of_each(keys: list[NDArray[np.integer]]) -> Places:
    """Return the places, in order, at which a combination of numbers stands for the first time.

    The numbers may be negative. Takes the time of sorting: n log n in the number of places.
    """
    combined = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        _, numbered = np.unique(key, return_inverse=True)
        width = int(numbered.max(initial=0)) + 1
        _, combined = np.unique(combined * width + numbered, return_inverse=True)
    _, first = np.unique(combined, return_index=True)
    return np.sort(first)


def _in_range(table: CodedStatements, options: NetworkOptions) -> NDArray[np.bool_]:
    """Return which statements lie in the range; NaT compares as false, so the undated don't."""
    inside = np.ones(len(table), dtype=np.bool_)
    if options.start is not None:
        inside &= table.times >= np.datetime64(options.start, "s")
    if options.stop is not None:
        inside &= table.times <= np.datetime64(options.stop, "s")
    return inside


def _not_excluded(
    table: CodedStatements, options: NetworkOptions, by_document: bool
) -> NDArray[np.bool_]:
    """Return which statements aren't excluded by their document's fields, or by their variables."""
    kept = np.ones(len(table), dtype=np.bool_)
    for one in options.excluded:
        if table.is_field(one.variable) == by_document:
            kept &= _allowed(table.column(one.variable), one)
    return kept


def _allowed(column: Column, excluded: Excluded) -> NDArray[np.bool_]:
    """Return which statements an exclusion leaves; an empty text is a value that can be named."""
    named = [label in excluded.values for label in column.labels]
    listed = np.array([*named, "" in excluded.values], dtype=np.bool_)[column.codes]
    return listed if excluded.invert else ~listed


def _bucket(
    table: CodedStatements, options: NetworkOptions, selected: Places
) -> NDArray[np.integer]:
    """Return for each statement the number of the document or time in which it counts once."""
    if options.duplicates == "acrossrange":
        return np.zeros(len(selected), dtype=np.int64)
    if options.duplicates == "document":
        return table.column(f"{DOCUMENT}id").codes[selected]
    times = table.times[selected]
    years, months, weeks = _calendar(times)
    if options.duplicates == "year":
        return years
    if options.duplicates == "month":
        return months % 12 if options.as_dna else months
    return _week_numbers(weeks) if options.as_dna else weeks


def _calendar(times: Times) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the years, months and ISO weeks of times, each numbered without end."""
    years = times.astype("datetime64[Y]").astype(np.int64)
    months = times.astype("datetime64[M]").astype(np.int64)
    days = times.astype("datetime64[D]").astype(np.int64)
    undated = np.isnat(times)
    weeks = np.where(undated, -1, (np.where(undated, 0, days) - FIRST_MONDAY) // 7)
    return years, np.where(undated, -1, months), weeks


def _week_numbers(weeks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number in its year (ISO 8601) of each week: that of its Thursday."""
    thursdays = (weeks * 7 + FIRST_MONDAY + 3).astype("datetime64[D]")
    numbers: NDArray[np.int64] = (thursdays - thursdays.astype("datetime64[Y]")).astype(np.int64)
    return numbers // 7 + 1


def _frequent(
    options: NetworkOptions, rows: NDArray[np.int32], columns: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Return which statements belong to nodes that have enough of them."""
    kept = _enough(rows, options.min_statements)
    if options.mode == "two":
        kept &= _enough(columns, options.min_statements)
    return kept


def _enough(codes: NDArray[np.int32], least: int) -> NDArray[np.bool_]:
    counts = np.bincount(codes + 1, minlength=1)
    kept: NDArray[np.bool_] = counts[codes + 1] >= least
    return kept


def unknown_values(table: CodedStatements, options: NetworkOptions) -> tuple[str, ...]:
    """Return the excluded values that no statement has, as `variable=value`."""
    return tuple(
        f"{one.variable}={value}"
        for one in options.excluded
        for value in one.values
        if value and value not in table.column(one.variable).labels
    )
