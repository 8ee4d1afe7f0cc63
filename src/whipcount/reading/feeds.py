"""The reader of feeds (RSS 0.9 to 2.0, Atom): each item is an article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_tz
from html.entities import html5

from lxml import etree

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading import bylines, datelines
from whipcount.reading.documents import Document, articles_of, tidy
from whipcount.reading.page_metadata import checked_name, without_outlet
from whipcount.reading.xml_files import local_name, parsed

_FEED = re.compile(
    rb"^(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*>)*<(?:\w+:)?(?:rss|feed|rdf)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_ITEMS = frozenset({"item", "entry"})
_CONTENTS = ("encoded", "content", "body", "description", "summary")
_DATES = ("pubDate", "published", "issued", "date", "created", "updated", "modified")
_FEED_WORDS = re.compile(
    r"\s*[-–—|:»]?\s*\b(?:rss(?: feed)?|atom feed|news feed)s?\s*$", re.IGNORECASE
)
_SUFFIX = re.compile(r"\s+[|–—·•»>:-]\s+|\s*\|\s*")
_ADDED = re.compile(r"^The post .{1,300} (?:appeared first on|first appeared on) .{1,100}\.?$")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Reads saved RSS and Atom feeds; claims by suffix, or by their root element."""

    name: str = "feed"
    suffixes: frozenset[str] = frozenset({".rss", ".atom", ".xml"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is a feed by its root, or XML of any kind by its name."""
        if _FEED.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")) is not None:
            return True
        return path.lower().endswith(tuple(self.suffixes)) and b"<html" not in head.lower()

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the articles of a feed's items; PageError where it is no feed, or has none."""
        root = parsed(_without_entities(data), path, mend=True, encoding=encoding)
        items = [one for one in root.iter(etree.Element) if local_name(one) in _ITEMS]
        if local_name(root).lower() not in ("rss", "feed", "rdf") and not items:
            raise PageError(
                f"{path}: is XML, but no feed: its root is {local_name(root)!r}; save the page as "
                "HTML or plain text"
            )
        # lxml's HTML and trafilatura take 0.8 s to import
        from whipcount.reading.fragments import paragraphs_of, plain_of  # noqa: PLC0415

        outlet = _outlet(root)
        language = _feed_language(root)
        documents = []
        for item in items:
            source = plain_of(_source(item)) or outlet
            documents.append(
                Document(
                    paragraphs=[
                        one for one in paragraphs_of(_content(item)) if not _ADDED.match(one)
                    ],
                    title=without_outlet(html.unescape(plain_of(_text(item, "title"))), source),
                    outlet=source,
                    byline=bylines.join_names([*_authors(item, source)]),
                    published=next(filter(None, (_day(_text(item, name)) for name in _DATES)), ""),
                    url=_link(item),
                    language=item.get("{http://www.w3.org/XML/1998/namespace}lang") or language,
                )
            )
        found = articles_of(documents, path, data)
        if not found:
            raise PageError(
                f"{path}: holds no article: its {len(documents)} items have no text; save the "
                "pages that they link to"
            )
        return found


reader = FeedReader()


def _without_entities(data: bytes) -> bytes:
    """Return XML in which HTML's entities, which feeds use without leave, are numbers."""
    if data[:4].count(0):  # UTF-16 and UTF-32
        return data

    def number(match: re.Match[bytes]) -> bytes:
        name = match[1].decode("ascii")
        if name in ("amp", "lt", "gt", "quot", "apos"):
            return match[0]
        known = html5.get(name + ";")
        return match[0] if known is None else "".join(f"&#{ord(c)};" for c in known).encode()

    return _ENTITY.sub(number, data)


def _children(item: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in item if local_name(child) == name)


def _text(item: etree._Element, name: str) -> str:
    """Return the first child of a name that has words; those of other media are no titles."""
    for child in _children(item, name):
        if "search.yahoo.com/mrss" in child.tag:
            continue
        said = _inner(child)
        if said.strip():
            return said
    return ""


def _inner(element: etree._Element) -> str:
    """Return what an element holds, as HTML where it is HTML or XHTML."""
    if len(element) == 0:
        words = element.text or ""
        plain = element.get("type") in ("text", "text/plain")
        return html.escape(words, quote=False) if plain and "<" in words else words
    pieces = [html.escape(element.text or "", quote=False)]
    for child in element:
        if isinstance(child.tag, str):
            pieces.append(etree.tostring(child, method="html", encoding="unicode"))
        else:
            pieces.append(child.tail or "")
    return "".join(pieces)


def _content(item: etree._Element) -> str:
    """Return the longest of what an item has of its article: whole, or a summary."""
    return max((_text(item, name) for name in _CONTENTS), key=len)


def _link(item: etree._Element) -> str:
    said = [
        child.get("href") or child.text or ""
        for child in _children(item, "link")
        if child.get("rel", "alternate") == "alternate"
    ]
    said += [
        child.text or "" for name in ("origLink", "guid", "id") for child in _children(item, name)
    ]
    return next((url.strip() for url in said if re.match(r"\s*https?://\S+\s*$", url)), "")


def _day(said: str) -> str:
    """Return the day that an item's date names, in the feed's own time zone."""
    found = datelines.find_date(said[:100])
    if found or not said.strip():
        return found
    parts = parsedate_tz(said[:100])  # years of two digits
    return "" if parts is None else datelines.find_date(f"{parts[0]}-{parts[1]}-{parts[2]}")


def _authors(item: etree._Element, outlet: str) -> Iterator[str]:
    for name in ("creator", "author"):
        for child in _children(item, name):
            said = _text(child, "name") if len(child) else child.text or ""
            inside = _IN_BRACKETS.search(said) if "@" in said else None
            found = checked_name(tidy(inside[1] if inside else said), outlet)
            if found:
                yield found


def _source(item: etree._Element) -> str:
    """Return the outlet that an item of a collection names as its source."""
    source = next(_children(item, "source"), None)
    if source is None:
        return ""
    return _text(source, "title") if len(source) else source.text or ""


def _channel(root: etree._Element) -> etree._Element:
    return next(_children(root, "channel"), root)


def _outlet(root: etree._Element) -> str:
    """Return the outlet that a feed's title names: "The Harbour Courier - World RSS"."""
    channel = _channel(root)
    title = _FEED_WORDS.sub("", tidy(html.unescape(_text(channel, "title"))))
    pieces = [piece for piece in _SUFFIX.split(title) if piece]
    named = next((piece for piece in pieces if bylines.is_outlet(piece)), "")
    return named or title or bylines.outlet_of(_link(channel))


def _feed_language(root: etree._Element) -> str:
    said = root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return said or _text(_channel(root), "language").strip()
