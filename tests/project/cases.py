"""Articles made by hand, with statements and codings, for projects in the tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from whipcount import project
from whipcount.coding import digests
from whipcount.model import Actor, Article, Coded, Position, Span, Stance, Statement
from whipcount.project import By, Project, rows, store
from whipcount.reading.articles import Layout, make_article

ROOT = Path(__file__).parents[2]
ISSUE = ROOT / "examples" / "pact" / "accession.toml"
ANN = By("Ann", "2031-06-01T10:00:00Z")
BOB = By("Bob", "2031-06-02T10:00:00Z")

Line = tuple[str, str, str, Stance]
"""Who says what, on which option, with which stance."""

LINES: tuple[Line, ...] = (
    ("Halvern", "“We are for it, as we have always been”", "membership", "support"),
    ("Merrow", "“We can’t have it this year 🙂, not at all”", "immediate-membership", "oppose"),
    ("Tavany", "“A road map would be a beginning”", "road-map", "support"),
)


def new(path: Path, articles: int = 1, issue: Path = ISSUE) -> Project:
    """Return a new project with so many articles of `LINES`."""
    made = project.create(path, issue, ANN)
    for number in range(articles):
        project.add(made, article(number), ANN)
    return made


def article(number: int = 0, lines: Sequence[Line] = LINES, **changed: object) -> Coded:
    """Return an article whose paragraphs say one line each; its path is `pages/NUMBER.txt`."""
    return coded(f"Article {number}\r\n\r\n", lines, path=f"pages/{number}.txt", **changed)


def coded(
    head: str,
    lines: Sequence[Line],
    *,
    path: str = "page.txt",
    url: str = "",
    published: str = "2031-05-01",
    confidence: float = 0.7,
    for_review: bool = False,
) -> Coded:
    """Return an article with a statement and a position a line."""
    text, places = head, []
    for who, words, _, _ in lines:
        start = len(text)
        text += f"{who} said: {words}.\r\n\r\n"
        content = start + len(f"{who} said: ")
        places.append((start, content, content + len(words)))
    layout = Layout((Span(0, len(text)),), title=head.strip(), published=published, url=url)
    made = make_article(layout, text, path=path, data=text.encode(), language="en")
    names = list(dict.fromkeys(who for who, *_ in lines))
    actors = {
        name: Actor(f"{made.id}.a{place}", name, "state", speaks_for=name)
        for place, name in enumerate(names)
    }
    statements, positions = [], []
    for number, ((who, words, option, stance), (start, content, end)) in enumerate(
        zip(lines, places, strict=True)
    ):
        statement = _statement(made, number, actors[who], words, (start, content, end))
        statements.append(statement)
        positions.append(
            Position(
                "statement",
                actors[who],
                option,
                stance,
                date=statement.date,
                coder="by hand 1.0",
                confidence=confidence,
                for_review=for_review,
                article=made.id,
                statement=statement.id,
                piece=0,
                kind=statement.kind,
                quote=statement.quote,
                source=statement.source,
                content=statement.content,
            )
        )
    from whipcount.coding import load_issue  # noqa: PLC0415

    return Coded(made, tuple(statements), tuple(positions), digests(load_issue(ISSUE)))


def _statement(
    made: Article, number: int, actor: Actor, words: str, place: tuple[int, int, int]
) -> Statement:
    start, content, end = place
    return Statement(
        f"{made.id}.{number}",
        "direct",
        (Span(start, start + len(actor.name)),),
        (Span(start + len(actor.name) + 1, start + len(actor.name) + 5),),
        (Span(content, end),),
        actor.name,
        words,
        (actor,),
        made.published,
        0.9,
    )


def in_older_schema(path: Path, older: Path, version: int) -> None:
    """Copy a project, in which nothing was changed twice, into a file of an older schema."""
    connection = sqlite3.connect(older, isolation_level=None)
    for name in store.MIGRATIONS[:version]:
        connection.executescript(store.migration(name))
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("ATTACH ? AS newer", (str(path),))
    for table in ("changes", "texts", *rows.KEPT):
        found = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()
        columns = ", ".join(name for (name,) in found)
        if columns:
            rows_of = f"SELECT {columns} FROM newer.{table} ORDER BY rowid"
            connection.execute(f"INSERT INTO {table} ({columns}) {rows_of}")
    connection.close()


def first_coding(opened: Project, number: int = 0) -> str:
    """Return the id of a coding of the first article, in reading order."""
    (first, *_) = project.articles(opened).items
    return project.codings(opened, first.id)[number].id


def told(opened: Project) -> dict[tuple[str, str], object]:
    """Return what a project says, without the numbers of its rows and changes."""
    return {
        key: [value for value in values if not isinstance(value, bytes)]
        for key, values in project.state(opened).items()
    }
