"""From a file of votes to roll calls, each with the positions of those who voted."""

from __future__ import annotations

import datetime
import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from whipcount.bodies import actor_kind, folded, is_member_on
from whipcount.errors import VotesError
from whipcount.model import (
    Actor,
    Body,
    Issue,
    Member,
    Position,
    RollCall,
    Stance,
)
from whipcount.roll_calls.ballots import Ballot, Ballots, read_ballots
from whipcount.roll_calls.casts import Cast, Word, word_of
from whipcount.roll_calls.layouts import Role
from whipcount.roll_calls.voters import Voters, state_of
from whipcount.toml_files import shown

FilePath: TypeAlias = str | os.PathLike[str]

CODER = "vote"
"""The coder of every position that a vote is."""

STANCES: dict[Cast, Stance] = {"yes": "support", "no": "oppose", "abstain": "abstain"}
"""The stance of each vote; what else the word in a roll call may be is none."""

MOST = 10
"""Rows that an error names; of more, there is the number."""


def read_roll_calls(
    path: FilePath,
    body: Body,
    issue: Issue,
    *,
    option: str = "",
    number: str = "",
    date: datetime.date | str | None = None,
    layout: str = "",
    columns: Mapping[str, str] | None = None,
    beside: Iterable[FilePath] = (),
    outsiders: bool = False,
) -> tuple[RollCall, ...]:
    """Return the roll calls of a CSV file, each with a position for every yes, no and abstention.

    `docs/counting.md` has the formats. `option`, by id or label, and `date` are what was voted on
    and when; they go before the file's own columns. `number` chooses one roll call of a file that
    holds several. `layout` is one of `LAYOUTS`, found out where it isn't given; `columns` names
    columns by `ROLES`, as in `{"member": "Name"}`. `beside` are Voteview's files of members and
    roll calls, where they don't lie beside its votes. Voters are named as members of the day of the
    vote; with `outsiders`, who is none counts under its own name instead of being an error.

    Raises VotesError where the file can't be read or a row be taken: all such rows together.
    """
    path = Path(path)
    known = _option(issue, option) if option else None
    if option and known is None:
        raise VotesError(
            f"{issue.path or 'the issue'}: {shown(option)} is none of its options, which are "
            f"{_options(issue)}"
        )
    day = _day(date) if isinstance(date, str) else date
    if date and day is None:
        raise VotesError(f"{date!r} is no day; write it as 2023-07-11")
    found = read_ballots(
        path,
        body.members_are,
        number=number,
        layout=layout,
        columns=columns,
        beside=[Path(one) for one in beside],
        one=bool(option),
    )
    if known is None and "option" not in found.columns:
        if len(issue.options) > 1:
            raise VotesError(
                f"{path}: what was voted on is not said; say it, such as --votes-option "
                f"{issue.options[0].id} (the options are {_options(issue)})"
            )
        known = issue.options[0].id
    if day is None and not any(ballot.date for ballot in found.ballots):
        raise VotesError(
            f"{path}: the day of the vote is not told; give it: --votes-date 2023-07-11"
            + (" (or the file of roll calls that is Voteview's)" if found.of_congress else "")
        )
    return _Tally(path, body, issue, found, outsiders).roll_calls(known, day)


@dataclass
class _Called:
    """A roll call while its ballots are read: who took which side, and the line of each voter."""

    title: str
    positions: list[Position] = field(default_factory=list)
    sides: dict[Cast, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass
class _Problems:
    """What is wrong with rows, told together at the end, with what to do."""

    path: Path
    columns: Mapping[Role, str]
    told: list[str] = field(default_factory=list)
    advice: dict[str, None] = field(default_factory=dict)

    def add(self, line: int, role: Role, problem: str, advice: str) -> None:
        """Note what is wrong with a row's cell."""
        column = f", {self.columns[role]}" if role in self.columns else ""
        self.told.append(f"{self.path}, line {line}{column}: {problem}")
        if len(self.told) <= MOST:
            self.advice[advice] = None

    def raise_any(self) -> None:
        """Raise VotesError where a row can't be taken."""
        if self.told:
            more = len(self.told) - MOST
            rest = [f"and {more} more such rows"] if more > 0 else []
            raise VotesError("\n".join([*self.told[:MOST], *rest, *self.advice]))


class _Tally:
    """Takes the ballots of one file, one after the other."""

    def __init__(
        self, path: Path, body: Body, issue: Issue, found: Ballots, outsiders: bool
    ) -> None:
        self.path = path
        self.body = body
        self.issue = issue
        self.found = found
        self.outsiders = outsiders
        self.voters = Voters(body)
        self.problems = _Problems(path, found.columns)

    def roll_calls(self, option: str | None, day: datetime.date | None) -> tuple[RollCall, ...]:
        """Return the roll calls; `option` and `day` are those of all where they are given."""
        calls: dict[tuple[str, str, datetime.date], _Called] = {}
        for ballot in self.found.ballots:
            on = option or self._option(ballot)
            when = day or self._day(ballot)
            word = self._word(ballot)
            if on and when and word:
                called = calls.setdefault((ballot.roll_call, on, when), _Called(ballot.title))
                self._take(ballot, word, called, on, when)
        self.problems.raise_any()
        return tuple(self._roll_call(called, on, when) for (_, on, when), called in calls.items())

    def _take(
        self, ballot: Ballot, word: Word, called: _Called, on: str, when: datetime.date
    ) -> None:
        name = ballot.names[-1] if ballot.names else ""
        if word.cast == "not a member" or not ballot.member:
            called.sides.setdefault("not a member", []).append(name)
            return
        actor, key = self._voter(ballot, name, when)
        if actor is None:
            return
        if key in called.lines:
            self.problems.add(
                ballot.line,
                "member",
                f"{actor.name} votes twice, first in line {called.lines[key]}",
                "Keep one of the rows; or if they are of several roll calls, name the column that "
                "tells these apart, as in --votes-columns number=NAME.",
            )
            return
        called.lines[key] = ballot.line
        stance = STANCES.get(word.cast)
        if stance is None:
            called.sides.setdefault(word.cast, []).append(actor.name)
            return
        called.positions.append(
            Position(
                origin="vote",
                actor=actor,
                option=on,
                stance=stance,
                date=when.isoformat(),
                coder=CODER,
                record=self._record(ballot, word),
            )
        )

    def _voter(self, ballot: Ballot, name: str, when: datetime.date) -> tuple[Actor | None, str]:
        """Return who voted, and a key to know a second ballot by; None where that can't be told."""
        fitting = self.voters.fitting(ballot.names, when, ballot.constituency, ballot.party)
        if len(fitting) == 1:
            return self._actor(fitting[0], ballot), fitting[0].id
        if len(fitting) > 1:
            several = " and ".join(member.name for member in fitting)
            self.problems.add(
                ballot.line,
                "member",
                f"{shown(name)} fits {several}",
                "Where a name fits several, write the full name or the id that "
                f"{self.body.path} has.",
            )
            return None, ""
        member = self.voters.of_other_days(ballot.names)
        if self.outsiders and name:
            if member is not None:
                return self._actor(member, ballot), member.id
            return self._outsider(name, ballot), f"names {ballot.names}"
        self._refuse(ballot, name, member, when)
        return None, ""

    def _refuse(
        self, ballot: Ballot, name: str, member: Member | None, when: datetime.date
    ) -> None:
        elsewhere = "where the vote was taken in another body, use --votes-outsiders."
        if not name:
            problem, advice = "nobody is named", "Name the voter of each row, or cut the row."
        elif member is not None:
            problem = f"{member.name} was no member of {self.body.name} on {when}"
            advice = f"Correct joined and left in {self.body.path}; {elsewhere}"
        else:
            names = {folded(one.name): one.name for one in self.body.members}
            close = difflib.get_close_matches(folded(name), names, n=1)
            hint = f"; did you mean {names[close[0]]}?" if close else ""
            problem = f"{shown(name)} is no member of {self.body.name}{hint}"
            advice = (
                f"Write members as {self.body.path} has them, or add what they are called here to "
                f"their aliases there; {elsewhere}"
            )
        self.problems.add(ballot.line, "member", problem, advice)

    def _actor(self, member: Member, ballot: Ballot) -> Actor:
        return Actor(
            id=f"vote.{member.id}",
            name=member.name,
            kind=actor_kind(self.body),
            affiliation=ballot.party,
            country=member.code[:2],
            speaks_for=self.voters.own_name(member),
        )

    def _outsider(self, name: str, ballot: Ballot) -> Actor:
        kind = actor_kind(self.body)
        state = next(filter(None, map(state_of, ballot.names)), None) if kind == "state" else None
        if state is not None:
            return Actor(f"vote.{state.code}", state.name, kind, country=state.code[:2])
        return Actor(f"vote.{name}", name, kind, affiliation=ballot.party)

    def _option(self, ballot: Ballot) -> str | None:
        option = _option(self.issue, ballot.option)
        if option is None:
            self.problems.add(
                ballot.line,
                "option",
                f"{shown(ballot.option)} is no option of the issue",
                f"The options are {_options(self.issue)}.",
            )
        return option

    def _day(self, ballot: Ballot) -> datetime.date | None:
        day = _day(ballot.date)
        if day is None:
            self.problems.add(
                ballot.line,
                "date",
                f"{shown(ballot.date)} is no day" if ballot.date else "the day is not told",
                "Write days as 2023-07-11, or give the day of the vote: --votes-date 2023-07-11.",
            )
        return day

    def _word(self, ballot: Ballot) -> Word | None:
        word = word_of(ballot.word, self.found.words)
        if word is None:
            self.problems.add(
                ballot.line,
                "vote",
                f"{shown(ballot.word)} is no vote" if ballot.word else "there is no vote",
                "Votes are yes, no, abstain, present, not voting or absent, and their like in "
                "English; docs/counting.md has all words.",
            )
        return word

    def _record(self, ballot: Ballot, word: Word) -> str:
        said = "abstained" if word.cast == "abstain" else f"{word.how} {word.cast}"
        said = f"{said}: {ballot.title}" if ballot.title else said
        parts = (said, f"{self.path}, line {ballot.line}", ballot.link)
        return "; ".join(part for part in parts if part)

    def _roll_call(self, called: _Called, on: str, when: datetime.date) -> RollCall:
        return RollCall(
            path=str(self.path),
            title=called.title,
            option=on,
            date=when.isoformat(),
            positions=tuple(called.positions),
            absent=tuple(called.sides.get("absent", ())),
            not_voting=tuple(called.sides.get("not voting", ())),
            present=tuple(called.sides.get("present", ())),
            unlisted=tuple(
                member.name
                for member in self.body.members
                if is_member_on(member, when) and member.id not in called.lines
            ),
            not_members=tuple(called.sides.get("not a member", ())),
        )


def _option(issue: Issue, words: str) -> str | None:
    """Return the id of the option that words name, by its id or label; None where none has it."""
    for option in issue.options:
        if folded(words) in (folded(option.id), folded(option.label)):
            return option.id
    return None


def _options(issue: Issue) -> str:
    return ", ".join(option.id for option in issue.options)


def _day(words: str) -> datetime.date | None:
    """Return the day of an ISO date, with or without a time of day; None where it is none."""
    try:
        return datetime.datetime.fromisoformat(words.strip()).date()
    except ValueError:
        return None
