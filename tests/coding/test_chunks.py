"""Statements in the portions that the network reads, and the places of what it marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.articles import article_of
from whipcount.analysis import analyse
from whipcount.attribution import attribute
from whipcount.coding.chunks import LONGEST, Chunk, chunks_of
from whipcount.model import Span, Statement


def chunks(text: str, number: int = 0, headline: bool = False) -> list[Chunk]:
    analysis = analyse(article_of(text, headline))
    return list(chunks_of(analysis, attribute(analysis)[number]))


def test_a_line_is_who_how_and_what() -> None:
    (chunk,) = chunks('"We want Tolland in," said Orla Venn.')
    assert chunk.line == 'Orla Venn said: "We want Tolland in,"'
    assert chunk.context == ""


def test_the_sentence_before_and_the_title_are_the_context() -> None:
    text = 'The talks went on. The vote is on Monday. "We want Tolland in," said Orla Venn.'
    (chunk,) = chunks(text)
    assert chunk.context == "The vote is on Monday."
    analysis = analyse(article_of(f"Talks on Tolland\n{text}", headline=True))
    object.__setattr__(analysis.article, "title", "Talks on Tolland")
    (chunk,) = chunks_of(analysis, attribute(analysis)[0])
    assert chunk.context == "Talks on Tolland. The vote is on Monday."


def test_what_is_marked_is_found_again_to_the_character() -> None:
    text = '"We want Tolland in,  but only\u00a0after the war," said Orla Venn.'
    (chunk,) = chunks(text)
    start = chunk.line.index("only after the war")
    found = chunk.found(start, start + len("only after the war"))
    assert found is not None
    assert text[slice(*found)] == "only\u00a0after the war"


def test_what_is_marked_of_source_or_cue_is_nowhere() -> None:
    (chunk,) = chunks('"We want Tolland in," said Orla Venn.')
    assert chunk.found(0, len("Orla Venn")) is None


def test_a_mark_doesn_t_cross_what_stands_between_two_pieces() -> None:
    text = '"We want Tolland in," said Orla Venn, "but only after the war."'
    analysis = analyse(article_of(text))
    statement = attribute(analysis)[0]
    (chunk,) = chunks_of(analysis, statement)
    start = chunk.line.index("in,")
    found = chunk.found(start, len(chunk.line))
    assert found is not None
    assert found.end <= statement.content[0].end


def test_sentences_of_a_long_quotation_are_read_one_after_another() -> None:
    sentence = (
        "We want Tolland in the union, and we have said so for years, to all who would hear. "
    )
    found = chunks(f'"{sentence * 6}" Orla Venn said.')
    assert len(found) > 1
    assert all(one.line.startswith("Orla Venn said: ") for one in found)
    assert found[1].context.startswith("We want Tolland")


def test_a_statement_of_thousands_of_words_is_read_in_bounded_portions() -> None:
    text = f"Orla Venn said we want {'very ' * 5000}much."
    content = (Span(15, len(text)),)
    statement = Statement(
        "s", "indirect", (Span(0, 9),), (Span(10, 14),), content, "Orla Venn", "", ()
    )
    found = list(chunks_of(analyse(article_of(text)), statement))
    assert len(found) > 50
    assert all(len(one.line.split()) < LONGEST + 30 for one in found)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\x1c\x1d\x1e"),
                min_size=1, max_size=30),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_every_character_of_a_line_stands_in_its_statement(pieces: list[str]) -> None:
    text, spans = "Orla Venn said", []
    for piece in pieces:
        spans.append(Span(len(text) + 1, len(text) + 1 + len(piece)))
        text += f" {piece} |"
    statement = Statement(
        "s", "indirect", (Span(0, 9),), (Span(10, 14),), tuple(spans), "Orla Venn", "", ()
    )
    for chunk in chunks_of(analyse(article_of(text)), statement):
        assert len(chunk.line) == chunk.begin + len(chunk.places)
        for letter, place in zip(chunk.line[chunk.begin :], chunk.places, strict=True):
            assert letter in (text[place], " ")


@pytest.mark.parametrize("text", ["", "Orla Venn said nothing at all.\n"])
def test_articles_without_statements_have_none(text: str) -> None:
    analysis = analyse(article_of(text))
    assert [c for s in attribute(analysis)[:0] for c in chunks_of(analysis, s)] == []
