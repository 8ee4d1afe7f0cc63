"""Articles, statements and positions with what they are duplicates of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from whipcount.actors import Directory
from whipcount.duplicates.copies import copies
from whipcount.duplicates.speakers import speakers
from whipcount.duplicates.utterances import Said, utterances
from whipcount.model import Actor, Article, Attributed, Coded, Position, Printing, StatementKind

OfArticle = TypeVar("OfArticle", Attributed, Coded)


def with_copies(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return articles, each with `copy_of` set."""
    articles = tuple(articles)
    copied = copies(articles)
    return tuple(replace(one, copy_of=copied.get(one.id, "")) for one in articles)


def one_of_both(one: OfArticle | None, other: OfArticle) -> OfArticle:
    """Return one of two pages with the same text, the other one kept in its article's `also_in`.

    It is the one that was published first, whichever comes first; `one` is None where there is
    none yet.
    """
    if one is None:
        return other
    pages = {page for each in (one, other) for page in _pages(each.article)}
    oldest, *others = sorted(pages, key=_age)
    kept = one if _printing(one.article) == oldest else other
    return replace(kept, article=replace(kept.article, also_in=tuple(others)))


def _pages(article: Article) -> tuple[Printing, ...]:
    return (_printing(article), *article.also_in)


def _printing(article: Article) -> Printing:
    return Printing(article.path, article.outlet, article.published, article.url)


def _age(page: Printing) -> tuple[bool, str, str, str]:
    return not page.published, page.published, page.path, page.url


def with_utterances(
    found: Iterable[OfArticle], directory: Directory | None = None
) -> tuple[OfArticle, ...]:
    """Return articles with `copy_of`, and their statements and positions with `utterance` set.

    A position's is its statement's; where the statements aren't at hand, the positions' own words
    tell it. `directory` says who is one across articles, as in `actors.join`. The order of the
    articles makes no difference to what is found.
    """
    waiting = list(found)
    marks, copied = _marks(waiting, directory)
    waiting.reverse()
    return tuple(_marked(one, copied, marks) for one in _taken(waiting))


def statement_utterances(
    found: Iterable[OfArticle], directory: Directory | None = None
) -> dict[str, str]:
    """Return the utterance of each statement of articles, as `with_utterances` finds them.

    The articles are gone through once, and not held.
    """
    return _marks(found, directory)[0]


def positions_with_utterances(
    positions: Iterable[Position],
    articles: Iterable[Article] = (),
    directory: Directory | None = None,
) -> tuple[Position, ...]:
    """Return positions with `utterance` set, told by their own words.

    `articles` are those that they are from, with their texts, by which copies are known; without
    them copies are not. Votes and entered positions are nobody's utterance and stay as they are.
    """
    positions = tuple(positions)
    marks = _utterances(_told_by(positions), copies(articles), directory)
    return tuple(_with_mark(position, marks) for position in positions)


def _taken(waiting: list[OfArticle]) -> Iterator[OfArticle]:
    """Yield a list's articles from its end, so that nobody holds those that are marked already."""
    while waiting:
        yield waiting.pop()


class _Told(NamedTuple):
    """A statement's article, ISO date, words, kind and sources."""

    article: str
    date: str
    words: str
    kind: StatementKind | None
    actors: tuple[Actor, ...]


def _marks(
    found: Iterable[OfArticle], directory: Directory | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the utterance of each statement, and of what an article is a copy."""
    told: dict[str, _Told] = {}

    def articles() -> Iterator[Article]:
        for one in found:
            if isinstance(one, Coded):
                told.update(_told_by(one.positions))
            for statement in one.statements:
                told[statement.id] = _Told(
                    one.article.id,
                    statement.date,
                    statement.quote,
                    statement.kind,
                    statement.actors,
                )
            yield one.article

    copied = copies(articles())
    return _utterances(told, copied, directory), copied


def _told_by(positions: Iterable[Position]) -> dict[str, _Told]:
    """Return what positions tell of their statements, by the statements' ids."""
    pieces: dict[str, list[Position]] = {}
    for position in positions:
        if position.statement is not None:
            pieces.setdefault(position.statement, []).append(position)
    return {
        statement: _Told(
            some[0].article or "", some[0].date, _words(some), some[0].kind, _sources(some)
        )
        for statement, some in pieces.items()
    }


def _utterances(
    told: dict[str, _Told], copied: Mapping[str, str], directory: Directory | None
) -> dict[str, str]:
    """Return the utterance of each statement; what was told is gone through and let go of."""
    return utterances(_said(told, directory), copied)


def _said(told: dict[str, _Told], directory: Directory | None) -> Iterator[Said]:
    known = speakers(
        ((one.article, actor) for one in told.values() for actor in one.actors), directory
    )
    for id_, one in _emptied(told):
        yield Said(
            id_,
            one.article,
            one.date,
            one.words,
            tuple(known[actor.id] for actor in one.actors),
            one.kind == "direct",
        )


def _emptied(told: dict[str, _Told]) -> Iterator[tuple[str, _Told]]:
    for id_ in tuple(told):
        yield id_, told.pop(id_)


def _marked(one: OfArticle, copied: Mapping[str, str], marks: Mapping[str, str]) -> OfArticle:
    article = replace(one.article, copy_of=copied.get(one.article.id, ""))
    statements = tuple(
        replace(statement, utterance=marks[statement.id]) for statement in one.statements
    )
    if isinstance(one, Coded):
        positions = tuple(_with_mark(position, marks) for position in one.positions)
        return replace(one, article=article, statements=statements, positions=positions)
    return replace(one, article=article, statements=statements)


def _with_mark(position: Position, marks: Mapping[str, str]) -> Position:
    return replace(position, utterance=marks.get(position.statement or "", ""))


def _words(pieces: Iterable[Position]) -> str:
    """Return the words of a statement's positions, each piece once, in reading order."""
    by_piece = {position.piece or 0: position.quote for position in pieces}
    return " ".join(by_piece[piece] for piece in sorted(by_piece))


def _sources(pieces: Iterable[Position]) -> tuple[Actor, ...]:
    """Return who says what positions of one statement are from, each once."""
    sources = (position.reported_by or position.actor for position in pieces)
    return tuple({actor.id: actor for actor in sources}.values())
