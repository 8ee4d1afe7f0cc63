import itertools

from hypothesis import given
from hypothesis import strategies as st

from whipcount.counting.minimal_sets import Goal, Joined, Sum, minimal_sets

SIZE = 7


def goals():
    sums = st.builds(
        Sum,
        st.integers(-1, 12),
        st.lists(st.integers(0, 5), min_size=SIZE, max_size=SIZE).map(tuple),
    )
    return st.recursive(
        sums,
        lambda inner: st.builds(
            Joined, st.booleans(), st.lists(inner, min_size=1, max_size=3).map(tuple)
        ),
        max_leaves=4,
    )


def reached(goal: Goal, chosen: tuple[int, ...]) -> bool:
    if isinstance(goal, Sum):
        return sum(goal.gains[index] for index in chosen) >= goal.need
    parts = [reached(part, chosen) for part in goal.of]
    return all(parts) if goal.every else any(parts)


def by_trying_all(goal: Goal) -> list[tuple[int, ...]]:
    """Every set that suffices and holds no smaller one that does, smallest first."""
    found: list[tuple[int, ...]] = []
    for size in range(SIZE + 1):
        for chosen in itertools.combinations(range(SIZE), size):
            if reached(goal, chosen) and not any(set(less) <= set(chosen) for less in found):
                found.append(chosen)
    return found


@given(goals())
def test_the_sets_are_those_of_trying_all(goal):
    assert list(minimal_sets(goal, SIZE, most=100)) == by_trying_all(goal)


@given(goals(), st.integers(1, 5))
def test_the_first_are_given_where_there_are_more(goal, most):
    assert list(minimal_sets(goal, SIZE, most=most)) == by_trying_all(goal)[:most]


@given(goals(), st.integers(1, 30))
def test_a_search_cut_short_gives_minimal_sets_and_one_at_least(goal, steps):
    everything = by_trying_all(goal)
    found = minimal_sets(goal, SIZE, most=100, steps=steps)
    assert set(found) <= set(everything)
    assert bool(found) == bool(everything)


def test_nobody_is_needed_where_it_is_reached_already():
    assert minimal_sets(Sum(0, (1, 1)), 2) == ((),)
    assert minimal_sets(Sum(0, ()), 0) == ((),)


def test_nothing_suffices_where_all_together_do_not():
    assert minimal_sets(Sum(3, (1, 1)), 2) == ()
    assert minimal_sets(Sum(1, ()), 0) == ()


def test_many_members_end_in_few_steps():
    heads = Sum(97, (1,) * 193)
    assert minimal_sets(heads, 193, steps=300)[0] == tuple(range(97))
    assert len(minimal_sets(heads, 193, steps=300)) == 20


def test_weights_that_are_all_different_end_too():
    weights = tuple(int(1.08**index) + 1 for index in range(193))
    goal = Joined(True, (Sum(50, (1,) * 193), Sum(sum(weights) // 2, weights)))
    found = minimal_sets(goal, 193, steps=20_000)
    assert found
    for chosen in found:
        assert reached(goal, chosen)
        assert not any(reached(goal, tuple(set(chosen) - {one})) for one in chosen)
