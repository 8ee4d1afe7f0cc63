"""Messages (RFC 5322, MIME): parsed with bounds, their headers and parts decoded.

E-mail (`mail`) and pages that a browser saved with their pictures (`mhtml`) are such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from whipcount.errors import PageError
from whipcount.reading.decoding import decode
from whipcount.reading.mending import mended

LONGEST_HEADER = 4_000
"""Letters of a header that are kept: Python's parser takes time that grows with their square."""

MOST_WORK = 50_000_000
"""Lines times boundaries of a message that is read: each line is compared with each boundary that
is open. 16 MB in lines of 76 with 200 boundaries is less; what is more is made to do harm."""

MOST_PARTS = 5_000
"""Parts of a message that are looked at; a saved page with 1,000 pictures has as many."""

_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


class _Bounded(policy.Compat32):
    """Python's policy for messages as they come, with long headers cut."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name[:LONGEST_HEADER], value[:LONGEST_HEADER]


_POLICY = _Bounded()


def begins_message(head: bytes) -> bool:
    """Return whether bytes begin with a header, as messages do and what holds one doesn't."""
    return re.match(rb"\s*(?:From |[A-Za-z][A-Za-z0-9-]*:)", head) is not None


def message_of(data: bytes, path: str) -> Message:
    """Return the message that a page is. Raises PageError where it is made to do harm."""
    work = (data.count(b"\n") + data.count(b"\r")) * (1 + len(_BOUNDARY.findall(data)))
    if work > MOST_WORK:
        raise PageError(f"{path}: has too many parts in one another; save what you need of it")
    try:
        message: Message = message_from_bytes(data, policy=_POLICY)
    except (RecursionError, MessageError, ValueError, LookupError):
        raise PageError(f"{path}: is a broken message; save it again") from None
    return message


def parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message that hold something, in order; no attached messages' parts."""
    waiting = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822":
            continue
        if part.is_multipart():
            waiting[:0] = _inner(part)
        else:
            yield part


def attached_message(message: Message) -> Message | None:
    """Return the first message that is attached to another; None where none is."""
    waiting = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            return None
        part = waiting.pop(0)
        found = _inner(part)
        if part.get_content_type() == "message/rfc822" and found:
            return found[0]
        waiting[:0] = found
    return None


def _inner(part: Message) -> list[Message]:
    """Return the messages within a part.

    What has no parts isn't asked: it would be decoded, and what it names may be no charset.
    """
    inner = part.get_payload() if part.is_multipart() else []
    return [one for one in inner if isinstance(one, Message)]


def header(message: Message, name: str) -> str:
    """Return a header's words on one line; empty where there is none, or it can't be decoded."""
    said = message.get(name)
    if said is None:
        return ""
    try:
        pieces = decode_header(str(said))
    except (MessageError, ValueError):
        return ""
    words = ""
    for piece, charset in pieces:
        words += piece if isinstance(piece, str) else _decoded(piece, charset)
    return " ".join(mended(words).replace("\0", "").split())


def text_of(part: Message, path: str, encoding: str | None) -> str:
    """Return a part's text, in its declared character set where that fits; mended.

    Raises PageError where it is no text.
    """
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = part.get_content_charset()
    if encoding is None and declared not in (None, "us-ascii"):
        try:
            return mended(data.decode(str(declared)))
        except (LookupError, ValueError):
            pass  # what is declared is wrong, so it is no evidence
    return mended(decode(data, path, encoding, html=part.get_content_subtype() == "html"))


def _decoded(piece: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8"):
        try:
            return piece.decode(name or "ascii")
        except (LookupError, ValueError):
            continue
    return piece.decode("windows-1252", "replace")
