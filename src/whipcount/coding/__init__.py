"""Statement × Issue → Positions: what a statement means for the options of an issue."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from typing import Protocol

from whipcount.actors import Mentions
from whipcount.analysis import Analysis
from whipcount.coding.issue import load_issue
from whipcount.errors import ModelError
from whipcount.model import Issue, Position, Statement

__all__ = ["DEFAULT_CODER", "Coder", "code", "coders", "load_issue"]

DEFAULT_CODER = "lexical"
GROUP = "whipcount.coders"


class Coder(Protocol):
    """What makes positions of statements; found through the entry point `whipcount.coders`."""

    name: str
    version: str

    def code(
        self,
        analysis: Analysis,
        statements: Sequence[Statement],
        mentions: Mentions,
        issue: Issue,
    ) -> tuple[Position, ...]:
        """Return the positions that statements take on an issue's options, in reading order."""


def code(
    analysis: Analysis,
    statements: Sequence[Statement],
    mentions: Mentions,
    issue: Issue,
    coder: str = DEFAULT_CODER,
) -> tuple[Position, ...]:
    """Return the positions that an article's statements take on an issue's options.

    `coder` is the name of one of `coders()`; ModelError where it is none of them.
    """
    return load_coder(coder).code(analysis, statements, mentions, issue)


def coders() -> tuple[str, ...]:
    """Return the names of the coders that are installed, ours among them."""
    return tuple(sorted({DEFAULT_CODER, *metadata.entry_points(group=GROUP).names}))


def load_coder(name: str) -> Coder:
    """Return the coder of that name; ModelError where there is none."""
    for entry in metadata.entry_points(group=GROUP, name=name):
        found: Coder = entry.load()
        return found
    if name == DEFAULT_CODER:
        from whipcount.coding.lexical import coder  # noqa: PLC0415

        return coder
    raise ModelError(f"there is no coder {name!r}; there is: {', '.join(coders())}")
