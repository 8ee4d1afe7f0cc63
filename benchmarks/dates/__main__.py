"""How rightly statements are dated, against statements read by hand.

    python -m benchmarks.dates [TEXT_DIR] [--verbose] [--write]

The 150 statements of our own writing (`own.txt`), and where TEXT_DIR holds PolNeAR train's texts
the 100 of `polnear.jsonl`. A date is right when it is the gold's, precision included. Beside ours
stand the article's date alone, and `dateutil`'s fuzzy parser on the statement's sentence without
its content. `--verbose` lists what is wrong; `--write` puts the table into docs/quality.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from dateutil import parser as dateutil_parser

from benchmarks.quality import write_table
from whipcount import reading
from whipcount.actors.dating import statement_date
from whipcount.analysis import Analysis, analyse
from whipcount.model import Article, Span, Statement

HERE = Path(__file__).parent
MARK = re.compile(r"</?([scq])>")
ROLES = {"s": "source", "c": "cue", "q": "content"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A statement in its article, with the date that the gold gives it."""

    analysis: Analysis
    statement: Statement
    date: str


def main() -> None:
    """Print the table, what is wrong where asked, and write the table where asked."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("texts", nargs="?", type=Path)
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument("--write", action="store_true")
    args = arguments.parse_args()
    sets = {"our own": list(own())}
    if args.texts is not None:
        sets["PolNeAR train"] = list(polnear(args.texts))
    rows = ["| statements | | right | the article's date | `dateutil` |", "|---|---|---|---|---|"]
    for name, gold in sets.items():
        found = [statement_date(one.analysis, one.statement) for one in gold]
        right = sum(given == one.date for given, one in zip(found, gold, strict=True))
        plain = sum(one.analysis.article.published == one.date for one in gold)
        other = sum(_by_dateutil(one) == one.date for one in gold)
        shares = " | ".join(f"{100 * count / len(gold):.1f} %" for count in (right, plain, other))
        rows.append(f"| {name} | {len(gold)} | {shares} |")
        if args.verbose:
            for given, one in zip(found, gold, strict=True):
                if given != one.date:
                    print(f"{one.date}, found {given or 'none'}: {_sentence(one)}")
    print("\n".join(rows))
    if args.write:
        write_table("dates", rows)


def own() -> Iterator[Dated]:
    """Yield the statements of our own writing."""
    for line in (HERE / "own.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        published, wanted, marked = (part.strip() for part in line.split(" | ", 2))
        spans: dict[str, list[Span]] = {role: [] for role in ROLES.values()}
        text, at = "", 0
        for mark in MARK.finditer(marked):
            text += marked[at : mark.start()]
            at = mark.end()
            role = spans[ROLES[mark[1]]]
            if mark.group()[1] == "/":
                role[-1] = Span(role[-1].start, len(text))
            else:
                role.append(Span(len(text), len(text)))
        text += marked[at:]
        digest = hashlib.sha256(text.encode()).hexdigest()
        article = Article(
            id=digest[:16], path="own.txt", part=None, offset=0, title="", outlet="", byline="",
            published=published, url="", language="en", page_sha256=digest, text_sha256=digest,
            text=text, body=(Span(0, len(text)),),
        )  # fmt: skip
        yield Dated(analyse(article), _statement(spans), wanted)


def polnear(texts: Path) -> Iterator[Dated]:
    """Yield the statements of PolNeAR train, each in its article with the date of its name."""
    known: dict[str, Analysis] = {}
    for line in (HERE / "polnear.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = row["doc"]
        if doc not in known:
            (article,) = reading.read_page(texts / f"{doc}.txt")
            known[doc] = analyse(replace(article, published=row["published"]))
        spans = {role: [Span(*span) for span in row[role]] for role in ROLES.values()}
        yield Dated(known[doc], _statement(spans), row["date"])


def _statement(spans: dict[str, list[Span]]) -> Statement:
    source, cue, content = (tuple(spans[role]) for role in ROLES.values())
    return Statement("s.0", "indirect", source, cue, content, "", "")


def _sentence(one: Dated) -> str:
    (anchor, *_) = (*one.statement.cue, *one.statement.source)
    tokens = one.analysis.tokens(anchor)[0]
    return " ".join(tokens.sent.text.split())


def _by_dateutil(one: Dated) -> str:
    """Return what dateutil finds in the sentence, the article's date standing for what it lacks."""
    published = one.analysis.article.published
    if len(published) < 10:
        return ""
    text = one.analysis.article.text
    said = [text[span.start : span.end] for span in one.statement.content]
    words = _sentence(one)
    for quote in said:
        words = words.replace(" ".join(quote.split()), " ")
    default = datetime.combine(date.fromisoformat(published), datetime.min.time())
    try:
        found = dateutil_parser.parse(words, fuzzy=True, default=default)
    except (ValueError, OverflowError):
        return published
    return str(found.date().isoformat())


if __name__ == "__main__":
    main()
