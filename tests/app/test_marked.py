"""Articles in runs that know where they stand, as browsers count."""

from __future__ import annotations

from html import unescape

import pytest

from tests.app.debate import ARTICLE, STATEMENTS, TEXT, span
from whipcount.app.marked import exact, paragraphs
from whipcount.offsets import from_utf16


def runs(**how):
    stances = {STATEMENTS[0].id: "support", STATEMENTS[2].id: "oppose", STATEMENTS[3].id: "support"}
    return [run for one in paragraphs(ARTICLE, STATEMENTS, stances, **how) for run in one.runs]


def test_every_run_stands_where_it_says():
    for run in runs():
        start = from_utf16(TEXT, run.at)
        assert TEXT[start : start + len(run.text)] == run.text


def test_nothing_of_the_text_is_lost_but_white_space():
    assert "".join("".join(run.text for run in runs()).split()) == "".join(TEXT.split())


def test_what_is_not_read_is_aside():
    kinds = [one.kind for one in paragraphs(ARTICLE, (), {})]
    assert kinds == ["aside", "headline", "body", "body", "body", "body"]


def test_a_statement_within_another_is_the_innermost_and_deeper():
    inner = next(run for run in runs() if run.text == "the ferries “a gift”")
    assert inner.statements == (STATEMENTS[3].id, STATEMENTS[2].id)
    assert inner.classes == "content t-support deep-2"
    outer = next(run for run in runs() if run.text == "that ")
    assert outer.classes == "content t-oppose"


def test_only_the_paragraphs_around_some_words():
    found = paragraphs(ARTICLE, STATEMENTS, {}, around=[span("and soon")], beside=1)
    assert [one.runs[0].text[:5] for one in found] == ["The h", "“We w", "Brask"]


def test_an_article_without_statements_or_words():
    assert runs(around=[]) != []
    assert paragraphs(ARTICLE, (), {})[1].runs[0].classes == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("one\r\ntwo", "a parser would make one character of two"),
        ("<b> & \"c\" 'd'", "what HTML is made of"),
        ("a\0b", "a parser drops it"),
        ("🙂 e\u0301 \u200d", "emoji and marks"),
    ],
)
def test_text_in_html_has_as_many_units(text, why):
    assert len(unescape(str(exact(text)))) == len(text), why
    assert "<b>" not in exact(text)


def test_half_a_surrogate_pair_can_be_sent():
    assert exact("a\ud800b").encode() == "a\ufffdb".encode()
