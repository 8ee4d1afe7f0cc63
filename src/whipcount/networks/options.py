"""How a network is to be built: the options of rDNA's `dna_network`, checked before all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from whipcount.errors import NetworkError

Mode = Literal["two", "one", "event"]
Aggregation = Literal["ignore", "combine", "congruence", "conflict", "subtract"]
Normalization = Literal["no", "average", "jaccard", "cosine", "activity", "prominence"]
Duplicates = Literal["include", "document", "week", "month", "year", "acrossrange"]
Unit = Literal["no", "events", "seconds", "minutes", "hours", "days", "weeks", "months", "years"]
Kernel = Literal["no", "uniform", "triangular", "epanechnikov", "gaussian"]

MODES: tuple[Mode, ...] = get_args(Mode)
AGGREGATIONS: tuple[Aggregation, ...] = get_args(Aggregation)
NORMALIZATIONS: tuple[Normalization, ...] = get_args(Normalization)
DUPLICATES: tuple[Duplicates, ...] = get_args(Duplicates)
UNITS: tuple[Unit, ...] = get_args(Unit)
KERNELS: tuple[Kernel, ...] = get_args(Kernel)

AGGREGATIONS_OF: Mapping[Mode, tuple[Aggregation, ...]] = {
    "two": ("ignore", "combine", "subtract"),
    "one": ("ignore", "congruence", "conflict", "subtract"),
    "event": ("ignore", "subtract"),
}
"""What goes with each mode; in an event list it only decides what counts as a duplicate."""

NORMALIZATIONS_OF: Mapping[Mode, tuple[Normalization, ...]] = {
    "two": ("no", "activity", "prominence"),
    "one": ("no", "average", "jaccard", "cosine"),
    "event": ("no",),
}

NAMES: Mapping[Mode, str] = {
    "two": "two-mode network",
    "one": "one-mode network",
    "event": "event list",
}


@dataclass(frozen=True, slots=True)
class Excluded:
    """Values of a variable or field: statements with one of them are left out.

    With `invert`, those with any other value, or none, are left out instead.
    """

    variable: str
    values: tuple[str, ...]
    invert: bool = False


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """How a network is built; the defaults are those of rDNA's `dna_network`.

    `rows` and `columns` are variables of a statement or fields of a document; in a one-mode network
    the nodes are the values of `rows`, and `columns` joins them. `qualifier` may be None.
    `start` and `stop` are the first and the last moment that count. `window` is the unit in which a
    window moves, `size` how many of them it takes in; `kernel` weighs its statements by their
    distance from its middle, and with `indent` the first and last windows lie inside the range.
    `min_statements` leaves out nodes with fewer statements, once everything else is left out.
    `isolates` keeps the nodes of statements that were left out by value or as duplicates.

    `as_dna` repeats the arithmetic of DNA 3.1.2 where it goes wrong (docs/networks.md): the
    triangular kernel, kernels with `average`, duplicates by month and week.

    Raises NetworkError where options don't go together.
    """

    mode: Mode = "two"
    rows: str = "organization"
    columns: str = "concept"
    qualifier: str | None = "agreement"
    aggregation: Aggregation = "ignore"
    normalization: Normalization = "no"
    duplicates: Duplicates = "include"
    isolates: bool = False
    window: Unit = "no"
    size: int = 100
    kernel: Kernel = "no"
    indent: bool = True
    excluded: tuple[Excluded, ...] = ()
    start: datetime | None = None
    stop: datetime | None = None
    min_statements: int = 1
    as_dna: bool = field(default=False)

    def __post_init__(self) -> None:
        _known("mode", self.mode, MODES)
        _known("normalization", self.normalization, NORMALIZATIONS)
        _known("aggregation", self.aggregation, AGGREGATIONS)
        _known("duplicates", self.duplicates, DUPLICATES)
        _known("window", self.window, UNITS)
        _known("kernel", self.kernel, KERNELS)
        self._check_variables()
        _fits("aggregation", self.aggregation, self.mode, AGGREGATIONS_OF[self.mode])
        _fits("normalization", self.normalization, self.mode, NORMALIZATIONS_OF[self.mode])
        if self.qualifier is None and self.aggregation != "ignore":
            raise NetworkError(
                f"the aggregation {self.aggregation} needs a qualifier; name one, or take ignore"
            )
        self._check_windows()
        if self.start is not None and self.stop is not None and self.start > self.stop:
            raise NetworkError(
                f"the range begins at {self.start} and ends before that, at {self.stop}"
            )
        if self.min_statements < 1:
            raise NetworkError(f"min_statements must be 1 or more, not {self.min_statements}")

    def _check_variables(self) -> None:
        if self.rows == self.columns:
            raise NetworkError(f"rows and columns are both {self.rows!r}; name two variables")
        if self.qualifier in (self.rows, self.columns):
            raise NetworkError(
                f"the qualifier {self.qualifier!r} is also the rows or the columns; name another"
            )

    def _check_windows(self) -> None:
        if self.window == "no":
            if self.kernel != "no":
                raise NetworkError("a kernel needs a time window: say in which unit, such as days")
            return
        if self.mode == "event":
            raise NetworkError("an event list has no time windows; take start and stop")
        if self.size < 1:
            raise NetworkError(f"a window's size must be 1 or more, not {self.size}")
        if self.kernel != "no" and self.window == "events":
            raise NetworkError("a kernel weighs by time; its window can't be one of events")
        if self.kernel != "no" and self.aggregation == "combine":
            raise NetworkError(
                "combine numbers patterns, which a kernel can't weigh; take subtract"
            )


def _known(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise NetworkError(f"{name} must be one of {', '.join(known)}, not {value!r}")


def _fits(name: str, value: str, mode: Mode, fitting: tuple[str, ...]) -> None:
    if value not in fitting:
        raise NetworkError(
            f"the {name} {value} doesn't go with the {NAMES[mode]}; these do: {', '.join(fitting)}"
        )
