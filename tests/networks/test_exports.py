"""Networks in other libraries and formats, each read again by a reader that isn't ours."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from tests.dna.databases import small
from tests.dna.test_round_trips import WORDS, coded
from tests.networks.statements import BEGIN, Row, table_of
from whipcount.dna import coded_statements, write_database
from whipcount.errors import NetworkError
from whipcount.networks import (
    CodedStatements,
    NetworkOptions,
    network,
    time_windows,
    to_edges,
    to_igraph,
    to_networkx,
    to_numpy,
    to_polars,
)
from whipcount.networks.annotations import annotation_page
from whipcount.networks.flat import columns_of, rows_of, write_parquet, write_xlsx
from whipcount.networks.from_positions import from_coded
from whipcount.networks.gexf import write_gexf, write_gexf_windows
from whipcount.networks.graphml import write_graphml
from whipcount.rendering import networks as rendered

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "network.schema.json"
GEXF = "{http://gexf.net/1.3}"

ROWS = [
    Row(1, BEGIN, 1, "", 'The "Blue" & <Green> party', "x", 1),
    Row(2, BEGIN, 1, "", "Velt", "x", 0),
    Row(3, BEGIN.replace(day=22), 2, "", "Velt", "y", 1),
    Row(4, BEGIN.replace(day=23), 2, "", "x", "y", 1),  # an organization called as a concept
]
OPTIONS = [
    NetworkOptions(aggregation="subtract"),
    NetworkOptions("one", aggregation="subtract", normalization="average"),
]
BOTH = pytest.mark.parametrize("options", OPTIONS, ids=["two", "one"])


@pytest.fixture
def entities(tmp_path) -> CodedStatements:
    """Statements whose values have colours and attributes."""
    write_database(small(), tmp_path / "small.dna")
    return coded_statements(tmp_path / "small.dna", with_texts=True)


@BOTH
def test_polars_and_numpy_have_the_matrix(options):
    pytest.importorskip("polars")
    found = network(table_of(ROWS), options)
    frame = to_polars(found)
    assert frame["row"].to_list() == list(found.rows)
    assert frame.columns[1:] == list(found.columns)
    assert frame.drop("row").to_numpy().tolist() == to_numpy(found).tolist()


@BOTH
def test_networkx_has_the_ties(options):
    pytest.importorskip("networkx")
    found = network(table_of(ROWS), options)
    graph = to_networkx(found)
    names = {str(node): data["label"] for node, data in graph.nodes(data=True)}
    ties = {
        (frozenset([names[str(one)], names[str(two)]]), weight)
        for one, two, weight in graph.edges(data="weight")
    }
    assert ties == {(frozenset(tie[:2]), tie[2]) for tie in to_edges(found)}
    assert len(graph) == len(found.rows) + (0 if found.is_one_mode else len(found.columns))


@BOTH
def test_igraph_has_the_ties(options):
    pytest.importorskip("igraph")
    found = network(table_of(ROWS), options)
    graph = to_igraph(found)
    names = graph.vs["name"]
    ties = [(names[e.source], names[e.target], e["weight"]) for e in graph.es]
    assert ties == to_edges(found)
    if not found.is_one_mode:
        assert graph.is_bipartite()
        assert graph.vs["type"] == [False] * 3 + [True] * 2


@BOTH
def test_graphml_is_read_again_with_all_attributes(options, entities, tmp_path):
    networkx = pytest.importorskip("networkx")
    found = network(entities, NetworkOptions(options.mode, rows="person", qualifier=None))
    path = tmp_path / "one.graphml"
    with path.open("w", encoding="utf-8") as stream:
        write_graphml(stream, found)
    graph = networkx.read_graphml(path)
    velt = next(data for _, data in graph.nodes(data=True) if data["label"] == "Marta Velt")
    assert velt["Type"] == "minister"
    assert (velt["r"], velt["g"], velt["b"]) == (255, 0, 51)
    assert velt["statements"] == 1
    assert graph.graph["rows"] == "person"
    igraph = pytest.importorskip("igraph")
    again = igraph.Graph.Read_GraphML(str(path))
    assert sorted(again.vs["label"]) == sorted(data["label"] for _, data in graph.nodes(data=True))
    weights = again.es["weight"] if again.ecount() else []
    assert weights == [weight for *_, weight in to_edges(found)]


@BOTH
def test_labels_are_escaped_in_graphml(options):
    found = network(table_of(ROWS), options)
    stream = io.StringIO()
    write_graphml(stream, found)
    text = "".join(ElementTree.fromstring(stream.getvalue()).itertext())
    assert 'The "Blue" & <Green> party' in text


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_a_character_that_xml_cannot_hold_is_told_before_anything_is_written(write):
    found = network(table_of([Row(1, BEGIN, 1, "", "Velt\x08", "x")]))
    stream = io.StringIO()
    with pytest.raises(NetworkError, match=r"'Velt\\x08' has a character .* \(U\+0008\)"):
        write(stream, found)
    assert stream.getvalue() == ""


@BOTH
def test_gexf_has_nodes_and_ties(options):
    found = network(table_of(ROWS), options)
    stream = io.StringIO()
    write_gexf(stream, found)
    tree = ElementTree.fromstring(stream.getvalue())
    labels = {node.get("id"): node.get("label") for node in tree.iter(f"{GEXF}node")}
    ties = [
        (labels[edge.get("source")], labels[edge.get("target")], float(edge.get("weight", "")))
        for edge in tree.iter(f"{GEXF}edge")
    ]
    assert ties == to_edges(found)


def test_gexf_holds_windows_as_time():
    _, found = time_windows(table_of(ROWS), NetworkOptions("one", window="days", size=1))
    stream = io.StringIO()
    assert write_gexf_windows(stream, found) == 4
    tree = ElementTree.fromstring(stream.getvalue())
    graph = tree.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "dateTime")
    (edge,) = tree.iter(f"{GEXF}edge")
    (value,) = edge.iter(f"{GEXF}attvalue")
    assert (value.get("start"), value.get("end")) == ("2021-12-20T00:00:00", "2021-12-21T00:00:00")
    velt = next(n for n in tree.iter(f"{GEXF}node") if n.get("label") == "Velt")
    assert [(s.get("start"), s.get("end")) for s in velt.iter(f"{GEXF}spell")] == [
        ("2021-12-20T00:00:00", "2021-12-21T00:00:00"),
        ("2021-12-22T00:00:00", "2021-12-23T00:00:00"),
    ]


@BOTH
def test_csv_is_read_again_to_the_last_digit(options):
    found = network(table_of(ROWS), options)
    stream = io.StringIO()
    rendered.write_matrix(stream, found)
    head, *rows = csv.reader(io.StringIO(stream.getvalue()))
    assert head == ["", *found.columns]
    assert [row[0] for row in rows] == list(found.rows)
    assert [[float(cell) for cell in row[1:]] for row in rows] == to_numpy(found).tolist()
    stream = io.StringIO()
    rendered.write_edges(stream, [found], windows=False)
    _, *ties = csv.reader(io.StringIO(stream.getvalue()))
    assert [(one, two, float(weight)) for one, two, weight in ties] == to_edges(found)


@BOTH
def test_json_is_as_its_schema_says(options, entities):
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for table in (table_of(ROWS), entities, table_of([])):
        document = rendered.network_document("x.dna", [network(table, options)])
        validator.validate(json.loads(json.dumps(document)))
        every = NetworkOptions("event")
        events = rendered.event_document("x", every, table, select_all(table))
        validator.validate(json.loads(json.dumps(events)))


def select_all(table: CodedStatements):
    import numpy as np  # noqa: PLC0415

    return np.arange(len(table))


def test_the_flat_table_has_everything_that_is_known(entities):
    columns = columns_of(entities)
    rows = [dict(zip(columns, row, strict=True)) for row in rows_of(entities, select_all(entities))]
    assert rows[0]["person"] == "Marta Velt"
    assert rows[0]["person Type"] == "minister"
    assert rows[0]["text"] == "the harbour must close."
    assert rows[0]["document_author"] == "Ann Orr"
    assert rows[1]["person"] is None
    assert [row["agreement"] for row in rows] == [1, 0]


def test_the_flat_table_as_parquet_and_spreadsheet(entities):
    polars = pytest.importorskip("polars")
    pytest.importorskip("xlsxwriter")
    file = io.BytesIO()
    write_parquet(entities, select_all(entities), file)
    file.seek(0)
    frame = polars.read_parquet(file)
    assert frame.columns == list(columns_of(entities))
    assert [list(row) for row in frame.rows()] == list(rows_of(entities, select_all(entities)))
    book = io.BytesIO()
    write_xlsx(entities, select_all(entities), book)
    assert book.getvalue().startswith(b"PK")
    write_parquet(table_of([]), select_all(table_of([])), io.BytesIO())


def test_annotations_find_their_words_again():
    page = annotation_page([coded()])
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == 3
    for item in page["items"]:
        position, quote = item["target"]["selector"]
        exact = WORDS[position["start"] : position["end"]]
        assert quote["exact"] == exact
        assert quote["prefix"] + exact + quote["suffix"] in WORDS
        assert item["target"]["source"] == "https://courier.example/one"
    assert {"value": "stance: support", "type": "TextualBody", "purpose": "tagging"} in page[
        "items"
    ][0]["body"]


def test_positions_have_no_attributes_and_are_written_all_the_same():
    table = from_coded([coded()])
    assert len(list(rows_of(table, select_all(table)))) == 3
