"""The example debate is read no worse than its floors, and what must hold in it holds."""

from __future__ import annotations

import pytest
from benchmarks.debate import DEBATE, Score, Tally, score

FLOORS = {
    # What users are promised of the example; today's figures stand in docs/quality.md.
    "statements": 85.0,
    "positions": 85.0,
    "cells": 90.0,
}


@pytest.fixture(scope="module")
def result() -> Score:
    return score(DEBATE)


def lost(tally: Tally) -> str:
    """Return what was missed and what was found beside it, line by line."""
    return "\n".join(
        [*(f"- {line}" for line in tally.missed), *(f"+ {line}" for line in tally.beside)]
    )


@pytest.mark.parametrize("figure", FLOORS)
def test_the_debate_is_read_no_worse_than_its_floor(result: Score, figure: str) -> None:
    tally: Tally = getattr(result, figure)
    assert tally.f1 >= FLOORS[figure], lost(tally)


def test_every_verdict_is_right(result: Score) -> None:
    assert result.verdicts.right == result.verdicts.there == 12, lost(result.verdicts)


def test_every_pages_title_date_outlet_byline_and_url_are_right(result: Score) -> None:
    assert not result.articles.missed, lost(result.articles)


def test_every_statement_found_has_its_date(result: Score) -> None:
    assert not result.dates.missed, lost(result.dates)


MUST = [
    "2031-03-31 Halvern membership",
    "2031-03-31 Vessara membership",
    "2031-04-30 Halvern road-map",
    "2031-05-31 Halvern membership",
    "2031-05-31 Quillon immediate-membership",
    "2031-05-31 Tavany membership",
]
"""Cells that tell the story: the holdout, the condition, who turned, who never spoke."""


@pytest.mark.parametrize("cell", MUST)
def test_the_cells_that_tell_the_story_are_right(result: Score, cell: str) -> None:
    assert not [line for line in result.cells.missed if line.startswith(cell)], lost(result.cells)
