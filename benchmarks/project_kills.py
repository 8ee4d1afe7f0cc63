"""300 times kill -9 at random moments of adding, reviewing and merging: nothing confirmed is lost.

    python -m benchmarks.project_kills [--times 300] [--seed 1] [--write]

A process adds articles and accepts codings, and says of each that it is done; it is killed, the
file is opened again and checked, and all that it said must be there. Every third time it is a merge
that is killed: the file to be made is whole or not there, and the two merged are as they were.
Every fourth time somebody else accepts all in slices and undoes it. `--write` puts the figures into
docs/quality.md.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.made_up import BY, coded, files
from benchmarks.quality import write_table
from whipcount import project
from whipcount.project import Project

WORK = """
import sys
from benchmarks.made_up import BY, coded
from whipcount import project
path, first = sys.argv[1], int(sys.argv[2])
with project.open_project(path) as debate:
    options = tuple(option.id for option in project.issue_of(debate).options)
    members = tuple(member.name for member in project.body_of(debate).members)
    for number in range(first, first + 10_000):
        added = project.add(debate, coded(number, 0, options, members), BY)
        print("article", added.article, flush=True)
        for coding in project.codings(debate, added.article)[:3]:
            project.accept(debate, coding.id, BY)
            print("coding", coding.id, flush=True)
        if number % 7 == 3:
            project.refresh_queue(debate)
"""
MERGE = """
import sys
from benchmarks.made_up import BY
from whipcount import project
print("begun", flush=True)
project.merge_files(sys.argv[1:3], sys.argv[3], BY)
"""


LARGE = """
import sys
from benchmarks.made_up import BOB
from whipcount import project
from whipcount.project import slices, undoing
slices.SLICE = undoing.AT_ONCE = 20
with project.open_project(sys.argv[1]) as debate:
    print("begun", flush=True)
    for _ in range(1000):
        project.accept_all(debate, 0.0, BOB)
        project.undo_last(debate, BOB)
"""


def killed(code: str, *arguments: object, after: float) -> list[str]:
    """Run code in a process, kill it some seconds after its first line; return its whole lines."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after)
    process.kill()
    lines = [first, *process.stdout.read().splitlines(keepends=True)]
    process.wait()
    return [line.strip() for line in lines if line.endswith("\n")]


def main() -> None:
    """Kill as often as asked, and say what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    kills: Counter[str] = Counter()
    faults = 0
    confirmed: list[str] = []
    lost: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "debate.whip"
        project.create(path, files(Path(folder)), BY).close()
        for turn in range(given.times):
            if turn % 3 == 2:
                kills["merge"] += 1
                faults += merge_fails(path, Path(folder), chance)
                continue
            if turn % 4 == 3:
                kills["a large change or undoing it"] += 1
                killed(LARGE, path, after=chance.uniform(0, 1))
                faults += large_fails(path)
            else:
                kills["add and review"] += 1
                new = killed(WORK, path, turn * 1000, after=chance.uniform(0, 0.25))
                confirmed += new
                with project.open_project(path) as debate:
                    faults += len(project.check(debate)) if turn % 10 == 0 else 0
                    lost |= {line for line in new if is_lost(debate, line)}
        with project.open_project(path) as debate:
            faults += len(project.check(debate))
            lost |= {line for line in confirmed if is_lost(debate, line)}
            print(project.overview(debate))
    rows = [
        "| killed in | times |",
        "|---|---:|",
        *(f"| {name} | {number} |" for name, number in kills.items()),
        f"| confirmed before | {len(confirmed):,} |",
        f"| of those lost | {len(lost)} |",
        f"| found wrong by `check` | {faults} |",
    ]
    print("\n".join(rows))
    if given.write:
        write_table("project kills", rows)
    sys.exit(bool(lost or faults))


def is_lost(debate: Project, line: str) -> bool:
    """Tell whether an article or a decision that was confirmed isn't there."""
    what, id_ = line.split()
    if what == "article":
        return not project.holds(debate, id_)
    return BY.who not in {one.coder for one in project.coding(debate, id_).reviews}


def large_fails(path: Path) -> int:
    """Go on with a large change that was killed, and return how many things are wrong."""
    with project.open_project(path) as debate:
        faults = len(project.check(debate))
        project.finish(debate)
        return faults + len(project.check(debate))


def merge_fails(path: Path, folder: Path, chance: random.Random) -> int:
    """Kill a merge and return how many things are wrong then."""
    other, into = folder / "other.whip", folder / "merged.whip"
    with project.open_project(path):
        pass
    shutil.copy(path, other)
    with project.open_project(other) as debate:
        options = tuple(option.id for option in project.issue_of(debate).options)
        members = tuple(member.name for member in project.body_of(debate).members)
        for number in range(900_000, 900_010):
            project.add(debate, coded(number, 1, options, members), BY)
    before = [hashlib.sha256(one.read_bytes()).digest() for one in (path, other)]
    killed(MERGE, path, other, into, after=chance.uniform(0, 0.4))
    faults = before != [hashlib.sha256(one.read_bytes()).digest() for one in (path, other)]
    if into.exists():
        with project.open_project(into) as debate:
            faults += len(project.check(debate))
        into.unlink()
    for rest in folder.glob(".*part*"):
        rest.unlink()
    return int(faults)


if __name__ == "__main__":
    main()
