"""Statements counted by row, column and level of the qualifier: what measures are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from whipcount.errors import NetworkError
from whipcount.networks import one_mode
from whipcount.networks.options import NetworkOptions
from whipcount.networks.selecting import select
from whipcount.networks.table import CodedStatements
from whipcount.networks.tallies import Floats, Levels, Tally, levels_of, tally


@dataclass(frozen=True, slots=True, eq=False)
class CrossTabulation:
    """How often each row uses each column at each level of the qualifier.

    `tally` has the counts, `levels` what the levels are; `boolean` is whether they are no and yes.
    """

    options: NetworkOptions
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    levels: Levels
    boolean: bool
    tally: Tally

    def at_level(self, level: int) -> Floats:
        """Return the counts of one level, a dense matrix, rows by columns."""
        counts: Floats = self.tally.singles[:, level :: self.levels.count].toarray()
        return counts

    def ties(self, columns: Sequence[int]) -> Floats:
        """Return the one-mode network that some of the columns make, a dense matrix.

        All rows are in it, whether they use these columns or not.
        """
        count = self.levels.count
        places = np.asarray(columns, dtype=np.int64)[:, None] * count + np.arange(count)
        part = self.tally.singles[:, places.ravel()]
        options = self.options
        found: Floats = one_mode.one_mode(
            Tally(len(self.rows), len(columns), count, part, part),
            self.levels.numbers,
            options.aggregation,
            options.normalization,
        ).toarray()
        return found


def cross_tabulate(table: CodedStatements, options: NetworkOptions) -> CrossTabulation:
    """Return the counts of the statements that count.

    Raises NetworkError where a variable isn't there, or the options ask for time windows.
    """
    if options.window != "no":
        raise NetworkError("time windows have many tables; take a range with start and stop")
    selection = select(table, options)
    chosen = selection.selected
    rows, columns = table.column(options.rows), table.column(options.columns)
    qualifier = None if options.qualifier is None else table.column(options.qualifier)
    levels = levels_of(qualifier, selection.observed, len(table), options.aggregation == "ignore")
    used = [np.unique(column.codes[chosen]) for column in (rows, columns)]
    places = [
        np.searchsorted(codes, column.codes[chosen])
        for codes, column in zip(used, (rows, columns), strict=True)
    ]
    shape = (len(used[0]), len(used[1]), levels.count)
    return CrossTabulation(
        options,
        tuple(str(rows.values[code]) for code in used[0].tolist()),
        tuple(str(columns.values[code]) for code in used[1].tolist()),
        levels,
        qualifier is not None and qualifier.kind == "boolean",
        tally(places[0], places[1], levels.codes[chosen], shape),
    )


def yes_and_no(table: CodedStatements, options: NetworkOptions) -> CrossTabulation:
    """Return the counts of statements that say yes or no.

    Raises NetworkError where the qualifier isn't boolean.
    """
    if options.qualifier is None or table.column(options.qualifier).kind != "boolean":
        raise NetworkError(
            f"the qualifier {options.qualifier!r} isn't yes or no; name a boolean one, such as "
            "agreement"
        )
    options = replace(options, mode="two", aggregation="subtract", normalization="no")
    return cross_tabulate(table, options)
