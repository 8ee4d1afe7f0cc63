"""The layout of a plain-text page: which of its paragraphs are title, teaser, article, or neither.

From the top: menus, the title, dates and bylines with the teaser between them, the article, and what
comes after it. Each is found by its kind (`boilerplate.kind_of`) and its place, not by its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from whipcount.model import Span
from whipcount.offsets import trim
from whipcount.reading import bylines, datelines
from whipcount.reading.articles import Layout
from whipcount.reading.boilerplate import Kind, is_section, kind_of
from whipcount.reading.paragraphs import Paragraph, paragraphs

LEAST_WORDS = 6
"""Words of the shortest sentence by which an article's beginning is known; menus and notices have
shorter ones ("All clear?"). Where a page has no such sentence, any sentence counts."""

MOST_TEASER = 700
"""Code points of teaser at most; standfirsts have up to some 350, twice over to be safe."""

MOST_TITLE_WORDS = 22
"""Words of the longest title. Titles of PolNeAR's train texts end at 19."""

FARTHEST_TITLE = 300
"""Paragraphs between title and article at most; menus have been seen with some 150 lines."""

_FIELD = re.compile(
    r"^(?P<name>title|headline|date|published|author|byline|by|url|link|source|outlet|publication|"
    r"publisher|newspaper|site)\s*:\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+[|–—-]\s+(?=[^|–—]{2,40}$)")
_STRONG: frozenset[Kind] = frozenset({"date", "byline", "url"})
_SKIPPED: frozenset[Kind] = frozenset({"caption", "menu", "notice", "link", "item"})
_IN_ARTICLE: frozenset[Kind] = frozenset({"prose", "heading", "item"})


@dataclass(slots=True)
class _Page:
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

    def words(self, index: int) -> str:
        return self.paragraphs[index].words


def layout(text: str) -> Layout:
    """Return the layout of a plain text; an empty body where it holds no sentence."""
    found = paragraphs(text)
    page = _Page(text, found, [kind_of(paragraph.words) for paragraph in found])
    first_line = _read_fields(page)
    first = _first_sentence(page, first_line)
    if first is None:
        return Layout(body=())
    first = _find_title(page, first_line, first)
    _find_teaser(page, first_line, first)
    page.body = _body(page)
    return _described(page)


def _read_fields(page: _Page) -> int:
    """Read lines such as "Title: …" at the top; return the first paragraph after them."""
    index = 0
    spans: dict[str, Span] = {}
    for index, paragraph in enumerate(page.paragraphs):  # noqa: B007
        match = _FIELD.match(paragraph.words) if len(paragraph.words) <= 300 else None
        if match is None and not re.fullmatch(r"\W+", paragraph.words):
            break
        if match is not None:
            page.fields.setdefault(match["name"].lower(), match["value"])
            colon = page.text.index(":", paragraph.span.start)
            spans[match["name"].lower()] = trim(page.text, colon + 1, paragraph.span.end)
    if len(page.fields) < 2:
        page.fields.clear()
        return 0
    page.title_span = spans.get("title") or spans.get("headline")
    return index


def _first_sentence(page: _Page, start: int) -> int | None:
    prose = [index for index in range(start, len(page.kinds)) if page.kinds[index] == "prose"]
    for index in prose:
        if page.words(index).count(" ") + 1 >= LEAST_WORDS:
            return index
    sentences = (index for index in prose if any(c.isalpha() for c in page.words(index)))
    return next(sentences, None)


def _find_title(page: _Page, start: int, first: int) -> int:
    """Find the title; return the first sentence that isn't it."""
    if page.title_span is not None:
        return first
    start = max(start, first - FARTHEST_TITLE)
    candidates = [index for index in range(start, first) if page.kinds[index] == "heading"]
    following = _next_prose(page, first)
    if following is not None and _could_be_title(page, first):
        candidates.append(first)
    repeated = _repeated(page, candidates)
    best, best_score = None, 0
    for index in candidates:
        score = _title_score(page, index, first, repeated)
        if score > best_score:
            best, best_score = index, score
    if best is None:
        return first
    page.title = best
    page.title_span = page.paragraphs[best].span
    _strip_outlet(page, repeated.get(best, ""))
    return following if best == first and following is not None else first


def _could_be_title(page: _Page, index: int) -> bool:
    """Return whether a sentence could be a title: one, short, apart, nobody's quotation."""
    words = page.words(index)
    return (
        words.count(" ") < MOST_TITLE_WORDS
        and page.paragraphs[index].gap
        and (page.paragraphs[index + 1].gap or page.kinds[index + 1] in _STRONG)
        and not re.search(r"[.!?]\s+[A-Z\"]", re.sub(r"\b[A-Z][a-z]{0,3}\.", "", words))
        and datelines.dateline(words) is None
        and not re.search(r"\b(?:said|told)\b[^,]*\.$", words)
        and not words.endswith((",", ":", ";"))
    )


def _title_score(page: _Page, index: int, first: int, repeated: dict[int, str]) -> int:
    """Return how much speaks for a line being the title; 0 or less where it can't be.

    The weights only order the candidates of a page; they were set by hand on pages of our own
    and checked on the titles of PolNeAR's train texts.
    """
    words = page.words(index)
    count = words.count(" ") + 1
    if count > MOST_TITLE_WORDS + 8:
        return 0
    masthead = index + 1 < first and bylines.is_outlet(words) and count <= 4
    after = page.paragraphs[index + 1].gap if index + 1 < len(page.paragraphs) else True
    between = page.kinds[index + 1 : first]
    near = all(kind in _STRONG | _SKIPPED for kind in between if kind != "heading")
    score = 1 + 3 * (4 <= count <= MOST_TITLE_WORDS) + (count == 3) - (count == 1)
    score += page.paragraphs[index].gap + after + 4 * (index in repeated) - 4 * masthead
    score += 2 * (near and between.count("heading") <= 2)
    score += any(kind in ("date", "byline") for kind in page.kinds[index + 1 : index + 3])
    if index == first:
        score -= 1 + words.endswith(".") * (1 if any(k == "heading" for k in page.kinds[:first]) else 0)
    return score


def _repeated(page: _Page, candidates: Sequence[int]) -> dict[int, str]:
    """Return which candidates begin another's line, with what that line adds: an outlet's name."""
    seen: dict[str, int] = {}
    tails: dict[str, str] = {}
    for index in candidates:
        words = page.words(index)
        parts = _SUFFIX.split(words, maxsplit=1)
        for head in {words, parts[0]}:
            seen[head] = seen.get(head, 0) + 1
        if len(parts) == 2:
            tails[parts[0]] = parts[1]
    return {
        index: tails.get(page.words(index), "")
        for index in candidates
        if seen[page.words(index)] > 1 and page.words(index).count(" ") >= 2
    }


def _strip_outlet(page: _Page, tail: str) -> None:
    """Take an outlet's name off the title's end ("… | The Harbour Courier")."""
    page.outlet = tail if tail and not datelines.find_date(tail) else ""
    if page.title is None or page.title_span is None:
        return
    parts = _SUFFIX.split(page.words(page.title), maxsplit=1)
    if len(parts) == 2 and (bylines.is_outlet(parts[1]) or parts[1] in _lines_around(page)):
        page.outlet = parts[1]
        place = [match.start() for match in re.finditer(r"[|–—-]", page.text[slice(*page.title_span)])]
        start = page.title_span.start
        page.title_span = trim(page.text, start, start + place[-1])


def _lines_around(page: _Page) -> set[str]:
    return {paragraph.words for paragraph in page.paragraphs if len(paragraph.words) <= 40}


def _find_teaser(page: _Page, start: int, first: int) -> None:
    """Find where the article's own text begins, and the teaser before it.

    What stands between the title and the last date, byline or address before the article is the
    teaser; so is a heading right after the title.
    """
    after_title = start if page.title is None else page.title + 1
    last, seen, teaser, length = None, 0, [], 0
    for index in range(after_title, len(page.kinds)):
        kind = page.kinds[index]
        if kind in _STRONG and (kind != "url" or seen or index <= first):
            last = index
        elif kind == "prose":
            seen += 1
            length += len(page.words(index))
            if seen > 2 or length > MOST_TEASER:
                break
        elif kind not in _SKIPPED and not (kind == "heading" and not seen):
            break
    page.body_start = first
    if last is not None and last > first:
        following = _next_prose(page, last)
        rest = sum(len(page.words(i)) for i in range(last, len(page.kinds)) if page.kinds[i] == "prose")
        if following is None or rest < length / 2:
            last = None
        else:
            page.body_start = following
    end = last if last is not None and last > first else min(first, len(page.kinds))
    if page.title is not None or page.title_span is not None:
        teaser = [
            index
            for index in range(after_title, end)
            if page.kinds[index] == "prose" or _is_standfirst(page, index)
        ]
    elif end > first:
        teaser = [index for index in range(first, end) if page.kinds[index] == "prose"]
    page.teaser = teaser


def _is_standfirst(page: _Page, index: int) -> bool:
    words = page.words(index)
    return (
        page.kinds[index] == "heading"
        and words.count(" ") >= 5
        and not is_section(words)
        and words != (page.words(page.title) if page.title is not None else "")
    )


def _next_prose(page: _Page, index: int) -> int | None:
    later = (i for i in range(index + 1, len(page.kinds)) if page.kinds[i] == "prose")
    return next(later, None)


def _body(page: _Page) -> list[int]:
    """Return the article's own paragraphs, sub-headings among them."""
    kept: list[int] = []
    index = page.body_start
    in_list = False
    while index < len(page.kinds):
        kind = page.kinds[index]
        if kind == "ender":
            resumed = _resumes(page, index)
            if resumed is None:
                break
            index = resumed
            continue
        if kind == "item":
            in_list = in_list or (bool(kept) and page.words(kept[-1]).endswith(":"))
            if in_list or page.words(index).count(" ") >= 6:
                kept.append(index)
        elif kind in _IN_ARTICLE:
            in_list = False
            kept.append(index)
        index += 1
    return _without_link_lists(page, kept)


def _resumes(page: _Page, ender: int) -> int | None:
    """Return where the article goes on after a box of related stories; None where it doesn't.

    It does at two paragraphs of prose in a row, or a long one or one with a quotation that no
    heading follows; cards of other stories are a heading and a sentence each. Also returns the next
    heading of that sort, from which to look on.
    """
    for index in range(ender + 1, len(page.kinds)):
        if page.kinds[index] == "ender":
            return index
        if page.kinds[index] != "prose":
            continue
        following = page.kinds[index + 1] if index + 1 < len(page.kinds) else "menu"
        if following == "prose":
            return index
        words = page.words(index)
        if following != "heading" and (len(words) >= 200 or '"' in words):
            return index
    return None


def _without_link_lists(page: _Page, kept: list[int]) -> list[int]:
    """Leave out runs of three headings and more, and those with no sentence after them."""
    found: list[int] = []
    run: list[int] = []
    for index in kept:
        if page.kinds[index] == "heading":
            run.append(index)
            continue
        if len(run) < 3:
            found += run
        run = []
        found.append(index)
    return found


def _described(page: _Page) -> Layout:
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
        or _masthead(page)
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


_OUTLET_FIELDS = ("outlet", "publication", "newspaper", "publisher", "site")


def _url(page: _Page, head: Sequence[int], foot: Sequence[int]) -> str:
    found = [
        bylines.first_url(page.words(index) if "://" in page.words(index) else "")
        for index in (*reversed(head), *foot)
        if page.kinds[index] == "url"
    ]
    source = page.fields.get("source", "")
    found.insert(0, bylines.first_url(source))
    return next((url for url in found if url and not bylines.is_platform(url)), "")


def _opening(page: _Page) -> datelines.Dateline | None:
    for index in (*page.teaser[:1], *page.body[:1]):
        found = datelines.dateline(page.words(index))
        if found is not None:
            return found
    return None


def _published(
    page: _Page,
    head: Sequence[int],
    foot: Sequence[int],
    opening: datelines.Dateline | None,
    year: str,
) -> str:
    """Return the day of publication: labelled, beside the title, above it, of the dateline, below."""
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
    for index in foot:
        dates = datelines.line_dates(page.words(index)) if page.kinds[index] == "date" else None
        if dates is not None and (dates.published or dates.updated):
            return dates.published or dates.updated
    return updated


def _names_and_paper(
    page: _Page, head: Sequence[int], foot: Sequence[int], owner: str, url: str
) -> tuple[str, str]:
    """Return the byline's names and the outlet that it gives."""
    for name in ("author", "byline", "by"):
        if name in page.fields:
            found = bylines.byline("By " + page.fields[name].removeprefix("By "))
            return (found.names or page.fields[name] if found else page.fields[name]), ""
    title = -1 if page.title is None else page.title
    for index in (*(i for i in head if i > title), *(i for i in head if i < title)):
        words = page.words(index)
        found = None
        if page.kinds[index] == "byline":
            found = bylines.byline(words)
        elif page.kinds[index] == "date":
            dates = datelines.line_dates(words)
            found = bylines.byline(dates.rest, bare=True) if dates and dates.rest else None
        elif page.kinds[index] == "heading" and index > title >= 0 and _beside_date(page, index):
            found = bylines.byline(words, bare=True)
        if found is not None and (found.names or found.outlet):
            return found.names, found.outlet
    known = {owner, page.outlet, bylines.outlet_of(url), _masthead(page)} - {""}
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


def _beside_date(page: _Page, index: int) -> bool:
    return any(
        0 <= other < len(page.kinds) and page.kinds[other] == "date" for other in (index - 1, index + 1)
    )


def _masthead(page: _Page) -> str:
    """Return the outlet that a line above the title gives, or one of its own beside it."""
    for index in range(page.body_start):
        words = page.words(index)
        if page.kinds[index] == "heading" and index != page.title and bylines.is_outlet(words):
            return words
    return ""
