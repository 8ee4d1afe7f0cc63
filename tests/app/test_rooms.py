"""Every room answers, with and without its frame, in a full and in an empty project."""

from __future__ import annotations

import time

import pytest

from tests.app import debate
from tests.app.debate import ID
from whipcount import project

ROOMS = {
    "/": "Harbour League",
    "/?day=2031-05-04": "Not on record",
    "/cell?who=Torvel&option=entry": "Léna Orlo",
    "/verdicts": "entry",
    "/review": "Accept",
    f"/review?coding={ID}.0/0/entry/a0": "supports it",
    "/review?option=subsidy": "subsidy",
    "/accept-all?above=0.65": "Accept 2 codings",
    "/articles": "Torvel Packet",
    f"/articles/{ID}": "We want Isk",
    "/search?words=ferries": "<mark>ferries</mark>",
    "/search?words=%22": "We want Isk",
    "/changes": "Torvel",
    "/history": "Ann",
    "/history/2": "after",
    "/codebook": "Isk joins the harbour league",
    "/codebook/entry": "Its quotations",
    "/actors": "Tam Ruhl",
    "/actors/person:tam ruhl": "envoy",
    "/coders": "Agreement",
    "/coders/disagreements": "Nobody disagrees",
    "/coders/corrected": "Nothing",
    "/sample": "Is it right on my corpus?",
    "/networks": "Who is for and against what",
    "/networks?day=2031-05-01&length=3": "Nothing was said in these days",
    "/networks?mode=one&rows=document.source": "3 statements, and no two that meet",
    "/networks/statements?row=Torvel": "We want Isk",
}


@pytest.mark.parametrize(("place", "words"), ROOMS.items())
def test_a_room_has_what_it_is_for(ann, place, words):
    for _ in range(100):
        whole = ann.get(place)
        if "data-again" not in whole.text:
            break
        time.sleep(0.05)
    assert whole.status_code == 200, whole.text
    assert words in whole.text
    part = ann.get(place, headers={"X-Part": "main"})
    assert words in part.text
    assert "<html" not in part.text
    assert "style=" not in whole.text, "the policy forbids it"


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("/?day=yesterday", "is no day"),
        ("/cell?who=Atlantis&option=entry", "no cell of"),
        ("/review?coding=x", "no coding x"),
        ("/accept-all?above=9", "is no share"),
        ("/articles/x", "no article x"),
        ("/changes?first=2032-01-01&last=2031-01-01", "before it begins"),
        ("/changes?first=x", "is no day"),
        ("/history/999", "no change 999"),
        ("/codebook/x", "no option"),
        ("/actors/person:x", "nobody has the name key"),
        ("/nowhere", "no such page"),
    ],
)
def test_what_is_not_there_is_said(ann, place, why):
    answer = ann.get(place)
    assert answer.status_code == 404
    assert why in answer.text.replace("&#39;", "'")


def test_an_empty_project_says_what_to_do(tmp_path, access):
    from tests.app.conftest import TOKEN, Visitor  # noqa: PLC0415
    from whipcount.app.application import application  # noqa: PLC0415
    from whipcount.app.asked import review  # noqa: PLC0415

    (tmp_path / "isk.toml").write_text(debate.ISSUE, encoding="utf-8")
    (tmp_path / "league.toml").write_text(debate.BODY, encoding="utf-8")
    project.create(tmp_path / "empty.whip", tmp_path / "isk.toml", debate.ANN).close()
    app = application(review(str(tmp_path / "empty.whip"), access))
    visitor = Visitor(app, base_url="http://127.0.0.1:8000")
    visitor.get(f"/?token={TOKEN}")
    assert "whipcount add" in visitor.get("/").text
    for place in ROOMS:
        if (
            ID not in place
            and "tam ruhl" not in place
            and not place.startswith(("/cell", "/history/2"))
        ):
            assert visitor.get(place).status_code == 200, place


def test_a_position_entered_and_a_cell_set_by_hand_are_marked_so(ann):
    ann.form(
        "/do/enter", name="Ulm", option="entry", stance="support", date="2031-05-04", note="A call"
    )
    ann.form(
        "/do/override",
        member="Brask",
        option="entry",
        stand="no",
        day="2031-05-01",
        reason="Its envoy told us.",
    )
    board = ann.get("/").text
    assert "Entered by hand" in board
    assert "Set by hand" in board
    cell = ann.get("/cell?who=Brask&option=entry").text
    assert "Its envoy told us." in cell
    assert "The evidence alone would say" in cell
    assert "Conditional" in cell


def test_what_was_done_is_said_and_undone(ann):
    answer = ann.form("/do/accept", coding=f"{ID}.0/0/entry/a0", then="/review?option=entry")
    place = answer.headers["location"]
    assert place.startswith("/review?option=entry&done=")
    page = ann.get(place).text
    assert "Accepted." in page
    number = place.rpartition("=")[2]
    again = ann.form("/do/undo", changes=number, then="/review")
    assert "Undone." in ann.get(again.headers["location"]).text


def test_what_changes_nothing_says_nothing(ann):
    answer = ann.form("/do/withdraw", coding=f"{ID}.0/0/entry/a0", then="/review")
    assert answer.headers["location"] == "/review"


def test_an_option_is_renamed_merged_and_split_and_all_of_it_undone(ann):
    ann.form("/do/rename-option", option="entry", id="joining", label="Isk joins")
    assert "Isk joins" in ann.get("/codebook").text
    ann.form("/do/merge-options", option="subsidy", into="joining")
    assert ann.get("/codebook/subsidy").status_code == 404
    for _ in range(2):
        ann.form("/do/undo-last")
    assert "Isk joins the harbour league" in ann.get("/codebook").text
    coding = f"{ID}.2/0/subsidy/a2"
    ann.form("/do/split-option", option="subsidy", new="gift", label="A gift", codings=coding)
    page = ann.get("/codebook/gift").text
    assert "called the ferries" in page


def test_actors_are_joined_parted_and_given_roles(ann):
    ann.form("/do/merge-actors", actor="person:ada rook", into="person:tam ruhl")
    assert "Ada Rook" in ann.get("/actors/person:tam ruhl").text
    ann.form("/do/split-actor", actor="person:ada rook")
    assert "Ada Rook" not in ann.get("/actors/person:tam ruhl").text
    ann.form("/do/set-role", actor="person:tam ruhl", role="harbour master", first="2031-01-01")
    assert "harbour master" in ann.get("/actors/person:tam ruhl").text


def test_who_works_blind_sees_no_other_review_and_no_disagreement(ann, path):
    with project.open_project(path) as found:
        project.add_coder(found, "Ann", debate.ANN, blind=True)
        project.change(
            found,
            f"{ID}.0/0/entry/a0",
            project.By("Boris", "2031-06-01T10:00:00Z"),
            stance="undecided",
        )
    for place in (f"/review?coding={ID}.0/0/entry/a0", f"/articles/{ID}"):
        page = ann.get(place).text
        assert "Boris" not in page, place
        assert "has not decided" not in page
    assert "work blind" in ann.get("/coders/disagreements").text
