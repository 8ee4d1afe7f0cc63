"""Tags with more attributes than any page has, which are made to do harm.

The time in which HTML is parsed grows with the square of a tag's attributes: 200,000 take minutes.
"""

from __future__ import annotations

import re

MOST = 1_000
"""Attributes of a tag that is left as it is; those of real pages have up to some 50."""

_LONG = re.compile(rf"<([a-zA-Z][\w:-]*)([^<>]{{{2 * MOST},}})")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def without_crowded_tags(text: str) -> str:
    """Return HTML whose tags of more than `MOST` attributes have none; the same text as a rule."""
    return _LONG.sub(_bare, text)


def _bare(match: re.Match[str]) -> str:
    few = len(_QUOTED.sub(" ", match[2]).split(None, MOST)) <= MOST
    return match[0] if few else f"<{match[1]}"
