"""A large change begins at once, goes on beside the requests, and says how far it is."""

from __future__ import annotations

import threading
import time

import pytest
from starlette.testclient import TestClient

from tests.app import debate
from tests.app.debate import ID
from whipcount import project
from whipcount.app import making
from whipcount.app.application import application
from whipcount.app.asked import review
from whipcount.project import slices, undoing


@pytest.fixture(autouse=True)
def in_slices(monkeypatch):
    """Let whatever touches two rows be large; the project is small enough for a thread."""
    monkeypatch.setattr(slices, "SLICE", 1)
    monkeypatch.setattr(undoing, "AT_ONCE", 1)


def until_made(path) -> None:
    with project.open_project(path, writing=False) as found:
        for _ in range(200):
            if project.under_way(found) is None:
                return
            time.sleep(0.05)
    raise AssertionError("it goes on by itself")


def test_all_is_accepted_beside_and_undone_beside(ann, path):
    answer = ann.form("/do/accept-all", above="0", then="/review")
    assert answer.status_code == 303
    until_made(path)
    with project.open_project(path) as found:
        assert project.queue_length(found) == 0
        assert project.check(found) == ()
        (newest,) = project.history(found, limit=1)
        assert (newest.what, newest.undone_by) == ("accept all", None)
    ann.form("/do/undo", changes=newest.number, then="/history")
    until_made(path)
    with project.open_project(path) as found:
        assert project.queue_length(found) > 0
        assert project.check(found) == ()


def test_as_long_as_it_is_made_the_page_says_so_and_all_else_goes_on(ann, path, monkeypatch):
    may_go = threading.Event()
    go_on = making.go_on
    monkeypatch.setattr(making, "go_on", lambda *asked: may_go.wait(30) and go_on(*asked))
    ann.form("/do/accept-all", above="0", then="/review")
    for room in ("/history", "/review", "/verdicts"):
        assert "% is done" in ann.get(room).text.replace("\u202f", "").replace(" %", "%"), room
    refused = ann.form("/do/rename-option", part=True, option="entry", id="joining", label="J")
    assert refused.status_code == 400
    assert "is being made" in refused.text
    with project.open_project(path, writing=False) as found:
        (item,) = project.next_items(found)
    ann.form("/do/change", coding=item.coding.id, stance="abstain", then="/review")
    with project.open_project(path, writing=False) as found:
        assert project.coding(found, item.coding.id).position.stance == "abstain"
        assert project.under_way(found) is not None
    may_go.set()
    until_made(path)
    assert "is done" not in ann.get("/history").text


def test_a_page_that_begins_after_a_kill_goes_on_with_it(path, access):
    with project.open_project(path) as found:
        project.begin_rename_option(found, "entry", debate.ANN, new="joining")
    with TestClient(application(review(str(path), access))):
        until_made(path)
    with project.open_project(path) as found:
        assert "joining" in {one.id for one in project.issue_of(found).options}
        assert "entry" not in {one.id for one in project.issue_of(found).options}
        assert project.coding(found, f"{ID}.0/0/joining/a0").position.option == "joining"
