"""A small invented debate as a project: emoji, combining marks and CRLF in its words."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from whipcount import project
from whipcount.model import Actor, Article, Coded, Position, Span, Statement
from whipcount.project import By

PARAGRAPHS = (
    "Ferries for Isk 🙂",
    "The harbour league met in Torvel on Monday. 🚢🚢",
    "“We want Isk in the league,” said Le\u0301na Orlo, Torvel’s prime minister, “and soon.”",
    "Brask would agree if the piers are mended, its envoy Tam Ruhl said 👩\u200d🔧.",
    "Ulm’s minister Ada Rook said that Tam Ruhl had called the ferries “a gift”.",
)
TEXT = "Menu | Log in\r\n\r\n" + "\r\n\r\n".join(PARAGRAPHS)
ID = sha256(TEXT.encode()).hexdigest()[:16]
ISSUE = """
name = "Isk and the harbour league"
body = "league.toml"

[options.entry]
label = "Isk joins the harbour league"
definition = "Isk is a member, at some time."
examples = ["Let Isk in."]
not_examples = ["Isk is a pretty town."]

[options.subsidy]
label = "The league pays for Isk’s ferries"
"""
BODY = """
id = "league"
name = "Harbour League"
members_are = "states"

[rule]
kind = "consensus"

[[members]]
name = "Torvel"
joined = 2000-01-01

[[members]]
name = "Brask"
joined = 2000-01-01

[[members]]
name = "Ulm"
joined = 2000-01-01
"""
ANN = By("Ann", "2031-06-01T10:00:00Z")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


ARTICLE = Article(
    id=ID,
    path="pages/ferries.txt",
    part=None,
    offset=0,
    title="Ferries for Isk <script>alert(1)</script>",
    outlet="Torvel Packet",
    byline="",
    published="2031-05-05",
    url="javascript:alert(1)",
    language="en",
    page_sha256=sha256(TEXT.encode()).hexdigest(),
    text_sha256=sha256(TEXT.encode()).hexdigest(),
    text=TEXT,
    body=tuple(span(words) for words in PARAGRAPHS[1:]),
    headline=span(PARAGRAPHS[0]),
)
ORLO = Actor(f"{ID}.a0", "Léna Orlo", "person", "prime minister", "Torvel", speaks_for="Torvel")
RUHL = Actor(f"{ID}.a1", "Tam Ruhl", "person", "envoy", "Brask", "", "Brask")
ROOK = Actor(f"{ID}.a2", "Ada Rook", "person", "minister", "Ulm", "", "Ulm")


def statement(number: int, actor: Actor, source: str, cue: Span, *content: str) -> Statement:
    return Statement(
        f"{ID}.{number}",
        "direct" if content[0].startswith("“") else "indirect",
        (span(source),),
        (cue,),
        tuple(span(words) for words in content),
        source,
        " ".join(content),
        (actor,),
        "2031-05-05",
        0.9,
    )


SAID = [index for index in range(len(TEXT)) if TEXT.startswith("said", index)]
STATEMENTS = (
    statement(
        0,
        ORLO,
        "Le\u0301na Orlo, Torvel’s prime minister",
        Span(SAID[0], SAID[0] + 4),
        "“We want Isk in the league,”",
        "“and soon.”",
    ),
    statement(
        1,
        RUHL,
        "its envoy Tam Ruhl",
        Span(SAID[1], SAID[1] + 4),
        "Brask would agree if the piers are mended",
    ),
    statement(
        2,
        ROOK,
        "Ulm’s minister Ada Rook",
        Span(SAID[2], SAID[2] + 4),
        "that Tam Ruhl had called the ferries “a gift”",
    ),
    statement(3, RUHL, "Tam Ruhl had", span("called"), "the ferries “a gift”"),
)


def position(of: Statement, stance: str, confidence: float, option: str = "entry") -> Position:
    return Position(
        "statement",
        of.actors[0],
        option,
        stance,  # type: ignore[arg-type]
        date=of.date,
        coder="lexical 1.0",
        confidence=confidence,
        article=ID,
        statement=of.id,
        piece=0,
        kind=of.kind,
        quote=of.quote,
        source=of.source,
        content=of.content,
    )


POSITIONS = (
    position(STATEMENTS[0], "support", 0.9),
    position(STATEMENTS[1], "conditional", 0.7),
    position(STATEMENTS[2], "oppose", 0.6, "subsidy"),
    position(STATEMENTS[3], "support", 0.5, "subsidy"),
)
CODED = Coded(ARTICLE, STATEMENTS, POSITIONS)


def make(folder: Path) -> Path:
    """Make the project in a folder and return its path."""
    (folder / "isk.toml").write_text(ISSUE, encoding="utf-8")
    (folder / "league.toml").write_text(BODY, encoding="utf-8")
    path = folder / "isk.whip"
    with project.create(path, folder / "isk.toml", ANN) as debate:
        project.add(debate, CODED, ANN)
        project.refresh_queue(debate)
    return path
