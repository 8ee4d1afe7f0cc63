"""The reader of HTML: what it claims. How articles are taken out is in `extraction`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.decoding import decode
from whipcount.reading.mending import mended

_HTML = re.compile(
    rb"^(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|article|main|div|meta|title)"
    rb"[\s>/]",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class HtmlReader:
    """Reads HTML and XHTML by trafilatura; claims by suffix, or by how a page begins."""

    name: str = "html"
    suffixes: frozenset[str] = frozenset({".html", ".htm", ".xhtml", ".shtml"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is HTML by its name or its first tag, whatever its encoding."""
        if path.lower().endswith(tuple(self.suffixes)):
            return True
        # UTF-16 has a NUL beside each ASCII letter, and byte-order marks are beyond ASCII
        return _HTML.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")) is not None

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return a page's articles; PageError where it is no text or holds no article."""
        text = decode(data, path, encoding, html=True)
        # trafilatura takes 0.8 s to import, which who reads plain text need not wait for
        from whipcount.reading.extraction import articles_of  # noqa: PLC0415

        found = articles_of(mended(text.lstrip("\ufeff")), path, data)
        if not found:
            raise PageError(
                f"{path}: holds no article: there is no sentence outside its menus; save the page "
                "when it has loaded, or leave it out"
            )
        return found


reader = HtmlReader()
