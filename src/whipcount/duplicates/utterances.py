"""What was said once and printed by many: statements that report one utterance.

Two statements report one utterance where one's words stand, nearly all and in sequence, in the
other's, one speaker said both, and their dates are days apart; in an article and its copy the words
alone tell. Statements are put into drawers by speaker and three words in a row, so that none is
compared with all.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from whipcount.dates import first_day, is_date, last_day
from whipcount.duplicates.candidates import as_pairs, merged, numbered_pairs
from whipcount.duplicates.shingles import Shingles, share_within, shingles, words_of
from whipcount.duplicates.speakers import Speaker

DAYS = 7
"""Days between two reports of one utterance at most: a weekly prints what was said in its week.
Chosen, not swept: with more, what somebody says every other week becomes one utterance."""

SIZE = 2
"""Words of a shingle when words are compared. Of 1, 2 and 3, swept on our own utterances
(`benchmarks/duplicates`), 2 leaves the widest room between reports and other statements."""

LEAST_SHARES = ((10, 0.6), (7, 0.75), (0, 1.0))
"""From how many words of the shorter on which share of its shingles the longer has too, at least.

Chosen on the developing half of our own utterances, where any share from 0.56 to 0.60 would do, and
on what news have that those lack: the statements of PolNeAR's 911 train and dev texts. There "We
are going to win so much" is no report of "We are going to replace Obamacare with something so much
better" (0.67 of 7 words), and names of offices make half of a short statement's shingles."""

LEAST_WORDS = 4
"""Words of the shortest direct statement that is looked at; "we will not" is said every day."""

LEAST_WORDS_INDIRECT = 10
"""The same where it isn't all in quotation marks. Of PolNeAR's shorter indirect statements whose
words are all in another of the speaker, most are names ("former Secretary of State Hillary
Clinton") or policies ("a no-fly zone in Syria")."""

IN_COPIES = 2
"""The same in an article and its copy, of all kinds. Chosen, not swept."""

DRAWER = 3
"""Words in a row by which statements are put into drawers. What shares six tenths nearly always
has three in common, and drawers of two would be as long as those of "of the"."""


AT_ONCE = 50_000
"""Shingles in drawers that are paired at once: 25 MB where all are alike."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it is compared: ids, the ISO date (or empty), the words and who said them.

    `direct` tells that all its words are in quotation marks.
    """

    id: str
    article: str
    date: str
    words: str
    speakers: tuple[Speaker, ...] = ()
    direct: bool = True


def utterances(found: Iterable[Said], copied: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the utterance of each statement: the id of the statement that reports it first.

    That is the earliest one, of one day the longest; the undated come last. The order of statements
    makes no difference. `copied` has the articles that are copies, as `copies` gives them. An
    utterance spans `DAYS` from its first report on, or twice that where two turn out to be one.
    """
    copied = copied or {}
    compared = sorted(map(_compared, found), key=lambda one: one.order)
    groups = _Groups(compared)
    for first, second in _listed(_pairs(compared, copied)):
        one, other = compared[first], compared[second]
        if _are_in_copies(one, other, copied):
            if _share_words(one, other, IN_COPIES) and _may_be(one, other):
                groups.join(first, second)
        elif (
            groups.are_near(first, second)
            and _share_words(one, other)
            and _same_speaker(one, other)
        ):
            groups.join(first, second)
    return {one.id: compared[groups.first(place)].id for place, one in enumerate(compared)}


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """A statement with what is made of it once: its shingles, and the days of its date."""

    id: str
    article: str
    speakers: tuple[Speaker, ...]
    direct: bool
    words: int
    own: Shingles
    in_drawers: Shingles
    days: tuple[int, int] | None
    order: tuple[bool, int, int, str, int, str]


def _compared(one: Said) -> _Compared:
    words, own, in_drawers = _shingled(one.words)
    days = _days(one.date)
    home, _, number = one.id.rpartition(".")
    home = one.article if home == one.article else home  # one string, not a copy each
    place = int(number) if number.isascii() and number.isdigit() else 0
    ends = date.max.toordinal() if days is None else days[1]
    return _Compared(
        one.id,
        one.article,
        one.speakers,
        one.direct,
        words,
        own,
        in_drawers,
        days,
        (days is None, ends, -words, home, place, one.id),
    )


@functools.lru_cache(maxsize=4096)
def _days(iso: str) -> tuple[int, int] | None:
    """Return the first and the last day of a date as ordinals; None where it is none."""
    return (first_day(iso).toordinal(), last_day(iso).toordinal()) if is_date(iso) else None


@functools.lru_cache(maxsize=4096)  # wire copy has the same words, and holds them once
def _shingled(said: str) -> tuple[int, Shingles, Shingles]:
    """Return how many words are said, and their shingles of both sizes."""
    words = words_of(said)
    return len(words), shingles(words, SIZE), shingles(words, DRAWER)


class _Groups:
    """Statements that are one utterance; each group is known by its first in order."""

    def __init__(self, compared: Sequence[_Compared]) -> None:
        self.compared = compared
        self.above = list(range(len(compared)))

    def first(self, place: int) -> int:
        """Return the first statement of a statement's group."""
        while self.above[place] != place:
            self.above[place] = self.above[self.above[place]]
            place = self.above[place]
        return place

    def join(self, one: int, other: int) -> None:
        """Make the groups of two statements one."""
        first, second = sorted((self.first(one), self.first(other)))
        self.above[second] = first

    def are_near(self, one: int, other: int) -> bool:
        """Return whether the groups of two begin within `DAYS`; the undated are near to all."""
        days = self.compared[self.first(one)].days
        others = self.compared[self.first(other)].days
        if days is None or others is None:
            return True
        return max(days[0], others[0]) - min(days[1], others[1]) <= DAYS


def _pairs(compared: Sequence[_Compared], copied: Mapping[str, str]) -> NDArray[np.int64]:
    """Return the pairs of statements that have a drawer in common."""
    stories = set(copied) | set(copied.values())
    drawers: dict[object, list[int]] = {}
    for place, one in enumerate(compared):
        who: set[object] = {speaker.who for speaker in one.speakers}
        who |= {speaker.voice for speaker in one.speakers if speaker.voice}
        if one.article in stories:
            who.add(copied.get(one.article, one.article))
        for drawer in who:
            drawers.setdefault(drawer, []).append(place)
    total = len(compared)
    shared = (places for places in drawers.values() if len(places) > 1)
    found = (
        one for keys, owners in _batches(shared, compared) for one in _numbered(keys, owners, total)
    )
    return as_pairs([merged(found)], total)


def _batches(
    drawers: Iterable[Sequence[int]], compared: Sequence[_Compared]
) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """Yield the shingles in drawers with their statements' places, some drawers at a time."""
    keys: list[NDArray[np.uint64]] = []
    places: list[NDArray[np.int64]] = []
    held = 0
    for number, inside in enumerate(drawers):
        for place in inside:
            own = compared[place].in_drawers
            keys.append(own.astype(np.uint64) | np.uint64(number << 32))
            places.append(np.full(len(own), place, dtype=np.int64))
            held += len(own)
        if held >= AT_ONCE:
            yield np.concatenate(keys), np.concatenate(places)
            keys, places, held = [], [], 0
    if held:
        yield np.concatenate(keys), np.concatenate(places)


def _numbered(
    keys: NDArray[np.uint64], places: NDArray[np.int64], total: int
) -> Iterator[NDArray[np.int64]]:
    """Yield numbered pairs, of `AT_ONCE` keys at a time: alike keys are in one share."""
    shares = -(-len(keys) // AT_ONCE)
    in_share = keys % np.uint64(shares)
    for share in range(shares):
        chosen = in_share == share
        yield numbered_pairs(keys[chosen], places[chosen], total)


def _listed(pairs: NDArray[np.int64]) -> Iterator[list[int]]:
    """Yield pairs as Python's numbers, which take ten times the memory of numpy's."""
    for start in range(0, len(pairs), AT_ONCE):
        yield from pairs[start : start + AT_ONCE].tolist()


def _are_in_copies(one: _Compared, other: _Compared, copied: Mapping[str, str]) -> bool:
    return copied.get(one.article) == other.article or copied.get(other.article) == one.article


def _share_words(one: _Compared, other: _Compared, least: int | None = None) -> bool:
    """Return whether the shorter's words stand in the longer's."""
    shorter, longer = (one, other) if one.words <= other.words else (other, one)
    if least is None:
        least = LEAST_WORDS if shorter.direct else LEAST_WORDS_INDIRECT
    if shorter.words < least:
        return False
    wanted = next(share for words, share in LEAST_SHARES if shorter.words >= words)
    return share_within(shorter.own, longer.own) >= wanted


def _same_speaker(one: _Compared, other: _Compared) -> bool:
    return any(mine.may_be(theirs) for mine in one.speakers for theirs in other.speakers)


def _may_be(one: _Compared, other: _Compared) -> bool:
    """Return whether statements of an article and its copy are one, unless short, by their words.

    A copy may have lost the name that the sentence before had.
    """
    return min(one.words, other.words) >= LEAST_WORDS or _same_speaker(one, other)
