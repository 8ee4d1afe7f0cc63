"""What is in a project: articles, their statements and actors, and search by words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whipcount.errors import ProjectError
from whipcount.model import Actor, Article, Attributed, Statement
from whipcount.project.converting import actor_of, article_of, statement_of
from whipcount.project.pages import Page, paged
from whipcount.project.rows import live, live_rows
from whipcount.project.store import Project


@dataclass(frozen=True, slots=True)
class Overview:
    """How much a project holds."""

    articles: int
    statements: int
    codings: int
    reviewed: int
    disagreements: int
    conflicts: int
    entered: int
    overrides: int


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list: without its text."""

    id: str
    title: str
    outlet: str
    published: str
    path: str
    statements: int
    codings: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that a search found; `shown` has its words with the hits in `[` and `]`."""

    statement: str
    article: str
    title: str
    date: str
    speaker: str
    quote: str
    shown: str


def overview(project: Project) -> Overview:
    """Return how much a project holds."""

    def number(table: str, more: str = "until IS NULL") -> int:
        found = project.connection.execute(f"SELECT COUNT(*) FROM {table} WHERE {more}").fetchone()
        return int(found[0])

    return Overview(
        number("articles"),
        number("statements") - number("statements", "until IS NULL AND deleted = 1"),
        number("codings"),
        int(
            project.connection.execute(
                "SELECT COUNT(DISTINCT coding) FROM reviews WHERE until IS NULL"
            ).fetchone()[0]
        ),
        number("disagreements", "1"),
        number("conflicts"),
        number("entered"),
        number("overrides"),
    )


def articles(project: Project, *, after: str = "", limit: int = 50) -> Page[ArticleRow]:
    """Return articles, the oldest first; `after` is the id of the last one shown."""
    found = project.connection.execute(
        """
        SELECT a.key, a.title, a.outlet, a.published, a.path,
          (SELECT COUNT(*) FROM statements s
            WHERE s.article = a.key AND s.until IS NULL AND s.deleted = 0),
          (SELECT COUNT(*) FROM codings c WHERE c.article = a.key AND c.until IS NULL),
          (SELECT COUNT(DISTINCT coding) FROM reviews r
            WHERE r.article = a.key AND r.until IS NULL)
        FROM articles a
        WHERE a.until IS NULL AND (a.published, a.key) > (
          COALESCE((SELECT published FROM articles WHERE key = ?1 ORDER BY row DESC LIMIT 1), ''),
          ?1
        )
        ORDER BY a.published, a.key LIMIT ?2
        """,
        (after, limit + 1),
    ).fetchall()
    return paged([ArticleRow(*row) for row in found], limit, lambda one: one.id)


def article(project: Project, id_: str) -> Article:
    """Return an article with its text, an earlier version too; ProjectError where there is none."""
    row = live(project, "articles", id_)
    if row is None:
        raise ProjectError(f"there is no article {id_} in {project.path}")
    return article_of(id_, row, text_of(project, row["text_sha256"]))


def text_of(project: Project, sha256: str) -> str:
    """Return a text by its SHA-256."""
    found = project.connection.execute(
        "SELECT text FROM texts WHERE sha256 = ?", (sha256,)
    ).fetchone()
    if found is None:
        raise ProjectError(f"{project.path}: a text is missing; run whipcount check")
    return str(found[0])


def actors_in(project: Project, article: str) -> dict[str, Actor]:
    """Return an article's actors by id, as the article names them."""
    return {
        key: actor_of(key, row)
        for key, row in live_rows(project, "actors", "article = ?", (article,))
    }


def statements(project: Project, article: str) -> tuple[Statement, ...]:
    """Return an article's statements in reading order, without those that were deleted."""
    known = actors_in(project, article)
    rows = live_rows(project, "statements", "article = ? AND deleted = 0", (article,))
    rows.sort(key=lambda entry: (entry[1]["place"], entry[0]))
    return tuple(statement_of(key, row, known) for key, row in rows)


def attributed(project: Project) -> Iterator[Attributed]:
    """Yield articles, the oldest first, with their statements but for those that were deleted."""
    found = project.connection.execute(
        "SELECT key FROM articles WHERE until IS NULL ORDER BY published, key"
    ).fetchall()
    for (id_,) in found:
        yield Attributed(article(project, id_), statements(project, id_))


def statement(project: Project, id_: str) -> Statement:
    """Return a statement; ProjectError where there is none, or it was deleted."""
    row = live(project, "statements", id_)
    if row is None or row["deleted"]:
        raise ProjectError(f"there is no statement {id_} in {project.path}")
    return statement_of(id_, row, actors_in(project, row["article"]))


def search(
    project: Project,
    words: str = "",
    *,
    speaker: str = "",
    option: str = "",
    first: str = "",
    last: str = "",
    after: str = "",
    limit: int = 50,
) -> Page[Found]:
    """Return the statements that have all these words, in the order of their rows.

    `"in quotation marks"` stays together, `word*` is a beginning. `speaker` is looked for in the
    source's words and the names of its actors, `option` among what counts; `first` and `last` are
    days.
    """
    conditions = ["s.until IS NULL", "s.deleted = 0", "s.row > ?"]
    values: list[object] = [int(after) if after.isdecimal() and len(after) < 19 else 0]
    tables = "statements s"
    shown = "s.quote"
    wanted = [f"quote : ({terms})" for terms in [_query(words)] if terms]
    wanted += [f"{{speaker names}} : ({terms})" for terms in [_query(speaker)] if terms]
    if wanted:
        tables = "statement_words w JOIN statements s ON s.row = w.rowid"
        conditions.append("statement_words MATCH ?")
        values.append(" AND ".join(wanted))
        shown = "highlight(statement_words, 0, '[', ']')"
    if option:
        conditions.append(
            "(EXISTS (SELECT 1 FROM codings c WHERE c.statement = s.key AND c.option = ? AND "
            "c.until IS NULL) OR EXISTS (SELECT 1 FROM reviews r WHERE r.statement = s.key AND "
            "r.option = ? AND r.until IS NULL AND r.verdict <> 'deleted'))"
        )
        values += [option] * 2
    if first:
        conditions.append("s.date >= ?")
        values.append(first)
    if last:
        conditions.append("substr(s.date, 1, length(?)) <= ? AND s.date <> ''")
        values += [last, last]
    found = project.connection.execute(
        f"SELECT s.row, s.key, s.article, s.date, s.speaker, s.quote, {shown} FROM {tables} WHERE "
        f"{' AND '.join(conditions)} ORDER BY s.row LIMIT ?",
        (*values, limit + 1),
    ).fetchall()
    titles = _titles(project, {row[2] for row in found})
    items = [(row[0], Found(row[1], row[2], titles.get(row[2], ""), *row[3:])) for row in found]
    page = paged(items, limit, lambda entry: str(entry[0]))
    return Page(tuple(one for _, one in page.items), page.next)


def _titles(project: Project, ids: Iterable[str]) -> dict[str, str]:
    return {
        id_: row[0]
        for id_ in ids
        for row in project.connection.execute(
            "SELECT title FROM articles WHERE key = ? AND until IS NULL", (id_,)
        )
    }


def _query(words: str) -> str:
    """Return words as FTS5 asks for them: every word quoted, so that no mark is an operator."""
    terms = []
    for phrase, word in re.findall(r'"([^"]+)"|(\S+)', words):
        bare = (phrase or word).replace('"', " ").strip()
        star = "*" if not phrase and bare.endswith("*") else ""
        bare = bare.rstrip("*").strip()
        if any(character.isalnum() for character in bare):
            terms.append(f'"{bare}"{star}')
    return " AND ".join(terms)
