"""How long the review page takes, on the server's side, with 1,000 to 100,000 statements.

    python benchmarks/review.py [STATEMENTS...]

Makes a project of invented articles, then asks as a browser does: accepts a coding by key and
fetches the next item, 100 times; opens every room; and does both again while the count and the
queue are made anew beside. Prints a table of medians, 95th percentiles and the slowest, in
milliseconds.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from whipcount import project
from whipcount.app.access import Access
from whipcount.app.application import application
from whipcount.app.asked import review
from whipcount.model import Actor, Article, Coded, Position, Span, Statement
from whipcount.project import By

TOKEN = "benchmark"
BY = By("Ann", "2031-06-01T10:00:00Z")
MEMBERS = 30
PER_ARTICLE = 10
ISSUE = """
name = "A large debate"
body = "body.toml"
[options.one]
label = "The first option"
[options.two]
label = "The second option"
[options.three]
label = "The third option"
"""
STANCES = ("support", "oppose", "conditional", "undecided")
WORDS = ("council", "met", "again", "spoke", "ships", "grain", "harbours", "treaties", "votes")


def body() -> str:
    members = "".join(
        f'[[members]]\nname = "Member{number:02}"\njoined = 2000-01-01\n'
        for number in range(MEMBERS)
    )
    return (
        'id = "large"\nname = "Large Body"\nmembers_are = "states"\n'
        f'[rule]\nkind = "consensus"\n{members}'
    )


def article(number: int, chance: random.Random) -> Coded:
    """Return an article of ten statements in as many paragraphs."""
    id_ = f"{number:016x}"
    day = f"2031-{1 + number % 5:02}-{1 + number % 28:02}"
    text, paragraphs, statements, positions = "", [], [], []
    for index in range(PER_ARTICLE):
        member = f"Member{chance.randrange(MEMBERS):02}"
        quote_ = "“" + " ".join(chance.choices(WORDS, k=14)) + f" {number}”"
        start = len(text)
        text += (
            f"{quote_} said {member}’s minister, and went on for a while about other things.\n\n"
        )
        paragraphs.append(Span(start, len(text) - 2))
        content = Span(start, start + len(quote_))
        cue = Span(content.end + 1, content.end + 5)
        source = Span(cue.end + 1, cue.end + 1 + len(member))
        actor = Actor(f"{id_}.a{index}", member, "state", speaks_for=member)
        one = Statement(
            f"{id_}.{index}", "direct", (source,), (cue,), (content,), member, quote_, (actor,), day
        )
        statements.append(one)
        positions.append(
            Position(
                "statement",
                actor,
                chance.choice(("one", "two", "three")),
                chance.choice(STANCES),
                date=day,
                coder="benchmark 1.0",
                confidence=round(chance.uniform(0.3, 0.99), 3),
                for_review=chance.random() < 0.2,
                article=id_,
                statement=one.id,
                piece=0,
                kind="direct",
                quote=quote_,
                source=one.source,
                content=one.content,
            )
        )
    made = Article(
        id_, f"{number}.txt", None, 0, f"Article {number}", "Courier", "", day, "", "en",
        f"{number:064x}", f"{number:064x}", text, tuple(paragraphs),
    )  # fmt: skip
    return Coded(made, tuple(statements), tuple(positions))


def make(folder: Path, statements: int) -> Path:
    (folder / "issue.toml").write_text(ISSUE, encoding="utf-8")
    (folder / "body.toml").write_text(body(), encoding="utf-8")
    path = folder / f"{statements}.whip"
    chance = random.Random(7)
    with project.create(path, folder / "issue.toml", BY) as debate:
        debate.connection.execute("PRAGMA synchronous = OFF")  # while it is made, not measured
        for number in range(statements // PER_ARTICLE):
            project.add(debate, article(number, chance), BY)
    return path


def timed(ask, times: list[float]) -> object:
    started = time.perf_counter()
    answer = ask()
    times.append((time.perf_counter() - started) * 1000)
    assert answer.status_code == 200, answer.text[:500]
    return answer


def line(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"  {name:36} {statistics.median(times):8.1f} {late:8.1f} {ordered[-1]:8.1f}"


def measure(path: Path) -> None:
    with project.open_project(path, writing=False) as debate:
        first = project.articles(debate, limit=1).items[0].id
        actor = project.actors(debate, limit=1).items[0].id
    app = application(review(str(path), Access("Ann", token=TOKEN)))
    with TestClient(app, base_url="http://127.0.0.1:8000") as visitor:
        started = time.perf_counter()
        visitor.get(f"/?token={TOKEN}")
        print(line("board, the first time", [(time.perf_counter() - started) * 1000]))
        settle(visitor)
        for name in ("review", "review while all is counted anew"):
            press(visitor, name, settled=name == "review")
        settle(visitor)
        rooms = {
            "board": "/",
            "board on another day": "/?day=2031-03-03",
            "evidence of a cell": "/cell?who=Member03&option=one",
            "articles": "/articles",
            "an article": f"/articles/{first}",
            "search": "/search?words=treaties+grain",
            "search by speaker and option": "/search?speaker=Member03&option=two",
            "changes": "/changes",
            "history": "/history",
            "codebook": "/codebook",
            "an option": "/codebook/two",
            "actors": "/actors",
            "an actor": f"/actors/{quote(actor)}",
            "coders": "/coders",
            "accept all, preview": "/accept-all?above=0.9",
        }
        for name, place in rooms.items():
            times: list[float] = []
            for _ in range(5):
                timed(lambda place=place: visitor.get(place, headers={"X-Part": "main"}), times)
            print(line(name, times))


def settle(visitor: TestClient) -> None:
    """Wait until nothing is being counted or ranked."""
    for place in ("/", "/verdicts", "/changes"):
        for _ in range(600):
            page = visitor.get(place, headers={"X-Part": "main"}).text
            if "data-again" not in page and "data-stale" not in page:
                break
            time.sleep(0.1)
    time.sleep(2)


def press(visitor: TestClient, name: str, *, settled: bool) -> None:
    """Accept 100 codings, as the key does: what counts is until the next item is there."""
    page = visitor.get("/review").text
    csrf = page.partition('name="csrf" content="')[2].partition('"')[0]
    headers = {"Origin": "http://127.0.0.1:8000", "X-Part": "main"}
    times: list[float] = []
    for index in range(100):
        coding = page.partition('data-item="')[2].partition('"')[0]
        values = {"csrf": csrf, "coding": coding, "then": "/review"}
        page = timed(
            lambda values=values: visitor.post("/do/accept", data=values, headers=headers), times
        ).text
        if not settled and index % 5 == 0:
            visitor.get("/verdicts", headers=headers)
    print(line(name, times))


def main(sizes: list[int]) -> None:
    print(f"  {'milliseconds':36} {'median':>8} {'95 %':>8} {'slowest':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            path = make(Path(folder), size)
            print(f"{size:,} statements (made in {time.perf_counter() - started:.0f} s)")
            measure(path)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
