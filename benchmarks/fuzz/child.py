"""The process that is fuzzed: atheris changes pages by what they reach in the readers' code.

    python -m benchmarks.fuzz.child READER FOLDER SECONDS SEED

What a page breaks goes into FOLDER, once for each place in the code, and it goes on. A page over
which the process ends lies there too, as libFuzzer leaves it.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

import atheris

with atheris.instrument_imports(include=["whipcount.reading"]):
    from whipcount.reading import page_articles, pdf, pdf_runs  # noqa: F401
    from whipcount.reading.readers import readers

    readers()

from benchmarks.fuzz.checking import TooSlowError, bounded, check, limit_memory
from benchmarks.fuzz.packing import changed_within
from benchmarks.fuzz.seeds import PAGES, WORDS, seeds

LONGEST = 60_000
"""Bytes of the longest page that is tried."""


def main() -> None:
    """Fuzz one reader for some seconds."""
    reader, folder, seconds, seed = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(reader)):
        (corpus / f"seed-{number}").write_bytes(data)
    words = folder / "words.txt"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS[reader]), encoding="ascii")
    name = PAGES[reader]
    if reader == "pdf":
        pdf._run = _letters_here  # type: ignore[assignment]
    seen: set[str] = set()

    def one(data: bytes) -> None:
        try:
            bounded(lambda: check(data, name))
        except (Exception, TooSlowError) as error:
            _keep(folder, data, error, seen)

    def changed(data: bytes, longest: int, number: int) -> bytes:
        chance = random.Random(number)

        def change(piece: bytes) -> bytes:
            return bytes(atheris.Mutate(piece, max(len(piece) + 200, 64)))

        return (
            changed_within(reader, data, change, chance) if chance.random() < 0.8 else change(data)
        )[:longest]

    limit_memory()
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-max_total_time={seconds}",
            f"-seed={seed}",
            f"-max_len={LONGEST}",
            f"-dict={words}",
            "-len_control=0",
            f"-artifact_prefix={folder}/",
            "-timeout=120",
            "-rss_limit_mb=0",
            "-print_final_stats=1",
            "-verbosity=0",
        ],
        one,
        custom_mutator=changed,
    )
    atheris.Fuzz()


def _escaped(word: str) -> str:
    """Return a word as libFuzzer's dictionaries have it."""
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}"
        for byte in word.encode("utf-8" if max(map(ord, word)) > 255 else "latin-1")
    )


def _keep(folder: Path, data: bytes, error: BaseException, seen: set[str]) -> None:
    place = f"{type(error).__name__} {_place(error.__traceback__)}"
    if place in seen:
        return
    seen.add(place)
    stem = folder / f"found-{hashlib.sha256(place.encode()).hexdigest()[:12]}"
    if not stem.with_suffix(".bin").exists():
        stem.with_suffix(".bin").write_bytes(data)
        told = "".join(traceback.format_exception(error))
        stem.with_suffix(".txt").write_text(f"{place}\n\n{told}", encoding="utf-8")


def _place(trace: TracebackType | None) -> str:
    """Return the innermost place within the readers."""
    frames = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(trace)
        if "whipcount" in frame.filename
    ]
    return frames[-1] if frames else "nowhere"


def _letters_here(data: bytes, path: str) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return what `pdf_runs` says, asked in this process: it takes a hundredth of the time."""
    arguments, inward, outward = sys.argv, sys.stdin, sys.stdout
    sys.argv = [
        "pdf_runs",
        "0",
        "0",
        str(pdf.MOST_PAGES),
        str(pdf.MOST_LETTERS),
        str(pdf.MOST_RUNS),
    ]
    sys.stdin = io.TextIOWrapper(io.BytesIO(data))
    sys.stdout = said = io.StringIO()
    try:
        pdf_runs.main()
    finally:
        sys.argv, sys.stdin, sys.stdout = arguments, inward, outward
    return [json.loads(line) for line in said.getvalue().splitlines()]


if __name__ == "__main__":
    pdf_runs._limit = lambda memory, seconds: None  # noqa: ARG005 (this process is limited itself)
    main()
