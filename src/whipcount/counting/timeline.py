"""The count through time: who moved on which day, on which words, and what the rule made of it."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias, get_args

from whipcount.bodies import members_on
from whipcount.counting.evidence import A_DAY, Pile, contesting, in_order
from whipcount.counting.gathering import gather
from whipcount.counting.stands import stand_of
from whipcount.counting.verdicts import decisions
from whipcount.counting.whose import Whose
from whipcount.errors import CountError
from whipcount.model import (
    Article,
    Body,
    Change,
    Issue,
    Outcome,
    Position,
    Stand,
    Tally,
    Timeline,
    Turn,
)

CellKey: TypeAlias = tuple[str, str]
"""A member's name and an option's id."""


class Told(NamedTuple):
    """What a cell says on a day, the words that decide it, and those that speak against them."""

    stand: Stand
    contested: bool
    position: Position | None
    against: Position | None = None


ONE_DAY = timedelta(days=1)

SILENT = Told("not-on-record", False, None)


def through(
    positions: Iterable[Position],
    issue: Issue,
    body: Body,
    first: date,
    last: date,
    *,
    articles: Sequence[Article] = (),
) -> Timeline:
    """Return the count as of every day from `first` to `last`, told by what changes.

    On each day every cell is what `count` gives as of that day. `articles` are those that the
    positions are from; they are kept as they are. Raises what `count` raises, and
    CountError where `last` is before `first`.
    """
    if last < first:
        raise CountError(f"the span ends on {last}, before it begins on {first}")
    positions = tuple(positions)
    cells: dict[CellKey, Told] = {}
    outcomes: dict[str, Outcome] = {}
    opening: list[Change] = []
    changes: list[Change] = []
    turns: list[Turn] = []
    tallies: list[Tally] = []
    for begins, ends in _spans(body, first, last):
        span = _Span(positions, issue, body, begins, ends)
        for day, told in span.days():
            moved = list(_moves(cells, told, span.names if day == begins else None))
            (changes if day > first else opening).extend(Change(day, *move) for move in moved)
            touched = {option for _, option, *_ in moved}
            for option, decision in span.decisions.items():
                if day > begins and option not in touched:
                    continue
                mine = [cells[name, option] for name in span.names]
                votes = [decision.vote(one.stand, contested=one.contested) for one in mine]
                outcome = decision.outcome(votes)
                before = outcomes.get(option, outcome)
                if outcome != before:
                    turns.append(Turn(day, option, before, outcome))
                outcomes[option] = outcome
                if day == first or option in touched or outcome != before:
                    tallies.append(Tally(day, option, _tally(mine), outcome))
    return Timeline(
        issue,
        body,
        first,
        last,
        tuple(changes),
        tuple(turns),
        tuple(tallies),
        tuple(opening),
        tuple(articles),
    )


class _Span:
    """Days on which members, weights and rules are the same, and the evidence of each cell."""

    def __init__(
        self, positions: Sequence[Position], issue: Issue, body: Body, begins: date, ends: date
    ) -> None:
        self.begins, self.ends = begins, ends
        members = members_on(body, begins)
        self.names = [member.name for member in members]
        gathered = gather(positions, issue, Whose(body, members, begins), ends).members
        self.evidence: dict[CellKey, Pile] = {
            (name, option.id): in_order(gathered[name][option.id]) if name in gathered else Pile()
            for name in self.names
            for option in issue.options
        }
        self.decisions = decisions(issue, body, members, begins)

    def days(self) -> Iterator[tuple[date, dict[CellKey, Told]]]:
        """Yield the first day with all cells, then each day with those that evidence came to."""
        begins = self.begins.toordinal()
        counted: dict[CellKey, _Counted] = {}
        coming: dict[int, dict[CellKey, list[int]]] = defaultdict(lambda: defaultdict(list))
        for cell, found in self.evidence.items():
            counted[cell] = _Counted(found)
            for place, weight in enumerate(found.weights):
                if weight & A_DAY > begins:
                    coming[weight & A_DAY][cell].append(place)
                else:
                    counted[cell].add(place)
        yield self.begins, {cell: _told(found.pile) for cell, found in counted.items()}
        for day in sorted(coming):
            for cell, places in coming[day].items():
                for place in places:
                    counted[cell].add(place)
            yield (
                date.fromordinal(day),
                {cell: _told(counted[cell].pile) for cell in coming[day]},
            )


class _Counted:
    """The evidence of a cell that counts by now, the best first; more is put in as days go on."""

    def __init__(self, evidence: Pile) -> None:
        self.evidence = evidence
        self.places: list[int] = []
        self.pile = Pile()

    def add(self, place: int) -> None:
        """Put in the piece at a place of all of the cell's evidence."""
        index = bisect.bisect(self.places, place)
        self.places.insert(index, place)
        self.pile.positions.insert(index, self.evidence.positions[place])
        self.pile.weights.insert(index, self.evidence.weights[place])


def _spans(body: Body, first: date, last: date) -> list[tuple[date, date]]:
    """Return the span cut where a member joins or leaves, a weight or a rule changes."""
    cuts = {
        *(
            day
            for member in body.members
            for term in member.terms
            for day in (term.joined, term.left)
        ),
        *(weights.since for member in body.members for weights in member.weights),
        *(day for rule in body.rules for day in (rule.since, rule.until)),
    }
    begins = [first, *sorted(day for day in cuts if day is not None and first < day <= last)]
    return [
        (begin, (begins[place + 1] if place + 1 < len(begins) else last + ONE_DAY) - ONE_DAY)
        for place, begin in enumerate(begins)
    ]


def _told(counted: Pile) -> Told:
    """Return what a cell's evidence that counts, best first, says."""
    if not counted.positions:
        return SILENT
    position = counted.positions[0]
    against = contesting(counted)
    return Told(stand_of(position), against is not None, position, against)


Move: TypeAlias = tuple[
    str,
    str,
    Stand | None,
    Stand | None,
    bool,
    Position | None,
    Position | None,
    Position | None,
]
"""The fields of a `Change` after its day."""


def _moves(
    cells: dict[CellKey, Told], told: dict[CellKey, Told], names: Sequence[str] | None
) -> Iterator[Move]:
    """Bring cells up to date and yield which changed; `names` are the members where that is new."""
    if names is not None:
        here = set(names)
        for cell in [cell for cell in cells if cell[0] not in here]:
            gone = cells.pop(cell)
            yield *cell, gone.stand, None, False, None, gone.position, None
    for cell, now in told.items():
        before = cells.get(cell)
        cells[cell] = now
        if before is None:
            yield *cell, None, now.stand, now.contested, now.position, None, now.against
        elif before[:2] != now[:2]:
            yield (
                *cell, before.stand, now.stand, now.contested, now.position, before.position,
                now.against,
            )  # fmt: skip


def _tally(cells: Iterable[Told]) -> tuple[tuple[Stand, int], ...]:
    counted = Counter(cell.stand for cell in cells)
    return tuple((stand, counted[stand]) for stand in get_args(Stand) if counted[stand])
