"""Large projects of made-up articles: what a hundred thousand statements cost, without a corpus.

Thirty states decide on five options; the states, their ministers and people outside speak on them
for three years. The same number and seed give the same article.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from whipcount import project
from whipcount.coding import digests
from whipcount.model import STANCES, Actor, Coded, Position, Span, Statement
from whipcount.project import By, Project
from whipcount.reading.articles import Layout, make_article

BY = By("Ann", "2031-06-01T10:00:00Z")
BOB = By("Bob", "2031-06-02T10:00:00Z")
CODER = "made up 1.0"
A_PAGE = 10
"""Statements of an article."""

MOST = 300
"""Statements of the longest article."""

DAYS = 1095
"""Days over which the articles appeared."""

PEOPLE = 40
"""People who speak for a member."""

MEMBERS = tuple(
    first + last
    for first in ("Bel", "Cor", "Dal", "Fen", "Gal", "Hal")
    for last in ("mark", "vern", "ora", "stan", "wick")
)
OPTIONS = ("membership", "road-map", "partnership", "observers", "treaty")

ISSUE = """
name = "A large debate"
body = "body.toml"
[options.membership]
label = "Ostrand becomes a member"
[options.road-map]
label = "Ostrand is given a road map"
[options.partnership]
label = "Ostrand becomes a partner instead of a member"
excludes = ["membership"]
[options.observers]
label = "Ostrand sends observers"
[options.treaty]
label = "The treaty is opened for a change"
"""

WORDS = [
    first + last
    for first in ("an", "be", "co", "de", "en", "for", "in", "over", "per", "re", "sub", "un")
    for last in ("act", "bind", "call", "deal", "form", "gain", "hold", "lay", "mand", "point",
                 "port", "quest", "sent", "tain", "take", "turn", "vise", "vote", "ward", "work")
]  # fmt: skip
"""Words to say; of 240 hardly two statements come out alike, as in real pages."""

FIRST = ("Ada", "Bo", "Cy", "Dora", "Eli", "Fay", "Gus", "Hope", "Ida", "Jon")
LAST = ("Ash", "Bell", "Croft", "Dunn", "Elm", "Frost", "Gray", "Holt", "Ives", "Keel", "Lund")


def files(folder: Path) -> Path:
    """Write the issue and its body into a folder and return the issue's path."""
    members = "".join(f'[[members]]\nname = "{name}"\njoined = 2000-01-01\n' for name in MEMBERS)
    (folder / "body.toml").write_text(
        'id = "large"\nname = "Large Body"\nmembers_are = "states"\n'
        '[rule]\nkind = "quota"\nshare = "members"\nat_least = 0.65\n' + members,
        encoding="utf-8",
    )
    (folder / "issue.toml").write_text(ISSUE, encoding="utf-8")
    return folder / "issue.toml"


def coded(
    number: int,
    seed: int = 0,
    options: Sequence[str] = OPTIONS,
    members: Sequence[str] = MEMBERS,
    lines: int = A_PAGE,
) -> Coded:
    """Return an article of so many statements, each with a coding."""
    chance = random.Random(seed * 1_000_003 + number)
    day = date(2031, 1, 1) + timedelta(days=number % DAYS)
    text, places = f"Article {number}\n\n", []
    for line in range(lines):
        speaker = _speaker(chance, members)
        words = " ".join(chance.choices(WORDS, k=chance.randrange(8, 25)))
        sentence = f"{speaker.name} said: “{words}.” "
        start = len(text)
        source = Span(start, start + len(speaker.name))
        content = Span(start + sentence.index("“"), start + len(sentence) - 1)
        places.append((speaker, source, Span(source.end + 1, source.end + 5), content))
        text += sentence + "\n\n" * (line % 3 == 2)
    layout = Layout((Span(0, len(text)),), title=f"Article {number}", published=day.isoformat())
    article = make_article(
        layout, text, path=f"pages/{number}.txt", data=text.encode(), language="en"
    )
    names = dict.fromkeys(speaker.name for speaker, *_ in places)
    ids = {name: f"{article.id}.a{place}" for place, name in enumerate(names)}
    statements, positions = [], []
    for line, (speaker, source, cue, content) in enumerate(places):
        actor = replace(speaker, id=ids[speaker.name])
        one = Statement(
            f"{article.id}.{line}",
            "direct",
            (source,),
            (cue,),
            (content,),
            speaker.name,
            text[content.start : content.end],
            (actor,),
            day.isoformat(),
            round(chance.uniform(0.5, 1), 3),
        )
        statements.append(one)
        positions.append(
            Position(
                "statement",
                actor,
                chance.choice(options),
                chance.choice(STANCES[:4]),
                date=one.date,
                coder=CODER,
                confidence=round(chance.uniform(0.2, 1), 3),
                for_review=chance.random() < 0.1,
                article=article.id,
                statement=one.id,
                piece=0,
                kind=one.kind,
                quote=one.quote,
                source=one.source,
                content=one.content,
            )
        )
    return Coded(article, tuple(statements), tuple(positions))


def _speaker(chance: random.Random, members: Sequence[str]) -> Actor:
    """Return a state, one of its people, or now and then somebody from outside."""
    member = chance.choice(members)
    kind = chance.random()
    if kind < 0.4:
        return Actor("", member, "state", speaks_for=member)
    person = chance.randrange(PEOPLE)
    home = members.index(member) if kind < 0.9 else 100
    name = f"{FIRST[person % len(FIRST)]} {LAST[(home + person) % len(LAST)]}{home}"
    if kind < 0.9:
        return Actor("", name, "person", "minister", affiliation=member, speaks_for=member)
    return Actor("", name, "person", "professor")


def add_articles(made: Project, numbers: range, lines: int = A_PAGE, seed: int = 0) -> None:
    """Add so many made-up articles to a project."""
    issue, body = project.issue_of(made), project.body_of(made)
    options = tuple(option.id for option in issue.options)
    members = tuple(member.name for member in body.members)
    codebook = digests(issue)
    for number in numbers:
        one = coded(number, seed, options, members, lines)
        project.add(made, replace(one, codebook=codebook), BY, coder=CODER)


def filled(path: Path, statements: int) -> Project:
    """Return a new project with so many made-up statements, a tenth of them in a long article.

    Ann has accepted some, Bob, who works blind, as many; of fifty they say different things. The
    queue is ranked.
    """
    made = project.create(path, files(path.parent), BY)
    made.connection.execute("PRAGMA synchronous = OFF")  # while it is made
    long = min(MOST, statements // 10)
    add_articles(made, range(1), long)
    add_articles(made, range(1, 1 + (statements - long) // A_PAGE))
    project.refresh_queue(made)
    project.add_coder(made, BOB.who, BY)
    few = min(1000, statements // 20)
    for place, item in enumerate(project.next_items(made, limit=few)):
        project.accept(made, item.coding.id, BY)
        if place < 50:
            project.change(made, item.coding.id, BOB, stance="undecided", strength="hedged")
        elif place % 2:
            project.accept(made, item.coding.id, BOB)
    for name, option in zip(MEMBERS, OPTIONS, strict=False):
        entry = project.Entry(name, option, "support", "2032-01-01", note="a call")
        project.enter(made, entry, BY)
        project.override(made, name, option, "no", "2033-01-01", "was told so", BY)
    made.connection.execute("PRAGMA synchronous = FULL")
    return made
