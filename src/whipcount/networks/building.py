"""From coded statements to networks: one of all statements that count, or one a time window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import NetworkError
from whipcount.networks import as_dna, one_mode, two_mode
from whipcount.networks.network import Network
from whipcount.networks.options import NAMES, NetworkOptions
from whipcount.networks.selecting import Places, Selection, select
from whipcount.networks.table import CodedStatements, Column, Times
from whipcount.networks.tallies import Floats, Levels, Tally, levels_of, tally
from whipcount.networks.windows import Window, kernel_weights, middle_of, windows

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def network(table: CodedStatements, options: NetworkOptions | None = None) -> Network:
    """Return the two-mode or one-mode network of coded statements.

    The formulas are those of rDNA's `dna_network` (docs/networks.md). Raises NetworkError where a
    variable isn't there, or the options ask for windows or an event list.
    """
    options = options or NetworkOptions()
    if options.window != "no":
        raise NetworkError("windows make many networks; `time_windows` gives them one by one")
    build = _Build.of(table, options)
    start, stop = build.range
    middle = None if start is None or stop is None else middle_of(start, stop)
    return build.network(build.selection.selected, start, middle, stop)


def time_windows(
    table: CodedStatements, options: NetworkOptions
) -> tuple[tuple[str, ...], Iterator[Network]]:
    """Return the labels that columns have in any window, and the windows' networks one by one.

    In a one-mode network the columns are its nodes. Each network is made when it is asked for, so
    that many windows take the memory of one. The undated are in no window. Raises NetworkError
    where a variable isn't there, or nothing has a date.
    """
    if options.window == "no":
        raise NetworkError("say how the windows move: by events, or in a unit such as days")
    build = _Build.of(table, options)
    chosen = build.selection.selected
    chosen = chosen[~np.isnat(table.times[chosen])]
    start, stop = build.range
    if start is None or stop is None:
        raise NetworkError("no statement has a date, so there are no time windows")
    times = table.times[chosen]
    labels = build.labels_in_windows(chosen, windows(times, options, start, stop))
    if options.kernel == "no":
        found = (
            build.network(chosen[one.first : one.last], one.start, one.middle, one.stop)
            for one in windows(times, options, start, stop)
        )
    else:
        found = (build.smoothed(chosen, times, one) for one in windows(times, options, start, stop))
    return labels, found


def events(table: CodedStatements, options: NetworkOptions | None = None) -> Places:
    """Return the statements of an event list, as places in the table, in its order.

    Those with no value in a variable are in it too. Duplicates are told by rows and columns, and by
    the qualifier where the aggregation is `subtract`.
    """
    options = options or NetworkOptions(mode="event")
    if options.mode != "event":
        raise NetworkError(f"an event list was asked for, and the mode is {options.mode}")
    return select(table, options).selected


@dataclass(frozen=True, slots=True, eq=False)
class _Build:
    """What all windows of one network share."""

    table: CodedStatements
    options: NetworkOptions
    selection: Selection
    rows: Column
    columns: Column
    levels: Levels
    boolean: bool

    @classmethod
    def of(cls, table: CodedStatements, options: NetworkOptions) -> _Build:
        if options.mode == "event":
            raise NetworkError(f"an {NAMES['event']} is no network; `events` gives it")
        selection = select(table, options)
        qualifier = None if options.qualifier is None else table.column(options.qualifier)
        levels = levels_of(
            qualifier, selection.observed, len(table), options.aggregation == "ignore"
        )
        return cls(
            table,
            options,
            selection,
            table.column(options.rows),
            table.column(options.columns),
            levels,
            qualifier is not None and qualifier.kind == "boolean",
        )

    @property
    def range(self) -> tuple[datetime | None, datetime | None]:
        """The range asked for, each end where it isn't that of the documents; None for no dates."""
        start = self.options.start or _moment(self.table.first)
        stop = self.options.stop or _moment(self.table.last)
        return start, stop

    def network(
        self,
        places: Places,
        start: datetime | None,
        middle: datetime | None,
        stop: datetime | None,
    ) -> Network:
        """Return the network of some statements."""
        labelled = self.selection.observed if self.options.isolates else places
        rows = _labels(self.rows, labelled)
        columns = _labels(self.columns, labelled)
        counts = self._tally(places, rows, columns, None)
        return self._assembled(places, rows, columns, self._ties(counts), (start, middle, stop))

    def smoothed(self, chosen: Places, times: Times, window: Window) -> Network:
        """Return the network of a window with a kernel: the labels are those of all windows."""
        options = self.options
        labelled = self.selection.observed if options.isolates else chosen
        rows, columns = _labels(self.rows, labelled), _labels(self.columns, labelled)
        inside = slice(window.first, window.last)
        weights = kernel_weights(times[inside], window.middle, options)
        counts = self._tally(chosen[inside], rows, columns, weights)
        if options.as_dna and options.normalization == "average":
            unweighted = self._tally(chosen, rows, columns, None)
            ties = as_dna.smoothed_average(
                unweighted,
                one_mode.one_mode(
                    counts, self.levels.numbers, options.aggregation, "no", keep_diagonal=True
                ),
            )
        else:
            ties = self._ties(counts)
        moments = window.start, window.middle, window.stop
        return self._assembled(chosen[inside], rows, columns, ties, moments)

    def labels_in_windows(self, chosen: Places, laid: Iterator[Window]) -> tuple[str, ...]:
        """Return the labels of the columns of any window, or of the nodes in one mode."""
        if self.options.isolates:
            covered = self.selection.observed
        elif self.options.kernel != "no":
            covered = chosen
        else:
            edges = np.zeros(len(chosen) + 1, dtype=np.int64)
            for one in laid:
                edges[one.first] += 1
                edges[one.last] -= 1
            covered = chosen[np.cumsum(edges)[:-1] > 0]
        column = self.rows if self.options.mode == "one" else self.columns
        return _texts(column, _labels(column, covered))

    def _tally(
        self,
        places: Places,
        rows: NDArray[np.int32],
        columns: NDArray[np.int32],
        weights: Floats | None,
    ) -> Tally:
        row_places = np.searchsorted(rows, self.rows.codes[places])
        column_places = np.searchsorted(columns, self.columns.codes[places])
        shape = (len(rows), len(columns), self.levels.count)
        return tally(row_places, column_places, self.levels.codes[places], shape, weights)

    def _ties(self, counts: Tally) -> csr_array:
        options = self.options
        if options.mode == "two":
            return two_mode.two_mode(
                counts, self.levels, self.boolean, options.aggregation, options.normalization
            )
        return one_mode.one_mode(
            counts,
            self.levels.numbers,
            options.aggregation,
            options.normalization,
            keep_diagonal=options.kernel != "no",
        )

    def _assembled(
        self,
        places: Places,
        rows: NDArray[np.int32],
        columns: NDArray[np.int32],
        ties: csr_array,
        moments: tuple[datetime | None, datetime | None, datetime | None],
    ) -> Network:
        row_labels = _texts(self.rows, rows)
        one = self.options.mode == "one"
        row_counts = _counts(self.rows, places, rows)
        return Network(
            options=self.options,
            rows=row_labels,
            columns=row_labels if one else _texts(self.columns, columns),
            matrix=ties,
            start=moments[0],
            middle=moments[1],
            stop=moments[2],
            statements=len(places),
            row_counts=row_counts,
            column_counts=row_counts if one else _counts(self.columns, places, columns),
            entities=self.table.entities,
        )


def _labels(column: Column, places: Places) -> NDArray[np.int32]:
    """Return the codes of a column that some statements have, sorted, which sorts the labels."""
    used = np.unique(column.codes[places])
    return used[used >= 0]


def _texts(column: Column, codes: NDArray[np.int32]) -> tuple[str, ...]:
    return tuple(str(column.values[code]) for code in codes.tolist())


def _counts(column: Column, places: Places, codes: NDArray[np.int32]) -> tuple[int, ...]:
    counts = np.bincount(column.codes[places], minlength=len(column.values))
    return tuple(counts[codes].tolist())


def _moment(time: np.datetime64) -> datetime | None:
    return None if np.isnat(time) else time.astype("datetime64[s]").item()
