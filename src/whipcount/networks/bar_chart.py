"""Bar charts: how often each option is supported and opposed (rDNA's `dna_barplot`), as numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from whipcount.networks.options import Aggregation, NetworkOptions
from whipcount.networks.selecting import select
from whipcount.networks.table import CodedStatements, Column

SIDES = ("no", "yes")
"""The words for 0 and 1 of a boolean qualifier."""

NONE = "none"
"""The word for no value of the qualifier."""


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
    order = _order(qualifier, codes)
    of_column = columns.codes[chosen]
    counts = np.bincount(of_column, minlength=len(columns.values))
    used = sorted(np.flatnonzero(counts).tolist(), key=lambda code: (-counts[code], code))
    bars = []
    for code in used:
        for level in order:
            here = chosen[(of_column == code) & (codes == level)]
            who = np.unique(rows.codes[here])
            bars.append(
                Bar(
                    str(columns.values[code]),
                    _word(qualifier, level),
                    len(here),
                    int((who >= 0).sum()),
                )
            )
    boolean = qualifier is not None and qualifier.kind == "boolean"
    return BarChart(tuple(_word(qualifier, level) for level in order), tuple(bars), boolean)


def _order(qualifier: Column | None, codes: np.ndarray) -> list[int]:
    """Return the levels as codes in the order of bars: yes before no, no value last."""
    used = set(np.unique(codes).tolist())
    if qualifier is not None and qualifier.kind == "boolean":
        values = qualifier.values
        used |= set(range(len(values)))
        ordered = sorted(used - {-1}, key=lambda code: -int(values[code]))
    else:
        ordered = sorted(used - {-1})
    return [*ordered, *([-1] if -1 in used else [])]


def _word(qualifier: Column | None, code: int) -> str:
    if code < 0:
        return NONE
    if qualifier is None:
        return "all"
    value = qualifier.values[code]
    return SIDES[int(value)] if qualifier.kind == "boolean" else str(value)
