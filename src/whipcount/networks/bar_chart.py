"""Bar charts: how often each option is supported and opposed (rDNA's `dna_barplot`), as numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from whipcount.networks.options import Aggregation, NetworkOptions
from whipcount.networks.selecting import select
from whipcount.networks.table import CodedStatements, Column

NONE = "none"
"""The word for no value of the qualifier."""

ABSENT = -2
"""The code of a boolean's level that no statement has."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a column's statements at one level of the qualifier, and how many rows made them."""

    column: str
    level: str
    statements: int
    rows: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """The bars of each column, the column with most statements first, a bar a level.

    A boolean qualifier's levels are `yes` and `no`; `none` are statements without a value. `levels`
    are those that any column has.
    """

    levels: tuple[str, ...]
    bars: tuple[Bar, ...]
    boolean: bool


def bar_chart(table: CodedStatements, options: NetworkOptions) -> BarChart:
    """Return how many statements each column has at each level of the qualifier.

    Statements with no value in the rows count too. Duplicates are told by row, column and level.
    Raises NetworkError where a variable isn't there.
    """
    aggregation: Aggregation = "ignore" if options.qualifier is None else "subtract"
    options = replace(options, mode="event", aggregation=aggregation, normalization="no")
    chosen = select(table, options).selected
    columns, rows = table.column(options.columns), table.column(options.rows)
    chosen = chosen[columns.codes[chosen] >= 0]
    qualifier = None if options.qualifier is None else table.column(options.qualifier)
    codes = np.zeros(len(chosen), dtype=np.int64) if qualifier is None else qualifier.codes[chosen]
    levels = _levels(qualifier, codes)
    of_column = columns.codes[chosen]
    counts = np.bincount(of_column, minlength=len(columns.values))
    used = sorted(np.flatnonzero(counts).tolist(), key=lambda code: (-counts[code], code))
    bars = []
    for code in used:
        for level, place in levels:
            here = chosen[(of_column == code) & (codes == place)]
            who = np.unique(rows.codes[here])
            bars.append(
                Bar(
                    str(columns.values[code]),
                    level,
                    len(here),
                    int((who >= 0).sum()),
                )
            )
    boolean = qualifier is not None and qualifier.kind == "boolean"
    return BarChart(tuple(level for level, _ in levels), tuple(bars), boolean)


def _levels(qualifier: Column | None, codes: NDArray[np.integer]) -> list[tuple[str, int]]:
    """Return the levels in the order of bars, each with its code: yes, no, and no value last."""
    used = set(np.unique(codes).tolist())
    none = [(NONE, -1)] if -1 in used else []
    if qualifier is None:
        return [("all", 0)] if used else []
    if qualifier.kind == "boolean":
        places = {value: code for code, value in enumerate(qualifier.values)}
        return [("yes", places.get(1, ABSENT)), ("no", places.get(0, ABSENT)), *none]
    return [*((str(qualifier.values[code]), code) for code in sorted(used - {-1})), *none]
