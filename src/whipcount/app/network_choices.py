"""What the networks' room is asked: the options of `whipcount network`, the days, the picture."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from whipcount.app.fields import Field
from whipcount.errors import ProjectError
from whipcount.networks import NetworkOptions
from whipcount.networks.options import (
    AGGREGATIONS,
    AGGREGATIONS_OF,
    DUPLICATES,
    NORMALIZATIONS,
    NORMALIZATIONS_OF,
    Aggregation,
    Duplicates,
    Mode,
    Normalization,
)

DRAWN = (30, 60, 100, 200)
"""How many nodes a picture may have at most; 200 are laid out in some 3 s of processor."""

PAGE = 40
"""Ties on a page of the table."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to be shown; the names are those of the command's options.

    Without more said: who is for and against what. Each of its ties is something that somebody
    said, so it reads without knowing how networks are made, and has a tie an actor and option,
    where one of actors alone has one for nearly each pair.

    `day` ends the days that count and `length` is how many they are; with no day, and with a length
    of 0, they have no end and no beginning. `nodes` are how many the picture has at most, `page`
    which of the table's pages is wanted, from 1 on.
    """

    mode: Mode = "two"
    rows: str = "organization"
    columns: str = "concept"
    qualifier: str = "agreement"
    aggregation: Aggregation = "subtract"
    normalization: Normalization = "no"
    duplicates: Duplicates = "include"
    min_statements: int = 1
    isolates: bool = False
    with_review: bool = False
    day: str = ""
    length: int = 0
    nodes: int = 60
    page: int = 1

    @property
    def start(self) -> datetime | None:
        """The first moment that counts."""
        if not self.day or not self.length:
            return None
        return _midnight(date.fromisoformat(self.day), 1 - self.length)

    @property
    def stop(self) -> datetime | None:
        """The last moment that counts, to the second."""
        return (
            datetime.combine(date.fromisoformat(self.day), time(23, 59, 59)) if self.day else None
        )

    def options(self, *, whole: bool = False) -> NetworkOptions:
        """Return how the network is built, of all days where `whole`.

        Raises NetworkError where the choices don't go together.
        """
        return NetworkOptions(
            mode=self.mode,
            rows=self.rows,
            columns=self.columns,
            qualifier=None if self.qualifier == "none" else self.qualifier,
            aggregation=self.aggregation,
            normalization=self.normalization,
            duplicates=self.duplicates,
            isolates=self.isolates,
            start=None if whole else self.start,
            stop=None if whole else self.stop,
            min_statements=self.min_statements,
        )

    def fitted(self) -> Choices:
        """Return choices whose aggregation and normalization go with their mode.

        A form has the ones before when somebody chooses another mode in it.
        """
        aggregations, normalizations = AGGREGATIONS_OF[self.mode], NORMALIZATIONS_OF[self.mode]
        found = self
        if self.aggregation not in aggregations:
            found = replace(found, aggregation="congruence" if self.mode == "one" else "subtract")
        if self.qualifier == "none":
            found = replace(found, aggregation="ignore")
        if self.normalization not in normalizations:
            found = replace(found, normalization="no")
        return found

    def within(self, last: date) -> Choices:
        """Return choices whose days have no end where nothing that has a date is after it."""
        if self.day and not self.length and date.fromisoformat(self.day) >= last:
            return replace(self, day="")
        return self if self.day or not self.length else replace(self, day=last.isoformat())

    def key(self) -> str:
        """Return all of it as one text, which `of_key` reads."""
        return json.dumps(asdict(self))

    def query(self, **changed: object) -> dict[str, str]:
        """Return what an address says of the choices, only what isn't the default."""
        wanted = replace(self, **changed)  # type: ignore[arg-type]
        default = Choices()
        return {
            name.replace("_", "-"): "true" if value is True else str(value)
            for name, value in asdict(wanted).items()
            if value != getattr(default, name)
        }

    def command(self, path: str) -> str:
        """Return the command that gives the same network."""
        words = ["whipcount", "network", path]
        normal = NetworkOptions()
        for name in ("mode", "rows", "columns", "qualifier", "aggregation", "normalization"):
            if getattr(self, name) != getattr(normal, name):
                words += [f"--{name}", getattr(self, name)]
        if self.duplicates != "include":
            words += ["--duplicates", self.duplicates]
        if self.start:
            words += ["--from", self.start.date().isoformat()]
        if self.day:
            words += ["--to", self.day]
        if self.min_statements > 1:
            words += ["--min-statements", str(self.min_statements)]
        words += ["--isolates"] * self.isolates + ["--with-review"] * self.with_review
        return shlex.join(words)


FIELDS: tuple[Field, ...] = (
    Field("mode", "Rows by columns, or rows by rows.", choices=("two", "one")),
    Field("rows", "A statement's variable, or a document's field."),
    Field("columns", "Another; in a one-mode network, what joins the rows."),
    Field("qualifier", "What tells statements of a row on a column apart, or none."),
    Field("aggregation", "What the qualifier does.", choices=AGGREGATIONS),
    Field("normalization", "What ties are divided by.", choices=NORMALIZATIONS),
    Field("duplicates", "In what the same statement counts once.", choices=DUPLICATES),
    Field("min-statements", "Leave out nodes with fewer statements.", "number"),
    Field("isolates", "Keep the nodes whose statements are left out by value.", "switch"),
    Field("with-review", "Count positions that are for review too.", "switch"),
    Field("day", "The last day that counts; none where left out.", "day"),
    Field("length", "How many days count; 0 for all until the last.", "number"),
    Field("nodes", "How many nodes the picture has at most, 1 to 200.", "number"),
)
"""What an address may say, and the question of the API; a page of the table has its own."""

PAGED = Field("page", "Which page of the table.", "number")


def of_values(values: Mapping[str, Any]) -> Choices:
    """Return the choices that values are, as `fields.read` gives them.

    Raises ProjectError where one is out of its range.
    """
    given = {name.replace("-", "_"): value for name, value in values.items() if value != ""}
    if day := given.get("day"):
        try:
            date.fromisoformat(day)
        except ValueError:
            raise ProjectError(f"{day!r:.40} is no day; write it as 2023-07-11") from None
    for name, least, most in (
        ("min_statements", 1, 10**9),
        ("length", 0, 36525),
        ("nodes", 1, DRAWN[-1]),
        ("page", 1, 10**9),
    ):
        if name in given and not least <= given[name] <= most:
            called = name.replace("_", "-")
            raise ProjectError(f"{called}: {given[name]} is not from {least} to {most}")
    return Choices(**given)


def of_key(key: str) -> Choices:
    """Return the choices that `Choices.key` wrote."""
    return Choices(**cast(dict[str, Any], json.loads(key)))


def _midnight(day: date, days: int) -> datetime:
    try:
        return datetime.combine(day + timedelta(days=days), time())
    except OverflowError:
        return datetime.min
