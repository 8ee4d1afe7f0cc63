"""Windows cover an article's words once, are never too long, and end with sentences."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from whipcount.attribution.trained.windows import windows


@given(
    st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=200),
    st.integers(9, 60),
    st.integers(0, 30),
)
def test_each_word_is_taken_from_one_window_that_holds_it(
    words: list[tuple[int, bool]], longest: int, overlap: int
) -> None:
    lengths = np.array([length for length, _ in words])
    sentence = np.cumsum([begins for _, begins in words])
    found = windows(lengths, sentence - sentence[0], longest, min(overlap, longest // 2))
    assert [window.first for window in found] == [0, *(window.last for window in found[:-1])]
    assert found[-1].last == len(words)
    for window in found:
        assert window.start <= window.first <= window.last <= window.end
        assert lengths[window.start : window.end].sum() <= longest


def test_a_window_ends_with_a_sentence_where_one_ends_in_it() -> None:
    lengths = np.ones(30, dtype=np.int64)
    sentence = np.repeat(np.arange(6), 5)
    found = windows(lengths, sentence, longest=12, overlap=0)
    assert [(window.start, window.end) for window in found] == [(0, 10), (10, 20), (20, 30)]


def test_no_words_no_windows() -> None:
    assert windows(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)) == []
