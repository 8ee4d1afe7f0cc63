"""Which column of a table, or key of a JSON object, holds an article's text, title and so on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from whipcount.errors import WhipcountError

Role = Literal["text", "title", "date", "outlet", "byline", "url", "id", "section"]
ROLES: tuple[Role, ...] = get_args(Role)
"""What a column may hold; a record without text gives no article."""

KNOWN: Mapping[Role, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "fulltext", "maintext", "articletext", "bodytext"),
        *("articlebody", "article", "story", "plaintext"),
    ),
    "title": ("title", "headline", "heading"),
    "date": (
        *("date", "published", "publicationdate", "publishdate", "datepublish", "datepublished"),
        *("publishedat", "publisheddate", "pubdate", "datetime", "day"),
    ),
    "outlet": (
        *("outlet", "source", "sourcename", "publication", "newspaper", "publisher", "medium"),
        *("media", "site", "sitename", "sourcedomain", "domain"),
    ),
    "byline": ("byline", "author", "authors", "writer"),
    "url": ("url", "link", "weburl", "href"),
    "id": ("id", "docid", "documentid", "articleid", "identifier", "uid"),
    "section": ("section", "sectionname", "category", "desk"),
}
"""Names that are recognised without a map, the likeliest first; case, spaces and marks are ignored.

They are those of news-please, GDELT, NewsAPI and the Guardian's API, and of spreadsheets."""

_MARKS = re.compile(r"[\W_]+")


def checked_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Return a user's map of columns; WhipcountError where it names something else than `ROLES`."""
    for role, name in columns.items():
        if role not in ROLES:
            close = difflib.get_close_matches(role, ROLES, n=1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(ROLES)}"
            raise WhipcountError(f"columns: there is no {role!r} of an article; {hint}")
        if not name.strip():
            raise WhipcountError(f"columns: no column is named for {role!r}; name one")
    return dict(columns)


def parsed_columns(words: str) -> dict[str, str]:
    """Return the map that words such as `text=Body,date=Published` are; raises WhipcountError."""
    found: dict[str, str] = {}
    for piece in words.split(","):
        role, equals, name = piece.partition("=")
        if not equals:
            raise WhipcountError(
                f"columns: {piece.strip()!r} is no pair; write text=Body,date=Published"
            )
        found[role.strip()] = name.strip()
    return checked_columns(found)


def columns_among(names: Iterable[str], given: Mapping[str, str]) -> dict[Role, str]:
    """Return the column of each role among those that are there: the given one, else a known one.

    A given column that is not there is left out, with the others that would have been recognised.
    """
    there = list(names)
    plain = {_plain(name): name for name in reversed(there)}
    found: dict[Role, str] = {}
    for role in ROLES:
        if role in given:
            wanted = given[role]
            name = wanted if wanted in there else plain.get(_plain(wanted))
        else:
            name = next((plain[known] for known in KNOWN[role] if known in plain), None)
        if name is not None:
            found[role] = name
    return found


def _plain(name: str) -> str:
    return _MARKS.sub("", name).casefold()
