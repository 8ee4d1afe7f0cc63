"""Files of congress-legislators."""

from __future__ import annotations

from datetime import date

import pytest

from whipcount.bodies import check, members_on
from whipcount.errors import BodyError
from whipcount.model import Term

from .lists import DAY, LEGISLATORS, imported, list_file, member


@pytest.fixture
def path(tmp_path):
    return list_file(tmp_path, LEGISLATORS, "legislators-current.yaml")


def test_the_house_has_terms_from_the_day_on_which_a_congress_begins(tmp_path, path):
    body, _ = imported(tmp_path, path, chamber="house")
    assert body.name == "United States House of Representatives"
    torv = member(body, "Wilhelmina R. Torv")
    assert torv.id == "T000001"
    assert torv.aliases == ("Wilhelmina Torv", "Billie Torv", "Wilhelmina Rand")
    # sworn in on 6 January 2015, but the term began as the one before ended
    assert torv.terms == (
        Term(date(2013, 1, 3), date(2017, 1, 3), "", "Republican Party", "Ohio 5"),
    )
    assert check(body, DAY) == ()


def test_whoever_ends_before_a_congress_does_is_there_on_the_last_day(tmp_path, path):
    body, _ = imported(tmp_path, path, chamber="house")
    alaska = member(body, "Jo Rand (Alaska at large)")
    assert alaska.terms[0].left == date(2016, 3, 11)
    assert alaska in members_on(body, date(2016, 3, 10))


def test_a_change_of_party_in_a_term_makes_two(tmp_path, path):
    body, _ = imported(tmp_path, path, chamber="house")
    assert member(body, "Jo Rand (New Jersey 2)").terms == (
        Term(date(2015, 1, 3), date(2018, 12, 19), "", "Democratic Party", "New Jersey 2"),
        Term(date(2018, 12, 19), date(2019, 1, 3), "", "Republican Party", "New Jersey 2"),
    )


def test_who_has_no_vote_is_left_out_and_who_caucuses_elsewhere_is_noted(tmp_path, path):
    body, _ = imported(tmp_path, path, chamber="house")
    assert "D000004" not in {one.id for one in body.members}
    text = (tmp_path / "body.toml").read_text(encoding="utf-8")
    assert "# Jo Rand (Alaska at large) caucuses with the Democratic Party.\n" in text
    assert "# Delegates of territories" in text


def test_who_was_appointed_stays_beyond_the_election_until_another_is_sworn_in(tmp_path, path):
    body, _ = imported(tmp_path, path, chamber="senate")
    # on the day on which a successor begins in the seat, the one before is no member any more
    assert member(body, "Wilhelmina R. Torv").terms[0].left == date(2022, 8, 15)
    assert member(body, "Ada Peel").terms == (
        Term(date(2022, 8, 15), None, "", "Democratic Party", "Ohio"),
    )
    elected = "- id: {bioguide: E1}\n  name: {first: Eli, last: Orr}\n  terms:\n  - {type: sen, start: '2024-11-12', end: '2029-01-03', state: OH, class: 3}\n"  # noqa: E501
    more = list_file(tmp_path, elected, "more.yaml")
    body, _ = imported(tmp_path, path, more, chamber="senate")
    assert member(body, "Ada Peel").terms[0].left == date(2024, 11, 6)
    assert member(body, "Ada Peel").terms[0].end_reason == "special election"


def test_without_a_chamber_both_are_named(tmp_path, path):
    with pytest.raises(BodyError, match=r"House of Representatives.*; choose one with --chamber"):
        imported(tmp_path, path)


def test_what_cant_be_read_is_told_with_file_record_and_key(tmp_path, path):
    _, problems = imported(tmp_path, path, chamber="house")
    assert [problem.partition("yaml, ")[2] for problem in problems] == [
        "[5]: last is None, not words; left out",
        "[6].terms[0]: start is 'someday', not a date such as 2015-05-08; left out",
        "[6].terms[1]: type is 'prez', not sen or rep; left out",
    ]


BOUNDS = [
    ("1933-03-04", "1935-01-03", "1933-03-04", "1935-01-03", "the Congress that ended in January"),
    ("1931-03-04", "1933-03-03", "1931-03-04", "1933-03-04", "a last day before 1935"),
    ("1931-03-04", "1933-03-04", "1931-03-04", "1933-03-04", "the day itself before 1935"),
    ("1971-01-21", "1973-01-03", "1971-01-03", "1973-01-03", "the latest first meeting"),
    ("2013-06-04", "2015-01-03", "2013-06-04", "2015-01-03", "a by-election"),
    ("2014-01-06", "2015-01-03", "2014-01-06", "2015-01-03", "January of an even year"),
    ("2013-01-03", "2014-01-03", "2013-01-03", "2014-01-04", "left in January of an even year"),
]


@pytest.mark.parametrize(("start", "end", "joined", "left", "reason"), BOUNDS)
def test_terms_end_as_a_congress_does(tmp_path, start, end, joined, left, reason):  # noqa: PLR0917
    row = {
        "id": {"bioguide": "A1"}, "name": {"first": "Ana", "last": "Vell"},
        "terms": [{"type": "sen", "start": start, "end": end, "state": "OH", "class": 1}],
    }  # fmt: skip
    body, _ = imported(tmp_path, list_file(tmp_path, [row]))
    (term,) = body.members[0].terms
    assert (str(term.joined), str(term.left)) == (joined, left), reason
