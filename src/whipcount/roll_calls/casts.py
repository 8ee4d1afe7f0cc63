"""What the words in a roll call say: yes, no, abstention, or that no vote was cast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

Vote = Literal["yes", "no", "abstain"]
Cast = Literal["yes", "no", "abstain", "present", "not voting", "absent", "not a member"]
VOTES: tuple[Vote, ...] = get_args(Vote)
"""What is a vote; of the rest of `Cast`, nobody knows where the member stands."""


class Word(NamedTuple):
    """What a word says, and how it was said: voted, or for the record only (paired, announced)."""

    cast: Cast
    how: Literal["voted", "paired", "announced"] = "voted"


def word_of(written: str, words: Mapping[str, Word]) -> Word | None:
    """Return what a word of a roll call says, case, hyphens and full stops ignored.

    None where it isn't among the words.
    """
    plain = written.casefold().replace("_", " ").replace("-", " ").strip(". ")
    return words.get(" ".join(plain.split()))


def _words() -> dict[str, Word]:
    said: dict[Cast, tuple[str, ...]] = {
        "yes": ("yes", "yea", "yeas", "aye", "ay", "y", "for", "in favour", "in favor", "1"),
        "no": ("no", "nay", "nays", "noe", "n", "against", "opposed", "not in favour"),
        "abstain": ("abstain", "abstains", "abstained", "abstention", "abstaining", "a"),
        "present": ("present", "present not voting", "p"),
        "not voting": (
            *("not voting", "nonvoting", "non voting", "did not vote", "no vote", "nv", "x"),
            *("non participating", "not participating", "paired"),
        ),
        "absent": ("absent", "excused", "on leave", "away"),
    }
    found = {word: Word(cast) for cast, words in said.items() for word in words}
    for cast in ("yes", "no"):
        for word in said[cast]:
            found[f"paired {word}"] = Word(cast, "paired")
            found[f"announced {word}"] = Word(cast, "announced")
    return found


WORDS: Mapping[str, Word] = _words()
"""The words of chambers that vote in English. "Paired" with no side is no vote."""
