"""Exports of databases of news: one file with many articles, from LexisNexis, Nexis Uni or Factiva.

What kind of export a page is, is told by what stands in it (`export_marks`), in every format that
its reader knows; a plain text's spans are the file's own.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from whipcount.errors import PageError
from whipcount.model import Article, Span
from whipcount.offsets import trim
from whipcount.reading import bylines, factiva, nexis
from whipcount.reading.articles import Layout, make_article
from whipcount.reading.boilerplate import kind_of
from whipcount.reading.export_documents import Exported, Split, split_documents
from whipcount.reading.export_marks import Marks
from whipcount.reading.export_text import FORMATS, searchable, text_of
from whipcount.reading.language import language_of
from whipcount.reading.layout import article_paragraphs
from whipcount.reading.paragraphs import is_terminated, paragraphs, plain_words
from whipcount.reading.settings import Settings

LEAST_READ = 0.5
"""Least share of the words that an export announces for a document, below which it is reported.

Databases count title and notes too, and hyphens otherwise: the counts of articles that were read
whole are up to a fifth off. Half is missing where a document is cut off, or its marks changed."""

NAMED = 10
"""Numbers of missing documents that a message names."""


def articles_of_export(
    name: str, data: bytes, path: str, settings: Settings
) -> Iterator[Article] | None:
    """Return the articles of a page that is an export; None where it is none.

    `name` is that of the reader that claims the page. A document that can't be read, and a count of
    documents that isn't that of the file's own words, go to `settings.on_error`.
    """
    if name not in FORMATS:
        return None
    searched = searchable(name, data)
    told = [m for m in settings.marks if m.told_by and all(p.search(searched) for p in m.told_by)]
    if not told:
        return None
    text = text_of(name, data, path, settings.encoding)
    for marks in told:
        split = split_documents(text, marks)
        documents = [_document(text, piece, marks) for piece in split.pieces]
        last = _document(text, split.rest, marks) if split.rest is not None else None
        if last is not None:
            documents.append(last)
        if any(document is not None for document in documents):
            sha256 = hashlib.sha256(data).hexdigest()
            cut_off = last is not None
            export = _Export(text, split, path, sha256, settings)
            return _articles(export, documents, cut_off=cut_off)
    return None


@dataclass(frozen=True, slots=True)
class _Export:
    """An export's text with its documents' places, and where it came from."""

    text: str
    split: Split
    path: str
    sha256: str
    settings: Settings

    def tell(self, message: str) -> None:
        """Report what is wrong with the export."""
        self.settings.on_error(PageError(f"{self.path}: {message}"))


def _document(text: str, piece: Span, marks: Marks) -> Exported | None:
    if marks.like == "factiva":
        return factiva.document(text, piece, marks)
    return nexis.document(text, piece, marks)


def _articles(
    export: _Export, documents: list[Exported | None], *, cut_off: bool
) -> Iterator[Article]:
    tell, split = export.tell, export.split
    several = len(documents) > 1 or split.announced > 1
    read = 0
    for part, document in enumerate(documents):
        name = f"document {part + 1}"
        if document is None:
            tell(f"{name} has no mark that begins its text; adapt the marks (--export-marks)")
            continue
        name += f" ({document.title!r})" if document.title else ""
        article = _article(export, document, part if several else None)
        if article is None:
            tell(f"{name} has no sentence; leave it out")
            continue
        read += 1
        yield article
        words = sum(len(export.text[start:end].split()) for start, end in document.body)
        if words < LEAST_READ * document.word_count:
            tell(
                f"{name} should have {document.word_count} words, and {words} were read; look "
                "whether the file is cut off"
            )
    if cut_off:
        tell("the last document has no mark at its end; the file may be cut off")
    if split.announced and (read != split.announced or split.missing):
        tell(_difference(read, split))


def _difference(read: int, split: Split) -> str:
    missing = ""
    if split.missing:
        numbers = ", ".join(map(str, split.missing[:NAMED]))
        missing = f" (there is no number {numbers}{', …' if len(split.missing) > NAMED else ''})"
    return (
        f"announces {split.announced} documents, and {read} were read{missing}; export it again, "
        "or adapt the marks (--export-marks)"
    )


def _article(export: _Export, document: Exported, part: int | None) -> Article | None:
    """Return the article of a document; None where it has no sentence."""
    text = export.text
    whole = trim(text, *document.span)
    body = _body(text, document)
    if not body:
        return None

    def moved(span: Span) -> Span:
        return Span(span.start - whole.start, span.end - whole.start)

    layout = Layout(
        body=tuple(moved(span) for span in body),
        headline=moved(document.headline) if document.headline else None,
        teaser=tuple(moved(span) for span in document.teaser),
        title=document.title,
        outlet=document.outlet,
        byline=_names(document.byline),
        published=document.published,
    )
    article = make_article(
        layout,
        text[whole.start : whole.end],
        path=export.path,
        data=b"",
        language=language_of("\n".join(text[start:end] for start, end in body[:20])),
        part=part,
        offset=whole.start,
    )
    return dataclasses.replace(
        article,
        page_sha256=export.sha256,
        section=document.section,
        word_count=document.word_count,
    )


def _body(text: str, document: Exported) -> list[Span]:
    """Return the paragraphs of a document that are read; none where none is a sentence."""
    found = [
        dataclasses.replace(one, span=Span(one.span.start + start, one.span.end + start))
        for start, end in document.body
        for one in paragraphs(text[start:end])
    ]
    title = plain_words(document.title).casefold()
    if found and title and found[0].words.casefold().rstrip(".") == title.rstrip("."):
        found.pop(0)  # Factiva's text often begins with the title
    words = [paragraph.words for paragraph in found]
    kinds = [kind_of(one) for one in words]
    if not any(kind == "prose" for kind in kinds) and not any(map(is_terminated, words)):
        return []
    return [found[index].span for index in article_paragraphs(kinds, words, 0)]


def _names(said: str) -> str:
    """Return a byline's names as they are printed, without "By"."""
    said = ", ".join(piece.strip() for piece in said.split(";") if piece.strip())
    said = re.sub(r"(?<=\w{3})\.$", "", said)
    found = bylines.byline(said if said[:3].lower() == "by " else f"By {said}") if said else None
    return found.names if found is not None and found.names else said
