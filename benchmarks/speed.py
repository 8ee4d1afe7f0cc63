"""What a page costs from reading to counting, against spaCy's own pipeline on the same text.

    python -m benchmarks.speed [--write] [PAGE...]

Every page is read, attributed, identified and coded, and all are counted, in one process; the time
is divided by that of spaCy's pipeline (`en_core_web_sm`, all its parts) on the same texts, in the
same run, one after the other, after both have been warmed up. The smallest of five rounds of each
counts. Without PAGEs it is the example debate. Also the start of `whipcount --help`, in seconds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import whipcount
from benchmarks.quality import write_table
from whipcount import actors, attribution
from whipcount.analysis import analyse, language_model

ROOT = Path(__file__).parents[1]
DEBATE = ROOT / "examples" / "pact"
ROUNDS = 5


def main() -> None:
    """Print the ratio and the start's seconds, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--issue", type=Path, default=DEBATE / "accession.toml")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    pages = args.pages or [DEBATE / "pages"]
    issue = whipcount.load_issue(args.issue)
    texts = [article.text for article in whipcount.read(pages)]
    model = language_model()

    def parse() -> None:
        for text in texts:
            model(text)

    def count() -> None:
        whipcount.count(whipcount.code(pages, issue), issue)

    analyses = [analyse(article) for article in whipcount.read(pages)]
    found = [attribution.attribute(one) for one in analyses]
    names = actors.gazetteer(whipcount.load_body(issue.body, issue.path))

    def identify() -> None:
        for analysis, statements in zip(analyses, found, strict=True):
            actors.identify(analysis, statements, actors.find_mentions(analysis, names))

    def attribute() -> None:
        for _ in whipcount.statements(pages, issue):
            pass

    parsing, counting, identifying, attributing = _fastest(parse, count, identify, attribute)
    start = _start()
    words = sum(len(text.split()) for text in texts)
    row = (
        f"Reading to counting takes {counting / parsing:.2f} times what spaCy's pipeline takes on "
        f"the same {len(texts)} articles ({words:,} words). Actors and dates take "
        f"{identifying / attributing:.0%} of `whipcount statements`. `whipcount --help` takes "
        f"{start:.2f} s."
    )
    print(row)
    if args.write:
        write_table("speed", [row])


def _fastest(*works: Callable[[], None]) -> list[float]:
    """Return each work's smallest time; they take turns, so that a slow moment meets both."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            started = time.perf_counter()
            work()
            taken.append(time.perf_counter() - started)
    return [min(taken) for taken in times]


def _start() -> float:
    """Return the seconds that `whipcount --help` takes as a process of its own."""
    code = "import sys; from whipcount.cli import main; sys.argv = ['whipcount', '--help']; main()"
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return min(taken)


if __name__ == "__main__":
    main()
