"""How faithfully HTML is read, and how fast, beside bare trafilatura on the same pages.

    python -m benchmarks.reading [--pages] [--write]

The pages and what a person reads in them are in `benchmarks/pages` (GUIDELINES.md there says how
they were labelled). Precision and recall are of words, each page's counting the same; a paragraph
is right when it is the same to the character. Marks are the words with a quotation mark at them;
order is the share of the right paragraphs that stand in the page's order. Speed is processor time
of the pages as they are and with menus, footers and scripts around them, as sites have them: the
ways of reading take turns, what whipcount keeps of pages is forgotten before each turn, and the
median of the rounds' ratios is told. trafilatura gives the text alone, and then what whipcount
gives too: title, day and byline. `--pages` lists what each page lost and gained; `--write` puts the
tables into docs/quality.md.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction
from trafilatura.settings import Document

from benchmarks.quality import write_table
from whipcount.reading import boilerplate, boxes, read_bytes
from whipcount.reading.extraction import PART_OF

PAGES = Path(__file__).parent / "pages"
ROUNDS = 11
SIZES = {"as they are": 0.0, "with menus and scripts": 0.2, "with more of them": 1.0}
YEAR, PAST = "2031", "2023"
MARKS = "\"'“”‘’„«»"


@dataclass(frozen=True)
class Page:
    """A page, and what a person reads in it."""

    name: str
    html: str
    gold: dict[str, Any]

    @property
    def paragraphs(self) -> list[str]:
        return [words for words in (self.gold["teaser"], *self.gold["paragraphs"]) if words]


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a page: paragraphs with the teaser, and metadata."""

    paragraphs: list[str]
    title: str
    published: str
    byline: str


def pages() -> list[Page]:
    """Return all pages, by name."""
    return [
        Page(
            path.stem,
            path.read_text(encoding="utf-8"),
            tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8")),
        )
        for path in sorted(PAGES.glob("*.html"))
    ]


def ours(page: Page) -> Reading:
    """Return what whipcount reads."""
    articles = read_bytes(page.html.encode(), f"{page.name}.html")
    found = []
    for article in articles:
        headline = article.headline
        text = article.text[0 if headline is None else headline.end :]
        found += [words for words in text.split(PART_OF) if words]
    first = articles[0]
    return Reading(found, first.title, first.published, first.byline)


def theirs(page: Page) -> Reading:
    """Return what trafilatura reads, without comments.

    It takes no day for real that is still to come, so the pages' year becomes another for it.
    """
    html = page.html.replace(YEAR, PAST)
    found = bare_extraction(html, include_comments=False, with_metadata=True)
    if not isinstance(found, Document):
        return Reading([], "", "", "")
    lines = (line.strip().removeprefix("- ") for line in (found.text or "").split("\n"))
    return Reading(
        [re.sub(r"^\| | \|$", "", line).replace(PAST, YEAR) for line in lines if line],
        (found.title or "").replace(PAST, YEAR),
        (found.date or "").replace(PAST, YEAR),
        found.author or "",
    )


@dataclass(frozen=True)
class Score:
    """Of one page: precision and recall of words, counts of the rest."""

    precision: float
    recall: float
    right: int
    found: int
    wanted: int
    in_order: int
    marks_right: int
    marks: int
    title: bool
    published: bool
    byline: bool


def scored(page: Page, read: Reading) -> Score:
    """Return how well a page was read."""
    wanted, found = _words(page.paragraphs), _words(read.paragraphs)
    both = sum((wanted & found).values())
    places = [page.paragraphs.index(words) for words in read.paragraphs if words in page.paragraphs]
    marked = Counter({word: count for word, count in wanted.items() if set(word) & set(MARKS)})
    gold = page.gold
    return Score(
        precision=both / max(found.total(), 1),
        recall=both / wanted.total(),
        right=sum((Counter(page.paragraphs) & Counter(read.paragraphs)).values()),
        found=len(read.paragraphs),
        wanted=len(page.paragraphs),
        in_order=_longest_rise(places),
        marks_right=sum((marked & found).values()),
        marks=marked.total(),
        title=_plain(read.title) == _plain(gold["title"]),
        published=read.published == gold["published"],
        byline=_names(read.byline) == _names(gold["byline"]),
    )


def _words(paragraphs: Iterable[str]) -> Counter[str]:
    return Counter(word for words in paragraphs for word in words.split())


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _names(byline: str) -> frozenset[str]:
    """Return names however they are strung together."""
    return frozenset(
        name.strip().casefold() for name in re.split(r";|,| and ", byline) if name.strip()
    )


def _longest_rise(places: Sequence[int]) -> int:
    """Return the length of the longest part of a sequence, gaps allowed, that only rises."""
    longest: list[int] = []
    for place, value in enumerate(places):
        before = [longest[k] for k in range(place) if places[k] <= value]
        longest.append(1 + max(before, default=0))
    return max(longest, default=0)


def row(name: str, scores: Sequence[Score]) -> str:
    """Return a row of the table."""
    precision = statistics.fmean(one.precision for one in scores)
    recall = statistics.fmean(one.recall for one in scores)
    right = sum(one.right for one in scores)
    figures = (
        precision,
        recall,
        2 * precision * recall / (precision + recall),
        2 * right / sum(one.found + one.wanted for one in scores),
        sum(one.in_order for one in scores) / max(right, 1),
        sum(one.marks_right for one in scores) / sum(one.marks for one in scores),
        statistics.fmean(one.title for one in scores),
        statistics.fmean(one.published for one in scores),
        statistics.fmean(one.byline for one in scores),
    )
    return f"| {name} | " + " | ".join(f"{100 * figure:.1f}" for figure in figures) + " |"


def larger(html: str, share: float = 1.0) -> str:
    """Return a page with menus, scripts and a footer of 86 kB, or a share of it, around its own."""
    menu = "".join(
        f'<div class="column"><h4>Section {i}</h4><ul>'
        + "".join(f'<li class="item"><a href="/{i}/{j}">Topic {i} {j}</a></li>' for j in range(8))
        + "</ul></div>"
        for i in range(round(30 * share))
    )
    script = "var settings = {list: [1, 2, 3]};" * round(2_000 * share)
    links = "".join(
        f'<div class="link"><a href="/f{i}">Link {i}</a></div>' for i in range(round(120 * share))
    )
    begin = html.index(">", html.index("<body")) + 1
    end = html.rindex("</body>")
    return (
        f'{html[:begin]}<nav class="menu">{menu}</nav><script>{script}</script>'
        f'{html[begin:end]}<footer class="links">{links}</footer>{html[end:]}'
    )


def speeds(made: Sequence[Page]) -> tuple[float, float, float]:
    """Return the milliseconds that whipcount takes for a page, and what that is of trafilatura's.

    Of the text alone first, then of the text with title, day and byline.
    """
    runs: dict[str, Callable[[Page], object]] = {
        "whipcount": lambda page: read_bytes(page.html.encode(), "page.html"),
        "text": lambda page: bare_extraction(page.html, include_comments=False),
        "metadata": lambda page: bare_extraction(
            page.html, include_comments=False, with_metadata=True
        ),
    }
    rounds = []
    for _ in range(ROUNDS):
        took = {}
        for name, run in runs.items():
            boilerplate._kind_of.cache_clear()
            boxes._kind.cache_clear()
            started = time.process_time()
            for page in made:
                run(page)
            took[name] = time.process_time() - started
        rounds.append(took)

    def middle(other: str) -> float:
        return statistics.median(took["whipcount"] / took[other] for took in rounds)

    own = statistics.median(took["whipcount"] for took in rounds)
    return 1000 * own / len(made), middle("text"), middle("metadata")


def main() -> None:
    """Print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    listed = pages()
    rows = [
        "| | precision | recall | F1 | paragraphs, F1 | order | marks | title | day | byline |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, read in (("whipcount", ours), ("trafilatura", theirs)):
        rows.append(row(name, [scored(page, read(page)) for page in listed]))
    print("\n".join(rows))
    if args.pages:
        _list(listed)
    speed = [
        "| pages | whipcount, ms a page | of trafilatura's, text alone | with title, day, byline |",
        "|---|---|---|---|",
    ]
    for name, share in SIZES.items():
        made = [
            Page(page.name, larger(page.html, share) if share else page.html, page.gold)
            for page in listed
        ]
        own, text, metadata = speeds(made)
        size = sum(len(page.html) for page in made) / len(made) / 1000
        speed.append(f"| {name}, {size:.0f} kB | {own:.1f} | {text:.2f} | {metadata:.2f} |")
    print("\n".join(speed))
    if args.write:
        write_table("reading", [*rows, "", *speed])


def _list(listed: Sequence[Page]) -> None:
    for page in listed:
        read = ours(page)
        print(page.name)
        for words in read.paragraphs:
            if words not in page.paragraphs:
                print(f"    + {words[:90]}")
        for words in page.paragraphs:
            if words not in read.paragraphs:
                print(f"    - {words[:90]}")
        for field in ("title", "published", "byline"):
            if getattr(read, field) != page.gold[field]:
                print(f"    {field}: {getattr(read, field)!r}, not {page.gold[field]!r}")


if __name__ == "__main__":
    main()
