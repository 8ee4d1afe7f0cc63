"""Statements of our own writing with dates in them, held against the reading by hand."""

from __future__ import annotations

from benchmarks.dates.__main__ import own

from whipcount.actors.dating import statement_date

FLOOR = 0.95
"""Share of the statements that are dated rightly; 0.98 when the floor was set."""


def test_statements_are_dated_as_by_hand() -> None:
    gold = list(own())
    found = [statement_date(one.analysis, one.statement) for one in gold]
    wrong = [
        f"{one.date}, found {given}: {one.analysis.article.text}"
        for given, one in zip(found, gold, strict=True)
        if given != one.date
    ]
    assert len(gold) == 150
    assert 1 - len(wrong) / len(gold) >= FLOOR, "\n".join(wrong)
