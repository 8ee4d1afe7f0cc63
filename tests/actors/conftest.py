"""Articles of our own writing, and statements built from words found in them."""

from __future__ import annotations

import hashlib
import re

import pytest

from whipcount.actors import Mentions, find_mentions, gazetteer, identify
from whipcount.analysis import Analysis, analyse
from whipcount.model import Actor, Article, Body, Member, Span, Statement, Term
from whipcount.offsets import find


def article(
    text: str, published: str = "2031-03-12", headline: bool = False, outlet: str = ""
) -> Article:
    """Return an article whose paragraphs are the text's lines."""
    spans = [Span(*line.span()) for line in re.finditer(r"[^\n]*\S[^\n]*", text)]
    digest = hashlib.sha256(text.encode()).hexdigest()
    title = spans.pop(0) if headline else None
    return Article(
        id=digest[:16], path="page.txt", part=None, offset=0, title="", outlet=outlet, byline="",
        published=published, url="", language="en", page_sha256=digest, text_sha256=digest,
        text=text, body=tuple(spans), headline=title,
    )  # fmt: skip


def where(text: str, words: str, near: int = 0) -> Span:
    """Return where words stand in a text; fails the test where they don't."""
    span = find(text, words, near)
    assert span is not None, f"{words!r} is not in the text"
    return span


def mentions_of(text: str, body: Body | None = None, **made: object) -> Mentions:
    """Return the mentions of a text."""
    return find_mentions(analyse(article(text, **made)), gazetteer(body))  # type: ignore[arg-type]


def actors_of(text: str, source: str, near: int = 0, body: Body | None = None) -> tuple[Actor, ...]:
    """Return the actors of the words nearest to `near`; -1 for the last ones."""
    near = len(text) if near < 0 else near
    return mentions_of(text, body).actors_in(where(text, source, near))


def date_of(
    text: str, cue: str, content: str, published: str = "2031-03-12", source: str = ""
) -> str:
    """Return the date of a statement with these words."""
    made = article(text, published)
    statement = Statement(
        "s.0", "indirect", (where(text, source),) if source else (), (where(text, cue),),
        (where(text, content),), source, content,
    )  # fmt: skip
    analysis: Analysis = analyse(made)
    found = identify(analysis, [statement], find_mentions(analysis, gazetteer()))
    return found[0].date


def _member(name: str, *aliases: str, party: str = "") -> Member:
    return Member(name, name, (Term(None),), aliases=aliases, party=party)


@pytest.fixture
def accord() -> Body:
    """An invented alliance of three invented states."""
    return Body(
        id="accord", name="Northern Accord", path="accord.toml", members_are="states",
        members=(
            _member("Ostrand", "Ostrandian", "Ostrandians", "Brask", "Linden House"),
            _member("Velmark", "Velmarkish", "Tolm"),
            _member("Karvia", "Karvian", "Karvians", "Senn"),
        ),
        rules=(), aliases=("the Accord",), weak_aliases=("the alliance",),
        groups=(("the Coast states", ("Ostrand", "Karvia")), ("all allies", ("members",))),
    )  # fmt: skip


@pytest.fixture
def council() -> Body:
    """An invented council whose members are people."""
    return Body(
        id="council", name="Harbour Council", path="council.toml", members_are="people",
        members=(
            _member("Anna Holm", party="Free List"),
            _member("Jon Bresk", "Jonathan Bresk", party="Quay Party"),
            _member("Petra Holm", party="Quay Party"),
        ),
        rules=(),
    )  # fmt: skip
