"""From pages to a count: a wire story, its copies, and the same quotation elsewhere."""
# ruff: noqa: E501 - an article keeps its paragraphs on one line

import itertools

import pytest

import whipcount
from whipcount.rendering import documents

ISSUE = """
name = "Isk and the river league"
body = "league.toml"

[options.entry]
label = "Isk joins the league"
phrases = ["Isk in the league", "join the league"]
"""
BODY = """
id = "league"
name = "League of the Upper Arle"
aliases = ["the league"]
members_are = "states"
sources = ["invented"]

[rule]
kind = "consensus"

[[members]]
name = "Torvel"

[[members]]
name = "Brask"
"""
WIRE = """Two more states back Isk

{day}

Torvel's prime minister, Lena Orlo, said on {weekday} that she had met the others for the third time.

"We want Isk in the league, and we want it in this year, not when everybody has run out of excuses," Orlo said.

The league settles how much water each member may take from the Arle and who keeps the locks in repair. A new
member must be accepted by all.

Isk left the league in 1994 in a quarrel over dredging, and asked to come back after two dry summers.
"""
ELSEWHERE = """Orlo for Isk

6 May 2031

The prime minister of Torvel, Lena Orlo, is for it. "We want Isk in the league, and we want it in this year,"
said Orlo. Others were silent all day, and nobody would say for how long that might go on.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "issue.toml").write_text(ISSUE)
    (tmp_path / "league.toml").write_text(BODY)
    wire = WIRE.format(day="5 May 2031", weekday="Monday")
    (tmp_path / "1.txt").write_text(wire)
    (tmp_path / "2.txt").write_text(wire)
    copied = wire.replace("Two more states back Isk", "Torvel backs neighbour")
    (tmp_path / "3.txt").write_text(copied.replace("5 May", "12 May").replace("1994", "1996"))
    (tmp_path / "4.txt").write_text(ELSEWHERE)
    return tmp_path


def counted(folder, order):
    pages = [folder / f"{number}.txt" for number in order]
    return whipcount.count(pages, folder / "issue.toml", "2031-05-31", tagger="rules")


def test_what_was_said_once_is_shown_once_with_all_that_printed_it(folder):
    count = counted(folder, "1234")
    cell = next(one for one in count.cells if one.member == "Torvel")
    (shown,) = cell.evidence
    articles = {one.id: one for one in count.articles}
    original = articles[shown.article]
    assert (shown.date, original.path) == ("2031-05-05", str(folder / "1.txt"))
    assert [one.path for one in original.also_in] == [str(folder / "2.txt")]
    reported = [articles[one.article].path for one in shown.reports]
    assert reported == [str(folder / "4.txt"), str(folder / "3.txt")]
    copy = articles[shown.reports[1].article]
    assert copy.copy_of == original.id


def test_the_order_of_pages_changes_nothing(folder):
    wanted = documents.count_document(counted(folder, "1234"))
    wanted["articles"].sort(key=lambda one: one["id"])
    for order in itertools.permutations("1234"):
        found = documents.count_document(counted(folder, order))
        found["articles"].sort(key=lambda one: one["id"])
        assert found == wanted


def test_actors_are_counted_in_an_article_and_not_in_its_copy(folder):
    pages = [folder / f"{number}.txt" for number in "134"]
    (orlo,) = (
        one
        for one in whipcount.actors_of(pages, folder / "issue.toml", tagger="rules")
        if one.name == "Lena Orlo"
    )
    assert orlo.articles == 2
