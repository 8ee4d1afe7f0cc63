"""Where time windows lie, and how a kernel weighs what is in them (Leifeld's smoothing)."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from whipcount.errors import NetworkError
from whipcount.networks.options import NetworkOptions, Unit
from whipcount.networks.table import Times
from whipcount.networks.tallies import Floats

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800}

MOST_WINDOWS = 1_000_000
"""More windows than this are taken for a mistake: a smaller unit than was meant."""


@dataclass(frozen=True, slots=True)
class Window:
    """One window: its range, its middle, and the statements in it, `first` to before `last`.

    They are places in the sorted times that the windows were laid over.
    """

    start: datetime
    middle: datetime
    stop: datetime
    first: int
    last: int


def windows(
    times: Times, options: NetworkOptions, start: datetime, stop: datetime
) -> Iterator[Window]:
    """Yield the windows over sorted times (`datetime64[s]`, none of them NaT) in a range.

    By events: one around each statement, with size // 2 others on either side, where there are as
    many; which of several at one moment are in it follows from the order of statements. By time:
    from the beginning of the range on, a unit further each, the middle ± round((size - 1) / 2)
    units with both ends, where the window lies inside the range; with a kernel the size is made
    even, and the middles go from half a size after the first statement to half a size before the
    last, or with `indent` false from the first to the last. A Gaussian kernel's window is all of
    the range.

    Raises NetworkError where there would be more than a million.
    """
    if options.window == "events":
        return _by_events(times, options.size)
    _check_number(options.window, start, stop)
    if options.kernel != "no":
        return _with_kernel(times, options, start, stop)
    return _by_time(times, options, start, stop)


def kernel_weights(times: Times, middle: datetime, options: NetworkOptions) -> Floats:
    """Return how much statements weigh, by their distance d from the middle in whole units.

    With u = 2 d / size: `uniform` 1/2, `triangular` 1 - |u|, `epanechnikov` 3/4 (1 - u²), each 0
    where |u| > 1, and `gaussian` the normal density of u. `size` is made even. With `as_dna` the
    triangular kernel is DNA's, |1 - u|, with u negative for what comes after the middle.
    """
    ratio = 2.0 * _distances(times, middle, options.window) / _even(options.size)
    weights: Floats
    if options.kernel == "gaussian":
        weights = np.exp(-0.5 * ratio * ratio) / math.sqrt(2.0 * math.pi)
        return weights
    if options.kernel == "triangular":
        weights = np.abs(1.0 - (ratio if options.as_dna else np.abs(ratio)))
    elif options.kernel == "epanechnikov":
        weights = 0.75 * (1.0 - ratio * ratio)
    else:
        weights = np.full(len(ratio), 0.5)
    return np.where(np.abs(ratio) > 1.0, 0.0, weights)


def middle_of(start: datetime, stop: datetime) -> datetime:
    """Return the middle of a range, in whole seconds."""
    return start + timedelta(seconds=int((stop - start).total_seconds()) // 2)


def _by_events(times: Times, size: int) -> Iterator[Window]:
    half = size // 2
    moments = times.astype("datetime64[s]").tolist()
    for place in range(half, len(moments) - half):
        first, last = place - half, place + half
        yield Window(moments[first], moments[place], moments[last], first, last + 1)


def _by_time(
    times: Times, options: NetworkOptions, start: datetime, stop: datetime
) -> Iterator[Window]:
    unit, half = options.window, options.size // 2
    middle = start
    try:
        while middle <= stop:
            begin, end = _later(middle, unit, -half), _later(middle, unit, half)
            if begin >= start and end <= stop:
                yield Window(begin, middle, end, *_inside(times, begin, end))
            middle = _later(middle, unit, 1)
    except (OverflowError, ValueError):
        return  # beyond the calendar, and so outside of the range


def _with_kernel(
    times: Times, options: NetworkOptions, start: datetime, stop: datetime
) -> Iterator[Window]:
    if not len(times):
        return
    begin = max(start, times[0].astype("datetime64[s]").item())
    end = min(stop, times[-1].astype("datetime64[s]").item())
    unit, half = options.window, _even(options.size) // 2
    try:
        middle, last = begin, end
        if options.indent:
            middle, last = _later(begin, unit, half), _later(end, unit, -half)
        while middle <= last:
            reach = (begin, end)
            if options.kernel != "gaussian":
                reach = (
                    max(begin, _later(middle, unit, -half)),
                    min(end, _later(middle, unit, half)),
                )
            yield Window(reach[0], middle, reach[1], *_inside(times, *reach))
            middle = _later(middle, unit, 1)
    except (OverflowError, ValueError):
        return  # beyond the calendar, and so outside of the range


def _inside(times: Times, begin: datetime, end: datetime) -> tuple[int, int]:
    """Return the places in sorted times of what lies between two moments, both included."""
    first = np.searchsorted(times, np.datetime64(begin, "s"), side="left")
    last = np.searchsorted(times, np.datetime64(end, "s"), side="right")
    return int(first), int(last)


def _later(moment: datetime, unit: Unit, number: int) -> datetime:
    """Return a moment so many units later; a day that its new month lacks becomes its last day."""
    if unit in SECONDS:
        return moment + timedelta(seconds=number * SECONDS[unit])
    months = moment.year * 12 + moment.month - 1 + number * (12 if unit == "years" else 1)
    year, month = months // 12, months % 12 + 1
    days = calendar.monthrange(year, month)[1]
    return moment.replace(year=year, month=month, day=min(moment.day, days))


def _even(size: int) -> int:
    return size + size % 2


def _check_number(unit: Unit, start: datetime, stop: datetime) -> None:
    seconds = SECONDS.get(unit)
    if seconds is None:
        return
    number = (stop - start).total_seconds() / seconds
    if number > MOST_WINDOWS:
        raise NetworkError(
            f"windows that move by {unit} from {start} to {stop} would be {number:,.0f}; take a "
            "larger unit or a shorter range"
        )


def _distances(times: Times, middle: datetime, unit: Unit) -> Floats:
    """Return how many whole units lie between each time and the middle, negative where later."""
    center = np.datetime64(middle, "s")
    if unit in SECONDS:
        seconds = (center - times).astype(np.float64)
        return np.trunc(seconds / SECONDS[unit])
    months = times.astype("datetime64[M]").astype(np.int64)
    days = (times.astype("datetime64[D]") - times.astype("datetime64[M]")).astype(np.int64)
    own_month = center.astype("datetime64[M]")
    own_days = int((center.astype("datetime64[D]") - own_month).astype(np.int64))
    apart = int(own_month.astype(np.int64)) - months
    # A month that isn't full doesn't count.
    apart -= (apart > 0) & (own_days < days)
    apart += (apart < 0) & (own_days > days)
    return np.trunc(apart / (12 if unit == "years" else 1))
