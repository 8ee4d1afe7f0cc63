"""The paragraphs that trafilatura takes for the article of a page that was made ready for it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import XPath, _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor, use_config

from whipcount.reading.paragraphs import is_terminated, plain_words

# trafilatura reports pages without text by logging; here they become errors with a path
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

SHORT = 1_000
"""Code points below which an extraction of one paragraph is tried again. Of the pages in
`benchmarks/pages` and the tests none had a better second try that had two paragraphs at first."""

CELL = " | "
"""What stands between the cells of a table's row."""

_ANY_SIZE = use_config()
_ANY_SIZE["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"

_CARELESS = Extractor(comments=False, fast=True)
_CAREFUL = Extractor(comments=False)
_CAREFUL_OF_ANY_SIZE = Extractor(comments=False, config=_ANY_SIZE)

MOST = 0.5
"""Share of a page's words outside of links that an extraction must have for no other to be looked
for. trafilatura takes another algorithm's (readability's) where that has twice as much, which it
can't have then; not running it saves a quarter of the time. Of 283 pages (those of `benchmarks` and
`examples`, and 200 of manuals) 277 were read the same; of the six, all of one manual, four gained
a heading."""

_UNCLEAN = frozenset(
    {
        *("aside", "audio", "button", "fencedframe", "fieldset", "figure", "footer", "iframe"),
        *("input", "label", "link", "nav", "noindex", "noscript", "object", "option", "select"),
        *("source", "svg", "time"),
    }
)
"""Elements for which trafilatura looks at an extraction with a third algorithm (justext)."""

_OUTSIDE_LINKS = XPath("//body//text()[not(ancestor::a)]")

_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "code", "div", "body"})
_LINE = "\0"
_ORNAMENT = re.compile(r"\s[\u2660-\u2667\u25a0-\u25ff\u2b1b\u2b1c\u220e]$")
"""What magazines put after an article's last word."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it was extracted, its words made plain, and the element that it came from."""

    words: str
    plain: str
    tag: str


def extracted(tree: HtmlElement) -> list[Block]:
    """Return what trafilatura takes for the article.

    Where the article is short it has taken the whole page's words, menus and all, for one
    paragraph; then what it finds without its smallest size of 250 is better, if it has more
    paragraphs and not much less.
    """
    found = _first_pass(tree)
    length = sum(len(block.words) for block in found)
    if len(found) > 1 or length >= SHORT:
        return found
    other = _pass(tree, _CAREFUL_OF_ANY_SIZE)
    longer = sum(len(block.words) for block in other) >= length / 2
    return other if longer and len(other) > len(found) else found


def _first_pass(tree: HtmlElement) -> list[Block]:
    """Return what trafilatura finds, by one algorithm where the others would change nothing."""
    document = bare_extraction(tree, options=_CARELESS)
    if not isinstance(document, Document) or not _is_enough(document, tree):
        return _pass(tree, _CAREFUL)
    return list(_blocks(document.body))


def _pass(tree: HtmlElement, options: Extractor) -> list[Block]:
    document = bare_extraction(tree, options=options)
    if not isinstance(document, Document):  # None where there is no text
        return []
    return list(_blocks(document.body))


def _is_enough(document: Document, tree: HtmlElement) -> bool:
    """Return whether trafilatura would keep an extraction whatever its other algorithms find."""
    length = len(document.raw_text or "")
    if length < _CAREFUL.min_extracted_size:
        return False
    tags = Counter(element.tag for element in document.body.iter())
    if tags["p"] < 2 or tags["table"] > tags["p"] or not _UNCLEAN.isdisjoint(tags):
        return False
    words = sum(len(words) for words in map(str.strip, _OUTSIDE_LINKS(tree)))
    return length >= MOST * words


def _blocks(body: _Element) -> Iterator[Block]:
    """Yield the paragraphs of an extracted body in order: list items and table rows too."""
    words: list[str] = []

    def flush(tag: str) -> Iterator[Block]:
        for paragraph in _paragraphs("".join(words)):
            yield Block(paragraph, plain_words(paragraph), tag)
        words.clear()

    def walk(element: _Element, tag: str) -> Iterator[Block]:
        own = element.tag if isinstance(element.tag, str) else ""
        block = own in _BLOCKS
        inner = own if block and own not in ("p", "div", "body", "code") else tag
        if block:
            yield from flush(tag)
        words.append(_LINE if own == "lb" else "")
        words.append(element.text or "")
        for child in element:
            yield from walk(child, inner)
        if block:
            yield from flush(inner if own != "p" or tag == "body" else tag)
        words.append(CELL if own == "cell" and element.getnext() is not None else "")
        words.append(element.tail or "")

    yield from walk(body, "p")
    yield from flush("p")


def _paragraphs(words: str) -> Iterator[str]:
    """Yield the paragraphs that line breaks part: two in a row, or one after a sentence."""
    lines: list[str] = []
    for line in map(_one_line, words.split(_LINE)):
        ended = bool(lines) and is_terminated(plain_words(lines[-1]))
        if lines and (not line or ended):
            yield " ".join(lines)
            lines = []
        if line:
            lines.append(line)
    if lines:
        yield " ".join(lines)


def _one_line(words: str) -> str:
    """Return words with single spaces, without soft hyphens, spaces of no width and ornaments."""
    words = " ".join(words.translate({0xAD: None, 0x200B: None, 0xFEFF: None}).split())
    return _ORNAMENT.sub("", words)
