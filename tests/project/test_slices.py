"""Large changes in slices: one change for people, of which no moment leaves a project broken."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.project.cases import ANN, BOB, article, first_coding, new, told
from whipcount import project
from whipcount.errors import ProjectError
from whipcount.project import Project, open_project, slices, undoing

ARTICLES = 6


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Return a project in which whatever touches four rows is large, with reviews of two people."""
    monkeypatch.setattr(slices, "SLICE", 3)
    monkeypatch.setattr(undoing, "AT_ONCE", 4)
    with worked_on(tmp_path / "x.whip") as debate:
        yield debate


def worked_on(path: Path) -> Project:
    made = new(path, ARTICLES)
    ids = [one.id for one in project.articles(made).items]
    membership = [project.codings(made, id_)[0].id for id_ in ids]
    project.accept(made, membership[0], ANN)
    project.change(made, membership[1], BOB, option="road-map")
    project.change(made, membership[2], BOB, stance="oppose")
    project.accept(made, membership[2], ANN)
    project.change(made, project.codings(made, ids[3])[2].id, ANN, option="membership")
    project.add_coding(made, project.statements(made, ids[4])[1].id, "membership", "support", BOB)
    project.enter(made, project.Entry("Halvern", "membership", "oppose", "2031-05-03"), ANN)
    project.override(made, "Merrow", "membership", "no", "2031-05-04", "was told so", ANN)
    return made


BEGUN: dict[str, Callable[[Project], int | None]] = {
    "accept all": lambda debate: project.begin_accept_all(debate, 0.1, ANN),
    "rename option": lambda debate: project.begin_rename_option(
        debate, "membership", ANN, new="joining", label="Joining"
    ),
    "merge options": lambda debate: project.begin_merge_options(
        debate, "membership", "partnership", ANN
    ),
}
AT_ONCE: dict[str, Callable[[Project], int | None]] = {
    "accept all": lambda debate: project.accept_all(debate, 0.1, ANN),
    "rename option": lambda debate: project.rename_option(
        debate, "membership", ANN, new="joining", label="Joining"
    ),
    "merge options": lambda debate: project.merge_options(debate, "membership", "partnership", ANN),
}


def is_sound(debate: Project) -> None:
    """Check that a project is whole and that all that counts is on options that there are."""
    assert project.check(debate) == ()
    known = {option.id for option in project.issue_of(debate).options}
    assert {one.option for one in project.positions(debate)} <= known
    project.count(debate, "2031-05-30")


@pytest.mark.parametrize("what", BEGUN)
def test_what_is_made_in_slices_is_what_is_made_at_once(tmp_path, large, what):
    before = told(large)
    number = BEGUN[what](large)
    going = project.under_way(large)
    assert (going.change, going.what, going.who) == (number, what, "Ann")
    shares = [going.share]
    is_sound(large)
    while project.go_on(large):
        is_sound(large)
        shares.append(project.under_way(large).share)
    assert shares == sorted(shares)
    assert len(shares) > 2
    assert project.under_way(large) is None
    after = told(large)
    with pytest.MonkeyPatch.context() as whole, worked_on(tmp_path / "whole.whip") as other:
        whole.setattr(slices, "SLICE", 1000)
        AT_ONCE[what](other)
        assert told(other) == after
    newest = project.history(large, limit=1)[0]
    assert (newest.number, newest.what, newest.undone_by) == (number, what, None)

    undo = project.begin_undo_last(large, ANN)
    while project.go_on(large):
        is_sound(large)
    assert told(large) == before
    assert project.history(large, limit=2)[1].undone_by == undo
    project.undo(large, undo, ANN)
    assert told(large) == after


@pytest.mark.parametrize("what", BEGUN)
def test_its_journal_is_whole(large, what):
    before = project.state(large)
    number = BEGUN[what](large)
    project.finish(large)
    after = project.state(large)
    rows = {(one.table, one.key): one for one in project.rows_of(large, number)}
    assert {key for key in {*before, *after} if before.get(key) != after.get(key)} == set(rows)
    for key, one in rows.items():
        assert before.get(key) == (None if one.before is None else tuple(one.before.values()))
        assert after.get(key) == (None if one.after is None else tuple(one.after.values()))
    assert project.state(large, number) == after
    assert project.state(large, number - 1) == before
    assert len(project.rows_of(large, number, limit=2)) == 2
    assert sum(project.extent(large, number)) >= len(rows)


def test_what_people_decide_meanwhile_stays_when_it_is_undone(large):
    number = project.begin_accept_all(large, 0.1, ANN)
    left = [one.coding.id for one in project.next_items(large, limit=99)]
    project.change(large, left[0], BOB, stance="undecided")
    project.finish(large)
    assert {one.coder for one in project.coding(large, left[0]).reviews} == {"Bob"}
    (first, *_) = project.rows_of(large, number)
    project.begin_undo(large, [number], ANN)
    project.change(large, left[-1], ANN, stance="abstain")
    project.finish(large)
    assert project.coding(large, left[-1]).position.stance == "abstain"
    assert project.coding(large, left[0]).position.stance == "undecided"
    assert not any(
        one.verdict == "accepted" for one in project.coding(large, first.after["coding"]).reviews
    )
    is_sound(large)


def test_only_one_is_under_way_and_nothing_is_built_on_it(large):
    number = project.begin_accept_all(large, 0.1, ANN)
    for refused in (
        *BEGUN.values(),
        lambda debate: project.begin_undo(debate, [number], ANN),
        lambda debate: project.begin_undo_last(debate, ANN),
        lambda debate: project.split_option(
            debate, "membership", ANN, new="x", label="X", codings=[first_coding(debate)]
        ),
    ):
        with pytest.raises(ProjectError, match=r"is being made, \d+% of it is done"):
            refused(large)
    assert project.undo(large, number, ANN), "who asks for all of it finishes what is under way"
    is_sound(large)


def test_what_was_built_on_is_not_undone(large):
    number = project.accept_all(large, 0.1, ANN)
    (row, *_) = project.rows_of(large, number)
    later = project.change(large, row.after["coding"], ANN, stance="abstain")
    before = told(large)
    with pytest.raises(ProjectError, match=f"change {later} was built on it"):
        project.begin_undo(large, [number], ANN)
    assert told(large) == before
    project.undo(large, later, ANN)
    assert project.begin_undo(large, [number], ANN)


def test_another_process_goes_on_where_one_was_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(slices, "SLICE", 3)
    path = tmp_path / "x.whip"
    with worked_on(path) as debate:
        number = project.begin_rename_option(debate, "membership", ANN, new="joining")
        assert project.go_on(debate)
    with open_project(path) as debate:
        assert project.under_way(debate).change == number
        project.add(debate, article(90), BOB)
        project.finish(debate)
        known = {option.id for option in project.issue_of(debate).options}
        assert "membership" not in known
        is_sound(debate)
        project.undo(debate, number, ANN)
        is_sound(debate)
        assert first_coding(debate).split("/")[2] == "membership"


def test_two_that_go_on_at_once_make_it_once(tmp_path, large):
    project.begin_accept_all(large, 0.1, ANN)
    with open_project(large.path) as other:
        for one in itertools.cycle((large, other)):
            if not project.go_on(one):
                break
    assert project.queue_length(large) == 0
    assert project.under_way(large) is None
    is_sound(large)


def test_a_large_change_of_articles_is_undone_where_all_of_it_may_take_its_time(large):
    made = project.history(large, limit=99)
    added = next(one for one in made if one.what == "add" and one.number == ARTICLES + 1)
    with pytest.raises(ProjectError, match="too large to be undone here; on the command line"):
        project.begin_undo(large, [added.number], ANN)


def test_what_is_left_after_the_last_row_leaves_no_change(large):
    begun = project.begin_accept_all(large, 0.1, ANN)
    for item in project.next_items(large, limit=99):
        project.accept(large, item.coding.id, BOB)
    last = project.last_change(large)
    project.finish(large)
    assert project.last_change(large) == last
    assert project.under_way(large) is None
    assert project.history(large, limit=99)[-1].number < begun
