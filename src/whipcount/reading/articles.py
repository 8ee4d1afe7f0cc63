"""The one place where an Article is made: what readers find out, and the hashes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from whipcount.model import Article, Span


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
        body=layout.body,
        headline=layout.headline,
        teaser=layout.teaser,
    )
