"""Search: every quotation by its words, its speaker, its option and its date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked

ASKED = ("words", "speaker", "option", "first", "last")


def search(asked: Asked) -> Response:
    """Return the statements that were asked for, all of them where nothing was."""
    wanted = {name: asked.given(name) for name in ASKED}
    found = project.search(
        asked.debate, wanted.pop("words"), after=asked.given("after"), limit=30, **wanted
    )
    return asked.answer(
        "search.html",
        found=found,
        shown={one.statement: list(hits(one.shown, one.quote)) for one in found.items},
        wanted={name: asked.given(name) for name in ASKED},
        searched=any(asked.given(name) for name in ASKED),
    )


def hits(shown: str, quote: str) -> Iterator[tuple[str, bool]]:
    """Yield a quotation's characters, and whether they are what was looked for.

    `shown` has the hits in brackets; a bracket that the quotation has itself is none.
    """
    at = 0
    inside = False
    text = ""
    for character in re.findall(r"(?s).", shown):
        if at < len(quote) and character == quote[at] and character not in "[]":
            text += character
            at += 1
        elif character in "[]" and not (at < len(quote) and quote[at] == character):
            if text:
                yield text, inside
            text, inside = "", character == "["
        else:
            text += character
            at += 1
    if text:
        yield text, inside
