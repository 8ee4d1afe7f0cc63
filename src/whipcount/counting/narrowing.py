"""A count through time, narrowed to some options or members."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from whipcount.bodies import BodyNames
from whipcount.errors import CountError
from whipcount.model import Body, Change, Issue, Timeline

LISTED = 40
"""Names that an error lists; of more it tells the one that is nearest."""


def only(timeline: Timeline, options: Iterable[str] = (), members: Iterable[str] = ()) -> Timeline:
    """Return a timeline with what concerns some options and members; all where none are named.

    What a verdict or a tally says is of all members still. Raises what `options_named` and
    `members_named` raise.
    """
    issue = timeline.issue
    kept = options_named(issue, options)
    named = members_named(timeline.body, members)
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


def options_named(issue: Issue, options: Iterable[str]) -> set[str]:
    """Return the ids of an issue's options; CountError naming those that there are for another."""
    ids = [option.id for option in issue.options]
    found = set()
    for words in options:
        if words not in ids:
            raise CountError(f"{words!r} is no option of the issue; {_known(words, ids)}")
        found.add(words)
    return found


def members_named(body: Body, members: Iterable[str]) -> set[str]:
    """Return the names of a body's members, of whatever day, by any name that its file has.

    Raises CountError naming those that there are where nobody is meant, or two are.
    """
    names = BodyNames(body)
    found = set()
    for words in members:
        member = names.member(words)
        if member is None:
            known = _known(words, [one.name for one in body.members])
            raise CountError(f"{words!r} names no member of {body.name}; {known}")
        found.add(member.name)
    return found


def _of(changes: Iterable[Change], options: set[str], members: set[str]) -> Iterator[Change]:
    """Yield the changes on some options, and of some members where any are named."""
    for change in changes:
        if change.option in options and (not members or change.member in members):
            yield change


def _known(words: str, names: Sequence[str]) -> str:
    if len(names) <= LISTED:
        return f"known are {', '.join(names)}"
    close = difflib.get_close_matches(words, names, n=1)
    return f"did you mean {close[0]}?" if close else f"there are {len(names)}, such as {names[0]}"
