"""The colour of a statement: the stance that its codings take, as far as they agree."""

from __future__ import annotations

from collections.abc import Iterable

from whipcount.project import Coding


def stance_words(codings: Iterable[Coding]) -> str:
    """Return the stance that a statement's codings take, `mixed` for several, empty for none."""
    found = {coding.position.stance for coding in codings if coding.position is not None}
    return found.pop() if len(found) == 1 else "mixed" if found else ""


def by_statement(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    """Return codings by the statement that they are of."""
    found: dict[str, list[Coding]] = {}
    for coding in codings:
        found.setdefault(coding.statement.id, []).append(coding)
    return found
