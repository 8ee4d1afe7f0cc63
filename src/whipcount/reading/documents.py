"""Paragraphs to an article: for formats that are no web pages but have paragraphs of their own.

The article's text is the paragraphs with blank lines between; which of them are title, teaser and
body is told as for plain text (`layout`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from whipcount.model import Article, Span
from whipcount.reading.articles import Layout, make_article
from whipcount.reading.boilerplate import kind_of
from whipcount.reading.language import language_of
from whipcount.reading.layout import LEAST_WORDS, layout
from whipcount.reading.mending import mended
from whipcount.reading.paragraphs import plain_words

BETWEEN = "\n\n"
"""What stands between the paragraphs, and between a page's articles."""

NEAR = 12
"""Paragraphs at the top among which a title is looked for that the file names. Chosen, not swept:
a masthead, a date, a section's name and a byline may be above it."""

_GONE = {
    **dict.fromkeys((*range(9), *range(14, 32), 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFC)),
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """The paragraphs of a file in order, and what the file says of itself, empty where it doesn't.

    `headline` is the paragraph that the file marks as its title, None where it marks none. What is
    said here goes before what the paragraphs say; a title that is no paragraph is put on top.
    """

    paragraphs: Sequence[str]
    headline: int | None = None
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    language: str = ""


def article_of(
    document: Document, path: str, data: bytes, *, part: int | None = None, offset: int = 0
) -> Article | None:
    """Return the article that a document's paragraphs are; None where they hold no sentence."""
    marked = document.headline
    pieces: list[str] = []
    title: int | None = None
    for index, words in enumerate(document.paragraphs):
        one = tidy(words)
        if index == marked and one:
            title = len(pieces)
        if one:
            pieces.append(one)
    wanted = tidy(document.title)
    if title is None and wanted:
        title = _place_of(wanted, pieces)
        if title is None:
            pieces.insert(0, wanted)
            title = 0
    text = BETWEEN.join(pieces)
    found = layout(text, None if title is None else _span(pieces, title))
    if not found.body and title is not None and not wanted:
        found = layout(text)  # what is marked stands below the article
    if not found.body and title is not None and wanted:
        found = _all_body(pieces, title)
    if not found.body:
        return None
    return make_article(
        _with_what_is_said(found, document),
        text,
        path=path,
        data=data,
        language=language_of(
            "\n".join(text[start:end] for start, end in found.body[:20]), document.language
        ),
        part=part,
        offset=offset,
    )


def articles_of(documents: Sequence[Document], path: str, data: bytes) -> list[Article]:
    """Return the articles of a page that holds several documents; those without a sentence give
    none."""
    found: list[Article] = []
    offset = 0
    for document in documents:
        article = article_of(document, path, data, part=len(found), offset=offset)
        if article is not None:
            found.append(article)
            offset += len(article.text) + len(BETWEEN)
    return found if len(found) != 1 else [dataclasses.replace(found[0], part=None)]


def tidy(words: str) -> str:
    """Return words on one line, with single spaces, no signs that can't be seen, and mended."""
    return " ".join(mended(words.translate(_GONE)).split())


def _place_of(title: str, pieces: Sequence[str]) -> int | None:
    wanted = plain_words(title).casefold()
    near = (
        index for index, one in enumerate(pieces[:NEAR]) if plain_words(one).casefold() == wanted
    )
    return next(near, None)


def _span(pieces: Sequence[str], index: int) -> Span:
    start = sum(len(one) + len(BETWEEN) for one in pieces[:index])
    return Span(start, start + len(pieces[index]))


def _all_body(pieces: Sequence[str], title: int) -> Layout:
    """Return the layout of a text without a full stop, as feeds have them: all below the title."""
    headline = _span(pieces, title)
    body = []
    start = headline.end + len(BETWEEN)
    for one in pieces[title + 1 :]:
        words = plain_words(one)
        if kind_of(words) in ("prose", "heading") and words.count(" ") >= LEAST_WORDS:
            body.append(Span(start, start + len(one)))
        start += len(one) + len(BETWEEN)
    return Layout(body=tuple(body), headline=headline)


def _with_what_is_said(found: Layout, document: Document) -> Layout:
    return dataclasses.replace(
        found,
        title=tidy(document.title) or found.title,
        outlet=document.outlet or found.outlet,
        byline=document.byline or found.byline,
        published=document.published or found.published,
        url=document.url or found.url,
    )
