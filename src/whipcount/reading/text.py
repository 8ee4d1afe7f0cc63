"""The reader of plain text: saved articles, and dumps of web pages with menus on top.

An article's `text` is the decoded file to the character: nothing is cut; what is boilerplate is
merely in none of the spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.articles import Layout, make_article
from whipcount.reading.decoding import decode
from whipcount.reading.language import language_of
from whipcount.reading.layout import layout

LEAST_ARTICLE = 400
"""Code points of body on each side of a mark that parts articles; less is a note or a signature.
Chosen, not swept."""

_PARTING = re.compile(r"\f|(?:^|(?<=[\r\n]))[ \t]*(?:={20,}|\*{20,})[ \t]*(?=[\r\n]|$)")


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads plain text in any encoding that Python knows; claims whatever no other reader does."""

    name: str = "text"
    suffixes: frozenset[str] = frozenset({".txt", ".text"})

    def claims(self, head: bytes, path: str) -> bool:  # noqa: ARG002
        """Return True: what is no text is told when it is decoded."""
        return True

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return a page's articles; PageError where it is no text or holds no sentence."""
        text = decode(data, path, encoding)
        if not text.strip("\ufeff \t\r\n\v\f\x85\xa0\u2028\u2029"):
            raise PageError(f"{path}: is empty but for white space; save the page again")
        found = _parts(text)
        if not any(part.body for _, _, part in found):
            raise PageError(
                f"{path}: holds no article: there is no sentence in it; save the whole page, or "
                "leave it out"
            )
        several = len(found) > 1
        return [
            make_article(
                part,
                text[start:end],
                path=path,
                data=data,
                language=_language(text[start:end], part),
                part=number if several else None,
                offset=start,
            )
            for number, (start, end, part) in enumerate(found)
        ]


reader = TextReader()


def _parts(text: str) -> list[tuple[int, int, Layout]]:
    """Return where the articles of a page begin and end, with their layouts."""
    places = [(match.start(), match.end()) for match in _PARTING.finditer(text)]
    starts = [0, *(end for _, end in places)]
    ends = [*(start for start, _ in places), len(text)]
    if places:
        parts = [
            (start, end, layout(text[start:end])) for start, end in zip(starts, ends, strict=True)
        ]
        kept = [part for part in parts if part[2].body]
        if len(kept) > 1 and all(_is_article(part) for _, _, part in kept):
            return kept
    return [(0, len(text), layout(text))]


def _is_article(part: Layout) -> bool:
    """Return whether a part stands by itself: with a title, and with substance."""
    length = sum(span.end - span.start for span in part.body)
    return part.headline is not None and length >= LEAST_ARTICLE


def _language(text: str, part: Layout) -> str:
    return language_of("\n".join(text[span.start : span.end] for span in part.body[:20]))
