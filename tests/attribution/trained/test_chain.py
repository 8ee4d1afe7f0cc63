"""The chain against every sequence of tags, one by one."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.attribution.trained.chain import ROLES, TAGS, Chain

NEVER = -1e4


def legal_chain(rng: np.random.Generator) -> Chain:
    steps = rng.normal(size=(7, 7))
    start = rng.normal(size=7)
    for after, name in enumerate(TAGS):
        if name.startswith("I-"):
            start[after] = NEVER
            for before, other in enumerate(TAGS):
                if other[1:] != name[1:]:
                    steps[before, after] = NEVER
    return Chain(steps, start)


def worth(chain: Chain, scores: np.ndarray, path: tuple[int, ...]) -> float:
    total = chain.start[path[0]] + scores[0, path[0]]
    for place in range(1, len(path)):
        total += chain.steps[path[place - 1], path[place]] + scores[place, path[place]]
    return float(total)


def runs(path: tuple[int, ...]) -> set[tuple[str, int, int]]:
    found, start = set(), 0
    while start < len(path):
        end = start + 1
        if path[start]:
            while end < len(path) and path[end] == path[start] + 1:
                end += 1
            found.add((ROLES[(path[start] - 1) // 2], start, end))
        start = end
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_best_tags_and_their_probabilities_are_those_of_all_sequences(
    words: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    chain = legal_chain(rng)
    scores = (3 * rng.normal(size=(words, 7))).astype(np.float32)
    paths = list(product(range(7), repeat=words))
    values = np.array([worth(chain, scores.astype(float), path) for path in paths])
    probabilities = np.exp(values - values.max())
    probabilities /= probabilities.sum()
    spans = chain.spans(scores, np.zeros(words, dtype=np.int64))
    assert {(s.role, s.start, s.end) for s in spans} == runs(paths[int(values.argmax())])
    for span in spans:
        inside = sum(
            p
            for path, p in zip(paths, probabilities, strict=True)
            if (span.role, span.start, span.end) in runs(path)
        )
        assert span.probability == pytest.approx(inside, abs=1e-5)
        role = ROLES.index(span.role)
        covered = np.mean(
            [
                sum(
                    p
                    for path, p in zip(paths, probabilities, strict=True)
                    if path[place] in (1 + 2 * role, 2 + 2 * role)
                )
                for place in range(span.start, span.end)
            ]
        )
        assert span.covered == pytest.approx(covered, abs=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=70), st.integers(0, 10_000))
def test_a_paragraph_is_tagged_alike_alone_and_among_others(lengths: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    chain = legal_chain(rng)
    paragraph = np.repeat(np.arange(len(lengths)), lengths)
    scores = (2 * rng.normal(size=(len(paragraph), 7))).astype(np.float32)
    together = chain.spans(scores, paragraph)
    alone = []
    at = 0
    for length in lengths:
        for span in chain.spans(scores[at : at + length], np.zeros(length, dtype=np.int64)):
            alone.append((span.role, span.start + at, span.end + at, round(span.probability, 9)))
        at += length
    assert [(s.role, s.start, s.end, round(s.probability, 9)) for s in together] == alone
