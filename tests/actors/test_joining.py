"""Which actors of many articles are one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whipcount.actors.directory import Directory, Known
from whipcount.actors.folding import folded
from whipcount.actors.joining import Seen, join, sound
from whipcount.model import Actor, Joined


def seen(*people: str | tuple[str, str, str]) -> list[Seen]:
    """Return an actor an article, from names or names with role and affiliation."""
    found = []
    for number, one in enumerate(people):
        name, role, tie = (one, "", "") if isinstance(one, str) else one
        actor = Actor(f"article{number}.a0", name, "person", role, tie)
        found.append(Seen(f"article{number}", actor))
    return found


def groups(found: tuple[Joined, ...]) -> set[frozenset[str]]:
    return {frozenset(one.names) for one in found}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Volodymyr Zelenskyy", "Vladimir Zelenskiy"),
        ("Péter Szijjártó", "Peter Szijjarto"),
        ("Dmitry Peskov", "Dmitri Peskov"),
        ("Aleksandr Torv", "Alexander Torv"),
        ("William Torv", "Bill Torv"),
        ("Ilsa M. Torv", "Ilsa Torv"),
        ("Ilsa Torv", "I. Torv"),
        ("Ilsa Torv", "ILSA TORV"),
        ("Xi Jinping", "Jinping Xi"),
        ("Jon Torv Jr.", "Jon Torv"),
        ("Ann van der Velt", "Ann Van Der Velt"),
    ],
)
def test_two_names_of_one_person_are_joined_and_told_why(one: str, other: str) -> None:
    (found,) = join(seen(one, other))
    assert found.articles == 2
    assert folded(one) == folded(other) or len(found.reasons) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilsa Torv", "Ivar Torv"),
        ("George H. W. Torv", "George W. Torv"),
        ("Ilsa Torv", "Ilsa Rand"),
        ("Hillary Clinton", "Bill Clinton"),
        ("Ann Peel-Rand", "Ann Rand"),
        ("Ken Starr", "Star"),
        ("Albert Rand", "Robert Rand"),
        ("Edward Rand", "Theodore Rand"),
        ("Harold Rand", "Henry Rand"),
        ("George P. Bush", "George H.W. Bush"),
    ],
)
def test_two_people_stay_two(one: str, other: str) -> None:
    assert len(join(seen(one, other))) == 2


def test_a_surname_goes_to_its_only_bearer_and_is_doubtful_without_more() -> None:
    (found,) = join(seen("Ilsa Torv", "Torv"))
    assert found.name == "Ilsa Torv"
    assert found.doubts
    (found,) = join(seen(("Ilsa Torv", "foreign minister", "Velt"), ("Torv", "minister", "Velt")))
    assert not found.doubts


def test_a_surname_of_two_stays_alone_and_is_doubtful() -> None:
    found = join(seen("Ilsa Torv", "Ivar Torv", "Torv"))
    assert groups(found) == {
        frozenset({"Ilsa Torv"}),
        frozenset({"Ivar Torv"}),
        frozenset({"Torv"}),
    }
    (alone,) = (one for one in found if one.name == "Torv")
    assert "Ilsa Torv and Ivar Torv" in alone.doubts[0]


def test_an_initial_of_two_stays_alone() -> None:
    assert len(join(seen("Ilsa Torv", "Ivar Torv", "I. Torv"))) == 3


def test_a_directory_joins_what_names_do_not_tell() -> None:
    known = Known("Ilsa Torv", ("The Lady of Velt", "Ilsa Rand"), own=True)
    directory = Directory({folded(w): (known,) for w in (known.name, *known.aliases)})
    (found,) = join(seen("Ilsa Rand", "Ilsa Torv", "The Lady of Velt"), directory)
    assert all("directory" in reason for reason in found.reasons)


def test_a_directory_keeps_apart_what_names_would_join() -> None:
    directory = Directory(apart=frozenset({frozenset({("jo", "rand"), ("joseph", "rand")})}))
    assert len(join(seen("Jo Rand", "Joseph Rand"), directory)) == 2
    assert len(join(seen("Jo Rand", "J. Rand"), directory)) == 1


def test_states_and_bodies_are_one_by_name_and_groups_are_not() -> None:
    made = [
        Seen(f"article{n}", Actor(f"article{n}.a{k}", name, kind))  # type: ignore[arg-type]
        for n in range(2)
        for k, (name, kind) in enumerate(
            [("Velt", "state"), ("Velt Institute", "organisation"), ("officials", "group"),
             ("a diplomat", "anonymous")]
        )
    ]  # fmt: skip
    found = join(made)
    assert sorted(one.articles for one in found) == [1, 1, 1, 1, 2, 2]
    assert {one.name for one in found if one.articles == 2} == {"Velt", "Velt Institute"}


def test_what_articles_say_is_added_up_and_ranked() -> None:
    actor = Actor("a.a0", "Ilsa Torv", "person", "minister", "Velt", speaks_for="Velt")
    later = Actor("b.a0", "I. Torv", "person", "former minister", "Reform")
    (found,) = join([Seen("a", actor, 5, 2, 40), Seen("b", later, 2, 1, 10)])
    assert (found.mentions, found.statements, found.words) == (7, 3, 50)
    assert found.roles == ("minister", "former minister")
    assert found.affiliations == ("Velt", "Reform")
    assert found.speaks_for == ("Velt",)


NAMES = st.lists(
    st.builds(
        "{} {}".format,
        st.sampled_from(["Ilsa", "Ivar", "I.", "Bill", "William", "Will", "Anna", "Ann"]),
        st.sampled_from(["Torv", "Rand", "Peel", "Zelenskyy", "Zelensky"]),
    )
    | st.sampled_from(["Torv", "Rand", "Zelenskiy"]),
    max_size=30,
)


@given(NAMES, st.randoms(use_true_random=False))
def test_every_actor_is_in_one_whatever_the_order(names: list[str], random) -> None:  # type: ignore[no-untyped-def]
    given_names = seen(*names)
    found = join(given_names)
    ids = [id_ for one in found for id_ in one.actors]
    assert sorted(ids) == sorted(one.actor.id for one in given_names)
    random.shuffle(given_names)
    assert join(given_names) == found
    assert all(one.mentions >= other.mentions for one, other in pairwise(found))


@given(NAMES)
def test_no_two_full_names_of_other_people_are_joined(names: list[str]) -> None:
    for one in join(seen(*names)):
        surnames = {sound(folded(name)[-1]) for name in one.names}
        assert len(surnames) == 1
        given_names = {name.split()[0] for name in one.names if " " in name}
        assert given_names <= {"Ilsa", "I."} or given_names <= {"Ivar", "I."} or (
            given_names <= {"Bill", "William", "Will"}
        ) or given_names in ({"Anna"}, {"Ann"}, {"I."})  # fmt: skip
