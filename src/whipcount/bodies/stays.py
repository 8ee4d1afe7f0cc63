"""People with their times in chambers, as public lists have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from whipcount.public_lists import OnProblem


@dataclass(frozen=True, slots=True)
class Chamber:
    """A body whose members a list has; it may be chosen by its key, its name and its aliases.

    `legislates` says that the list calls it a legislature, so that it is meant before others;
    `note` what a reader should know of it.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    seats: int | None = None
    legislates: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in a chamber, or where `chamber` is empty in a party.

    `last` is the last day of it, or where `handed` the day on which who comes next begins; None
    where it goes on. Where `expected` it may go on beyond. `seat` is what one holds after another,
    `place` where it stands in its record, then in its file, `note` what a reader should know.
    """

    chamber: str
    since: date | None
    last: date | None
    handed: bool = False
    expected: bool = False
    party: str = ""
    constituency: str = ""
    seat: str = ""
    role: str = ""
    end_reason: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a list, with an id that lists keep, if any; `place` is that of its record."""

    id: str
    name: str
    aliases: tuple[str, ...]
    stays: tuple[Stay, ...]
    place: str = ""

    @property
    def key(self) -> str:
        """What the person alone has: its id, or else its place."""
        return self.id or self.place


Make: TypeAlias = Callable[[OnProblem], Person]
"""What makes a person of a record; it is given what to do about a stay that can't be read."""
