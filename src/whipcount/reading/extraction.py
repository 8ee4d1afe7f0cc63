"""HTML to articles: trafilatura finds the article, and what it loses is put in its way first.

An article's text is its title, its teaser and its paragraphs, with a blank line between. The method
is Barbaresi's (trafilatura, ACL 2021 demonstrations) in its balanced setting, without comments and
without deduplication.
"""

from __future__ import annotations

import copy
import itertools
import logging
import re
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml.etree import _Element
from lxml.html import HtmlElement, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import DEFAULT_CONFIG, Document, use_config
from trafilatura.utils import load_html

from whipcount.model import Article, Span
from whipcount.reading import bylines, datelines
from whipcount.reading.articles import Layout, make_article
from whipcount.reading.boilerplate import Kind, is_prose_like, kind_of
from whipcount.reading.language import language_of
from whipcount.reading.layout import LEAST_WORDS, article_paragraphs
from whipcount.reading.page_metadata import (
    PageMetadata,
    marked_byline,
    marked_day,
    page_metadata,
    words_of,
)
from whipcount.reading.paragraphs import is_terminated, plain_words

# trafilatura reports pages without text by logging; here they become errors with a path
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

PART_OF = "\n\n"
"""What stands between the title, the teaser and the paragraphs, and between a page's articles."""

_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "code", "div", "body"})
_LINE = "\0"
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:teaser|stand-?first|lead|lede|dek|deck|intro(?:duction)?|summary|subtitle|"
    r"sub-?head(?:line|ing)?|subline|excerpt|abstract|strapline|description)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"comment|disqus|reply", re.IGNORECASE)
_NOT_READ = frozenset({"nav", "aside", "footer", "form", "script", "style", "figure", "template"})

SHORT = 1_000
"""Code points below which an extraction is tried again without trafilatura's smallest size of 250:
that is of the article, and what is taken instead may have a few menus more."""

_ANY_SIZE = use_config()
_ANY_SIZE["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"

EDGE = 12
"""Paragraphs at both ends of an article among which its byline and day are looked for."""

WINDOW = 60
"""Elements after the title among which a standfirst is looked for. Chosen, not swept: share buttons
and an author's card may be between."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph as it was extracted, and the element that it came from."""

    words: str
    tag: str


def articles_of(text: str, path: str, data: bytes) -> list[Article]:
    """Return the articles of an HTML page; none where it has no sentence outside its menus.

    A page of which several `<article>` elements each have a heading and two paragraphs gives one
    for each; cards with a link and a sentence are none.
    """
    tree = load_html(text)
    if tree is None:
        return []
    metadata = page_metadata(tree)
    scopes = _collection(tree)
    found = []
    for scope in scopes or [tree]:
        article = _article(scope, _of_scope(scope, metadata) if scopes else metadata)
        if article is not None:
            found.append(article)
    several = len(found) > 1
    articles = []
    offset = 0
    for part, (layout, whole) in enumerate(found):
        articles.append(
            make_article(
                layout,
                whole,
                path=path,
                data=data,
                language=language_of(
                    "\n".join(whole[slice(*span)] for span in layout.body[:20]), metadata.language
                ),
                part=part if several else None,
                offset=offset,
            )
        )
        offset += len(whole) + len(PART_OF)
    return articles


def _collection(tree: HtmlElement) -> list[HtmlElement]:
    """Return the `<article>` elements of a page that holds several; none where it holds one."""
    found: list[HtmlElement] = []
    for element in tree.iter("article"):
        if any(ancestor in found for ancestor in element.iterancestors("article")):
            continue
        marks = " ".join(
            f"{one.get('class', '')} {one.get('id', '')}"
            for one in (element, *element.iterancestors())
            if one.tag not in ("html", "body")
        )
        if not _COMMENT.search(marks) and _heading(element) is not None and _is_whole(element):
            found.append(element)
    return found if len(found) > 1 else []


def _is_whole(element: HtmlElement) -> bool:
    """Return whether an `<article>` has two paragraphs of its own that are sentences."""
    sentences = 0
    for paragraph in element.iter("p"):
        owner = next(paragraph.iterancestors("article"), None)
        words = words_of(paragraph) if owner is element else ""
        if words.count(" ") >= LEAST_WORDS and is_terminated(plain_words(words)):
            sentences += 1
    return sentences >= 2


def _heading(element: HtmlElement) -> HtmlElement | None:
    headings = element.iter("h1", "h2", "h3")
    return next((heading for heading in headings if words_of(heading)), None)


def _of_scope(scope: HtmlElement, page: PageMetadata) -> PageMetadata:
    """Return the metadata of one article of several: its own, else the page's."""
    heading = _heading(scope)
    links = [] if heading is None else [*heading.iter("a"), *heading.iterancestors("a")]
    href = next((link.get("href", "") for link in links if link.get("href")), "")
    try:
        url = urljoin(page.url, href)
    except ValueError:
        url = ""
    return PageMetadata(
        title="" if heading is None else words_of(heading),
        outlet=page.outlet,
        byline=marked_byline(scope, page.outlet),
        published=marked_day(scope) or page.published,
        url=url if url.startswith(("http://", "https://")) else page.url,
        language=page.language,
    )


def _article(scope: HtmlElement, metadata: PageMetadata) -> tuple[Layout, str] | None:
    """Return the layout and the text of an article; None where there is none."""
    standfirst = _standfirst(scope, metadata)
    blocks = _extracted(prepared(scope))
    read = _read(blocks, metadata, standfirst)
    if not any(
        is_prose_like(plain_words(words)) and words.count(" ") >= LEAST_WORDS - 1 for words in read
    ):
        return None
    teaser = standfirst if standfirst and not _same(standfirst, metadata.title) else ""
    pieces = [piece for piece in (metadata.title, teaser, *read) if piece]
    spans = []
    start = 0
    for piece in pieces:
        spans.append(Span(start, start + len(piece)))
        start += len(piece) + len(PART_OF)
    lines = [plain_words(block.words) for block in (*blocks[:EDGE], *blocks[-EDGE:])]
    layout = Layout(
        body=tuple(spans[len(pieces) - len(read) :]),
        headline=spans[0] if metadata.title else None,
        teaser=(spans[1 if metadata.title else 0],) if teaser else (),
        title=metadata.title,
        outlet=metadata.outlet or _agency(read),
        byline=metadata.byline or marked_byline(scope, metadata.outlet) or _byline(lines),
        published=metadata.published or marked_day(scope) or _published(lines),
        url=metadata.url,
    )
    return layout, PART_OF.join(pieces)


def _extracted(tree: HtmlElement) -> list[_Block]:
    """Return what trafilatura takes for the article.

    Where that is short it has taken the whole page's words, menus and all, for one paragraph; then
    what it finds without its smallest size is better, if it has more paragraphs and not much less.
    """
    found = _pass(tree, DEFAULT_CONFIG)
    length = sum(len(block.words) for block in found)
    if length >= SHORT:
        return found
    other = _pass(tree, _ANY_SIZE)
    longer = sum(len(block.words) for block in other) >= length / 2
    return other if longer and len(other) > len(found) else found


def _pass(tree: HtmlElement, config: ConfigParser) -> list[_Block]:
    document = bare_extraction(
        tree, include_comments=False, deduplicate=False, with_metadata=False, config=config
    )
    if not isinstance(document, Document):  # None where there is no text
        return []
    return list(_blocks(document.body))


def prepared(scope: HtmlElement) -> HtmlElement:
    """Return a copy of a part of a page in which nothing that trafilatura drops is article.

    It drops `<time>` within sentences, `<figure>` and `<footer>` around quotations and their
    sources (HTML standard, 4.4.4), and the quotation marks that browsers put around `<q>`. A block
    quotation without marks gets some.
    """
    tree = copy.deepcopy(scope)
    if tree.tag != "html":
        page = document_fromstring("<html><body></body></html>")
        page.body.append(tree)
        tree = page
    for quotation in list(tree.iter("q")):
        quotation.text = "\u201c" + (quotation.text or "")
        last = quotation[-1] if len(quotation) else None
        if last is None:
            quotation.text += "\u201d"
        else:
            last.tail = (last.tail or "") + "\u201d"
        quotation.tag = "span"
    for figure in list(tree.iter("figure")):
        if figure.find(".//blockquote") is not None:
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"
    for quotation in tree.iter("blockquote"):
        _with_marks(quotation)
        for footer in list(quotation.iter("footer")):
            footer.tag = "p"
    for time in list(tree.iter("time")):
        if next(time.iterancestors("p", "li", "blockquote", "td"), None) is not None:
            time.drop_tag()
    return tree


def _with_marks(quotation: HtmlElement) -> None:
    """Put the quotation marks around a block quotation that its indentation stands for.

    In plain text nothing else tells its words from the article's own. Its source (`<footer>`,
    `<cite>`, or a paragraph that a dash begins) stays outside; what has marks keeps its own.
    """
    paragraphs = [
        paragraph
        for paragraph in quotation.iter("p")
        if paragraph.find(".//cite") is None
        and next(paragraph.iterancestors("footer", "figcaption"), None) is None
        and (paragraph.text_content().strip()[:1] or "-") not in "-\u2013\u2014\u2015"
    ]
    if not paragraphs or paragraphs[0].text_content().strip()[0] in "\"'\u201c\u2018\u00ab\u201e":
        return
    for paragraph in paragraphs:  # as printers do: each opens, the last one closes
        paragraph.text = "\u201c" + (paragraph.text or "").lstrip()
    last = paragraphs[-1]
    if len(last):
        last[-1].tail = (last[-1].tail or "").rstrip() + "\u201d"
    else:
        last.text = (last.text or "").rstrip() + "\u201d"


def _standfirst(scope: HtmlElement, metadata: PageMetadata) -> str:
    """Return the teaser that stands under the title; empty where there is none.

    It is marked as such by its class, or is a heading whose words the page gives as its own
    description. A description that readers don't see is none.
    """
    elements = scope.iter()
    for element in elements:
        if element.tag in ("h1", "h2", "h3") and _same(words_of(element), metadata.title):
            break
    else:
        return ""
    for element in itertools.islice(elements, WINDOW):
        if not isinstance(element.tag, str) or element.tag in _NOT_READ:
            continue
        if any(one.tag in _NOT_READ for one in element.iterancestors()):
            continue
        words = words_of(element) if element.tag in ("p", "div", "h2", "h3", "span") else ""
        if not 20 <= len(words) <= 600 or kind_of(plain_words(words)) not in ("prose", "heading"):
            continue
        marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"
        if _STANDFIRST.search(marks) and len(element.findall(".//p")) <= 1:
            return words
        if element.tag in ("h2", "h3") and _same(words, metadata.description):
            return words
    return ""


def _read(blocks: list[_Block], metadata: PageMetadata, standfirst: str) -> list[str]:
    """Return the article's paragraphs, without title and teaser and what boilerplate is left."""
    blocks = [block for block in blocks if not _same(block.words, metadata.title)]
    if standfirst:
        blocks = [block for block in blocks if not _same(block.words, standfirst)]
    words = [plain_words(block.words) for block in blocks]
    kinds = [_kind(block, line) for block, line in zip(blocks, words, strict=True)]
    starts = (
        index
        for index, kind in enumerate(kinds)
        if kind == "prose" and (is_prose_like(words[index]) or words[index].count(" ") >= 5)
    )
    start = next(starts, None)
    if start is None:
        return []
    return [blocks[index].words for index in article_paragraphs(kinds, words, start)]


def _kind(block: _Block, words: str) -> Kind:
    """Return a block's kind; the page's mark-up says what is a heading better than its words do."""
    kind = kind_of(words)
    if block.tag == "head":
        return "heading" if kind == "prose" else kind
    return "prose" if kind in ("heading", "item") else kind


def _blocks(body: _Element) -> Iterator[_Block]:
    """Yield the paragraphs of an extracted body in order: list items and table rows too."""
    words: list[str] = []

    def flush(tag: str) -> Iterator[_Block]:
        for paragraph in _paragraphs("".join(words)):
            yield _Block(paragraph, tag)
        words.clear()

    def walk(element: _Element, tag: str) -> Iterator[_Block]:
        own = element.tag if isinstance(element.tag, str) else ""
        block = own in _BLOCKS
        inner = own if block and own not in ("p", "div", "body", "code") else tag
        if block:
            yield from flush(tag)
        words.append(_LINE if own == "lb" else "")
        words.append(element.text or "")
        for child in element:
            yield from walk(child, inner)
        if block:
            yield from flush(inner if own != "p" or tag == "body" else tag)
        words.append(" | " if own == "cell" and element.getnext() is not None else "")
        words.append(element.tail or "")

    yield from walk(body, "p")
    yield from flush("p")


def _paragraphs(words: str) -> Iterator[str]:
    """Yield the paragraphs that line breaks part: two in a row, or one after a sentence."""
    lines: list[str] = []
    for line in map(_one_line, words.split(_LINE)):
        ended = bool(lines) and is_terminated(plain_words(lines[-1]))
        if lines and (not line or ended):
            yield " ".join(lines)
            lines = []
        if line:
            lines.append(line)
    if lines:
        yield " ".join(lines)


def _one_line(words: str) -> str:
    """Return words with single spaces, without soft hyphens and spaces of no width."""
    return " ".join(words.translate({0xAD: None, 0x200B: None, 0xFEFF: None}).split())


def _same(words: str, others: str) -> bool:
    """Return whether words are the same but for marks, spaces and case."""
    return bool(others) and plain_words(words).casefold() == plain_words(others).casefold()


def _byline(lines: list[str]) -> str:
    for line in lines:
        found = None
        kind = kind_of(line)
        if kind == "byline":
            found = bylines.byline(line)
        elif kind == "credit":
            found = bylines.credit(line)
        elif kind == "date":
            dates = datelines.line_dates(line)
            found = bylines.byline(dates.rest) if dates is not None else None
        if found is not None and found.names:
            return found.names
    return ""


def _published(lines: list[str]) -> str:
    for line in lines:
        dates = datelines.line_dates(line) if kind_of(line) == "date" else None
        if dates is not None and dates.published:
            return dates.published
    opening = next((datelines.dateline(line) for line in lines if datelines.dateline(line)), None)
    return opening.published if opening is not None else ""


def _agency(read: list[str]) -> str:
    opening = datelines.dateline(plain_words(read[0])) if read else None
    return opening.agency if opening is not None else ""
