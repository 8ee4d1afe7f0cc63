"""Names as they are compared: without case, diacritics and suffixes."""

from __future__ import annotations

import unicodedata


def folded(words: str) -> tuple[str, ...]:
    """Return a name's words without case and diacritics, a suffix such as Jr. left out."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    tokens = tuple(plain.replace(",", " ").split())
    while len(tokens) > 1 and tokens[-1].rstrip(".") in ("jr", "sr", "ii", "iii"):
        tokens = tokens[:-1]
    return tokens
