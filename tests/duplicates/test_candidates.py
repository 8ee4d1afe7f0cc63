import random

import numpy as np

from whipcount.duplicates.candidates import NEIGHBOURS, candidate_pairs
from whipcount.duplicates.shingles import shingles


def text_of(draw, length=300):
    return [f"w{draw.randrange(5_000)}" for _ in range(length)]


def pairs_of(texts):
    return set(map(tuple, candidate_pairs([shingles(words, 3) for words in texts]).tolist()))


def test_no_text_and_one_text_make_no_pair():
    assert candidate_pairs([]).shape == (0, 2)
    assert pairs_of([text_of(random.Random(1))]) == set()


def test_texts_that_share_a_quarter_meet_and_others_do_not():
    draw = random.Random(2)
    wanted, texts = set(), []
    for _ in range(100):
        story = text_of(draw)
        wanted.add((len(texts), len(texts) + 1))
        texts += [story, story[: len(story) // 4]]
    found = pairs_of(texts)
    assert len(found & wanted) >= 99
    assert len(found - wanted) <= 2


def test_thousands_of_one_text_cost_no_more_than_their_number():
    words = text_of(random.Random(3), 40)
    pairs = candidate_pairs([shingles(words, 3)] * 2_000)
    assert len(pairs) <= 2_000 * (NEIGHBOURS + 1)
    assert {first for first, _ in pairs.tolist()} >= {0}
    assert set(pairs[:, 1].tolist()) == set(range(1, 2_000))


def test_pairs_are_in_order_and_each_is_there_once():
    draw = random.Random(4)
    story = text_of(draw)
    pairs = candidate_pairs([shingles(story[cut:], 3) for cut in range(12)])
    keys = [(second, first) for first, second in pairs.tolist()]
    assert keys == sorted(set(keys))
    assert (pairs[:, 0] < pairs[:, 1]).all()


def test_the_same_texts_give_the_same_pairs():
    draw = random.Random(5)
    texts = [text_of(draw) for _ in range(20)]
    texts += [words[50:] for words in texts]
    sets = [shingles(words, 3) for words in texts]
    first, second = candidate_pairs(sets), candidate_pairs(list(map(np.copy, sets)))
    assert first.tolist() == second.tolist()
    assert {tuple(pair) for pair in first.tolist()} >= {(place, place + 20) for place in range(20)}
