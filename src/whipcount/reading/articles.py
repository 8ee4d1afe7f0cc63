"""The one place where an Article is made: what readers find out, and the hashes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from whipcount.model import Article, Span
from whipcount.reading.datelines import dateline


@dataclass(frozen=True, slots=True)
class Layout:
    """What a reader found out of an article: its metadata, and the spans of it that are read.

    Spans are code points into the article's text. Empty strings where not known.
    """

    body: tuple[Span, ...]
    headline: Span | None = None
    teaser: tuple[Span, ...] = ()
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""


def make_article(
    layout: Layout,
    text: str,
    *,
    path: str,
    data: bytes,
    language: str,
    part: int | None = None,
    offset: int = 0,
) -> Article:
    """Return an Article of a page's bytes `data`; its id is of its text (DESIGN.md, "ARTICLE")."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=digest[:16],
        path=path,
        part=part,
        offset=offset,
        title=layout.title,
        outlet=layout.outlet,
        byline=layout.byline,
        published=layout.published,
        url=layout.url,
        language=language,
        page_sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=digest,
        text=text,
        body=_without_dateline(text, layout.body),
        headline=layout.headline,
        teaser=layout.teaser,
    )


def _without_dateline(text: str, body: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return a body whose first paragraph begins after its dateline, which nobody says."""
    if not body:
        return body
    first = body[0]
    found = dateline(text[first.start : first.end])
    if found is None or found.length >= first.end - first.start:
        return body
    return (Span(first.start + found.length, first.end), *body[1:])
