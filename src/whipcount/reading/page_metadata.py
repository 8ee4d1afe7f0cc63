"""What an HTML page says of itself: JSON-LD, Open Graph and other meta tags, and its headings."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from whipcount.reading import bylines, datelines
from whipcount.reading.json_ld import articles_described
from whipcount.reading.paragraphs import plain_words

_TITLES = ("og:title", "headline", "parsely-title", "dc.title", "twitter:title", "title")
_DATES = (
    "article:published_time", "article:published", "datepublished", "og:article:published_time",
    "og:published_time", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created",
    "dcterms.issued", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "parsely-pub-date", "sailthru.date", "article.published", "citation_publication_date",
    "cxenseparse:recs:publishtime", "og:pubdate", "govuk:first-published-at",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author",
            "citation_author", "dcterms.creator", "og:article:author")  # fmt: skip
_AUTHORS_EACH = ("citation_author", "dc.creator", "article:author")
_SITES = ("og:site_name", "dc.publisher", "publisher", "article:publisher", "application-name")
_TITLE_SUFFIX = re.compile(r"\s+[|–—·•-]\s+|\s*\|\s*|:\s+")
_URL_DATE = re.compile(r"/((?:19|20|21)\d\d)[/-](\d\d)[/-](\d\d)(?:/|-|$)")
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author|writer|reporter)s?(?:$|[\s_-])", re.I)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|time|timestamp|published|posted|pubdate|meta)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)

_BY = re.compile(r"^(?:(?:posted|written|hosted|reported)\s+)?(?:by|von)\s+", re.IGNORECASE)

_BESIDE = re.compile(r"\s+[/|]\s+")

MOST_BYLINES = 400
"""Elements with a byline's class that are looked at; pages have a handful."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of itself; empty strings where it doesn't. `published` is an ISO day."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    description: str = ""


def page_metadata(tree: HtmlElement) -> PageMetadata:
    """Return what a page says of itself; JSON-LD of an article first, then meta tags, then tags."""
    data = next(articles_described(tree), {})
    meta = _meta(tree)
    url = _url(tree, meta, data)
    outlet = _first(meta, _SITES, lambda value: "://" not in value and not value.startswith("@"))
    outlet = outlet or _name(data.get("publisher"))
    element = tree.find(".//title")
    whole = words_of(element) if element is not None else ""
    outlet = outlet or _outlet_in_title(whole) or _copyright(tree) or bylines.outlet_of(url)
    return PageMetadata(
        title=_title(tree, data, meta, whole, outlet),
        outlet=outlet,
        byline=_authors(data.get("author"), outlet)
        or _repeated_authors(tree, outlet)
        or _meta_authors(meta, outlet),
        published=_day(_string(data.get("datePublished"))) or _published(meta, url),
        url=url,
        language=_language(tree, meta, data),
        description=plain_words(
            _string(data.get("description"))
            or _first(meta, ("og:description", "description", "twitter:description"))
        ),
    )


def words_of(element: HtmlElement) -> str:
    """Return an element's words with single spaces, as they are printed."""
    return " ".join("".join(element.itertext()).replace("\xad", "").split())


def _words_in(element: HtmlElement) -> Iterator[str]:
    return filter(None, map(str.strip, element.itertext()))


def marked_byline(scope: HtmlElement, outlet: str) -> str:
    """Return the names in what a page marks as its byline, or begins with "By"; else empty."""
    looked_at = 0
    for element in scope.iter("a", "address", "div", "p", "span", "li", "strong", "cite"):
        marks = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('rel', '')}"
        if marks == "  " or not _BYLINE_CLASS.search(marks):
            continue
        looked_at += 1
        if looked_at > MOST_BYLINES:
            break
        found = checked_name(words_of(element), outlet)
        if found:
            return found
    for element in itertools.islice(scope.iter("p", "div", "span", "li"), MOST_BYLINES):
        if len(element) > 3 or next(_words_in(element), "")[:1].lower() != "b":
            continue
        words = words_of(element)
        if len(words) <= 160 and words[:3].lower() == "by ":
            found = checked_name(words, outlet)
            if found:
                return found
    return ""


def marked_day(scope: HtmlElement) -> str:
    """Return the day of the first `<time>`, or element marked as date; empty where none."""
    for element in scope.iter("time", "meta", "abbr", "span"):
        if element.tag == "time":
            day = _day(element.get("datetime", "")) or _day(words_of(element))
        elif element.tag == "abbr" and _DATE_CLASS.search(element.get("class", "")):
            day = _day(element.get("title", ""))
        elif element.get("itemprop") and "datepublished" in element.get("itemprop").lower():
            day = _day(element.get("content") or element.get("title") or words_of(element))
        else:
            continue
        if day:
            return day
    for element in scope.iter("p", "div", "span", "li", "small"):
        if _DATE_CLASS.search(element.get("class", "")):
            dates = datelines.line_dates(plain_words(words_of(element)))
            if dates is not None and dates.published:
                return dates.published
    return ""


def without_outlet(title: str, outlet: str) -> str:
    """Return a title without the outlet's name at its end or beginning ("… | Harbour Courier")."""
    if not outlet:
        return title
    pieces = list(_TITLE_SUFFIX.finditer(title))
    bare = _bare(outlet)
    for match in pieces:
        if _bare(title[match.end() :]) == bare:
            return title[: match.start()]
        if _bare(title[: match.start()]) == bare:
            return title[match.end() :]
    return title


def _bare(name: str) -> str:
    return re.sub(r"^the |[^\w]|\.(?:com|org|net)$", "", name.lower())


def _title(
    tree: HtmlElement, data: dict[str, Any], meta: dict[str, str], whole: str, outlet: str
) -> str:
    """Return the title as readers see it: a heading, not the site's name; else what is said."""
    told = [
        without_outlet(" ".join(html.unescape(words).split()), outlet)
        for words in (_string(data.get("headline")), _first(meta, _TITLES), whole)
        if words
    ]
    headings = [
        words
        for words in (words_of(element) for element in tree.iter("h1"))
        if words and _bare(words) != _bare(outlet) and len(words) <= 300
    ]
    for words in headings:
        if any(_bare(words) == _bare(title) for title in told):
            return words
    if len(headings) == 1:
        return headings[0]
    if told and not headings:
        return _heading_within(tree, told[0]) or told[0]
    return told[0] if told else (headings[0] if headings else "")


def _heading_within(tree: HtmlElement, title: str) -> str:
    """Return the part of a title that the page prints as a heading; empty where none is.

    Pages without `<h1>` have the site's name before or after it in `<title>`.
    """
    parts = _TITLE_SUFFIX.split(title)
    wanted = {_bare(part): part for part in parts} if len(parts) > 1 else {}
    return next(
        (
            wanted[_bare(words_of(element))]
            for element in (tree.iter("h2", "h3") if wanted else ())
            if _bare(words_of(element)) in wanted
        ),
        "",
    )


def _outlet_in_title(title: str) -> str:
    pieces = _TITLE_SUFFIX.split(title)
    ends = (pieces[-1], pieces[0]) if len(pieces) > 1 else ()
    return next((piece for piece in ends if bylines.is_outlet(piece)), "")


def _copyright(tree: HtmlElement) -> str:
    for footer in tree.iter("footer"):
        name, _ = bylines.copyright_outlet(plain_words(words_of(footer)))
        if name:
            return name
    return ""


def _url(tree: HtmlElement, meta: dict[str, str], data: dict[str, Any]) -> str:
    links = [
        element.get("href", "")
        for element in tree.iter("link")
        if "canonical" in element.get("rel", "").lower().split()
    ]
    entity = data.get("mainEntityOfPage")
    base = tree.find(".//base")
    said = [
        *links,
        meta.get("og:url", ""),
        _string(data.get("url")),
        _string(entity if isinstance(entity, str) else (entity or {}).get("@id"))
        if isinstance(entity, str | dict)
        else "",
        meta.get("twitter:url", ""),
    ]
    origin = next((url for url in said if _is_web(url)), "")
    if not origin and base is not None:
        origin = base.get("href", "")
    for url in filter(None, (url.strip() for url in said)):
        whole = _joined(origin, url)
        if _is_web(whole):
            return whole
    return ""


def _joined(origin: str, url: str) -> str:
    try:
        return urljoin(origin, url)
    except ValueError:
        return ""


def _is_web(url: str) -> bool:
    return re.match(r"https?://[^\s/]+", url.strip(), re.IGNORECASE) is not None


def _published(meta: dict[str, str], url: str) -> str:
    for name in _DATES:
        day = _day(meta.get(name, ""))
        if day:
            return day
    match = _URL_DATE.search(url)
    return datelines.find_date("-".join(match.groups())) if match else ""


def _day(said: str) -> str:
    """Return the day as it is written, in the page's own time zone."""
    return datelines.find_date(said[:100].strip())


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Return the meta tags by name or property, lower case; the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        name = name or element.get("http-equiv", "")
        content = " ".join(element.get("content", "").split())
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...], fits: Any = bool) -> str:
    return next((meta[name] for name in names if name in meta and fits(meta[name])), "")


def _language(tree: HtmlElement, meta: dict[str, str], data: dict[str, Any]) -> str:
    root = tree if tree.tag == "html" else tree.find(".//html")
    said = (root.get("lang") or root.get("xml:lang") or "") if root is not None else ""
    return (
        said
        or _string(data.get("inLanguage"))
        or meta.get("content-language", "")
        or meta.get("og:locale", "")
    )


def _meta_authors(meta: dict[str, str], outlet: str) -> str:
    for name in _AUTHORS:
        found = checked_name(meta.get(name, ""), outlet)
        if found:
            return found
    return ""


def _repeated_authors(tree: HtmlElement, outlet: str) -> str:
    """Return the names of authors that a page gives a tag each, as scholarly pages do."""
    said = (
        element.get("content", "")
        for element in tree.iter("meta")
        if (element.get("name") or element.get("property") or "").lower() in _AUTHORS_EACH
    )
    names = [name for name in (checked_name(one, outlet) for one in said) if name]
    return bylines.join_names(names) if len(names) > 1 else ""


def _authors(said: Any, outlet: str) -> str:
    """Return the names of JSON-LD's authors; organisations are no byline."""
    names = []
    for author in said if isinstance(said, list) else [said]:
        if isinstance(author, dict) and "organization" in str(author.get("@type", "")).lower():
            continue
        name = author.get("name") if isinstance(author, dict) else author
        for one in name if isinstance(name, list) else [name]:
            checked = checked_name(_string(one), outlet)
            if checked:
                names.append(checked)
    return bylines.join_names(names)


def checked_name(said: str, outlet: str) -> str:
    """Return a byline as it is printed; empty where it is an address, a handle or the outlet."""
    said = plain_words(html.unescape(said))
    said = _BY.sub("", said).strip(" ,;|")
    if not 2 < len(said) <= 160 or "://" in said or said.startswith(("@", "www.")) or "@" in said:
        return ""
    if _bare(said) == _bare(outlet) or (outlet and said.startswith(f"{outlet} ")):
        return ""
    dates = datelines.line_dates(said)
    first = _BESIDE.split(said, maxsplit=1)[0]  # "Jane Doe / HW / Updated: 4 March 2031"
    for words in dict.fromkeys((said, first) if dates is None else (said, first, dates.rest)):
        found = bylines.byline(f"By {words}")
        if found is not None and found.names:
            return found.names
    return ""


def _name(said: Any) -> str:
    if isinstance(said, list):
        said = said[0] if said else ""
    return plain_words(_string(said.get("name") if isinstance(said, dict) else said))


def _string(said: Any) -> str:
    return html.unescape(said) if isinstance(said, str) else ""
