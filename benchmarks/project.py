"""How fast a project answers as it grows: made-up statements by the thousand.

    python -m benchmarks.project 1000 10000 100000

Times are in milliseconds, the median and the worst of several calls; each size is a new file.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.made_up import BY, MEMBERS, filled
from whipcount import project
from whipcount.project import Project


def measured(name: str, call: Callable[[], object], times: int = 20) -> None:
    """Print how long a call takes: the median and the worst of some times."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        taken.append((time.perf_counter() - begun) * 1000)
    print(f"  {name:34} {statistics.median(taken):9.2f} {max(taken):9.2f}", flush=True)


def measure(opened: Project) -> None:
    """Print how fast a project answers what the review page asks."""
    random_article = random.Random(1)
    ids = [
        row[0]
        for row in opened.connection.execute(
            "SELECT key FROM articles WHERE until IS NULL LIMIT 999"
        )
    ]
    print(f"  {'':34} {'median':>9} {'worst':>9}")

    def accept_and_next() -> None:
        (item,) = project.next_items(opened)
        project.accept(opened, item.coding.id, BY)
        project.next_items(opened)

    def correct() -> None:
        (item,) = project.next_items(opened)
        project.change(opened, item.coding.id, BY, stance="oppose")

    measured("next item", lambda: project.next_items(opened))
    measured("accept, and the next item", accept_and_next)
    measured("correct a stance", correct)
    measured("undo one's last", lambda: project.undo_last(opened, BY))
    measured("queue length", lambda: project.queue_length(opened))
    measured("next item, blind", lambda: project.next_items(opened, coder="Bob"))
    article = lambda: random_article.choice(ids)  # noqa: E731
    measured("an article with its codings", lambda: project.codings(opened, article()))
    measured("articles, first page", lambda: project.articles(opened))
    measured("articles, a late page", lambda: project.articles(opened, after=ids[-1]))
    measured("search words", lambda: project.search(opened, "recall subvote over*"))
    measured("search a common word", lambda: project.search(opened, "recall"))
    measured("search speaker and option",
             lambda: project.search(opened, speaker=MEMBERS[3], option="membership"))  # fmt: skip
    measured("quotations of an option", lambda: project.quotations(opened, "membership"))
    measured("actors", lambda: project.actors(opened), 3)
    measured("overview", lambda: project.overview(opened), 5)
    measured("history", lambda: project.history(opened))
    measured("disagreements", lambda: project.disagreements(opened), 5)
    measured("agreement", lambda: project.agreement(opened), 3)
    measured("acceptable above 0.9", lambda: project.acceptable(opened, 0.9), 5)
    measured("preview of an option", lambda: project.preview(opened, "membership"))
    found = []
    measured("all positions", lambda: found.append(project.positions(opened)), 2)
    measured("count, positions at hand",
             lambda: project.count(opened, found=found[0], articles=()), 3)  # fmt: skip
    measured("count", lambda: project.count(opened), 2)
    measured("rank the queue", lambda: project.refresh_queue(opened), 2)
    measured("accept all above 0.9", lambda: project.accept_all(opened, 0.9, BY), 1)
    measured("undo that", lambda: project.undo_last(opened, BY), 1)
    measured("merge two options",
             lambda: project.merge_options(opened, "road-map", "membership", BY), 1)  # fmt: skip
    measured("check", lambda: project.check(opened), 1)


def main() -> None:
    """Measure each size that the command names."""
    for size in [int(word) for word in sys.argv[1:]] or [1000, 10_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "debate.whip"
            begun = time.perf_counter()
            with filled(path, size) as opened:
                taken = time.perf_counter() - begun
                print(f"{size:,} statements: made in {taken:.1f} s, {path.stat().st_size:,} bytes")
                measure(opened)


if __name__ == "__main__":
    main()
