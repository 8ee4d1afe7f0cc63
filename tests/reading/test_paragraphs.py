import itertools
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whipcount.reading.paragraphs import is_terminated, paragraphs, plain_words

ONE = (
    "The ministers of the eight states met in Arlen on Sunday night, and when they left the old "
    "custom house at two in the morning, nobody had signed anything. “We are not there yet,” said "
    "the host. Talks go on next week, in the same room and at the same table, if the ferry runs."
)
TWO = (
    "In the harbour the pilots wait, as they have waited since the autumn, for a treaty that "
    "tells them whose buoys they may pass. None of them believes in a date. “In "
    "spring,” one of them said."
)


def spans(text):
    return [text[start:end] for start, end in (p.span for p in paragraphs(text))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
@pytest.mark.parametrize("blank", ["", " ", "\u00a0"])
def test_blank_lines_part_paragraphs_whatever_the_line_ends(end, blank):
    text = f"{ONE}{end}{blank}{end}{TWO}{end}"
    assert spans(text) == [ONE, TWO]


def test_single_line_breaks_part_paragraphs_of_long_lines():
    assert spans(f"{ONE}\n{TWO}\n") == [ONE, TWO]


@pytest.mark.parametrize("width", [60, 72, 90])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_wrapped_lines_are_one_paragraph(width, between):
    text = between.join(textwrap.fill(words, width) for words in (ONE, TWO))
    assert [p.words for p in paragraphs(text)] == [plain_words(ONE), plain_words(TWO)]


def test_menu_lines_are_not_joined():
    assert spans("Home\nWorld\nSport and leisure\n") == ["Home", "World", "Sport and leisure"]


def test_a_form_feed_parts_paragraphs():
    assert spans(f"{ONE}\f{TWO}") == [ONE, TWO]


def test_spans_have_no_white_space_marks_or_soft_hyphens_at_their_ends():
    assert spans("\ufeff \u00a0Home \u00ad\r\n") == ["Home"]


def test_white_space_has_no_paragraphs():
    assert paragraphs("") == []
    assert paragraphs(" \r\n\u00a0\f\n\ufeff") == []


@pytest.mark.parametrize("words", ["No.", 'No."', "No?)", "No…", "No:"])
def test_a_sentence_ends_before_closing_marks(words):
    assert is_terminated(words)


@pytest.mark.parametrize("words", ["", "No", "No,", "v1.2 beta"])
def test_other_words_end_no_sentence(words):
    assert not is_terminated(words)


@given(st.text(alphabet='ab ."\n\r\u00a0\u00ad\f😀é', max_size=200))
def test_paragraphs_hold_every_word_once_and_in_order(text):
    found = paragraphs(text)
    assert " ".join(p.words for p in found).split() == plain_words(text).split()
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(plain_words(text[p.span.start : p.span.end]) == p.words for p in found)
