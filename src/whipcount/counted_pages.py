"""Pages to a whip count, and to a count through time.

`count` and `changes` code what isn't coded yet, take each article and utterance once, and put to it
recorded votes and what people entered and overrode in projects.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeAlias, TypedDict

from whipcount import attribution, coding, counting, duplicates
from whipcount.actors.directory import Directory
from whipcount.counting.supposing import standing
from whipcount.dates import first_day, last_day
from whipcount.errors import CountError
from whipcount.model import (
    Article,
    Body,
    Coded,
    Issue,
    Position,
    RollCall,
    Timeline,
    WhipCount,
)
from whipcount.pipeline import (
    FilePath,
    OnError,
    Pages,
    body_of,
    code,
    directory_of,
    is_project,
    issue_of,
    one_by_one,
)
from whipcount.roll_calls import read_roll_calls

PagesOrCoded: TypeAlias = Pages | Coded | Iterable[FilePath | Article | Coded]


def count(
    pages: PagesOrCoded,
    issue: Issue | FilePath,
    as_of: date | str | None = None,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    encoding: str | None = None,
    on_error: OnError | None = None,
    votes: Iterable[RollCall | FilePath] = (),
    what_if: Iterable[str | Position] = (),
    beliefs: counting.Beliefs | None = None,
) -> WhipCount:
    """Return the whip count of pages, or of what `code` gave, as of a day.

    The day is the newest article's or vote's where `as_of` is None. An article that several pages
    hold is counted once, and so is an utterance that several articles report (`duplicates`).
    `votes` are roll calls as `read_roll_calls` gives them, or files that it reads without being
    told more. `what_if` are words such as "Hungary=support", or
    "Hungary/membership=support": what the count would be if a member changed its mind; positions,
    such as a project's overrides, do so from their day on, and aren't told as assumed. `beliefs`
    are those behind the chances of the verdicts. Raises CountError where there is no day to count
    as of.
    """
    day = _day(as_of)
    how: How = {
        "known": directory_of(known),
        "tagger": tagger,
        "min_confidence": min_confidence,
        "coder": coder,
        "encoding": encoding,
        "on_error": on_error,
    }
    told = _evidence(pages, issue, body, votes, how)
    positions = (*told.said, *told.votes)
    day = day or counting.newest_day(told.articles, positions)
    given = tuple(what_if)
    words = (one for one in given if isinstance(one, str))
    assumed = counting.assume(words, told.issue, told.body, day)
    overrides = (*told.overrides, *(one for one in given if isinstance(one, Position)))
    counted = counting.count(
        positions,
        told.issue,
        told.body,
        day,
        articles=told.articles,
        what_if=(*assumed, *standing(overrides, assumed, told.body, day)),
    )
    return counting.forecast(replace(counted, assumed=assumed), beliefs)


def changes(
    pages: PagesOrCoded,
    issue: Issue | FilePath,
    first: date | str | None = None,
    last: date | str | None = None,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    encoding: str | None = None,
    on_error: OnError | None = None,
    votes: Iterable[RollCall | FilePath] = (),
) -> Timeline:
    """Return the count of pages, or of what `code` gave, through time: who moved when and why.

    Where `first` is None it is the day on which the issue starts, else the oldest article's or
    vote's; where `last` is None the newest's. `votes` and the options are those of `count`. Raises
    CountError where there is no such day, or `last` is before `first`.
    """
    first, last = _day(first), _day(last)
    how: How = {
        "known": directory_of(known),
        "tagger": tagger,
        "min_confidence": min_confidence,
        "coder": coder,
        "encoding": encoding,
        "on_error": on_error,
    }
    told = _evidence(pages, issue, body, votes, how)
    first = first or told.issue.starts
    set_by_hand = (one.date for one in (*told.votes, *told.overrides))
    dates = [iso for iso in (*(one.published for one in told.articles), *set_by_hand) if iso]
    if not dates and (first is None or last is None):
        raise CountError("nothing has a date; say which days: --from 2023-01-01 --to 2023-07-11")
    return counting.through(
        (*told.said, *told.votes, *told.overrides),
        told.issue,
        told.body,
        first or min(first_day(iso) for iso in dates),
        last or max(last_day(iso) for iso in dates),
        articles=told.articles,
    )


def by_hand(
    pages: Iterable[FilePath | Article | Coded],
) -> tuple[tuple[RollCall, ...], tuple[Position, ...]]:
    """Return what people entered in the projects among pages, and the cells that they overrode.

    They go into `votes` and `what_if` of `count`, where the pages were coded before.
    """
    calls: list[RollCall] = []
    overrides: list[Position] = []
    for page in pages:
        if not isinstance(page, Article | Coded) and is_project(page):
            from whipcount import project  # noqa: PLC0415

            with project.open_project(page, writing=False) as opened:
                found = project.entered_positions(opened)
                calls += [RollCall(os.fspath(page), "entered by hand", "", "", found)]
                overrides += project.override_positions(opened)
    return tuple(calls), tuple(overrides)


class How(TypedDict):
    """How pages are coded: `code`'s options."""

    known: Directory | None
    tagger: str
    min_confidence: float
    coder: str | coding.Coder
    encoding: str | None
    on_error: OnError | None


class _Evidence(NamedTuple):
    """What there is to count: what articles say, votes and entries, and cells set by hand."""

    issue: Issue
    body: Body
    articles: tuple[Article, ...]
    said: tuple[Position, ...]
    votes: tuple[Position, ...]
    overrides: tuple[Position, ...]


def _evidence(
    pages: PagesOrCoded,
    issue: Issue | FilePath,
    body: Body | FilePath | None,
    votes: Iterable[RollCall | FilePath],
    how: How,
) -> _Evidence:
    """Return all that pages, votes and people give to count; each article once."""
    decides = body_of(issue, body)
    issue = issue_of(issue)
    listed = [pages] if isinstance(pages, Coded) else list(one_by_one(pages))
    coded = _coded_once(listed, issue, decides, how)
    calls, overrides = by_hand(listed)
    return _Evidence(
        issue,
        decides,
        tuple(one.article for one in coded),
        tuple(position for one in coded for position in one.positions),
        tuple(_votes((*votes, *calls), decides, issue)),
        overrides,
    )


def _coded_once(
    pages: Iterable[FilePath | Article | Coded], issue: Issue, body: Body, how: How
) -> tuple[Coded, ...]:
    """Return pages coded, and what was coded before as it is; each article once.

    Articles have `copy_of`, and statements and positions `utterance`, so that each is counted once.
    """
    coded: dict[str, Coded] = {}
    for item in pages:
        found = [item] if isinstance(item, Coded) else code(item, issue, body=body, **how)
        for one in found:
            coded[one.article.id] = duplicates.one_of_both(coded.get(one.article.id), one)
    return duplicates.with_utterances(_taken(coded), how["known"])


def _taken(coded: dict[str, Coded]) -> Iterator[Coded]:
    """Yield what was coded, in its order, and let go of it."""
    for id_ in tuple(coded):
        yield coded.pop(id_)


def _votes(votes: Iterable[RollCall | FilePath], body: Body, issue: Issue) -> Iterator[Position]:
    """Yield the positions of recorded votes."""
    for one in votes:
        for call in [one] if isinstance(one, RollCall) else read_roll_calls(one, body, issue):
            yield from call.positions


def _day(as_of: date | str | None) -> date | None:
    """Return the day to count as of; CountError where a string is no day."""
    if not isinstance(as_of, str):
        return as_of
    try:
        day = first_day(as_of)
        if day == last_day(as_of):
            return day
    except ValueError:
        pass
    raise CountError(f"{as_of!r} is no day; write it as 2023-07-11")
