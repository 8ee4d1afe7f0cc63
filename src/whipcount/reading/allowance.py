"""What may be unpacked of an archive: so much, and so deep, that none can fill memory or disk."""

from __future__ import annotations

from whipcount.errors import PageError

MOST_TIMES = 200
"""How many times its own size an archive may unpack to, beyond what is free.

2,000 pages of one site, with 500 words of their own each in 61 kB of the same menus and scripts,
are 46 times their .tar.xz and 4 times their .zip; what is made to do harm is 1,000 times its .zip
and more."""

FREE = 100_000_000
"""Bytes that every archive may unpack to: 100 MB. Small archives of like pages go beyond any ratio,
and so much takes a second to unpack."""

DEEPEST = 3
"""Archives within archives that are opened, the outermost among them: a ZIP of a year's `.tar.gz`
with `.warc.gz` inside is as deep as archives of news are."""


class UnpackedTooMuchError(PageError):
    """Raised when an archive unpacks to far more than archives of pages do."""


class Allowance:
    """What may still be unpacked of an archive `path` of `packed` bytes, and of those within it."""

    def __init__(self, path: str, packed: int) -> None:
        self.path = path
        self.most = FREE + MOST_TIMES * packed
        self.taken = 0

    def take(self, count: int) -> None:
        """Note that `count` bytes were unpacked; UnpackedTooMuchError where it is too much."""
        self.taken += count
        if self.taken > self.most:
            raise UnpackedTooMuchError(
                f"{self.path}: unpacks to more than {self.most / 1e6:,.0f} MB, which no archive of "
                "pages of its size does; what was read until then is kept. Unpack it yourself if "
                "you trust it, and read the folder"
            )
