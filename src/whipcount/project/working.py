"""The machine's part: pages into the project, and what is there coded anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from whipcount import coding, pipeline
from whipcount.errors import PageError
from whipcount.model import Article, Coded
from whipcount.pipeline import FilePath, OnError, Pages
from whipcount.project.adding import Added, add, holds, put_codings
from whipcount.project.converting import actor_of, article_of, machine_position, statement_of
from whipcount.project.files import body_of, directory_of, issue_of, use_actors
from whipcount.project.looking import text_of
from whipcount.project.rows import By, live, live_rows
from whipcount.project.store import Project


def add_pages(
    project: Project,
    pages: Pages,
    by: By,
    *,
    known: FilePath | None = None,
    tagger: str = "trained",
    min_confidence: float = 0.0,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    encoding: str | None = None,
    on_error: OnError | None = None,
) -> Iterator[Added]:
    """Yield what becomes of the articles of pages: read, attributed, coded, and put in.

    Each article is kept as soon as it is done, so that a run that was stopped goes on where it was:
    articles that are there are not read again. The options are those of `pipeline.code`; `known`,
    an `actors.toml`, is kept in the project and used from then on (`use_actors`).
    """
    if known is not None:
        use_actors(project, known, by)
    chosen = coding.load_coder(coder)
    there: list[str] = []

    def fresh() -> Iterator[Article]:
        for article in pipeline.read(pages, encoding=encoding, on_error=on_error):
            if holds(project, article.id):
                there.append(article.id)
            else:
                yield article

    found = pipeline.code(
        fresh(),
        issue_of(project),
        body=body_of(project),
        known=directory_of(project),
        tagger=tagger,
        min_confidence=min_confidence,
        coder=chosen,
        on_error=on_error,
    )
    for one in found:
        yield from _same(there)
        try:
            yield add(project, one, by, coder=label(chosen))
        except PageError as error:
            if on_error is None:
                raise
            on_error(error)
    yield from _same(there)


def code_again(
    project: Project,
    by: By,
    *,
    known: FilePath | None = None,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    on_error: OnError | None = None,
) -> Iterator[tuple[str, int | None]]:
    """Yield each article's id with the change that coding it anew made, None where none was needed.

    Only options whose words in the issue changed are coded, all where another coder did it before.
    Statements are those of the project, with what people made of them; no review is touched.
    `known` is as in `add_pages`.
    """
    if known is not None:
        use_actors(project, known, by)
    chosen = coding.load_coder(coder)
    issue, body, directory = issue_of(project), body_of(project), directory_of(project)
    for one, before in _machine(project):
        again = one if before == label(chosen) else replace(one, codebook=(), positions=())
        for new in pipeline.code_again(
            [again], issue, body=body, known=directory, coder=chosen, on_error=on_error
        ):
            yield one.article.id, put_codings(project, new, by, coder=label(chosen))


def label(coder: coding.Coder) -> str:
    """Return a coder's name and version, as its codings have it."""
    return f"{coder.name} {coder.version}"


def _same(there: list[str]) -> Iterator[Added]:
    while there:
        yield Added(there.pop(0), "same")


def _machine(project: Project) -> Iterator[tuple[Coded, str]]:
    """Yield articles with the machine's codings only, and who made them."""
    ids = project.connection.execute(
        "SELECT key FROM articles WHERE until IS NULL ORDER BY published, key"
    ).fetchall()
    for (id_,) in ids:
        row = live(project, "articles", id_)
        if row is None:
            continue
        actors = {
            key: actor_of(key, one)
            for key, one in live_rows(project, "actors", "article = ?", (id_,))
        }
        rows = live_rows(project, "statements", "article = ? AND deleted = 0", (id_,))
        rows.sort(key=lambda entry: (entry[1]["place"], entry[0]))
        statements = {key: statement_of(key, one, actors) for key, one in rows}
        positions = tuple(
            machine_position(one, statements[one["statement"]], actors)
            for _, one in live_rows(project, "codings", "article = ?", (id_,))
            if one["statement"] in statements
        )
        article = article_of(id_, row, text_of(project, row["text_sha256"]))
        told = live(project, "codebooks", id_) or {"codebook": "{}", "coder": ""}
        codebook = tuple(json.loads(told["codebook"]).items())
        yield Coded(article, tuple(statements.values()), positions, codebook), told["coder"]
