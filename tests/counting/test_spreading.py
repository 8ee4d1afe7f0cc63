from whipcount.coding.implications import consequences
from whipcount.counting.spreading import Conditions, spread
from whipcount.model import Option

from .cases import said

FOLLOWS = consequences(
    (
        Option("now", "Now", implies=("dam",)),
        Option("dam", "A dam", excludes=("park",)),
        Option("park", "A park"),
    )
)


def reached(position):
    return {(p.option, p.stance, p.implied_by) for p in spread(position, FOLLOWS)}


def test_support_spreads_to_what_is_implied_and_against_what_is_excluded():
    assert reached(said("Arvonia", option="now")) == {
        ("dam", "support", "now"),
        ("park", "oppose", "now"),
    }


def test_opposition_spreads_to_what_implies_it_and_gives_no_support():
    assert reached(said("Arvonia", "oppose", option="dam")) == {
        ("now", "oppose", "dam"),
    }
    assert reached(said("Arvonia", "oppose", option="park")) == set()


def test_excluding_works_from_either_side_and_goes_down_the_chain():
    assert reached(said("Arvonia", option="park")) == {
        ("dam", "oppose", "park"),
        ("now", "oppose", "park"),
    }


def test_only_support_and_opposition_spread():
    for stance in ("conditional", "undecided", "abstain"):
        assert reached(said("Arvonia", stance, option="now")) == set()


def test_what_was_derived_spreads_no_further():
    assert reached(said("Arvonia", option="now", implied_by="later")) == set()


def test_how_it_was_said_goes_along():
    position = said("Arvonia", option="now", strength="hedged", reported=True)
    derived = list(spread(position, FOLLOWS))
    assert len(derived) == 2
    assert all(p.strength == "hedged" and p.reported and p.date == position.date for p in derived)
    assert all(p.statement == position.statement for p in derived)


def test_a_condition_replaces_support_in_its_statement():
    condition = said("Arvonia", "conditional", statement="a.1")
    support = said("Arvonia", statement="a.1", piece=1)
    elsewhere = said("Arvonia", statement="a.2")
    other_option = said("Arvonia", statement="a.1", option="park")
    undecided = said("Arvonia", "undecided", statement="a.1")
    given = [support, condition, elsewhere, other_option, undecided]
    conditions = Conditions(given, lambda position: (position.actor.name,))
    assert [one for one in given if conditions.replace("Arvonia", one)] == [support]
    assert not any(conditions.replace("Belmark", one) for one in given)
