import itertools

import pytest

from whipcount.coding.implications import Consequences, consequences, cycle
from whipcount.model import Option


def option(name, implies="", excludes=""):
    return Option(name, name, implies=tuple(implies), excludes=tuple(excludes))


CHAIN = (option("a", "b"), option("b", "c"), option("c", "", "x"), option("x"), option("y", "x"))

ROWS = [
    ("a", "bc", "xy", "", "support goes up the chain, and against what is excluded there"),
    ("b", "c", "xy", "a", "opposing goes down the chain"),
    ("c", "", "xy", "ab", "what implies an excluded option is opposed too"),
    ("x", "", "abc", "y", "excludes works both ways"),
    ("y", "x", "abc", "", "what supports the excluded one opposes the chain"),
]


@pytest.mark.parametrize(("name", "supported", "opposed", "by_opposing", "reason"), ROWS)
def test_a_stance_says_something_of_other_options(name, supported, opposed, by_opposing, reason):
    expected = Consequences(tuple(supported), tuple(opposed), tuple(by_opposing))
    assert consequences(CHAIN)[name] == expected, reason


def test_options_apart_say_nothing_of_each_other():
    assert consequences((option("a"), option("b")))["a"] == Consequences((), (), ())
    assert consequences(()) == {}


def test_a_cycle_is_given_in_the_order_of_implies():
    found = cycle((option("z", "a"), option("a", "b"), option("b", "c"), option("c", "a")))
    assert found[0] == found[-1]
    assert set(found) == {"a", "b", "c"}
    assert all(pair in {("a", "b"), ("b", "c"), ("c", "a")} for pair in itertools.pairwise(found))


def test_a_lattice_is_no_cycle():
    layers = [option(f"{i}", ()) for i in range(40)]
    lattice = [
        Option(layer.id, "x", implies=tuple(str(j) for j in range(i + 1, 40)))
        for i, layer in enumerate(layers)
    ]
    assert cycle(lattice) == ()
    assert cycle(()) == ()
