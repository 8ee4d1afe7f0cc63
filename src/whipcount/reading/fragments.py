"""Pieces of HTML that are all article, as in feeds: their paragraphs, with nothing looked for."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import fragment_fromstring

from whipcount.reading.crowded_tags import without_crowded_tags
from whipcount.reading.preparation import prepared

_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p"),
        *("pre", "section", "table", "tbody", "td", "th", "tr", "ul"),
    }
)
_NOT_READ = frozenset(
    {
        *("script", "style", "head", "noscript", "template", "iframe", "object", "svg", "form"),
        *("figure", "nav", "aside", "button", "video", "audio", "select", "textarea"),
    }
)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>|&#?\w+;")


def paragraphs_of(html: str) -> list[str]:
    """Return the paragraphs of a piece of HTML, or of plain text with blank lines between."""
    if not _TAG.search(html):
        return [" ".join(one.split()) for one in re.split(r"\n\s*\n", html) if one.strip()]
    try:
        # in a body of its own, so that what is prepared has the place that its rules know
        tree = fragment_fromstring(
            without_crowded_tags(html.replace("\0", "")), create_parent="div"
        )
    except (etree.ParserError, ValueError):
        return []
    found: list[str] = []
    words: list[str] = []
    unread = 0
    broken = False
    for event, element in etree.iterwalk(prepared(tree), events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unread += name in _NOT_READ
            if name in _BLOCKS:
                _end(words, found)
            if name == "br":
                if broken:
                    _end(words, found)  # two in a row part paragraphs
                words.append(" ")
            broken = name == "br" and not (element.tail or "").strip()
            if not unread:
                words.append(element.text or "")
        else:
            if name in _BLOCKS:
                _end(words, found)
            unread -= name in _NOT_READ
            if not unread:
                words.append(element.tail or "")
                broken = broken and not (element.tail or "").strip()
    _end(words, found)
    return found


def plain_of(html: str) -> str:
    """Return the words of a piece of HTML on one line."""
    return " ".join(paragraphs_of(html)) if _TAG.search(html) else " ".join(html.split())


def _end(words: list[str], found: list[str]) -> None:
    one = " ".join("".join(words).split())
    words.clear()
    if one:
        found.append(one)
