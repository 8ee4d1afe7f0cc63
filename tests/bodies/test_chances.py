import itertools
import math
import sys
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bodies.test_power import DAY, RULES, bodies, body, names
from whipcount.bodies import load_body, members_on
from whipcount.bodies.chances import VOTES, ballot_of, chance
from whipcount.bodies.rules import formula, holds
from whipcount.model import AllOf, Consensus, Majority, Quorum, Quota, Unanimity, Veto

CAREFUL = settings(deadline=None, max_examples=50)
WAYS = ("table", "halves", "drawn")


@pytest.fixture
def limits(monkeypatch):
    """Leave only one way open."""
    ways = sys.modules["whipcount.bodies.chances"]

    def only(way):
        monkeypatch.setattr(ways, "LARGEST_TABLE", 10**9 if way == "table" else 0)
        monkeypatch.setattr(ways, "LARGEST_HALF", 10**9 if way == "halves" else 0)

    return only


def of(members, rule):
    return formula(rule, members, members.members, DAY)


def one_case(rows):
    """Return chances of one case, from a member's chances of each vote."""
    columns = zip(*rows, strict=True)
    return {vote: np.array([column]) for vote, column in zip(VOTES, columns, strict=True)}


def by_every_vote(rule, rows):
    """Return how likely a formula holds, of every vote of every member."""
    return math.fsum(
        math.prod(row[VOTES.index(vote)] for row, vote in zip(rows, votes, strict=True))
        for votes in itertools.product(VOTES, repeat=len(rows))
        if holds(rule, votes)
    )


def yes(chances):
    """Return members' chances of each vote where they are for or against."""
    return [
        [one if vote == "yes" else 1 - one if vote == "no" else 0 for vote in VOTES]
        for one in chances
    ]


@st.composite
def moods(draw, size):
    rows = []
    for _ in range(size):
        parts = draw(st.tuples(*[st.integers(0, 5)] * 4).filter(any))
        rows.append([part / sum(parts) for part in parts])
    return rows


@pytest.mark.parametrize("way", ["table", "halves"])
@CAREFUL
@given(bodies(5), RULES, st.data())
def test_a_chance_is_that_of_every_vote(way, members, rule, data):
    rows = data.draw(moods(len(members.members)))
    part = of(members, rule)
    with pytest.MonkeyPatch.context() as patch:
        ways = sys.modules["whipcount.bodies.chances"]
        patch.setattr(ways, "LARGEST_TABLE", 10**9 if way == "table" else 0)
        patch.setattr(ways, "LARGEST_HALF", 10**9)
        found = chance(ballot_of(part, len(rows)), one_case(rows))
    assert found == pytest.approx([by_every_vote(part, rows)], abs=1e-12)


RULED = [
    (Consensus(), "nobody against"),
    (Unanimity(), "and one for"),
    (Majority(), "of those voting"),
    (Majority(base="present"), "who is absent isn't present"),
    (AllOf((Quorum(3), Majority(casting="m1"))), "a quorum and a tie"),
    (AllOf((Quota("people", 0.65), Quota("", 0.55), Veto(names(0)))), "three parts"),
]
MIXED = [
    [0.7, 0.1, 0.1, 0.1],
    [0.2, 0.3, 0.4, 0.1],
    [0.9, 0.0, 0.1, 0.0],
    [0.5, 0.2, 0.1, 0.2],
    [0.4, 0.1, 0.2, 0.3],
]


@pytest.mark.parametrize(("rule", "reason"), RULED)
def test_what_is_drawn_is_near(rule, reason, limits):
    limits("drawn")
    members = body(5, people=[8, 5, 4, 2, 1])
    part = of(members, rule)
    expected = by_every_vote(part, MIXED)
    found = chance(ballot_of(part, 5), one_case(MIXED), seed=4)
    # three standard deviations of 10,000 draws
    assert found == pytest.approx([expected], abs=0.015), reason
    assert 0 < found[0] < 1


@pytest.mark.parametrize("way", WAYS)
def test_cases_are_each_by_themselves(way, limits):
    limits(way)
    ballot = ballot_of(of(body(5, people=[8, 5, 4, 2, 1]), Quota("people", 11)), 5)
    rows = [MIXED, MIXED[::-1], yes([1, 1, 0, 0, 0]), yes([0, 1, 1, 0, 0])]
    cases = {
        vote: np.array([[row[place] for row in each] for each in rows])
        for place, vote in enumerate(VOTES)
    }
    together = chance(ballot, cases, seed=1)
    assert together.tolist() == [chance(ballot, one_case(each), seed=1)[0] for each in rows]
    assert together[2:] == pytest.approx([1, 0])


@pytest.mark.parametrize("way", WAYS)
def test_no_cases_have_no_chances(way, limits):
    limits(way)
    ballot = ballot_of(of(body(3), Majority()), 3)
    assert chance(ballot, {"yes": np.ones((0, 3))}).shape == (0,)


@CAREFUL
@given(bodies(6), RULES, st.data())
def test_sure_votes_decide_as_the_rule_does(members, rule, data):
    size = len(members.members)
    votes = data.draw(st.lists(st.sampled_from(VOTES), min_size=size, max_size=size))
    part = of(members, rule)
    rows = [[float(vote == one) for vote in VOTES] for one in votes]
    for way in WAYS:
        with pytest.MonkeyPatch.context() as patch:
            ways = sys.modules["whipcount.bodies.chances"]
            patch.setattr(ways, "LARGEST_TABLE", 10**9 if way == "table" else 0)
            patch.setattr(ways, "LARGEST_HALF", 10**9 if way == "halves" else 0)
            assert chance(ballot_of(part, size), one_case(rows)) == [float(holds(part, votes))]


@CAREFUL
@given(bodies(6), RULES, st.data())
def test_who_is_likelier_to_be_for_makes_it_no_less_likely(members, rule, data):
    size = len(members.members)
    rows = data.draw(moods(size))
    one = data.draw(st.integers(0, size - 1))
    # absent members aside, of whom no rule says on which side they help
    ordered = [VOTES.index(vote) for vote in ("no", "abstain", "yes")]
    low, high = data.draw(st.sampled_from(list(itertools.combinations(ordered, 2))))
    moved = [list(row) for row in rows]
    moved[one][high] += moved[one][low]
    moved[one][low] = 0
    ballot = ballot_of(of(members, rule), size)
    before, after = (chance(ballot, one_case(each))[0] for each in (rows, moved))
    assert after >= before - 1e-12


def test_votes_that_nobody_casts_may_be_left_out():
    ballot = ballot_of(of(body(3), Majority()), 3)
    half = np.full((1, 3), 0.5)
    assert chance(ballot, {"yes": half, "no": half}) == pytest.approx([0.5])
    assert chance(ballot, {"yes": np.ones((1, 3))}) == [1]


@pytest.mark.parametrize("size", [1, 2, 3, 101, 400])
def test_a_majority_of_equals_is_a_binomial(size):
    ballot = ballot_of(of(body(size), Majority(base="members")), size)
    found = chance(ballot, {"yes": np.full((1, size), 0.3), "no": np.full((1, size), 0.7)})
    expected = math.fsum(
        math.comb(size, many) * 0.3**many * 0.7 ** (size - many)
        for many in range(size // 2 + 1, size + 1)
    )
    assert found == pytest.approx([expected], abs=1e-12)


def test_a_council_of_27_with_five_undecided_is_exact_to_the_last_inhabitant():
    council = load_body("eu-council")
    day = date(2022, 6, 1)
    members = members_on(council, day)
    rule = next(one.rule for one in council.rules if one.name == "qualified-majority")
    part = formula(rule, council, members, day)
    for_it = [0.0] * 4 + [1.0] * 18 + [0.5] * 5
    expected = np.mean(
        [
            holds(part, ["no"] * 4 + ["yes"] * 18 + list(last))
            for last in itertools.product(("yes", "no"), repeat=5)
        ]
    )
    assert chance(ballot_of(part, 27), one_case(yes(for_it))) == pytest.approx([expected])


def test_the_three_ways_agree_on_twelve_members(limits):
    members = body(12, people=[31, 27, 22, 18, 15, 11, 9, 7, 5, 3, 2, 1])
    rule = AllOf((Quota("people", 0.6), Majority(), Quorum(0.5)))
    rows = (MIXED * 3)[:12]
    ballot = ballot_of(of(members, rule), 12)
    found = {}
    for way in WAYS:
        limits(way)
        found[way] = chance(ballot, one_case(rows), seed=7)[0]
    assert found["table"] == pytest.approx(found["halves"], abs=1e-12)
    assert found["table"] == pytest.approx(found["drawn"], abs=0.015)
    assert 0.1 < found["table"] < 0.9


def test_what_is_drawn_depends_on_the_seed_alone(limits):
    limits("drawn")
    ballot = ballot_of(of(body(5), Majority()), 5)
    first = chance(ballot, one_case(MIXED), seed=1)
    assert chance(ballot, one_case(MIXED), seed=1) == first
    assert chance(ballot, one_case(MIXED), seed=2) != first


def test_two_fine_weights_are_drawn_where_half_the_members_are_too_many():
    size = 30
    people = [1_000_003 * 2**place % 9_999_991 for place in range(size)]
    money = [2_000_003 * 3**place % 9_999_991 for place in range(size)]
    rule = AllOf((Quota("people", 0.5), Quota("money", 0.5)))
    ballot = ballot_of(of(body(size, people=people, money=money), rule), size)
    half = np.full((1, size), 0.5)
    found = chance(ballot, {"yes": half, "no": half}, seed=1)
    # both sums are above their means, as of two normal variables
    alike = np.dot(people, money) / np.linalg.norm(people) / np.linalg.norm(money)
    assert found == pytest.approx([0.25 + math.asin(alike) / (2 * math.pi)], abs=0.02)
    assert found[0] * 10_000 == pytest.approx(round(found[0] * 10_000))
