"""What an article and a list of pages cost in memory, and how time grows with their length.

    python -m benchmarks.memory [--words N]... [--pages N]... [--write]

Each line is one `whipcount statements` in a process of its own: on one article of N words, or on N
pages of 500 words. The text is the example debate's articles, one after the other, as often as
needed. Seconds and the most memory the process held; beside them those of a run on one page, for
what loading costs. `--write` puts the table into docs/quality.md.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import whipcount
from benchmarks.attribution import write_table
from benchmarks.debate import DEBATE

WORDS = (500, 50_000, 500_000)
PAGES = (20, 200)
PAGE = 500


def main() -> None:
    """Print the table, and write it where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--words", type=int, action="append")
    parser.add_argument("--pages", type=int, action="append")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = ["| what | seconds | words a second | most memory |", "|---|---|---|---|"]
    loading = 0.0
    for number in sorted(args.words or WORDS):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.txt"
            page.write_text("\n\n".join(_paragraphs(number)), encoding="utf-8")
            seconds, most = _measured(page)
            loading = loading or seconds
            rows.append(_row(f"one article of {number:,} words", number, seconds, loading, most))
    for number in sorted(args.pages or PAGES):
        with tempfile.TemporaryDirectory() as folder:
            source = _paragraphs(number * PAGE)
            for count in range(number):
                words, some = 0, []
                for paragraph in source:
                    some.append(paragraph)
                    words += len(paragraph.split())
                    if words >= PAGE:
                        break
                page = Path(folder) / f"{count:05}.txt"
                page.write_text("\n\n".join(some), encoding="utf-8")
            seconds, most = _measured(Path(folder))
            what = f"{number:,} pages of {PAGE} words"
            rows.append(_row(what, number * PAGE, seconds, loading, most))
    print("\n".join(rows))
    if args.write:
        write_table("memory", rows)


def _row(what: str, words: int, seconds: float, loading: float, most: float) -> str:
    rate = f"{words / (seconds - loading):,.0f}" if seconds > loading else ""
    return f"| {what} | {seconds:.0f} | {rate} | {most:,.0f} MB |"


def _paragraphs(words: int) -> Iterator[str]:
    """Yield paragraphs of the example debate, over and over, of so many words together."""
    paragraphs = [
        article.text[span.start : span.end]
        for article in whipcount.read([DEBATE / "pages"])
        for span in article.body
    ]
    for paragraph in itertools.cycle(paragraphs):
        if words <= 0:
            return
        words -= len(paragraph.split())
        yield paragraph


def _measured(path: Path) -> tuple[float, float]:
    """Return a run's seconds, and the most memory that it held in MB."""
    command = [sys.executable, "-m", "whipcount", "statements", str(path), "--format", "jsonl"]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} ended with {status}")
    return time.perf_counter() - started, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
