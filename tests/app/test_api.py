"""The JSON API: what it gives is what its description says, whatever it is asked."""

from __future__ import annotations

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app import debate
from tests.app.conftest import TOKEN
from tests.app.debate import ID
from whipcount import project
from whipcount.app.actions import ACTIONS
from whipcount.app.api import QUESTIONS
from whipcount.app.openapi import SHAPES, description

BEARER = {"Authorization": f"Bearer {TOKEN}"}
DESCRIBED = description()
KNOWN = {
    "coding": f"{ID}.0/0/entry/a0",
    "statement": f"{ID}.0",
    "article": ID,
    "option": "entry",
    "actor": f"{ID}.a0",
    "above": 0.5,
}


def resolver(schema):
    return {**schema, "components": DESCRIBED["components"]}


def expected(path: str, method: str, status: int):
    answers = DESCRIBED["paths"][path][method]["responses"]
    assert str(status) in answers, f"{method} {path} answers {status}, which isn't described"
    return resolver(answers[str(status)]["content"]["application/json"]["schema"])


def test_every_route_is_described_and_the_other_way_round(outside):
    routes = {
        (route.path, method.lower())
        for route in outside.app.inside.routes
        for method in route.methods
        if route.path.startswith("/api/") and route.path != "/api/openapi.json" and method != "HEAD"
    }
    described = {(path, method) for path, some in DESCRIBED["paths"].items() for method in some}
    assert routes == described
    assert outside.get("/api/openapi.json", headers=BEARER).json() == DESCRIBED


def test_names_are_unique_and_every_answer_has_its_shape():
    names = [one.name for one in (*ACTIONS, *QUESTIONS)]
    assert len(names) == len(set(names))
    for question in QUESTIONS:
        assert set(question.gives) <= set(SHAPES)
    for some in DESCRIBED["paths"].values():
        for one in some.values():
            assert one["summary"].endswith(".")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_questions_answer_as_described(outside, question):
    values = {field.name: KNOWN[field.name] for field in question.fields if field.needed}
    answer = outside.get(f"/api/{question.name}", params=values, headers=BEARER)
    assert answer.status_code == 200, answer.text
    jsonschema.validate(answer.json(), expected(f"/api/{question.name}", "get", 200))


def test_a_count_is_that_of_the_command_line(outside):
    found = outside.get("/api/count", headers=BEARER).json()["count"]
    assert [cell["stand"] for cell in found["cells"]][::2] == [
        "yes",
        "conditional",
        "not-on-record",
    ]


def test_spans_are_code_points_or_utf16(outside, path):
    start = debate.TEXT.index("Tam Ruhl said 👩")
    units = len(debate.TEXT[:start].encode("utf-16-le")) // 2
    assert units > start
    for given_, unit in (([units, units + 8], "utf-16"), ([start, start + 8], "code points")):
        values = {"statement": f"{ID}.1", "source": [given_], "units": unit}
        answer = outside.post("/api/mark", json=values, headers=BEARER)
        assert answer.status_code == 200, answer.text
        with project.open_project(path, writing=False) as found:
            assert project.statement(found, f"{ID}.1").speaker == "Tam Ruhl"


def test_half_an_emoji_is_no_span(outside):
    start = debate.TEXT.index("🙂")
    units = len(debate.TEXT[:start].encode("utf-16-le")) // 2
    values = {
        "statement": f"{ID}.1",
        "span": [units + 1, units + 9],
        "part": "cue",
        "units": "utf-16",
    }
    answer = outside.post("/api/remark", json=values, headers=BEARER)
    assert answer.status_code == 409
    assert "select the words again" in answer.json()["error"]


def test_a_change_is_made_told_and_undone(outside, path):
    values = {"coding": KNOWN["coding"], "stance": "oppose"}
    first = outside.post("/api/change", json=values, headers=BEARER).json()
    assert first["change"] is not None
    assert outside.post("/api/undo-last", json={}, headers=BEARER).json()["change"]
    with project.open_project(path, writing=False) as found:
        assert project.coding(found, KNOWN["coding"]).reviews == ()


def test_what_was_made_is_told(outside):
    values = {"article": ID, "content": [list(debate.span("The harbour league met"))]}
    made = outside.post("/api/add-statement", json=values, headers=BEARER).json()["made"]
    values = {"statement": made[0], "option": "entry", "stance": "support", "actor": KNOWN["actor"]}
    assert outside.post("/api/add-coding", json=values, headers=BEARER).json()["made"]


VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [*KNOWN.values(), "subsidy", "support", "", f"{ID}.9", "person:tam ruhl", "2031"]
    ),
    st.integers(-5, 2**60),
    st.booleans(),
    st.floats(),
    st.lists(st.lists(st.integers(-1, 400), min_size=2, max_size=2), max_size=3),
    st.lists(st.integers(-1, 400), min_size=2, max_size=2),
    st.lists(st.text(max_size=5), max_size=3),
    st.none(),
)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda one: one.name)
def test_whatever_an_action_is_given_it_answers_as_described(outside, path, action):
    names = [field.name for field in action.fields]

    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(names, VALUES)))
    def try_it(values):
        known = {
            field.name: KNOWN[field.name]
            for field in action.fields
            if field.needed and field.name in KNOWN and field.name not in values
        }
        answer = outside.post(f"/api/{action.name}", json={**known, **values}, headers=BEARER)
        jsonschema.validate(
            answer.json(), expected(f"/api/{action.name}", "post", answer.status_code)
        )

    try_it()
    with project.open_project(path, writing=False) as found:
        assert project.check(found) == ()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_whatever_a_question_is_given_it_answers_as_described(outside, question):
    names = [field.name for field in question.fields]
    words = st.one_of(st.text(max_size=20), st.sampled_from(list(map(str, KNOWN.values()))))

    @settings(
        max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(names, words)))
    def try_it(values):
        answer = outside.get(f"/api/{question.name}", params=values, headers=BEARER)
        jsonschema.validate(
            answer.json(), expected(f"/api/{question.name}", "get", answer.status_code)
        )

    try_it()
