"""The journal holds all: what came before is read from it, and undone by it."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.project.cases import ANN, BOB, article, coded, first_coding, new, told
from whipcount import project
from whipcount.errors import ProjectError
from whipcount.model import Span
from whipcount.project import By, Entry, Project


def act(debate: Project, what: str, number: int) -> None:  # noqa: PLR0915
    """Do something to a project; what can't be done just now is left."""
    by = (ANN, BOB)[number % 2]
    articles = project.articles(debate).items
    found = [one for row in articles for one in project.codings(debate, row.id)]
    one = found[number % len(found)] if found else None
    statements = [one for row in articles for one in project.statements(debate, row.id)]
    statement = statements[number % len(statements)] if statements else None
    match what:
        case "add":
            project.add(debate, article(20 + number), by)
        case "new version" if articles:
            row = articles[number % len(articles)]
            before = project.article(debate, row.id)
            lines = [("Halvern", f"“We are for it, as we have always been, {number}”",
                      "membership", "support")]  # fmt: skip
            project.add(debate, coded(before.title + "\r\n\r\n", lines, path=before.path), by)
        case "accept" if one:
            project.accept(debate, one.id, by)
        case "change" if one:
            stance = ("oppose", "support", "undecided")[number % 3]
            option = ("membership", "partnership")[number % 2]
            if any(o.id == option for o in project.issue_of(debate).options):
                project.change(debate, one.id, by, stance=stance, option=option)
        case "delete" if one:
            project.delete(debate, one.id, by)
        case "accept all":
            project.accept_all(debate, 0.6, by)
        case "adjudicate" if one and one.reviews:
            project.adjudicate(debate, one.id, by, review=one.reviews[-1].id)
        case "withdraw" if one:
            project.withdraw(debate, one.id, by)
        case "mark" if statement:
            (first, *_) = statement.content
            project.mark(debate, statement.id, by, content=[Span(first.start, first.end - 1)])
        case "delete statement" if statement:
            project.delete_statement(debate, statement.id, by)
        case "split" if statement:
            (first, *_) = statement.content
            middle = (first.start + first.end) // 2
            project.split(
                debate,
                statement.id,
                [[Span(first.start, middle)], [Span(middle, first.end)]],
                by,
            )
        case "enter":
            day = f"2031-05-{number % 28 + 1:02}"
            project.enter(debate, Entry("Halvern", "membership", "oppose", day, note="call"), by)
        case "override":
            project.override(debate, "Merrow", "membership", "no", "2031-05-02", str(number), by)
        case "lift":
            project.lift(debate, "Merrow", "membership", by)
        case "role":
            project.set_role(debate, "state:halvern", by, role=f"role {number}")
        case "rename":
            options = project.issue_of(debate).options
            project.rename_option(debate, options[-1].id, by, new=f"option-{number}", label="")
        case "merge options":
            options = [one.id for one in project.issue_of(debate).options]
            if len(options) > 2:
                project.merge_options(debate, options[-1], options[0], by)
        case "undo":
            history = project.history(debate, limit=5)
            project.undo(debate, history[number % len(history)].number, by)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "new version", "accept", "change", "delete", "accept all", "adjudicate",
             "withdraw", "mark", "delete statement", "split", "enter", "override", "lift", "role",
             "rename", "merge options", "undo"]
        ),
        st.integers(0, 30),
    ),
    max_size=12,
)  # fmt: skip
QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def try_to(debate: Project, what: str, number: int) -> None:
    try:
        act(debate, what, number)
    except ProjectError:
        assert not debate.connection.in_transaction


@QUICK
@given(ACTS)
def test_every_state_that_was_is_read_back_from_the_journal(acts):
    with TemporaryDirectory() as folder, new(Path(folder) / "x.whip", 2) as debate:
        states = {project.last_change(debate): project.state(debate)}
        for what, number in acts:
            try_to(debate, what, number)
            states.setdefault(project.last_change(debate), project.state(debate))
        for change, state in states.items():
            assert project.state(debate, change) == state
        assert replayed(debate) == project.state(debate)
        assert project.check(debate) == ()


def replayed(debate: Project) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return the state that the rows of each change, one after the other, lead to."""
    state = {}
    for change in reversed(project.history(debate, limit=10_000)):
        for row in project.rows_of(debate, change.number):
            where = row.table, row.key
            before = None if row.before is None else tuple(row.before.values())
            assert state.pop(where, None) == before
            if row.after is not None:
                state[where] = tuple(row.after.values())
    return state


@QUICK
@given(ACTS, st.tuples(st.sampled_from(["accept", "change", "delete", "accept all", "mark",
       "delete statement", "split", "enter", "override", "role", "rename", "merge options", "add",
       "new version"]), st.integers(0, 30)))  # fmt: skip
def test_undo_restores_what_was_and_undoing_that_what_is(acts, last):
    with TemporaryDirectory() as folder, new(Path(folder) / "x.whip", 2) as debate:
        for what, number in acts:
            try_to(debate, what, number)
        before, number = project.state(debate), project.last_change(debate)
        try_to(debate, *last)
        after, change = project.state(debate), project.last_change(debate)
        if change == number:
            return
        made = [one.number for one in project.history(debate) if one.number > number]
        undone = project.undo(debate, made, BOB)
        assert project.state(debate) == before
        assert project.check(debate) == ()
        project.undo(debate, undone, BOB)
        assert project.state(debate) == after


def test_the_journal_says_who_when_and_what_before_and_after(debate):
    id_ = first_coding(debate)
    project.accept(debate, id_, ANN)
    number = project.change(debate, id_, ANN, stance="oppose")
    newest = project.history(debate)[0]
    assert (newest.number, newest.who, newest.at, newest.what, newest.about) == (
        number,
        "Ann",
        ANN.at,
        "change",
        id_,
    )
    (row,) = project.rows_of(debate, number)
    assert (row.before["stance"], row.after["stance"]) == ("support", "oppose")
    seen = debate.connection.execute(
        "SELECT who, before, after FROM journal WHERE change = ? AND in_table = 'reviews'",
        (number,),
    ).fetchone()
    assert (json.loads(seen[1])["stance"], json.loads(seen[2])["stance"]) == ("support", "oppose")


def test_what_others_built_on_is_not_undone_under_them(debate):
    id_ = first_coding(debate)
    first = project.accept(debate, id_, ANN)
    second = project.change(debate, id_, ANN, stance="oppose")
    with pytest.raises(ProjectError, match=f"change {second} was built on it"):
        project.undo(debate, first, ANN)
    project.undo(debate, [first, second], ANN)
    assert project.coding(debate, id_).state == "open"


def test_an_article_is_not_undone_under_a_decision_on_it(debate):
    added = next(one for one in project.history(debate) if one.what == "add")
    row = next(one for one in project.articles(debate).items if one.id == added.about)
    project.accept(debate, project.codings(debate, row.id)[0].id, BOB)
    with pytest.raises(ProjectError, match="was built on it"):
        project.undo(debate, added.number, ANN)
    assert project.check(debate) == ()


def test_one_undoes_one_s_own_one_after_the_other(debate):
    ids = [first_coding(debate, place) for place in range(3)]
    for id_ in ids:
        project.accept(debate, id_, BOB)
    project.accept(debate, first_coding(debate, 2), By("Cas", "later"))
    for id_ in reversed(ids):
        assert project.undo_last(debate, BOB) is not None
        assert all(one.coder != "Bob" for one in project.coding(debate, id_).reviews)
    assert project.undo_last(debate, BOB) is None


def test_a_change_that_is_not_there_is_told(debate):
    with pytest.raises(ProjectError, match="there is no change 999"):
        project.undo(debate, 999, ANN)
    assert project.undo(debate, [], ANN) is None


def test_a_change_that_fails_half_way_leaves_nothing(debate, monkeypatch):
    before = told(debate)
    monkeypatch.setattr("whipcount.project.codebook.move", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        project.rename_option(debate, "membership", ANN, new="joining")
    assert told(debate) == before
    assert not debate.connection.in_transaction
