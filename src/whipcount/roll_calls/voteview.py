"""Voteview's other files: who the numbers of its votes are, and what was voted on when.

https://voteview.com/articles/data_help_members (`congress,chamber,icpsr,state_icpsr,district_code,
state_abbrev,party_code,occupancy,last_means,bioname,bioguide_id,…`) and its roll calls (`congress,
chamber,rollnumber,date,session,clerk_rollnumber,…,bill_number,vote_result,vote_desc,vote_question,
dtl_desc`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from whipcount.errors import VotesError
from whipcount.roll_calls.csv_file import CsvFile, open_csv, place_of

MEMBERS = ("congress", "chamber", "icpsr", "bioname")
CALLS = ("congress", "chamber", "rollnumber", "date")

Key: TypeAlias = tuple[str, str, str]
"""Congress, chamber and number, as the files have them."""


class Seat(NamedTuple):
    """A person in a chamber of one Congress: the names to find it by, and the constituency."""

    names: tuple[str, ...]
    constituency: str


class Call(NamedTuple):
    """A roll call: its day, and what was voted on."""

    date: str
    title: str


@dataclass
class Beside:
    """What the files beside the votes say, by congress, chamber and number."""

    seats: dict[Key, Seat] = field(default_factory=dict)
    calls: dict[Key, Call] = field(default_factory=dict)

    def is_president(self, key: Key) -> bool:
        """Return whether a voter is the president, whose side the votes have beside members'."""
        congress, chamber, number = key
        if chamber == "President":
            return True
        return key not in self.seats and (congress, "President", number) in self.seats


def read_beside(votes: Path, given: Iterable[Path], congresses: set[str]) -> Beside:
    """Return what the files that were given say of some congresses, or else those beside the votes.

    Beside `HS118_votes.csv` these are `HS118_members.csv` and `HS118_rollcalls.csv`, where they are
    there. Raises VotesError where a file that was given is neither.
    """
    paths = list(given)
    if not paths and "_votes" in votes.stem:
        named = (votes.with_stem(votes.stem.replace("_votes", other)) for other in _OTHERS)
        paths = [path for path in named if path.is_file()]
    found = Beside()
    for path in paths:
        file = open_csv(path)
        if all(place_of(file.header, name) is not None for name in MEMBERS):
            _read_members(file, congresses, found)
        elif all(place_of(file.header, name) is not None for name in CALLS):
            _read_calls(file, congresses, found)
        else:
            raise VotesError(
                f"{path}, line {file.line}: is neither Voteview's members ({', '.join(MEMBERS)}) "
                f"nor its roll calls ({', '.join(CALLS)}); the columns are {', '.join(file.header)}"
            )
    return found


def title_of(key: Key, call: Call | None) -> str:
    """Return what a roll call is called: "House roll call 525 of the 118th Congress"."""
    congress, chamber, number = key
    title = f"{chamber} roll call {number} of the {_ordinal(congress)} Congress"
    return f"{title}: {call.title}" if call is not None and call.title else title


_OTHERS = ("_members", "_rollcalls")


def _read_members(file: CsvFile, congresses: set[str], found: Beside) -> None:
    names = (*MEMBERS, "bioguide_id", "state_abbrev", "district_code")
    for cells in _cells(file, names):
        congress, chamber, number, name, bioguide, state, district = cells
        if congress in congresses:
            district = "" if chamber == "Senate" else district
            seat = Seat(
                tuple(one for one in (number, bioguide, name) if one), f"{state} {district}".strip()
            )
            found.seats[congress, chamber, number] = seat


def _read_calls(file: CsvFile, congresses: set[str], found: Beside) -> None:
    names = (*CALLS, "vote_question", "bill_number", "vote_desc", "dtl_desc")
    for cells in _cells(file, names):
        congress, chamber, number, day, question, bill, short, detail = cells
        if congress in congresses:
            parts = (question, bill, short or detail)
            call = Call(day, ", ".join(part for part in parts if part))
            found.calls[congress, chamber, number] = call


def _cells(file: CsvFile, names: Sequence[str]) -> Iterable[list[str]]:
    """Yield the cells of some columns, empty where the file has no such column."""
    places = [place_of(file.header, name) for name in names]
    for row in file.rows:
        yield ["" if place is None else row.cells[place] for place in places]


def _ordinal(number: str) -> str:
    if number[-2:] in ("11", "12", "13"):
        return f"{number}th"
    return number + {"1": "st", "2": "nd", "3": "rd"}.get(number[-1:], "th")
