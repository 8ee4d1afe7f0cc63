"""What an article speaks of before a clause, for words that point back."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from whipcount.analysis import Analysis, Paragraph
from whipcount.coding.matching import Matcher, concepts_of

if TYPE_CHECKING:
    from spacy.tokens import Token


FARTHEST_BACK = 2
"""Paragraphs back in which what `it` or `undecided` is about is looked for.

On the example debate 1, 2 and 4 give the same positions.
"""

LONGEST_REFUSAL = 7
"""Words of `but not this year` and its like; a longer clause says what it refuses.

On the example debate 4 loses a position, 10 gains none.
"""


class Context:
    """What an article's sentences speak of, for words that point back: found when asked for."""

    def __init__(self, analysis: Analysis, options: Matcher) -> None:
        self.options = options
        self._paragraphs = analysis.paragraphs
        self._places = {p.span.start: index for index, p in enumerate(analysis.paragraphs)}
        self._spoken: dict[int, list[tuple[int, str]]] = {}

    @functools.cached_property
    def is_topical(self) -> bool:
        """Whether the article speaks of one of the options in so many words anywhere."""
        return any(
            self.options.match(list(sentence))
            for paragraph in self._paragraphs
            for sentence in paragraph.doc.sents
        )

    def before(self, paragraph: Paragraph, place: int) -> str | None:
        """Return the option last spoken of before a token: near by, else in the headline."""
        index = self._places[paragraph.span.start]
        for back in range(index, max(-1, index - 1 - FARTHEST_BACK), -1):
            spoken = [o for at, o in self._spoken_in(back) if back < index or at < place]
            if spoken:
                return spoken[-1]
        headline = [i for i, p in enumerate(self._paragraphs) if p.place == "headline"]
        spoken = [option for i in headline for _, option in self._spoken_in(i)]
        return spoken[0] if spoken else None

    def _spoken_in(self, index: int) -> list[tuple[int, str]]:
        """Return what a paragraph's sentences speak of, by a head word too where none says more."""
        if index not in self._spoken:
            sentences = [list(sentence) for sentence in self._paragraphs[index].doc.sents]
            self._spoken[index] = [
                (tokens[0].i, match.option)
                for tokens in sentences
                for match in self.options.match(tokens) or self.options.match_core(tokens)
            ]
        return self._spoken[index]


def names_topic(tokens: Sequence[Token], topic: frozenset[str]) -> bool:
    """Tell whether words end on the name whose fate is decided: `yes to Varnia`."""
    return any(
        t.lower_ in topic
        and t.dep_ in ("pobj", "dobj")
        and not any(c.dep_ == "case" for c in t.children)
        for t in tokens
    )


def refuses_now(tokens: Sequence[Token], options: Matcher) -> bool:
    """Tell whether words say no more than `but not this year`, and an option is about when."""
    if not options.at_once or len(tokens) > LONGEST_REFUSAL:
        return False
    now = [f for f in concepts_of(tokens) if f.concept == "time:now"]
    return any(f.start and tokens[f.start - 1].lower_ == "not" for f in now) or (
        [t.lower_ for t in tokens if not t.is_punct] in (["not", "now"], ["not", "yet"])
    )
