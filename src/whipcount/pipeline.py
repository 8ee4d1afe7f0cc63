"""The steps one after another: pages to articles, statements and positions.

`attribute_article` and `code_article` are pure functions of one article and the models, so that a
loop, a process pool and a cluster run the same code; `read`, `statements` and `code` run them over
many pages, and `counted_pages` counts what they give. `Pages` are paths of files and folders, `-`
for standard input, or articles that have been read already.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, TypeVar, cast

from whipcount import actors, attribution, bodies, coding, duplicates, reading
from whipcount.actors.directory import Directory, load_directory
from whipcount.actors.gazetteer import Gazetteer, gazetteer
from whipcount.analysis import Analysis, analyse
from whipcount.errors import CodingError, ModelError, PageError
from whipcount.model import (
    Article,
    Attributed,
    Body,
    Coded,
    Issue,
    Joined,
    Statement,
)
from whipcount.scale import stored, stores

FilePath: TypeAlias = str | os.PathLike[str]
Pages: TypeAlias = FilePath | Article | Iterable[FilePath | Article]
Item = TypeVar("Item")
OnError: TypeAlias = Callable[[PageError], object]

LANGUAGE = "en"
"""The language that is read, ISO 639-1; articles whose language can't be told are read too."""


def read(
    pages: Pages,
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    export_marks: FilePath | None = None,
    on_error: OnError | None = None,
) -> Iterator[Article]:
    """Yield the articles of pages, page by page.

    `encoding` is that of every page, found out where it is None. `columns` says which column of a
    table is an article's text, title and so on, `export_marks` is a file with the marks of
    databases' exports; docs/reading.md has both. `on_error` is called with the PageError of each
    page, or part of one, that can't be read, and the rest goes on; without it the error is raised.
    """
    for page in one_by_one(pages):
        if isinstance(page, Article):
            yield page
        elif is_project(page):
            yield from (one.article for one in _stored(page))
        elif stores.is_address(page):
            yield from stores.read(os.fspath(page), encoding, on_error)
        else:
            yield from reading.read(
                page,
                encoding=encoding,
                columns=columns,
                export_marks=export_marks,
                on_error=on_error,
            )


def statements(
    pages: Pages,
    issue: Issue | FilePath | None = None,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
    encoding: str | None = None,
    on_error: OnError | None = None,
) -> Iterator[Attributed]:
    """Yield the articles of pages with their statements: who said what.

    An `issue` (or its file), or a `body` (its file, or the id of a shipped one), makes the names of
    that body's members known; `known` is a directory of actors (or its `actors.toml`), whose names,
    roles and affiliations outweigh the articles'. Statements of a `confidence` below
    `min_confidence` (0 … 1) are left out. An article that is not in English goes to `on_error` as a
    page that can't be read.
    """
    names = known_names(issue, body, known)

    def attributed(page: FilePath | Article) -> Iterator[Attributed]:
        if is_project(page):
            for one in _stored(page):
                sure = (each for each in one.statements if each.confidence >= min_confidence)
                yield Attributed(one.article, tuple(sure))
            return
        for article in english_articles(page, encoding, on_error):
            yield attribute_article(article, names, tagger=tagger, min_confidence=min_confidence)

    return (one for page in one_by_one(pages) for one in attributed(page))


def code(
    pages: Pages,
    issue: Issue | FilePath,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    encoding: str | None = None,
    on_error: OnError | None = None,
) -> Iterator[Coded]:
    """Yield the articles of pages with their statements and the positions on an issue's options.

    `body` replaces the one that the issue names; `known` as in `statements`. `coder` is a coder, or
    the name of an installed one; an article that it can't code goes to `on_error` (CodingError) as
    a page that can't be read. Raises IssueError, BodyError, ActorsError or ModelError where their
    files are wrong or there is no such coder, before any page is read. Of a folder that `whipcount
    code --format parquet` wrote the articles with positions on the options come as they are there,
    without texts and statements.
    """
    names = known_names(issue, body, known)
    issue = issue_of(issue)
    chosen = coding.load_coder(coder)

    def coded(article: Article) -> Coded | None:
        try:
            return code_article(
                article, issue, names, tagger=tagger, min_confidence=min_confidence, coder=chosen
            )
        except CodingError as error:
            if on_error is None:
                raise
            on_error(error)
            return None

    def found(page: FilePath | Article) -> Iterator[Coded | None]:
        if is_project(page):
            return _stored(page)
        if stored.is_coded(page):
            return stored.coded(cast("str | Path", page), issue, on_error)
        return (coded(article) for article in english_articles(page, encoding, on_error))

    return (one for page in one_by_one(pages) for one in found(page) if one is not None)


def code_again(
    coded: Iterable[Coded],
    issue: Issue | FilePath,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    on_error: OnError | None = None,
) -> Iterator[Coded]:
    """Yield articles that were coded before, coded anew where the issue's options changed.

    Nothing is read or attributed again: articles and statements are taken as they are. The
    positions of options that are as they were stand; those of options that are gone are left out.
    `coded` must have statements and `codebook`, as `code` gives them.
    """
    names = known_names(issue, body, known)
    issue = issue_of(issue)
    chosen = coding.load_coder(coder)
    digests = dict(coding.digests(issue))
    for one in coded:
        before = dict(one.codebook)
        changed = {option for option, digest in digests.items() if before.get(option) != digest}
        kept = [p for p in one.positions if p.option in digests and p.option not in changed]
        if changed:
            try:
                analysis = analyse(one.article)
                mentions = actors.find_mentions(analysis, names)
                found = coding.code(analysis, one.statements, mentions, issue, chosen, only=changed)
            except CodingError as error:
                if on_error is None:
                    raise
                on_error(error)
                continue
            kept += found
            order = {statement.id: number for number, statement in enumerate(one.statements)}
            kept.sort(key=lambda p: order.get(p.statement or "", len(order)))
        yield replace(one, positions=tuple(kept), codebook=coding.digests(issue))


def explain(
    pages: Pages,
    issue: Issue | FilePath,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    encoding: str | None = None,
    on_error: OnError | None = None,
) -> Iterator[tuple[Article, Statement, tuple[str, ...]]]:
    """Yield the statements of pages with why they are coded as they are, in lines for a person.

    The options are those of `code`. Raises ModelError where the coder gives no reasons.
    """
    names = known_names(issue, body, known)
    issue = issue_of(issue)
    chosen = coding.load_coder(coder)
    if not isinstance(chosen, coding.Explainer):
        raise ModelError(f"the coder {chosen.name!r} gives no reasons; lexical and local do")
    for article in english_articles(pages, encoding, on_error):
        attributed, analysis, _ = _attribute(article, names, tagger, min_confidence)
        for statement, lines in chosen.explain(analysis, attributed.statements, issue):
            yield article, statement, lines


def is_project(page: FilePath | Article | Coded) -> bool:
    """Return whether a page is a project file (`.whip`), whose articles are coded already."""
    return not isinstance(page, Article | Coded) and os.fspath(page).lower().endswith(".whip")


def _stored(path: FilePath | Article) -> Iterator[Coded]:
    """Yield a project's articles with the positions that count."""
    from whipcount import project  # noqa: PLC0415

    assert not isinstance(path, Article), "it is a project's path"
    with project.open_project(path, writing=False) as opened:
        yield from project.coded(opened)


def actors_of(
    pages: Pages,
    issue: Issue | FilePath | None = None,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    tagger: str = attribution.DEFAULT_TAGGER,
    encoding: str | None = None,
    on_error: OnError | None = None,
) -> tuple[Joined, ...]:
    """Return the actors of pages, each once however many articles speak of it.

    Those with a name, and those without one who say something; who says most comes first. The
    options are those of `statements`. An article that several pages hold is taken once, and of an
    article and its copies (`duplicates.copies`) the fullest.
    """
    known = directory_of(known)
    names = known_names(issue, body, known)
    seen: dict[str, list[actors.Seen]] = {}

    def read_once() -> Iterator[Article]:
        for article in english_articles(pages, encoding, on_error):
            if article.id not in seen:
                attributed, _, mentions = _attribute(article, names, tagger, 0.0)
                seen[article.id] = list(_seen(attributed, mentions))
                yield article

    for copied in duplicates.copies(read_once()):
        del seen[copied]
    found = actors.join((one for some in seen.values() for one in some), names.directory)
    return tuple(sorted(found, key=lambda one: -one.statements))


def _seen(attributed: Attributed, mentions: actors.Mentions) -> Iterator[actors.Seen]:
    """Yield an article's actors with what they say in it."""
    said: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    known = {actor.id: actor for actor in mentions.actors}
    for statement in attributed.statements:
        for actor in statement.actors:
            known.setdefault(actor.id, actor)
            said[actor.id] += 1
            quoted[actor.id] += len(statement.quote.split())
    for id_, actor in known.items():
        if actor.kind in actors.SINGLE or said[id_]:
            count = mentions.counts.get(id_, said[id_])
            gender = mentions.genders.get(id_, "")
            yield actors.Seen(attributed.article.id, actor, count, said[id_], quoted[id_], gender)


def attribute_article(
    article: Article,
    names: Gazetteer,
    *,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
) -> Attributed:
    """Return an article with its statements, their actors and dates.

    Statements of a `confidence` below `min_confidence` (0 … 1) are left out; the others are the
    same, ids included, as if they were there.
    """
    attributed, _, _ = _attribute(article, names, tagger, min_confidence)
    return attributed


def code_article(
    article: Article,
    issue: Issue,
    names: Gazetteer,
    *,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
) -> Coded:
    """Return an article with its statements and the positions that they take on an issue.

    Raises CodingError where the coder can't code it.
    """
    attributed, analysis, mentions = _attribute(article, names, tagger, min_confidence)
    positions = coding.code(analysis, attributed.statements, mentions, issue, coder=coder)
    return Coded(article, attributed.statements, positions, coding.digests(issue))


def issue_of(issue: Issue | FilePath) -> Issue:
    """Return an issue as it is, or loaded from its file; a project's file has one too."""
    if isinstance(issue, Issue):
        return issue
    if is_project(issue):
        from whipcount import project  # noqa: PLC0415

        with project.open_project(issue, writing=False) as opened:
            return project.issue_of(opened)
    return coding.load_issue(Path(issue))


def body_of(issue: Issue | FilePath, body: Body | FilePath | None = None) -> Body:
    """Return the body given, loaded where it is a file or an id; else the one the issue names."""
    if isinstance(body, Body):
        return body
    if body is not None:
        return bodies.load_body(os.fspath(body))
    if not isinstance(issue, Issue) and is_project(issue):
        from whipcount import project  # noqa: PLC0415

        with project.open_project(issue, writing=False) as opened:
            return project.body_of(opened)
    issue = issue_of(issue)
    return bodies.load_body(issue.body, issue.path)


def known_names(
    issue: Issue | FilePath | None,
    body: Body | FilePath | None,
    known: FilePath | Directory | None,
) -> Gazetteer:
    """Return the gazetteer with the names of the body and of a user's own actors."""
    decides = None if issue is None and body is None else body_of(issue or "", body)
    return gazetteer(decides, directory_of(known))


def directory_of(known: FilePath | Directory | None) -> Directory | None:
    """Return a directory of actors as it is, or loaded from its `actors.toml`.

    A project's file may have one too; None where it has none.
    """
    if known is None or isinstance(known, Directory):
        return known
    if is_project(known):
        from whipcount import project  # noqa: PLC0415

        with project.open_project(known, writing=False) as opened:
            return project.directory_of(opened)
    return load_directory(Path(known))


def _attribute(
    article: Article, names: Gazetteer, tagger: str, min_confidence: float
) -> tuple[Attributed, Analysis, actors.Mentions]:
    analysis = analyse(article)
    mentions = actors.find_mentions(analysis, names)
    found = actors.identify(analysis, attribution.attribute(analysis, tagger), mentions)
    kept = tuple(statement for statement in found if statement.confidence >= min_confidence)
    return Attributed(article, kept), analysis, mentions


def english_articles(
    pages: Pages, encoding: str | None, on_error: OnError | None
) -> Iterator[Article]:
    """Yield articles; those in another language go to `on_error`."""
    for article in read(pages, encoding=encoding, on_error=on_error):
        if article.language in (LANGUAGE, ""):
            yield article
            continue
        error = PageError(f"{article.path}: read as {article.language}; whipcount reads English")
        if on_error is None:
            raise error
        on_error(error)


def one_by_one(
    pages: FilePath | Article | Iterable[Item],
) -> Iterable[FilePath | Article | Item]:
    """Return pages as they are, and one alone as one of one."""
    return [pages] if isinstance(pages, str | os.PathLike | Article) else pages
