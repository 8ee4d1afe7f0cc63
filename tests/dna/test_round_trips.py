"""Articles to a database of DNA and back; a database of DNA to articles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.dna.databases import HARBOUR, OSTRAND, TEXT, small
from whipcount.dna import (
    coded_statements,
    database_of,
    imported,
    read_database,
    write_database,
)
from whipcount.dna.database import Statement
from whipcount.model import Actor, Article, Coded, Position, Span
from whipcount.model import Statement as Quoted
from whipcount.networks import NetworkOptions, network, to_edges
from whipcount.networks.from_positions import from_coded

WORDS = (
    "\ufeffThe Pact \U0001f680 waits.\r\n\u201cWe are for it\u201d, said Ilsa Torv of Ostrand. "
    "\u201cBut only after the treaty.\u201d Merrow is undecided."
)


def span(words: str) -> Span:
    return Span(WORDS.index(words), WORDS.index(words) + len(words))


def article(text: str = WORDS, **changes: object) -> Article:
    fields = {
        "id": "0123456789abcdef",
        "path": "pages/one.txt",
        "part": None,
        "offset": 0,
        "title": "A long title " * 20,
        "outlet": "The Courier",
        "byline": "Ann Orr",
        "published": "2031-05-02",
        "url": "https://courier.example/one",
        "language": "en",
        "page_sha256": "p",
        "text_sha256": __import__("hashlib").sha256(text.encode()).hexdigest(),
        "text": text,
        "body": (span("The Pact"),),
        "headline": None,
        "teaser": (),
    }
    return Article(**{**fields, **changes})


def coded() -> Coded:
    torv = Actor("a0", "Ilsa Torv", "person", "minister", "Ostrand", "OS", "Ostrand")
    merrow = Actor("a1", "Merrow", "state", speaks_for="Merrow")
    pieces = (span("\u201cWe are for it\u201d"), span("\u201cBut only after the treaty.\u201d"))
    quoted = Quoted(
        "0123456789abcdef.0",
        "direct",
        (span("Ilsa Torv"),),
        (span("said"),),
        pieces,
        "Ilsa Torv of Ostrand",
        "\u201cWe are for it\u201d \u201cBut only after the treaty.\u201d",
        (torv,),
        "2031-05-02",
        0.98765432101,
    )
    whole = Position(
        "statement",
        torv,
        "membership",
        "support",
        date="2031-05-01",
        coder="local 1.0",
        confidence=0.123456789,
        article="0123456789abcdef",
        statement="0123456789abcdef.0",
        piece=0,
        kind="direct",
        quote="\u201cWe are for it\u201d",
        source=(span("Ilsa Torv"),),
        content=(pieces[0],),
    )
    positions = (
        whole,
        replace(
            whole,
            stance="conditional",
            piece=1,
            condition=span("after the treaty"),
            quote="\u201cBut only after the treaty.\u201d",
            content=(pieces[1],),
        ),
        replace(
            whole,
            actor=merrow,
            stance="undecided",
            coder="ida",
            statement=None,
            piece=None,
            quote="Merrow is undecided.",
            content=(span("Merrow is undecided."),),
        ),
    )
    return Coded(article(), (quoted,), positions, (("membership", "digest"),))


@pytest.fixture
def there(tmp_path):
    """Articles written to a file, and the file's path."""
    path = tmp_path / "ours.dna"
    write_database(database_of([coded()]), path)
    return path


def test_articles_come_back_as_they_were(there):
    found = imported(read_database(there))
    assert found.coded == (coded(),)
    assert found.moved == ()
    assert found.unplaced == ()


def test_pieces_are_statements_tied_together_by_a_variable(there):
    table = coded_statements(there, "Quotation", with_texts=True)
    assert table.column("statement").labels == ("0123456789abcdef.0",)
    assert table.column("piece").values == (0, 1)
    assert table.texts == (
        "\u201cWe are for it\u201d",
        "\u201cBut only after the treaty.\u201d",
    )


def test_what_is_neither_yes_nor_no_is_a_type_of_its_own(there):
    assert coded_statements(there).column("stance").labels == ("support",)
    neither = coded_statements(there, "Position without yes or no")
    assert neither.column("stance").labels == ("conditional", "undecided")


def test_networks_of_the_file_are_those_of_the_positions(there):
    options = NetworkOptions(aggregation="subtract")
    expected = network(from_coded([coded()]), options)
    assert to_edges(network(coded_statements(there), options)) == to_edges(expected)
    assert to_edges(expected) == [("Ostrand", "membership", 1.0)]


def test_what_was_changed_in_dna_is_taken_over(there):
    database = read_database(there)
    ids = {one.name: one.id for one in database.types[0].variables}
    first = next(one for one in database.statements if one.type == 1)
    values = dict(first.values) | {ids["agreement"]: 0, ids["concept"]: "road-map"}
    values[ids["person"]] = "I. Torv"
    changed = replace(first, values=tuple(sorted(values.items())), stop=first.stop - 1)
    statements = tuple(changed if one is first else one for one in database.statements)
    (position, *others) = imported(replace(database, statements=statements)).coded[0].positions
    assert (position.stance, position.option, position.actor.name) == (
        "oppose",
        "road-map",
        "I. Torv",
    )
    assert tuple(others) == coded().positions[1:]


def test_words_that_moved_are_found_and_others_reported(there):
    database = read_database(there)
    document = replace(
        database.documents[0], text="New. " + WORDS.replace("Merrow is", "Merrow was")
    )
    found = imported(replace(database, documents=(document,)))
    (one,) = found.coded
    texts = [one.article.text[p.content[0].start : p.content[0].end] for p in one.positions]
    assert texts == ["\u201cWe are for it\u201d", "\u201cBut only after the treaty.\u201d"]
    assert len(found.moved) == 3
    (statement,) = one.statements
    assert statement.id == f"{one.article.id}.0"
    assert statement.actors[0].id == one.positions[0].actor.id
    assert {position.article for position in one.positions} == {one.article.id}
    for spans, words in (
        (statement.source, "Ilsa Torv"),
        (statement.cue, "said"),
        ((one.positions[1].condition,), "after the treaty"),
    ):
        assert [one.article.text[start:end] for start, end in spans] == [words]
    assert [lost.words for lost in found.unplaced] == ["Merrow is undecided."]


def test_statements_of_dna_become_positions_and_the_rest_is_kept():
    found = imported(small(), "small.dna")
    first, second = found.coded
    assert [(p.actor.name, p.option, p.stance, p.quote) for p in first.positions] == [
        ("Marta Velt", "close the harbour", "support", TEXT[slice(*HARBOUR)]),
        ("Ostrand", "close the harbour", "oppose", TEXT[slice(*OSTRAND)]),
    ]
    assert {p.coder for p in first.positions} == {"Ida"}
    assert (first.article.outlet, first.article.byline) == ("The Courier", "Ann Orr")
    assert first.article.published == "1970-01-12"
    assert second.positions == ()
    assert found.kept == small()


def test_a_statement_outside_of_its_document_is_reported():
    values = ((1, "Marta Velt"), (2, ""), (3, "close the harbour"), (4, 1))
    statements = (Statement(7, 1, 1, 5, 10_000, 1, values, placed=False),)
    found = imported(small(statements=statements))
    assert found.coded[0].positions == ()
    assert [(one.statement, one.document) for one in found.unplaced] == [(7, 1)]


def test_no_articles_are_a_database_without_documents(tmp_path):
    write_database(database_of([]), tmp_path / "none.dna")
    assert imported(read_database(tmp_path / "none.dna")).coded == ()
