from __future__ import annotations

from fractions import Fraction

import pytest

from whipcount import model
from whipcount.model import Verdict
from whipcount.rendering import words

RULES = [
    (model.Consensus(), "no member is against"),
    (model.Consensus("consent"), "no member is against, and silence is consent"),
    (model.Majority(), "more than half of those who vote yes or no say yes"),
    (model.Majority(2 / 3, "members"), "more than two thirds of all members say yes"),
    (model.Quota(at_least=0.55), "at least 55 % of the members say yes"),
    (model.Quota(at_least=15), "at least 15 members say yes"),
    (model.Quota(all_but=3), "all but 3 of the members say yes"),
    (
        model.Quota("population", at_least=0.65),
        "members with at least 65 % of the population say yes",
    ),
    (
        model.AnyOf((model.AllOf((model.Quota(at_least=2), model.Majority())), model.Consensus())),
        "(at least 2 members say yes, and more than half of those who vote yes or no say yes), "
        "or no member is against",
    ),
]


@pytest.mark.parametrize(("rule", "told"), RULES)
def test_a_rule_is_told_in_words(rule, told):
    assert words.rule(rule) == told


VERDICTS = [
    (Verdict("x", "carried"), "It would pass whatever the others do."),
    (Verdict("x", "blocked", blockers=(("Ulm",),)), "Ulm blocks it."),
    (Verdict("x", "blocked", blockers=(("Ulm", "Isk"),)), "Ulm and Isk together block it."),
    (
        Verdict("x", "blocked", blockers=(("Ulm",), ("Isk",))),
        "Each of Ulm and Isk blocks it alone.",
    ),
    (
        Verdict("x", "blocked", blockers=(("Ulm",), ("Isk", "Torvel"))),
        "Enough against it, in any of these: Ulm; Isk and Torvel.",
    ),
    (Verdict("x", "open", needed=(("Ulm", "Isk"),)), "It still needs Ulm and Isk."),
    (
        Verdict("x", "open", needed=(("Ulm",), ("Isk",), ("Torvel", "Brask"))),
        "It still needs 1 more yes: Ulm, or one of 1 other such sets.",
    ),
    (Verdict("x", "open"), "It may still go either way."),
    (
        Verdict("x", "open", needed=(tuple("abcdefgh"),)),
        "It still needs a, b, c, d, e and 3 more.",
    ),
]


@pytest.mark.parametrize(("verdict", "told"), VERDICTS)
def test_a_verdict_says_why(verdict, told):
    assert words.why(verdict) == told


UNSAFE = [
    ("\x1b[31mred\x1b[0m", "[31mred [0m", "an escape sequence has lost its escape"),
    ("a\u202eb\u2066c", "a b c", "marks of direction turn no text"),
    ("one\r\n\ttwo\u00a0three", "one two three", "all on one line"),
    ("bell\x07 \x9b2J", "bell 2J", "C1 controls too"),
    ("", "", "nothing stays nothing"),
]


@pytest.mark.parametrize(("given", "cleaned", "reason"), UNSAFE)
def test_words_of_a_page_are_made_safe(given, cleaned, reason):
    assert words.clean(given) == cleaned, reason


def test_an_actor_is_told_without_saying_anything_twice():
    actor = model.Actor("x", "Lena Orlo", "person", "prime minister of Torvel", "Torvel")
    assert words.actor(actor) == "Lena Orlo, prime minister of Torvel"
    assert words.actor(model.Actor("x", "Torvel", "state", affiliation="Torvel")) == "Torvel"


def test_every_stand_has_its_words():
    assert set(words.STANDS) == set(words.SHORT) == set(words.LONG)


DAYS = [("2031-05-31", "31 May 2031"), ("2031-05", "May 2031"), ("2031", "2031"), ("", "undated")]


@pytest.mark.parametrize(("iso", "told"), DAYS)
def test_a_date_is_told_in_the_precision_that_it_has(iso, told):
    assert words.day(iso) == told


OUTLOOKS = [
    (
        model.Verdict("o", "open", needed=(("A",), ("B",)), can_stop=(("A", "B"),)),
        "It takes 2 more no to stop it.",
    ),
    (
        model.Verdict("o", "open", needed=(("A", "B"),), can_stop=(("A",), ("B",))),
        "Each of them can stop it.",
    ),
    (model.Verdict("o", "open", needed=(("A",),), can_stop=(("A",),)), "It alone can stop it."),
    (
        model.Verdict("o", "open", needed=(("A", "C"), ("B", "C")), can_stop=(("C",),)),
        "C can stop it alone.",
    ),
    (
        model.Verdict("o", "open", needed=(("A", "B"),), conditions=("A", "B")),
        "A and B are in on a condition.",
    ),
    (
        model.Verdict("o", "blocked", blockers=(("A",),), to_turn=(("A", "B"),)),
        "It would be open again if A and B turned.",
    ),
    (
        model.Verdict("o", "blocked", to_turn=(("A", "B"), ("A", "C"))),
        "It would be open again if 2 of those against turned.",
    ),
    (model.Verdict("o", "blocked", blockers=((),)), ""),
    (
        model.Verdict(
            "o",
            "carried",
            swings=(model.Swing("A", "no", "open"), model.Swing("A", "abstain", "open")),
        ),
        "One change of mind would undo it: A.",
    ),
    (model.Verdict("o", "carried"), ""),
    (
        model.Verdict("o", "open", probability=model.Probability(0.354, 0.1, 0.9)),
        "Chance 35 % (10 to 90).",
    ),
    (
        model.Verdict("o", "blocked", probability=model.Probability(0.0001, 0, 0.004)),
        "Chance below 1 %.",
    ),
    (
        model.Verdict("o", "carried", probability=model.Probability(0.999, 0.995, 1)),
        "Chance above 99 %.",
    ),
    (model.Verdict("o", "none"), ""),
]


@pytest.mark.parametrize(("verdict", "told"), OUTLOOKS)
def test_what_might_yet_happen_is_told(verdict, told):
    assert words.outlook(verdict) == told


FALLBACKS = [
    (
        model.Fallback("o", 1, ("A", "B"), (), (), (), 0, None),
        "carried",
        "2 for, 0 against, no one's red line",
    ),
    (
        model.Fallback("o", 2, ("A",), ("B",), ("C",), (), 2, None),
        "open",
        "1 for, 1 on a condition, 1 against, no one's red line, lacks 2 more yes",
    ),
    (
        model.Fallback("o", 3, (), (), ("C",), ("C",), None, 1, "p"),
        "blocked",
        "0 for, 1 against, a red line of C, 1 no would have to turn, p would carry instead",
    ),
    (
        model.Fallback("o", 4, (), (), ("C", "D"), ("C", "D"), None, None),
        "none",
        "0 for, 2 against, 2 red lines",
    ),
]


@pytest.mark.parametrize(("fallback", "outcome", "told"), FALLBACKS)
def test_an_option_is_compared_in_words(fallback, outcome, told):
    assert words.fallback(fallback, outcome) == told


MORE_RULES = [
    (model.Unanimity(), "no member is against, and at least one is for"),
    (model.Unanimity("counts against"), "every member says yes"),
    (
        model.Majority(at_least=Fraction(2, 3)),
        "at least two thirds of those who vote yes or no say yes",
    ),
    (model.Majority(Fraction(5, 8)), "more than 5/8 of those who vote yes or no say yes"),
    (
        model.Majority(casting="A", base="seats"),
        "more than half of all seats say yes; a tie goes as A votes",
    ),
    (model.Veto(("A", "B")), "none of A or B says no"),
    (model.Quorum(0.5, more=True), "more than half of the members take part"),
    (model.Quorum(20), "at least 20 members take part"),
    (model.Quota("", 0.5, seats=True), "at least half of the seats say yes"),
    (
        model.Reverse(model.Quota("", Fraction(2, 3))),
        "it is not rejected, which it is when, “no” being counted as “yes”, at least two thirds of "
        "the members say yes",
    ),
]


@pytest.mark.parametrize(("rule", "told"), MORE_RULES, ids=str)
def test_each_kind_of_rule_has_words(rule, told):
    assert words.rule(rule) == told
