"""A static, read-only copy of a project: board, evidence, changes, and articles where they may go.

Plain files that any web server can show, or a browser from a folder; each page is whole by itself
and lets nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from whipcount import offsets, project
from whipcount.app.marked import paragraphs
from whipcount.app.rooms.colours import by_statement, stance_words
from whipcount.app.templates_of import asset, environment
from whipcount.errors import CountError
from whipcount.model import Article, Cell, Change, Coded, Other, Position, Span, Turn, WhipCount
from whipcount.project import Project
from whipcount.rendering import html

Words = Literal["articles", "quoted", "none"]
"""Which of the articles' words a copy has: all, the quoted sentences, or none."""


def write_site(debate: Project, folder: Path, words: Words = "quoted") -> tuple[Path, ...]:
    """Write the copy into an empty folder and return its files.

    With `words` `articles` the evidence stands in its paragraphs, and every article has a page;
    with `quoted` only what is quoted is there; with `none` who stands where, and what was read.
    Raises CountError where nothing has a date.
    """
    coded = tuple(project.coded(debate))
    count = project.count(debate, articles=tuple(one.article for one in coded))
    pages = {"index.html": _board(count, coded, words), "changes.html": _changes(debate, words)}
    if words == "articles":
        for one in coded:
            pages[f"articles/{one.article.id}.html"] = _article(debate, one)
    written = []
    for name, page in pages.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


def shortened(count: WhipCount, words: Words) -> WhipCount:
    """Return a count with no more of the articles' words than may go."""
    if words == "articles":
        return count
    quoted: dict[str, list[Span]] = {}

    def less(one: Position) -> Position:
        if words == "none":
            record = one.record if one.origin == "vote" else None
            one = replace(one, quote="", content=(), record=record)
        elif one.article:
            quoted.setdefault(one.article, []).extend(one.content)
        return replace(one, source=(), condition=None, reason=None)

    def cells(some: Iterable[Cell | Other]) -> list[Cell | Other]:
        return [
            replace(
                one,
                evidence=tuple(map(less, one.evidence)),
                condition=one.condition if words == "quoted" else None,
            )
            for one in some
        ]

    found = cells(count.cells), cells(count.others)
    return replace(
        count,
        cells=tuple(one for one in found[0] if isinstance(one, Cell)),
        others=tuple(one for one in found[1] if isinstance(one, Other)),
        articles=tuple(_only(one, quoted.get(one.id, ())) for one in count.articles),
    )


def _only(article: Article, spans: Iterable[Span]) -> Article:
    """Return an article of which nothing is read but some spans, and that has no other words."""
    kept = offsets.merge(spans)
    text = list(" " * len(article.text))
    for span in kept:
        text[span.start : span.end] = article.text[span.start : span.end]
    return replace(article, text="".join(text), headline=None, teaser=(), body=kept)


def _board(count: WhipCount, coded: tuple[Coded, ...], words: Words) -> str:
    known = coded if words == "articles" else ()
    return html.page(shortened(count, words), known, links=(("changes.html", "Who moved"),))


def _changes(debate: Project, words: Words) -> str:
    days: dict[str, tuple[list[Change], list[Turn]]] = {}
    try:
        timeline = project.changes(debate)
    except CountError:
        timeline = None
    for move in () if timeline is None else (*timeline.opening, *timeline.changes):
        days.setdefault(move.day.isoformat(), ([], []))[0].append(move)
    for turn in () if timeline is None else timeline.turns:
        days.setdefault(turn.day.isoformat(), ([], []))[1].append(turn)
    return _page(
        "site_changes.html",
        "",
        days=sorted(days.items(), reverse=True),
        issue=project.issue_of(debate),
        words=words,
    )


def _article(debate: Project, one: Coded) -> str:
    codings = by_statement(project.codings(debate, one.article.id))
    stances = {each.id: stance_words(codings.get(each.id, ())) for each in one.statements}
    return _page(
        "site_article.html",
        "../",
        article=one.article,
        paragraphs=paragraphs(one.article, one.statements, stances),
        statements=one.statements,
        codings=codings,
        stances=stances,
        issue=project.issue_of(debate),
    )


def _page(template: str, root: str, **context: object) -> str:
    style = asset("report.css") + asset("app.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        environment()
        .get_template(template)
        .render(
            style=Markup(style),
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
            "base-uri 'none'",
            root=root,
            **context,
        )
    )
