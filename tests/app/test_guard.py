"""What is let in, and what answers forbid."""

from __future__ import annotations

import os
import re
import sys
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import whipcount
from tests.app.conftest import TOKEN, Visitor
from tests.app.test_rooms import ROOMS as WALK
from whipcount import project
from whipcount.app.access import Access
from whipcount.app.application import ROOMS, application
from whipcount.app.asked import review

HERE = {"Origin": "http://127.0.0.1:8000"}


def csrf(visitor: TestClient) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', visitor.get("/coders").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "place", [*sorted(ROOMS), "/api/overview", "/api/openapi.json", "/nowhere"]
)
def test_whoever_is_not_in_sees_nothing(outside, place):
    answer = outside.get(place.replace("{change:int}", "1"))
    assert answer.status_code == 401
    assert "Isk" not in answer.text


def test_the_address_lets_in_once_and_its_token_leaves_the_address(outside):
    answer = outside.get(f"/review?option=entry&token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review?option=entry"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.casefold()
    assert outside.get("/review").status_code == 200


def test_a_wrong_token_does_not_let_in(outside):
    assert outside.get("/?token=guess").status_code == 401
    assert outside.get("/").status_code == 401


def test_the_way_in_leads_nowhere_else(outside):
    answer = outside.get(f"http://127.0.0.1:8000//evil.example/?token={TOKEN}")
    assert answer.headers["location"].startswith("/evil.example")


def test_another_name_for_this_machine_is_refused(ann):
    assert ann.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Origin": "http://evil.example"}, "another site's page"),
        ({"Origin": "http://127.0.0.1:9999"}, "another program's page on this machine"),
        ({"Origin": "null"}, "a sandboxed page"),
        ({}, "a browser says where a form is from"),
        ({"Sec-Fetch-Site": "cross-site"}, "as the browser says"),
    ],
)
def test_other_pages_change_nothing(ann, path, headers, why):
    values = {"csrf": csrf(ann), "name": "Eve"}
    answer = ann.post("/do/add-coder", data=values, headers=headers)
    assert answer.status_code == 403, why
    with project.open_project(path, writing=False) as debate:
        assert project.coders(debate) == ()


def test_a_form_without_its_token_changes_nothing(ann):
    for values in ({}, {"csrf": "guess"}, {"csrf": ["a", "b"]}):
        answer = ann.post("/do/add-coder", data={"name": "Eve", **values}, headers=HERE)
        assert answer.status_code == 403


def test_what_is_no_form_or_too_long_is_refused(ann):
    token = {"X-CSRF-Token": csrf(ann), **HERE}
    assert ann.post("/do/accept", content=b"x" * 2_000_000, headers=token).status_code == 413
    assert ann.post("/do/accept", content=b"<a/>", headers=token).status_code == 415
    bad = token | {"Content-Type": "application/json"}
    assert ann.post("/do/accept", content=b"[1]", headers=bad).status_code == 415
    assert ann.post("/do/accept", content=b"[" * 100_000, headers=bad).status_code == 415
    assert ann.post("/do/accept", content=b'{"a": "\\ud800"}', headers=bad).status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(ann, method):
    assert ann.request(method, "/").status_code == 405


@pytest.mark.parametrize(
    "place",
    [
        "/static/../../../pyproject.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..%2f..%2fasked.py",
        "/static//etc/passwd",
        "/static/access.py",
        "/articles/..%2f..%2fetc%2fpasswd",
        "/articles/%00",
        "/codebook/../../x",
        "/sample/..%2f..%2fetc%2fpasswd",
        "/sample/%2e%2e%2fisk.toml/code",
        "/networks/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_page_reaches_a_file_outside_the_project(ann, place):
    answer = ann.get(place)
    assert answer.status_code == 404, answer.text
    assert "root:" not in answer.text


OPENED: list[str] = []
WATCHING = threading.Event()


def watch(event: str, values: tuple[object, ...]) -> None:
    """Note what files the interpreter opens, from the moment that a test says so."""
    if WATCHING.is_set() and event in ("open", "sqlite3.connect", "os.listdir", "os.scandir"):
        OPENED.append(os.fsdecode(values[0]) if isinstance(values[0], str | bytes) else "")


def test_no_room_opens_a_file_but_the_project_and_our_own(ann, path):
    (path.parent / "beside.toml").write_text("a secret of the folder", encoding="utf-8")
    for room in WALK:
        ann.get(room)  # what is read once, such as the templates and the fonts of a library
    sys.addaudithook(watch)
    OPENED.clear()
    WATCHING.set()
    try:
        for room in WALK:
            ann.get(room)
        ann.form("/do/add-coder", name=str(path.parent / "beside.toml"), blind="true")
        ann.form("/do/draw-sample", name="beside.toml", size="9", seed="1")
    finally:
        WATCHING.clear()
    ours = Path(whipcount.__file__).parent
    own = [place for place in OPENED if path.name in place]
    assert own, "the project is opened"
    for place in OPENED:
        inside = place.startswith((str(ours), sys.prefix, sys.base_prefix, ":memory:")) or not place
        assert inside or path.name in place, place


def test_every_answer_forbids_what_the_pages_do_not_need(ann):
    for path in ("/", "/static/app.css", "/nowhere", "/api/overview"):
        headers = ann.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin", "without, forms have no origin"


def test_what_a_page_says_is_escaped(ann):
    for path in ("/articles", "/search"):
        assert "<script>alert" not in ann.get(path).text
    page = ann.get("/articles").text
    assert "javascript:" not in page


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example", "/\\evil", "x"])
def test_a_form_leads_to_no_other_site(ann, then):
    answer = ann.form("/do/undo-last", then=then)
    assert answer.status_code == 400
    assert "evil" not in answer.headers.get("location", "")


def test_a_program_comes_in_by_the_token(outside):
    token = {"Authorization": f"Bearer {TOKEN}"}
    assert outside.get("/api/overview", headers=token).json()["coder"] == "Ann"
    answer = outside.post("/api/add-coder", json={"name": "Bo"}, headers=token)
    assert answer.status_code == 200
    wrong = {"Authorization": "Bearer guess"}
    assert outside.get("/api/overview", headers=wrong).json()["error"]


@pytest.fixture
def shared(path) -> Visitor:
    access = Access("Ann", password="a long password")
    app = application(review(str(path), access, shared=True))
    return Visitor(app, base_url="http://127.0.0.1:8000", follow_redirects=False)


def test_several_come_in_by_the_password_under_their_names(shared):
    assert shared.get("/").headers["location"] == "/enter"
    wrong = {"name": "Bo", "password": "guess"}
    assert shared.post("/enter", data=wrong, headers=HERE).status_code == 401
    assert shared.get("/").status_code == 303
    right = wrong | {"password": "a long password"}
    assert shared.post("/enter", data=right, headers=HERE).status_code == 303
    assert "You are" in shared.get("/").text
    assert "<b>Bo</b>" in shared.get("/").text
    assert shared.form("/leave").status_code == 303
    assert shared.get("/").headers["location"] == "/enter"


def test_another_site_does_not_bring_somebody_in(shared):
    right = {"name": "Bo", "password": "a long password"}
    answer = shared.post("/enter", data=right, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403


def test_with_a_password_no_token_lets_in(shared):
    assert shared.get("/?token=anything").headers["location"] == "/enter"


def test_under_a_password_nobody_takes_anothers_name(shared):
    right = {"name": "Bo", "password": "a long password"}
    shared.post("/enter", data=right, headers=HERE)
    assert shared.form("/work-as", name="Ann").status_code == 400
