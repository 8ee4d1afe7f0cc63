"""Discourse networks by plain loops over statements, written from the formulas alone.

Nothing here is imported by the library, and nothing of its arithmetic is imported here.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.networks.statements import Row
from whipcount.networks import NetworkOptions

TEXT_QUALIFIERS = ("tone", "person", "author", "section")
UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 7 * 86400}

Matrix = dict[tuple[str, str], float]


def value(row: Row, name: str):
    """Return a statement's value of a variable or field."""
    if name == "id":
        return str(row.document)
    return getattr(row, name)


def has(row: Row, name: str) -> bool:
    return value(row, name) not in ("", None)


def observed(rows: Sequence[Row], options: NetworkOptions) -> list[Row]:
    """Return the rows of the range that aren't excluded by their document, in order."""
    found = []
    for row in sorted(rows, key=lambda one: (one.time or datetime.min, one.document, one.id)):
        if options.start and (row.time is None or row.time < options.start):
            continue
        if options.stop and (row.time is None or row.time > options.stop):
            continue
        if not any(
            one.variable in ("author", "section")
            and (value(row, one.variable) in one.values) != one.invert
            for one in options.excluded
        ):
            found.append(row)
    return found


def selected(rows: Sequence[Row], options: NetworkOptions) -> list[Row]:
    """Return the statements that count."""
    found: list[Row] = []
    needed = [options.rows, options.columns]
    if options.aggregation != "ignore":
        needed.append(options.qualifier)
    for row in observed(rows, options):
        texts = {
            one.variable: "" if value(row, one.variable) is None else str(value(row, one.variable))
            for one in options.excluded
        }
        if any(
            one.variable not in ("author", "section")
            and (texts[one.variable] in one.values) != one.invert
            for one in options.excluded
        ):
            continue
        if not all(has(row, name) for name in needed):
            continue
        if any(
            same_bucket(row, other, options.duplicates)
            and all(value(row, name) == value(other, name) for name in needed)
            for other in found
        ):
            continue
        found.append(row)
    if options.min_statements > 1:
        sides = [options.rows] if options.mode == "one" else [options.rows, options.columns]
        found = [
            row
            for row in found
            if all(
                sum(value(other, side) == value(row, side) for other in found)
                >= options.min_statements
                for side in sides
            )
        ]
    return found


def same_bucket(one: Row, other: Row, duplicates: str) -> bool:
    if duplicates == "include":
        return False
    if duplicates == "document":
        return one.document == other.document
    if duplicates == "acrossrange":
        return True
    if duplicates == "year":
        return one.time.year == other.time.year
    if duplicates == "month":
        return (one.time.year, one.time.month) == (other.time.year, other.time.month)
    return one.time.isocalendar()[:2] == other.time.isocalendar()[:2]


def levels(rows: Sequence[Row], options: NetworkOptions) -> list:
    """Return the qualifier's levels among observed statements, no value being the last."""
    if options.qualifier is None:
        return [None]
    if options.qualifier == "agreement":
        found = [0, 1]
    else:
        found = sorted(
            {value(row, options.qualifier) for row in rows if has(row, options.qualifier)}
        )
    if options.aggregation == "ignore" and any(not has(row, options.qualifier) for row in rows):
        found.append("" if options.qualifier in TEXT_QUALIFIERS else None)
    return found


def labels(rows: Sequence[Row], name: str) -> list[str]:
    found = {value(row, name) for row in rows if has(row, name)}
    return sorted(found, key=lambda text: text.encode("utf-16-be"))


def matrix(  # noqa: PLR0917
    counted: Sequence[Row],
    seen: Sequence[Row],
    options: NetworkOptions,
    row_labels: Sequence[str],
    column_labels: Sequence[str],
    weights: Sequence[float] | None = None,
) -> Matrix:
    """Return the ties, from counted statements that weigh 1 or what a kernel says."""
    weights = [1.0] * len(counted) if weights is None else weights
    ks = levels(seen, options)

    def x(i, j, k, power=1.0):
        return sum(
            weight**power
            for row, weight in zip(counted, weights, strict=True)
            if value(row, options.rows) == i
            and value(row, options.columns) == j
            and (options.qualifier is None or value(row, options.qualifier) == k)
        )

    if options.mode == "two":
        return two_mode(options, row_labels, column_labels, ks, x)
    return one_mode(options, row_labels, column_labels, ks, x)


def two_mode(options, row_labels, column_labels, ks, x) -> Matrix:
    found = {}
    for i in row_labels:
        for j in column_labels:
            if options.aggregation == "combine":
                pattern = "".join("1" if x(i, j, k) > 0 else "0" for k in ks)
                found[i, j] = float(int(pattern or "0", 2))
            elif options.aggregation == "subtract" and options.qualifier == "agreement":
                found[i, j] = x(i, j, 1) - x(i, j, 0)
            elif options.aggregation == "subtract" and options.qualifier == "degree":
                found[i, j] = sum(k * x(i, j, k) for k in ks)
            else:
                found[i, j] = sum(x(i, j, k) for k in ks)
    if options.normalization == "no":
        return found

    def size(i, j):
        if options.aggregation == "combine":
            return 1.0 if found[i, j] else 0.0
        return sum(x(i, j, k) for k in ks)

    divided = {}
    for (i, j), tie in found.items():
        if options.normalization == "activity":
            total = sum(size(i, other) for other in column_labels)
        else:
            total = sum(size(other, j) for other in row_labels)
        divided[i, j] = tie / total if total else 0.0
    return divided


def one_mode(options, row_labels, column_labels, ks, x) -> Matrix:
    numbers = options.qualifier in ("agreement", "degree")
    span = (max(ks) - min(ks)) if numbers and options.aggregation != "ignore" and ks else 0

    def tie(i, other, j, k, m):
        both = x(i, j, k, 0.5) * x(other, j, m, 0.5)
        if options.aggregation == "ignore":
            return both
        if numbers:
            near = 1.0 - abs(k - m) / span if span else 1.0
            return {"congruence": near, "conflict": 1 - near, "subtract": 2 * near - 1}[
                options.aggregation
            ] * both
        if k != m:
            return 0.0
        alone = 0.0
        if x(i, j, k) == 0 or x(other, j, k) == 0:
            alone = x(i, j, k) + x(other, j, k)
        return {"congruence": both, "conflict": alone, "subtract": both - alone}[
            options.aggregation
        ]

    found = {}
    for i in row_labels:
        for other in row_labels:
            if i == other and options.kernel == "no":
                found[i, other] = 0.0
                continue
            total = sum(tie(i, other, j, k, m) for j in column_labels for k in ks for m in ks)
            by = divisor(options.normalization, i, other, column_labels, ks, x)
            found[i, other] = total / by if by else 0.0
    return found


def divisor(normalization, i, other, column_labels, ks, x) -> float:  # noqa: PLR0917
    cells = [(j, k) for j in column_labels for k in ks]
    if normalization == "average":
        return sum(x(i, j, k) + x(other, j, k) for j, k in cells) / 2
    if normalization == "cosine":
        own = sum(x(i, j, k, 0.5) for j, k in cells)
        return own * sum(x(other, j, k, 0.5) for j, k in cells)
    if normalization == "jaccard":
        total = 0.0
        for j, k in cells:
            if x(other, j, k) == 0:
                total += x(i, j, k)
            if x(i, j, k) == 0:
                total += x(other, j, k)
            total += x(i, j, k, 0.5) * x(other, j, k, 0.5)
        return total
    return 1.0


def later(moment: datetime, unit: str, number: int) -> datetime:
    if unit in UNITS:
        return moment + timedelta(seconds=number * UNITS[unit])
    for _ in range(abs(number) * (12 if unit == "years" else 1)):
        month = moment.month + (1 if number > 0 else -1)
        year = moment.year + (month > 12) - (month < 1)
        moment = moment.replace(day=1, month=(month - 1) % 12 + 1, year=year)
    return moment


def moved(moment: datetime, unit: str, number: int) -> datetime:
    there = later(moment.replace(day=1), unit, number) if unit not in UNITS else None
    if there is None:
        return later(moment, unit, number)
    last = calendar.monthrange(there.year, there.month)[1]
    return there.replace(day=min(moment.day, last))


def windows(rows: Sequence[Row], options: NetworkOptions):
    """Yield each window's range, middle, statements and their weights."""
    counted = [row for row in selected(rows, options) if row.time]
    dates = [row.time for row in rows if row.time]
    if options.window == "events":
        half = math.floor(options.size / 2)
        for place, row in enumerate(counted):
            if place - half >= 0 and place + half < len(counted):
                inside = counted[place - half : place + half + 1]
                yield inside[0].time, row.time, inside[-1].time, inside, None
        return
    start, stop = options.start or min(dates), options.stop or max(dates)
    if options.kernel != "no":
        yield from kernel_windows(counted, options, start, stop)
        return
    half = math.floor((options.size - 1) / 2 + 0.5)
    middle = start
    while middle <= stop:
        begin, end = moved(middle, options.window, -half), moved(middle, options.window, half)
        if begin >= start and end <= stop:
            yield begin, middle, end, [row for row in counted if begin <= row.time <= end], None
        middle = moved(middle, options.window, 1)


def kernel_windows(counted, options, start, stop):
    if not counted:
        return
    size = options.size + options.size % 2
    begin = max(start, counted[0].time)
    end = min(stop, counted[-1].time)
    middle, last = begin, end
    if options.indent:
        middle = moved(begin, options.window, size // 2)
        last = moved(end, options.window, -size // 2)
    while middle <= last:
        low, high = begin, end
        if options.kernel != "gaussian":
            low = max(begin, moved(middle, options.window, -size // 2))
            high = min(end, moved(middle, options.window, size // 2))
        inside = [row for row in counted if low <= row.time <= high]
        weights = [
            kernel(2 * apart(row.time, middle, options.window) / size, options.kernel)
            for row in inside
        ]
        yield low, middle, high, inside, weights
        middle = moved(middle, options.window, 1)


def apart(time: datetime, middle: datetime, unit: str) -> int:
    if unit in UNITS:
        return int((middle - time).total_seconds() / UNITS[unit])
    first, second = sorted([time.date(), middle.date()])
    months = (second.year - first.year) * 12 + second.month - first.month
    if months and second.day < first.day and time.date() < middle.date():
        months -= 1
    if months and time.date() > middle.date() and first.day > second.day:
        months -= 1
    whole = months // 12 if unit == "years" else months
    return whole if time.date() <= middle.date() else -whole


def kernel(u: float, name: str) -> float:
    if name == "gaussian":
        return math.exp(-u * u / 2) / math.sqrt(2 * math.pi)
    if abs(u) > 1:
        return 0.0
    return {"uniform": 0.5, "triangular": 1 - abs(u), "epanechnikov": 0.75 * (1 - u * u)}[name]
