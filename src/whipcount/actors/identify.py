"""Statements with their actors and dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from whipcount.actors.dating import statement_date
from whipcount.actors.mentions import Mentions
from whipcount.analysis import Analysis
from whipcount.model import Statement


def identify(
    analysis: Analysis, statements: Iterable[Statement], mentions: Mentions
) -> tuple[Statement, ...]:
    """Return the statements with the actors that their sources name and the dates of their saying.

    A statement with an empty source has no actors. Nothing else of a statement is changed.
    """
    return tuple(
        replace(
            statement,
            actors=mentions.actors_of(statement.source),
            date=statement_date(analysis, statement),
        )
        for statement in statements
    )
