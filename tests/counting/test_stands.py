import pytest

from whipcount.counting.evidence import Pile, in_order, weighed
from whipcount.counting.stands import NOT_ON_RECORD, condition_words, since, stand_of, standing
from whipcount.model import Span

from .cases import article, said

STANDS = [
    (said("Arvonia"), "yes"),
    (said("Arvonia", strength="hedged"), "leaning-yes"),
    (said("Arvonia", reported=True), "leaning-yes"),
    (said("Arvonia", implied_by="lake"), "yes"),
    (said("Arvonia", "oppose"), "no"),
    (said("Arvonia", "oppose", strength="hedged"), "leaning-no"),
    (said("Arvonia", "oppose", reported=True), "leaning-no"),
    (said("Arvonia", "conditional", strength="hedged", reported=True), "conditional"),
    (said("Arvonia", "undecided", reported=True), "undecided"),
    (said("Arvonia", "abstain", strength="hedged"), "abstain"),
]


@pytest.mark.parametrize(("position", "stand"), STANDS)
def test_a_position_makes_a_stand(position, stand):
    assert stand_of(position) == stand


def ordered(*positions):
    pile, known = Pile(), {}
    for position in positions:
        pile.add(position, weighed(position, known))
    return in_order(pile)


JAN, FEB, MAR, APR = "2031-01-10", "2031-02-10", "2031-03-10", "2031-04-10"

SINCE = [
    ([("support", JAN)], JAN, "one word"),
    ([("support", JAN), ("support", FEB)], JAN, "said again"),
    ([("support", JAN), ("oppose", FEB), ("support", MAR)], MAR, "turned twice"),
    ([("oppose", JAN), ("support", FEB), ("support", MAR)], FEB, "turned once, said again"),
    ([("support", "2031-01"), ("support", FEB)], "2031-01", "in the precision of the words"),
    ([("support", "")], None, "undated"),
    ([("support", ""), ("support", FEB)], None, "undated at first"),
    ([("oppose", ""), ("support", FEB)], FEB, "undated before"),
    ([("oppose", "2031-02"), ("support", FEB)], FEB, "a month that ends later, but begins before"),
]


@pytest.mark.parametrize(("said_then", "expected", "reason"), SINCE)
def test_a_stand_has_held_since_it_was_last_taken(said_then, expected, reason):
    positions = [said("Arvonia", stance, on=on) for stance, on in said_then]
    assert since(ordered(*positions)) == expected, reason
    assert since(ordered(*reversed(positions))) == expected, reason


def test_a_report_in_between_breaks_no_own_word():
    own = said("Arvonia", on=JAN)
    report = said("Arvonia", "oppose", on=FEB, reported=True)
    assert since(ordered(own, report)) == JAN


def test_leaning_to_the_same_side_is_another_stand():
    report = said("Arvonia", on=JAN, reported=True)
    own = said("Arvonia", on=MAR)
    assert since(ordered(report, own)) == MAR


def test_a_conditions_words_are_the_articles():
    position = said("Arvonia", "conditional", condition=Span(4, 18))
    texts = {"a": article("Yes, if\n the  lake stays.")}
    assert condition_words(position, texts) == "if the lake"
    assert condition_words(position, {}) is None
    assert condition_words(said("Arvonia", condition=Span(4, 18)), texts) is None
    assert condition_words(said("Arvonia", "conditional"), texts) is None


def test_without_its_text_a_conditions_words_are_the_quotes():
    content = (Span(0, 3), Span(20, 38))
    quote = "Yes if  the lake stays"
    position = said("Arvonia", "conditional", content=content, quote=quote, condition=Span(20, 32))
    assert condition_words(position, {}) == "if the lake"
    assert condition_words(position, {"a": article("")}) == "if the lake"
    outside = said("Arvonia", "conditional", content=content, quote=quote, condition=Span(4, 9))
    assert condition_words(outside, {}) is None


def test_the_first_piece_gives_stand_and_confidence():
    first = said("Arvonia", on=MAR, confidence=0.7)
    second = said("Arvonia", "oppose", on=JAN, confidence=0.9)
    found = standing(ordered(second, first), {})
    assert (found.stand, found.confidence, found.since) == ("yes", 0.7, MAR)
    assert found.evidence == (first, second)
    assert not found.contested


def test_without_evidence_nothing_is_on_record():
    assert standing(Pile(), {}) is NOT_ON_RECORD
    assert (NOT_ON_RECORD.stand, NOT_ON_RECORD.since) == ("not-on-record", None)
