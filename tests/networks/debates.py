"""Small debates whose structure is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from tests.networks.statements import BEGIN, Row, table_of
from whipcount.networks import CodedStatements

Said = tuple[str, str, int]


def debate(said: Iterable[Said], first_day: int = 0) -> list[Row]:
    """Return a statement of organization, concept and agreement a day."""
    return [Row(n, BEGIN + timedelta(days=n), n, "", *one) for n, one in enumerate(said, first_day)]


def opposed(blocks: Mapping[str, int], concepts: str = "xyz", times: int = 1) -> list[Said]:
    """Return what organizations say of which those with 1 are for all concepts, the others not.

    Each speaks more often than the one before, where `times` is more than 1.
    """
    return [
        (name, concept, side)
        for place, (name, side) in enumerate(blocks.items())
        for concept in concepts
        for _ in range(1 + place * (times - 1))
    ]


UNEVEN = {"a": 1, "b": 0, "c": 1, "d": 1, "e": 0, "f": 1, "g": 1}
"""Five against two."""


def opposed_table(times: int = 1) -> CodedStatements:
    """Return two fully opposed blocks as a table."""
    return table_of(debate(opposed(UNEVEN, times=times)))
