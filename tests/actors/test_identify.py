from __future__ import annotations

from whipcount.actors import find_mentions, gazetteer, identify
from whipcount.analysis import analyse
from whipcount.model import Span, Statement

from .conftest import article, where

TEXT = "Poland said on Monday that it would agree. Sunlight is free."


def _statement(**changed: object) -> Statement:
    made: dict[str, object] = {
        "id": "s.0", "kind": "indirect", "source": (where(TEXT, "Poland"),),
        "cue": (where(TEXT, "said"),), "content": (where(TEXT, "that it would agree"),),
        "speaker": "Poland", "quote": "that it would agree",
    }  # fmt: skip
    return Statement(**{**made, **changed})  # type: ignore[arg-type]


def _identify(*statements: Statement) -> tuple[Statement, ...]:
    analysis = analyse(article(TEXT, "2031-03-12"))
    return identify(analysis, statements, find_mentions(analysis, gazetteer()))


def test_a_statement_gets_its_actors_and_date_and_keeps_the_rest() -> None:
    before = _statement()
    (after,) = _identify(before)
    assert [actor.name for actor in after.actors] == ["Poland"]
    assert after.date == "2031-03-10"
    assert (after.id, after.source, after.content) == (before.id, before.source, before.content)


def test_a_statement_without_source_has_no_actors() -> None:
    (after,) = _identify(_statement(source=(), cue=(), content=(Span(43, 60),)))
    assert after.actors == ()
    assert after.date == "2031-03-12"


def test_no_statements_give_none() -> None:
    assert _identify() == ()
