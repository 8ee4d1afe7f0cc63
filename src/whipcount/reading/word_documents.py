"""What files of word processors have in common: paragraphs with styles, and a few properties."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading import bylines
from whipcount.reading.documents import NEAR, Document, article_of, tidy

LINE_BREAK = "\v"
"""What stands for a line break within a paragraph."""

LONGEST_ABOVE = 25
"""Words of the longest paragraph that may stand above a title; what is longer is the article's, and
the heading below it is a section's. Chosen, not swept."""

_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A document of a word processor.

    `lines` are its paragraphs, empty ones too, with `LINE_BREAK` in them. `styles` has the name of
    each one's style as Word calls it in English, lower case; empty for the usual one.
    """

    lines: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    title: str = ""
    author: str = ""

    def paragraphs(self) -> list[str]:
        """Return the paragraphs as they are printed: a line break parts two after a full stop."""
        return [piece for line in self.lines for piece in _pieces(line)]


def article_of_word(document: WordDocument, path: str, data: bytes) -> Article:
    """Return the article of a document; PageError where it holds no sentence.

    Title and author are those that are printed, else those of the file's properties. Its day is
    only what is printed: the properties have the day on which somebody saved the words.
    """
    article = article_of(_document(document), path, data)
    if article is None:
        raise PageError(f"{path}: holds no article: there is no sentence in it; leave it out")
    author = bylines.byline("By " + tidy(document.author)) if document.author else None
    title = tidy(document.title)
    return dataclasses.replace(
        article,
        byline=article.byline or (author.names if author is not None else ""),
        title=article.title or (title if title.count(" ") >= 2 else ""),
    )


def _pieces(line: str) -> list[str]:
    found = [""]
    for piece in line.split(LINE_BREAK):
        if not piece.strip() or _ENDED.search(found[-1][-40:]):
            found.append(piece)
        else:
            found[-1] += " " + piece
    return [one for one in found if one.strip()]


def _document(document: WordDocument) -> Document:
    paragraphs: list[str] = []
    titles: dict[str, int] = {}
    above = 0
    for line, style in zip(document.lines, document.styles, strict=True):
        if style in ("title", "heading 1") and line.strip():
            if above <= LONGEST_ABOVE and len(paragraphs) < NEAR:
                titles.setdefault(style, len(paragraphs))
            paragraphs.append(line.replace(LINE_BREAK, " "))
        else:
            paragraphs += _pieces(line)
            above = max(above, len(line.split()))
    return Document(paragraphs, headline=titles.get("title", titles.get("heading 1")))
