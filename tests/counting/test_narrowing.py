from datetime import date

import pytest

from whipcount.counting import only, through
from whipcount.errors import CountError
from whipcount.model import Option

from .cases import council, issue, member, said

OPTIONS = (Option("dam", "A dam"), Option("park", "A park"))
JUNE = (date(2031, 6, 1), date(2031, 6, 30))


def timeline(*members):
    said_ = [
        said(name, stance, on="2031-06-10", option=option.id)
        for name, stance in (("Arvonia", "support"), ("Belmark", "oppose"))
        for option in OPTIONS
    ]
    return through(said_, issue(*OPTIONS), council(*members), *JUNE)


def test_nothing_named_is_everything():
    assert only(timeline()) == timeline()


def test_an_option_takes_its_changes_turns_and_tallies_with_it():
    found = only(timeline(), ["park"])
    assert [option.id for option in found.issue.options] == ["park"]
    for told in (found.opening, found.changes, found.turns, found.tallies):
        assert told
        assert {one.option for one in told} == {"park"}


def test_a_member_s_moves_are_its_own_and_verdicts_are_all_members():
    found = only(timeline(), members=["Arvonia"])
    assert {one.member for one in (*found.opening, *found.changes)} == {"Arvonia"}
    assert (found.turns, found.tallies) == (timeline().turns, timeline().tallies)


def test_a_member_goes_by_any_name_of_the_body_file():
    members = (member("Arvonia", aliases=("the Republic",)), member("Belmark", code="BM"))
    found = only(timeline(*members), members=["republic", "BM"])
    assert {one.member for one in found.changes} == {"Arvonia", "Belmark"}


def test_an_option_that_is_not_there_is_an_error_naming_those_that_are():
    with pytest.raises(CountError, match="'lake' is no option of the issue; known are dam, park"):
        only(timeline(), ["dam", "lake"])


def test_a_member_that_is_not_there_is_an_error_naming_those_that_are():
    with pytest.raises(
        CountError, match="'Isk' names no member of Orlan River Council; known are A"
    ):
        only(timeline(), members=["Isk"])


def test_of_very_many_members_the_nearest_is_named():
    members = [member(f"Member {number:02}") for number in range(50)]
    with pytest.raises(CountError, match=r"did you mean Member 07\?"):
        only(timeline(*members), members=["Membre 07"])
    with pytest.raises(CountError, match="there are 50, such as Member 00"):
        only(timeline(*members), members=["Xyz"])
