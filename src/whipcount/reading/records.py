"""Records to articles: the rows of a table, or the objects of JSON Lines, one article each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading import bylines, datelines
from whipcount.reading.documents import BETWEEN, Document, article_of
from whipcount.reading.export_text import html_lines
from whipcount.reading.paragraphs import paragraphs
from whipcount.reading.record_columns import Role
from whipcount.reading.settings import Settings

MOST_COMPLAINTS = 20
"""Records of a file that are reported one by one; of those beyond, only how many there are."""

MOST_DEPTH = 8
"""Lists within lists that are gone into for a record's words."""

_HTML = re.compile(r"<(?:html|body|head|!doctype)\b", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:p|div|br|h[1-6]|ul|li|blockquote)\b[^<>]{0,500}>", re.IGNORECASE)
_COMPACT = re.compile(r"^((?:19|20|21)\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6})?(?!\d)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SECONDS = re.compile(r"^\d{9,13}$")


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its number in the file from 0, where it stands in words, and what it holds."""

    number: int
    place: str
    values: Mapping[Role, object]


@dataclass(slots=True)
class Complaints:
    """What is wrong with the records of a file: the first are told one by one, the rest counted."""

    path: str
    settings: Settings
    told: int = 0
    counted: dict[str, tuple[int, str]] = field(default_factory=dict)

    def tell(self, place: str, message: str) -> None:
        """Report a record that can't be read."""
        self.told += 1
        if self.told <= MOST_COMPLAINTS:
            self.settings.on_error(PageError(f"{self.path}, {place}: {message}"))

    def count(self, kind: str, place: str) -> None:
        """Note something that is told once for all records, with the first one's place."""
        number, first = self.counted.get(kind, (0, place))
        self.counted[kind] = number + 1, first

    def close(self) -> None:
        """Report what was counted."""
        if self.told > MOST_COMPLAINTS:
            more = self.told - MOST_COMPLAINTS
            self.settings.on_error(PageError(f"{self.path}: {more} more records can't be read"))
        for kind, (number, first) in self.counted.items():
            records = "records" if number > 1 else "record"
            self.settings.on_error(
                PageError(f"{self.path}: {number} {records} {kind}; the first is {first}")
            )


def articles_of_records(
    records: Iterable[Record], path: str, sha256: str, complaints: Complaints
) -> Iterator[Article]:
    """Yield the article of each record; `sha256` is the file's.

    An article's path has the record's id after the file's, where there is one. Records without text
    or sentence, and days that can't be told, are reported when all are read.
    """
    offset = 0
    for record in records:
        text = record.values.get("text")
        if not said(text).strip():
            complaints.count("without text", record.place)
            continue
        day = _day(record.values.get("date"))
        if day is None:
            complaints.count(
                "with a day that can't be told, which are read without it (write 2031-07-11)",
                record.place,
            )
        identity = _printable(said(record.values.get("id")))
        article = _article(record, f"{path}/{identity}" if identity else path, day or "", offset)
        if article is None:
            complaints.count("without a sentence", record.place)
            continue
        offset += len(article.text) + len(BETWEEN)
        yield dataclasses.replace(
            article, page_sha256=sha256, section=_printable(said(record.values.get("section")))
        )


def said(value: object, between: str = ", ", depth: int = 0) -> str:
    """Return the words of a value: of a list those of its members, of an object its name."""
    if value is None or isinstance(value, bool) or depth > MOST_DEPTH:
        return ""
    if isinstance(value, str):
        if not _SURROGATE.search(value):
            return value
        # lone surrogates, which JSON can hold, are in no encoding; pairs are one character
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return between.join(filter(None, (said(one, between, depth + 1) for one in value)))
    if isinstance(value, dict):
        return said(value.get("name") or value.get("title"), between, depth + 1)
    return str(value)


def _article(record: Record, path: str, day: str, offset: int) -> Article | None:
    values = record.values
    text = said(values.get("text"), between="\n\n")
    title, url = _printable(said(values.get("title"))), _printable(said(values.get("url")))
    names = _printable(said(values.get("byline")))
    found = (
        bylines.byline(names if names[:3].lower() == "by " else f"By {names}") if names else None
    )
    document = Document(
        _paragraphs(text),
        title=title,
        outlet=_printable(said(values.get("outlet"))) or bylines.outlet_of(url),
        byline=found.names if found is not None and found.names else names,
        published=day,
        url=url,
    )
    if _HTML.search(text, 0, 2000):
        return _of_page(text, document, path, record.number, offset)
    return article_of(document, path, b"", part=record.number, offset=offset)


def _paragraphs(text: str) -> list[str]:
    if _TAGS.search(text):
        return html_lines(text).split("\n\n")
    return [text[one.span.start : one.span.end] for one in paragraphs(text)]


def _of_page(text: str, document: Document, path: str, part: int, offset: int) -> Article | None:
    """Return the article of a whole HTML page in a record; what the record says goes first."""
    # trafilatura takes 0.8 s to import
    from whipcount.reading.extraction import articles_of  # noqa: PLC0415

    found = articles_of(text, path, b"")
    if not found:
        return None
    article = found[0]
    return dataclasses.replace(
        article,
        part=part,
        offset=offset,
        title=document.title or article.title,
        outlet=document.outlet or article.outlet,
        byline=document.byline or article.byline,
        published=document.published or article.published,
        url=document.url or article.url,
    )


def _day(value: object) -> str | None:
    """Return a day as ISO date, empty where none is said; None where it can't be told."""
    words = said(value).strip()
    if not words:
        return ""
    found = datelines.find_date(words[:100])
    if found:
        return found
    compact = _COMPACT.match(words)
    found = datelines.find_date("-".join(compact.groups())) if compact is not None else ""
    if found:
        return found
    if _SECONDS.match(words):
        number = int(words)
        seconds = number / 1000 if number > 10**11 else number
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return None


def _printable(words: str) -> str:
    """Return words on one line, without signs that can't be printed."""
    words = " ".join(words.split())
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in words)
