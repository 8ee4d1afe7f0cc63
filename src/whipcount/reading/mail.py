"""The reader of e-mail (EML): newsletters, and articles that somebody sent or forwarded.

The subject is the title, the day and the sender are the message's, or those of the message that
is forwarded in it. Attachments aren't read.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading import bylines, datelines
from whipcount.reading.documents import Document, article_of
from whipcount.reading.messages import (
    attached_message,
    begins_message,
    header,
    message_of,
    parts,
    text_of,
)
from whipcount.reading.paragraphs import paragraphs

SHORT = 600
"""Letters up to which a message with another attached is taken for a note about that one."""

LEAST_HTML = 0.5
"""Of the letters of a message's plain text: how many its HTML gives at least, or the plain text is
read. Newsletters are tables within tables, of which an extraction may take one cell alone."""

_HEADERS = frozenset(
    {
        b"received",
        b"return-path",
        b"delivered-to",
        b"message-id",
        b"mime-version",
        b"dkim-signature",
    }
)
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
_REPLY = re.compile(r"^(?:(?:re|fwd?|fw|aw|wg|tr|rv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_FORWARDED = re.compile(
    r"^[> ]*(?:-{2,}\s*(?:forwarded message|original message)\s*-{2,}|begin forwarded message:)"
    r"\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"^[> *]*(from|date|sent|subject|to|cc|reply-to)\s*:\**\s*(.*?)\s*$", re.I)
_QUOTED = re.compile(r"^>.*$|^on .{5,200} wrote:\s*$", re.IGNORECASE | re.MULTILINE)
_LINK = re.compile(r"\s?(?:<https?://[^\s>]*>|\[https?://[^\s\]]*\]|\(\s?https?://[^\s)]*\s?\))")
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_OF_OUTLET = re.compile(r"\s+(?:from|via|at|@|\|)\s+", re.IGNORECASE)
_ANYBODYS = frozenset(
    {
        *("gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "gmx", "icloud", "proton"),
        *("protonmail", "aol", "web", "mail", "example", "substack", "mailchimp", "beehiiv"),
    }
)
"""Hosts of everybody's mail, which tell no outlet."""


@dataclass(frozen=True, slots=True)
class MailReader:
    """Reads messages as mail programs save them; claims by suffix, or by their headers."""

    name: str = "mail"
    suffixes: frozenset[str] = frozenset({".eml"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is a message by its name, or by headers that only messages have."""
        if path.lower().endswith(".eml"):
            return True
        if not begins_message(head):
            return False
        top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
        found = {name.lower() for name in _HEADER.findall(top)}
        return b"from" in found and bool(found & _HEADERS)

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the message's article; PageError where it holds none."""
        message = message_of(data, path)
        plain, html = _texts(message, path, encoding)
        inner = attached_message(message)
        if inner is not None and len(plain or html) <= SHORT:
            message = inner
            plain, html = _texts(message, path, encoding)
        said = _Said(
            _REPLY.sub("", header(message, "Subject")),
            header(message, "From"),
            _day(header(message, "Date")),
        )
        forwarded = list(_FORWARDED.finditer(plain))
        if forwarded:
            said, plain = _inner(plain[forwarded[-1].end() :], said)
            html = ""
        article = _article(said, plain, html, path, data)
        if article is None:
            raise PageError(
                f"{path}: holds no article: there is no sentence in it, and attachments aren't "
                "read; save what is attached as a page of its own"
            )
        return [article]


reader = MailReader()


@dataclass(frozen=True, slots=True)
class _Said:
    """What a message says of itself; `day` is an ISO day or empty."""

    subject: str
    sender: str
    day: str


def _texts(message: Message, path: str, encoding: str | None) -> tuple[str, str]:
    """Return a message's plain text and its HTML; empty where it has none."""
    plain, html = "", ""
    for part in parts(message):
        if part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        if part.get_content_type() == "text/plain":
            plain += text_of(part, path, encoding).replace("\0", "") + "\n"
        elif part.get_content_type() == "text/html" and not html:
            html = text_of(part, path, encoding).replace("\0", "")
    return plain.replace("\r\n", "\n"), html


def _inner(text: str, outer: _Said) -> tuple[_Said, str]:
    """Return what the headers of a forwarded message say, and the text after them."""
    found: dict[str, str] = {}
    lines = text.lstrip("\n").split("\n")
    index = 0
    for index, line in enumerate(lines):  # noqa: B007
        match = _FIELD.match(line)
        if match is not None:
            found.setdefault(match[1].lower(), match[2])
        elif line.strip("> ") or found:
            break
    rest = "\n".join(re.sub(r"^> ?", "", line) for line in lines[index:])
    said = _Said(
        _REPLY.sub("", found.get("subject", "")) or outer.subject,
        found.get("from", ""),
        datelines.find_date(found.get("date") or found.get("sent", "")),
    )
    return said, rest


def _article(said: _Said, plain: str, html: str, path: str, data: bytes) -> Article | None:
    names, outlet = _sender(said.sender)
    written = _article_with(said, _plain_paragraphs(plain), path, data)
    shown = _article_with(said, _html_paragraphs(html, path, data), path, data)
    if shown is not None and _length(shown) >= LEAST_HTML * _length(written):
        written = shown
    if written is None:
        return None
    # a day in the text is when it was printed, which may be before it was sent, not after
    printed = written.published
    return dataclasses.replace(
        written,
        outlet=written.outlet or outlet,
        byline=written.byline or names,
        published=printed if printed and printed <= (said.day or printed) else said.day,
    )


def _article_with(said: _Said, found: list[str], path: str, data: bytes) -> Article | None:
    return article_of(Document(found, title=said.subject), path, data) if found else None


def _length(article: Article | None) -> int:
    return 0 if article is None else sum(end - start for start, end in article.body)


def _plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text, without what it quotes, its links and signature."""
    text = _SIGNATURE.split(_LINK.sub("", text), maxsplit=1)[0]
    text = _QUOTED.sub("", text)
    return [text[one.span.start : one.span.end] for one in paragraphs(text)]


def _html_paragraphs(html: str, path: str, data: bytes) -> list[str]:
    if not html.strip():
        return []
    # trafilatura takes 0.8 s to import, which who reads other formats need not wait for
    from whipcount.reading.extraction import articles_of  # noqa: PLC0415

    return [
        article.text[start:end]
        for article in articles_of(html, path, data)
        for start, end in (*article.teaser, *article.body)
    ]


def _sender(said: str) -> tuple[str, str]:
    """Return the names and the outlet that a sender's name gives; the host is the last resort."""
    name, _, address = said.partition("<")
    name, address = name.strip(" \"'"), (address or name).strip("<> ")
    host = bylines.outlet_of("https://" + address.rpartition("@")[2])
    host = "" if host.lower() in _ANYBODYS else host
    if not name or "@" in name:
        return "", host
    names, comma, paper = name.rpartition(", ")
    if comma and bylines.is_outlet(paper):
        name = f"{names} for {paper}"
    elif bylines.is_outlet(name):
        return "", name
    found = bylines.byline("By " + _OF_OUTLET.sub(" for ", name))
    if found is not None and found.names:
        return found.names, found.outlet or host
    return "", name


def _day(said: str) -> str:
    """Return the day in the sender's time zone; empty where the header has none."""
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return datelines.find_date(said)
