"""Offsets change their unit and words are found again, whatever the characters."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from whipcount.model import Span
from whipcount.offsets import (
    SOFT,
    find,
    from_bytes,
    from_utf16,
    merge,
    plain,
    span_from_utf16,
    span_to_utf16,
    to_bytes,
    to_utf16,
    trim,
)

TRICKY = st.text(
    st.one_of(
        st.sampled_from("ab “”‘’\"'\u00a0\u00ad\u200d\r\n\t😀🏛é\u0301\u0308ﬁß\ufeff"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@st.composite
def text_and_offset(draw: st.DrawFn) -> tuple[str, int]:
    text = draw(TRICKY)
    return text, draw(st.integers(0, len(text)))


@given(text_and_offset())
@example(("😀", 1))
@example(("a\r\n😀e\u0301", 5))
def test_utf16_there_and_back_is_the_same(case: tuple[str, int]) -> None:
    text, offset = case
    units = to_utf16(text, offset)
    assert units == len(text[:offset].encode("utf-16-le")) // 2
    assert from_utf16(text, units) == offset


@given(text_and_offset())
def test_bytes_there_and_back_is_the_same(case: tuple[str, int]) -> None:
    text, offset = case
    count = to_bytes(text, offset)
    assert count == len(text[:offset].encode())
    assert from_bytes(text, count) == offset


def test_a_span_crosses_to_utf16_and_back() -> None:
    text = "“🏛” said e\u0301ve\r\n"
    span = Span(0, 3)
    assert span_to_utf16(text, span) == (0, 4)
    assert span_from_utf16(text, 0, 4) == span


@pytest.mark.parametrize(
    ("cross", "units", "reason"),
    [
        (from_utf16, 1, "inside the surrogate pair"),
        (from_utf16, 3, "past the end"),
        (from_bytes, 2, "inside the character's bytes"),
        (from_bytes, 5, "past the end"),
    ],
)
def test_an_offset_that_is_no_characters_edge_is_refused(cross, units: int, reason: str) -> None:
    with pytest.raises(ValueError, match=r"inside the character|more than"):
        cross("😀", units)


@pytest.mark.parametrize("offset", [-1, 2])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match="outside the text"):
        to_utf16("a", offset)


@given(TRICKY)
def test_plain_text_goes_back_to_the_same_characters(text: str) -> None:
    made = plain(text)
    assert len(made.origins) == len(made.text) + 1
    kept = [character for character in text if character not in SOFT]
    assert len(made.text) == len(kept)
    for index, character in enumerate(kept):
        assert text[made.origins[index]] == character
        assert made.index(made.origins[index]) == index


@given(TRICKY, st.data())
def test_a_span_of_plain_text_holds_no_less_than_its_words(text: str, data: st.DataObject) -> None:
    made = plain(text)
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start, len(made.text)))
    span = made.span(start, end)
    assert plain(text, span.start, span.end).text == made.text[start:end]


def test_marks_are_made_plain_one_for_one() -> None:
    assert plain("“It’s»\u00a0so\u00adft").text == '"It\'s" soft'


@given(TRICKY, st.data())
def test_words_of_a_text_are_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    found = find(text, words, near=start)
    if words.strip():
        assert found is not None
        assert text[found.start : found.end] == words
        assert found.start == start
    else:
        assert found is None


@pytest.mark.parametrize(
    ("text", "words", "found", "reason"),
    [
        ("He said “no way”.", 'said "no way"', "said “no way”", "marks differ"),
        ("a bor\u00adder\u00a0treaty", "border treaty", "bor\u00adder\u00a0treaty", "soft, NBSP"),
        ("Zoe\u0308 left", "Zoë", "Zoe\u0308", "composed and decomposed"),
        ("one\r\n  two", "one two", "one\r\n  two", "line breaks"),
        ("The Pact", "the pact", "The Pact", "case"),
        ("nothing here", "absent", None, "not there"),
        ("", "words", None, "empty text"),
        ("text", "  ", None, "no words"),
    ],
)
def test_words_are_found_whatever_their_marks(text, words, found, reason) -> None:
    span = find(text, words)
    assert (text[span.start : span.end] if span else None) == found, reason


def test_the_place_nearest_is_found() -> None:
    assert find("no, no, no", "no", near=5) == Span(4, 6)


def test_trim_drops_space_soft_characters_and_marks() -> None:
    text = " \u00a0\u00ad“yes,” "
    assert trim(text, 0, len(text), "“”,") == Span(4, 7)
    assert trim("   ", 0, 3) == Span(3, 3)


def test_merge_joins_what_overlaps_or_touches() -> None:
    assert merge([Span(5, 7), Span(0, 2), Span(2, 4)]) == (Span(0, 4), Span(5, 7))
    assert merge([]) == ()
