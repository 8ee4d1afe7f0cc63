"""The reader of MHTML (RFC 2557): a page that a browser saved with its pictures in one file."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from email.message import Message

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.messages import begins_message, header, message_of, parts, text_of

_SAVED = re.compile(
    rb"^(?:snapshot-content-location|x-snapshot-|from: <?saved by)|^content-type: multipart/related"
    rb"(?=(?s:.)*^content-location:)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class MhtmlReader:
    """Reads pages saved as MHTML; claims by suffix, or by how browsers begin them."""

    name: str = "mhtml"
    suffixes: frozenset[str] = frozenset({".mhtml", ".mht"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is MHTML by its name or its headers."""
        if path.lower().endswith((".mhtml", ".mht")):
            return True
        is_message = begins_message(head) and b"mime-version:" in head.lower()
        return is_message and _SAVED.search(head) is not None

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return a page's articles; PageError where it has no HTML or holds no article."""
        message = message_of(data, path)
        root = _root(message)
        if root is None:
            raise PageError(f"{path}: holds no HTML; save the page again as HTML")
        # trafilatura takes 0.8 s to import, which who reads other formats need not wait for
        from whipcount.reading.extraction import articles_of  # noqa: PLC0415

        found = articles_of(text_of(root, path, encoding).lstrip("\ufeff"), path, data)
        if not found:
            raise PageError(
                f"{path}: holds no article: there is no sentence outside its menus; save the page "
                "when it has loaded, or leave it out"
            )
        url = header(message, "Snapshot-Content-Location") or header(root, "Content-Location")
        if not url.startswith(("http://", "https://")):
            return found
        return [dataclasses.replace(one, url=one.url or url) for one in found]


reader = MhtmlReader()


def _root(message: Message) -> Message | None:
    """Return the part that is the page: the one named as start, else the first HTML."""
    start = str(message.get_param("start") or "").strip()
    pages = [part for part in parts(message) if part.get_content_type() in _HTML]
    named = (part for part in pages if start and header(part, "Content-ID") == start)
    return next(named, pages[0] if pages else None)


_HTML = frozenset({"text/html", "application/xhtml+xml"})
