"""A statement in the portions that the network reads: a sentence or two, with what stands before.

A quotation may take no side in its first sentence and two in its third, and one of 5,000 words fits
no network; so each portion is read by itself, as source, cue and what is said, and what the network
marks in it is found again in the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whipcount.analysis import Analysis
from whipcount.coding.trained.pairs import before, said
from whipcount.model import Span, Statement

ENOUGH = 25
"""Words of a portion to which no further sentence is added."""

LONGEST = 90
"""Words of a sentence that are read at once; a longer one is parted."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A portion of a statement: `line` is what is read, `context` what stands before it.

    The line's characters from `begin` on stand at `places` in the article; `piece` is the content
    piece in which it begins, `span` where it stands.
    """

    statement: Statement
    piece: int
    span: Span
    context: str
    line: str
    begin: int
    places: tuple[int, ...]

    def found(self, start: int, end: int) -> Span | None:
        """Return where the line's characters `start … end` stand in the article.

        None where they are not of what is said; what goes on in another piece is cut off.
        """
        start, end = max(start, self.begin) - self.begin, end - self.begin
        if start >= end or start >= len(self.places):
            return None
        last = start
        while last + 1 < min(end, len(self.places)) and self.places[last + 1] >= self.places[last]:
            if not any(s <= self.places[last + 1] < e for s, e in self._piece(self.places[start])):
                break
            last += 1
        return Span(self.places[start], self.places[last] + 1)

    def _piece(self, place: int) -> tuple[Span, ...]:
        return tuple(one for one in self.statement.content if one.start <= place < one.end)


def chunks_of(analysis: Analysis, statement: Statement) -> Iterator[Chunk]:
    """Yield the portions of a statement in reading order."""
    text = analysis.article.text
    source = " ".join(text[start:end] for start, end in statement.source)
    cue = " ".join(text[start:end] for start, end in statement.cue)
    sentences = [
        (piece, span)
        for piece, content in enumerate(statement.content)
        for span in _sentences(analysis, content)
    ]
    title = "" if _in_headline(analysis, statement) else analysis.article.title
    last = _sentence_before(analysis, statement)
    gathered: list[tuple[int, Span]] = []
    for number, (piece, span) in enumerate(sentences):
        gathered.append((piece, span))
        words = sum(len(text[s.start : s.end].split()) for _, s in gathered)
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        closes = following is None or words >= ENOUGH
        if following is not None and following[0] != piece and _goes_on(text, span):
            closes = False  # "I can't," she said, "not now": one sentence in two pieces
        if closes:
            yield _chunk(analysis, statement, gathered, (source, cue), before(title, last))
            last = text[gathered[-1][1].start : gathered[-1][1].end]
            gathered = []


def _goes_on(text: str, span: Span) -> bool:
    return not text[span.start : span.end].rstrip("\"'”’ ").endswith((".", "!", "?"))


def _chunk(
    analysis: Analysis,
    statement: Statement,
    gathered: list[tuple[int, Span]],
    attributed: tuple[str, str],
    context: str,
) -> Chunk:
    text = analysis.article.text
    lead = said(*attributed, "x")[:-1]
    letters: list[str] = []
    places: list[int] = []
    for _, (start, end) in gathered:
        if letters:
            letters.append(" ")
            places.append(start)
        for place in range(start, end):
            letter = " " if text[place].isspace() else text[place]
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            places.append(place)
    return Chunk(
        statement,
        gathered[0][0],
        Span(gathered[0][1].start, gathered[-1][1].end),
        context,
        lead + "".join(letters),
        len(lead),
        tuple(places),
    )


def _sentences(analysis: Analysis, span: Span) -> Iterator[Span]:
    """Yield the sentences of a span, long ones in parts."""
    for paragraph in analysis.touched(span):
        tokens = list(paragraph.tokens(paragraph.inside(span)))
        begin = 0
        for index in range(1, len(tokens) + 1):
            ends = index == len(tokens) or tokens[index].is_sent_start
            if ends or index - begin >= LONGEST:
                first, last = tokens[begin], tokens[index - 1]
                place = paragraph.characters(first.idx, last.idx + len(last))
                yield Span(max(place.start, span.start), min(place.end, span.end))
                begin = index


def _in_headline(analysis: Analysis, statement: Statement) -> bool:
    headline = analysis.article.headline
    return headline is not None and any(span.start < headline.end for span in statement.content)


def _sentence_before(analysis: Analysis, statement: Statement) -> str:
    """Return the sentence that stands before a statement in the article's body."""
    start = min(span.start for span in (*statement.source, *statement.cue, *statement.content))
    places = analysis.places(Span(start, start + 1))
    if not places:
        return ""
    paragraph = analysis.paragraphs[places.start]
    earlier = ""
    for sentence in paragraph.doc.sents:
        place = paragraph.words(sentence)
        if place.end > start:
            break
        earlier = sentence.text
    if earlier or not places.start:
        return earlier
    previous = analysis.paragraphs[places.start - 1]
    if previous.place == "headline":
        return ""
    sentences = list(previous.doc.sents)
    return sentences[-1].text if sentences else ""
