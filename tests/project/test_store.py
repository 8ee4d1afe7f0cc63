"""The file: made, opened, and everything that can be wrong with it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.cases import ANN, ISSUE, article, first_coding, new, told
from whipcount import project
from whipcount.errors import BodyError, IssueError, ProjectError
from whipcount.project import Project, open_project, store


def test_a_new_project_has_its_issue_and_body_and_nothing_beside_it(tmp_path):
    with project.create(tmp_path / "debate.whip", ISSUE, ANN) as debate:
        assert project.issue_of(debate).name == "Ostrand's accession to the Saltmere Pact"
        assert project.body_of(debate).id == "saltmere-pact"
        assert project.file_of(debate, "issue")[0] == ISSUE.read_bytes()
        assert project.check(debate) == ()
        (mode,) = debate.connection.execute("PRAGMA journal_mode").fetchone()
        assert mode == "wal"
    assert [path.name for path in tmp_path.iterdir()] == ["debate.whip"]


def test_a_body_that_ships_is_kept_too(tmp_path):
    with project.create(tmp_path / "debate.whip", ISSUE, ANN, body="nato") as debate:
        assert project.body_of(debate).name == "North Atlantic Treaty Organization"


def test_the_issue_stays_as_it_was_where_its_file_goes(tmp_path):
    shutil.copy(ISSUE, tmp_path)
    shutil.copy(ISSUE.parent / "pact.toml", tmp_path)
    project.create(tmp_path / "debate.whip", tmp_path / ISSUE.name, ANN).close()
    (tmp_path / ISSUE.name).unlink()
    (tmp_path / "pact.toml").unlink()
    with open_project(tmp_path / "debate.whip", writing=False) as debate:
        assert project.issue_of(debate).options
        assert project.body_of(debate).members


def test_nothing_is_made_over_what_is_there(tmp_path):
    path = tmp_path / "debate.whip"
    path.write_text("mine")
    with pytest.raises(ProjectError, match="is there already"):
        project.create(path, ISSUE, ANN)
    assert path.read_text() == "mine"


@pytest.mark.parametrize(("issue", "error"), [("nowhere.toml", IssueError), (None, BodyError)])
def test_nothing_is_made_where_a_file_is_wrong(tmp_path, issue, error):
    with pytest.raises(error):
        project.create(tmp_path / "x.whip", issue or ISSUE, ANN, body=None if issue else "nobody")
    assert list(tmp_path.iterdir()) == []


def test_there_must_be_a_folder(tmp_path):
    with pytest.raises(ProjectError, match="there is no folder"):
        project.create(tmp_path / "no" / "x.whip", ISSUE, ANN)


def whole(tmp_path: Path) -> Path:
    tmp_path.mkdir(exist_ok=True)
    path = tmp_path / "debate.whip"
    new(path, articles=3).close()
    return path


def changed(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.unlink(), "there is no such project; make one with whipcount init"),
        (lambda path: (path.unlink(), path.mkdir()), "is a folder"),
        (lambda path: path.write_bytes(b""), "is empty, no project file"),
        (lambda path: path.write_text("<html>" * 40), "is no project file"),
        (lambda path: path.write_bytes(path.read_bytes()[:50]), "is cut short"),
        (lambda path: path.write_bytes(path.read_bytes()[:-5000]), "is cut short: it has"),
        (lambda path: changed(path, "PRAGMA user_version = 99"), "newer version of whipcount"),
        (lambda path: changed(path, "PRAGMA application_id = 1"), "of another program"),
    ],
)
@pytest.mark.parametrize("writing", [True, False])
def test_what_can_not_be_opened_is_told_and_left_as_it_is(tmp_path, spoil, message, writing):
    path = whole(tmp_path)
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ProjectError, match=message) as error:
        open_project(path, writing=writing)
    assert str(path) in str(error.value)
    assert before is None or path.read_bytes() == before


def test_damage_inside_is_told(tmp_path):
    path = whole(tmp_path)
    data = bytearray(path.read_bytes())
    data[4096 * 3 : -4096] = bytes(len(data[4096 * 3 : -4096]))
    path.write_bytes(data)
    with pytest.raises(ProjectError, match="is damaged; take a copy that is whole"):
        open_project(path, writing=False)
    path = whole(tmp_path / "other")
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'statements'"
        ).fetchone()
    data = bytearray(path.read_bytes())
    data[4096 * (page - 1) : 4096 * page] = bytes(4096)
    path.write_bytes(data)
    with open_project(path, writing=False) as debate:
        assert any("damaged" in problem for problem in project.check(debate))


def test_what_is_open_for_reading_is_not_changed(tmp_path):
    path = whole(tmp_path)
    with open_project(path, writing=False) as debate:
        with pytest.raises(ProjectError, match="open for reading only"):
            project.accept(debate, first_coding(debate), ANN)
        with pytest.raises(sqlite3.OperationalError):
            debate.connection.execute("DELETE FROM queue")


def test_a_read_only_file_is_read_and_refuses_changes(tmp_path, monkeypatch):
    path = whole(tmp_path)
    monkeypatch.setattr(store.os, "access", lambda place, mode: mode != store.os.W_OK)
    with pytest.raises(ProjectError, match="is read-only; change its permissions"):
        open_project(path)
    with open_project(path, writing=False) as debate:
        assert project.overview(debate).articles == 3
    assert [one.name for one in tmp_path.iterdir()] == ["debate.whip"]


def test_a_drive_without_locks_is_told(tmp_path, monkeypatch):
    path = whole(tmp_path)
    changed(path, "PRAGMA journal_mode = DELETE")
    connect = sqlite3.connect
    monkeypatch.setattr(
        store.sqlite3,
        "connect",
        lambda path, **options: connect(f"{path}&vfs=unix-none", **options),
    )
    with pytest.raises(ProjectError, match="can't lock files"):
        open_project(path)


def add_many(debate: Project) -> None:
    for number in range(10, 100):
        project.add(debate, article(number), ANN)


def test_on_a_full_disk_nothing_is_lost(tmp_path):
    path = whole(tmp_path)
    with open_project(path) as debate:
        before = told(debate)
        (pages,) = debate.connection.execute("PRAGMA page_count").fetchone()
        debate.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(ProjectError, match="the disk is full; make room"):
            add_many(debate)
        debate.connection.execute("PRAGMA max_page_count = 1000000")
        kept = told(debate)
        assert before.items() <= kept.items()
        assert project.check(debate) == ()


FULL = """
import resource, signal, sys
from tests.project.cases import ANN, article
from whipcount import project
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with project.open_project(sys.argv[1]) as debate:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    for number in range(10, 1000):
        project.add(debate, article(number), ANN)
"""


def test_a_write_that_fails_half_way_keeps_what_was_there(tmp_path):
    path = whole(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=False
    )
    assert "ProjectError" in done.stderr, done.stderr
    with open_project(path) as debate:
        assert project.check(debate) == ()
        assert project.overview(debate).articles > 3


def test_a_change_needs_a_name_and_a_time(debate):
    for by in (project.By("", "now"), project.By("Ann", " "), project.By("a|b", "now")):
        with pytest.raises(ProjectError):
            project.accept(debate, first_coding(debate), by)


def with_one_more(monkeypatch: pytest.MonkeyPatch, script: str) -> dict[str, str]:
    """Let there be one more migration than there is, and return all of them."""
    texts = {name: store.migration(name) for name in store.MIGRATIONS} | {"next.sql": script}
    monkeypatch.setattr(store, "MIGRATIONS", tuple(texts))
    monkeypatch.setattr(store, "migration", texts.__getitem__)
    return texts


def test_migrations_lead_an_old_file_to_the_newest_schema(tmp_path, monkeypatch):
    path = whole(tmp_path)
    with open_project(path) as debate:
        before = told(debate)
    texts = with_one_more(monkeypatch, "CREATE TABLE later (a TEXT) STRICT;\n")
    with pytest.raises(ProjectError, match="older version"):
        open_project(path, writing=False)
    with open_project(path) as debate:
        assert debate.connection.execute("PRAGMA user_version").fetchone() == (len(texts),)
        assert debate.connection.execute("SELECT COUNT(*) FROM later").fetchone() == (0,)
        assert told(debate) == before
    open_project(path, writing=False).close()


def test_a_migration_that_fails_changes_nothing(tmp_path, monkeypatch):
    path = whole(tmp_path)
    spoiled = "CREATE TABLE later (a TEXT) STRICT;\nCREATE TABLE later (a TEXT) STRICT;\n"
    known = store.MIGRATIONS
    with_one_more(monkeypatch, spoiled)
    with pytest.raises(sqlite3.OperationalError):
        open_project(path)
    monkeypatch.setattr(store, "MIGRATIONS", known)
    with open_project(path) as debate:
        found = debate.connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'later'")
        assert found.fetchone() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET stance = 'oppose'",
        "UPDATE reviews SET until = NULL",
        "DELETE FROM reviews",
        "UPDATE changes SET who = 'nobody'",
        "DELETE FROM changes",
        "INSERT INTO coders (key, blind, note, since) VALUES ('Ann', 1, '', 1), ('Ann', 0, '', 1)",
        "UPDATE changes SET change = 'one'",
    ],
)
def test_sqlite_itself_refuses_edits_and_second_live_rows(debate, statement):
    project.accept(debate, first_coding(debate), ANN)
    with pytest.raises(sqlite3.Error):
        debate.connection.execute(statement)
