from dataclasses import replace
from datetime import date

import pytest

from whipcount.counting import assume, count
from whipcount.errors import CountError
from whipcount.model import Option

from .cases import DAY, council, issue, member, said

TWO = (Option("now", "A dam now", implies=("dam",)), Option("dam", "A dam"))


def supposed(positions, *words, options=TWO, body=None):
    decision, body = issue(*options), body or council()
    return count(positions, decision, body, DAY, what_if=assume(words, decision, body, DAY))


def stands(counted):
    return {(cell.member, cell.option): cell.stand for cell in counted.cells}


def test_a_change_of_mind_takes_the_place_of_all_that_was_said():
    spoken = [
        said("Arvonia", "oppose", on="2031-06-30", option="now"),
        replace(said("Arvonia", "oppose", on="2031-06-30", option="now"), origin="vote", kind=None),
    ]
    found = supposed(spoken, "Arvonia/now=support")
    cell = next(cell for cell in found.cells if cell.member == "Arvonia" and cell.option == "now")
    assert (cell.stand, cell.contested, len(cell.evidence)) == ("yes", False, 1)
    assert cell.evidence[0].coder == "what if"
    assert found.assumed == cell.evidence


def test_it_reaches_what_it_implies_and_nobody_else():
    found = supposed([said("Belmark", "oppose", option="dam")], "Arvonia/now=support")
    assert stands(found)["Arvonia", "dam"] == "yes"
    assert stands(found)["Belmark", "dam"] == "no"
    assert stands(found)["Corvia", "dam"] == "not-on-record"


def test_without_an_option_it_is_on_all_of_them():
    found = supposed([], "Arvonia=oppose")
    assert [stands(found)["Arvonia", option] for option in ("now", "dam")] == ["no", "no"]


def test_a_member_is_named_as_news_name_it():
    body = council(member("Arvonia", aliases=("the Isle",)))
    assert stands(supposed([], "the Isle=abstain", body=body))["Arvonia", "dam"] == "abstain"


def test_a_group_stands_for_its_members():
    body = council(groups=(("the upper states", ("Arvonia", "Corvia")),))
    found = stands(supposed([], "the upper states/dam=support", body=body))
    assert [name for (name, option), stand in found.items() if stand == "yes"] == [
        "Arvonia",
        "Corvia",
    ]


def test_nothing_supposed_changes_nothing():
    spoken = [said("Arvonia", option="dam")]
    assert supposed(spoken) == count(spoken, issue(*TWO), council(), DAY)


WRONG = [
    ("Arvonia", "write MEMBER=STANCE", "no stance"),
    ("Arvona=support", "did you mean Arvonia?", "a slip of the pen"),
    ("Nowhere=support", "its file is orc.toml", "a stranger"),
    ("Arvonia=yes", "'yes' is no stance; known are support, oppose", "a vote for a stance"),
    (
        "Arvonia/lake=support",
        "'Arvonia/lake' names no member or group",
        "an option that isn't there",
    ),
    ("=support", "names no member", "nobody"),
]


@pytest.mark.parametrize(("words", "message", "reason"), WRONG)
def test_what_can_not_be_supposed_is_said(words, message, reason):
    with pytest.raises(CountError) as caught:
        supposed([], words)
    assert message in str(caught.value), reason


def test_who_is_no_member_on_the_day_can_not_be_supposed():
    body = council(member("Arvonia"), member("Belmark", None, date(2031, 1, 1)))
    with pytest.raises(
        CountError, match="names no member or group of Orlan River Council on 2031-06-30"
    ):
        supposed([], "Belmark=support", body=body)


def test_a_member_supposed_twice_is_said():
    with pytest.raises(CountError, match="Arvonia on dam comes twice"):
        supposed([], "Arvonia=support", "Arvonia/dam=oppose")
