import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.bodies import carries
from whipcount.counting import Beliefs, count, forecast
from whipcount.counting.forecast import beta_cases, vote_chances
from whipcount.errors import CountError
from whipcount.model import Consensus, Majority, Option

from .cases import DAY, NAMES, council, issue, said

SURE = Beliefs(prior=0.5, kept=1.0, leaning=1.0)


def likely(positions, beliefs=None, rule=None, options=()):
    body = council(rule=rule or Majority(base="members"))
    return forecast(count(positions, issue(*options), body, DAY), beliefs).verdicts[0].probability


def test_words_that_bind_for_certain_decide_alone():
    assert likely([said(name) for name in NAMES[:3]], SURE).value == pytest.approx(1)
    assert likely([said(name, "oppose") for name in NAMES[:2]], SURE).value == pytest.approx(0)


def test_the_silent_vote_as_the_prior_has_it():
    spoken = [said("Arvonia"), said("Belmark"), said("Corvia", "oppose")]
    assert likely(spoken, replace(SURE, prior=0.3)).value == pytest.approx(0.3, abs=0.005)


def test_without_a_prior_they_are_taken_to_be_as_those_who_have_spoken():
    # two for, one against: Laplace's rule gives (2 + 1) / (3 + 2)
    spoken = [said("Arvonia"), said("Belmark"), said("Corvia", "oppose")]
    assert likely(spoken, replace(SURE, prior=None)).value == pytest.approx(0.6, abs=0.005)


def test_the_interval_is_wide_where_few_have_spoken_and_narrow_where_many_have():
    few = likely([said("Arvonia"), said("Belmark")], replace(SURE, prior=0.5, weight=2))
    many = likely([said("Arvonia"), said("Belmark")], replace(SURE, prior=0.5, weight=200))
    assert few.low < many.low < many.value < many.high < few.high


def test_less_sure_codings_and_weaker_words_move_the_chance_towards_the_prior():
    def one(**more):
        return likely([said(name, **more) for name in NAMES], Beliefs(prior=0.5)).value

    plain, unsure, hedged, reported = (
        one(),
        one(confidence=0.6),
        one(strength="hedged"),
        one(reported=True),
    )
    assert plain > hedged == reported > 0.5
    assert plain > unsure > 0.5


def test_a_condition_is_met_as_often_as_believed():
    spoken = [
        said("Arvonia"),
        said("Belmark"),
        said("Corvia", "conditional"),
        said("Dorland", "oppose"),
    ]
    assert likely(spoken, replace(SURE, met=0.2)).value == pytest.approx(0.2, abs=0.005)


def test_who_abstains_votes_neither_way():
    spoken = [said(name, "abstain") for name in NAMES]
    assert likely(spoken, SURE).value == 0
    assert likely(spoken, SURE, Consensus()).value == 1


def test_an_option_without_a_decision_has_no_chance():
    assert likely([], options=(Option("dam", "A dam", rule="none"),)) is None


def test_members_of_a_bloc_vote_alike():
    beliefs = Beliefs(prior=0.5, weight=1e5, blocs=(NAMES,), together=1.0)
    assert likely([], beliefs, Majority(0.75, "members")).value == pytest.approx(0.5, abs=0.03)
    alone = replace(beliefs, together=0.0)
    assert likely([], alone, Majority(0.75, "members")).value == pytest.approx(1 / 16, abs=0.005)
    assert likely([], beliefs) == likely([], beliefs), "the seed decides"


def test_a_bloc_of_a_stranger_and_a_share_that_is_none_are_said():
    with pytest.raises(CountError, match="the bloc has Nowhere"):
        likely([], Beliefs(blocs=(("Nowhere",),), together=0.5))
    with pytest.raises(CountError, match="kept must be a share from 0 to 1, not 2"):
        Beliefs(kept=2)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (19, 1), (0.4, 0.6), (3, 5), (200, 100)])
def test_cases_of_a_beta_distribution_have_its_mean_and_rise(a, b):
    cases = beta_cases(a, b, 15)
    assert cases.mean() == pytest.approx(a / (a + b), abs=1e-4)
    assert np.all(np.diff(cases) > 0)
    assert 0 <= cases[0] <= cases[-1] <= 1


SAID = st.builds(
    said,
    st.sampled_from(NAMES),
    st.sampled_from(["support", "oppose", "conditional", "undecided", "abstain"]),
    confidence=st.sampled_from([0.4, 1.0]),
    strength=st.sampled_from(["plain", "hedged"]),
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(SAID, max_size=5), st.sampled_from([Majority(base="members"), Majority(), Consensus()])
)
def test_the_chance_is_the_sum_over_all_votes(positions, rule):
    beliefs = Beliefs(prior=0.5, weight=1e5, kept=1.0, leaning=0.7)
    counted = count(positions, issue(), council(rule=rule), DAY)
    chances = vote_chances(counted.cells, np.array([0.5]), np.array([1.0]), beliefs)
    total = 0.0
    for votes in itertools.product(chances, repeat=len(NAMES)):
        if carries(rule, dict(zip(NAMES, votes, strict=True)), counted.body, DAY):
            total += np.prod([chances[vote][0, place] for place, vote in enumerate(votes)])
    found = forecast(counted, beliefs).verdicts[0].probability
    assert found.value == pytest.approx(total, abs=1e-3)
    assert found.low <= found.value <= found.high
