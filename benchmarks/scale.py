"""Many pages at once: articles a second of one and two processes and on Ray, memory, and kills.

    python -m benchmarks.scale rates [--pages N] [--rounds N] [--no-ray] [--anyway] [--write]
    python -m benchmarks.scale memory [--pages N] [--jobs N] [--write]
    python -m benchmarks.scale stand-in [--pages N] [--jobs N] [--write]
    python -m benchmarks.scale kills [--kills N] [--write]
    python -m benchmarks.scale count [--pages N] [--write]

`rates`: the articles of our debates, over and over, with all models into a folder of Parquet, by
one process, by two and by two actors on Ray, one after the other in each round, every other round
the other way round. What counts is the slope: pages over time from the first part on, so without
what starting costs, which is told by itself. Shares are the medians of the rounds' shares, for what
else a machine does changes from round to round. It is refused where the load is above 0.5 when it
begins, unless `--anyway` is said; the loads are told. Processor seconds an article are those of all
processes but Ray's, and tell of a busy machine what seconds don't.

`memory`: what the processes of a run hold, all together, as it goes on, with all models.
`stand-in`: the same with a stand-in that makes one statement an article, over many more pages.

`kills`: a run by two processes is killed (SIGKILL, the first process alone) at random moments and
started again, until it was killed so often; what is there in the end is compared with what a run
that wasn't killed gives, file by file.

`count`: seconds and most memory of counting a folder of that many coded pages, and of the positions
alone as JSON lines.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.scale.stand_in import Slow, StandIn

import whipcount
from benchmarks.debate import DEBATE
from benchmarks.quality import write_table
from whipcount.scale import Run, Settings, by_processes
from whipcount.scale.on_ray import by_actors
from whipcount.scale.parts import Doing
from whipcount.scale.pool import Making
from whipcount.scale.work import Worker

ROOT = Path(__file__).parents[1]
SETTINGS = Settings("code", DEBATE / "accession.toml")
PLAIN = Settings(tagger="rules")
PART = 32
"""Pages of a part where rates are measured, fewer than a run has, so that the slope has more points
and what a part costs beside its pages counts eight times as much."""

MOST_LOAD = 0.5
"""Load average of the last minute with which rates may begin: of two processors all but a quarter
of one is free then."""

FEW = 8
"""Pages of a run that tells what loading the models costs."""


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "what", choices=["rates", "memory", "stand-in", "kills", "count", "run", "killed"]
    )
    parser.add_argument("--pages", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--anyway", action="store_true")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--no-ray", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.what == "killed":
        _be_killed(args.folder)
        return
    if args.what == "run":
        _run(args.folder, args.way)
        return
    with tempfile.TemporaryDirectory(prefix="whipcount-scale-") as folder:
        rows = {
            "rates": lambda at: _rates(
                at, args.pages or 384, args.rounds, not args.no_ray, args.anyway
            ),
            "memory": lambda at: _memory(at, args.pages or 3000, SETTINGS, args.jobs, Worker),
            "stand-in": lambda at: _memory(at, args.pages or 100_000, PLAIN, args.jobs, StandIn),
            "kills": lambda at: _kills(at, args.kills),
            "count": lambda at: _count(at, args.pages or 20_000),
        }[args.what](Path(folder))
    print("\n".join(rows))
    if args.write:
        write_table(f"scale {args.what}", rows, ROOT / "docs" / "scale.md")


def _pages(folder: Path, number: int) -> list[Path]:
    """Write so many pages: our debates' articles, each with a line that makes it another."""
    texts = [article.text for article in whipcount.read(_sources())]
    folder.mkdir(parents=True)
    found = []
    for place, text in enumerate(itertools.islice(itertools.cycle(texts), number)):
        path = folder / f"{place:06}.txt"
        path.write_text(f"{text}\n\nThis is number {place}.\n", encoding="utf-8")
        found.append(path)
    return found


def _sources() -> list[Path]:
    debates = sorted((ROOT / "benchmarks" / "debates").glob("*/pages"))
    return [DEBATE / "pages", *debates]


def _rates(folder: Path, number: int, rounds: int, with_ray: bool, anyway: bool) -> list[str]:
    load, *_ = os.getloadavg()
    if load > MOST_LOAD and not anyway:
        sys.exit(f"the load is {load:.1f}; wait until the machine is idle, or say --anyway")
    _pages(folder / "pages", number)
    _pages(folder / "few", FEW)
    ways = list(WAYS) if with_ray else list(WAYS)[:2]
    found: dict[str, list[tuple[float, float, float]]] = {way: [] for way in ways}
    for turn in range(rounds):
        for way in ways if turn % 2 == 0 else reversed(ways):
            _, loading, _ = _measured(folder / "few", way)
            rate, spent, start = _measured(folder / "pages", way)
            found[way].append((rate, (spent - loading) / (number - FEW), start))
            print(f"{turn} {way}: {found[way][-1]}", file=sys.stderr)
    rows = [
        "| | articles a second | against one process | processor seconds an article | first part |",
        "|---|---|---|---|---|",
    ]
    for way, turns in found.items():
        rate, spent, start = (statistics.median(values) for values in zip(*turns, strict=True))
        cost = f"{spent:.3f}" if way != RAY else ""
        share = _share(turns, found["one process"])
        rows.append(f"| {way} | {rate:.2f} | {share} | {cost} | {start:.0f} s |")
    texts = [page.read_text("utf-8") for page in (folder / "pages").iterdir()]
    words = sum(len(text.split()) for text in texts) / number
    rows += [
        "",
        f"{number} articles of {words:.0f} words on average; medians of {rounds} rounds, in "
        f"brackets the least and the largest. The load was {load:.1f} when it began.",
    ]
    if with_ray:
        rows[-1] += f" Ray comes to {_share(found[RAY], found['two processes'])} of the pool."
    return rows


def _share(
    turns: list[tuple[float, float, float]], others: list[tuple[float, float, float]]
) -> str:
    """Return the median of the rounds' shares of the rates, with the least and the largest."""
    shares = [one[0] / other[0] for one, other in zip(turns, others, strict=True)]
    if turns is others:
        return "1"
    return f"{statistics.median(shares):.2f} ({min(shares):.2f} to {max(shares):.2f})"


RAY = "Ray, two actors"
WAYS: dict[str, Callable[[], Doing]] = {
    "one process": lambda: by_processes(1),
    "two processes": lambda: by_processes(2),
    RAY: lambda: by_actors(2),
}


def _measured(pages: Path, way: str) -> tuple[float, float, float]:
    """Return a run's articles and processors' seconds, and the seconds to its first part.

    It is a process of its own, so that what one run has loaded helps no other.
    """
    command = [sys.executable, "-m", "benchmarks.scale", "run", str(pages), "--way", way]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    points = [tuple(map(float, line.split())) for line in process.stdout]
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        sys.exit(f"{' '.join(command)} ended with {status}")
    # while the last process loads its models, the others work alone
    slope = _slope([(at, done) for at, done in points[len(points) // 10 :]])
    return slope, used.ru_utime + used.ru_stime, points[0][0]


def _run(pages: Path, way: str) -> None:
    """Do pages and print how many are done when; the folder is new each time."""
    started = time.perf_counter()
    counted = 0

    def count(more: int) -> None:
        nonlocal counted
        counted += more
        print(time.perf_counter() - started, counted, flush=True)

    with tempfile.TemporaryDirectory() as out:
        run = Run(sorted(pages.iterdir()), SETTINGS, Path(out) / "out", pages_per_part=PART)
        run.go(WAYS[way](), on_pages=count)


def _slope(points: list[tuple[float, int]]) -> float:
    """Return the slope of the line with the least squares through points; 0 through one."""
    if len(points) < 2:
        return 0.0
    x = sum(at for at, _ in points) / len(points)
    y = sum(pages for _, pages in points) / len(points)
    return sum((at - x) * (pages - y) for at, pages in points) / sum(
        (at - x) ** 2 for at, _ in points
    )


def _memory(folder: Path, number: int, settings: Settings, jobs: int, making: Making) -> list[str]:
    shares = [0.1, 0.25, 0.5, 0.75, 1.0]
    started = time.perf_counter()
    found = _held(folder, number, settings, by_processes(jobs, making), shares)
    taken = time.perf_counter() - started
    what = "a stand-in" if making is StandIn else "all models"
    return [
        f"| of {number:,} pages | {' | '.join(f'{share:.0%}' for share in shares)} |",
        f"|{'---|' * (len(shares) + 1)}",
        f"| {jobs} processes with {what} | {' | '.join(f'{held:,.0f} MB' for held in found)} |",
        "",
        f"It took {taken / 60:.1f} min, on a machine with other work.",
    ]


def _held(
    folder: Path, number: int, settings: Settings, doing: Doing, shares: list[float]
) -> list[float]:
    """Return the most MB that a run's processes held up to each share of its pages."""
    run = Run(_pages(folder / "pages", number), settings, folder / "out")
    most = 0.0
    done = 0
    found: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        nonlocal most
        while not ended.wait(0.25):
            most = max(most, _resident(os.getpid()))

    def count(pages: int) -> None:
        nonlocal done, most
        done += pages
        while len(found) < len(shares) and done >= shares[len(found)] * number:
            found.append(max(most, _resident(os.getpid())))
            print(f"{done} of {number}: {found[-1]:.0f} MB", file=sys.stderr)
            most = 0.0

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    run.go(doing, on_pages=count)
    ended.set()
    thread.join()
    return found


def _resident(process: int) -> float:
    """Return the MB that a process and its children hold (Linux)."""
    place = Path(f"/proc/{process}")
    try:
        pages = int((place / "statm").read_text().split()[1])
        children = [
            int(child)
            for task in (place / "task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:  # it has just ended
        return 0.0
    own = pages * resource.getpagesize() / 1e6
    return own + sum(_resident(child) for child in children)


def _killed_run(folder: Path) -> tuple[Run, Callable[[int], Doing]]:
    pages = sorted((folder / "pages").iterdir())
    run = Run(pages, PLAIN, folder / "out", pages_per_part=20)
    return run, lambda jobs: by_processes(jobs, Slow)


def _be_killed(folder: Path) -> None:
    run, doing = _killed_run(folder)
    run.go(doing(2))


def _kills(folder: Path, kills: int) -> list[str]:
    """Kill a run until it was killed so often; where it ends before, compare and begin again."""
    _pages(folder / "pages", 2000)
    run, doing = _killed_run(folder)
    run.go(doing(2))
    expected = dict(_files(folder / "out"))
    chance = random.Random(1)
    command = [sys.executable, "-m", "benchmarks.scale", "killed", str(folder)]
    done = runs = same = at_work = 0
    shutil.rmtree(folder / "out")
    while done < kills:
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0.2, 6.0))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            done += 1
            at_work += (folder / "out" / "manifest.jsonl").exists()
            continue
        runs += 1
        same += dict(_files(folder / "out")) == expected
        shutil.rmtree(folder / "out")
    subprocess.run(command, cwd=ROOT, check=True)
    runs += 1
    same += dict(_files(folder / "out")) == expected
    left = len(list((folder / "out").rglob("*.part")))
    return [
        f"{kills} kills at random moments, {at_work} of them after the first part had begun, in "
        f"{runs} runs of {len(run.pages):,} pages by two processes: {same} of {runs} runs ended "
        f"with the same {len(expected)} Parquet files to the byte, {left} half-written files left."
    ]


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in folder.rglob("*.parquet"):
        yield str(file.relative_to(folder)), file.read_bytes()


COUNTING = """
import sys
from whipcount.cli import main
if main(sys.argv[1:]):
    sys.exit("the count failed")
print(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
"""
"""Counts and tells the most kB that the process held. What `wait4` tells is that of the process
before it too, which has all models."""


def _count(folder: Path, number: int) -> list[str]:
    """Return what counting a folder costs whose articles are the example's, over and over."""
    from whipcount.scale.manifest import Manifest  # noqa: PLC0415
    from whipcount.scale.places import place  # noqa: PLC0415
    from whipcount.scale.work import Result  # noqa: PLC0415

    issue = whipcount.load_issue(SETTINGS.issue or "")
    coded = list(whipcount.code(DEBATE / "pages", issue))
    pages = [Path(f"{at:06}.txt") for at in range(number)]
    run = Run(pages, SETTINGS, folder / "out", with_text=True)
    many = itertools.cycle(coded)
    with Manifest(place(run.folder), run.head()) as manifest:
        for part in range(run.parts):
            results = ((p, Result((_another(next(many), str(p)),))) for p in run.pages_of(part))
            manifest.note(run.write(part, results))
    size = sum(file.stat().st_size for file in (folder / "out").rglob("*.parquet"))
    command = [sys.executable, "-c", COUNTING, "count", str(folder / "out")]
    command += ["--issue", str(SETTINGS.issue), "--format", "parquet", "--out", str(folder / "n")]
    started = time.perf_counter()
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    taken = time.perf_counter() - started
    positions = sum(len(one.positions) for one in coded) * number // len(coded)
    return [
        f"Counting {number:,} coded articles with about {positions:,} positions ({size / 1e6:,.0f} "
        f"MB of Parquet, texts included) takes {taken:.0f} s and {int(told) / 1000:,.0f} MB."
    ]


def _another(one: whipcount.Coded, name: str) -> whipcount.Coded:
    """Return a coded article under another id."""
    id_ = hashlib.sha256(name.encode()).hexdigest()[:16]

    def renamed(statement: str | None) -> str:
        return f"{id_}.{(statement or '').rpartition('.')[2]}"

    return replace(
        one,
        article=replace(one.article, id=id_, path=name),
        statements=tuple(replace(each, id=renamed(each.id)) for each in one.statements),
        positions=tuple(
            replace(each, article=id_, statement=renamed(each.statement)) for each in one.positions
        ),
    )


if __name__ == "__main__":
    main()
