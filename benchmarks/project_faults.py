"""A fault at every commit point of a project in turn: nothing confirmed is lost, all is whole.

    python -m benchmarks.project_faults [--only WORDS] [--write]

Each thing that writes to a project (init, add, a new version, code again, every kind of decision,
large changes, undo, merge) is done in a process of its own, once for each of its commits and each
move of a finished file: there it fails with an error, or the process ends before it, or right after
it. Then the project is opened again: `check` must find nothing, what Ann had confirmed must be
there, and the same thing done once more must come out as if nothing had happened. Needs `os.fork`.
`--write` puts the table into docs/quality.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.made_up import BOB, BY, MEMBERS, add_articles, coded, files
from benchmarks.quality import write_table
from whipcount import project
from whipcount.errors import WhipcountError
from whipcount.model import Span
from whipcount.project import Project, slices, undoing
from whipcount.project.rows import columns_of

MODES = ("an error", "an end before", "an end after")
PASSED, FAILED, ENDED = 0, 8, 9
"""Exit codes of a process that met no fault, that was told of one, and that ended at one."""

LARGE = 6
"""Rows of a slice here, so that a project of some articles has large changes."""

ARTICLES = 8
STATEMENTS = 6


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that is done to `debate.whip` in a folder; `makes` is the file it is seen in."""

    name: str
    do: Callable[[Path], object]
    makes: str = "debate.whip"


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a doing: commit points, faults put there, reviews lost, things found wrong."""

    name: str
    points: int
    faults: int
    lost: int
    wrong: int


def broken(at: int, mode: str) -> None:
    """Let this process fail at one of its commit points, counted from 1."""
    passed = 0
    connect, link = sqlite3.connect, os.link

    def around(commit: Callable[[], Any]) -> Any:
        nonlocal passed
        passed += 1
        if passed != at:
            return commit()
        if mode == "an error":
            raise sqlite3.OperationalError("a fault that was put here")
        if mode == "an end after":
            commit()
        os._exit(ENDED)

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            commits = sql.lstrip().upper().startswith("COMMIT")
            run = super().execute
            found: sqlite3.Cursor = (
                around(lambda: run(sql, *values)) if commits else run(sql, *values)
            )
            return found

        def backup(self, target: sqlite3.Connection, **how: Any) -> None:
            run = super().backup
            around(lambda: run(target, **how))

    def linked(one: Any, other: Any) -> None:
        try:
            around(lambda: link(one, other))
        except sqlite3.OperationalError as error:
            raise FileExistsError(str(error)) from None  # as if another had come first

    sqlite3.connect = lambda *given, **how: connect(*given, factory=Connection, **how)  # type: ignore[assignment]
    os.link = linked  # type: ignore[assignment]


def exit_code(doing: Doing, folder: Path, at: int, mode: str) -> int:
    """Return how a process ends that does something and fails at a commit point."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            broken(at, mode)
            doing.do(folder)
            code = PASSED
        except (WhipcountError, sqlite3.Error):
            pass
        except BaseException as error:
            print(f"{doing.name}, {at}, {mode}: {error!r}", flush=True)
            code = 1
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def told(path: Path) -> dict[tuple[str, str], Any]:
    """Return what a project says, without the numbers of its changes."""
    with project.open_project(path, writing=False) as debate:
        return {
            key: [value for value in values if not isinstance(value, bytes)]
            for key, values in project.state(debate).items()
        }


def confirmed(found: dict[tuple[str, str], Any]) -> Counter[tuple[str, str]]:
    """Return how often Ann decided what: verdicts and stances, wherever their words are now."""
    columns = columns_of("reviews")
    places = [columns.index(name) for name in ("coder", "verdict", "stance")]
    reviews = [
        [values[place] for place in places]
        for (table, _), values in found.items()
        if table == "reviews"
    ]
    return Counter((verdict, stance) for who, verdict, stance in reviews if who == BY.who)


def tally(doing: Doing, base: Path, folder: Path, modes: Callable[[int], tuple[str, ...]]) -> Tally:
    """Put a fault at each commit point of a doing, in the modes that `modes` names for it."""
    path = folder / doing.makes
    fresh(base, folder)
    doing.do(folder)
    wanted, before = told(path), confirmed(told(base / "debate.whip"))
    at = faults = lost = wrong = 0
    passed = False
    while not passed:
        at += 1
        for mode in modes(at):
            fresh(base, folder)
            code = exit_code(doing, folder, at, mode)
            if code == PASSED:
                passed = True
                break
            faults += 1
            problems, missing = after(doing, folder, wanted, before)
            problems += [f"it ended with {code}"] if code not in (FAILED, ENDED) else []
            for problem in problems:
                print(f"{doing.name}, commit point {at}, {mode}: {problem}", flush=True)
            lost += missing
            wrong += len(problems)
    return Tally(doing.name, at - 1, faults, lost, wrong)


def after(
    doing: Doing, folder: Path, wanted: dict[tuple[str, str], Any], before: Counter[tuple[str, str]]
) -> tuple[list[str], int]:
    """Return what is wrong after a fault, and how many decisions are lost."""
    path = folder / doing.makes
    problems: list[str] = []
    missing = 0
    if path.exists():
        with project.open_project(path) as debate:
            problems += project.check(debate)
        missing = (before - confirmed(told(path))).total() if doing.name != "init" else 0
        with project.open_project(path) as debate:
            project.finish(debate)
            problems += project.check(debate)
    if not path.exists() or told(path) != wanted:
        doing.do(folder)
    if told(path) != wanted:
        problems.append("done once more, it isn't what it is without a fault")
    return problems, missing


def fresh(base: Path, folder: Path) -> None:
    """Make a folder what the base is."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)


def based(folder: Path) -> None:
    """Make the projects that all begins with: Ann has decided some, Bob all of another file."""
    folder.mkdir()
    path = folder / "debate.whip"
    with project.create(path, files(folder), BY) as debate:
        add_articles(debate, range(1, 1 + ARTICLES), STATEMENTS)
        for one in _codings(debate)[:5]:
            project.accept(debate, one, BY)
        project.change(debate, _codings(debate)[5], BY, stance="abstain")
        project.refresh_queue(debate)
    shutil.copy(path, folder / "other.whip")
    with project.open_project(folder / "other.whip") as other:
        add_articles(other, range(30, 32), STATEMENTS)
        project.change(other, _codings(other)[5], BOB, stance="support")
        project.delete(other, _codings(other)[9], BOB)
    shutil.copy(path, folder / "accepted.whip")
    with project.open_project(folder / "accepted.whip") as accepted:
        project.accept_all(accepted, 0.0, BOB)


def _codings(debate: Project) -> list[str]:
    return [
        one.id
        for each in project.articles(debate).items
        for one in project.codings(debate, each.id)
    ]


def on_debate(do: Callable[[Project], object], name: str = "debate.whip") -> Callable[[Path], None]:
    """Return what opens the project of a folder and does something to it."""

    def opened(folder: Path) -> None:
        with project.open_project(folder / name) as debate:
            do(debate)

    return opened


def _init(folder: Path) -> None:
    project.create(folder / "new.whip", folder / "issue.toml", BY).close()


def _add(debate: Project) -> None:
    add_articles(debate, range(50, 53), STATEMENTS)
    project.refresh_queue(debate)


def _new_version(debate: Project) -> None:
    project.add(debate, coded(1, lines=STATEMENTS + 1), BY)


def _code_again(debate: Project) -> None:
    project.rename_option(debate, "treaty", BY, label="The treaty is opened for good")
    for _ in project.code_again(debate, BY, coder="lexical"):
        pass


def _split(debate: Project) -> None:
    one = project.coding(debate, _codings(debate)[8]).statement
    (piece, *_) = one.content
    middle = (piece.start + piece.end) // 2
    halves = [[Span(piece.start, middle)], [Span(middle, piece.end)]]
    project.split(debate, one.id, halves, BOB)


def _mark(debate: Project) -> None:
    one = project.coding(debate, _codings(debate)[8]).statement
    (piece, *_) = one.content
    project.mark(debate, one.id, BOB, content=[Span(piece.start, piece.end - 9)])


def _by_hand(debate: Project) -> None:
    entry = project.Entry(MEMBERS[0], "treaty", "oppose", "2031-02-03", note="a call")
    project.enter(debate, entry, BOB)
    project.override(debate, MEMBERS[1], "treaty", "no", "2031-02-04", "was told so", BOB)
    project.add_coder(debate, "Cy", BOB)


def _actors(debate: Project) -> None:
    found = debate.connection.execute("SELECT DISTINCT named FROM actors ORDER BY named LIMIT 2")
    keys = [key for (key,) in found]
    project.merge_actors(debate, keys[0], keys[1], BOB)
    project.set_role(debate, keys[1], BOB, role="envoy", first="2031-01-01")


def _merge(folder: Path) -> None:
    paths = [folder / "debate.whip", folder / "other.whip"]
    project.merge_files(paths, folder / "merged.whip", BOB)


DOINGS = (
    Doing("init", _init, "new.whip"),
    Doing("add", on_debate(_add)),
    Doing("add a new version", on_debate(_new_version)),
    Doing("code again", on_debate(_code_again)),
    Doing("accept", on_debate(lambda one: project.accept(one, _codings(one)[8], BOB))),
    Doing(
        "change",
        on_debate(lambda one: project.change(one, _codings(one)[8], BOB, stance="abstain")),
    ),
    Doing("delete", on_debate(lambda one: project.delete(one, _codings(one)[8], BOB))),
    Doing("split a statement", on_debate(_split)),
    Doing("mark words", on_debate(_mark)),
    Doing("by hand", on_debate(_by_hand)),
    Doing("actors", on_debate(_actors)),
    Doing("accept all, in slices", on_debate(lambda one: project.accept_all(one, 0.0, BOB))),
    Doing(
        "rename an option, in slices",
        on_debate(lambda one: project.rename_option(one, "treaty", BOB, new="reform")),
    ),
    Doing(
        "merge options, in slices",
        on_debate(lambda one: project.merge_options(one, "treaty", "membership", BOB)),
    ),
    Doing(
        "undo, in slices",
        on_debate(lambda one: project.undo_last(one, BOB), "accepted.whip"),
        "accepted.whip",
    ),
    Doing("rank the queue", on_debate(project.refresh_queue)),
    Doing("merge", _merge, "merged.whip"),
)
"""All that writes to a project."""


def tallies(
    folder: Path, only: str = "", modes: Callable[[int], tuple[str, ...]] = lambda _: MODES
) -> list[Tally]:
    """Return what comes of faults in each doing; by default in every mode at each point."""
    slices.SLICE = LARGE
    undoing.AT_ONCE = LARGE
    based(folder / "base")
    return [
        tally(doing, folder / "base", folder / "work", modes)
        for doing in DOINGS
        if only in doing.name
    ]


def main() -> None:
    """Put all faults, and say what they did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = tallies(Path(folder), given.only)
    rows = [
        "| what is done | commit points | faults | decisions lost | wrong |",
        "|---|" + "---:|" * 4,
    ]
    rows += [
        f"| {one.name} | {one.points} | {one.faults} | {one.lost} | {one.wrong} |" for one in found
    ]
    sums = [
        sum(getattr(one, name) for one in found) for name in ("points", "faults", "lost", "wrong")
    ]
    rows.append("| all | " + " | ".join(map(str, sums)) + " |")
    print("\n".join(rows))
    if given.write:
        write_table("project faults", rows)
    sys.exit(bool(sums[2] or sums[3]))


if __name__ == "__main__":
    main()
