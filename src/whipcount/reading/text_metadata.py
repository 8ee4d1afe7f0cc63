"""What a plain-text page says of itself: outlet, byline, day of publication, address.

Each is taken from where it is surest: a labelled line, a line beside the title, one above it, the
article's first words, and what stands below the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from whipcount.model import Span
from whipcount.reading import bylines, datelines
from whipcount.reading.articles import Layout
from whipcount.reading.boilerplate import Kind
from whipcount.reading.paragraphs import Paragraph

_OUTLET_FIELDS = ("outlet", "publication", "newspaper", "publisher", "site")


@dataclass(slots=True)
class TextPage:
    """A page's paragraphs with their kinds, and what has been found out so far."""

    text: str
    paragraphs: list[Paragraph]
    kinds: list[Kind]
    title: int | None = None
    title_span: Span | None = None
    body_start: int = 0
    teaser: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    outlet: str = ""
    is_transcript: bool = False

    def words(self, index: int) -> str:
        """Return the plain words of a paragraph."""
        return self.paragraphs[index].words


def described(page: TextPage) -> Layout:
    """Return the layout of a page whose title, teaser and body are found, with its metadata."""
    body = tuple(page.paragraphs[index].span for index in page.body)
    head = range(page.body_start)
    foot = range((page.body[-1] if page.body else page.body_start) + 1, len(page.kinds))
    around = [*head, *foot]
    year = ""
    owner = ""
    for index in around:
        if page.kinds[index] == "copyright":
            name, last_year = bylines.copyright_outlet(page.words(index))
            owner, year = owner or name, year or last_year
    url = page.fields.get("url") or page.fields.get("link") or _url(page, head, foot)
    opening = _opening(page)
    names, paper = _names_and_paper(page, head, foot, owner, url)
    published = _published(page, head, foot, opening, year)
    outlet = (
        next((page.fields[k] for k in _OUTLET_FIELDS if k in page.fields), "")
        or page.outlet
        or paper
        or _masthead(page, url)
        or owner
        or (opening.agency if opening is not None else "")
        or bylines.outlet_of(url)
    )
    span = page.title_span
    return Layout(
        body=body,
        headline=span,
        teaser=tuple(page.paragraphs[index].span for index in page.teaser),
        title=" ".join(page.text[span.start : span.end].split()) if span else "",
        outlet=outlet,
        byline=names,
        published=published,
        url=url,
    )


def _url(page: TextPage, head: Sequence[int], foot: Sequence[int]) -> str:
    found = [
        bylines.first_url(page.words(index) if "://" in page.words(index) else "")
        for index in (*reversed(head), *foot)
        if page.kinds[index] == "url"
    ]
    source = page.fields.get("source", "")
    found.insert(0, bylines.first_url(source))
    return next((url for url in found if url and not bylines.is_platform(url)), "")


def _opening(page: TextPage) -> datelines.Dateline | None:
    for index in (*page.teaser[:1], *page.body[:1]):
        found = datelines.dateline(page.words(index))
        if found is not None:
            return found
    return None


def _published(
    page: TextPage,
    head: Sequence[int],
    foot: Sequence[int],
    opening: datelines.Dateline | None,
    year: str,
) -> str:
    """Return the day of publication: labelled, beside the title, above it, of the dateline."""
    for name in ("published", "date"):
        day = datelines.find_date(page.fields.get(name, ""))
        if day:
            return day
    title = -1 if page.title is None else page.title
    beside = [index for index in head if index > title]
    above = [index for index in head if index < title]
    updated = ""
    plain: list[str] = []
    for index in (*beside, *reversed(above)):
        dates = datelines.line_dates(page.words(index)) if page.kinds[index] == "date" else None
        if dates is None:
            continue
        label = page.words(index - 1).lower() if index else ""
        if label in ("updated", "last updated", "modified", "last modified"):
            updated = updated or dates.published or dates.updated
            continue
        if dates.labelled and dates.published:
            return dates.published
        plain.append(dates.published)
        updated = updated or dates.updated
    told = next(filter(None, plain), "")
    if told:
        return told
    if opening is not None and opening.published:
        return opening.published
    if opening is not None and opening.month_day and (updated or year):
        return datelines.with_year(opening.month_day, (updated or year)[:4])
    for index in foot:  # an unlabelled day down there may be a correction's, or another story's
        words = page.words(index)
        dates = datelines.line_dates(words) if page.kinds[index] == "date" else None
        if dates is not None and (dates.labelled or words.lower().startswith("date")):
            return dates.published
        updated = updated or (dates.updated if dates is not None else "")
    if not updated and page.is_transcript and page.title is not None:
        return datelines.find_date(page.words(page.title))
    return updated


def _names_and_paper(
    page: TextPage, head: Sequence[int], foot: Sequence[int], owner: str, url: str
) -> tuple[str, str]:
    """Return the byline's names and the outlet that it gives."""
    for name in ("author", "byline", "by"):
        if name in page.fields:
            found = bylines.byline("By " + page.fields[name].removeprefix("By "))
            return (found.names or page.fields[name] if found else page.fields[name]), ""
    title = -1 if page.title is None else page.title
    order = [*(i for i in head if i > title), *(i for i in head if i < title)]
    # "By Jane Doe" before "Jane Doe in Arlen", which may be a caption
    for index in sorted(order, key=lambda i: page.words(i)[:3].lower() != "by "):
        words = page.words(index)
        found = None
        if page.kinds[index] == "byline":
            found = bylines.byline(words)
        elif page.kinds[index] == "date":
            dates = datelines.line_dates(words)
            found = bylines.byline(dates.rest, bare=True) if dates and dates.rest else None
        elif page.is_transcript:
            continue  # names there are those who speak, and their places
        elif page.kinds[index] == "heading" and index > title >= 0 and _beside_date(page, index):
            found = bylines.byline(words, bare=True)
        if found is not None and (found.names or found.outlet):
            return found.names, found.outlet
    known = {owner, page.outlet, bylines.outlet_of(url), _masthead(page, url)} - {""}
    folded = frozenset(name.lower().removeprefix("the ") for name in known)
    for index in page.teaser:
        found = bylines.reporter_in(page.words(index), folded)
        if found is not None:
            return found.names, found.outlet
    for index in foot:
        words = page.words(index)
        found = bylines.credit(words) if page.kinds[index] == "credit" else None
        if page.kinds[index] == "byline":
            found = bylines.byline(words)
        if found is not None and found.names:
            return found.names, found.outlet
    return "", ""


def _beside_date(page: TextPage, index: int) -> bool:
    return any(
        0 <= other < len(page.kinds) and page.kinds[other] == "date"
        for other in (index - 1, index + 1)
    )


def _masthead(page: TextPage, url: str) -> str:
    """Return the outlet that a line of its own near the title gives; empty where none.

    It has a word of news in it, or is what the page's address is called ("The Lantern").
    """
    host = bylines.outlet_of(url).lower().replace(" ", "")
    for index in range(page.body_start):
        words = page.words(index)
        if page.kinds[index] != "heading" or index == page.title or len(words) > 60:
            continue
        bare = words.lower().removeprefix("the ").replace(" ", "")
        if bylines.is_outlet(words) or (host and bare == host):
            return words
    return ""
