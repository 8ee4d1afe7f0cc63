"""How fast a project answers as it grows: made-up statements by the thousand, on the example issue.

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
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from whipcount import project
from whipcount.coding import digests
from whipcount.model import STANCES, Actor, Coded, Position, Span, Statement
from whipcount.project import By, Project
from whipcount.reading.articles import Layout, make_article

ISSUE = Path(__file__).parents[1] / "examples" / "pact" / "accession.toml"
BY = By("Ann", "2031-06-01T10:00:00Z")
A_PAGE = 10
"""Statements an article."""


WORDS = [
    first + last
    for first in ("an", "be", "co", "de", "en", "for", "in", "over", "per", "re", "sub", "un")
    for last in ("act", "bind", "call", "deal", "form", "gain", "hold", "lay", "mand", "point",
                 "port", "quest", "sent", "tain", "take", "turn", "vise", "vote", "ward", "work")
]  # fmt: skip
"""Words to say; of 240 hardly two statements come out alike, as in real pages."""


def coded(number: int, seed: int, options: tuple[str, ...], members: tuple[str, ...]) -> Coded:
    """Return a made-up article with its statements and codings."""
    chance = random.Random(seed * 1_000_003 + number)
    day = date(2031, 1, 1) + timedelta(days=number % 140)
    text, places = f"Article {number}\n\n", []
    for line in range(A_PAGE):
        member = chance.choice(members)
        words = " ".join(chance.choices(WORDS, k=chance.randrange(8, 25)))
        sentence = f"{member} said: “{words}.” "
        start = len(text)
        places.append((member, Span(start, start + len(member)), Span(start + len(member) + 1,
                       start + len(member) + 5), Span(len(text) + sentence.index("“"),
                       len(text) + len(sentence) - 1)))  # fmt: skip
        text += sentence + "\n\n" * (line % 3 == 2)
    article = make_article(
        Layout((Span(0, len(text)),), title=f"Article {number}", published=day.isoformat()),
        text,
        path=f"pages/{number}.txt",
        data=text.encode(),
        language="en",
    )
    actors = {
        name: Actor(f"{article.id}.a{place}", name, "state", speaks_for=name)
        for place, name in enumerate(dict.fromkeys(member for member, *_ in places))
    }
    statements, positions = [], []
    for line, (member, source, cue, content) in enumerate(places):
        one = Statement(
            f"{article.id}.{line}",
            "direct",
            (source,),
            (cue,),
            (content,),
            member,
            text[content.start : content.end],
            (actors[member],),
            day.isoformat(),
            round(chance.uniform(0.5, 1), 3),
        )
        statements.append(one)
        positions.append(
            Position(
                "statement",
                actors[member],
                chance.choice(options),
                chance.choice(STANCES[:4]),
                date=one.date,
                coder="made up 1.0",
                confidence=round(chance.uniform(0.2, 1), 3),
                for_review=chance.random() < 0.1,
                article=article.id,
                statement=one.id,
                piece=0,
                kind=one.kind,
                quote=one.quote,
                source=one.source,
                content=one.content,
            )
        )
    return Coded(article, tuple(statements), tuple(positions))


def filled(path: Path, statements: int, seed: int = 0) -> Project:
    """Return a new project with so many made-up statements."""
    made = project.create(path, ISSUE, BY)
    issue, body = project.issue_of(made), project.body_of(made)
    options = tuple(option.id for option in issue.options)
    members = tuple(member.name for member in body.members)
    for number in range(statements // A_PAGE):
        one = replace(coded(number, seed, options, members), codebook=digests(issue))
        project.add(made, one, BY, coder="made up 1.0")
    project.refresh_queue(made)
    return made


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
    project.add_coder(opened, "Bob", BY)
    measured("next item, blind", lambda: project.next_items(opened, coder="Bob"))
    article = lambda: random_article.choice(ids)  # noqa: E731
    measured("an article with its codings", lambda: project.codings(opened, article()))
    measured("articles, first page", lambda: project.articles(opened))
    measured("articles, a late page", lambda: project.articles(opened, after=ids[-1]))
    measured("search words", lambda: project.search(opened, "recall subvote over*"))
    measured("search a common word", lambda: project.search(opened, "recall"))
    measured("search speaker and option",
             lambda: project.search(opened, speaker="Halvern", option="membership"))  # fmt: skip
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
