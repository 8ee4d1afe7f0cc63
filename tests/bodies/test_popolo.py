"""Popolo files, as EveryPolitician and others have them."""

# ruff: noqa: E501 - a row of the table of times is one line

from __future__ import annotations

from datetime import date

import pytest

from whipcount.bodies import check
from whipcount.errors import BodyError
from whipcount.model import Term

from .lists import DAY, POPOLO, imported, list_file, member


def test_a_legislature_becomes_a_body_with_its_seats_and_source(tmp_path):
    body, _ = imported(tmp_path, list_file(tmp_path, POPOLO))
    assert (body.name, body.members_are, body.seats) == ("Velt Assembly", "people", 3)
    assert body.sources == ("list.json, imported 2026-11-25",)
    assert [one.id for one in body.members] == ["p1", "p2", "p3"]
    assert check(body, DAY) == ()


def test_days_of_a_legislative_period_count_where_a_membership_has_none(tmp_path):
    body, _ = imported(tmp_path, list_file(tmp_path, POPOLO))
    torv = member(body, "Ilsa Torv")
    assert torv.aliases == ("Ilsa Rand",)
    assert torv.terms == (
        Term(date(2011, 5, 5), date(2015, 3, 31), "end of First Assembly", "Reform", "North"),
        # the Second Assembly's last day is the Third's first; the speaker is a member all along
        Term(date(2015, 5, 7), None, "", "Reform", "North"),
    )


def test_a_party_that_changes_makes_two_terms(tmp_path):
    body, _ = imported(tmp_path, list_file(tmp_path, POPOLO))
    peel = next(one for one in body.members if one.id == "p2")
    assert peel.terms == (
        Term(date(2015, 5, 7), date(2016, 3, 1), "", "Unity", "South"),
        # another begins in the constituency on the day on which this one ends
        Term(date(2016, 3, 1), date(2017, 9, 4), "resigned", "Reform", "South"),
    )


def test_two_of_one_name_are_told_apart(tmp_path):
    body, _ = imported(tmp_path, list_file(tmp_path, POPOLO))
    assert [one.name for one in body.members] == [
        "Ilsa Torv", "Jo Peel (South, Reform)", "Jo Peel (South, 2017)",
    ]  # fmt: skip


def test_what_cant_be_read_is_told_with_file_record_and_key(tmp_path):
    _, problems = imported(tmp_path, list_file(tmp_path, POPOLO))
    said = "\n".join(problems)
    for words in (
        "list.json, persons[3]: name is ''",
        "list.json, persons[5]: a record was expected",
        "list.json, persons[6].memberships[0]: start_date is 'soon'",
        "persons[6].memberships[1]: ends on 2011-01-01, before it begins on 2012-01-01",
    ):
        assert words in said
    assert len(problems) == 4


def test_the_legislature_is_meant_before_others_that_may_be_chosen(tmp_path):
    path = list_file(tmp_path, POPOLO)
    body, _ = imported(tmp_path, path, chamber="cabinet")
    assert (body.name, [one.name for one in body.members]) == ("Cabinet", ["Ilsa Torv"])
    with pytest.raises(BodyError, match=r'"senate" is none of those .* "Velt Assembly", "Cabinet"'):
        imported(tmp_path, path, chamber="senate")


def one_person(*memberships: dict[str, str], **more: object) -> dict[str, object]:
    rows = [{"person_id": "a", "organization_id": "o", **row} for row in memberships]
    return {
        "persons": [{"id": "a", "name": "Ana Vell"}], "memberships": rows,
        "organizations": [
            {"id": "o", "name": "Council", "classification": "legislature"},
            {"id": "b", "name": "Blue", "classification": "party"},
            {"id": "g", "name": "Green", "classification": "party"},
        ],
        **more,
    }  # fmt: skip


TIMES = [
    ([{}], [("", "", "")], "no day at all"),
    ([{"end_date": "9999-12-31"}], [("", "", "")], "an end that says that there is none"),
    ([{"start_date": "2010", "end_date": "2011-02"}], [("2010-01-01", "2011-03-01", "")], "days that aren't exact"),
    ([{"start_date": "2010-01-01", "end_date": "2010-01-01"}], [("2010-01-01", "2010-01-02", "")], "one day"),
    ([{"start_date": "2010-01-01", "end_date": "2012-01-01"}, {"start_date": "2012-01-01"}], [("2010-01-01", "", "")], "no gap, for one ends as the next begins"),
    ([{"start_date": "2010-01-01", "end_date": "2011-12-31"}, {"start_date": "2012-01-01"}], [("2010-01-01", "", "")], "no gap, for one begins the day after"),
    ([{"start_date": "2010-01-01", "end_date": "2011-12-30"}, {"start_date": "2012-01-01"}], [("2010-01-01", "2011-12-31", ""), ("2012-01-01", "", "")], "a gap of a day"),
    ([{"start_date": "2010-01-01", "on_behalf_of_id": "b", "end_date": "2012-01-01"}, {"start_date": "2012-01-01", "on_behalf_of_id": "g"}], [("2010-01-01", "2012-01-01", "Blue"), ("2012-01-01", "", "Green")], "a new party on the day"),
    ([{"start_date": "2010-01-01"}, {"organization_id": "b", "end_date": "2011-12-31"}, {"organization_id": "g", "start_date": "2012-01-01"}], [("2010-01-01", "2012-01-01", "Blue"), ("2012-01-01", "", "Green")], "memberships in parties of their own"),
]  # fmt: skip


@pytest.mark.parametrize(("memberships", "terms", "reason"), TIMES)
def test_a_term_ends_on_the_day_after_its_last(tmp_path, memberships, terms, reason):
    body, problems = imported(tmp_path, list_file(tmp_path, one_person(*memberships)))
    found = [
        (str(term.joined or ""), str(term.left or ""), term.party) for term in body.members[0].terms
    ]
    assert found == terms, reason
    assert problems == [], reason


def test_of_two_stays_at_once_the_later_counts_and_it_is_told(tmp_path):
    rows = [
        {"start_date": "2010-01-01", "on_behalf_of_id": "b"},
        {"start_date": "2012-01-01", "end_date": "2012-12-31", "on_behalf_of_id": "g"},
    ]
    body, problems = imported(tmp_path, list_file(tmp_path, one_person(*rows)))
    assert [(str(term.joined), term.party) for term in body.members[0].terms] == [
        ("2010-01-01", "Blue"), ("2012-01-01", "Green"), ("2013-01-01", "Blue"),
    ]  # fmt: skip
    (problem,) = problems
    assert "memberships[0]: is at the same time as memberships[1], from 2012-01-01" in problem


def test_posts_have_the_chamber_and_the_area_where_memberships_dont(tmp_path):
    content = {
        "persons": [{"id": "a", "other_names": [
            {"given_name": "Ana", "family_name": "Vell", "note": "Main"},
            {"given_name": "Ana", "family_name": "Vell-Orr", "note": "Main"},
        ]}],
        "posts": [{"id": "p", "organization_id": "o", "area": {"name": "North"}, "role": "MP"}],
        "memberships": [{"person_id": "a", "post_id": "p", "start_date": "2020-01-01"}],
    }  # fmt: skip
    body, problems = imported(tmp_path, list_file(tmp_path, content), name="Council")
    (ana,) = body.members
    assert (ana.name, ana.aliases, body.name) == ("Ana Vell-Orr", ("Ana Vell",), "Council")
    assert ana.terms == (Term(date(2020, 1, 1), constituency="North"),)
    assert problems == []


@pytest.mark.parametrize(("seats", "told"), [(5, False), (1, True)])
def test_seats_that_are_too_few_are_told_and_left_out(tmp_path, seats, told):
    rows = {"a": "Ana", "b": "Bo"}
    content = {
        "persons": [{"id": key, "name": name} for key, name in rows.items()],
        "memberships": [{"person_id": key, "organization_id": "o"} for key in rows],
    }
    body, problems = imported(tmp_path, list_file(tmp_path, content), seats=seats)
    assert body.seats == (None if told else seats)
    assert [problem.split(":")[0] for problem in problems] == (["--seats"] if told else [])
