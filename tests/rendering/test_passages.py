from __future__ import annotations

from dataclasses import replace

from whipcount.model import Span
from whipcount.rendering.passages import AROUND, LONGEST, passages


def runs(passage) -> list[tuple[str, str]]:
    return [(run.text, run.marks) for run in passage.runs if run.marks]


def test_a_paragraph_is_cut_where_source_cue_and_content_begin_and_end(coded):
    (passage,) = passages(coded.article, coded.positions[0], coded.statements[0])
    assert runs(passage) == [
        ("“We want Isk in the league,”", "content"),
        ("said", "cue"),
        ("Lena Orlo, Torvel’s prime minister", "source"),
        ("“and soon.”", "other"),
    ]
    assert "".join(run.text for run in passage.runs).startswith("“We want Isk in the league,” said")


def test_a_condition_is_marked_within_the_content(coded):
    (passage,) = passages(coded.article, coded.positions[1])
    assert ("if the piers are mended", "content condition") in runs(passage)


def test_paragraphs_between_are_left_out_and_told(coded):
    article = coded.article
    far = replace(coded.positions[0], content=(article.body[0], article.body[3]), piece=0)
    found = passages(article, replace(far, source=()))
    assert [passage.gap for passage in found] == [False, True]


def test_words_outside_all_paragraphs_have_what_is_around_them(coded):
    bare = replace(coded.article, body=(), headline=None)
    (passage, *_) = passages(bare, replace(coded.positions[1], source=(), condition=None))
    assert passage.cut_before
    assert runs(passage) == [("Brask would agree if the piers are mended", "content")]


def test_of_a_long_paragraph_what_is_around_the_words_is_shown(coded):
    text = "x" * LONGEST + " yes " + "y" * LONGEST
    article = replace(coded.article, text=text, body=(Span(0, len(text)),), headline=None)
    place = Span(LONGEST + 1, LONGEST + 4)
    position = replace(coded.positions[0], content=(place,), source=(), piece=0)
    (passage,) = passages(article, position)
    assert passage.cut_before
    assert passage.cut_after
    assert sum(len(run.text) for run in passage.runs) == 2 * AROUND + 3


def test_a_position_without_words_has_no_passage(coded):
    assert passages(coded.article, replace(coded.positions[2], content=(), source=())) == ()
