from __future__ import annotations

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
