"""The text of an export in any of the formats that databases write: line by line, nothing left out.

A plain text is the decoded file to the character; of other formats each paragraph is a line with a
blank line before it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from lxml import etree

from whipcount.reading.decoding import MARKS, decode
from whipcount.reading.docx import document_xml
from whipcount.reading.mending import mended

FORMATS = frozenset({"text", "html", "docx", "rtf"})
"""The formats of exports, by the names of their readers."""

PAGE_BREAK = "\f"
"""A line of its own before what begins on a new page."""

_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre"),
        *("section", "table", "tbody", "td", "th", "tr", "ul", "body", "html"),
    }
)
_NOT_READ = frozenset({"script", "style", "head", "noscript", "template", "select", "textarea"})


def searchable(name: str, data: bytes) -> bytes:
    """Return the bytes of a page in which an export's marks are looked for."""
    if name == "docx":
        return document_xml(data)
    if any(data.startswith(mark) for mark, encoding in MARKS if encoding != "utf-8"):
        return data.replace(b"\0", b"")
    return data


def text_of(name: str, data: bytes, path: str, encoding: str | None) -> str:
    """Return the text of a page in a format of `FORMATS`; PageError where it can't be read."""
    if name == "text":
        return decode(data, path, encoding)
    if name == "html":
        return mended(html_lines(decode(data, path, encoding, html=True)))
    read: Callable[[bytes, str], Any] = getattr(
        importlib.import_module(f"whipcount.reading.{name}"), f"{name}_document"
    )
    lines = [line.replace("\v", "\n") for line in read(data, path).lines]
    return mended("\n\n".join(lines))


def html_lines(text: str) -> str:
    """Return the words of HTML, a paragraph or a table's cell each after a blank line."""
    target = _Lines()
    # exports of hundreds of documents are nested more deeply than libxml2's limit of 256, for they
    # never close what they open; a target builds no tree, so depth costs nothing
    parser = etree.HTMLParser(target=target, huge_tree=True, remove_comments=True)
    parser.feed(text.lstrip("\ufeff"))
    return str(parser.close())


class _Lines:
    """What lxml tells of a page as it parses it, made into lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.unread = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _NOT_READ:
            self.unread += 1
        elif tag == "br":
            self.words.append("\n")
        elif tag in _BLOCKS:
            self._flush()
            if "article" in attributes.get("class", "").lower().split():
                self.lines.append(PAGE_BREAK)

    def end(self, tag: str) -> None:
        if tag in _NOT_READ:
            self.unread = max(0, self.unread - 1)
        elif tag in _BLOCKS:
            self._flush()

    def data(self, words: str) -> None:
        if not self.unread:
            # a line break in the file is a space, one that is printed is a <br>
            self.words.append(words.replace("\n", " ").replace("\r", " "))

    def close(self) -> str:
        self._flush()
        return "\n\n".join(self.lines)

    def _flush(self) -> None:
        lines = "".join(self.words).split("\n")
        self.words.clear()
        found = [" ".join(line.split()) for line in lines]
        while found and not found[0]:
            found.pop(0)
        while found and not found[-1]:
            found.pop()
        if found:
            self.lines.append("\n".join(found))
