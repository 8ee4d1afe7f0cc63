"""Several processes, killed at any moment, failing at any commit: nothing confirmed is lost."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import cast

import pytest

from tests.project.cases import ANN, BOB, article, first_coding, new, told
from whipcount import project
from whipcount.errors import ProjectError
from whipcount.project import Project, open_project, rows

WRITER = """
import sys
from tests.project.cases import article
from whipcount import project
from whipcount.project import By
path, name, first = sys.argv[1], sys.argv[2], int(sys.argv[3])
with project.open_project(path) as debate:
    for number in range(first, first + 1000):
        added = project.add(debate, article(number), By(name, "now"))
        coding = project.codings(debate, added.article)[number % 3]
        project.accept(debate, coding.id, By(name, "now"))
        print(coding.id, flush=True)
"""


def writer(path: object, name: str, first: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(first)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_and_a_reader_never_see_a_lock(tmp_path):
    path = tmp_path / "x.whip"
    new(path).close()
    both = [writer(path, "Ann", 1000), writer(path, "Bob", 3000)]
    confirmed: list[str] = []
    for one in both:
        threading.Thread(target=lambda one=one: confirmed.extend(one.stdout), daemon=True).start()
    deadline = time.monotonic() + 60
    with open_project(path, writing=False) as debate:
        while len(confirmed) < 60 and time.monotonic() < deadline:
            assert project.overview(debate).articles >= 1
            project.articles(debate)
    for one in both:
        one.kill()
        assert one.stderr.read() == ""
        one.wait()
    with open_project(path) as debate:
        assert project.check(debate) == ()
        for line in list(confirmed):
            assert project.coding(debate, line.strip()).state == "decided"


HOLDER = """
import os, sys
from tests.project.cases import ANN
from whipcount import project
path, codings = sys.argv[1], sys.argv[2:]
with project.open_project(path) as debate:
    for coding in codings:
        project.accept(debate, coding, ANN)
        with project.open_project(path, writing=False) as other:  # as a server does at a request
            project.overview(other)
        print(coding, flush=True)
        sys.stdin.readline()
    os._exit(9)
"""


def test_opening_a_project_twice_in_a_process_lets_no_other_remove_its_log(tmp_path):
    path = tmp_path / "x.whip"
    with new(path, 2) as debate:
        ids = [first_coding(debate, number) for number in range(3)]
    command = [sys.executable, "-c", HOLDER, str(path), *ids]
    holder = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    for id_ in ids:
        assert holder.stdout.readline().strip() == id_
        log = path.with_name("x.whip-wal")
        before = log.stat().st_ino
        with open_project(path) as debate:
            assert project.coding(debate, id_).state == "decided"
        assert log.stat().st_ino == before, "who closes last removes the log, and that isn't us"
        holder.stdin.write("\n")
        holder.stdin.flush()
    holder.wait()
    with open_project(path) as debate:
        assert project.check(debate) == ()
        assert {project.coding(debate, id_).state for id_ in ids} == {"decided"}


def test_a_writer_waits_for_another_and_says_so_where_it_hangs(tmp_path, monkeypatch):
    path = tmp_path / "x.whip"
    new(path).close()
    monkeypatch.setattr("whipcount.project.store.PATIENCE", 0.2)
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with open_project(path) as debate:
        with pytest.raises(ProjectError, match="another program has been writing to it"):
            project.accept(debate, first_coding(debate), ANN)
        blocker.execute("ROLLBACK")
        assert project.accept(debate, first_coding(debate), ANN) is not None
    blocker.close()


@pytest.mark.parametrize("seed", range(6))
def test_a_process_killed_at_any_moment_loses_nothing_confirmed(tmp_path, seed):
    path = tmp_path / "x.whip"
    new(path).close()
    one = writer(path, "Ann", 1000)
    first = one.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 0.3))
    one.send_signal(signal.SIGKILL)
    confirmed = [first, *one.stdout.read().splitlines(keepends=True)]
    one.wait()
    with open_project(path) as debate:
        assert project.check(debate) == ()
        for line in confirmed:
            if line.endswith("\n"):
                assert project.coding(debate, line.strip()).state == "decided"
        project.add(debate, article(1), BOB)


class Failing:
    """A connection that fails at one of its statements that write."""

    def __init__(self, connection: sqlite3.Connection, at: int) -> None:
        self.connection, self.left = connection, at

    def _count(self, sql: str) -> None:
        if sql.lstrip()[:6].upper() in ("BEGIN ", "INSERT", "UPDATE", "COMMIT"):
            self.left -= 1
            if self.left == 0:
                raise sqlite3.OperationalError("a fault that was put here")

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        self._count(sql)
        return self.connection.execute(sql, *values)

    def executemany(self, sql: str, values: object) -> sqlite3.Cursor:
        self._count(sql)
        return self.connection.executemany(sql, values)

    def __getattr__(self, name: str) -> object:
        return getattr(self.connection, name)


LONGER = (("Halvern", "“We are for it, as we have always been”", "membership", "support"),
          ("Sundria", "“We too, as it happens”", "membership", "support"))  # fmt: skip
DOINGS = {
    "add": lambda debate: project.add(debate, article(5), BOB),
    "new version": lambda debate: project.add(debate, article(0, LONGER), BOB),
    "change": lambda debate: project.change(debate, first_coding(debate), BOB, stance="oppose"),
    "accept all": lambda debate: project.accept_all(debate, 0.1, BOB),
    "rename": lambda debate: project.rename_option(debate, "membership", BOB, new="joining"),
    "undo": lambda debate: project.undo(debate, project.last_change(debate), BOB),
}


def fails(debate: Project, doing: Callable[[Project], object], at: int) -> bool:
    """Return whether doing something fails where its write number `at` does."""
    failing = Project(debate.path, cast("sqlite3.Connection", Failing(debate.connection, at)), True)
    try:
        doing(failing)
    except sqlite3.OperationalError:
        return True
    return False


@pytest.mark.parametrize("doing", DOINGS)
def test_a_fault_at_any_write_changes_nothing(tmp_path, doing):
    with new(tmp_path / "x.whip", 2) as debate:
        project.accept(debate, first_coding(debate), ANN)
        before = told(debate)
        at = 1
        while fails(debate, DOINGS[doing], at):
            assert not debate.connection.in_transaction
            assert told(debate) == before, at
            at += 1
        assert at > 2
        assert told(debate) != before
        assert project.check(debate) == ()


def test_names_of_tables_are_all_kept(debate):
    found = debate.connection.execute(
        "SELECT m.name FROM sqlite_schema m WHERE m.type = 'table' AND EXISTS "
        "(SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'until')"
    )
    assert {name for (name,) in found} == set(rows.KEPT)
