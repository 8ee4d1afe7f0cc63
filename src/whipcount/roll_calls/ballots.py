"""The rows of a file that belong to the roll calls asked for, each as a ballot in its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from whipcount.bodies import folded
from whipcount.errors import VotesError
from whipcount.model import MemberKind
from whipcount.roll_calls.casts import Word
from whipcount.roll_calls.csv_file import CsvFile, Row, open_csv
from whipcount.roll_calls.layouts import VOTEVIEW, Layout, Places, Role, layout_of
from whipcount.roll_calls.voteview import Key, read_beside, title_of
from whipcount.toml_files import shown

NAMED = 5
"""Roll calls that an error names where there are several."""


class Ballot(NamedTuple):
    """A voter's row: who, how and when, as the file has it.

    `roll_call` tells it from the others of the file; `names` are tried one after the other.
    `member` is false where the file marks the voter as none.
    """

    line: int
    roll_call: str
    names: tuple[str, ...]
    word: str
    date: str = ""
    option: str = ""
    title: str = ""
    link: str = ""
    party: str = ""
    constituency: str = ""
    member: bool = True


@dataclass(frozen=True, slots=True)
class Ballots:
    """The ballots of a file, what its votes' words say, and its columns' names by role.

    `of_congress` says whether they are Voteview's.
    """

    ballots: tuple[Ballot, ...]
    words: Mapping[str, Word]
    columns: Mapping[Role, str]
    of_congress: bool


def read_ballots(
    path: Path,
    members_are: MemberKind,
    *,
    number: str = "",
    layout: str = "",
    columns: Mapping[str, str] | None = None,
    beside: Iterable[Path] = (),
    one: bool = False,
) -> Ballots:
    """Return the ballots of a file, those of the roll call `number` where it is given.

    Several roll calls are taken only where the file has a column for the option, and not where
    `one` is asked for. Raises VotesError where the file can't be read, or holds other roll calls.
    """
    file = open_csv(path)
    known, places = layout_of(file, members_are, layout, columns)
    rows = _chosen(file, known, places, number, one or not places["option"])
    if not rows:
        raise VotesError(f"{path}, line {file.line}: there are no votes below the header")
    of_congress = known.name == VOTEVIEW.name and len(places["number"]) == 3
    if of_congress:
        ballots = _of_congress(rows, places, path, beside)
    else:
        ballots = (_ballot(row, call, places) for row, call in rows)
    return Ballots(
        tuple(ballots),
        known.words,
        {role: file.header[found[-1]] for role, found in places.items() if found},
        of_congress,
    )


def _chosen(
    file: CsvFile, layout: Layout, places: Places, number: str, one: bool
) -> list[tuple[Row, str]]:
    """Return the rows of the roll calls asked for, each with what tells its roll call apart."""
    wanted = folded(number)
    chosen: list[tuple[Row, str]] = []
    taken: dict[str, None] = {}
    others: dict[str, None] = {}
    before: tuple[str, ...] | None = None
    call, takes = "", not wanted
    for row in file.rows:
        cells = tuple(row.cells[place] for place in places["number"])
        if cells != before:  # a file has its votes roll call by roll call
            before = cells
            names = layout.names(cells) if cells else ()
            call = names[0] if names else ""
            takes = not wanted or wanted in map(folded, names)
            (taken if takes else others)[call] = None
            if one and len(taken) > NAMED:
                break
        if takes:
            chosen.append((row, call))
    if wanted and not chosen:
        there = f"; there are {_several(others)}" if any(others) else ", for no column has numbers"
        raise VotesError(f"{file.path}: there is no roll call {shown(number)}{there}")
    if one and len(taken) > 1:
        raise VotesError(
            f"{file.path}: there are several roll calls, {_several(taken)}; say which: "
            f'--votes-number "{next(iter(taken))}"'
        )
    return chosen


def _several(calls: Iterable[str]) -> str:
    names = [name for name in calls if name]
    more = ", …" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _ballot(row: Row, call: str, places: Places) -> Ballot:
    def cell(role: Role) -> str:
        return next((row.cells[place] for place in places[role] if row.cells[place]), "")

    return Ballot(
        row.line,
        call,
        tuple(row.cells[place] for place in places["member"] if row.cells[place]),
        cell("vote"),
        cell("date"),
        cell("option"),
        _title(cell("number"), cell("title")),
        cell("link"),
        cell("party"),
        cell("constituency"),
    )


def _title(number: str, title: str) -> str:
    number = f"roll call {number}" if number.isdigit() else number
    return ": ".join(part for part in (number, title) if part)


def _of_congress(
    rows: Iterable[tuple[Row, str]], places: Places, path: Path, beside: Iterable[Path]
) -> Iterator[Ballot]:
    """Yield Voteview's ballots, completed by what its files beside the votes say."""
    rows = list(rows)
    at_congress, at_chamber, at_number = places["number"]
    known = read_beside(path, beside, {row.cells[at_congress] for row, _ in rows})
    for row, call in rows:
        ballot = _ballot(row, call, places)
        congress, chamber = row.cells[at_congress], row.cells[at_chamber]
        voter: Key = congress, chamber, ballot.names[0] if ballot.names else ""
        vote: Key = congress, chamber, row.cells[at_number]
        president = known.is_president(voter)
        seat = known.seats.get((congress, "President", voter[2]) if president else voter)
        called = known.calls.get(vote)
        yield ballot._replace(
            names=seat.names if seat else ballot.names,
            constituency=seat.constituency if seat and not president else ballot.constituency,
            date=ballot.date or (called.date if called else ""),
            title=title_of(vote, called),
            member=not president,
        )
