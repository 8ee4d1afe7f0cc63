"""What people decide about codings: rows that supersede each other, never edits."""

from __future__ import annotations

import pytest

from tests.project.cases import ANN, BOB, article, first_coding, told
from whipcount import project
from whipcount.errors import ProjectError
from whipcount.model import Span
from whipcount.project import By


def test_an_accepted_coding_counts_as_the_person_s(debate):
    id_ = first_coding(debate)
    number = project.accept(debate, id_, ANN)
    found = project.coding(debate, id_)
    assert found.state == "decided"
    assert (found.position.coder, found.position.confidence) == ("Ann", 1.0)
    assert found.machine.coder == "by hand 1.0"
    assert number == project.last_change(debate)


def test_the_same_decision_twice_is_no_change(debate):
    id_ = first_coding(debate)
    assert project.accept(debate, id_, ANN) is not None
    before = project.last_change(debate)
    assert project.accept(debate, id_, ANN) is None
    project.change(debate, id_, ANN, stance="oppose")
    assert project.change(debate, id_, ANN, stance="oppose") is None
    assert project.last_change(debate) == before + 1


def test_only_what_is_given_changes(debate):
    id_ = first_coding(debate)
    before = project.coding(debate, id_).position
    project.change(debate, id_, ANN, stance="oppose", condition=Span(20, 24))
    after = project.coding(debate, id_).position
    assert (after.stance, after.condition) == ("oppose", Span(20, 24))
    assert (after.option, after.actor, after.strength) == (
        before.option,
        before.actor,
        before.strength,
    )
    project.change(debate, id_, ANN, condition=None)
    assert project.coding(debate, id_).position.condition is None
    assert project.coding(debate, id_).position.stance == "oppose"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"stance": "maybe"}, "'maybe' is no stance; known are support"),
        ({"option": "nothing"}, "'nothing' is no option; known are membership"),
        ({"strength": "loud"}, "neither plain nor hedged"),
        ({"actor": "nobody"}, "'nobody' is no actor of the article"),
        ({"reported_by": "nobody"}, "'nobody' is no actor of the article"),
        ({"condition": Span(5, 5)}, "is empty, or outside the text"),
        ({"reason": Span(5, 100_000)}, "is empty, or outside the text"),
        ({"condition": Span(-1, 5)}, "is empty, or outside the text"),
        ({"piece": 7}, "has no piece 7"),
        ({"date": "yesterday"}, "is no day"),
    ],
)
def test_what_can_not_be_is_refused(debate, values, message):
    before = told(debate)
    with pytest.raises(ProjectError, match=message):
        project.change(debate, first_coding(debate), ANN, **values)
    assert told(debate) == before


def test_an_actor_of_another_article_is_refused(debate):
    other = project.articles(debate).items[1].id
    with pytest.raises(ProjectError, match="no actor of the article"):
        project.change(debate, first_coding(debate), ANN, actor=f"{other}.a0")


def test_a_deleted_coding_counts_no_more_and_stays_to_be_seen(debate):
    id_ = first_coding(debate)
    before = len(project.positions(debate))
    project.delete(debate, id_, ANN, note="he asks, he doesn't say")
    found = project.coding(debate, id_)
    assert found.position is None
    assert found.machine is not None
    assert found.reviews[0].note == "he asks, he doesn't say"
    assert len(project.positions(debate)) == before - 1


def test_a_person_s_coding_on_another_option_replaces_the_machine_s_there(debate):
    id_ = first_coding(debate)
    one = project.coding(debate, id_)
    added = project.add_coding(debate, one.statement.id, "road-map", "oppose", ANN)
    project.change(debate, id_, ANN, option="road-map", stance="oppose")
    found = [p for p in project.positions(debate, [one.statement.id]) if p.option == "road-map"]
    assert {p.coder for p in found} == {"Ann"}
    assert project.coding(debate, added).state == "decided"


def test_what_counts_is_found_by_the_id_of_its_position(debate):
    id_ = first_coding(debate)
    project.change(debate, id_, ANN, option="partnership")
    position = project.coding(debate, id_).position
    assert project.coding(debate, project.coding_of_position(position)).id == id_


def test_an_added_coding_is_the_slot_that_the_machine_would_have(debate):
    statement = project.coding(debate, first_coding(debate)).statement
    id_ = project.add_coding(debate, statement.id, "partnership", "oppose", ANN)
    assert id_ == f"{statement.id}/0/partnership/a0"
    assert project.coding(debate, id_).machine is None
    assert any(p.option == "partnership" for p in project.positions(debate))


def test_two_who_agree_decide_and_two_who_do_not_wait_for_a_third(debate):
    id_ = first_coding(debate)
    project.accept(debate, id_, ANN)
    project.accept(debate, id_, BOB)
    assert project.coding(debate, id_).state == "decided"
    project.change(debate, id_, BOB, stance="undecided")
    found = project.coding(debate, id_)
    assert (found.state, found.position.for_review) == ("disagreed", True)
    assert [one.id for one in project.disagreements(debate).items] == [id_]
    ann, bob = found.reviews
    project.adjudicate(debate, id_, By("Cas", "2031-06-03"), review=bob.id)
    found = project.coding(debate, id_)
    assert (found.state, found.position.stance) == ("decided", "undecided")
    assert project.disagreements(debate).items == ()
    (corrected,) = project.corrected(debate, "Ann").items
    assert (corrected.own.id, corrected.coding.position.stance) == (ann.id, "undecided")
    assert project.corrected(debate, "Bob").items == ()


def test_what_people_disagree_on_moves_no_cell(debate):
    id_ = first_coding(debate)
    before = project.count(debate)
    project.accept(debate, id_, ANN)
    project.delete(debate, id_, BOB)
    after = project.count(debate)
    member = next(c for c in before.cells if c.member == "Halvern" and c.option == "membership")
    found = next(c for c in after.cells if c.member == "Halvern" and c.option == "membership")
    assert member.stand == "yes"
    assert all(one.article != id_.partition(".")[0] for one in found.evidence)


def test_a_blind_coder_sees_only_their_own_decisions(debate):
    id_ = first_coding(debate)
    project.add_coder(debate, "Bob", ANN)
    project.change(debate, id_, ANN, stance="oppose")
    seen = project.coding(debate, id_, coder="Bob")
    assert (seen.state, seen.reviews, seen.position.stance) == ("open", (), "support")
    assert project.queue_length(debate, coder="Bob") == project.queue_length(debate) + 1
    project.accept(debate, id_, BOB)
    assert project.coding(debate, id_, coder="Bob").position.stance == "support"
    assert project.coding(debate, id_).state == "disagreed"


def test_one_takes_one_s_own_review_back(debate):
    id_ = first_coding(debate)
    project.accept(debate, id_, ANN)
    assert project.withdraw(debate, id_, BOB) is None
    assert project.withdraw(debate, id_, ANN) is not None
    assert project.coding(debate, id_).state == "open"


def test_all_above_a_confidence_are_accepted_in_one_change_as_previewed(debate):
    project.add(debate, article(8, confidence=0.95), ANN)
    project.add(debate, article(9, confidence=0.3), ANN)
    preview = project.acceptable(debate, 0.7)
    assert preview.number == 9
    number = project.accept_all(debate, 0.7, ANN)
    assert len(project.rows_of(debate, number)) == 9
    assert project.acceptable(debate, 0.7).number == 0
    assert project.accept_all(debate, 0.7, ANN) is None
    id_ = preview.codings[0].id
    assert project.accept(debate, id_, ANN) is None, "it says what accept says"
    project.undo(debate, number, ANN)
    assert project.acceptable(debate, 0.7).number == 9


def test_accept_all_leaves_what_anybody_has_reviewed(debate):
    id_ = first_coding(debate)
    project.delete(debate, id_, BOB)
    project.accept_all(debate, 0.0, ANN)
    assert [one.coder for one in project.coding(debate, id_).reviews] == ["Bob"]


@pytest.mark.parametrize("call", [
    lambda debate: project.accept(debate, "nothing/0/membership/a0", ANN),
    lambda debate: project.coding(debate, "nothing"),
    lambda debate: project.add_coding(debate, "nothing", "membership", "support", ANN),
    lambda debate: project.adjudicate(debate, first_coding(debate), ANN, review="nothing"),
    lambda debate: project.article(debate, "nothing"),
    lambda debate: project.statement(debate, "nothing"),
])  # fmt: skip
def test_what_is_not_there_is_told(debate, call):
    with pytest.raises(ProjectError):
        call(debate)


def test_what_is_said_of_deleted_statements_is_in_no_list(debate):
    one, other = first_coding(debate), first_coding(debate, 1)
    for id_ in (one, other):
        project.change(debate, id_, ANN, stance="oppose")
        project.change(debate, id_, BOB, stance="undecided")
    project.adjudicate(debate, other, BOB, review=f"{other}|Bob")
    assert project.disagreements(debate).items
    assert project.corrected(debate, "Ann").items
    for id_ in (one, other):
        project.delete_statement(debate, id_.partition("/")[0], ANN)
    assert project.disagreements(debate).items == ()
    assert project.disagreement_numbers(debate)[""] == project.overview(debate).disagreements == 0
    assert project.corrected(debate, "Ann").items == ()
    for option in project.issue_of(debate).options:
        found = project.quotations(debate, option.id).items
        assert {coding.id for coding in found}.isdisjoint({one, other})
    assert project.acceptable(debate, 0.0).number == 4
