"""How long the review page takes, on the server's side, with 1,000 to 100,000 statements.

    python -m benchmarks.review [STATEMENTS...] [--keep FOLDER] [--only WORDS] [--write]

Makes a project of made-up articles and asks as a browser does: every room, every question of the
API, every kind of change and the page that follows it; accepts 100 codings by key; and does that
again while all is counted anew, and while a large change is made beside; and opens every room once
more when all codings are reviewed. What is told is the median and the slowest in milliseconds of
each kind of request, one at a time, and how long what is made beside takes. `--keep` makes each
project once and works on a copy of it, `--only` asks what has these words in its name, `--write`
puts the tables into docs/quality.md.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from benchmarks.made_up import BY, filled
from benchmarks.quality import write_table
from benchmarks.review_requests import Change, changes, pages
from whipcount import project
from whipcount.app.access import Access
from whipcount.app.application import application
from whipcount.app.asked import review

TOKEN = "benchmark"
HOST = "http://127.0.0.1:8000"
SIZES = (1_000, 10_000, 100_000)
AFTER = "the page after a change"
PRESSED = "a key: accept, and the next item"
KEYS = 100
"""Codings that are accepted by key."""

Times = dict[str, list[float]]
"""Milliseconds of each kind of request."""


class Visitor:
    """A browser on a project's page.

    `times` has how long each kind of request took, `beside` what was made beside the requests.
    """

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.times: Times = {}
        self.beside: Times = {}
        of = review(self.path, Access(BY.who, token=TOKEN))
        self.client = TestClient(application(of), base_url=HOST, follow_redirects=False)
        self.csrf = ""

    def __enter__(self) -> Visitor:
        self.client.__enter__()
        self.client.get(f"/?token={TOKEN}")
        page = self.get("", "/review", whole=True)
        self.csrf = page.partition('name="csrf" content="')[2].partition('"')[0]
        return self

    def __exit__(self, *what: Any) -> None:
        self.client.__exit__(*what)

    def get(self, name: str, place: str, *, whole: bool = False) -> str:
        """Return a page; how long it took is kept under a name."""
        headers = {} if whole else {"X-Part": "main"}
        answer = self._timed(name, lambda: self.client.get(place, headers=headers))
        assert answer.status_code == 200, f"{name}: {answer.text[:500]}"
        return str(answer.text)

    def do(self, name: str, action: str, values: dict[str, Any], then: str) -> str:
        """Do what a form asks for, and return the page that follows."""
        sent = {"csrf": self.csrf, "then": then, **values}
        headers = {"Origin": HOST, "X-Part": "main"}
        post = lambda: self.client.post(f"/do/{action}", data=sent, headers=headers)  # noqa: E731
        answer = self._timed(name, post)
        assert answer.status_code == 303, f"{name}: {answer.status_code} {answer.text[:500]}"
        return self.get(AFTER if name else "", answer.headers["location"])

    def work_as(self, who: str) -> None:
        """Go on under another name."""
        sent = {"csrf": self.csrf, "name": who}
        self.client.post("/work-as", data=sent, headers={"Origin": HOST})

    def settle(self, name: str = "") -> None:
        """Wait until nothing is being counted or ranked; how long is kept under a name."""
        begun = time.perf_counter()
        with project.open_project(self.path, writing=False) as debate:
            for place in ("/", "/verdicts", "/changes"):
                for _ in range(3000):
                    page = self.get("", place)
                    if "data-again" not in page and "data-stale" not in page:
                        break
                    time.sleep(0.1)
            self._wait(lambda: not project.queue_is_stale(debate) or not self.get("", "/review"))
        if name:
            self.beside.setdefault(name, []).append((time.perf_counter() - begun) * 1000)

    def until_made(self, name: str) -> None:
        """Wait until no large change is under way; how long is kept under a name if one was."""
        begun = time.perf_counter()
        with project.open_project(self.path, writing=False) as debate:
            if project.under_way(debate) is None:
                return
            self._wait(lambda: project.under_way(debate) is None)
        self.beside.setdefault(name, []).append((time.perf_counter() - begun) * 1000)

    @staticmethod
    def _wait(done: Callable[[], bool]) -> None:
        for _ in range(6000):
            if done():
                return
            time.sleep(0.1)
        raise AssertionError("ten minutes have passed")

    def _timed(self, name: str, ask: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        answer = ask()
        if name:
            self.times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
        return answer


def press(visitor: Visitor, name: str, *, verdicts: bool = False) -> None:
    """Accept codings as the key does: what counts is until the next item is there."""
    page = visitor.get("", "/review")
    for index in range(KEYS):
        coding = page.partition('data-item="')[2].partition('"')[0]
        begun = time.perf_counter()
        page = visitor.do("", "accept", {"coding": coding}, "/review")
        visitor.times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
        if verdicts and index % 5 == 0:
            visitor.get("", "/verdicts")


def measure(path: Path, only: str) -> tuple[Times, Times]:
    """Return how long each kind of request takes, and what is made beside them."""
    with project.open_project(path) as debate:
        places = pages(debate)
        kinds = [change for change in changes(debate) if only in change.name]
    begun = time.perf_counter()
    with Visitor(path) as visitor:
        visitor.times["begin, with the first page"] = [(time.perf_counter() - begun) * 1000]
        visitor.get("board, the first paint", "/", whole=True)
        visitor.settle("all that is read and counted first")
        if only in PRESSED:
            press(visitor, PRESSED)
            press(visitor, f"{PRESSED}, while all is counted anew", verdicts=True)
            visitor.settle("counted anew after reviews")
            above = {"above": "0.5"}
            visitor.do("do: accept all above 0.5", "accept-all", above, "/review")
            press(visitor, f"{PRESSED}, while a large change is made")
            visitor.until_made("accept all above 0.5")
            with project.open_project(path) as debate:
                number = next(one.number for one in project.history(debate, limit=KEYS + 9)
                              if one.what == "accept all")  # fmt: skip
            visitor.do(
                "do: accept all above 0.5: undo", "undo", {"changes": str(number)}, "/review"
            )
            visitor.until_made("accept all above 0.5: undo")
            visitor.settle("counted anew after many reviews")
        _look(visitor, places, only)
        for change in kinds:
            _change(visitor, change)
        visitor.settle()
        visitor.do("do: accept all", "accept-all", {"above": "0"}, "/review")
        visitor.until_made("accept all")
        visitor.settle()
        _look(visitor, places, only)
    return visitor.times, visitor.beside


def _look(visitor: Visitor, places: dict[str, str], only: str) -> None:
    for name, place in places.items():
        if only in name:
            for turn in range(1, 6):
                visitor.get(name, place.replace("TURN", f"{turn:02}"))


def _change(visitor: Visitor, change: Change) -> None:
    """Make a change some times, and undo it where it is large."""
    visitor.work_as(change.who)
    for _ in range(change.times):
        with project.open_project(visitor.path, writing=False) as debate:
            values = change.values(debate)
        name = f"do: {change.name}"
        visitor.do(name, change.action, values, change.then)
        if change.undone:
            visitor.until_made(change.name)
            visitor.do(f"{name}: undo", "undo-last", {}, change.then)
            visitor.until_made(f"{change.name}: undo")
    visitor.work_as(BY.who)


def made(folder: Path, size: int) -> Path:
    """Return a project of so many statements, made in a folder if it isn't there."""
    folder = folder / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "debate.whip"
    if not path.exists():
        begun = time.perf_counter()
        beside = folder / "beside.whip"
        beside.unlink(missing_ok=True)
        filled(beside, size).close()
        beside.rename(path)
        print(f"{size:,} statements: made in {time.perf_counter() - begun:.0f} s", flush=True)
    return path


def table(found: dict[int, Times], head: str) -> list[str]:
    """Return the table of all kinds, the median and the slowest of each."""
    rows = [
        f"| {head}, median / slowest | " + " | ".join(f"{size:,}" for size in found) + " |",
        "|---|" + "---:|" * len(found),
    ]
    for name in dict.fromkeys(name for times in found.values() for name in times):
        cells = (_cell(times.get(name)) for times in found.values())
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return rows


def slowest(found: dict[int, Times]) -> str:
    """Return the last line of a table: the slowest of all."""
    most = (max(max(some) for some in times.values()) for times in found.values())
    return "| the slowest of all | " + " | ".join(f"{one:,.0f}" for one in most) + " |"


def _cell(times: list[float] | None) -> str:
    return f"{statistics.median(times):,.0f} / {max(times):,.0f}" if times else ""


def main() -> None:
    """Measure each size, and print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", type=int, nargs="*", default=SIZES)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found: dict[int, Times] = {}
    beside: dict[int, Times] = {}
    for size in given.statements:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "copy.whip"
            shutil.copy(made(given.keep or Path(folder), size), path)
            found[size], beside[size] = measure(path, given.only)
    rows = [*table(found, "milliseconds a request"), slowest(found)]
    more = table(beside, "milliseconds beside the requests")
    print("\n".join([*rows, "", *more]))
    if given.write:
        write_table("review page", rows)
        write_table("review page beside", more)


if __name__ == "__main__":
    main()
