"""How sure a statement is grows with what it is made of."""

import pytest

from whipcount.attribution.trained.chain import Tagged
from whipcount.attribution.trained.confidence import EVIDENCE, MOST, confidence, evidence, log_odds
from whipcount.attribution.trained.encoder import encoder
from whipcount.attribution.trained.linker import Linked


def linked(content: float, link: float = 0.99, cue: bool = True) -> Linked:
    span = Tagged("content", 4, 9, content, content)
    if not cue:
        return Linked(None, (span,), None, (1.0,), 1.0)
    source, said = Tagged("source", 0, 2, 0.98, 0.99), Tagged("cue", 2, 3, 0.98, 0.99)
    return Linked(said, (span,), source, (link,), 0.99)


def test_surer_contents_and_links_make_surer_statements() -> None:
    weights = encoder().weights.confidence
    values = [confidence(linked(content), weights) for content in (0.2, 0.5, 0.8, 0.99)]
    assert values == sorted(values)
    assert confidence(linked(0.9, link=0.5), weights) < confidence(linked(0.9), weights)
    assert confidence(linked(0.9, cue=False), weights) < confidence(linked(0.9), weights)
    assert all(0 < value < 1 for value in values)


def test_every_kind_of_evidence_is_weighed() -> None:
    assert set(encoder().weights.confidence) == set(EVIDENCE)
    assert len(evidence(linked(0.9))) == len(EVIDENCE) == len(evidence(linked(0.9, cue=False)))


@pytest.mark.parametrize(
    ("probability", "odds"), [(0.0, -MOST), (1.0, MOST), (0.5, 0.0), (1e-12, -MOST)]
)
def test_odds_are_held_within_bounds(probability: float, odds: float) -> None:
    assert log_odds(probability) == odds
