"""A run over many pages into a folder of Parquet, in parts, that goes on where it was stopped.

The folder has `articles/`, `statements/` and for codings `positions/`, each with a file a part, and
`manifest.jsonl`: a line about the run, then one for each part that is done, written when its files
have their names. What a part consists of depends on the list of pages alone, so a run that was
stopped and goes on gives the same files as one that wasn't.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from whipcount.reading.beside import digest_of_files
from whipcount.scale import stores
from whipcount.scale.manifest import Manifest, Part
from whipcount.scale.pieces import Item, Page, ends_page, holds_many, items_of
from whipcount.scale.places import place
from whipcount.scale.pool import Making, in_order
from whipcount.scale.tables import Table, Writer, arrow, rows_of
from whipcount.scale.work import Result, Settings, Worker

PAGES_PER_PART = 256
"""Pages of a part: what is done again after a stop, some 30 s of one process; and 4,000 files a
table for a million pages. A page that holds many articles is a part by itself."""


@dataclass(frozen=True, slots=True)
class Done:
    """All parts of a run together."""

    pages: int
    articles: int
    problems: int


@dataclass(frozen=True, slots=True)
class Run:
    """Which pages go where, and how: all that decides what comes out, but not who does it.

    `folder` is a folder's path or its address in an object store. Raises WhipcountError where it
    holds another run, or something else.
    """

    pages: Sequence[Page]
    settings: Settings
    folder: Path | str
    with_text: bool = False
    pages_per_part: int = PAGES_PER_PART
    _begins: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Set where parts begin: the places of their first pages."""
        begins: list[int] = []
        alone = False  # whether the part that was begun last is one page of many articles
        for at, page in enumerate(self.pages):
            many = holds_many(page)
            if not begins or many or alone or at - begins[-1] == self.pages_per_part:
                begins.append(at)
            alone = many
        object.__setattr__(self, "_begins", tuple(begins))

    def go(
        self,
        doing: Doing | None = None,
        *,
        on_pages: Callable[[int], object] = lambda _: None,
        on_problem: Callable[[str], object] = lambda _: None,
    ) -> Done:
        """Do what isn't done yet and return what there is in all.

        `doing` does parts, one process where it is None. `on_pages` is called with how many pages
        more are done, `on_problem` with each problem, for those that were done before too.
        """
        arrow()
        doing = doing or by_processes(1)
        with Manifest(place(self.folder), self.head()) as manifest:
            for part in manifest.done.values():
                on_pages(part.pages)
            todo = [number for number in range(self.parts) if number not in manifest.done]
            if todo:
                for part in doing(self, todo, on_pages):
                    manifest.note(part)
            done = [manifest.done[number] for number in range(self.parts)]
        place(self.folder).clear(tables_of(self.settings))
        for part in done:
            for problem in part.problems:
                on_problem(problem)
        return Done(
            sum(part.pages for part in done),
            sum(part.articles for part in done),
            sum(len(part.problems) for part in done),
        )

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self._begins)

    def pages_of(self, number: int) -> Sequence[Page]:
        """Return the pages of a part."""
        ends = (*self._begins[number + 1 : number + 2], len(self.pages))
        return self.pages[self._begins[number] : ends[0]]

    def write(self, number: int, results: Iterable[tuple[Item, Result]]) -> Part:
        """Write a part's files and return what is in them; no file is there until all are whole."""
        folder = place(self.folder)
        writers = {
            table: Writer(folder, file_of(number, table), table)
            for table in tables_of(self.settings)
        }
        problems: list[str] = []
        pages = articles = 0
        try:
            for item, result in results:
                pages += ends_page(item)
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

    def head(self) -> dict[str, Any]:
        """Return the manifest's first line: what tells this run from another."""
        names = (stores.shown(one) if isinstance(one, str) else str(one) for one in self.pages)
        return {
            "schema": 1,
            "kind": self.settings.kind,
            "pages": len(self.pages),
            "pages_sha256": hashlib.sha256("\0".join(names).encode()).hexdigest(),
            "pages_per_part": self.pages_per_part,
            "parts": self.parts,
            "with_text": self.with_text,
            "settings_sha256": self.settings.digest(),
            "reading_sha256": digest_of_files(one for one in self.pages if isinstance(one, Path)),
            "codebook": self.settings.codebook(),
        }


Doing: TypeAlias = Callable[[Run, Sequence[int], Callable[[int], object]], Iterator[Part]]
"""Does parts of a run, by their numbers: yields each when its files are there. What it is given
last is to be called with how many pages more are done."""


def by_processes(jobs: int, making: Making = Worker) -> Doing:
    """Return what does parts by so many processes of this machine; their order is kept."""

    def doing(run: Run, todo: Sequence[int], on_pages: Callable[[int], object]) -> Iterator[Part]:
        pages = (page for number in todo for page in run.pages_of(number))
        items = (item for page in pages for item in items_of(page, run.settings.encoding))
        results = in_order(items, run.settings, jobs, making)

        def next_of(number: int) -> Iterator[tuple[Item, Result]]:
            waiting = len(run.pages_of(number))
            while waiting:
                item, result = next(results)
                yield item, result
                if ends_page(item):
                    waiting -= 1
                    on_pages(1)

        for number in todo:
            yield run.write(number, next_of(number))

    return doing


def file_of(number: int, table: Table) -> str:
    """Return the name of a part's file."""
    return f"{table}/part-{number:06}.parquet"


def tables_of(settings: Settings) -> tuple[Table, ...]:
    """Return the tables that a run writes."""
    if settings.kind == "code":
        return "articles", "statements", "positions"
    return "articles", "statements"
