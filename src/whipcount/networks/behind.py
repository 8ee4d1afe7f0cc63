"""Which statements are behind a node or a tie: what a number of a network can be traced to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from whipcount.networks.options import NetworkOptions
from whipcount.networks.selecting import Places, select
from whipcount.networks.table import CodedStatements, Column


def behind_node(
    table: CodedStatements, options: NetworkOptions, *, row: str = "", column: str = ""
) -> Places:
    """Return the statements of a row, of a column, or of a row on a column, as places in the table.

    Those are the cell of a two-mode network. Raises NetworkError where a variable isn't there.
    """
    chosen = select(table, options).selected
    for variable, label in ((options.rows, row), (options.columns, column)):
        if label:
            found = table.column(variable)
            chosen = chosen[found.codes[chosen] == _code(found, label)]
    return chosen


def behind_tie(table: CodedStatements, options: NetworkOptions, one: str, other: str) -> Places:
    """Return the statements that join two rows of a one-mode network, as places in the table.

    They are those on columns that both speak of; under `congruence` only those at a level that both
    have, and under `conflict` those for which the other has another level, where levels either
    agree or don't (booleans and text). Raises NetworkError where a variable isn't there.
    """
    chosen = select(table, options).selected
    rows, columns = table.column(options.rows), table.column(options.columns)
    first = chosen[rows.codes[chosen] == _code(rows, one)]
    second = chosen[rows.codes[chosen] == _code(rows, other)]
    qualifier = None if options.qualifier is None else table.column(options.qualifier)
    exact = qualifier is not None and qualifier.kind != "integer"
    kept = []
    for own, others in ((first, second), (second, first)):
        if qualifier is None or not exact or options.aggregation in ("ignore", "subtract"):
            found = np.isin(columns.codes[own], columns.codes[others])
        elif options.aggregation == "congruence":
            found = np.isin(_level(columns, qualifier, own), _level(columns, qualifier, others))
        else:
            found = _differs(columns, qualifier, own, others)
        kept.append(own[found])
    return np.sort(np.concatenate(kept))


def _code(column: Column, label: str) -> int:
    """Return a label's code, one that no statement has where the label is none."""
    labels = column.labels
    return labels.index(label) if label in labels else len(labels)


def _level(column: Column, qualifier: Column, places: Places) -> NDArray[np.int64]:
    """Return the pairs of column and level that statements have, each as one number."""
    width = len(qualifier.values) + 1
    return column.codes[places].astype(np.int64) * width + qualifier.codes[places]


def _differs(column: Column, qualifier: Column, own: Places, others: Places) -> NDArray[np.bool_]:
    """Return for which statements the others have one on the same column at another level."""
    found = np.zeros(len(own), dtype=np.bool_)
    for code in np.unique(column.codes[own]).tolist():
        here = column.codes[own] == code
        levels = np.unique(qualifier.codes[others[column.codes[others] == code]])
        if len(levels) > 1:
            found |= here
        elif len(levels) == 1:
            found |= here & (qualifier.codes[own] != levels[0])
    return found
