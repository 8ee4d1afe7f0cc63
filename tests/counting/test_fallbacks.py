from whipcount.counting import count
from whipcount.model import Option

from .cases import DAY, NAMES, council, issue, said

OPTIONS = (
    Option("now", "A dam now", implies=("dam",), excludes=("park",)),
    Option("dam", "A dam"),
    Option("park", "A park"),
    Option("lake", "A lake", rule="none"),
)


def compared(*positions, options=OPTIONS):
    return {one.option: one for one in count(positions, issue(*options), council(), DAY).fallbacks}


def all_for(option, but=()):
    return [said(name, option=option) for name in NAMES if name not in but]


def test_what_carries_stands_before_what_is_open_and_that_before_what_is_blocked():
    found = compared(*all_for("park"), said("Arvonia", "oppose", option="now"))
    assert [found[option].place for option in ("park", "dam", "now", "lake")] == [1, 2, 3, 4]


def test_it_tells_who_is_for_who_against_and_whose_red_line_it_is():
    found = compared(
        said("Arvonia", option="dam", strength="hedged"),
        said("Belmark", "conditional", option="dam"),
        said("Corvia", "oppose", option="dam"),
        said("Dorland", "oppose", option="dam", reported=True),
    )["dam"]
    assert found.supporters == ("Arvonia",)
    assert found.conditional == ("Belmark",)
    assert found.opponents == ("Corvia", "Dorland")
    assert found.red_lines == ("Corvia",)
    assert (found.missing, found.turned) == (None, 1)


def test_an_open_option_tells_how_many_more_it_needs():
    assert compared(*all_for("dam", but=("Corvia",)))["dam"].missing == 1


def test_instead_of_what_fails_the_part_of_it_that_carries_is_named():
    found = compared(*all_for("dam"), *all_for("lake"), said("Arvonia", "oppose", option="now"))
    assert found["now"].instead == "dam"
    assert found["dam"].instead is None


def test_its_contrary_is_no_fallback():
    found = compared(*all_for("park"))
    assert found["now"].instead is None
    assert found["dam"].instead == "park"


def test_an_option_without_a_decision_lacks_nothing():
    assert (compared()["lake"].missing, compared()["lake"].turned) == (None, None)


def test_equals_stand_in_the_issues_order():
    found = count([], issue(*OPTIONS), council(), DAY).fallbacks
    assert [one.option for one in found] == ["now", "dam", "park", "lake"]
