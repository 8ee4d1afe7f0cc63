"""GraphML, GEXF and Web Annotations are what their own specifications ask for.

The rules are those of the formats' schemas (graphml.graphdrawing.org, gexf.net 1.3 and
w3.org/TR/annotation-model), said again: which elements stand where, which attributes they have and
what these may be.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.dna.databases import small
from tests.dna.test_round_trips import WORDS, article, coded
from tests.networks.statements import BEGIN, Row, table_of
from whipcount.cli import main
from whipcount.dna import coded_statements, write_database
from whipcount.dna.database import Entity, Variable
from whipcount.networks import (
    CodedStatements,
    Network,
    NetworkOptions,
    network,
    time_windows,
    to_edges,
)
from whipcount.networks.annotations import annotation_page
from whipcount.networks.gexf import write_gexf, write_gexf_windows
from whipcount.networks.graphml import name_tokens, write_graphml

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
TOKEN = re.compile(r"[-.:_\w]+")
MOMENT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
ODD = "Ærø <&> \"the\" 'party', 東 \U0001f6a2\nof two lines"


@pytest.fixture
def odd(tmp_path) -> CodedStatements:
    """Statements of an odd name whose attributes have odd names too."""
    database = small()
    (person, *others), weather = database.types[0].variables, database.types[1]
    names = ("Type", "two words", "two.words", "two/words", "größe", "label")
    attributes = tuple((name, f"{name}: <{ODD}>") for name in names)
    velt = Entity(2, ODD, (255, 0, 51), None, attributes)
    person = Variable(1, "person", "short text", names, (person.entities[0], velt))
    types = (replace(database.types[0], variables=(person, *others)), weather)
    statements = tuple(
        replace(one, values=tuple((at, ODD if value == "Marta Velt" else value)
                                  for at, value in one.values))
        for one in database.statements
    )  # fmt: skip
    write_database(replace(database, types=types, statements=statements), tmp_path / "odd.dna")
    return coded_statements(tmp_path / "odd.dna")


PEOPLE = NetworkOptions(rows="person", qualifier=None)
ROWS = [
    Row(1, BEGIN, 1, "", ODD, "x", 1),
    Row(2, BEGIN, 1, "", "Velt", "x", 0),
    Row(3, BEGIN.replace(day=22), 2, "", "Velt", "y", 1),
    Row(4, BEGIN.replace(day=23), 2, "", ODD, "y", 1),
    Row(5, BEGIN.replace(day=25), 3, "", "alone", "z", 1),
]
NETWORKS: dict[str, Callable[[], Network]] = {
    "two": lambda: network(table_of(ROWS), NetworkOptions(aggregation="subtract")),
    "one": lambda: network(
        table_of(ROWS), NetworkOptions("one", aggregation="subtract", normalization="average")
    ),
    "empty": lambda: network(table_of([])),
}
EVERY = pytest.mark.parametrize("name", NETWORKS)


def written(write: Callable[[io.StringIO, Network], object], found: Network) -> str:
    stream = io.StringIO()
    write(stream, found)
    return stream.getvalue()


def children(element: ElementTree.Element) -> list[str]:
    """Return the names of what an element has, one after the other once."""
    names = [child.tag.rpartition("}")[2] for child in element]
    return [one for place, one in enumerate(names) if place == 0 or names[place - 1] != one]


def assert_graphml(text: str) -> None:
    """Assert that a text is GraphML as its schema has it, with yEd's node graphics."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{GRAPHML}graphml"
    assert children(root) == ["key", "graph"]
    keys = {}
    for key in root.iter(f"{GRAPHML}key"):
        assert key.get("for") in ("all", "graph", "node", "edge")
        assert TOKEN.fullmatch(key.attrib["id"])
        assert key.attrib["id"] not in keys
        keys[key.attrib["id"]] = key
        if "yfiles.type" in key.attrib:
            continue
        assert TOKEN.fullmatch(key.attrib["attr.name"]), "an attribute's name is a name token"
        assert key.attrib["attr.type"] in ("boolean", "int", "long", "float", "double", "string")
        assert children(key) in ([], ["desc"])
    names = [(key.get("for"), key.get("attr.name")) for key in keys.values()]
    assert len(set(names)) == len(names)
    (graph,) = root.iter(f"{GRAPHML}graph")
    assert graph.get("edgedefault") in ("directed", "undirected")
    assert set(children(graph)) <= {"data", "node", "edge"}
    ids = [node.attrib["id"] for node in graph.iter(f"{GRAPHML}node")]
    assert len(set(ids)) == len(ids)
    for edge in graph.iter(f"{GRAPHML}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(ids)
    for holder in (graph, *graph):
        domain = holder.tag.removeprefix(GRAPHML)
        used = [child.attrib["key"] for child in holder if child.tag == f"{GRAPHML}data"]
        assert len(set(used)) == len(used), "an attribute is said once"
        for child in holder.findall(f"{GRAPHML}data"):
            key = keys[child.attrib["key"]]
            assert key.get("for") == domain
            if key.get("attr.type") in ("int", "double"):
                assert float(child.text or "") == float(child.text or "")


@EVERY
def test_graphml_is_as_its_schema_says(name):
    assert_graphml(written(write_graphml, NETWORKS[name]()))


def test_odd_names_of_attributes_are_tokens_and_said_in_full(odd):
    text = written(write_graphml, network(odd, PEOPLE))
    assert_graphml(text)
    root = ElementTree.fromstring(text)
    keys = [key for key in root.iter(f"{GRAPHML}key") if key.get("for") == "node"]
    told = {
        key.findtext(f"{GRAPHML}desc") or key.get("attr.name"): key.get("attr.name") for key in keys
    }
    assert told["Type"] == "Type"
    assert told["two words"] == "two_words"
    assert told["two/words"] == "two_words_2"
    assert told["two.words"] == "two.words"
    assert told["größe"] == "größe"
    assert told["person label"] == "person_label"


def test_tokens_are_never_two_attributes():
    names = ["a b", "a_b", "a/b", "a_b_2", "", " "]
    tokens = name_tokens(names)
    assert list(tokens) == names
    assert len(set(tokens.values())) == len(names)
    assert all(TOKEN.fullmatch(token) for token in tokens.values())


def test_every_attribute_comes_back_from_graphml_through_networkx_and_igraph(odd, tmp_path):
    networkx, igraph = pytest.importorskip("networkx"), pytest.importorskip("igraph")
    path = tmp_path / "odd.graphml"
    path.write_text(written(write_graphml, network(odd, PEOPLE)), encoding="utf-8")
    graph = networkx.read_graphml(path)
    node = next(data for _, data in graph.nodes(data=True) if data["variable"] == "person")
    assert node["label"] == ODD
    assert node["two_words"] == f"two words: <{ODD}>"
    assert node["two_words_2"] == f"two/words: <{ODD}>"
    assert node["person_label"] == f"label: <{ODD}>"
    assert (node["r"], node["g"], node["b"], node["statements"]) == (255, 0, 51, 1)
    vertex = next(one for one in igraph.Graph.Read_GraphML(str(path)).vs if one["label"] == ODD)
    assert vertex["two_words"] == f"two words: <{ODD}>"
    assert vertex["größe"] == f"größe: <{ODD}>"
    assert vertex["statements"] == 1


def assert_gexf(text: str) -> None:
    """Assert that a text is GEXF 1.3 as its schema has it."""
    root = ElementTree.fromstring(text)
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.3")
    (graph,) = root
    assert children(graph) == ["attributes", "nodes", "edges"]
    assert graph.get("mode") in ("static", "dynamic")
    assert graph.get("timeformat", "double") in ("integer", "double", "date", "dateTime")
    declared = {}
    for attributes in graph.findall(f"{GEXF}attributes"):
        class_ = attributes.get("class")
        assert class_ in ("node", "edge")
        assert attributes.get("mode") in ("static", "dynamic")
        for one in attributes:
            assert one.attrib.keys() == {"id", "title", "type"}
            assert one.get("type") in ("integer", "double", "boolean", "string")
            assert (class_, one.get("id")) not in declared
            declared[class_, one.get("id")] = attributes.get("mode"), one.get("type")
    ids = [node.attrib["id"] for node in graph.iter(f"{GEXF}node")]
    assert len(set(ids)) == len(ids)
    for kind in ("node", "edge"):
        for one in graph.iter(f"{GEXF}{kind}"):
            assert set(children(one)) <= {"attvalues", "spells", "color"}
            assert len(children(one)) == len(list(one)), "each of them once"
            for value in one.iter(f"{GEXF}attvalue"):
                mode, type_ = declared[kind, value.get("for")]
                assert "value" in value.attrib
                assert ("start" in value.attrib) == (mode == "dynamic")
                if type_ in ("integer", "double"):
                    float(value.attrib["value"])
    for edge in graph.iter(f"{GEXF}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(ids)
        assert "id" in edge.attrib
        float(edge.get("weight", "1"))
    for timed in (*graph.iter(f"{GEXF}spell"), *graph.iter(f"{GEXF}attvalue")):
        if "start" in timed.attrib:
            assert MOMENT.fullmatch(timed.attrib["start"])
            assert MOMENT.fullmatch(timed.attrib["end"])
            assert timed.attrib["start"] <= timed.attrib["end"]
    for color in graph.iter(f"{VIZ}color"):
        assert all(0 <= int(color.attrib[part]) <= 255 for part in "rgb")
    for spells in graph.iter(f"{GEXF}spells"):
        ends = [(one.attrib["start"], one.attrib["end"]) for one in spells]
        assert ends == sorted(ends) != []
        assert all(one[1] < other[0] for one, other in itertools.pairwise(ends))


@EVERY
def test_gexf_is_as_its_schema_says(name):
    assert_gexf(written(write_gexf, NETWORKS[name]()))


@pytest.mark.parametrize("kernel", ["no", "gaussian"])
@pytest.mark.parametrize("mode", ["one", "two"])
def test_gexf_with_time_is_as_its_schema_says(mode, kernel):
    options = NetworkOptions(mode, aggregation="subtract", window="days", size=2, kernel=kernel)
    stream = io.StringIO()
    assert write_gexf_windows(stream, time_windows(table_of(ROWS), options)[1])
    assert_gexf(stream.getvalue())


def test_every_attribute_comes_back_from_gexf_through_networkx(odd, tmp_path):
    networkx = pytest.importorskip("networkx")
    path = tmp_path / "odd.gexf"
    path.write_text(written(write_gexf, network(odd, PEOPLE)), encoding="utf-8")
    assert_gexf(path.read_text(encoding="utf-8"))
    graph = networkx.read_gexf(path, version="1.3")
    node = next(data for _, data in graph.nodes(data=True) if data["variable"] == "person")
    assert node["two/words"] == f"two/words: <{ODD}>"
    assert node["label"] == ODD
    color = node["viz"]["color"]
    assert (color["r"], color["g"], color["b"]) == (255, 0, 51)


@pytest.mark.parametrize("mode", ["one", "two"])
def test_windows_come_back_from_gexf_through_networkx(mode, tmp_path):
    networkx = pytest.importorskip("networkx")
    options = NetworkOptions(mode, aggregation="subtract", window="days", size=2)
    windows = list(time_windows(table_of(ROWS), options)[1])
    stream = io.StringIO()
    write_gexf_windows(stream, windows)
    # networkx knows days alone, and takes any text for one.
    path = tmp_path / "windows.gexf"
    path.write_text(stream.getvalue().replace('"dateTime"', '"date"', 1), encoding="utf-8")
    graph = networkx.read_gexf(path, version="1.3")
    labels = {id_: data["label"] for id_, data in graph.nodes(data=True)}
    found: dict[str, set[tuple[frozenset[str], float]]] = {}
    for one, other, data in graph.edges(data=True):
        for weight, start, _ in data["weight"]:
            found.setdefault(start, set()).add((frozenset({labels[one], labels[other]}), weight))
    expected = {
        one.middle.isoformat(): {(frozenset(tie[:2]), tie[2]) for tie in to_edges(one)}
        for one in windows
        if one.middle is not None and to_edges(one)
    }
    assert found == expected != {}


ANNOTATION = {"id", "type", "motivation", "creator", "body", "target"}


def test_annotations_are_as_the_web_annotation_data_model_says():
    other = article(id="fedcba9876543210", url="")
    page = annotation_page([coded(), replace(coded(), article=other)], {"ida"})
    assert page.keys() == {"@context", "id", "type", "items"}
    assert re.fullmatch(r"urn:whipcount:page:[0-9a-f]{16}", page["id"])
    assert (page["@context"], page["type"]) == (
        "http://www.w3.org/ns/anno.jsonld",
        "AnnotationPage",
    )
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids) > 3
    for item in page["items"]:
        assert item.keys() == ANNOTATION
        assert item["type"] == "Annotation"
        assert re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", item["id"]), "an id is an IRI"
        assert re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", item["target"]["source"])
        assert item["creator"]["type"] == (
            "Person" if item["creator"]["name"] == "ida" else "Software"
        )
        for body in item["body"]:
            assert body.keys() == {"type", "purpose", "value"}
            assert (body["type"], body["purpose"]) == ("TextualBody", "tagging")
        position, quote = item["target"]["selector"]
        assert position.keys() == {"type", "start", "end"}
        assert position["type"] == "TextPositionSelector"
        assert 0 <= position["start"] < position["end"] <= len(WORDS)
        assert quote.keys() == {"type", "exact", "prefix", "suffix"}
        assert quote["type"] == "TextQuoteSelector"
        assert WORDS[position["start"] : position["end"]] == quote["exact"]
        assert WORDS[: position["start"]].endswith(quote["prefix"])
        assert WORDS[position["end"] :].startswith(quote["suffix"])


def test_an_address_that_is_no_iri_is_no_source(tmp_path):
    spaces = replace(coded(), article=article(url="https://courier.example/a b \u201cc\u201d"))
    (first, *_) = annotation_page([spaces])["items"]
    assert first["target"]["source"] == "https://courier.example/a%20b%20%E2%80%9Cc%E2%80%9D"


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_control_character_leaves_no_half_written_file(form, tmp_path: Path, capsys):
    database = small()
    variables = list(database.types[0].variables)
    bad = replace(variables[1].entities[1], value="Ost\x0brand")
    variables[1] = replace(variables[1], entities=(variables[1].entities[0], bad))
    types = (replace(database.types[0], variables=tuple(variables)), database.types[1])
    statements = tuple(
        replace(one, values=tuple((at, "Ost\x0brand" if value == "Ostrand" else value)
                                  for at, value in one.values))
        for one in database.statements
    )  # fmt: skip
    write_database(replace(database, types=types, statements=statements), tmp_path / "odd.dna")
    out = tmp_path / f"out.{form}"
    out.write_text("before", encoding="utf-8")
    assert main(["network", str(tmp_path / "odd.dna"), "--out", str(out)]) == 2
    assert "'Ost\\x0brand' has a character that XML can't hold (U+000B)" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["odd.dna", out.name]
