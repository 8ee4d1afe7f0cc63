import pytest

from whipcount.counting import Beliefs, backtest, count
from whipcount.counting.backtest import brier_score, calibration
from whipcount.errors import CountError
from whipcount.model import Majority, Option, RollCall

from .cases import DAY, NAMES, council, issue, said

LATER = "2031-07-10"


def vote(*stances, on=LATER):
    positions = tuple(
        said(name, stance, on=on) for name, stance in zip(NAMES, stances, strict=False) if stance
    )
    return RollCall("votes.csv", "Vote 1", "dam", on, positions)


def held_against(positions, roll_call, rule=None, options=(), beliefs=None):
    counted = count(positions, issue(*options), council(rule=rule or Majority()), DAY)
    return backtest(counted, roll_call, beliefs)


def test_a_forecast_that_came_true_has_skill_and_one_that_did_not_has_none():
    spoken = [said("Arvonia"), said("Belmark"), said("Corvia", "oppose"), said("Dorland", "oppose")]
    right = held_against(spoken, vote("support", "support", "oppose", "oppose"))
    wrong = held_against(spoken, vote("oppose", "oppose", "support", "support"))
    assert right.brier < 0.05 < right.reference == 0.25 < wrong.brier
    assert right.skill > 0.8
    assert wrong.skill < 0


def test_only_who_cast_a_vote_is_held_against_its_chance():
    found = held_against([said(name) for name in NAMES], vote("support", None, "abstain"))
    assert [(guess.member, guess.vote) for guess in found.guesses] == [
        ("Arvonia", "yes"),
        ("Corvia", "abstain"),
    ]


def test_what_became_of_each_stand_is_told():
    spoken = [said("Arvonia"), said("Belmark"), said("Corvia", "conditional")]
    found = held_against(spoken, vote("support", "oppose", "support", "support"))
    assert found.by_stand == (("conditional", 1, 1), ("not-on-record", 1, 1), ("yes", 2, 1))


def test_it_tells_what_was_said_of_the_whole_and_what_the_rule_made_of_the_votes():
    found = held_against([], vote("support", "support", "oppose"))
    assert found.outcome == "open"
    assert found.forecast.value == pytest.approx(0.35, abs=0.3)
    assert found.carried is True
    assert held_against([], vote("support", "oppose")).carried is False
    none = Option("dam", "A dam", rule="none")
    assert held_against([], vote("support"), options=(none,)).carried is None


def test_beliefs_move_the_chances():
    spoken = [said(name) for name in NAMES]
    firm = held_against(spoken, vote(*["support"] * 4), beliefs=Beliefs(kept=1.0))
    loose = held_against(spoken, vote(*["support"] * 4), beliefs=Beliefs(kept=0.5, prior=0.5))
    assert firm.brier < loose.brier
    assert firm.skill is None, "all voted alike: nothing to tell apart"


def test_a_count_that_knows_the_vote_is_refused():
    with pytest.raises(CountError, match="the vote was on 2031-06-30; count as of a day before"):
        held_against([], vote("support", on="2031-06-30"))


def test_a_vote_that_nobody_cast_is_refused():
    with pytest.raises(CountError, match="no member of 2031-06-30 cast a vote"):
        held_against([], vote())


def test_the_brier_score_is_the_mean_squared_distance():
    assert brier_score([1.0, 0.0], [True, False]) == 0
    assert brier_score([0.5, 0.5], [True, False]) == 0.25
    assert brier_score([0.8], [False]) == pytest.approx(0.64)
    with pytest.raises(ValueError, match="nothing to score"):
        brier_score([], [])


def test_chances_are_put_into_ten_parts():
    parts = calibration([0.05, 0.95, 1.0, 0.3], [False, True, True, True])
    assert [(part.low, part.guesses, part.happened) for part in parts] == [
        (0.0, 1, 0.0),
        (0.3, 1, 1.0),
        (0.9, 2, 1.0),
    ]
    assert parts[-1].mean == pytest.approx(0.975)
    assert calibration([], []) == ()
