"""A run over many pages into a folder of Parquet, in parts, that goes on where it was stopped.

The folder has `articles/`, `statements/` and for codings `positions/`, each with a file a part, and
`manifest.jsonl`: a line about the run, then one for each part that is done, written when its files
have their names. What a part consists of depends on the list of pages alone, so a run that was
stopped and goes on gives the same files as one that wasn't.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whipcount.errors import WhipcountError
from whipcount.scale.pool import Making, in_order
from whipcount.scale.tables import Table, Writer, arrow, rows_of
from whipcount.scale.work import Result, Settings, Worker

PAGES_PER_PART = 256
"""Pages of a part: what is done again after a stop, some 30 s of one process; and 4,000 files a
table for a million pages."""

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is done: its number, how many pages, articles and rows it has, and its problems.

    `tables` has the number of rows of each of its files.
    """

    part: int
    pages: int
    articles: int
    tables: dict[str, int]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """All parts of a run together."""

    pages: int
    articles: int
    problems: int


@dataclass(frozen=True, slots=True)
class Run:
    """Which pages go where, and how: all that decides what comes out, but the number of processes.

    Raises WhipcountError where the folder holds another run, or something else.
    """

    pages: Sequence[Path]
    settings: Settings
    folder: Path
    with_text: bool = False
    pages_per_part: int = PAGES_PER_PART

    def go(
        self,
        jobs: int = 1,
        *,
        on_pages: Callable[[int], object] = lambda _: None,
        on_problem: Callable[[str], object] = lambda _: None,
        making: Making = Worker,
    ) -> Done:
        """Do what isn't done yet and return what there is in all.

        `on_pages` is called with how many pages more are done, `on_problem` with each problem, for
        those that were done before too.
        """
        arrow()
        done = self.begun()
        for part in done.values():
            on_pages(part.pages)
        todo = sorted(set(range(self.parts)) - done.keys())
        pages = (page for number in todo for page in self.pages_of(number))
        results = in_order(pages, self.settings, jobs, making)
        for number in todo:
            part = self.write(number, self._next(results, number, on_pages))
            self.note(part)
            done[number] = part
        for part in done.values():
            for problem in part.problems:
                on_problem(problem)
        return Done(
            sum(part.pages for part in done.values()),
            sum(part.articles for part in done.values()),
            sum(len(part.problems) for part in done.values()),
        )

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return -(-len(self.pages) // self.pages_per_part)

    def pages_of(self, number: int) -> Sequence[Path]:
        """Return the pages of a part."""
        first = number * self.pages_per_part
        return self.pages[first : first + self.pages_per_part]

    def begun(self) -> dict[int, Part]:
        """Return the parts that are done, in a folder that is this run's; begin it where it isn't.

        A last line that was cut off by a stop is taken away.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / MANIFEST
        head = json.dumps(self._head(), sort_keys=True)
        if not path.exists():
            if any(self.folder.iterdir()):
                raise WhipcountError(
                    f"{self.folder}: is not empty, and has no {MANIFEST}; choose another folder"
                )
            _append(path, head)
            return {}
        lines = path.read_bytes().split(b"\n")
        if lines[-1]:  # a line ends with a line feed, or was never finished
            with path.open("rb+") as file:
                file.truncate(path.stat().st_size - len(lines[-1]))
        whole = [line.decode() for line in lines[:-1]]
        if not whole:
            _append(path, head)
        elif whole[0] != head:
            raise WhipcountError(self._other(whole[0]))
        return {part.part: part for part in map(_part, whole[1:])}

    def write(self, number: int, results: Iterator[Result]) -> Part:
        """Write a part's files and return what is in them; no file is there until all are whole."""
        tables: list[Table] = ["articles", "statements"]
        if self.settings.kind == "code":
            tables.append("positions")
        name = f"part-{number:06}.parquet"
        writers = {table: Writer(self.folder / table / name, table) for table in tables}
        problems: list[str] = []
        pages = articles = 0
        try:
            for result in results:
                pages += 1
                problems += result.problems
                for one in result.found:
                    articles += 1
                    for table, row in rows_of(one, with_text=self.with_text):
                        writers[table].add(row)
        except BaseException:
            for writer in writers.values():
                writer.drop()
            raise
        for writer in writers.values():
            writer.finish()
        rows = {str(table): writer.rows for table, writer in writers.items()}
        return Part(number, pages, articles, rows, tuple(problems))

    def note(self, part: Part) -> None:
        """Put a part into the manifest: from now on it is done."""
        _append(self.folder / MANIFEST, json.dumps(asdict(part), ensure_ascii=False))

    def _next(
        self,
        results: Iterator[tuple[object, Result]],
        number: int,
        on_pages: Callable[[int], object],
    ) -> Iterator[Result]:
        for _ in self.pages_of(number):
            yield next(results)[1]
            on_pages(1)

    def _head(self) -> dict[str, Any]:
        listed = hashlib.sha256("\0".join(map(str, self.pages)).encode()).hexdigest()
        return {
            "schema": 1,
            "kind": self.settings.kind,
            "pages": len(self.pages),
            "pages_sha256": listed,
            "pages_per_part": self.pages_per_part,
            "with_text": self.with_text,
            "settings_sha256": self.settings.digest(),
        }

    def _other(self, line: str) -> str:
        """Return how the run that a folder holds differs from this one."""
        try:
            there = json.loads(line)
            here = self._head()
            names = [name for name in here if there.get(name) != here[name]]
        except ValueError:
            names = []
        what = {
            "pages": "other pages",
            "pages_sha256": "other pages",
            "settings_sha256": "other settings, files or models",
        }
        told = dict.fromkeys(what.get(name, name.replace("_", " ")) for name in names)
        return (
            f"{self.folder / MANIFEST}: the folder holds another run "
            f"({', '.join(told) or 'its first line is none'}); choose another folder, or remove it"
        )


def _part(line: str) -> Part:
    found = json.loads(line)
    return Part(
        found["part"], found["pages"], found["articles"], found["tables"], tuple(found["problems"])
    )


def _append(path: Path, line: str) -> None:
    """Append a line and wait until it is on the disk."""
    with path.open("ab") as file:
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
