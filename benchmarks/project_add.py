"""What `add` costs beside `statements` and `code` alone, on the same pages, one after the other.

    python -m benchmarks.project_add [--copies 5] [--tagger trained]

The example debate's pages, each so many times with another last line, go through all three;
the smallest of three rounds counts.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import whipcount
from benchmarks.made_up import BY
from whipcount import project
from whipcount.reading import read_bytes

ISSUE = Path(__file__).parents[1] / "examples" / "pact" / "accession.toml"
PAGES = sorted((ISSUE.parent / "pages").iterdir())


def main() -> None:
    """Print the seconds of each and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=5)
    parser.add_argument("--tagger", default="trained")
    given = parser.parse_args()
    articles = []
    for page in PAGES:
        for number in range(given.copies):
            for one in read_bytes(page.read_bytes(), page.name):
                text = f"{one.text}\n\nPrinting {number}\n"
                digest = hashlib.sha256(text.encode()).hexdigest()
                place = f"{number}/{page.name}"
                told = {"id": digest[:16], "text_sha256": digest, "path": place, "url": ""}
                articles.append(replace(one, text=text, **told))
    taken: dict[str, list[float]] = {"statements": [], "code": [], "add": []}
    for _ in range(3):
        begun = time.perf_counter()
        list(whipcount.statements(articles, ISSUE, tagger=given.tagger))
        taken["statements"].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        list(whipcount.code(articles, ISSUE, tagger=given.tagger))
        taken["code"].append(time.perf_counter() - begun)
        with (
            tempfile.TemporaryDirectory() as folder,
            project.create(Path(folder) / "x.whip", ISSUE, BY) as debate,
        ):
            begun = time.perf_counter()
            found = project.add_pages(debate, articles, BY, tagger=given.tagger)
            states = [one.state for one in found]
            taken["add"].append(time.perf_counter() - begun)
    least = {name: min(some) for name, some in taken.items()}
    print(f"{len(articles)} articles, {states.count('new')} new")
    for name, seconds in least.items():
        ratio = seconds / least["statements"]
        print(f"{name:12} {seconds:8.2f} s   {ratio:6.3f} of statements")
    print(f"add over code: {least['add'] / least['code']:.3f}")


if __name__ == "__main__":
    main()
