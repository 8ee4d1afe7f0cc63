"""The reader of PDF: words in reading order, without what is repeated in the margins.

The letters come from PDFium in a process of its own (`pdf_runs`), bounded in time and memory;
columns are found by `pdf_order`, running headers by `pdf_margins`, paragraphs by `pdf_paragraphs`.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading import bylines, datelines
from whipcount.reading.documents import Document, article_of, tidy
from whipcount.reading.page_metadata import without_outlet
from whipcount.reading.paragraphs import plain_words
from whipcount.reading.pdf_margins import without_margins
from whipcount.reading.pdf_order import Line, columns
from whipcount.reading.pdf_paragraphs import Block, blocks, body_size

SECONDS = 60
"""Seconds that a PDF may take; a page takes 0.01 to 0.04."""

MEMORY = 1_500_000_000
"""Bytes of memory that a PDF may take: 1.5 GB, of which Python and PDFium have 0.1. Streams that
unpack to more are made to do harm. On Windows and macOS only the time is bounded."""

MOST_PAGES = 500
"""Pages of the longest PDF that is read; newspapers have 120."""

MOST_LETTERS = 2_000_000
"""Letters of the longest PDF that is read: some 500 dense pages."""

MOST_RUNS = 300_000
"""Pieces of lines of the longest PDF; newspapers have some 1,000 a page, books 40."""

LARGER = 1.15
"""Of the body's size: how large a title's letters are at least. Chosen, not swept."""

MOST_TITLE_WORDS = 30

_PROGRAM = Path(__file__).with_name("pdf_runs.py")
_NO_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|qx[dp]|html?|rtf|odt|txt|pages|pptx?)\b|^microsoft \w+ -|^untitled|"
    r"^document\d*$|^slide|^layout|^page \d|://|_",
    re.IGNORECASE,
)
_PRINTED_BY = re.compile(
    r"skia|chrom|mozilla|firefox|safari|quartz|webkit|wkhtml|gecko|print to pdf|pdfcreator|cutepdf|"
    r"web capture|edge",
    re.IGNORECASE,
)
"""Programs that print what is on the screen; their day is the day of saving."""

_CREATED = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")
_ERRORS = {
    3: "is no PDF, or broken; fetch it again, or save it again from a program that opens it",
    4: "is locked with a password; save a copy without one",
    5: "is locked in a way that is not known here; save a copy without a lock",
}


@dataclass(frozen=True, slots=True)
class PdfReader:
    """Reads PDFs that hold text; claims by suffix, or by how a page begins."""

    name: str = "pdf"
    suffixes: frozenset[str] = frozenset({".pdf"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is a PDF; its sign may come late (ISO 32000-1, annex H)."""
        return path.lower().endswith(".pdf") or b"%PDF-" in head[:1024]

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:  # noqa: ARG002
        """Return the PDF's article; PageError where it holds none, is locked, scanned or broken."""
        about, pages = _letters(data, path)
        margins = without_margins(pages)
        found = blocks(columns(page) for page in margins.pages)
        article = article_of(_document(found, margins.headers, margins.url), path, data)
        if article is None:
            raise PageError(f"{path}: holds no article: there is no sentence in it; leave it out")
        return [_with_metadata(article, about, printed=bool(margins.url))]


reader = PdfReader()


def _letters(data: bytes, path: str) -> tuple[dict[str, Any], list[tuple[list[Line], float]]]:
    """Return what a PDF says of itself, and each page's runs of letters with its height."""
    about, *said = _run(data, path)
    if "error" in about:
        raise PageError(f"{path}: " + _ERRORS.get(about["error"], _ERRORS[3]))
    if about["pages"] > MOST_PAGES:
        raise PageError(
            f"{path}: has {about['pages']:,} pages, and PDFs are read up to {MOST_PAGES}; split it "
            "into its articles"
        )
    if any(page.get("cut_off") for page in said):
        raise PageError(
            f"{path}: has more words than a book of 500 pages; split it into its articles"
        )
    pages = [([Line(*run) for run in page["runs"]], page.get("height", 0.0)) for page in said]
    letters = sum(letter.isalpha() for runs, _ in pages for run in runs for letter in run.text)
    unknown = sum(
        letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff"
        for runs, _ in pages
        for run in runs
        for letter in run.text
    )
    if unknown > letters:
        raise PageError(
            f"{path}: its fonts don't tell which letters they draw; run text recognition on it, "
            "such as ocrmypdf --force-ocr"
        )
    if not letters:
        if any(page.get("broken") for page in said):
            raise PageError(f"{path}: its pages are broken; fetch it again")
        raise PageError(
            f"{path}: its pages hold no text, as those of scans; run text recognition on it, such "
            "as ocrmypdf"
        )
    return about, pages


def _run(data: bytes, path: str) -> list[dict[str, Any]]:
    """Return what `pdf_runs` says, a dictionary a line."""
    if importlib.util.find_spec("pypdfium2") is None:
        raise PageError(
            f"{path}: PDFs need a library that isn't installed; pip install 'whipcount[pdf]'"
        )
    limits = (MEMORY, SECONDS, MOST_PAGES, MOST_LETTERS, MOST_RUNS)
    # -P: or the modules beside the program would hide those of Python
    command = [sys.executable, "-P", str(_PROGRAM), *map(str, limits)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise PageError(
            f"{path}: takes more than {SECONDS} seconds; print it to a new PDF, or leave it out"
        ) from None
    except OSError as error:
        raise PageError(
            f"{path}: the program that reads PDFs can't be started: {error.strerror or error}; "
            "check the Python installation and the memory left"
        ) from error
    if done.returncode > 0 and b"MemoryError" not in done.stderr:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise PageError(
            f"{path}: the program that reads PDFs failed: {said or done.returncode}; install "
            "pypdfium2 anew, or leave the page out"
        )
    if done.returncode != 0:
        raise PageError(
            f"{path}: is broken, or takes more than {MEMORY / 1e9:.1f} GB of memory or {SECONDS} "
            "seconds; print it to a new PDF, or leave it out"
        )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _document(found: Sequence[Block], headers: Sequence[str], url: str) -> Document:
    headline = _headline(found)
    return Document(
        paragraphs=[*headers, *(block.words for block in found)],
        headline=None if headline is None else headline + len(headers),
        url=url,
    )


def _headline(found: Sequence[Block]) -> int | None:
    """Return the paragraph on the first page that is in the largest letters, and no masthead."""
    usual = body_size(found)
    first = found[0].page if found else 0
    best, largest = None, LARGER * usual
    for index, block in enumerate(found):
        if block.page != first:
            break
        words = plain_words(block.words)
        if (
            block.size > largest
            and 1 < len(words.split()) <= MOST_TITLE_WORDS
            and not words.startswith(('"', "'"))
            and not bylines.is_outlet(words)
            and datelines.line_dates(words) is None
        ):
            best, largest = index, block.size
    return best


def _with_metadata(article: Article, about: dict[str, Any], *, printed: bool) -> Article:
    """Return an article with what only the file's properties say of it.

    What is printed on the pages goes before: properties are often those of a template, or of who
    saved it. The day is left out where a browser made the PDF, for it is the day of saving.
    """
    title = without_outlet(tidy(about["Title"]), article.outlet)
    title = "" if _NO_TITLE.search(title) or title.count(" ") < 2 else title
    author = bylines.byline("By " + tidy(about["Author"])) if about["Author"] else None
    created = _CREATED.match(about["CreationDate"])
    screen = printed or _PRINTED_BY.search(f"{about['Creator']} {about['Producer']}") is not None
    day = "" if created is None or screen else datelines.find_date("-".join(created.groups()))
    return dataclasses.replace(
        article,
        title=article.title or title,
        byline=article.byline or (author.names if author is not None else ""),
        published=article.published or day,
    )
