"""Positions as Web Annotations (W3C 2017), in JSON-LD: what other annotation tools read.

The target has the words' place twice: a TextPositionSelector, in code points as the standard
counts, and a TextQuoteSelector with the words around, which holds where the text has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from whipcount.model import Article, Coded, Position, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

AROUND = 32
"""The code points before and after the words that a TextQuoteSelector quotes."""


def annotation_page(coded: Iterable[Coded]) -> dict[str, Any]:
    """Return the positions of articles, which must have their text, as an AnnotationPage.

    A position without words in an article (a vote) is none. The body tags actor, option and stance.
    """
    return {
        "@context": CONTEXT,
        "type": "AnnotationPage",
        "items": [item for one in coded for item in _of_article(one)],
    }


def _of_article(one: Coded) -> Iterator[dict[str, Any]]:
    for number, position in enumerate(one.positions):
        for piece, span in enumerate(position.content):
            yield {
                "id": f"urn:whipcount:{one.article.id}:{number}:{piece}",
                "type": "Annotation",
                "motivation": "classifying",
                "creator": {"type": "Software", "name": position.coder or "whipcount"},
                "body": _body(position),
                "target": {
                    "source": one.article.url or f"urn:whipcount:{one.article.id}",
                    "selector": _selectors(one.article, span),
                },
            }


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
