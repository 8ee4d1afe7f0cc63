"""The networks' room as the server makes it: without scripts it has all that the picture has."""

from __future__ import annotations

import html
import json
import re
import time

import pytest

from tests.app import debate
from tests.app.conftest import TOKEN
from tests.app.debate import ID
from whipcount import project
from whipcount.cli import main

ROOM = "/networks?aggregation=ignore&with-review=true"


def page(visitor, place: str = ROOM) -> str:
    for _ in range(200):
        found = visitor.get(place)
        if "data-again" not in found.text:
            break
        time.sleep(0.05)
    return found.text


def ties(text: str) -> set[tuple[str, str, float]]:
    rows = re.findall(
        r'<tr><td><a [^>]*>([^<]*)</a></td><td><a [^>]*>([^<]*)</a></td><td class="number" '
        r'title="([^"]*)">',
        text,
    )
    return {(row, column, float(weight)) for row, column, weight in rows}


def test_the_table_has_the_ties_of_the_command_that_is_shown(ann, path, capsys):
    for place in (ROOM, "/networks", "/networks?mode=one&aggregation=ignore&rows=actor"):
        text = page(ann, place)
        command = re.search(r'id="command"[^>]*>([^<]*)<', text)
        words = html.unescape(command[1]).split()
        assert main([*words[1:], "--format", "edges"]) == 0
        printed = capsys.readouterr().out.splitlines()[1:]
        expected = {
            (row.strip('"'), column.strip('"'), float(weight))
            for row, column, weight in (line.split(",") for line in printed)
        }
        assert ties(text) == expected
        assert expected or place != ROOM


def test_what_the_page_draws_is_what_the_api_gives(ann):
    text = page(ann)
    drawn = json.loads(re.search(r"data-network='([^']*)'", text)[1])
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    given = {"aggregation": "ignore", "with-review": "true"}
    answer = ann.get("/api/network", params=given, headers=bearer).json()
    assert answer["network"] == drawn
    assert {node["label"] for node in drawn["nodes"]} == {
        "Torvel", "Brask", "Ulm", "entry", "subsidy"
    }  # fmt: skip


def test_every_node_and_tie_leads_to_its_words(ann):
    text = page(ann)
    links = {html.unescape(one) for one in re.findall(r'href="(/networks/statements[^"]*)"', text)}
    assert len(links) >= 4 + 3 + 2
    for link in links - {one for one in links if "row=" not in one and "column=" not in one}:
        answer = ann.get(link)
        assert answer.status_code == 200, link
        assert f"/articles/{ID}?statement=" in answer.text, link
    one = ann.get("/networks/statements?aggregation=ignore&row=Torvel&column=entry").text
    assert "We want Isk in the league" in one
    assert f"/articles/{ID}?statement={ID}.0#s-{ID}.0" in one


def test_a_choice_that_does_not_go_with_the_mode_is_fitted(ann):
    text = page(ann, "/networks?mode=one&aggregation=combine&normalization=activity")
    assert '<option value="congruence" selected>' in text
    assert '<option value="no" selected>' in text
    assert "combine" not in text


@pytest.mark.parametrize(
    ("place", "status", "why"),
    [
        ("/networks?rows=concept", 400, "rows and columns are both"),
        ("/networks?rows=weather", 400, "no variable is called 'weather'"),
        ("/networks?qualifier=concept", 400, "is also the rows or the columns"),
        ("/networks?mode=three", 404, "is none of 'two', 'one'"),
        ("/networks?day=tomorrow", 404, "is no day"),
        ("/networks?nodes=100000", 404, "is not from 1 to 200"),
        ("/networks/statements", 404, "say whose statements"),
        ("/networks/statements?row=Torvel&rows=weather", 404, "no variable is called"),
        ("/networks/file?form=docx", 404, "is none of graphml"),
        ("/networks/file?form=csv&mode=one&aggregation=combine", 404, "doesn't go with"),
    ],
)
def test_what_can_not_be_is_said(ann, place, status, why):
    answer = ann.get(place)
    assert answer.status_code == status
    assert why in html.unescape(answer.text)
    if status == 400:
        assert 'name="rows"' in answer.text, "the choices stay, to choose others"


def test_a_name_that_nobody_has_has_no_statements(ann):
    answer = ann.get("/networks/statements?row=Atlantis")
    assert answer.status_code == 200
    assert "No statement is behind this" in answer.text


def test_files_have_names_and_types(ann):
    kinds = {"graphml": "graphml+xml", "gexf": "gexf+xml", "csv": "text/csv", "edges": "text/csv"}
    for form, kind in kinds.items():
        answer = ann.get(f"/networks/file?aggregation=ignore&day=2031-05-05&form={form}")
        assert answer.status_code == 200
        assert kind in answer.headers["content-type"]
        name = answer.headers["content-disposition"]
        assert name.startswith('attachment; filename="network-two-mode-ignore-2031-05-05')
        assert "Torvel" in answer.text


def test_a_name_that_xml_can_not_hold_is_said_and_nothing_is_half_written(ann, path):
    with project.open_project(path) as found:
        name = "Brask\x0bHarbour"
        project.enter(found, project.Entry(name, "entry", "support", "2031-05-04"), debate.ANN)
    answer = ann.get("/networks/file?form=graphml&rows=actor")
    assert answer.status_code == 404
    assert "XML can't hold (U+000B)" in html.unescape(answer.text)
    assert ann.get("/networks/file?form=csv&rows=actor").status_code == 200


def test_a_decision_is_in_the_network_a_moment_later(ann):
    assert ("Torvel", "entry", 1.0) in ties(page(ann, "/networks"))
    ann.form("/do/change", coding=f"{ID}.0/0/entry/a0", stance="oppose")
    for _ in range(200):
        text = page(ann, "/networks")
        if ("Torvel", "entry", -1.0) in ties(text):
            break
        time.sleep(0.05)
    assert ("Torvel", "entry", -1.0) in ties(text)


def test_words_of_pages_are_escaped(ann, path):
    with project.open_project(path) as found:
        name = "<img src=x onerror=alert(1)>'\"&"
        project.enter(found, project.Entry(name, "entry", "support", "2031-05-04"), debate.ANN)
    for _ in range(200):
        text = page(ann, "/networks?rows=actor")
        if "onerror" in text:
            break
        time.sleep(0.05)
    assert "<img" not in text
    assert text.count("data-network='") == 1
    drawn = json.loads(html.unescape(re.search(r"data-network='([^']*)'", text)[1]))
    assert name in {node["label"] for node in drawn["nodes"]}


def test_no_name_is_too_odd_for_a_link(ann, path):
    with project.open_project(path) as found:
        for name in ("A & B", "C?row=D#e", "Ünal 🙂", "100 %"):
            project.enter(found, project.Entry(name, "entry", "support", "2031-05-04"), debate.ANN)
    for name in ("A & B", "C?row=D#e", "Ünal 🙂", "100 %"):
        for _ in range(200):
            answer = ann.get("/networks/statements", params={"rows": "actor", "row": name})
            if "1 statement" in answer.text:
                break
            time.sleep(0.05)
        assert "1 statement" in answer.text, name
