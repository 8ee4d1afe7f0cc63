"""The layout of a plain-text page: which of its paragraphs are title, teaser, article, or neither.

From the top: menus, the title, dates and bylines with the teaser between them, the article, and
what comes after it. Each is found by its kind (`boilerplate.kind_of`) and its place, not its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whipcount.model import Span
from whipcount.offsets import trim
from whipcount.reading import bylines, datelines
from whipcount.reading.articles import Layout
from whipcount.reading.boilerplate import Kind, is_section, kind_of
from whipcount.reading.paragraphs import is_terminated, paragraphs
from whipcount.reading.text_metadata import TextPage, described

LEAST_WORDS = 6
"""Words of the shortest sentence by which an article's beginning is known; menus and notices have
shorter ones ("All clear?"). Where a page has no such sentence, any sentence counts."""

MOST_TEASER = 700
"""Code points of teaser at most: two long paragraphs. Chosen, not swept."""

MOST_TITLE_WORDS = 22
"""Words of the longest title that ends as a sentence does. Of the titles found with it in PolNeAR's
840 train texts six have 19 words or more, and one has 22."""

FARTHEST_TITLE = 300
"""Paragraphs between title and article at most, so that pages of menus are read in linear time.
Chosen, not swept: far more than menus have lines."""

FEWEST_TURNS = 3
"""Paragraphs that begin with a speaker in capitals, "MR PARR:" or "Q:", in a transcript at least;
of names above their words, with a constituency in brackets, one less. Chosen, not swept."""

_ABOVE = re.compile(r"[A-Z][^.:;?!()]{2,80}\([^()]{2,60}\)(?: \([^()]{2,60}\))*$")
_TURN = re.compile(r"(?:[A-Z][A-Z.'-]*(?: [A-Z][A-Z.'-]*){0,4}):\s+\S")
_FIELD = re.compile(
    r"^(?P<name>title|headline|date|published|author|byline|by|url|link|source|outlet|publication|"
    r"publisher|newspaper|site)\s*:\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+[|–—-]\s+(?=[^|–—]{2,40}$)")
_TWO_SENTENCES = re.compile(r"[.!?]\s+[A-Z\"]")
_ABBREVIATION = re.compile(r"\b[A-Z][a-z]{0,3}\.")
_SAID = re.compile(r"\b(?:said|told)\b[^,]*\.$")
_STRONG: frozenset[Kind] = frozenset({"date", "byline", "url"})
_SKIPPED: frozenset[Kind] = frozenset({"caption", "menu", "notice", "link", "item"})
_IN_ARTICLE: frozenset[Kind] = frozenset({"prose", "heading", "item"})


def layout(text: str, headline: Span | None = None) -> Layout:
    """Return the layout of a plain text; an empty body where it holds no sentence.

    `headline` is the paragraph that is the title, where the page's format tells.
    """
    found = paragraphs(text)
    kinds = [kind_of(paragraph.words) for paragraph in found]
    for index in range(1, len(kinds)):  # "Image caption," with the caption on the next line
        label = found[index - 1].words.lower().rstrip(",:")
        if label in ("image caption", "caption") and kinds[index] == "heading":
            kinds[index] = "caption"
    page = TextPage(text, found, kinds)
    turns = sum(_TURN.match(paragraph.words) is not None for paragraph in found)
    page.is_transcript = turns >= FEWEST_TURNS or _speakers_above(page) >= FEWEST_TURNS - 1
    first_line = _read_fields(page)
    if headline is not None:
        page.title_span = headline
        page.title = next(
            (n for n, one in enumerate(found) if one.span.end > headline.start), len(found) - 1
        )
        first_line = max(first_line, page.title + 1)
    first = _first_sentence(page, first_line, LEAST_WORDS if headline is None else 1)
    if first is None:
        return Layout(body=())
    first = _find_title(page, first_line, first)
    _find_teaser(page, first_line, first)
    words = [paragraph.words for paragraph in page.paragraphs]
    if page.is_transcript and page.body_start and _is_speaker(page, page.body_start - 1):
        page.body_start -= 1
    page.body = article_paragraphs(page.kinds, words, page.body_start)
    return described(page)


def _speakers_above(page: TextPage) -> int:
    return sum(_is_speaker(page, index) for index in range(len(page.kinds)))


def _is_speaker(page: TextPage, index: int) -> bool:
    """Return whether a line is who speaks below it, as in Hansard: "Ann Light (Torvel North)"."""
    return page.kinds[index] == "heading" and _ABOVE.match(page.words(index)) is not None


def _read_fields(page: TextPage) -> int:
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


def _first_sentence(page: TextPage, start: int, least: int) -> int | None:
    prose = [index for index in range(start, len(page.kinds)) if page.kinds[index] == "prose"]
    for index in prose:
        if page.words(index).count(" ") + 1 >= least:
            return index
    sentences = (index for index in prose if any(c.isalpha() for c in page.words(index)))
    return next(sentences, None)


def _find_title(page: TextPage, start: int, first: int) -> int:
    """Find the title; return the first sentence that isn't it."""
    if page.title_span is not None:
        return first
    start = max(start, first - FARTHEST_TITLE)
    candidates = [
        index
        for index in range(start, first + 1)
        if page.kinds[index] == "heading"
        or (page.kinds[index] == "prose" and _could_be_title(page, index))
    ]
    repeated = _repeated(page, candidates)
    best, best_score = None, 0
    for index in candidates:
        score = _title_score(page, index, first, repeated)
        if score > best_score:
            best, best_score = index, score
    if best is None:
        while first > start and page.kinds[first - 1] == "prose":
            first -= 1
        return first
    page.title = best
    page.title_span = page.paragraphs[best].span
    _strip_outlet(page, repeated.get(best, ""))
    following = _next_prose(page, best)
    return first if following is None else following


def _could_be_title(page: TextPage, index: int) -> bool:
    """Return whether a sentence could be a title: short, apart, nobody's quotation.

    It is one sentence, or has the capitals of a title, and other sentences follow it.
    """
    words = page.words(index)
    if not 0 < words.count(" ") < MOST_TITLE_WORDS or words.endswith((",", ":")):
        return False
    if not page.paragraphs[index].gap or _next_prose(page, index) is None:
        return False
    if not (page.paragraphs[index + 1].gap or page.kinds[index + 1] in _STRONG or words[-1] == ";"):
        return False
    if datelines.dateline(words) is not None or _SAID.search(words):
        return False
    return _has_capitals(words) or _TWO_SENTENCES.search(_ABBREVIATION.sub("", words)) is None


def _has_capitals(words: str) -> bool:
    """Return whether words are written as titles are in America: capitals throughout."""
    longer = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return bool(longer) and sum(word[0].isupper() for word in longer) >= 0.7 * len(longer)


def _title_score(page: TextPage, index: int, first: int, repeated: dict[int, str]) -> int:
    """Return how much speaks for a line being the title; 0 or less where it can't be.

    The weights only order the candidates of a page; they were set by hand on pages of our own
    and on the titles of PolNeAR's train texts (docs/reading.md has the figures).
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
    score += 3 * (page.is_transcript and datelines.OCCASION.search(words) is not None)
    if index == first:
        score -= 1 + words.endswith(".") * (
            1 if any(k == "heading" for k in page.kinds[:first]) else 0
        )
    return score


def _repeated(page: TextPage, candidates: Sequence[int]) -> dict[int, str]:
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


def _strip_outlet(page: TextPage, tail: str) -> None:
    """Take an outlet's name off the title's end ("… | The Harbour Courier")."""
    page.outlet = tail if tail and not datelines.find_date(tail) else ""
    if page.title is None or page.title_span is None:
        return
    parts = _SUFFIX.split(page.words(page.title), maxsplit=1)
    is_name = len(parts) == 2 and not datelines.find_date(parts[1])
    if is_name and (bylines.is_outlet(parts[1]) or parts[1] in _lines_around(page)):
        page.outlet = parts[1]
        place = [
            match.start() for match in re.finditer(r"[|–—-]", page.text[slice(*page.title_span)])
        ]
        start = page.title_span.start
        page.title_span = trim(page.text, start, start + place[-1])


def _lines_around(page: TextPage) -> set[str]:
    return {paragraph.words for paragraph in page.paragraphs if len(paragraph.words) <= 40}


def _find_teaser(page: TextPage, start: int, first: int) -> None:
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
        rest = sum(
            len(page.words(i)) for i in range(last, len(page.kinds)) if page.kinds[i] == "prose"
        )
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


def _is_standfirst(page: TextPage, index: int) -> bool:
    """Return whether a line without a full stop is the teaser: right under the title."""
    words = page.words(index)
    title = index - 1 if page.title is None else page.title
    return (
        page.kinds[index] == "heading"
        and all(kind in _STRONG for kind in page.kinds[title + 1 : index])
        and words.count(" ") >= 5
        and not is_section(words)
        and words != (page.words(page.title) if page.title is not None else "")
    )


def _next_prose(page: TextPage, index: int) -> int | None:
    later = (i for i in range(index + 1, len(page.kinds)) if page.kinds[i] == "prose")
    return next(later, None)


def article_paragraphs(kinds: Sequence[Kind], words: Sequence[str], start: int) -> list[int]:
    """Return which paragraphs from `start` on are the article's, sub-headings among them.

    Left out are boilerplate, boxes of related stories, what follows such a box at the end, runs of
    three headings and more (they are links), and headings with no sentence after them.
    """
    kept: list[int] = []
    index = start
    while index < len(kinds):
        kind = kinds[index]
        if kind == "ender":
            resumed = _resumes(kinds, words, index)
            if resumed is None:
                break
            index = resumed
            continue
        if kind == "end":
            if _is_over(kinds, words, kept, index):
                break
            if words[index].startswith("About"):  # a sub-heading
                kept.append(index)
        if kind in _IN_ARTICLE:
            kept.append(index)
        index += 1
    return _without_link_lists(kinds, words, kept)


def _is_over(kinds: Sequence[Kind], words: Sequence[str], kept: list[int], end: int) -> bool:
    """Return whether a press release is over at the mark that ends one.

    It is where what follows is no longer than what was before; and after "About the League" where
    the next paragraph begins with that name, which says who they are.
    """
    rest = [index for index in range(end + 1, len(kinds)) if kinds[index] == "prose"]
    before = sum(len(words[index]) for index in kept)
    if not before or sum(len(words[index]) for index in rest) > before:
        return False
    if not words[end].startswith("About "):
        return True
    name = words[end].removeprefix("About ").removeprefix("the ").casefold()
    return bool(rest) and words[rest[0]].casefold().removeprefix("the ").startswith(name)


def _resumes(kinds: Sequence[Kind], words: Sequence[str], ender: int) -> int | None:
    """Return where the article goes on after a box of related stories; None where it doesn't.

    It does at two paragraphs of prose in a row, or a long one or one with a quotation that no
    heading follows; cards of other stories are a heading and a sentence each. Also returns the next
    heading of that sort, from which to look on.
    """
    for index in range(ender + 1, len(kinds)):
        if kinds[index] == "ender":
            return index
        if kinds[index] != "prose":
            continue
        following = kinds[index + 1] if index + 1 < len(kinds) else "menu"
        if following == "prose":
            return index
        if following != "heading" and (len(words[index]) >= 200 or '"' in words[index]):
            return index
    return None


def _without_link_lists(kinds: Sequence[Kind], words: Sequence[str], kept: list[int]) -> list[int]:
    found: list[int] = []
    run: list[int] = []
    in_list = False
    for index in kept:
        before = words[found[-1]] if found and not run else ""
        if kinds[index] == "item":
            in_list = in_list or before.endswith(":")
            # a list's item, a sentence, or the name after a quotation ("- Jane Doe")
            own = in_list or is_terminated(words[index]) or before.endswith('"')
        else:
            in_list = False
            own = kinds[index] == "prose"
        if not own:
            run.append(index)
            continue
        if len(run) < 3:
            found += run
        run = []
        found.append(index)
    return found
