"""An option and what is said, as the network reads them: word pieces in three segments.

`[CLS] the option's label [SEP] what stands before [SEP] the statement [SEP]`. Training and coding
make them here, so that both read the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from whipcount import model

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Integers: TypeAlias = NDArray[np.int64]

OPTION = 48
CONTEXT = 64
STATEMENT = 160
"""Word pieces of each part that are read; what goes beyond is cut: an option's and a statement's
end, the beginning of what stands before."""

STANCES = ("none", *model.STANCES)
MARKS = ("condition", "reason", "holder")
"""What the network tells of a pair, and of a statement's pieces; in its outputs' order."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Numbers of word pieces; of a statement's with the characters `start … end` of each."""

    numbers: Integers
    places: NDArray[np.int64]

    def cut(self, start: int, end: int) -> Pieces:
        """Return the pieces `start … end`."""
        return Pieces(self.numbers[start:end], self.places[start:end])


@dataclass(frozen=True, slots=True)
class Pair:
    """One input: piece numbers, segments (0 option, 1 context, 2 statement), and where the
    statement's pieces begin in it."""

    numbers: Integers
    segments: Integers
    begin: int


class PairMaker:
    """Makes pairs with a tokenizer, which neither pads nor truncates."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.opening, self.closing = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the pieces of texts."""
        found = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [
            Pieces(
                np.array(one.ids, dtype=np.int64),
                np.array(one.offsets, dtype=np.int64).reshape(-1, 2),
            )
            for one in found
        ]

    def pair(self, option: Pieces, context: Pieces, statement: Pieces) -> Pair:
        """Return the network's input for an option and a statement with what stands before it."""
        parts = [np.array([self.opening], dtype=np.int64), option.numbers[:OPTION], self._end]
        lengths = [2 + len(parts[1])]
        before = context.numbers[-CONTEXT:]
        if len(before):
            parts += [before, self._end]
        lengths.append(len(before) + bool(len(before)))
        said = statement.numbers[:STATEMENT]
        parts += [said, self._end]
        lengths.append(len(said) + 1)
        return Pair(
            np.concatenate(parts), np.repeat(np.arange(3), lengths), lengths[0] + lengths[1]
        )

    @property
    def _end(self) -> Integers:
        return np.array([self.closing], dtype=np.int64)


def said(source: str, cue: str, content: str) -> str:
    """Return a statement in one line: who, the words that attribute, and what is said."""
    return " ".join(f"{source} {cue}: {content}".split())


def before(title: str, sentence: str) -> str:
    """Return what stands before a statement: its article's title and the sentence before it."""
    return " ".join(f"{title.rstrip('.')}. {sentence}".split()) if title else sentence
