"""Boxes of an HTML page that are no article, known by how they are marked.

Consent dialogs, newsletters, polls, players, cards of authors, lists of other stories, captions
that stand beside their picture, and pull quotes, which print words of the article again. Class
names are those of common publishing systems. What holds the title is kept, whatever it is called,
and so is, but for dialogs, what holds most of the page's paragraphs.
"""

from __future__ import annotations

import functools
import re

from lxml.html import HtmlElement

from whipcount.reading.paragraphs import plain_words

_DIALOG = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr|cmp)(?=$|[\s_-])", re.IGNORECASE)
"""Asks before anything is read, often with more words than a short article has."""

_BOX = re.compile(
    r"(?:^|[\s_-])(?:newsletters?|nl-box|nl-signup|sign-?up|donat(?:e|ion)s?|"
    r"support-us|membership-box|polls?|quiz|recirc\w*|read-?next|up-next|most-(?:read|viewed)|"
    r"trending|share|sharing|social|bio|about-author|author-(?:bio|box|card|info)|post-author-box|player|live-status|"
    r"bottom-of-article|comments|comment-?(?:list|section|area|box)|end-?notes|experts|meter|meter-nag|regwall|block-time|filed-under|footnotes?|teaser-(?:grid|card|list)|contact-box|wp-caption-text|photo-caption|image-caption)(?=$|[\s_-])"
    r"|^support$|^(?:image-)?caption$",
    re.IGNORECASE,
)
"""Of each name a class or id has, a whole part between hyphens must be one of these."""

_PULLED = re.compile(r"(?:^|[\s_-])pull-?quotes?(?=$|[\s_-])", re.IGNORECASE)

_NEVER = frozenset({"html", "body", "main", "article", "head", "h1"})

MOST = 0.5
"""Share of the page's paragraphs, in code points, above which a box is the article itself."""


def without_boxes(tree: HtmlElement) -> None:
    """Take boxes that are no article out of a page."""
    dialogs, boxes, pulled = [], [], []
    for element in tree.xpath(".//*[@class or @id or @role]"):
        if element.tag in _NEVER or not isinstance(element.tag, str):
            continue
        kind = _kind(f"{element.get('class', '')} {element.get('id', '')}".strip())
        if kind == "dialog" or element.get("role") in ("dialog", "alertdialog"):
            dialogs.append(element)
        elif kind == "box":
            boxes.append(element)
        elif kind == "pulled":
            pulled.append(element)
    for caption in tree.iter("figcaption"):
        if next(caption.iterancestors("figure"), None) is None:
            boxes.append(caption)
    for element in dialogs:
        if next(element.iter("h1", "article", "main"), None) is None:
            _drop(element)
    if boxes:
        whole = _paragraphs(tree)
        for element in boxes:
            if element.find(".//h1") is None and _paragraphs(element) <= MOST * whole:
                _drop(element)
    if pulled:
        words = _bare(tree)
        for element in pulled:
            own = _bare(element)
            if words.count(own) > 1:
                _drop(element)


@functools.lru_cache(maxsize=4096)  # a site's pages have the same few hundred names
def _kind(marks: str) -> str:
    """Return what an element is by its class and id; empty where they say nothing of that."""
    if _DIALOG.search(marks):
        return "dialog"
    if _BOX.search(marks):
        return "box"
    return "pulled" if _PULLED.search(marks) else ""


def _drop(element: HtmlElement) -> None:
    """Take an element out, unless it is out already with one around it."""
    if element.getparent() is not None:
        element.drop_tree()


def _paragraphs(element: HtmlElement) -> int:
    """Return the code points in an element's paragraphs."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _bare(element: HtmlElement) -> str:
    """Return an element's words as they are told again: without marks, spaces and case."""
    return re.sub(r"[^\w]+", " ", plain_words(element.text_content())).strip().casefold()
