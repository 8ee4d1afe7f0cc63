"""The trained tagger: words to tags, tags to spans, spans to statements."""

from __future__ import annotations

import functools

from whipcount.analysis import Analysis
from whipcount.attribution.making import Made, Piece, make_statements
from whipcount.attribution.rules import tagger as rules
from whipcount.attribution.trained.chain import Tagged
from whipcount.attribution.trained.encoder import Encoder, encoder
from whipcount.attribution.trained.joining import join
from whipcount.attribution.trained.linker import Linked, Linker
from whipcount.attribution.trained.words import Words, words_of
from whipcount.model import Statement


class TrainedTagger:
    """Finds statements by the weights that ship with the package."""

    name = "trained"

    def __init__(self, network: Encoder) -> None:
        self.network = network
        self.version = network.weights.version
        self.linker = Linker(network.weights.linker)

    def attribute(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return an article's statements in reading order, without actors and dates."""
        words, marks = words_of(analysis, self.network.weights.labels)
        if not len(words):
            return ()
        states = self.network.states(words)
        spans = self.network.weights.chain.spans(states.scores, words.paragraph)
        linked = [_made(one, words) for one in self.linker.link(spans, states)]
        drafts, _ = rules.drafts(analysis)
        return make_statements(analysis, join(linked, drafts), marks)


def _made(one: Linked, words: Words) -> Made:
    return Made(
        _pieces(one.source, words),
        _pieces(one.cue, words),
        [piece for content in one.contents for piece in _pieces(content, words)],
        _confidence(one),
    )


def _confidence(one: Linked) -> float:
    """Return how sure the network is: of the contents' words, and of the links; 0 … 1."""
    pieces = zip(one.contents, one.content_links, strict=True)
    contents = [content.covered * link for content, link in pieces]
    source = 1.0 if one.source is None else one.source.covered
    return sum(contents) / len(contents) * source * one.source_link


def _pieces(span: Tagged | None, words: Words) -> list[Piece]:
    """Return where a span's words stand: paragraph, first character, end."""
    if span is None:
        return []
    paragraph = int(words.paragraph[span.start])
    return [(paragraph, int(words.start[span.start]), int(words.end[span.end - 1]))]


@functools.cache
def tagger() -> TrainedTagger:
    """Return the trained tagger, loaded once a process; ModelError where its files are missing."""
    return TrainedTagger(encoder())
