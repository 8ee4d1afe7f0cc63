"""The lines under an HTML page's title: its day and byline where nothing is marked as such."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from whipcount.reading import bylines, datelines
from whipcount.reading.boilerplate import kind_of
from whipcount.reading.page_metadata import words_of
from whipcount.reading.paragraphs import plain_words

WINDOW = 60
"""Elements after the title that are looked at. Chosen, not swept: share buttons and an author's
card may be between."""

LONGEST = datelines.LONGEST
"""Code points of the longest line that is looked at."""

_HEADLINE = re.compile(r"(?:^|[\s_-])(?:headline|title)(?:$|[\s_-])", re.IGNORECASE)
_NOT_READ = frozenset({"script", "style", "figure", "figcaption", "nav", "template", "form"})
_PARTS = re.compile(r"\s+[|·•/—–]\s+")


def lines_near_title(scope: HtmlElement, title: str) -> list[str]:
    """Return the short lines that follow the title, each also in the parts that marks cut it into.

    None where the title stands nowhere.
    """
    element = _element_of(scope, title)
    if element is None:
        return []
    found: list[str] = []
    taken: set[HtmlElement] = set(element.iter())
    after = itertools.islice(_after(scope, element), WINDOW)
    for one in after:
        if not isinstance(one.tag, str) or one.tag in _NOT_READ or one in taken:
            continue
        words = plain_words(words_of(one))
        if not 0 < len(words) <= LONGEST:
            continue
        taken.update(one.iter())
        parts = _PARTS.split(words)
        found += [words, *(parts if len(parts) > 1 else ())]
    return found


def day_in(lines: list[str]) -> str:
    """Return the ISO day of the first line that is a date; empty where none is."""
    for line in lines:
        dates = datelines.line_dates(line)
        if dates is not None and dates.published and (not dates.rest or kind_of(line) == "date"):
            return dates.published
    return ""


def updated_in(lines: list[str]) -> str:
    """Return the ISO day of the first line that says when a page was changed; else empty.

    It is no earlier than the article, and the last resort.
    """
    for line in lines:
        dates = datelines.line_dates(line)
        if dates is not None and dates.updated and not dates.rest:
            return dates.updated
    return ""


def byline_in(lines: list[str]) -> str:
    """Return the names of the first line that is a byline; empty where none is."""
    for line in lines:
        found = bylines.signature(line)
        if found is None and kind_of(line) == "byline":
            found = bylines.byline(line)
        if found is not None and found.names:
            return found.names
    return ""


def _element_of(scope: HtmlElement, title: str) -> HtmlElement | None:
    """Return the element that prints a title: a heading, else what is marked as headline."""
    wanted = plain_words(title).casefold()
    if not wanted:
        return None
    for element in scope.iter("h1", "h2", "h3"):
        if plain_words(words_of(element)).casefold() == wanted:
            return element
    for element in scope.iter("div", "p", "span", "td", "a", "strong", "b"):
        if _HEADLINE.search(element.get("class", "")) and (
            plain_words(words_of(element)).casefold() == wanted
        ):
            return element
    return None


def _after(scope: HtmlElement, element: HtmlElement) -> Iterator[HtmlElement]:
    elements: Iterator[HtmlElement] = scope.iter()
    for one in elements:
        if one is element:
            break
    return elements
