"""A sample drawn, coded blind to the machine, and reported, on the page."""

from __future__ import annotations

import re
import time

import pytest

from tests.app.conftest import TOKEN
from tests.app.debate import ANN, ID
from tests.app.test_rooms import ROOMS
from whipcount import project
from whipcount.project.sampling import TEXT

CODE = "/sample/first/code"
MACHINE = (
    "lexical",
    "sure",
    "supports it",
    "opposes it",
    "on a condition it",
    "/0/entry/",
    "/0/subsidy/",
)
"""What tells of the machine's codings in a page: its name, its doubt, stances, ids of codings."""


@pytest.fixture
def drawn(ann, path):
    """A sample of everything: four statements and five paragraphs."""
    answer = ann.form("/do/draw-sample", name="first", size=9, seed=1, then="/sample")
    assert answer.status_code == 303, answer.text
    return ann


def units(path) -> dict[str, str]:
    with project.open_project(path, writing=False) as debate:
        return {one.unit: one.stratum for one in project.drawn_of(debate, "first")}


def asked(page: str) -> str:
    found = re.search(r'data-item="([^"]+)"', page)
    assert found, page
    return found[1]


def begin(visitor) -> None:
    csrf = re.search(r'name="csrf" content="([^"]+)"', visitor.get("/sample").text)[1]
    answer = visitor.post(
        "/code-sample",
        data={"csrf": csrf, "name": "first"},
        headers={"Origin": "http://127.0.0.1:8000"},
    )
    assert answer.headers["location"] == CODE


def do(visitor, action: str, **values: str) -> None:
    """Do something as a form of the sample's page does: other rooms are closed."""
    csrf = re.search(r'name="csrf" content="([^"]+)"', visitor.get(CODE).text)[1]
    answer = visitor.post(
        f"/do/{action}",
        data={"csrf": csrf, "then": CODE, **values},
        headers={"Origin": "http://127.0.0.1:8000"},
    )
    assert answer.status_code == 303, answer.text


def test_a_sample_is_drawn_with_its_seed_in_view(drawn, path):
    page = drawn.get("/sample").text
    assert "drawn with seed 1" in page
    assert "Nobody has coded anything of it yet" in page
    assert len(units(path)) == 9
    assert set(units(path).values()) == {"entry", "subsidy", TEXT}
    again = drawn.form("/do/draw-sample", name="first", size=9, seed=1, then="/sample")
    assert again.status_code == 400
    assert "there is a sample" in again.text
    assert "Nothing is coded yet" in drawn.get("/sample/first").text
    assert drawn.get("/sample/second").status_code == 404


def test_it_is_not_begun_before_one_says_so(drawn):
    page = drawn.get(CODE).text
    assert "Begin" in page
    assert "data-item" not in page


@pytest.mark.parametrize(
    "place", [*ROOMS, "/sample/first", f"/api/article?article={ID}", "/api/queue"]
)
def test_while_coding_no_room_shows_what_the_machine_says(drawn, place):
    begin(drawn)
    for headers in ({}, {"X-Part": "main"}):
        answer = drawn.get(place, headers=headers)
        if place == "/sample":
            assert answer.status_code == 200
        elif place.startswith("/articles/"):
            assert answer.status_code == 200
            assert "Ferries for Isk" in answer.text
        elif place.startswith("/api/"):
            assert answer.status_code == 404
            assert "blind to the machine" in answer.json()["error"]
        else:
            assert answer.status_code == 303, place
            assert answer.headers["location"] == f"{CODE}?held=1"
        for words in MACHINE:
            assert words not in answer.text, (place, words)


def test_what_is_asked_shows_words_and_no_stance(drawn, path):
    begin(drawn)
    kinds = set()
    for unit, stratum in units(path).items():
        page = drawn.get(CODE, params={"unit": unit}).text
        assert asked(page) == unit
        for words in MACHINE:
            assert words not in page, (unit, words)
        assert " t-" not in page.split("</nav>")[1].replace(" t-none", ""), "no stance's colour"
        assert ("Which positions do the marked words take" in page) == (stratum != TEXT)
        assert ("asked" in page.split("data-text")[1]) == (stratum == TEXT)
        kinds.add(stratum)
    assert len(kinds) == 3


def test_what_one_finds_is_kept_taken_back_and_reported(drawn, path):
    begin(drawn)
    said = {f"{ID}.0": ("entry", "support"), f"{ID}.1": ("entry", "oppose")}
    while "data-item" in (page := drawn.get(CODE).text):
        unit = asked(page)
        if unit in said:
            option, stance = said[unit]
            actor = {f"{ID}.0": f"{ID}.a0", f"{ID}.1": f"{ID}.a1"}[unit]
            do(drawn, "add-coding", statement=unit, option="subsidy", stance="support", actor=actor)
            assert "Take back" in drawn.get(CODE).text
            do(drawn, "withdraw", coding=f"{unit}/0/subsidy/{actor.rpartition('.')[2]}")
            do(drawn, "add-coding", statement=unit, option=option, stance=stance, actor=actor)
        do(drawn, "sampled", sample="first", unit=unit)
    assert "You have coded all of it" in page
    for _ in range(100):
        report = drawn.get("/sample/first").text
        if "data-again" not in report:
            break
        time.sleep(0.05)
    assert "9 of 9 coded, by Ann" in report
    assert "<b>50 %</b>" in report
    assert "not known: no case" in report
    assert "positions that nobody has judged" in report
    assert drawn.get("/review").status_code == 200, "the other rooms are open again"
    with project.open_project(path, writing=False) as debate:
        entry, subsidy = project.judge(debate, "first").options
    assert (entry.precision.value, entry.recall.value) == (0.5, 0.5)
    assert (subsidy.precision.value, subsidy.recall.value) == (0.0, None)


def test_a_statement_is_marked_in_a_paragraph_and_coded(drawn, path):
    begin(drawn)
    with project.open_project(path, writing=False) as debate:
        text = project.article(debate, ID).text
        words, unit = next(
            (one.spans[0], one.unit)
            for one in project.to_code(debate, "first", "Ann")
            if one.statement is None and text[one.spans[0].start :].startswith("The harbour")
        )
    quote = text[words.start : words.start + 12]
    do(drawn, "add-statement-words", article=ID, words=quote, near=str(words.start))
    page = drawn.get(CODE, params={"unit": unit}).text
    assert "Say first whose position it is" in page
    made = re.search(rf"{ID}\.m\w+", page)[0]
    page = drawn.get(CODE, params={"unit": unit, "who": f"{ID}.a1", "on": "subsidy"}).text
    assert f'name="statement" value="{made}"' in page
    do(drawn, "add-coding", statement=made, option="subsidy", stance="oppose", actor=f"{ID}.a1")
    do(drawn, "sampled", sample="first", unit=unit)
    with project.open_project(path, writing=False) as debate:
        subsidy = project.judge(debate, "first").options[1]
    assert (subsidy.recall.value, subsidy.recall.cases) == (0.0, 1)


def test_undone_it_is_asked_again(drawn, path):
    begin(drawn)
    unit = asked(drawn.get(CODE).text)
    do(drawn, "sampled", sample="first", unit=unit)
    assert asked(drawn.get(CODE).text) != unit
    do(drawn, "undo-last")
    assert asked(drawn.get(CODE).text) == unit


def test_one_stops_and_goes_on_under_another_name(drawn):
    begin(drawn)
    csrf = re.search(r'name="csrf" content="([^"]+)"', drawn.get(CODE).text)[1]
    here = {"Origin": "http://127.0.0.1:8000"}
    drawn.post("/work-as", data={"csrf": csrf, "name": "Bo"}, headers=here)
    assert drawn.get("/review").status_code == 200
    begin(drawn)
    answer = drawn.post("/code-sample", data={"csrf": csrf, "name": ""}, headers=here)
    assert answer.headers["location"] == "/sample"
    assert drawn.get("/review").status_code == 200
    answer = drawn.post("/code-sample", data={"csrf": csrf, "name": "none"}, headers=here)
    assert answer.status_code == 400


def test_another_session_is_not_held(drawn, path):
    begin(drawn)
    token = {"Authorization": f"Bearer {TOKEN}"}
    drawn.cookies.clear()
    assert drawn.get("/api/queue", headers=token).status_code == 200


def test_who_reviewed_a_statement_is_not_asked_about_it(drawn, path):
    with project.open_project(path) as debate:
        project.accept(debate, f"{ID}.0/0/entry/a0", ANN)
    begin(drawn)
    assert "8 of 9 left" in drawn.get(CODE).text
