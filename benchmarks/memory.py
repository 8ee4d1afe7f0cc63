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
from benchmarks.debate import DEBATE
from benchmarks.quality import write_table

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
            _write(Path(folder) / "page.txt", _paragraphs(), number)
            seconds, most = _measured(Path(folder))
        loading = loading or seconds
        rows.append(_row(f"one article of {number:,} words", number, seconds, loading, most))
    for number in sorted(args.pages or PAGES):
        with tempfile.TemporaryDirectory() as folder:
            source = _paragraphs()
            for count in range(number):
                _write(Path(folder) / f"{count:05}.txt", source, PAGE)
            seconds, most = _measured(Path(folder))
        what = f"{number:,} pages of {PAGE} words"
        rows.append(_row(what, number * PAGE, seconds, loading, most))
    print("\n".join(rows))
    if args.write:
        write_table("memory", rows)


def _row(what: str, words: int, seconds: float, loading: float, most: float) -> str:
    rate = f"{words / (seconds - loading):,.0f}" if seconds > loading else ""
    return f"| {what} | {seconds:.0f} | {rate} | {most:,.0f} MB |"


def _paragraphs() -> Iterator[str]:
    """Yield paragraphs of the example debate, over and over."""
    return itertools.cycle(
        article.text[span.start : span.end]
        for article in whipcount.read([DEBATE / "pages"])
        for span in article.body
    )


def _write(page: Path, paragraphs: Iterator[str], words: int) -> None:
    """Write a page of at least so many words, of the next paragraphs."""
    taken: list[str] = []
    while words > 0:
        taken.append(next(paragraphs))
        words -= len(taken[-1].split())
    page.write_text("\n\n".join(taken), encoding="utf-8")


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
