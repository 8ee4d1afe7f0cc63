"""How far people agree with each other and with the machine, and the list of where they don't."""

from __future__ import annotations

import shutil

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.project.cases import ANN, BOB, first_coding, new
from whipcount import project
from whipcount.model import Span
from whipcount.project import By, Project, open_project

CAT = By("Cat", "2031-06-03T10:00:00Z")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4), min_size=1, max_size=30))
def test_alpha_is_that_of_the_package_whatever_the_units(units):
    counts = np.array([[unit.count(value) for value in "abcd"] for unit in units])
    pairable = counts[counts.sum(axis=1) > 1]
    if len({value for unit in units if len(unit) > 1 for value in unit}) < 2:
        assert project.alpha(units) is None
        return
    wanted = krippendorff.alpha(value_counts=pairable, level_of_measurement="nominal")
    assert project.alpha(units) == pytest.approx(wanted, abs=1e-9)


def first_statement(debate: Project, place: int = 0):
    (first, *_) = project.articles(debate).items
    return project.statements(debate, first.id)[place]


def content(one) -> Span:
    (found,) = one.content
    return found


def by_part(debate: Project) -> dict[str, project.SpansAgreed]:
    return {one.part: one for one in project.span_agreement(debate)}


def test_who_marks_nothing_anew_agrees_with_the_machine_and_each_other(debate):
    assert all(one.f1 is None and one.articles == 0 for one in project.span_agreement(debate))
    for by in (ANN, BOB):
        project.accept(debate, first_coding(debate), by)
    for one in project.span_agreement(debate):
        assert (one.f1, one.of_marked, one.machine, one.articles) == (1.0, None, 1.0, 1)


def test_two_who_mark_otherwise_share_the_characters_that_both_mark(debate):
    """Ann marks the first ten characters, Bob from the sixth to the twentieth: five shared."""
    one = first_statement(debate)
    start = content(one).start
    project.mark(debate, one.id, ANN, content=[Span(start, start + 10)])
    project.mark(debate, one.id, BOB, content=[Span(start + 5, start + 20)])
    found = by_part(debate)["content"]
    assert found.of_marked == pytest.approx(2 * 5 / (10 + 15))
    whole = [content(each) for each in project.statements(debate, one.id.rpartition(".")[0])]
    rest = sum(each.end - each.start for each in whole[1:])
    assert found.f1 == pytest.approx(2 * (5 + rest) / (10 + 15 + 2 * rest))
    assert found.machine < 1
    assert by_part(debate)["source"].f1 == 1.0


def test_a_statement_that_one_deletes_and_one_adds_is_marked_by_one_alone(debate):
    one = first_statement(debate)
    length = content(one).end - content(one).start
    project.delete_statement(debate, one.id, ANN)
    article = one.id.rpartition(".")[0]
    project.add_statement(debate, article, [Span(0, 4)], BOB)
    found = by_part(debate)["content"]
    assert found.of_marked == 0.0
    assert found.f1 < 1
    project.add_statement(debate, article, [Span(0, 4)], CAT)
    both = by_part(debate)["content"].of_marked
    assert both == pytest.approx(2 * 4 / (2 * (length + 4) + 2 * 4))


def test_what_two_marked_in_files_of_their_own_is_compared_after_the_merge(tmp_path):
    a, b, into = (tmp_path / f"{name}.whip" for name in "abc")
    new(a, 1).close()
    shutil.copy(a, b)
    for path, by, cut in ((a, ANN, 4), (b, BOB, 8)):
        with open_project(path) as debate:
            one = first_statement(debate)
            start = content(one).start
            project.mark(debate, one.id, by, content=[Span(start, start + cut)])
    project.merge_files([a, b], into, CAT)
    with open_project(into) as debate:
        assert project.conflicts(debate)
        assert by_part(debate)["content"].of_marked == pytest.approx(2 * 4 / 12)
        (conflict,) = project.conflicts(debate)
        project.settle(debate, conflict.id, CAT, keep="other")
        assert by_part(debate)["content"].of_marked == pytest.approx(2 * 4 / 12)


def test_only_the_coders_named_are_compared(debate):
    one = first_statement(debate)
    start = content(one).start
    for by, cut in ((ANN, 10), (BOB, 12), (BOB, 10), (CAT, 2)):
        project.mark(debate, one.id, by, content=[Span(start, start + cut)])
    (found, *_) = project.span_agreement(debate, ["Ann", "Bob"])
    assert found.of_marked == 1.0
    assert by_part(debate)["content"].of_marked < 1


def test_the_machine_and_people_by_stance_and_by_option(debate):
    ids = [first_coding(debate, place) for place in range(3)]
    project.change(debate, ids[0], ANN, stance="oppose", option="road-map")
    project.delete(debate, ids[1], ANN)
    project.accept(debate, ids[2], ANN)
    project.add_coding(debate, first_statement(debate).id, "partnership", "support", ANN)
    found = project.agreement(debate)
    said = {place: project.coding(debate, id_).machine for place, id_ in enumerate(ids)}
    stances = {(one.machine, one.people): one.number for one in found.confusion}
    options = {(one.machine, one.people): one.number for one in found.options}
    assert stances[said[0].stance, "oppose"] == 1
    assert stances[said[1].stance, "none"] == 1
    assert stances["none", "support"] == 1
    assert options[said[0].option, "road-map"] == 1
    assert options[said[2].option, said[2].option] == 1
    assert options["none", "partnership"] == 1
    assert sum(stances.values()) == sum(options.values()) == 4


def test_disagreements_are_listed_by_what_people_differ_in(debate):
    ids = [first_coding(debate, place) for place in range(3)]
    for id_ in ids:
        project.accept(debate, id_, ANN)
    project.change(debate, ids[0], BOB, stance="undecided")
    project.change(debate, ids[1], BOB, option="road-map", strength="hedged")
    project.delete(debate, ids[2], BOB)

    def listed(**given: str) -> list[str]:
        return [one.id for one in project.disagreements(debate, **given).items]

    assert listed() == sorted(ids)
    assert listed(variable="stance") == [ids[0]]
    assert listed(variable="option") == listed(variable="strength") == [ids[1]]
    assert listed(variable="position") == [ids[2]]
    assert listed(variable="actor") == []
    assert ids[1] in listed(option="road-map")
    assert ids[0] not in listed(option="road-map")
    numbers = project.disagreement_numbers(debate)
    assert (numbers[""], numbers["stance"], numbers["position"], numbers["actor"]) == (3, 1, 1, 0)
    assert project.disagreement_numbers(debate, option="nothing")[""] == 0
    page = project.disagreements(debate, limit=2)
    assert (len(page.items), page.next) == (2, sorted(ids)[1])
    rest = project.disagreements(debate, after=page.next, limit=2)
    assert ([one.id for one in rest.items], rest.next) == ([sorted(ids)[2]], None)
    review = project.coding(debate, ids[0]).reviews[0]
    project.adjudicate(debate, ids[0], CAT, review=review.id)
    assert listed() == sorted(ids[1:])
    assert project.disagreement_numbers(debate)[""] == 2
