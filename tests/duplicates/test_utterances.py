"""Which statements report one utterance."""

import itertools
import random
import sys

import pytest
from benchmarks.duplicates.__main__ import utterance_pairs
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.duplicates import Said, utterances
from whipcount.duplicates.speakers import Speaker, speakers
from whipcount.model import Actor

ORLO = Speaker(0, ("torvel",), True)
RUHL = Speaker(1, ("brask",), True)
TORVEL = Speaker(2, ("torvel",), False)
MINISTER = Speaker(3, ("torvel",), True)
WORDS = "“We want Isk in the league, and we want it in this year.”"


def said(number, words=WORDS, day="2031-05-05", by=(ORLO,), article=""):
    article = article or f"{number:016x}"
    return Said(f"{article}.{number}", article, day, words, by, words[:1] in "“‘")


def groups(*reports, copied=None):
    found = utterances(reports, copied)
    numbers = {one.id: place for place, one in enumerate(reports)}
    return [numbers[found[one.id]] for one in reports]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (WORDS, "to the letter"),
        ("‘We want Isk in the league and we want it in this year’", "other marks"),
        ("“We want Isk in the league,” “and we want it in this year.”", "the cue between them"),
        ("“We want [Isk] in the league … and we want it this year.”", "an ellipsis, a word less"),
        ("“We want Isk in the league,”", "cut off"),
        ("that they want Isk in the league, and want it in this year", "told indirectly"),
        ("“Listen. We want Isk in the league, and we want it in this year. Thank you.”", "fuller"),
    ],
)
def test_near_identical_words_of_one_actor_are_one_utterance(words, reason):
    assert groups(said(0), said(1, words, "2031-05-06")) == [0, 0], reason


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (said(1, "“We want Isk to mend its piers, and we want it in writing.”"), "other words"),
        (said(1, by=(RUHL,)), "another speaker"),
        (said(1, by=(MINISTER,)), "two people who speak for one state"),
        (said(1, by=()), "nobody"),
        (said(1, day="2031-05-13"), "eight days later"),
        (said(1, day="2031-06"), "a month that begins too late"),
        (said(1, "“We want Isk”"), "three words"),
        (said(1, "that it wants Isk in the league"), "seven words that are not in marks"),
        (said(1, "“We want Isk in the port,”"), "six words, one of them another"),
        (said(1, ""), "no words"),
    ],
)
def test_others_are_not(other, reason):
    assert groups(said(0), other) == [0, 1], reason


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (said(1, day="2031-05-12"), "seven days later"),
        (said(1, day="2031-05"), "in that month"),
        (said(1, day=""), "undated"),
        (said(1, by=(TORVEL,)), "the state, which she speaks for"),
        (said(1, by=(RUHL, ORLO)), "one of two speakers"),
    ],
)
def test_dates_and_speakers_may_differ_in_what_they_leave_open(other, reason):
    assert groups(said(0), other) == [0, 0], reason


def test_an_utterance_is_called_after_its_earliest_report_and_of_one_day_the_longest():
    fragment = said(0, "“We want Isk in the league”", "2031-05-06")
    whole = said(1, day="2031-05-06")
    earlier = said(2, "“we want it in this year”", "2031-05-05")
    undated = said(3, day="")
    assert groups(fragment, whole) == [1, 1]
    assert groups(fragment, whole, earlier, undated) == [2, 2, 2, 2]


def test_two_parts_of_one_sentence_are_joined_by_who_prints_it_whole():
    first, second = said(0, "“We want Isk in the league”"), said(1, "“we want it in this year”")
    assert groups(first, second) == [0, 1]
    assert groups(first, second, said(2, day="2031-05-06")) == [0, 0, 0]


def test_a_slogan_said_every_five_days_is_many_utterances():
    days = ["2031-05-01", "2031-05-06", "2031-05-11", "2031-05-16"]
    found = groups(*(said(place, day=day) for place, day in enumerate(days)))
    assert found == [0, 0, 2, 2]


def test_in_an_article_and_its_copy_the_words_tell_whoever_is_named_and_whenever():
    one = said(0, article="a" * 16)
    copy = said(1, WORDS, "2031-07-01", (), article="b" * 16)
    short = said(2, "“Not yet,”", article="a" * 16)
    short_too = said(3, "“Not yet.”", "2031-07-01", article="b" * 16)
    copied = {"b" * 16: "a" * 16}
    assert groups(one, copy, short, short_too) == [0, 1, 2, 3]
    assert groups(one, copy, short, short_too, copied=copied) == [0, 0, 2, 2]


def test_short_words_in_a_copy_need_their_speaker():
    one = said(0, "“Yes,”", article="a" * 16)
    other = said(1, "“Not yet,”", article="a" * 16)
    copy = said(2, "“Not yet,”", by=(RUHL,), article="b" * 16)
    assert groups(one, other, copy, copied={"b" * 16: "a" * 16}) == [0, 1, 2]


def test_nothing_said_is_no_utterance():
    assert utterances([]) == {}
    assert utterances([said(0, "")]) == {said(0, "").id: said(0, "").id}


@given(st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_statements_makes_no_difference(draw: random.Random):
    listed = [
        said(0),
        said(1, "“We want Isk in the league”", "2031-05-06"),
        said(2, "“we want it in this year”", "2031-05-10", (TORVEL,)),
        said(3, day="2031-05-14"),
        said(4, day=""),
        said(5, by=(RUHL,)),
    ]
    assert utterances(draw.sample(listed, len(listed))) == utterances(listed)


@pytest.mark.parametrize("at_once", [1, 7, 50])
def test_how_many_are_paired_at_once_makes_no_difference(at_once, monkeypatch):
    chance = random.Random(1)
    listed = [
        said(place, chance.choice((WORDS, "“We want Isk in the league”", "“Isk is in our league”")))
        for place in range(60)
    ]
    expected = utterances(listed)
    assert len(set(expected.values())) > 1
    monkeypatch.setattr(sys.modules[utterances.__module__], "AT_ONCE", at_once)
    assert utterances(listed) == expected


@pytest.mark.parametrize(("part", "floor"), [("develop", 0.9), ("measure", 0.86)])
def test_gate_of_our_own_utterances(part, floor):
    """No pair is wrong, and as many are found as when the thresholds were chosen."""
    found, wanted = utterance_pairs(part)
    assert sorted(found - wanted) == []
    assert len(found & wanted) >= floor * len(wanted), sorted(wanted - found)


def test_speakers_are_one_across_articles_by_name_and_voice():
    actors = [
        ("a", Actor("a.a0", "Lena Orlo", "person", "prime minister", "Torvel", "", "Torvel")),
        ("b", Actor("b.a0", "Orlo", "person", "", "Torvel", "", "Torvel")),
        ("c", Actor("c.a0", "Torvel", "state")),
        ("d", Actor("d.a0", "the prime minister", "person", "", "", "", "Torvel")),
        ("e", Actor("e.a0", "Tam Ruhl", "person", "envoy", "Torvel", "", "Torvel")),
        ("f", Actor("f.a0", "a diplomat", "anonymous")),
    ]
    known = speakers(actors)
    alike = {
        (one, other)
        for one, other in itertools.combinations("abcdef", 2)
        if known[f"{one}.a0"].may_be(known[f"{other}.a0"])
    }
    named = {("a", "b"), ("a", "c"), ("b", "c")}
    by_voice = {("a", "d"), ("b", "d"), ("c", "d"), ("c", "e"), ("d", "e")}
    assert alike == named | by_voice
