"""A fault at every commit point in turn, in one of three ways at each; the benchmark does all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks import project_faults
from benchmarks.project_faults import DOINGS, MODES, Doing, based, tally

from whipcount.project import slices, undoing

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "base"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project_faults, "ARTICLES", 4)
        based(folder)
    return folder


@pytest.mark.parametrize("doing", DOINGS, ids=lambda one: one.name)
def test_a_fault_at_a_commit_point_loses_nothing(tmp_path, base, monkeypatch, capfd, doing: Doing):
    monkeypatch.setattr(slices, "SLICE", project_faults.LARGE)
    monkeypatch.setattr(undoing, "AT_ONCE", project_faults.LARGE)
    found = tally(doing, base, tmp_path / "work", lambda at: (MODES[at % len(MODES)],))
    assert found.points > 0
    assert found.faults == found.points
    assert (found.lost, found.wrong) == (0, 0), capfd.readouterr().out
