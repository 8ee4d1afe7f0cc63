"""Whether the machine is right on a corpus, by a sample that people code blind."""

from __future__ import annotations

import json

import pytest
from benchmarks.sampling import CORPORA, held

from tests.project.cases import ANN, BOB, coded, new
from whipcount import project
from whipcount.cli import main
from whipcount.errors import ProjectError
from whipcount.offsets import Span
from whipcount.project import By, Project, rightness
from whipcount.project.rightness import Case, Resamples, share
from whipcount.project.sampling import NO_POSITION, TEXT, paragraph_of

CAT = By("Cat", "2031-06-03T10:00:00Z")


def corpus(debate: Project) -> None:
    """Add 40 statements: 30 on membership, 4 on a road map, 6 that the machine finds nothing in."""
    for number in range(40):
        option = "membership" if number < 30 else "road-map"
        line = [("Halvern", f"“We say it for the {number}th time”", option, "support")]
        one = coded(f"Article {number}\n\n", line, path=f"{number}.txt")
        if number >= 34:
            one = type(one)(one.article, one.statements, (), one.codebook)
        project.add(debate, one, ANN)


def strata(debate: Project, name: str) -> dict[str, str]:
    return {one.unit: one.stratum for one in project.drawn_of(debate, name)}


def test_every_stratum_is_drawn_from_and_a_seed_draws_the_same(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        with pytest.raises(ProjectError, match="nothing to draw from"):
            project.draw_sample(debate, "none", ANN, size=15, seed=1)
        corpus(debate)
        project.draw_sample(debate, "one", ANN, size=20, seed=1)
        project.draw_sample(debate, "two", ANN, size=20, seed=1)
        project.draw_sample(debate, "other", ANN, size=20, seed=2)
        drawn = project.drawn_of(debate, "one")
        assert drawn == project.drawn_of(debate, "two") != project.drawn_of(debate, "other")
        assert len(drawn) == len({one.unit for one in drawn}) == 20
        assert {one.stratum for one in drawn} == {"membership", "road-map", NO_POSITION, TEXT}
        weights = dict.fromkeys(strata(debate, "one").values(), 0.0)
        for one in drawn:
            weights[one.stratum] += one.weight
        assert weights == {
            "membership": pytest.approx(30),
            "road-map": pytest.approx(4),
            NO_POSITION: pytest.approx(6),
            TEXT: pytest.approx(40),
        }
        with pytest.raises(ProjectError, match="there is a sample 'one' already"):
            project.draw_sample(debate, "one", ANN, size=15, seed=1)
        with pytest.raises(ProjectError, match="draw 4 at least"):
            project.draw_sample(debate, "three", ANN, size=3, seed=1)
        with pytest.raises(ProjectError, match="there is no sample 'three'; there is: one, other"):
            project.judge(debate, "three")
        told = {one.name: one for one in project.samples(debate)}
        assert (told["one"].size, told["one"].seed) == (20, 1)
        assert sum(number for _, number in told["one"].strata) == 20


def test_a_paragraph_is_drawn_as_it_stands_in_the_text(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=80, seed=1)
        found = [one for one in project.to_code(debate, "all", "Bob") if one.statement is None]
        assert len(found) == 40
        for one in found:
            (words,) = one.spans
            assert words in project.article(debate, one.article).body
        assert len(project.to_code(debate, "all", "Bob", limit=3)) == 3


def answer(debate: Project, stratum: str, unit: project.ToCode, place: int, by: By) -> None:
    """Find every other membership wrong, and a road map in what the machine found nothing in."""
    if stratum == "membership":
        stance = "oppose" if place % 2 else "support"
        project.add_coding(debate, unit.statement.id, "membership", stance, by)
    elif stratum == NO_POSITION:
        project.add_coding(debate, unit.statement.id, "road-map", "support", by)
    project.sampled(debate, "all", unit.unit, by)


def test_what_people_find_is_held_against_what_the_machine_finds(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=80, seed=1)
        of = strata(debate, "all")
        for place, unit in enumerate(project.to_code(debate, "all", "Bob")):
            answer(debate, of[unit.unit], unit, place, BOB)
        assert project.to_code(debate, "all", "Bob") == ()
        judged = project.judge(debate, "all")
        assert (judged.drawn, judged.coded, judged.coders, judged.unknown) == (80, 80, ("Bob",), ())
        found = {one.option: one for one in judged.options}
        right = found["membership"].precision
        assert (right.cases, right.value) == (30, pytest.approx(0.5, abs=0.2))
        assert found["membership"].recall.value == right.value
        assert right.low < right.value < right.high
        assert found["membership"].actor.value == 1
        road = found["road-map"]
        assert (road.precision.value, road.recall.value) == (0.0, 0.0)
        assert (road.precision.cases, road.recall.cases, road.stance.cases) == (4, 6, 0)
        assert found["partnership"].precision.value is None


def test_what_stands_in_no_statement_lowers_recall(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=80, seed=1)
        of = strata(debate, "all")
        missed = 0
        for unit in project.to_code(debate, "all", "Bob"):
            if of[unit.unit] == TEXT and missed < 10:
                (words,) = unit.spans
                start = words.start
                one = project.add_statement(
                    debate, unit.article, [Span(start, start + 7)], BOB,
                    actors=[f"{unit.article}.a0"],
                )  # fmt: skip
                project.add_coding(debate, one, "membership", "support", BOB)
                missed += 1
            elif of[unit.unit] == "membership":
                project.add_coding(debate, unit.statement.id, "membership", "support", BOB)
            project.sampled(debate, "all", unit.unit, BOB)
        one = next(o for o in project.judge(debate, "all").options if o.option == "membership")
        assert one.precision.value == 1
        assert (one.recall.cases, one.recall.value) == (40, pytest.approx(30 / 40))


def test_what_was_found_before_the_sample_is_in_its_statements_not_its_paragraphs(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        (first, *_) = project.articles(debate).items
        one = project.add_statement(
            debate, first.id, [Span(0, 7)], BOB, actors=[f"{first.id}.a0"]
        )  # fmt: skip
        project.add_coding(debate, one, "membership", "support", BOB)
        project.draw_sample(debate, "all", ANN, size=81, seed=1)
        for unit in project.to_code(debate, "all", "Bob"):
            project.sampled(debate, "all", unit.unit, BOB)
        found = next(o for o in project.judge(debate, "all").options if o.option == "membership")
        assert (found.recall.cases, found.recall.value) == (1, 0.0)


def test_an_answer_is_what_was_said_blind_whatever_is_said_later(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=80, seed=1)
        of = strata(debate, "all")
        for place, unit in enumerate(project.to_code(debate, "all", "Bob")):
            answer(debate, of[unit.unit], unit, place, BOB)
        before = project.judge(debate, "all")
        project.accept_all(debate, 0.0, CAT)
        for one in list(project.next_items(debate, limit=100, coder="Bob")):
            project.accept(debate, one.coding.id, BOB)
        (article, *_) = project.articles(debate).items
        for one in project.codings(debate, article.id):
            project.change(debate, one.id, BOB, stance="abstain")
        assert project.judge(debate, "all") == before


def test_who_has_judged_the_machines_coding_is_not_asked(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=80, seed=1)
        project.accept_all(debate, 0.0, BOB)
        left = project.units_left(debate, "all", "Bob")
        assert len(left) == 80 - 34
        assert len(project.units_left(debate, "all", "Cat")) == 80
        of = strata(debate, "all")
        seen = next(unit for unit in of if unit not in left)
        project.sampled(debate, "all", seen, BOB)
        assert project.judge(debate, "all").coded == 0


def test_of_several_coders_most_decide(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=80, seed=1)
        of = strata(debate, "all")
        unit = next(unit for unit, stratum in of.items() if stratum == "membership")
        for by, stance in ((ANN, "support"), (BOB, "support"), (CAT, "oppose")):
            project.add_coding(debate, unit, "membership", stance, by)
            project.sampled(debate, "all", unit, by)
        judged = project.judge(debate, "all")
        assert judged.coders == ("Ann", "Bob", "Cat")
        assert judged.unknown == (NO_POSITION, "road-map", TEXT)
        (one,) = [o for o in judged.options if o.option == "membership"]
        assert (one.precision.value, one.precision.cases) == (1.0, 1)


def test_what_is_coded_stands_for_its_stratum_though_not_all_is_coded(tmp_path):
    """Half of the statements with a position, and all without: the weights even that out."""
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=80, seed=1)
        of = strata(debate, "all")
        done = 0
        for unit in project.to_code(debate, "all", "Bob"):
            if of[unit.unit] == "membership":
                done += 1
                if done > 15:
                    continue
                project.add_coding(debate, unit.statement.id, "membership", "support", BOB)
            elif of[unit.unit] == NO_POSITION:
                project.add_coding(debate, unit.statement.id, "membership", "support", BOB)
            project.sampled(debate, "all", unit.unit, BOB)
        (one,) = [o for o in project.judge(debate, "all").options if o.option == "membership"]
        assert one.recall.value == pytest.approx(30 / 36)


def test_what_it_means_for_the_count(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=80, seed=1)
        for unit in project.to_code(debate, "all", "Bob"):
            project.sampled(debate, "all", unit.unit, BOB)
        judged = project.judge(debate, "all")
        meant = {
            o.option: o for o in project.meaning(debate, judged.options, project.count(debate))
        }
        one = meant["membership"]
        assert one.found == 30
        assert one.right[0] == 0
        assert one.right[1] == 0 < one.right[2] < 10
        assert one.missed is None, "nobody found any, so that nothing tells of those not found"
        assert meant["partnership"].right is None
        (thin, *_) = [o for o in meant.values() if o.thin] or [None]
        assert thin is None, "every stand rests on several"
    with new(tmp_path / "y.whip", 1) as debate:
        project.draw_sample(debate, "all", ANN, size=8, seed=1)
        for unit in project.to_code(debate, "all", "Bob"):
            project.sampled(debate, "all", unit.unit, BOB)
        judged = project.judge(debate, "all")
        counted = project.count(debate)
        meant = {o.option: o for o in project.meaning(debate, judged.options, counted)}
        assert meant["membership"].thin == ("Halvern",)
        assert meant["membership"].wrong[0] == 1
        project.accept_all(debate, 0.0, ANN)
        meant = {o.option: o for o in project.meaning(debate, judged.options, counted)}
        assert (meant["membership"].found, meant["membership"].thin) == (0, ())


def test_the_interval_is_wilson_s():
    found = rightness.wilson(8, 10)
    assert (found.value, found.low, found.high) == (0.8, pytest.approx(0.541, abs=0.002),
                                                    pytest.approx(0.932, abs=0.002))  # fmt: skip


def test_nothing_missed_among_few_does_not_say_that_nothing_is():
    """Of 2,000 paragraphs 20 were read and hold nothing; each might stand for a hundred."""
    cases = [Case("option", 10.0, 1, 1, 1, 1, 1)] * 20 + [Case(TEXT, 100.0, 0, 0, 0, 0, 0)] * 20
    found = share(cases, "right", "wanted", Resamples.of(cases), missed=True)
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low < 0.6
    more = [*cases[:20], *[Case(TEXT, 5.0, 0, 0, 0, 0, 0)] * 400]
    assert share(more, "right", "wanted", Resamples.of(more), missed=True).low > 0.85


def test_the_intervals_hold_what_is_true_in_nine_of_ten_samples():
    for name, (times, width) in held(CORPORA[0], 25, 60).items():
        assert times >= 0.85, name
        assert 0 < width < 0.6, name


def test_paragraphs_are_told_by_their_ids():
    assert paragraph_of("abc:10-25") == ("abc", Span(10, 25))
    assert paragraph_of("abc.m1f") == ("abc", None)


def test_the_command_draws_and_reports(tmp_path, capsys):
    path = tmp_path / "x.whip"
    with new(path, 0) as debate:
        corpus(debate)
    assert main(["sample", str(path), "--size", "10", "--by", "Ann"]) == 0
    assert "10 drawn as sample" in capsys.readouterr().err
    assert main(["sample", str(path), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sample"], told["drawn"], told["coded"]) == ("sample", 10, 0)
    assert told["options"][0]["precision"]["value"] is None
    assert told["options"][0]["means"]["right"] is None
    with project.open_project(path) as debate:
        for unit in project.to_code(debate, "sample", "Bob"):
            if unit.statement is not None:
                project.add_coding(debate, unit.statement.id, "membership", "support", BOB)
            project.sampled(debate, "sample", unit.unit, BOB)
    assert main(["sample", str(path), "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "10 of 10 coded, by Bob" in out
    assert "not known (no case)" in out
    assert "positions that nobody has judged, about" in out
    assert "that the machine didn't find" in out
