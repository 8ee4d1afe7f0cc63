import pytest
from hypothesis import given
from hypothesis import strategies as st

from whipcount.duplicates.shingles import share_within, shingles, words_of


def test_words_are_compared_without_case_marks_and_soft_hyphens():
    assert words_of("“No-one,” she said: ‘har\u00adbour’ dues") == words_of(
        "\"NO-ONE,\" SHE SAID: 'harbour' DUES"
    )


@pytest.mark.parametrize(
    ("words", "size", "count"),
    [
        ("", 3, 0),
        ("we", 3, 1),
        ("we will not", 3, 1),
        ("we will not sign", 3, 2),
        ("a a a a", 2, 1),
    ],
)
def test_a_text_has_a_shingle_for_each_place_at_which_enough_words_follow(words, size, count):
    assert len(shingles(words_of(words), size)) == count


def test_the_hashes_are_the_same_on_every_machine():
    assert shingles(["we", "will", "not", "sign"], 3).tolist() == [1359510424, 1549095501]


def test_the_order_of_words_makes_a_shingle():
    one, other = (shingles(words_of(words), 2) for words in ("the lion bit me", "me bit the lion"))
    assert share_within(one, other) == 1 / 3


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.integers(1, 5))
def test_a_text_stands_in_itself_and_a_beginning_in_the_whole(words, size):
    whole = shingles(words, size)
    assert share_within(whole, whole) == (1 if words else 0)
    if len(words) >= 2 * size:
        assert share_within(shingles(words[: len(words) // 2], size), whole) == 1
