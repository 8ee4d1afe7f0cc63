"""A small invented debate, built by hand: three members, one of them silent, and an outsider."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from whipcount.counting import through
from whipcount.model import (
    Actor,
    Article,
    Attributed,
    Body,
    Cell,
    Coded,
    Consensus,
    DatedRule,
    Issue,
    Member,
    Option,
    Other,
    Position,
    Span,
    Statement,
    Term,
    Timeline,
    Verdict,
    WhipCount,
)

PARAGRAPHS = (
    "Ferries for Isk",
    "The harbour league met in Torvel on Monday.",
    "“We want Isk in the league,” said Lena Orlo, Torvel’s prime minister, “and soon.”",
    "Nobody spoke for an hour.",
    "Brask would agree if the piers are mended, its envoy Tam Ruhl said.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


ARTICLE = Article(
    id="00112233aabbccdd",
    path="pages/ferries.html",
    part=None,
    offset=0,
    title="Ferries for Isk",
    outlet="Torvel Packet",
    byline="",
    published="2031-05-05",
    url="https://packet.example/ferries?a=1&b=2",
    language="en",
    page_sha256="1" * 64,
    text_sha256="2" * 64,
    text=TEXT,
    body=tuple(span(words) for words in PARAGRAPHS[1:]),
    headline=span(PARAGRAPHS[0]),
)
ORLO = Actor(
    "00112233aabbccdd.a0", "Lena Orlo", "person", "prime minister", "Torvel", speaks_for="Torvel"
)
RUHL = Actor("00112233aabbccdd.a1", "Tam Ruhl", "person", "envoy", "Brask", "", "Brask")
UNION = Actor("00112233aabbccdd.a2", "Ferry Union", "organisation")
STATEMENTS = (
    Statement(
        id="00112233aabbccdd.0",
        kind="direct",
        source=(span("Lena Orlo, Torvel’s prime minister"),),
        cue=(span("said"),),
        content=(span("“We want Isk in the league,”"), span("“and soon.”")),
        speaker="Lena Orlo, Torvel’s prime minister",
        quote="“We want Isk in the league,” “and soon.”",
        actors=(ORLO,),
        date="2031-05-05",
    ),
    Statement(
        id="00112233aabbccdd.1",
        kind="indirect",
        source=(span("its envoy Tam Ruhl"),),
        cue=(Span(len(TEXT) - 5, len(TEXT) - 1),),
        content=(span("Brask would agree if the piers are mended"),),
        speaker="its envoy Tam Ruhl",
        quote="Brask would agree if the piers are mended",
        actors=(RUHL,),
        date="2031-05-05",
        confidence=0.87654,
    ),
)
POSITIONS = (
    Position(
        origin="statement",
        actor=ORLO,
        option="entry",
        stance="support",
        date="2031-05-05",
        coder="lexical 1.0",
        confidence=0.9,
        article=ARTICLE.id,
        statement=STATEMENTS[0].id,
        piece=0,
        kind="direct",
        quote="“We want Isk in the league,”",
        source=STATEMENTS[0].source,
        content=STATEMENTS[0].content,
    ),
    Position(
        origin="statement",
        actor=RUHL,
        option="entry",
        stance="conditional",
        condition=span("if the piers are mended"),
        date="2031-05-05",
        coder="lexical 1.0",
        confidence=0.7,
        article=ARTICLE.id,
        statement=STATEMENTS[1].id,
        piece=0,
        kind="indirect",
        quote="Brask would agree if the piers are mended",
        source=STATEMENTS[1].source,
        content=STATEMENTS[1].content,
    ),
    Position(
        origin="entered",
        actor=UNION,
        option="subsidy",
        stance="oppose",
        strength="hedged",
        coder="a reviewer",
        record="letter of 2 May; http://union.example/letter",
    ),
)
ISSUE = Issue(
    name="Isk and the harbour league",
    path="isk.toml",
    body="league",
    options=(
        Option("entry", "Isk joins the harbour league"),
        Option("subsidy", "The league pays for Isk’s ferries"),
    ),
)
BODY = Body(
    id="league",
    name="Harbour League",
    path="league.toml",
    members_are="states",
    members=tuple(
        Member(name, name, (Term(date(2000, 1, 1)),)) for name in ("Torvel", "Brask", "Ulm")
    ),
    rules=(DatedRule("", Consensus()),),
)


def empty(member: str, option: str) -> Cell:
    return Cell(member, option, "not-on-record", 0.0, None, None, False, ())


COUNT = WhipCount(
    issue=ISSUE,
    body=BODY,
    as_of=date(2031, 5, 31),
    rule=Consensus(),
    members=("Torvel", "Brask", "Ulm"),
    cells=(
        Cell("Torvel", "entry", "yes", 0.9, None, "2031-05-05", False, (POSITIONS[0],)),
        empty("Torvel", "subsidy"),
        Cell(
            "Brask",
            "entry",
            "conditional",
            0.7,
            "if the piers are mended",
            "2031-05",
            True,
            (POSITIONS[1], POSITIONS[0]),
        ),
        empty("Brask", "subsidy"),
        empty("Ulm", "entry"),
        empty("Ulm", "subsidy"),
    ),
    others=(Other(UNION, "subsidy", "leaning-no", 1.0, None, None, False, (POSITIONS[2],)),),
    verdicts=(
        Verdict("entry", "open", needed=(("Brask", "Ulm"),)),
        Verdict("subsidy", "blocked", blockers=(("Torvel",), ("Brask",))),
    ),
    articles=(ARTICLE,),
)


@pytest.fixture
def article() -> Article:
    return ARTICLE


@pytest.fixture
def attributed() -> Attributed:
    return Attributed(ARTICLE, STATEMENTS)


@pytest.fixture
def coded() -> Coded:
    return Coded(ARTICLE, STATEMENTS, POSITIONS)


@pytest.fixture
def whip_count() -> WhipCount:
    return COUNT


@pytest.fixture
def empty_count() -> WhipCount:
    """The same body and issue, with nothing read."""
    return WhipCount(
        ISSUE,
        BODY,
        date(2031, 5, 31),
        Consensus(),
        ("Torvel",),
        (empty("Torvel", "entry"), empty("Torvel", "subsidy")),
        (),
        (Verdict("entry", "open", needed=(("Torvel",),)), Verdict("subsidy", "none")),
        (),
    )


@pytest.fixture
def timeline() -> Timeline:
    """May 2031 in the league: Torvel turns, Brask is reported to, and Ulm joins on the 20th."""
    before = replace(POSITIONS[0], stance="oppose", date="2031-04-30", quote="“Never.”")
    report = replace(
        POSITIONS[1],
        stance="support",
        condition=None,
        reported=True,
        date="2031-05-12",
        statement="00112233aabbccdd.2",
    )
    members = (*BODY.members[:2], replace(BODY.members[2], terms=(Term(date(2031, 5, 20)),)))
    return through(
        (before, *POSITIONS[:2], report),
        ISSUE,
        replace(BODY, members=members),
        date(2031, 5, 1),
        date(2031, 5, 31),
        articles=(ARTICLE,),
    )
