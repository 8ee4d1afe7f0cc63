"""The chain against every sequence of tags, one by one."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.attribution.trained.chain import CANDIDATE, COVER, TAGS, WORTH, Chain
from whipcount.attribution.trained.words import ROLES

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


def every_span(chain: Chain, scores: np.ndarray) -> dict[tuple[str, int, int], tuple[float, float]]:
    """Return the probability of each span, and how sure its words are, from all sequences."""
    words = len(scores)
    paths = list(product(range(7), repeat=words))
    values = np.array([worth(chain, scores.astype(float), path) for path in paths])
    probabilities = np.exp(values - values.max())
    probabilities /= probabilities.sum()
    found: dict[tuple[str, int, int], tuple[float, float]] = {}
    for number, role in enumerate(ROLES):
        tags = (1 + 2 * number, 2 + 2 * number)
        covered = [
            sum(p for path, p in zip(paths, probabilities, strict=True) if path[place] in tags)
            for place in range(words)
        ]
        for start in range(words):
            for end in range(start + 1, words + 1):
                inside = sum(
                    p
                    for path, p in zip(paths, probabilities, strict=True)
                    if (role, start, end) in runs(path)
                )
                found[role, start, end] = inside, float(np.mean(covered[start:end]))
    return found


def most(spans: list[tuple[float, int, int]]) -> float:
    """Return what the best set of spans is worth, none of which touch, by trying every set."""
    if not spans:
        return 0.0
    (value, start, end), *rest = spans
    free = [one for one in rest if one[2] <= start or one[1] >= end]
    return max(most(rest), value + most(free))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_spans_taken_are_worth_most_of_all_sets_of_spans(words: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    chain = legal_chain(rng)
    scores = (3 * rng.normal(size=(words, 7))).astype(np.float32)
    every = every_span(chain, scores)
    taken = chain.spans(scores, np.zeros(words, dtype=np.int64))
    for span in taken:
        probability, covered = every[span.role, span.start, span.end]
        assert span.probability == pytest.approx(probability, abs=1e-5)
        assert span.covered == pytest.approx(covered, abs=1e-5)
    assert all(a.end <= b.start for a, b in pairwise(taken))

    def value(role: str, probability: float, covered: float) -> float:
        return probability + COVER * covered - WORTH[ROLES.index(role)]  # type: ignore[arg-type]

    ways = [
        (value(role, *chances), start, end)
        for (role, start, end), chances in every.items()
        if chances[0] > CANDIDATE and value(role, *chances) > 0
    ]
    total = sum(value(span.role, span.probability, span.covered) for span in taken)
    assert total == pytest.approx(most(ways), abs=1e-5)


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
