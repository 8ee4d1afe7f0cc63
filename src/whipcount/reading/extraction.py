"""HTML to articles: trafilatura finds the article, and what it loses is put in its way first.

An article's text is its title, its teaser and its paragraphs, with a blank line between. The method
is Barbaresi's (trafilatura, ACL 2021 demonstrations) in its balanced setting, without comments and
without deduplication.
"""

from __future__ import annotations

import itertools
import re
from urllib.parse import urljoin

from lxml.html import HtmlElement
from trafilatura.utils import load_html

from whipcount.model import Article, Span
from whipcount.reading import bylines, datelines
from whipcount.reading.articles import Layout, make_article
from whipcount.reading.blocks import CELL, Block, extracted
from whipcount.reading.boilerplate import Kind, is_prose_like, kind_of
from whipcount.reading.crowded_tags import without_crowded_tags
from whipcount.reading.language import language_of
from whipcount.reading.layout import LEAST_WORDS, article_paragraphs
from whipcount.reading.near_title import (
    byline_in,
    day_in,
    lines_near_title,
    updated_in,
)
from whipcount.reading.page_metadata import (
    PageMetadata,
    marked_byline,
    marked_day,
    page_metadata,
    words_of,
)
from whipcount.reading.paragraphs import is_terminated, plain_words
from whipcount.reading.preparation import prepared

PART_OF = "\n\n"
"""What stands between the title, the teaser and the paragraphs, and between a page's articles."""

_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:teaser|stand-?first|lead|lede|dek|deck|intro(?:duction)?|summary|subtitle|"
    r"sub-?head(?:line|ing)?|subline|excerpt|abstract|strapline|description)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"comment|disqus|reply", re.IGNORECASE)
_STANDS_IN = frozenset({"p", "div", "h2", "h3", "span"})
_NOT_READ = frozenset({"nav", "aside", "footer", "form", "script", "style", "figure", "template"})

EDGE = 12
"""Paragraphs at both ends of an article among which its byline and day are looked for."""

WINDOW = 60
"""Elements after the title among which a standfirst is looked for. Chosen, not swept: share buttons
and an author's card may be between."""


def articles_of(text: str, path: str, data: bytes) -> list[Article]:
    """Return the articles of an HTML page; none where it has no sentence outside its menus.

    A page of which several `<article>` elements each have a heading and two paragraphs gives one
    for each; cards with a link and a sentence are none.
    """
    tree = load_html(without_crowded_tags(text))
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
    blocks = extracted(prepared(scope))
    found = _read(blocks, metadata, standfirst)
    if not any(
        is_prose_like(block.plain) and block.words.count(" ") >= LEAST_WORDS - 1 for block in found
    ):
        return None
    read = [block.words for block in found]
    teaser = standfirst if standfirst and not _same(standfirst, metadata.title) else ""
    pieces = [piece for piece in (metadata.title, teaser, *read) if piece]
    spans = []
    start = 0
    for piece in pieces:
        spans.append(Span(start, start + len(piece)))
        start += len(piece) + len(PART_OF)
    lines = [block.plain for block in (*blocks[:EDGE], *blocks[-EDGE:])]
    published = metadata.published or marked_day(scope)
    byline = metadata.byline or marked_byline(scope, metadata.outlet)
    near = [] if published and byline else lines_near_title(scope, metadata.title)
    layout = Layout(
        body=tuple(spans[len(pieces) - len(read) :]),
        headline=spans[0] if metadata.title else None,
        teaser=(spans[1 if metadata.title else 0],) if teaser else (),
        title=metadata.title,
        outlet=metadata.outlet or _agency(read),
        byline=byline or byline_in(near) or _byline(lines),
        published=published or day_in(near) or _published(lines) or updated_in(near),
        url=metadata.url,
    )
    return layout, PART_OF.join(pieces)


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
        if element.tag not in _STANDS_IN:
            continue
        marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"
        is_marked = marks != "  " and _STANDFIRST.search(marks) is not None
        if not is_marked and element.tag not in ("h2", "h3"):
            continue
        if any(one.tag in _NOT_READ for one in element.iterancestors()):
            continue
        if any(True for _ in element.iterdescendants("h2", "h3", "h4")):
            continue  # a card of another story
        words = words_of(element)
        if not 20 <= len(words) <= 600 or kind_of(plain_words(words)) not in ("prose", "heading"):
            continue
        if is_marked and len(element.findall(".//p")) <= 1:
            return words
        if element.tag in ("h2", "h3") and _same(words, metadata.description):
            return words
    return ""


def _read(blocks: list[Block], metadata: PageMetadata, standfirst: str) -> list[Block]:
    """Return the article's paragraphs, without title and teaser and what boilerplate is left.

    A heading between the title and the first sentence belongs to it: live blogs have such.
    """
    blocks, after_title = _from_title(blocks, metadata.title)
    if standfirst:
        blocks = _others(blocks, standfirst)
    words = [block.plain for block in blocks]
    rows = _rows(blocks)
    kinds = [
        "prose" if place in rows else _kind(block, line)
        for place, (block, line) in enumerate(zip(blocks, words, strict=True))
    ]
    starts = (
        index
        for index, kind in enumerate(kinds)
        if kind == "prose" and (is_prose_like(words[index]) or words[index].count(" ") >= 5)
    )
    start = next(starts, None)
    if start is None:
        return []
    if after_title and start and blocks[start - 1].tag == "head" and kinds[start - 1] == "heading":
        start -= 1
    return [blocks[index] for index in article_paragraphs(kinds, words, start)]


def _from_title(blocks: list[Block], title: str) -> tuple[list[Block], bool]:
    """Return what comes after the title, where it stands before the greater part of the words.

    And whether it stands among the blocks at all.
    """
    others = _others(blocks, title)
    if len(others) == len(blocks):
        return blocks, False
    place = next(
        at for at, block in enumerate(blocks) if at == len(others) or block is not others[at]
    )
    before = sum(len(block.words) for block in blocks[:place])
    is_before = before < sum(len(block.words) for block in blocks[place:])
    return (others[place:] if is_before else others), True


def _others(blocks: list[Block], words: str) -> list[Block]:
    """Return the blocks that aren't these words, marks, spaces and case aside."""
    wanted = plain_words(words).casefold()
    return [block for block in blocks if not wanted or block.plain.casefold() != wanted]


def _rows(blocks: list[Block]) -> set[int]:
    """Return the places of a table's rows: rows with as many cells follow one another.

    A single row is what old pages are laid out with.
    """
    cells = [block.words.count(CELL) if block.tag == "row" else 0 for block in blocks]
    return {
        place
        for before, after in itertools.pairwise(range(len(cells)))
        if cells[before] and cells[before] == cells[after]
        for place in (before, after)
    }


def _kind(block: Block, words: str) -> Kind:
    """Return a block's kind; the page's mark-up says what is a heading better than its words do."""
    kind: Kind = "credit" if bylines.signature(words) is not None else kind_of(words)
    if block.tag == "head":
        return "heading" if kind == "prose" else kind
    return "prose" if kind in ("heading", "item") else kind


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
