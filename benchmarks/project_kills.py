"""300 times kill -9 at random moments of adding, reviewing and merging: nothing confirmed is lost.

    python -m benchmarks.project_kills [--times 300] [--seed 1]

A process adds articles and accepts codings, and says of each that it is done; it is killed, the
file is opened again and checked, and all that it said must be there. Every third time it is a merge
that is killed: the file to be made is whole or not there, and the two merged are as they were.
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
from pathlib import Path

from benchmarks.project import BY, ISSUE, coded
from whipcount import project

WORK = """
import sys
from benchmarks.project import BY, coded
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
from benchmarks.project import BY
from whipcount import project
print("begun", flush=True)
project.merge_files(sys.argv[1:3], sys.argv[3], BY)
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
    given = parser.parse_args()
    chance = random.Random(given.seed)
    lost = faults = confirmed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "debate.whip"
        project.create(path, ISSUE, BY).close()
        for turn in range(given.times):
            if turn % 3 == 2:
                faults += merge_fails(path, Path(folder), chance)
                continue
            lines = killed(WORK, path, turn * 1000, after=chance.uniform(0, 0.25))
            confirmed += len(lines)
            with project.open_project(path) as debate:
                faults += len(project.check(debate)) if turn % 10 == 0 else 0
                for line in lines:
                    what, id_ = line.split()
                    if what == "article":
                        lost += not project.holds(debate, id_)
                    else:
                        lost += project.coding(debate, id_).state != "decided"
        with project.open_project(path) as debate:
            faults += len(project.check(debate))
            print(project.overview(debate))
    print(f"{given.times} kills, {confirmed} confirmed, {lost} lost, {faults} faults")
    sys.exit(bool(lost or faults))


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
