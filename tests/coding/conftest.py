"""A codebook about an invented union, and what a text says on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.articles import article_of
from whipcount.actors import find_mentions, gazetteer, identify
from whipcount.analysis import analyse
from whipcount.attribution import attribute
from whipcount.coding import code
from whipcount.model import Body, Issue, Member, Option, Position, Term

ISSUE = Issue(
    name="Tolland and the Lake Union",
    path="issue.toml",
    body="body.toml",
    options=(
        Option("membership", "Tolland becomes a member of the Lake Union"),
        Option(
            "at-once",
            "Tolland is admitted to the Lake Union while it is at war",
            implies=("membership",),
        ),
        Option(
            "after-war",
            "The Lake Union commits to admitting Tolland once the war ends",
            implies=("membership",),
        ),
        Option("path", "The Lake Union gives Tolland a road map to accession"),
        Option(
            "tax", "The tax on timber is raised", phrases=("timber levy",), not_examples=("levy",)
        ),
    ),
)


def body() -> Body:
    """Return a union of three states."""
    states = {"Varnia": "Varnian", "Merrow": "Merrovian", "Dask": "Daskan"}
    return Body(
        id="lake",
        name="Lake Union",
        path="body.toml",
        members_are="states",
        members=tuple(Member(n, n, (Term(None),), aliases=(a,)) for n, a in states.items()),
        rules=(),
        aliases=("the Lake Union",),
    )


@pytest.fixture
def positions() -> Callable[[str], tuple[tuple[Position, ...], str]]:
    """Return what gives a text's positions on the issue."""

    def positions_in(text: str) -> tuple[tuple[Position, ...], str]:
        analysis = analyse(article_of(text))
        mentions = find_mentions(analysis, gazetteer(body()))
        statements = identify(analysis, attribute(analysis), mentions)
        return code(analysis, statements, mentions, ISSUE, "lexical"), text

    return positions_in
