"""Articles of our own writing for tests: a line a paragraph."""

from __future__ import annotations

import hashlib
import re

from whipcount.model import Article, Span


def article_of(text: str, headline: bool = False, published: str = "2031-03-12") -> Article:
    """Return an article whose paragraphs are a text's lines; the first is the headline if asked."""
    spans = [Span(*line.span()) for line in re.finditer(r"[^\n]*\S[^\n]*", text)]
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=digest[:16],
        path="page.txt",
        part=None,
        offset=0,
        title="",
        outlet="",
        byline="",
        published=published,
        url="",
        language="en",
        page_sha256=digest,
        text_sha256=digest,
        text=text,
        body=tuple(spans[1:] if headline else spans),
        headline=spans[0] if headline and spans else None,
    )
