"""Rows of words, found again in parsed text whatever their forms."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Token

GAP = 2
"""Words that `*` may stand for: `let the country in`.

With three, `wants to be alone in` is `wants … in`: 0.5 of F1 lost on the example debate.
"""


class Hit(NamedTuple):
    """Tokens `start … end` of a sequence (indices into it) that an entry of a group matches."""

    start: int
    end: int
    group: str
    entry: str


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Entries by their first word.

    Each is a row of lemmas or forms, and the group that it belongs to.
    """

    entries: dict[str, tuple[tuple[tuple[str, ...], str], ...]]

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return the entries found, longest first where they overlap, in order of place."""
        forms = [_forms(token) for token in tokens]
        found: list[Hit] = []
        for start, words in enumerate(forms):
            for word in words:
                for entry, group in self.entries.get(word, ()):
                    end = _match(forms, start, entry)
                    if end:
                        found.append(Hit(start, end, group, " ".join(entry)))
        found.sort(key=lambda hit: (hit.start - hit.end, hit.start, hit.group))
        taken: set[int] = set()
        kept = []
        for hit in found:
            places = set(range(hit.start, hit.end))
            if not places & taken:
                taken |= places
                kept.append(hit)
        return sorted(kept)


def place(tokens: Sequence[Token], index: int) -> int:
    """Return where among tokens the paragraph's token `index` stands, or would stand."""
    return bisect.bisect_left(tokens, index, key=lambda token: token.i)


def phrasebook(groups: Iterable[tuple[str, str]]) -> Phrasebook:
    """Return the phrasebook of (group, entries) pairs; entries are parted by `|`."""
    entries: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for group, text in groups:
        for entry in text.split("|"):
            words = tuple(entry.lower().split())
            if words:
                entries.setdefault(words[0], []).append((words, group))
    return Phrasebook(
        {
            first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))
            for first, rows in entries.items()
        }
    )


def _forms(token: Token) -> tuple[str, ...]:
    lower, lemma = token.lower_, token.lemma_.lower()
    forms = (lower,) if lower == lemma else (lower, lemma)
    # The lemmatizer takes "hopes" for "hop" and leaves participles used as adjectives as they are.
    if lemma == "hop":
        return (*forms, "hope")
    return forms


def _match(forms: list[tuple[str, ...]], start: int, entry: tuple[str, ...]) -> int:
    """Return where an entry that begins at `start` ends; 0 where it doesn't match."""
    at = start
    index = 0
    while index < len(entry):
        if entry[index] == "*":
            for skipped in range(GAP + 1):
                rest = _match(forms, at + skipped, entry[index + 1 :])
                if rest:
                    return rest
            return 0
        if at >= len(forms) or entry[index] not in forms[at]:
            return 0
        at += 1
        index += 1
    return at
