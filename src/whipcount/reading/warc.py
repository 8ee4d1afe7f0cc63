"""The reader of web archives (WARC, ISO 28500): each record by the reader of what it holds.

Headers are parsed by warcio. Where records begin and end is told here, and so are the members of a
`.warc.gz`: a broken one costs no other, and a header or a line is no longer than it may be.
"""

from __future__ import annotations

import codecs
import dataclasses
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading import bylines
from whipcount.reading.gzip_members import MAGIC, BrokenMemberError, Member, find, next_member
from whipcount.reading.page_articles import articles_of
from whipcount.reading.pages import CHUNK, LARGEST, size_of
from whipcount.reading.readers import suffixes
from whipcount.reading.settings import Settings
from whipcount.reading.unpacking import unpacked_head

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "multipart/related": ".mhtml",
    "message/rfc822": ".eml",
}
"""Media types whose records are pages, and how their files end. Scripts and styles are text too."""

LONGEST_HEADER = 1_000_000
"""Bytes of the longest header of a record; servers allow 8 to 64 kB."""

HTTP = ("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/2", "HTTP/3", "HTTP/0.9")

_RECORD = b"WARC/"
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


class _Lines(Protocol):
    def readline(self, size: int, /) -> bytes: ...


class _Stream(_Lines, Protocol):
    def read(self, size: int, /) -> bytes: ...

    def tell(self) -> int: ...


@dataclass(frozen=True, slots=True)
class WarcReader:
    """Reads WARC and WARC.GZ; claims by suffix, or by how a page begins."""

    name: str = "warc"
    suffixes: frozenset[str] = frozenset({".warc"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is a web archive, packed or not."""
        if path.lower().endswith((".warc", ".warc.gz")):
            return True
        return head.startswith(_RECORD) or (
            head.startswith(MAGIC) and unpacked_head(head, len(_RECORD)) == _RECORD
        )

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the articles of an archive's bytes, as `stream` gives them."""
        return list(self.stream(io.BytesIO(data), path, Settings(encoding)))

    def stream(self, file: BinaryIO, path: str, settings: Settings) -> Iterator[Article]:
        """Yield the articles of each record that is a page; records that can't be read go to
        `on_error`.

        Raises PageError where warcio is not installed, or there is no such record.
        """
        try:
            import warcio  # noqa: F401, PLC0415
        except ImportError:
            raise PageError(
                f"{path}: reading web archives needs warcio: pip install 'whipcount[warc]'"
            ) from None
        inner, allowance = settings.within(path, size_of(file))
        packed = file.read(len(MAGIC)) == MAGIC
        pages = _of_members(file, path, inner) if packed else _of_file(file, path, inner)
        count = 0
        for page in pages:
            count += 1
            allowance.take(len(page.data))
            yield from _articles(page, path, inner)
        if not count:
            raise PageError(
                f"{path}: the archive holds no page: no record with status 200 of HTML, text or PDF"
            )


reader = WarcReader()


@dataclass(frozen=True, slots=True)
class _Page:
    """What a record holds: the page's bytes, its address, the day of its capture, its ending."""

    data: bytes
    url: str
    day: str
    suffix: str
    charset: str


def _of_members(file: BinaryIO, path: str, settings: Settings) -> Iterator[_Page]:
    """Yield the pages of a packed archive; a broken member is reported, and the next one found."""
    assert settings.allowance is not None, "an archive has one"
    start = next_member(file, 0)
    whole = True
    while start is not None:
        member = Member(file, start, path, settings.allowance)
        stream = io.BufferedReader(member)
        try:
            yield from _of_records(stream, path, settings)
            while stream.read(CHUNK):  # what no record is of
                pass
            whole = True
            after = member.end
        except BrokenMemberError as error:
            if whole:  # after a broken one, what looks like a member may be part of it
                settings.on_error(error)
            whole = False
            after = start + 1
        except _NoRecordError as error:
            if whole:
                settings.on_error(PageError(f"{path}: is broken at byte {start:,} ({error})"))
            whole = False
            after = start + 1
        assert after is not None, "a member that was read has an end"
        start = next_member(file, after)


def _of_file(file: BinaryIO, path: str, settings: Settings) -> Iterator[_Page]:
    """Yield the pages of an archive that isn't packed; after a broken record the next is found."""
    start = find(file, _RECORD, 0)
    while start is not None:
        file.seek(start)
        try:
            yield from _of_records(file, path, settings)
            return
        except _NoRecordError as error:
            place = max(start, error.place)  # of the record, or what is none
            settings.on_error(
                PageError(
                    f"{path}: is broken at byte {place:,} ({error}), and what stands there was "
                    "passed over; fetch it again"
                )
            )
            next_start = find(file, b"\n" + _RECORD, place + 1)
            start = None if next_start is None else next_start + 1


class _NoRecordError(Exception):
    """Raised where a record should begin and doesn't, or doesn't end; `place` is its beginning."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.place = place


class _Header:
    """The lines of a header; their length, and that of all of them, is bounded."""

    def __init__(self, stream: _Lines, place: int) -> None:
        self.stream = stream
        self.place = place
        self.left = LONGEST_HEADER

    def readline(self) -> bytes:
        line = self.stream.readline(self.left)
        self.left -= len(line)
        if self.left <= 0:
            raise _NoRecordError(f"its header has more than {LONGEST_HEADER:,} bytes", self.place)
        return line


@dataclass(slots=True)
class _Body:
    """A record's content: what is left of its length."""

    stream: _Stream
    left: int
    cut_off: bool = False

    def read(self, size: int) -> bytes:
        piece = self.stream.read(min(size, self.left))
        self.left -= len(piece)
        self.cut_off = self.cut_off or (not piece and self.left > 0)
        return piece

    def readline(self, size: int) -> bytes:
        line = self.stream.readline(min(size, self.left))
        self.left -= len(line)
        return line


def _of_records(stream: _Stream, path: str, settings: Settings) -> Iterator[_Page]:
    """Yield the pages of records that follow each other."""
    from warcio.statusandheaders import StatusAndHeadersParser  # noqa: PLC0415

    parser = StatusAndHeadersParser(["WARC/"])
    while True:
        place = stream.tell()
        line = stream.readline(CHUNK)
        if not line:
            return
        if not line.strip():
            continue
        if not line.startswith(_RECORD):
            raise _NoRecordError("there is no record", place)
        header = parser.parse(_Header(stream, place), line)
        length = (header.get_header("Content-Length") or "").strip()
        if not length.isascii() or not length.isdigit() or len(length) > 18:
            raise _NoRecordError("its record has no length", place)
        body = _Body(stream, int(length))
        try:
            page = _page(header, body, path)
        except (BrokenMemberError, _NoRecordError):
            raise
        except PageError as error:
            settings.on_error(error)
            page = None
        while body.left and not body.cut_off:
            body.read(CHUNK)
        if page is not None:
            yield page if not body.cut_off else _before_next(page)
        if body.cut_off:
            raise _NoRecordError("its record is cut off, or its length is wrong", place)


def _page(header: StatusAndHeaders, body: _Body, path: str) -> _Page | None:
    """Return the page that a record holds; None where it holds none."""
    kind = (header.get_header("WARC-Type") or "").strip().lower()
    if kind not in ("response", "resource", "conversion"):
        return None
    url = (header.get_header("WARC-Target-URI") or "").strip(" <>")
    content = header.get_header("Content-Type") or ""
    http = _http_header(body) if kind == "response" and url.startswith("http") else None
    if http is not None:
        if http.get_statuscode() != "200":
            return None
        content = http.get_header("Content-Type") or ""
    media, _, parameters = content.partition(";")
    suffix = TYPES.get(media.strip().lower(), "")
    if suffix not in suffixes():
        return None
    data = bytearray()
    while len(data) <= LARGEST:
        try:
            piece = body.read(CHUNK)
        except BrokenMemberError:
            if not data:
                raise
            body.left = 0  # what was read is a page that is cut off; the next read tells of it
            break
        if not piece:
            break
        data += piece
    place = f"{path}/{_shown(url)}"
    plain = bytes(data) if http is None else _decoded(bytes(data), http, place)
    charset = _CHARSET.search(parameters)
    return _Page(
        plain,
        url,
        (header.get_header("WARC-Date") or "")[:10],
        suffix,
        charset[1] if charset else "",
    )


def _http_header(body: _Body) -> StatusAndHeaders | None:
    """Return the header of the response that a record holds; None where it holds none."""
    from warcio.statusandheaders import (  # noqa: PLC0415
        StatusAndHeadersParser,
        StatusAndHeadersParserException,
    )

    try:
        found: StatusAndHeaders = StatusAndHeadersParser([*HTTP]).parse(_Header(body, -1))
    except (StatusAndHeadersParserException, EOFError):
        return None
    return found


def _before_next(page: _Page) -> _Page:
    """Return a page whose record didn't end without the records that follow in it."""
    end = page.data.find(b"\r\n\r\n" + _RECORD)
    return page if end < 0 else dataclasses.replace(page, data=page.data[:end])


def _decoded(data: bytes, header: StatusAndHeaders, path: str) -> bytes:
    """Return a body without its transfer and content encodings (RFC 9112, 7.1; RFC 9110, 8.4.1).

    Many crawlers write it decoded and leave the headers as they were, so what isn't encoded is
    returned as it is. Raises PageError where the encoding isn't known.
    """
    if (header.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        data = _without_chunks(data)
    coding = (header.get_header("Content-Encoding") or "identity").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        for bits in (
            47,
            -15,
        ):  # with a header of gzip or zlib, and without, as some servers have it
            try:
                return zlib.decompressobj(bits).decompress(data, LARGEST + 1)
            except zlib.error:
                continue
    elif coding not in ("identity", "", "none", "utf-8") and data.lstrip()[:1] != b"<":
        raise PageError(f"{path}: is encoded as {coding}, which isn't read; leave it out")
    return data


def _without_chunks(data: bytes) -> bytes:
    pieces: list[bytes] = []
    place = 0
    while True:
        end = data.find(b"\r\n", place, place + 100)
        try:
            size = int(data[place:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:  # no chunk, or none any more
            return b"".join([*pieces, data[place:]])
        pieces.append(data[end + 2 : end + 2 + size])
        place = end + 2 + size + 2
        if not size or place > len(data):
            return b"".join(pieces)


def _articles(page: _Page, path: str, settings: Settings) -> Iterator[Article]:
    """Yield the articles of a record's page, with what the record says where the page doesn't."""
    encoding = settings.encoding or _charset(page)
    named = f"page{page.suffix}"
    place = f"{path}/{_shown(page.url)}"
    own = dataclasses.replace(settings, encoding=encoding)
    for article in articles_of(io.BytesIO(page.data), place, own, named):
        yield dataclasses.replace(
            article,
            url=article.url or page.url,
            published=article.published or page.day,
            outlet=article.outlet or bylines.outlet_of(page.url),
        )


def _charset(page: _Page) -> str | None:
    """Return the charset that the server gave where the page's bytes fit it and aren't UTF-8."""
    if not page.charset:
        return None
    try:
        page.data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            name = codecs.lookup(page.charset).name
            # browsers read what calls itself Latin-1 as windows-1252 (Encoding Standard, 4.2)
            name = "windows-1252" if name in ("iso8859-1", "ascii") else name
            page.data.decode(name)
        except (LookupError, ValueError):
            return None
        return name
    return None


def _shown(url: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in url[:500]) or "?"
