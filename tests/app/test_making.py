"""Counts that are made beside the requests are those that are made from the file."""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor

import pytest

from tests.app import debate
from tests.app.debate import ID
from whipcount import project
from whipcount.app import making


def same(found: project.Project) -> None:
    positions, articles = making.read(found)
    key = repr
    assert sorted(positions, key=key) == sorted(project.positions(found), key=key)
    assert articles == project.articles_of(found)


def test_after_every_kind_of_change_the_same_is_read(path):
    by = debate.ANN
    with project.open_project(path) as found:
        same(found)
        project.change(found, f"{ID}.0/0/entry/a0", by, stance="oppose")
        same(found)
        project.delete(found, f"{ID}.1/0/entry/a1", by)
        same(found)
        project.undo_last(found, by)
        same(found)
        project.add_coding(found, f"{ID}.1", "subsidy", "support", by)
        same(found)
        entry = project.Entry("Ulm", "entry", "support", "2031-05-04")
        project.enter(found, entry, by)
        same(found)
        project.merge_actors(found, "person:ada rook", "person:tam ruhl", by)
        same(found)
        project.delete_statement(found, f"{ID}.2", by)
        same(found)
        project.rename_option(found, "entry", by, new="joining")
        same(found)


def test_a_count_comes_back_without_texts(path):
    made = making.count(str(path), "2031-05-30")
    assert made.articles == ()
    assert [cell.stand for cell in made.cells][::2] == ["yes", "conditional", "not-on-record"]
    with project.open_project(path, writing=False) as found:
        assert made.verdicts == project.count(found, "2031-05-30").verdicts


def test_where_the_process_died_another_takes_its_place(path, monkeypatch):
    monkeypatch.setattr(making, "SMALL", 0)
    worker = making.Worker(str(path))
    try:
        before = worker.submit(process_of).result(60)
        with pytest.raises(BrokenExecutor):
            worker.submit(die).result(60)
        assert worker.submit(process_of).result(60) not in (before, os.getpid())
    finally:
        worker.close()


def process_of(_: str) -> int:
    return os.getpid()


def die(_: str) -> None:
    os._exit(9)


def test_after_many_reviews_the_same_is_read(path, monkeypatch):
    monkeypatch.setattr(making, "FEW", 0)
    with project.open_project(path) as found:
        same(found)
        project.accept_all(found, 0.0, debate.ANN)
        same(found)


def test_a_cell_set_by_hand_comes_with_what_the_evidence_alone_says(path):
    with project.open_project(path) as found:
        project.override(found, "Torvel", "entry", "no", "2031-05-01", "was told so", debate.ANN)
    (one,) = making.alone(str(path), "2031-05-30")
    assert (one.cell.stand, one.evidence_alone.stand) == ("no", "yes")
