"""Text with its statements marked in it, as `tests/attribution/gold.toml` has it.

`{1s Peel} {1c said} {1t it was late}`: a number for the statement, `s`, `c` or `t` for source,
cue or content; `{1t,2t …}` belongs to two statements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

ROLES = {"s": "source", "c": "cue", "t": "content"}
MARK = re.compile(r"\{((?:\d+[sct],)*\d+[sct]) ?([^{}]*)\}")


def unmarked(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the text alone, and its statements as the scoring script takes them."""
    parts: list[str] = []
    found: dict[int, dict[str, list[list[int]]]] = defaultdict(
        lambda: {role: [] for role in ROLES.values()}
    )
    at = length = 0
    for match in MARK.finditer(marked):
        before, words = marked[at : match.start()], match[2]
        parts += (before, words)
        start = length + len(before)
        length = start + len(words)
        at = match.end()
        for owner in match[1].split(","):
            found[int(owner[:-1])][ROLES[owner[-1]]].append([start, length])
    parts.append(marked[at:])
    return "".join(parts), [found[number] for number in sorted(found)]
