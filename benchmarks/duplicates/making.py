"""Articles of paragraphs, as a reader would give them."""

from __future__ import annotations

import hashlib

from whipcount.model import Article, Span


def article_of(text: str, title: str, published: str, outlet: str, path: str = "") -> Article:
    """Return an article with a title and the paragraphs of a text, which blank lines part."""
    pieces = [title, *text.strip().split("\n\n")]
    spans, start = [], 0
    for piece in pieces:
        spans.append(Span(start, start + len(piece)))
        start += len(piece) + 2
    whole = "\n\n".join(pieces)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return Article(
        id=digest[:16],
        path=path or f"{digest[:8]}.txt",
        part=None,
        offset=0,
        title=title,
        outlet=outlet,
        byline="",
        published=published,
        url="",
        language="en",
        page_sha256=digest,
        text_sha256=digest,
        text=whole,
        body=tuple(spans[1:]),
        headline=spans[0],
    )
