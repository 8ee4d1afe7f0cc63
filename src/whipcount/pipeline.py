"""The steps one after another: pages to articles, statements, positions and a whip count.

`attribute_article` and `code_article` are pure functions of one article and the models, so that a
loop, a process pool and a cluster run the same code; `read`, `statements`, `code` and `count` run
them over many pages. `Pages` are paths of files and folders, `-` for standard input, or articles
that have been read already.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, TypeVar

from whipcount import actors, attribution, bodies, coding, counting, reading
from whipcount.actors.directory import Directory, load_directory
from whipcount.actors.gazetteer import Gazetteer, gazetteer
from whipcount.analysis import Analysis, analyse
from whipcount.dates import first_day, last_day
from whipcount.errors import CodingError, CountError, ModelError, PageError
from whipcount.model import (
    Article,
    Attributed,
    Body,
    Coded,
    Issue,
    Joined,
    Position,
    RollCall,
    Statement,
    Timeline,
    WhipCount,
)
from whipcount.roll_calls import read_roll_calls

FilePath: TypeAlias = str | os.PathLike[str]
Pages: TypeAlias = FilePath | Article | Iterable[FilePath | Article]
PagesOrCoded: TypeAlias = Pages | Coded | Iterable[FilePath | Article | Coded]
Item = TypeVar("Item")
OnError: TypeAlias = Callable[[PageError], object]

LANGUAGE = "en"
"""The language that is read, ISO 639-1; articles whose language can't be told are read too."""


def read(
    pages: Pages, *, encoding: str | None = None, on_error: OnError | None = None
) -> Iterator[Article]:
    """Yield the articles of pages, page by page.

    `encoding` is that of every page, found out where it is None. `on_error` is called with the
    PageError of each page that can't be read, and the rest goes on; without it the error is raised.
    """
    for page in _one_by_one(pages):
        if isinstance(page, Article):
            yield page
        else:
            yield from reading.read(page, encoding=encoding, on_error=on_error)


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
    return (
        attribute_article(article, names, tagger=tagger, min_confidence=min_confidence)
        for article in english_articles(pages, encoding, on_error)
    )


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
    files are wrong or there is no such coder, before any page is read.
    """
    issue = issue_of(issue)
    names = known_names(issue, body, known)
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

    found = (coded(article) for article in english_articles(pages, encoding, on_error))
    return (one for one in found if one is not None)


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
    issue = issue_of(issue)
    names = known_names(issue, body, known)
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
    issue = issue_of(issue)
    names = known_names(issue, body, known)
    chosen = coding.load_coder(coder)
    if not isinstance(chosen, coding.Explainer):
        raise ModelError(f"the coder {chosen.name!r} gives no reasons; lexical and local do")
    for article in english_articles(pages, encoding, on_error):
        attributed, analysis, _ = _attribute(article, names, tagger, min_confidence)
        for statement, lines in chosen.explain(analysis, attributed.statements, issue):
            yield article, statement, lines


def count(
    pages: PagesOrCoded,
    issue: Issue | FilePath,
    as_of: date | str | None = None,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    encoding: str | None = None,
    on_error: OnError | None = None,
    votes: Iterable[RollCall | FilePath] = (),
    what_if: Iterable[str] = (),
    beliefs: counting.Beliefs | None = None,
) -> WhipCount:
    """Return the whip count of pages, or of what `code` gave, as of a day.

    The day is the newest article's or vote's where `as_of` is None. An article that several pages
    hold is counted once. `votes` are roll calls as `read_roll_calls` gives them, or files that it
    reads without being told more. `what_if` are words such as "Hungary=support", or
    "Hungary/membership=support": what the count would be if a member changed its mind. `beliefs`
    are those behind the chances of the verdicts. Raises CountError where there is no day to count
    as of.
    """
    issue = issue_of(issue)
    decides = body_of(issue, body)
    day = _day(as_of)
    coded = _coded_once(
        pages,
        issue,
        body=decides,
        known=_directory(known),
        tagger=tagger,
        min_confidence=min_confidence,
        coder=coder,
        encoding=encoding,
        on_error=on_error,
    )
    articles = tuple(one.article for one in coded)
    positions = tuple(position for one in coded for position in one.positions)
    positions += tuple(_votes(votes, decides, issue))
    day = day or counting.newest_day(articles, positions)
    counted = counting.count(
        positions,
        issue,
        decides,
        day,
        articles=articles,
        what_if=counting.assume(what_if, issue, decides, day),
    )
    return counting.forecast(counted, beliefs)


def changes(
    pages: PagesOrCoded,
    issue: Issue | FilePath,
    first: date | str | None = None,
    last: date | str | None = None,
    *,
    body: Body | FilePath | None = None,
    known: FilePath | Directory | None = None,
    tagger: str = attribution.DEFAULT_TAGGER,
    min_confidence: float = 0.0,
    coder: str | coding.Coder = coding.DEFAULT_CODER,
    encoding: str | None = None,
    on_error: OnError | None = None,
    votes: Iterable[RollCall | FilePath] = (),
) -> Timeline:
    """Return the count of pages, or of what `code` gave, through time: who moved when and why.

    Where `first` is None it is the day on which the issue starts, else the oldest article's or
    vote's; where `last` is None the newest's. `votes` and the options are those of `count`. Raises
    CountError where there is no such day, or `last` is before `first`.
    """
    issue = issue_of(issue)
    decides = body_of(issue, body)
    first, last = _day(first) or issue.starts, _day(last)
    coded = _coded_once(
        pages,
        issue,
        body=decides,
        known=_directory(known),
        tagger=tagger,
        min_confidence=min_confidence,
        coder=coder,
        encoding=encoding,
        on_error=on_error,
    )
    articles = tuple(one.article for one in coded)
    cast = tuple(_votes(votes, decides, issue))
    dated = (*(article.published for article in articles), *(position.date for position in cast))
    dates = [iso for iso in dated if iso]
    if not dates and (first is None or last is None):
        raise CountError("nothing has a date; say which days: --from 2023-01-01 --to 2023-07-11")
    return counting.through(
        (*(position for one in coded for position in one.positions), *cast),
        issue,
        decides,
        first or min(first_day(iso) for iso in dates),
        last or max(last_day(iso) for iso in dates),
        articles=articles,
    )


def _votes(votes: Iterable[RollCall | FilePath], body: Body, issue: Issue) -> Iterator[Position]:
    """Yield the positions of recorded votes."""
    for one in votes:
        for call in [one] if isinstance(one, RollCall) else read_roll_calls(one, body, issue):
            yield from call.positions


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
    options are those of `statements`. An article that several pages hold is taken once.
    """
    known = _directory(known)
    names = known_names(issue, body, known)
    seen: dict[str, list[actors.Seen]] = {}
    for article in english_articles(pages, encoding, on_error):
        if article.id not in seen:
            attributed, _, mentions = _attribute(article, names, tagger, 0.0)
            seen[article.id] = list(_seen(attributed, mentions))
    found = actors.join((one for some in seen.values() for one in some), names.directory)
    return tuple(sorted(found, key=lambda one: -one.statements))


def _coded_once(
    pages: PagesOrCoded,
    issue: Issue,
    *,
    body: Body,
    known: Directory | None,
    tagger: str,
    min_confidence: float,
    coder: str | coding.Coder,
    encoding: str | None,
    on_error: OnError | None,
) -> tuple[Coded, ...]:
    """Return pages coded, and what was coded before as it is; each article once."""
    coded: dict[str, Coded] = {}
    for item in [pages] if isinstance(pages, Coded) else _one_by_one(pages):
        found = (
            [item]
            if isinstance(item, Coded)
            else code(
                item,
                issue,
                body=body,
                known=known,
                tagger=tagger,
                min_confidence=min_confidence,
                coder=coder,
                encoding=encoding,
                on_error=on_error,
            )
        )
        for one in found:
            coded.setdefault(one.article.id, one)
    return tuple(coded.values())


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
    """Return an issue as it is, or loaded from its file."""
    return issue if isinstance(issue, Issue) else coding.load_issue(Path(issue))


def body_of(issue: Issue | FilePath, body: Body | FilePath | None = None) -> Body:
    """Return the body given, loaded where it is a file or an id; else the one the issue names."""
    if isinstance(body, Body):
        return body
    if body is not None:
        return bodies.load_body(os.fspath(body))
    issue = issue_of(issue)
    return bodies.load_body(issue.body, issue.path)


def known_names(
    issue: Issue | FilePath | None,
    body: Body | FilePath | None,
    known: FilePath | Directory | None,
) -> Gazetteer:
    """Return the gazetteer with the names of the body and of a user's own actors."""
    decides = None if issue is None and body is None else body_of(issue or "", body)
    return gazetteer(decides, _directory(known))


def _directory(known: FilePath | Directory | None) -> Directory | None:
    return known if known is None or isinstance(known, Directory) else load_directory(Path(known))


def _attribute(
    article: Article, names: Gazetteer, tagger: str, min_confidence: float
) -> tuple[Attributed, Analysis, actors.Mentions]:
    analysis = analyse(article)
    mentions = actors.find_mentions(analysis, names)
    found = actors.identify(analysis, attribution.attribute(analysis, tagger), mentions)
    kept = tuple(statement for statement in found if statement.confidence >= min_confidence)
    return Attributed(article, kept), analysis, mentions


def english_articles(pages: Pages, encoding: str | None, on_error: OnError | None) -> Iterator[Article]:
    """Yield articles; those in another language go to `on_error`."""
    for article in read(pages, encoding=encoding, on_error=on_error):
        if article.language in (LANGUAGE, ""):
            yield article
            continue
        error = PageError(f"{article.path}: read as {article.language}; whipcount reads English")
        if on_error is None:
            raise error
        on_error(error)


def _one_by_one(
    pages: FilePath | Article | Iterable[Item],
) -> Iterable[FilePath | Article | Item]:
    return [pages] if isinstance(pages, str | os.PathLike | Article) else pages


def _day(as_of: date | str | None) -> date | None:
    """Return the day to count as of; CountError where a string is no day."""
    if not isinstance(as_of, str):
        return as_of
    try:
        day = first_day(as_of)
        if day == last_day(as_of):
            return day
    except ValueError:
        pass
    raise CountError(f"{as_of!r} is no day; write it as 2023-07-11")
