import pytest

from whipcount.roll_calls.casts import VOTES, WORDS, Word, word_of

SAID = [
    ("Yea", Word("yes")),
    ("AYE", Word("yes")),
    ("in favour", Word("yes")),
    ("Nay", Word("no")),
    ("against", Word("no")),
    ("Abstention", Word("abstain")),
    ("Present", Word("present")),
    ("Not Voting", Word("not voting")),
    ("DID_NOT_VOTE", Word("not voting")),
    ("non-voting", Word("not voting")),
    ("Absent.", Word("absent")),
    ("Paired Aye", Word("yes", "paired")),
    ("paired", Word("not voting")),
    ("announced nay", Word("no", "announced")),
]


@pytest.mark.parametrize(("written", "said"), SAID)
def test_words_of_chambers(written, said):
    assert word_of(written, WORDS) == said


@pytest.mark.parametrize("written", ["", "perhaps", "0", "2", "yes and no"])
def test_other_words_say_nothing(written):
    assert word_of(written, WORDS) is None


def test_the_votes_are_three():
    assert VOTES == ("yes", "no", "abstain")
