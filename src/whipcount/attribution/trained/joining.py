"""The trained tagger's statements together with those rules that its corpus has no lesson for.

Three kinds of the rules' drafts step in. What a page's layout attributes (`X: "…"`, a name after a
dash, an interview's turns) takes the place of what the network made of those words. Those who side
with a speaker in passing (`X, supported by Y, …`) come beside it. And attitudes and acts that state
a position (`has not made up its mind`, `vetoed`) are taken where the network found nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from whipcount.attribution.drafts import Draft
from whipcount.attribution.linking import made
from whipcount.attribution.making import Made, Piece

FREE_ORDER = 2
"""The order (`Draft.order`) up to which rules' drafts fill what the network leaves empty."""


class _Ground:
    """Characters of paragraphs that are taken."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.add(pieces)

    def add(self, pieces: Iterable[Piece]) -> None:
        for paragraph, start, end in pieces:
            self.taken[paragraph].append((start, end))

    def touches(self, pieces: Iterable[Piece]) -> bool:
        """Return whether any character of pieces is taken."""
        return any(
            start < until and since < end
            for paragraph, start, end in pieces
            for since, until in self.taken.get(paragraph, ())
        )


def join(trained: Sequence[Made], rules: Sequence[Draft]) -> list[Made]:
    """Return the statements of both in reading order."""
    layouts = [made(draft) for draft in rules if draft.layout]
    laid_out = _Ground(piece for one in layouts for piece in (*one.source, *one.content))
    kept = [one for one in trained if not laid_out.touches((*one.content, *one.cue))]
    contents = _Ground(piece for one in (*kept, *layouts) for piece in one.content)
    cues = _Ground(piece for one in (*kept, *layouts) for piece in one.cue)
    found = [*kept, *layouts]
    for draft in rules:
        if draft.layout:
            continue
        one = made(draft)
        beside = draft.siding and any(_same_content(one, other) for other in kept)
        free = (
            draft.order <= FREE_ORDER
            and not contents.touches((*one.content, *one.cue, *one.source))
            and not cues.touches((*one.cue, *one.content))
        )
        if beside or free:
            found.append(one)
    return sorted(found, key=lambda one: (min(one.content), tuple(one.cue), tuple(one.source)))


def _same_content(one: Made, other: Made) -> bool:
    return _Ground(one.content).touches(other.content) and not _Ground(one.source).touches(
        other.source
    )
