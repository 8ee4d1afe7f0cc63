"""Positions as Web Annotations (W3C 2017), in JSON-LD: what other annotation tools read.

The target has the words' place twice: a TextPositionSelector, in code points as the standard
counts, and a TextQuoteSelector with the words around, which holds where the text has changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from whipcount.model import Article, Coded, Position, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

AROUND = 32
"""The code points before and after the words that a TextQuoteSelector quotes."""


def annotation_page(coded: Iterable[Coded], people: Collection[str] = ()) -> dict[str, Any]:
    """Return the positions of articles, which must have their text, as an AnnotationPage.

    A position without words in an article (a vote) is none. The body tags actor, option and stance.
    `people` are the coders who are no software.
    """
    items = [item for one in coded for item in _of_article(one, people)]
    named = hashlib.sha256("\n".join(item["id"] for item in items).encode()).hexdigest()[:16]
    return {
        "@context": CONTEXT,
        "id": f"urn:whipcount:page:{named}",
        "type": "AnnotationPage",
        "items": items,
    }


def _of_article(one: Coded, people: Collection[str]) -> Iterator[dict[str, Any]]:
    for number, position in enumerate(one.positions):
        who = "Person" if position.coder in people else "Software"
        for piece, span in enumerate(position.content):
            yield {
                "id": f"urn:whipcount:{one.article.id}:{number}:{piece}",
                "type": "Annotation",
                "motivation": "classifying",
                "creator": {"type": who, "name": position.coder or "whipcount"},
                "body": _body(position),
                "target": {
                    "source": _iri(one.article),
                    "selector": _selectors(one.article, span),
                },
            }


def _iri(article: Article) -> str:
    """Return an article's address, with what an address can't hold written as it must be."""
    if not re.match("[a-zA-Z][a-zA-Z0-9+.-]*:", article.url):
        return f"urn:whipcount:{article.id}"
    return quote(article.url, safe=":/?#[]@!$&'()*+,;=%~")


def _body(position: Position) -> list[dict[str, str]]:
    actor = position.actor
    tags = {
        "actor": actor.name,
        "speaks for": actor.speaks_for,
        "option": position.option,
        "stance": position.stance,
        "statement": position.statement or "",
        "date": position.date,
    }
    return [
        {"type": "TextualBody", "purpose": "tagging", "value": f"{name}: {value}"}
        for name, value in tags.items()
        if value
    ]


def _selectors(article: Article, span: Span) -> list[dict[str, Any]]:
    text = article.text
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
    ]
