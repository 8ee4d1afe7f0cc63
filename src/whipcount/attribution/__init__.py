"""Article → Statements: who said what, to the character."""

from __future__ import annotations

from typing import Protocol

from whipcount.analysis import Analysis
from whipcount.errors import ModelError
from whipcount.model import Statement

__all__ = ["DEFAULT_TAGGER", "TAGGERS", "Tagger", "attribute"]

DEFAULT_TAGGER = "trained"
TAGGERS = ("trained", "rules")


class Tagger(Protocol):
    """What finds an article's statements; a trained one steps in here."""

    name: str
    version: str

    def attribute(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return an article's statements in reading order, without actors and dates."""


def attribute(analysis: Analysis, tagger: str = DEFAULT_TAGGER) -> tuple[Statement, ...]:
    """Return an article's statements in reading order, without actors and dates.

    `tagger` is one of `TAGGERS`; ModelError where it is none of them.
    """
    return load_tagger(tagger).attribute(analysis)


def load_tagger(name: str) -> Tagger:
    """Return the tagger of that name; ModelError where there is none."""
    if name == "rules":
        from whipcount.attribution.rules import tagger  # noqa: PLC0415

        return tagger
    if name == "trained":
        from whipcount.attribution.trained.tagger import tagger as trained  # noqa: PLC0415

        return trained()
    raise ModelError(f"there is no tagger {name!r}; there is: {', '.join(TAGGERS)}")
