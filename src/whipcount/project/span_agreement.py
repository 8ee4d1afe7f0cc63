"""How far coders mark the same words: the F-measure of characters, content, source and cue apart.

F1 between two coders is 2 |A and B| / (|A| + |B|) of the characters that they mark; it doesn't ask
who is right, and needs no number of characters that nobody marks (G. Hripcsak, A. S. Rothschild,
Agreement, the F-measure, and reliability in information retrieval, JAMIA 12, 2005). Characters are
summed over all articles and pairs of coders.

A coder's marks in an article are the machine's, which everybody is shown, but for the statements
that the coder marked anew, added or deleted. So much of it is alike before anybody begins;
`of_marked` is of those statements alone that one of the two has marked.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from whipcount.model import Span
from whipcount.offsets import merge
from whipcount.project.converting import MACHINE, spans
from whipcount.project.store import Project

PARTS = ("content", "source", "cue")

Marks: TypeAlias = Mapping[str, str] | None
"""A statement's spans by part, as JSON; None where it is deleted."""


@dataclass(frozen=True, slots=True)
class SpansAgreed:
    """How far coders mark the same characters of a part, None where there is nothing to compare.

    `f1` is between people, `of_marked` of what one of the two has marked, `machine` between people
    and the machine; `articles` are those on which two people at least have worked.
    """

    part: str
    f1: float | None
    of_marked: float | None
    machine: float | None
    articles: int


def span_agreement(project: Project, coders: Collection[str] = ()) -> tuple[SpansAgreed, ...]:
    """Return how far coders mark the same words, by part; of all who coded where none are named."""
    worked = _worked(project, coders)
    marked = _marked(project, set(worked))
    between = {part: _Sums() for part in PARTS}
    of_marked = {part: _Sums() for part in PARTS}
    machine = {part: _Sums() for part in PARTS}
    for article, people in worked.items():
        by_coder = marked.get(article, {})
        shown = by_coder.get(MACHINE, {})
        seen = {one: {**shown, **by_coder.get(one, {})} for one in people}
        for one in people:
            _add(machine, shown.values(), seen[one].values())
        for one, other in itertools.combinations(sorted(people), 2):
            own = {*by_coder.get(one, {}), *by_coder.get(other, {})}
            _add(between, seen[one].values(), seen[other].values())
            _add(
                of_marked,
                (seen[one].get(key) for key in own),
                (seen[other].get(key) for key in own),
            )
    number = sum(len(people) > 1 for people in worked.values())
    return tuple(
        SpansAgreed(part, between[part].f1, of_marked[part].f1, machine[part].f1, number)
        for part in PARTS
    )


@dataclass(slots=True)
class _Sums:
    """Characters that both mark, and that each marks."""

    both: int = 0
    one: int = 0
    other: int = 0

    @property
    def f1(self) -> float | None:
        return 2 * self.both / (self.one + self.other) if self.one + self.other else None


def _add(sums: Mapping[str, _Sums], one: Iterable[Marks], other: Iterable[Marks]) -> None:
    """Add the characters of two people's marks in an article."""
    mine, theirs = list(one), list(other)
    for part, found in sums.items():
        left, right = _characters(mine, part), _characters(theirs, part)
        found.one += sum(each.end - each.start for each in left)
        found.other += sum(each.end - each.start for each in right)
        found.both += _overlap(left, right)


def _characters(marks: Iterable[Marks], part: str) -> tuple[Span, ...]:
    """Return the characters that any of the statements marks, as spans apart from each other."""
    found = merge([each for one in marks if one is not None for each in spans(one[part])])
    return tuple(found)


def _overlap(left: tuple[Span, ...], right: tuple[Span, ...]) -> int:
    """Return how many characters two lists of spans share, each sorted and apart."""
    both, place = 0, 0
    for one in left:
        while place < len(right) and right[place].end <= one.start:
            place += 1
        for other in itertools.islice(right, place, None):
            if other.start >= one.end:
                break
            both += min(one.end, other.end) - max(one.start, other.start)
    return both


def _worked(project: Project, coders: Collection[str]) -> dict[str, set[str]]:
    """Return who has worked on each article that is there: reviewed a coding, or marked."""
    worked: dict[str, set[str]] = {}
    for article, coder in project.connection.execute(
        "SELECT DISTINCT article, coder FROM reviews WHERE until IS NULL AND adjudicates = 0 UNION "
        f"SELECT DISTINCT article, coder FROM statements WHERE coder <> '{MACHINE}'"
    ):
        if not coders or coder in coders:
            worked.setdefault(article, set()).add(coder)
    live = {
        key for (key,) in project.connection.execute("SELECT key FROM articles WHERE until IS NULL")
    }
    return {article: people for article, people in worked.items() if article in live}


def _marked(project: Project, articles: set[str]) -> dict[str, dict[str, dict[str, Marks]]]:
    """Return how each coder left each statement, by article, coder and statement.

    That is their newest row of it, also where somebody marked it anew since, or a merge kept
    another's.
    """
    found: dict[str, dict[str, dict[str, Marks]]] = {}
    for key, told in project.connection.execute(
        "SELECT of_key, e.value FROM conflicts c, json_each(json_array(c.kept, c.other)) e "
        "WHERE c.in_table = 'statements' AND e.value IS NOT NULL"
    ):
        row = json.loads(told)
        if row["article"] in articles:
            here = found.setdefault(row["article"], {}).setdefault(row["coder"], {})
            here[key] = None if row["deleted"] else {part: row[part] for part in PARTS}
    for key, article, coder, deleted, *marks in project.connection.execute(
        "SELECT key, article, coder, deleted, content, source, cue FROM statements WHERE article "
        "IN (SELECT value FROM json_each(?)) ORDER BY row",
        (json.dumps(sorted(articles)),),
    ):
        here = found.setdefault(article, {}).setdefault(coder, {})
        here[key] = None if deleted else dict(zip(PARTS, marks, strict=True))
    return found
