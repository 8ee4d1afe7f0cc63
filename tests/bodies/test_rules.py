import itertools
from datetime import date
from fractions import Fraction

import pytest

from whipcount.bodies import carries, rule_on
from whipcount.errors import BodyError, IssueError
from whipcount.model import (
    AllOf,
    AnyOf,
    Body,
    Consensus,
    DatedRule,
    Issue,
    Majority,
    Member,
    NoRule,
    Option,
    Quorum,
    Quota,
    Reverse,
    Term,
    Unanimity,
    Veto,
    Weights,
)

DAY = date(2031, 1, 1)


def body(size=5, weights=(), rules=()):
    return Body(
        "b",
        "Board",
        "b.toml",
        "states",
        tuple(
            Member(
                f"m{i}",
                f"m{i}",
                (Term(None),),
                weights=(Weights(None, (("people", weights[i]),)),) if weights else (),
            )
            for i in range(size)
        ),
        rules,
        seats=6,
    )


def votes(words):
    names = {"y": "yes", "n": "no", "-": "abstain", "0": "absent"}
    return {f"m{i}": names[letter] for i, letter in enumerate(words)}


EU = AnyOf(
    (
        AllOf((Quota("", 0.55), Quota("people", 0.65))),
        Quota("", None, 3),
    )
)

ROWS = [
    (Consensus(), "yyyyy", True, "nobody is against"),
    (Consensus(), "-----", True, "nobody is against, nobody for"),
    (Consensus(), "yyyyn", False, "one is"),
    (Majority(), "yy---", True, "more than half of those who vote"),
    (Majority(), "yn---", False, "half is not more than half"),
    (Majority(), "-----", False, "nobody votes"),
    (Majority(0.5, "members"), "yy---", False, "two of five"),
    (Majority(0.5, "members"), "yyynn", True, "three of five"),
    (Majority(0.5, "present"), "yy--n", False, "who abstains is present"),
    (Majority(0.5, "present"), "yyy-n", True, "three of five present"),
    (Majority(0.6, "voting"), "yyynn", False, "0.6 is three of five exactly: not more"),
    (Majority(0.0, "voting"), "nnnny", True, "more than nothing"),
    (Quota("", 0.6), "yyynn", True, "a quota is reached by its share exactly"),
    (Quota("", 3), "yyynn", True, "by its number"),
    (Quota("", 3), "yynnn", False, "not below"),
    (Quota("", 1), "ynnnn", True, "the whole number 1 is one member"),
    (Quota("", 1.0), "ynnnn", False, "the share 1.0 is all of them"),
    (Quota("", 1.0), "yyyyy", True, "all of them"),
    (Quota("", None, 1), "yyyy-", True, "all but one; abstaining is not yes"),
    (Quota("", None, 1), "yyy--", False, "all but two"),
    (Quota("", None, 9), "nnnnn", True, "all but more than there are"),
    (Quota("", 9), "yyyyy", False, "more than there are"),
    (AllOf((Consensus(), Quota("", 2))), "yy---", True, "both"),
    (AllOf((Consensus(), Quota("", 2))), "y----", False, "one of two"),
    (AnyOf((Consensus(), Quota("", 3))), "yyynn", True, "one of two"),
    (Unanimity(), "yy---", True, "abstaining is allowed"),
    (Unanimity(), "-----", False, "nobody is for"),
    (Unanimity(), "yyyyn", False, "one is against"),
    (Unanimity("counts against"), "yyyy-", False, "all must be for"),
    (Unanimity("counts against"), "yyyyy", True, "all are"),
    (Majority(at_least=Fraction(2, 3)), "yyn--", True, "two thirds are reached by two thirds"),
    (Majority(0.6666), "yyn--", True, "of which a decimal says less"),
    (Majority(0.6667), "yyn--", False, "or more"),
    (Majority(at_least=0.5), "-----", False, "a share of nobody is reached by none"),
    (Majority(base="seats"), "yyyn-", False, "three of the six seats, one of them vacant"),
    (Majority(base="seats"), "yyyy-", True, "four"),
    (Majority(casting="m0"), "yynn-", True, "a tie, which the first decides: for"),
    (Majority(casting="m0"), "nnyy-", False, "against"),
    (Majority(casting="m4"), "yynn-", False, "who casts no vote decides nothing"),
    (Majority(casting="m0"), "ynnn-", False, "no tie"),
    (Majority(casting="m0", casting_votes="on ties"), "yynn-", False, "one to two: no tie"),
    (Majority(casting="m0", casting_votes="on ties"), "yyynn", True, "two to two"),
    (Majority(casting="m0", casting_votes="on ties", base="members"), "yyynn", True, "of four"),
    (Majority(casting="m0", casting_votes="on ties", base="members"), "yyn--", False, "one of 4"),
    (Majority(casting="m0", casting_votes="on ties", base="members"), "nyyy-", True, "three of 4"),
    (Majority(base="present"), "yy-00", True, "who is absent isn't present"),
    (Veto(("m0", "m1")), "yynnn", True, "neither says no"),
    (Veto(("m0", "m1")), "-ynnn", True, "abstaining is no veto"),
    (Veto(("m0", "m1")), "yn---", False, "one does"),
    (Quorum(3), "yn-00", True, "three take part, whichever way"),
    (Quorum(0.6), "yn-00", True, "a share, reached"),
    (Quorum(0.6, more=True), "yn-00", False, "not more than that share"),
    (Quorum(0.5, seats=True), "yn-00", True, "half of six seats"),
    (AllOf((Quorum(3), Majority())), "yy000", False, "two are no quorum"),
    (Reverse(Quota("", 3)), "yynn-", True, "too few reject it"),
    (Reverse(Quota("", 3)), "yynnn", False, "three do"),
    (Reverse(AllOf((Quota("", 2), Veto(("m0",))))), "y-nn-", True, "m0 is for, and vetoes a no"),
    (Reverse(AllOf((Quota("", 2), Veto(("m0",))))), "--nn-", False, "m0 lets them reject it"),
]


@pytest.mark.parametrize(("rule", "words", "carried", "reason"), ROWS)
def test_a_vote_carries_or_not(rule, words, carried, reason):
    assert carries(rule, votes(words), body(), DAY) is carried, reason


def test_shares_are_the_decimals_that_were_written():
    # 0.55 of 27 is 14.85; 0.07 of 100 is 7.000000000000001 in binary fractions
    assert not carries(Quota("", 0.55), votes("y" * 14 + "n" * 13), body(27), DAY)
    assert carries(Quota("", 0.55), votes("y" * 15 + "n" * 12), body(27), DAY)
    assert carries(Quota("", 0.07), votes("y" * 7 + "n" * 93), body(100), DAY)


def test_weights_are_summed_exactly():
    tenths = body(5, (0.1, 0.2, 0.3, 0.2, 0.2))
    assert carries(Quota("people", 0.6), votes("yyynn"), tenths, DAY)
    assert carries(Quota("people", 0.3), votes("yynnn"), tenths, DAY)
    assert not carries(Quota("people", 0.31), votes("yynnn"), tenths, DAY)
    assert carries(Quota("people", None, 0.4), votes("yyynn"), tenths, DAY)


def test_a_number_of_a_weight_may_have_decimals():
    assert carries(Quota("people", 1.5), votes("yn"), body(2, (1.5, 3)), DAY)
    assert not carries(Quota("people", 1.6), votes("yn"), body(2, (1.5, 3)), DAY)


def test_the_double_majority_holds_as_written():
    people = (80, 60, 50, 40, 10, 5, 3)
    board = body(7, people)
    for combination in itertools.product("yn-", repeat=7):
        yes = [index for index, vote in enumerate(combination) if vote == "y"]
        double = Fraction(len(yes), 7) >= Fraction(55, 100) and Fraction(
            sum(people[index] for index in yes), sum(people)
        ) >= Fraction(65, 100)
        assert carries(EU, votes(combination), board, DAY) is (double or len(yes) >= 4)


def test_a_weight_that_is_missing_on_the_day_is_said():
    member = Member(
        "m0", "m0", (Term(None),), weights=(Weights(date(2032, 1, 1), (("people", 1),)),)
    )
    board = Body("b", "Board", "b.toml", "states", (member,), ())
    with pytest.raises(BodyError, match=r"b\.toml: m0 has no weight people on 2031-01-01"):
        carries(Quota("people", 1), votes("y"), board, DAY)


def test_a_vote_must_be_complete():
    with pytest.raises(ValueError, match="m4"):
        carries(Consensus(), votes("yyyy"), body(), DAY)
    with pytest.raises(ValueError, match="m5"):
        carries(Consensus(), votes("yyyyyy"), body(), DAY)
    with pytest.raises(ValueError, match="no decision"):
        carries(NoRule(), votes("yyyyy"), body(), DAY)


OLD = DatedRule("old", Consensus(), None, date(2030, 1, 1))
NEW = DatedRule("new", Majority(), date(2030, 1, 1), None)
PLAIN = Option("dam", "A dam")


def issue(rule="", path="dam.toml"):
    return Issue("Dam", path, "b.toml", (PLAIN,), rule=rule)


def test_the_rule_of_the_day_holds():
    board = body(rules=(OLD, NEW))
    assert rule_on(board, issue(), PLAIN, date(2029, 12, 31)) == Consensus()
    assert rule_on(board, issue(), PLAIN, date(2030, 1, 1)) == Majority()
    assert rule_on(board, issue(), None, date(2030, 1, 1)) == Majority()


def test_an_options_rule_counts_before_the_issues_and_that_before_the_bodys():
    board = body(rules=(NEW, DatedRule("grave", Quota("", 0.75)), DatedRule("light", Quota("", 1))))
    grave = Option("grave", "Grave", rule="grave")
    assert rule_on(board, issue("light"), grave, DAY) == Quota("", 0.75)
    assert rule_on(board, issue("light"), PLAIN, DAY) == Quota("", 1)
    assert rule_on(board, issue("none"), PLAIN, DAY) == NoRule()
    assert rule_on(board, issue("light"), Option("x", "X", rule="none"), DAY) == NoRule()


def test_a_rule_that_the_body_lacks_is_said_with_the_issues_line(tmp_path):
    path = tmp_path / "dam.toml"
    path.write_text('name = "Dam"\nbody = "b.toml"\nrule = "odd"\n[options.dam]\nlabel = "A dam"\n')
    with pytest.raises(IssueError) as caught:
        rule_on(body(rules=(OLD, NEW)), issue("odd", str(path)), PLAIN, DAY)
    assert str(caught.value) == (
        f'{path}, line 3: rule: b.toml has no rule "odd"; known are "old", "new", "none"'
    )


def test_a_rule_that_does_not_hold_on_the_day_is_said():
    with pytest.raises(IssueError, match='"old" holds until 2030-01-01, not on 2031-01-01'):
        rule_on(body(rules=(OLD, NEW)), issue("old"), PLAIN, DAY)


def test_no_rule_or_several_on_the_day_are_said():
    with pytest.raises(BodyError, match="no rule of Board holds on 2031-01-01"):
        rule_on(body(rules=(OLD,)), issue(), PLAIN, DAY)
    with pytest.raises(BodyError, match="several rules of Board hold on 2031-01-01: new, other"):
        rule_on(body(rules=(NEW, DatedRule("other", Consensus()))), issue(), PLAIN, DAY)
