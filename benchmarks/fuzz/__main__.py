"""Fuzz readers, each for some minutes, and say what was found.

    pip install atheris
    python -m benchmarks.fuzz [READER...] [--minutes 10] [--folder out/fuzz] [--seed 1]

Pages of our own in each format are changed by chance and by what they reach in the readers' code
(atheris, on libFuzzer), also within archives. A page must give articles whose spans are within
their text, or a message that names it, in 10 s and 1.5 GB. What breaks that goes into the folder,
with its traceback, and is tried again by itself before it counts. `tests/reading/fuzz_findings`
has what was found so far; `tests/reading/test_fuzz.py` runs it, and some seconds of like changes.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.fuzz.seeds import PAGES

SLICE = 120
"""Seconds of a process's life: PDFium keeps what it has opened, and others hold caches."""

AGAIN = """
import sys
from benchmarks.fuzz.checking import bounded, check, limit_memory
limit_memory()
data = open(sys.argv[1], "rb").read()
bounded(lambda: check(data, sys.argv[2]))
"""


def fuzz(reader: str, folder: Path, seconds: float, seed: int) -> tuple[int, list[Path]]:
    """Fuzz a reader; return how many pages were tried, and those that break something."""
    folder.mkdir(parents=True, exist_ok=True)
    tried = 0
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 5:
        command = [sys.executable, "-m", "benchmarks.fuzz.child", reader, str(folder)]
        done = subprocess.run(
            [*command, str(int(min(left, SLICE))), str(seed)],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([".", *sys.path])},
        )
        told = done.stderr.decode("utf-8", "replace")
        counted = re.search(r"stat::number_of_executed_units:\s*(\d+)", told)
        if counted is None:
            counted = re.search(r"#(\d+)[^#]*$", told)
            (folder / f"ended-{seed}.log").write_text(told[-20_000:], encoding="utf-8")
        if counted is None and "Traceback" in told:
            sys.exit(told)
        tried += int(counted[1]) if counted else 0
        seed += 1
    found = [*folder.glob("found-*.bin")]
    for kind in ("crash", "timeout", "oom"):
        found += folder.glob(f"{kind}-*")
    return tried, [page for page in sorted(found) if breaks(page, PAGES[reader])]


def breaks(page: Path, name: str) -> bool:
    """Return whether a page breaks something when it is read by itself."""
    command = [sys.executable, "-c", AGAIN, str(page), name]
    try:
        return (
            subprocess.run(command, capture_output=True, timeout=120, check=False).returncode != 0
        )
    except subprocess.TimeoutExpired:
        return True


def main() -> None:
    """Fuzz the readers that are named, or all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(PAGES))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--folder", type=Path, default=Path("out/fuzz"))
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    unknown = [reader for reader in args.readers if reader not in PAGES]
    if unknown:
        parser.error(f"no reader is called {', '.join(unknown)}; there are {', '.join(PAGES)}")
    for reader in args.readers or PAGES:
        started = time.monotonic()
        tried, found = fuzz(reader, args.folder / reader, 60 * args.minutes, args.seed)
        minutes = (time.monotonic() - started) / 60
        print(f"{reader}: {tried:,} pages in {minutes:.1f} min, {len(found)} findings", flush=True)
        for page in found:
            print(f"    {page}", flush=True)


if __name__ == "__main__":
    main()
