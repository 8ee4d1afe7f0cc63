"""The review queue: what most changes the count comes first."""

from __future__ import annotations

import pytest

from tests.project.cases import ANN, BOB, article, coded, first_coding, new
from whipcount import project
from whipcount.errors import CountError
from whipcount.project import open_project


def test_what_is_unsure_and_decides_a_verdict_comes_first(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        sure = [("Halvern", "“Membership, yes, surely”", "membership", "support")]
        project.add(debate, coded("One\n\n", sure, path="1.txt", confidence=0.8), ANN)
        alone = [("Merrow", "“We shall stop it for ever”", "membership", "oppose")]
        project.add(debate, coded("Two\n\n", alone, path="2.txt", confidence=0.4), ANN)
        nobody = [("Erewhon", "“We have no vote in this”", "membership", "oppose")]
        project.add(debate, coded("Three\n\n", nobody, path="3.txt", confidence=0.7), ANN)
        project.refresh_queue(debate)
        items = project.next_items(debate, limit=9)
        assert [one.coding.statement.speaker for one in items] == ["Merrow", "Halvern", "Erewhon"]
        assert items[0].why == "decides Merrow on membership: alone turns it open; 40% sure"
        assert items[0].priority > items[1].priority > items[2].priority > 0


def test_what_waits_for_review_is_ranked_as_if_it_were_accepted(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        alone = [("Merrow", "“We shall stop it”", "membership", "oppose")]
        one = coded("Two\n\n", alone, confidence=0.3, for_review=True)
        project.add(debate, one, ANN)
        project.refresh_queue(debate)
        (item,) = project.next_items(debate)
        assert "decides Merrow on membership" in item.why
        assert item.why.endswith("for review")


def test_a_decision_takes_its_coding_out_and_undoing_it_brings_it_back(debate):
    project.refresh_queue(debate)
    assert not project.queue_is_stale(debate)
    (item,) = project.next_items(debate)
    project.accept(debate, item.coding.id, ANN)
    assert project.queue_is_stale(debate)
    assert project.queue_length(debate) == 5
    assert item.coding.id not in {one.coding.id for one in project.next_items(debate, limit=9)}
    project.undo_last(debate, ANN)
    assert project.next_items(debate)[0].coding.id == item.coding.id


def test_the_order_is_the_same_however_it_came_about(tmp_path):
    orders = []
    for numbers in ((0, 1, 2), (2, 0, 1)):
        with new(tmp_path / f"{numbers[0]}.whip", 0) as debate:
            for number in numbers:
                project.add(debate, article(number), ANN)
                project.refresh_queue(debate)
            orders.append([one.coding.id for one in project.next_items(debate, limit=9)])
            assert project.refresh_queue(debate) == 0
    assert orders[0] == orders[1]


def test_what_a_person_put_elsewhere_is_ranked_without_a_place_of_its_own(debate):
    project.change(debate, first_coding(debate), ANN, option="road-map")
    project.refresh_queue(debate)
    assert not project.queue_is_stale(debate)


def test_skipped_ones_and_other_options_are_left_out(debate):
    first, second = project.next_items(debate, limit=2)
    assert project.next_items(debate, skip=[first.coding.id])[0] == second
    found = project.next_items(debate, limit=9, option="road-map")
    assert {one.coding.position.option for one in found} == {"road-map"}
    assert project.queue_length(debate, option="road-map") == len(found) == 2


def test_every_blind_coder_has_a_queue_of_their_own(debate):
    for name in ("Ann", "Bob"):
        project.add_coder(debate, name, ANN)
    project.accept(debate, first_coding(debate), ANN)
    assert project.queue_length(debate, coder="Ann") == 5
    assert project.queue_length(debate, coder="Bob") == 6
    project.accept(debate, project.next_items(debate, coder="Bob")[0].coding.id, BOB)
    assert project.queue_length(debate, coder="Bob", option="") == 5


def test_the_codings_of_a_deleted_statement_stay_out_whatever_moves_them(debate):
    coding = project.coding(debate, first_coding(debate))
    project.delete_statement(debate, coding.statement.id, ANN)
    assert project.queue_length(debate) == 5
    project.rename_option(debate, "membership", ANN, new="joining")
    assert project.queue_length(debate) == 5
    project.undo_last(debate, ANN)
    assert project.queue_length(debate) == 5
    assert len(project.next_items(debate, limit=9)) == 5


def test_the_queue_can_be_thrown_away_and_filled_again(debate):
    project.refresh_queue(debate)
    before = project.next_items(debate, limit=9)
    project.accept(debate, before[0].coding.id, ANN)
    debate.connection.execute("DELETE FROM queue")
    debate.connection.execute("DELETE FROM utterances")
    debate.connection.execute("DELETE FROM cached")
    project.refresh_queue(debate)
    project.undo_last(debate, ANN)
    project.refresh_queue(debate)
    assert project.next_items(debate, limit=9) == before


def test_an_empty_project_has_an_empty_queue(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        assert project.refresh_queue(debate) == 0
        assert project.next_items(debate) == ()
        assert project.queue_length(debate) == 0
    with open_project(tmp_path / "x.whip", writing=False) as debate:
        assert project.positions(debate) == ()
        assert project.overview(debate).articles == 0
        with pytest.raises(CountError, match="no article has a date"):
            project.count(debate)
