"""Articles with their statements and codings into the project; each is one change.

What is there already is left as it is. A changed article is a new version of it: the machine's
statements and codings are those of the new text, and what people decided is carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from whipcount.errors import PageError
from whipcount.model import Actor, Article, Coded, Position
from whipcount.project.carrying import carry, end_article
from whipcount.project.converting import (
    MACHINE,
    actor_values,
    article_values,
    codebook_values,
    coding_of_position,
    machine_values,
    statement_values,
)
from whipcount.project.looking import text_of
from whipcount.project.rows import By, Draft, changing, end, live, live_rows, put, put_new
from whipcount.project.store import Project


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article: `same` where it was there, `changed` where it is a new version.

    `previous` is the id of the version before, `carried` how many decisions of people came over
    from it, `lost` says which didn't, a sentence each; they stay in the project's conflicts.
    """

    article: str
    state: Literal["new", "same", "changed"]
    previous: str = ""
    carried: int = 0
    lost: tuple[str, ...] = ()


def holds(project: Project, article: str) -> bool:
    """Return whether an article is in the project, so that it needs no reading again."""
    return live(project, "articles", article) is not None


def add(project: Project, coded: Coded, by: By, *, coder: str = "") -> Added:
    """Put a coded article into the project, whole or not at all; `coder` is who coded it.

    One that is there stays as it is: `code_again` codes it anew.
    """
    article = coded.article
    if holds(project, article.id):
        return Added(article.id, "same")
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError:
        raise PageError(
            f"{article.path}: has half of a character (a lone surrogate) in its text; save the "
            "page again as UTF-8"
        ) from None
    previous = version_before(project, article)
    coder = coder or next((one.coder for one in coded.positions), "")
    what = "new version" if previous else "add"
    with changing(project, by, what, article.id, note=article.path) as draft:
        if holds(project, article.id):  # by another process, since we looked
            return Added(article.id, "same")
        carried, lost = put_article(draft, coded, previous, coder)
    return Added(article.id, "changed" if previous else "new", previous, carried, lost)


def put_article(
    draft: Draft,
    coded: Coded,
    previous: str,
    coder: str,
    marked: Mapping[str, str] = MappingProxyType({}),
) -> tuple[int, tuple[str, ...]]:
    """Put an article with the machine's codings where there is none of its id.

    `marked` is who marked a statement that isn't the machine's, by its id. Return how many
    decisions came over from the version before, and which didn't.
    """
    article = coded.article
    rows: dict[str, dict[str, dict[str, Any]]] = {
        "articles": {article.id: article_values(article, previous)},
        "codebooks": {article.id: codebook_values(article.id, dict(coded.codebook), coder)},
        "actors": {id_: actor_values(one, article.id) for id_, one in actors_of(coded).items()},
        "statements": {
            one.id: statement_values(one, article.id, marked.get(one.id, MACHINE))
            for one in coded.statements
        },
        "codings": machine_codings(coded.positions),
        "reviews": {},
    }
    draft.connection.execute(
        "INSERT OR IGNORE INTO texts VALUES (?, ?)", (article.text_sha256, article.text)
    )
    carried, lost = carry(draft, previous, article, rows) if previous else (0, ())
    for table, found in rows.items():
        put_new(draft, table, found.items())
    if previous:
        end_article(draft, previous)
    return carried, lost


def machine_codings(positions: Iterable[Position]) -> dict[str, dict[str, Any]]:
    """Return the machine's codings by id; two of one slot are told apart by a number."""
    found: dict[str, dict[str, Any]] = {}
    for one in positions:
        if one.origin != "statement":
            continue
        id_ = slot = coding_of_position(one)
        number = 1
        while id_ in found:
            number += 1
            id_ = f"{slot}.{number}"
        found[id_] = machine_values(one)
    return found


def put_codings(project: Project, coded: Coded, by: By, *, coder: str) -> int | None:
    """Make an article's codings those that a machine made of its statements in the project.

    What people decided isn't touched. Return the change, None where all is as it was.
    """
    id_ = coded.article.id
    codings = machine_codings(coded.positions)
    with changing(project, by, "code again", id_, note=coder) as draft:
        if live(draft, "articles", id_) is None:  # a new version came since it was read
            return None
        statements = {key for key, _ in live_rows(draft, "statements", "article = ?", (id_,))}
        for key, _ in live_rows(draft, "codings", "article = ?", (id_,)):
            if key not in codings:
                end(draft, "codings", key)
        for key, values in codings.items():
            if values["statement"] in statements:
                put(draft, "codings", key, values)
        new = {key: actor_values(one, id_) for key, one in actors_of(coded).items()}
        known = {key for key, _ in live_rows(draft, "actors", "article = ?", (id_,))}
        put_new(draft, "actors", [(key, one) for key, one in new.items() if key not in known])
        put(draft, "codebooks", id_, codebook_values(id_, dict(coded.codebook), coder))
    return draft.result


def actors_of(coded: Coded) -> dict[str, Actor]:
    """Return the actors of an article's statements and positions by id."""
    found: dict[str, Actor] = {}
    for statement in coded.statements:
        for actor in statement.actors:
            found.setdefault(actor.id, actor)
    for position in coded.positions:
        for one in (position.actor, position.reported_by):
            if one is not None and one.id:
                found.setdefault(one.id, one)
    return found


def version_before(project: Project, article: Article) -> str:
    """Return the id of the article that this one is a new version of; empty where it is new.

    That is the one of its address and part; else of its path and part, if they share half of the
    shorter one's paragraphs, for a path may hold another article today.
    """
    connection = project.connection
    if article.url:
        found = connection.execute(
            "SELECT key FROM articles WHERE until IS NULL AND url = ? AND part IS ? ORDER BY row",
            (article.url, article.part),
        ).fetchall()
        if len(found) == 1:
            return str(found[0][0])
    for key, url, sha256 in connection.execute(
        "SELECT key, url, text_sha256 FROM articles WHERE until IS NULL AND path = ? AND part IS ?",
        (article.path, article.part),
    ).fetchall():
        if article.path != "-" and not (url and article.url and url != article.url):
            before = _paragraphs(text_of(project, sha256))
            after = _paragraphs(article.text)
            if 2 * len(before & after) >= min(len(before), len(after)):
                return str(key)
    return ""


def _paragraphs(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.splitlines() if line.strip()}
