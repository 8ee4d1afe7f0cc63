"""Whether the machine is right on a corpus, by a sample that people code blind."""

from __future__ import annotations

import json

import pytest

from tests.project.cases import ANN, BOB, coded, new
from whipcount import project
from whipcount.cli import main
from whipcount.errors import ProjectError
from whipcount.project import Project, sampling


def corpus(debate: Project) -> None:
    """Add 40 statements: 30 on membership, 4 on a road map, 6 that the machine finds nothing in."""
    for number in range(40):
        option = "membership" if number < 30 else "road-map"
        line = [("Halvern", f"“We say it for the {number}th time”", option, "support")]
        one = coded(f"Article {number}\n\n", line, path=f"{number}.txt")
        if number >= 34:
            one = type(one)(one.article, one.statements, (), one.codebook)
        project.add(debate, one, ANN)


def test_every_stratum_is_drawn_from_and_a_seed_draws_the_same(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "one", ANN, size=15, seed=1)
        project.draw_sample(debate, "two", ANN, size=15, seed=1)
        drawn = project.drawn_of(debate, "one")
        assert drawn == project.drawn_of(debate, "two")
        assert len(drawn) == 15
        assert {one.stratum for one in drawn} == {"membership", "road-map", "none"}
        assert sum(one.weight for one in drawn) == pytest.approx(40)
        with pytest.raises(ProjectError, match="there is a sample 'one' already"):
            project.draw_sample(debate, "one", ANN, size=15, seed=1)
        with pytest.raises(ProjectError, match="there is no sample 'three'; there is: one, two"):
            project.rightness(debate, "three")


def test_what_people_find_is_held_against_what_the_machine_finds(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        corpus(debate)
        project.draw_sample(debate, "all", ANN, size=40, seed=1)
        for place, statement in enumerate(project.to_code(debate, "all", "Bob")):
            drawn = next(o for o in project.drawn_of(debate, "all") if o.statement == statement.id)
            if drawn.stratum == "membership":
                stance = "oppose" if place % 2 else "support"
                project.add_coding(debate, statement.id, "membership", stance, BOB)
            elif drawn.stratum == "none":
                project.add_coding(debate, statement.id, "road-map", "support", BOB)
            project.sampled(debate, "all", statement.id, BOB)
        assert project.to_code(debate, "all", "Bob") == ()
        found = {one.option: one for one in project.rightness(debate, "all")}
        right = found["membership"].precision
        assert (right.cases, right.value) == (30, pytest.approx(0.5, abs=0.2))
        assert found["membership"].recall.value == right.value
        assert right.low < right.value < right.high
        road = found["road-map"]
        assert (road.precision.value, road.recall.value) == (0.0, 0.0)
        assert (road.precision.cases, road.recall.cases, road.stance.cases) == (4, 6, 0)
        assert found["partnership"].precision.value is None


def test_the_interval_is_wilson_s():
    found = sampling.wilson(8, 10)
    assert (found.value, found.low, found.high) == (0.8, pytest.approx(0.541, abs=0.002),
                                                    pytest.approx(0.932, abs=0.002))  # fmt: skip


def test_the_command_draws_and_reports(tmp_path, capsys):
    path = tmp_path / "x.whip"
    with new(path, 0) as debate:
        corpus(debate)
    assert main(["sample", str(path), "--size", "10", "--by", "Ann"]) == 0
    assert "10 statements drawn as sample" in capsys.readouterr().err
    assert main(["sample", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["options"][0]["precision"]["value"] is None
    assert main(["sample", str(path), "--format", "table"]) == 0
    assert "not known (no case)" in capsys.readouterr().out
