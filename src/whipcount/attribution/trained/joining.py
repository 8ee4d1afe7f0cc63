"""The trained tagger's statements together with those rules that its corpus has no lesson for.

Three kinds of the rules' drafts step in. What a page's layout attributes (`X: "…"`, a name after a
dash, an interview's turns) takes the place of what the network made of those words. Those who side
with a speaker in passing (`X, supported by Y, …`) come beside it. And attitudes and acts that state
a position (`has not made up its mind`, `vetoed`) are taken where the network found nothing. Where
both have a statement, it is the network's; but a condition that the rules' draft ends with (`will
back it only if the court agrees`), which PolNeAR leaves out, belongs to it too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from whipcount.attribution.drafts import Draft
from whipcount.attribution.linking import made
from whipcount.attribution.making import Made, Piece

FREE_ORDER = 2
"""The order (`Draft.order`) up to which rules' drafts fill what the network leaves empty."""

CONDITION = re.compile(
    r"[\s,]*(?:but |and )?(?:only |even |not )?"
    r"(?:if|unless|provided|once|as long as|so long as|on (?:the )?condition)\b"
)
"""What a condition after a content begins with."""


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


def join(trained: Sequence[Made], rules: Sequence[Draft], texts: Sequence[str]) -> list[Made]:
    """Return the statements of both in reading order; `texts` are the paragraphs'."""
    layouts = [made(draft) for draft in rules if draft.layout]
    laid_out = _Ground(piece for one in layouts for piece in (*one.source, *one.content))
    cued: dict[int, list[Draft]] = defaultdict(list)
    for draft in rules:
        cued[draft.paragraph].append(draft)
    kept = [
        _with_condition(one, cued, texts)
        for one in trained
        if not laid_out.touches((*one.content, *one.cue))
    ]
    contents = _Ground(piece for one in (*kept, *layouts) for piece in one.content)
    cues = _Ground(piece for one in (*kept, *layouts) for piece in one.cue)
    told: dict[int, list[Made]] = defaultdict(list)
    for statement in kept:
        for place in {piece[0] for piece in statement.content}:
            told[place].append(statement)
    found = [*kept, *layouts]
    for draft in rules:
        if draft.layout:
            continue
        one = made(draft)
        beside = draft.siding and any(
            _same_content(one, other) for other in told[min(one.content)[0]]
        )
        free = (
            draft.order <= FREE_ORDER
            and not contents.touches((*one.content, *one.cue, *one.source))
            and not cues.touches((*one.cue, *one.content))
        )
        if beside or free:
            found.append(one)
    return sorted(found, key=lambda one: (min(one.content), tuple(one.cue), tuple(one.source)))


def _with_condition(one: Made, drafts: Mapping[int, Sequence[Draft]], texts: Sequence[str]) -> Made:
    """Return a statement with the condition that a draft of the same cue ends with.

    `drafts` are by paragraph.
    """
    if not one.cue or not one.content:
        return one
    paragraph, start, end = max(one.content)
    ends = [
        until
        for draft in drafts.get(paragraph, ())
        if draft.cue is not None and _Ground(one.cue).touches([(draft.paragraph, *draft.cue)])
        for place, begin, until in draft.content
        if place == paragraph and begin < end < until
    ]
    if not ends or not CONDITION.match(texts[paragraph], end):
        return one
    rest = [piece for piece in one.content if piece != (paragraph, start, end)]
    return replace(one, content=[*rest, (paragraph, start, max(ends))])


def _same_content(one: Made, other: Made) -> bool:
    return _Ground(one.content).touches(other.content) and not _Ground(one.source).touches(
        other.source
    )
