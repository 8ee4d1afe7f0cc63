import itertools
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.counting.stands import NOT_ON_RECORD, Standing
from whipcount.counting.verdicts import Decision, verdict
from whipcount.errors import BodyError
from whipcount.model import (
    AllOf,
    AnyOf,
    Body,
    Consensus,
    Majority,
    Member,
    NoRule,
    Quorum,
    Quota,
    Reverse,
    Swing,
    Term,
    Unanimity,
    Verdict,
    Veto,
    Weights,
)

DAY = date(2031, 1, 1)
WEIGHTS = (7, 1.5, 3, 1, 0, 2)
SEATS = 6


def board(size: int) -> Body:
    members = tuple(
        Member(
            f"m{i}",
            f"m{i}",
            (Term(None),),
            weights=(Weights(None, (("people", WEIGHTS[i % len(WEIGHTS)]),)),),
        )
        for i in range(size)
    )
    return Body("b", "Board", "b.toml", "states", members, (), seats=SEATS)


def standing(stand, contested=False) -> Standing:
    return replace(NOT_ON_RECORD, stand=stand, contested=contested)


def decide(rule, standings) -> Verdict:
    body = board(len(standings))
    return verdict("dam", Decision(rule, body, body.members, DAY), standings)


# The second opinion: DESIGN's rule table and rule 6, read once more, and every completion tried.


def written(share) -> Fraction:
    return share if isinstance(share, Fraction) else Fraction(str(share))


def worth_of(votes, weight) -> list[Fraction]:
    return [
        Fraction(str(WEIGHTS[index % len(WEIGHTS)])) if weight else Fraction(1)
        for index in range(len(votes))
    ]


def amount(share, total) -> Fraction:
    return written(share) * (total if isinstance(share, float | Fraction) and share <= 1 else 1)


def carried(rule, votes) -> bool:
    yes = [index for index, vote in enumerate(votes) if vote == "yes"]
    no = votes.count("no")
    match rule:
        case Consensus():
            return no == 0
        case Unanimity(abstention=abstention):
            return len(yes) == len(votes) if abstention != "allowed" else not no and bool(yes)
        case Majority():
            return majority(rule, votes)
        case Quota(weight=weight, at_least=at_least, all_but=all_but, seats=seats):
            worth = worth_of(votes, weight)
            reached, total = sum(worth[index] for index in yes), SEATS if seats else sum(worth)
            if all_but is not None:
                return reached >= total - Fraction(str(all_but))
            return reached >= amount(at_least, total)
        case Quorum(present=present, more=more, weight=weight, seats=seats):
            worth = worth_of(votes, weight)
            there = sum(worth[index] for index, vote in enumerate(votes) if vote != "absent")
            need = amount(present, SEATS if seats else sum(worth))
            return there > need if more else there >= need
        case Veto(members=members):
            return not any(vote == "no" and f"m{i}" in members for i, vote in enumerate(votes))
        case Reverse(of=of):
            turned = {"yes": "no", "no": "yes"}
            return not carried(of, [turned.get(vote, vote) for vote in votes])
        case AllOf(of=of):
            return all(carried(part, votes) for part in of)
        case AnyOf(of=of):
            return any(carried(part, votes) for part in of)
    raise AssertionError(rule)


def majority(rule, votes) -> bool:
    chair = int(rule.casting[1:]) if rule.casting else len(votes)
    casts = votes[chair] if chair < len(votes) else None
    seats = SEATS
    if casts is not None and rule.casting_votes == "on ties":
        votes = [*votes[:chair], *votes[chair + 1 :]]
        seats -= 1
    yes, no = votes.count("yes"), votes.count("no")
    of = {
        "voting": yes + no,
        "present": len(votes) - votes.count("absent"),
        "members": len(votes),
        "seats": seats,
    }[rule.base]
    if rule.at_least is not None:
        return bool(of) and yes >= written(rule.at_least) * of
    if casts is not None and yes == written(rule.over) * of:
        return casts == "yes"
    return bool(of) and yes > written(rule.over) * of


def consents(rule) -> bool:
    match rule:
        case Consensus(silence=silence):
            return silence == "consent"
        case AllOf(of=of) | AnyOf(of=of):
            return any(map(consents, of))
    return False


def fixed_vote(cell, rule):
    if cell.contested:
        return None
    if cell.stand in ("yes", "no", "abstain"):
        return cell.stand
    return "abstain" if cell.stand == "not-on-record" and consents(rule) else None


def quorate(rule) -> bool:
    return isinstance(rule, Quorum) or (
        isinstance(rule, AllOf | AnyOf) and any(map(quorate, rule.of))
    )


def outcomes(rule, votes) -> set[bool]:
    may = ["yes", "no", "abstain"] + ["absent"] * quorate(rule)
    choices = [[vote] if vote else may for vote in votes]
    return {carried(rule, list(completion)) for completion in itertools.product(*choices)}


def sets_that_suffice(members, suffices) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for size in range(len(members) + 1):
        for chosen in itertools.combinations(members, size):
            if suffices(chosen) and not any(set(less) <= set(chosen) for less in found):
                found.append(chosen)
    return found


def named_outcome(possible):
    return "open" if len(possible) == 2 else "carried" if True in possible else "blocked"


def by_trying_all(rule, cells) -> Verdict:
    votes = [fixed_vote(cell, rule) for cell in cells]
    possible = outcomes(rule, votes)
    named = [f"m{index}" for index in range(len(cells))]

    def names(sets):
        return tuple(tuple(named[index] for index in chosen) for chosen in sets)[:20]

    outcome = named_outcome(possible)
    swings = tuple(
        Swing(named[index], vote, then)
        for index in range(len(cells))
        for vote in ("yes", "abstain", "no")
        if vote != votes[index]
        and (then := named_outcome(outcomes(rule, [*votes[:index], vote, *votes[index + 1 :]])))
        != outcome
    )
    if possible == {True}:
        return Verdict("dam", "carried", swings=swings)
    if possible == {False}:
        against = [index for index, vote in enumerate(votes) if vote == "no"]

        def blocks(chosen):
            freed = [
                None if vote == "no" and index not in chosen else vote
                for index, vote in enumerate(votes)
            ]
            return outcomes(rule, freed) == {False}

        def opens(chosen):
            return True in outcomes(
                rule, ["yes" if index in chosen else vote for index, vote in enumerate(votes)]
            )

        return Verdict(
            "dam",
            "blocked",
            blockers=names(sets_that_suffice(against, blocks)),
            to_turn=names(sets_that_suffice(against, opens)),
            swings=swings,
        )

    def carries(chosen):
        won = ["yes" if index in chosen else vote for index, vote in enumerate(votes)]
        return outcomes(rule, won) == {True}

    def stops(chosen):
        lost = ["no" if index in chosen else vote for index, vote in enumerate(votes)]
        return outcomes(rule, lost) == {False}

    still_open = [index for index, vote in enumerate(votes) if vote is None]
    needed = names(sets_that_suffice(still_open, carries))
    wanted = {name for some in needed for name in some}
    return Verdict(
        "dam",
        "open",
        needed=needed,
        can_stop=names(sets_that_suffice(still_open, stops)),
        conditions=tuple(
            name
            for name, cell in zip(named, cells, strict=True)
            if cell.stand == "conditional" and name in wanted
        ),
        swings=swings,
    )


CELLS = st.builds(
    standing,
    st.sampled_from(
        ["yes", "no", "abstain", "leaning-yes", "conditional", "undecided", "not-on-record"]
    ),
    st.sampled_from([False, False, False, True]),
)

SHARES = st.sampled_from([0.0, 0.25, 0.3, 0.5, 0.55, 0.6, 0.65, 0.75, 0.9])
WEIGHT = st.sampled_from(["", "people"])
MORE_SHARES = st.one_of(SHARES.filter(bool), st.just(Fraction(2, 3)), st.just(1.0))
PARTS = st.one_of(
    st.builds(Unanimity, st.sampled_from(["allowed", "counts against"])),
    st.builds(
        Majority,
        st.just(0.5),
        st.sampled_from(["members", "seats", "present", "voting"]),
        MORE_SHARES,
    ),
    st.builds(
        Majority,
        SHARES,
        st.sampled_from(["members", "seats", "present", "voting"]),
        st.none(),
        st.just("m0"),
        st.sampled_from(["always", "on ties"]),
    ),
    st.builds(Quota, st.just(""), MORE_SHARES, st.none(), st.just(True)),
    st.builds(Veto, st.sampled_from([("m0",), ("m0", "m2"), ("m9",)])),
    st.builds(Consensus, st.sampled_from(["unknown", "consent"])),
    st.builds(Majority, SHARES, st.sampled_from(["members", "present", "voting"])),
    st.builds(
        Quota,
        st.sampled_from(["", "people"]),
        st.one_of(SHARES.filter(bool), st.just(1.0), st.integers(1, 7)),
    ),
    st.builds(Quota, st.sampled_from(["", "people"]), st.none(), st.integers(0, 4)),
)
QUORUMS = st.builds(
    Quorum,
    st.one_of(MORE_SHARES, st.integers(1, 5)),
    st.booleans(),
    WEIGHT,
)
RULES = st.recursive(
    PARTS,
    lambda inner: st.one_of(
        st.builds(Reverse, inner),
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=4,
)


WITH_QUORUM = st.one_of(
    RULES, QUORUMS, st.builds(lambda quorum, rule: AllOf((quorum, rule)), QUORUMS, RULES)
)


@settings(max_examples=300, deadline=None)
@given(WITH_QUORUM, st.lists(CELLS, min_size=1, max_size=5))
def test_a_verdict_is_that_of_trying_every_completion(rule, cells):
    assert decide(rule, cells) == by_trying_all(rule, cells)


@settings(max_examples=25, deadline=None)
@given(PARTS, st.lists(CELLS, min_size=6, max_size=6))
def test_so_it_is_with_six_members(rule, cells):
    assert decide(rule, cells) == by_trying_all(rule, cells)


@given(WITH_QUORUM, st.lists(CELLS, min_size=1, max_size=9), st.data())
def test_a_no_turned_yes_never_undoes_carried(rule, cells, data):
    index = data.draw(st.integers(0, len(cells) - 1))
    against = [*cells[:index], standing("no"), *cells[index + 1 :]]
    won = [*cells[:index], standing("yes"), *cells[index + 1 :]]
    if decide(rule, against).outcome == "carried":
        assert decide(rule, won).outcome == "carried"
    if decide(rule, won).outcome == "blocked":
        assert decide(rule, against).outcome == "blocked"


Y, N, A, U = (standing(stand) for stand in ("yes", "no", "abstain", "undecided"))
SILENT = NOT_ON_RECORD

ROWS = [
    (Consensus(), [Y, Y, A], "carried", (), (), "nobody can be against any more"),
    (Consensus(), [Y, N, N], "blocked", (("m1",), ("m2",)), (), "each no is enough"),
    (Consensus(), [Y, SILENT, U], "open", (), (("m1", "m2"),), "silence is unknown"),
    (Consensus("consent"), [Y, SILENT, SILENT], "carried", (), (), "silence is consent"),
    (Consensus("consent"), [Y, SILENT, U], "open", (), (("m2",),), "the undecided one is not"),
    (Majority(0.5, "members"), [Y, Y, SILENT], "carried", (), (), "two of three are enough"),
    (
        Majority(0.5, "members"),
        [N, N, N, Y],
        "blocked",
        (("m0", "m1"), ("m0", "m2"), ("m1", "m2")),
        (),
        "any two no leave two of four, which is not more than half",
    ),
    (
        Majority(0.5, "members"),
        [Y, U, SILENT],
        "open",
        (),
        (("m1",), ("m2",)),
        "either of the two is enough",
    ),
    (
        Majority(0.5, "members"),
        [A, A, Y, N],
        "blocked",
        ((),),
        (),
        "two abstentions leave no majority: no no is needed for that",
    ),
    (Quota("", 9), [U, U], "blocked", ((),), (), "a rule that can't be met"),
    (Quota("people", 0.65), [U, U, U], "open", (), (("m0", "m1"), ("m0", "m2")), "by weight"),
    (
        Consensus(),
        [standing("no", contested=True), Y],
        "open",
        (),
        (("m0",),),
        "a contested no may still turn",
    ),
    (
        Consensus(),
        [standing("leaning-no"), standing("leaning-yes"), standing("conditional")],
        "open",
        (),
        (("m0", "m1", "m2"),),
        "what leans is no vote",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[-1])
def test_a_verdict_names_who_blocks_and_who_is_needed(row):
    rule, cells, outcome, blockers, needed, reason = row
    found = decide(rule, cells)
    assert (found.outcome, found.blockers, found.needed) == (outcome, blockers, needed), reason


def test_an_option_without_a_rule_has_no_verdict():
    assert decide(NoRule(), [Y, N]) == Verdict("dam", "none")


def test_at_most_twenty_sets_are_given():
    assert len(decide(Consensus(), [N] * 25).blockers) == 20


def test_a_weight_that_is_missing_is_said():
    with pytest.raises(BodyError, match="m0 has no weight gold"):
        decide(Quota("gold", 0.5), [Y])
