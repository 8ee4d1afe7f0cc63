"""Changes by chance alone, for the tests: a few of them to a page, among words of its format."""

from __future__ import annotations

import random

from benchmarks.fuzz.packing import changed_within
from benchmarks.fuzz.seeds import WORDS, seeds


def changed_page(reader: str, number: int) -> bytes:
    """Return a page of a format with some changes; the same for the same number."""
    chance = random.Random(f"{reader} {number}")
    data = chance.choice(seeds(reader))
    for _ in range(chance.randint(1, 4)):
        data = changed_within(reader, data, lambda piece: _changed(reader, piece, chance), chance)
    return data


def _changed(reader: str, data: bytes, chance: random.Random) -> bytes:
    """Return bytes with one change: some cut, doubled, overwritten, put in, or moved."""
    at = chance.randint(0, len(data))
    piece = data[at : at + chance.choice((1, 4, 30, 400))]
    before, after = data[:at], data[at + len(piece) :]
    match chance.randrange(6):
        case 0:
            return before + after
        case 1:
            return before + piece * chance.choice((2, 50)) + after
        case 2:
            return before + chance.randbytes(min(len(piece), 8)) + data[at + min(len(piece), 8) :]
        case 3:
            return before + chance.choice(WORDS[reader]).encode("utf-8") + data[at:]
        case 4:
            return before
        case _:
            return data[at:] + before
