"""`whipcount measure`, and `whipcount network --plot`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.dna.databases import small

from whipcount.cli import main
from whipcount.cli.measure import MEASURES, OF_MEASURE, measure
from whipcount.dna import write_database

DOCS = Path(__file__).parents[2] / "docs"
SCHEMAS = DOCS / "schema"
EXAMPLE = Path(__file__).parents[2] / "examples" / "pact"

WINDOWS = ("--window", "weeks", "--size", "8")


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("coded") / "coded.jsonl"
    issue = EXAMPLE / "accession.toml"
    pages = EXAMPLE / "pages"
    assert main(["code", f"{pages}", "--issue", f"{issue}", "-f", "jsonl", "-o", f"{path}"]) == 0
    return path


@pytest.fixture
def run(capsys):
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        done = capsys.readouterr()
        return code, done.out, done.err

    return run


def of(name: str) -> tuple[str, ...]:
    return WINDOWS if name == "phases" else ()


@pytest.mark.parametrize("name", MEASURES)
def test_json_is_as_its_schema_says(name, run, coded):
    jsonschema = pytest.importorskip("jsonschema")
    from referencing import Registry, Resource  # noqa: PLC0415

    schemas = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in (SCHEMAS / "measure.schema.json", SCHEMAS / "network.schema.json")
    }
    registry = Registry().with_resources(
        (file, Resource.from_contents(schema)) for file, schema in schemas.items()
    )
    validator = jsonschema.Draft202012Validator(schemas["measure.schema.json"], registry=registry)
    code, out, err = run("measure", name, coded, "--format", "json", *of(name))
    assert (code, err) == (0, "")
    document = json.loads(out)
    validator.validate(document)
    assert document["measure"] == name
    assert document["rows"]
    assert not validator.is_valid(document | {"extra": 1})
    assert not validator.is_valid(document | {"rows": [{"odd": 1}]})


@pytest.mark.parametrize("name", MEASURES)
def test_csv_has_the_rows_and_a_table_is_for_people(name, run, coded):
    _, out, _ = run("measure", name, coded, "--format", "json", *of(name))
    rows = json.loads(out)["rows"]
    code, out, _ = run("measure", name, coded, "--format", "csv", *of(name))
    read = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [set(one) for one in read] == [set(one) for one in rows]
    code, out, _ = run("measure", name, coded, "--format", "table", *of(name))
    assert code == 0
    assert all(len(line) <= 80 for line in out.splitlines())
    assert len(out.splitlines()) > 3


@pytest.mark.parametrize("name", MEASURES)
def test_the_same_seed_gives_the_same(name, run, coded):
    first, second = (run("measure", name, coded, "-f", "json", *of(name)) for _ in range(2))
    assert first == second


def test_the_example_debate_is_opposed(run, coded):
    _, out, _ = run("measure", "polarisation", coded, "--format", "json")
    (row,) = json.loads(out)["rows"]
    assert row["polarisation"] > 0.5
    assert "Halvern" in row["groups"][1]


def test_options_reach_the_measure(run, coded):
    _, out, _ = run("measure", "bars", coded, "--qualifier", "stance", "-f", "json")
    assert set(json.loads(out)["levels"]) >= {"support", "oppose", "conditional"}
    _, out, _ = run("measure", "backbone", coded, "--penalty", "0", "-f", "json")
    assert sum(row["backbone"] for row in json.loads(out)["rows"]) == 3
    _, out, _ = run("measure", "communities", coded, "--mode", "two", "-f", "json")
    assert {row["variable"] for row in json.loads(out)["rows"]} == {"organization", "concept"}


BAD = [
    (["phases"], "add --window"),
    (["scaling", "--penalty", "3"], "--penalty has no meaning for scaling; it goes with backbone"),
    (["bars", "--window", "days"], "--window has no meaning for bars"),
    (["backbone", "--mode", "two"], "--mode has no meaning for backbone"),
    (["communities", "--rows", "mood"], "no variable is called 'mood'"),
    (["communities", "--normalization", "activity"], "doesn't go with the one-mode network"),
    (["phases", "--window", "years", "--size", "9"], "phases need 3 time windows or more"),
    (["fame"], "is not one of"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD, ids=[words for _, words in BAD])
def test_what_is_wrong_is_told_and_nothing_is_written(arguments, words, run, coded, tmp_path):
    code, printed, err = run("measure", *arguments[:1], coded, *arguments[1:], "-o", tmp_path / "x")
    assert (code, printed) == (2, "")
    assert words in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["communities", "polarisation", "bars"])
def test_nothing_said_is_measured_all_the_same(name, run, tmp_path):
    file = tmp_path / "small.dna"
    write_database(small(), file)
    for form in ("json", "csv", "table"):
        code, _, _ = run("measure", name, file, "--to", "1900-01-01", "--format", form)
        assert code == 0


def test_every_option_of_the_command_is_documented():
    told = (DOCS / "networks.md").read_text(encoding="utf-8")
    told += (DOCS / "from-dna.md").read_text(encoding="utf-8")
    names = {parameter.name for parameter in measure.params}
    assert set(OF_MEASURE) <= names
    for parameter in measure.params:
        if parameter.param_type_name == "option":
            assert any(option in told for option in parameter.opts), parameter.opts
    for name in MEASURES:
        assert f"whipcount measure {name}" in told


def test_a_network_is_drawn_beside_what_is_printed(run, coded, tmp_path):
    pytest.importorskip("matplotlib")
    for ending, head in ((".svg", b"<?xml"), (".png", b"\x89PNG")):
        file = tmp_path / f"drawn{ending}"
        code, out, _ = run("network", coded, "--aggregation", "subtract", "--plot", file)
        assert code == 0
        assert out.startswith('"",')
        assert file.read_bytes().startswith(head)


UNDRAWN = [
    (["--window", "days"], "--plot draws one network"),
    (["--mode", "event"], "--plot draws one network"),
    (["--to", "1900-01-01"], "has no tie to draw"),
]


@pytest.mark.parametrize(("arguments", "words"), UNDRAWN, ids=[str(one[0]) for one in UNDRAWN])
def test_what_can_not_be_drawn_is_told(arguments, words, run, coded, tmp_path):
    pytest.importorskip("matplotlib")
    code, _, err = run("network", coded, "--plot", tmp_path / "x.svg", *arguments)
    assert code == 2
    assert words in err
    assert list(tmp_path.iterdir()) == []


def test_another_picture_than_svg_and_png_is_told(run, coded, tmp_path):
    code, out, err = run("network", coded, "--plot", tmp_path / "x.pdf")
    assert (code, out) == (2, "")
    assert "an .svg or a .png" in err
