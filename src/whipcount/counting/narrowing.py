"""A count through time, narrowed to some options or members."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from whipcount.bodies import BodyNames
from whipcount.errors import CountError
from whipcount.model import Change, Timeline

LISTED = 40
"""Names that an error lists; of more it tells the one that is nearest."""


def only(timeline: Timeline, options: Iterable[str] = (), members: Iterable[str] = ()) -> Timeline:
    """Return a timeline with what concerns some options and members; all where none are named.

    Members go by any name that the body file has. What a verdict or a tally says is of all members
    still. Raises CountError where an option isn't of the issue, or nobody of that name was a member
    at any time between the first day and the last.
    """
    kept = [_option(timeline, words) for words in options]
    named = {_member(timeline, words) for words in members}
    issue = timeline.issue
    if kept:
        issue = replace(issue, options=tuple(one for one in issue.options if one.id in kept))
    ids = {option.id for option in issue.options}
    return replace(
        timeline,
        issue=issue,
        opening=tuple(_of(timeline.opening, ids, named)),
        changes=tuple(_of(timeline.changes, ids, named)),
        turns=tuple(turn for turn in timeline.turns if turn.option in ids),
        tallies=tuple(tally for tally in timeline.tallies if tally.option in ids),
    )


def _of(changes: Iterable[Change], options: set[str], members: set[str]) -> Iterator[Change]:
    """Yield the changes on some options, and of some members where any are named."""
    for change in changes:
        if change.option in options and (not members or change.member in members):
            yield change


def _option(timeline: Timeline, words: str) -> str:
    ids = [option.id for option in timeline.issue.options]
    if words in ids:
        return words
    raise CountError(f"{words!r} is no option of the issue; {_known(words, ids)}")


def _member(timeline: Timeline, words: str) -> str:
    names = list(dict.fromkeys(one.member for one in (*timeline.opening, *timeline.changes)))
    member = BodyNames(timeline.body).member(words)
    if member is not None and member.name in names:
        return member.name
    raise CountError(
        f"{words!r} is no member of {timeline.body.name} between {timeline.first} and "
        f"{timeline.last}; {_known(words, names)}"
    )


def _known(words: str, names: Sequence[str]) -> str:
    if len(names) <= LISTED:
        return f"known are {', '.join(names)}"
    close = difflib.get_close_matches(words, names, n=1)
    return f"did you mean {close[0]}?" if close else f"there are {len(names)}, such as {names[0]}"
