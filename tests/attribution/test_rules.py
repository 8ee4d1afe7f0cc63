"""Who said what, by rules: a row is a text and its statements, with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.articles import article_of
from whipcount.analysis import analyse
from whipcount.attribution import TAGGERS, attribute
from whipcount.errors import ModelError
from whipcount.model import Statement


def read(text: str, headline: bool = False) -> tuple[Statement, ...]:
    return attribute(analyse(article_of(text, headline)), "rules")


def shown(text: str, headline: bool = False) -> list[tuple[str, str, str, list[str]]]:
    """Return a text's statements as kind, source, cue and pieces, in words."""
    return [
        (
            statement.kind,
            statement.speaker,
            " ".join(text[s:e] for s, e in statement.cue),
            [text[s:e] for s, e in statement.content],
        )
        for statement in read(text, headline)
    ]


ROWS = [
    (
        "quotation before the cue",
        "“We will vote for it,” Foreign Minister Ana Velt said on Monday.",
        [("direct", "Foreign Minister Ana Velt", "said", ["“We will vote for it,”"])],
    ),
    (
        "quotation after the cue",
        'The chancellor said: "The time is not ripe."',
        [("direct", "The chancellor", "said", ['"The time is not ripe."'])],
    ),
    (
        "quotation around the cue is two pieces",
        '"The plan is sound," Mr Brask said, "but the money is not there."',
        [
            (
                "direct",
                "Mr Brask",
                "said",
                ['"The plan is sound,"', '"but the money is not there."'],
            )
        ],
    ),
    (
        "inverted cue",
        '"It is a mistake," said Oskar Lind, the mayor of Tolm.',
        [("direct", "Oskar Lind, the mayor of Tolm", "said", ['"It is a mistake,"'])],
    ),
    (
        "a quotation goes on without a cue",
        '"We need it," the mayor said. "And we need it now."',
        [("direct", "the mayor", "said", ['"We need it,"', '"And we need it now."'])],
    ),
    (
        "a quotation goes on in the next paragraph",
        "“The bridge will be built,” Mayor Lind said.\n“It will be built in stone.”",
        [
            (
                "direct",
                "Mayor Lind",
                "said",
                ["“The bridge will be built,”", "“It will be built in stone.”"],
            )
        ],
    ),
    (
        "the time of saying is no source",
        "“It’s time,” the mayor of Tolm said Monday.",
        [("direct", "the mayor of Tolm", "said", ["“It’s time,”"])],
    ),
    (
        "what a quotation ends is led in before the cue",
        "A vote this year, the mayor said, “remains out of the question.”",
        [("mixed", "the mayor", "said", ["A vote this year", "“remains out of the question.”"])],
    ),
    (
        "name and colon",
        "Ana Velt: “We are open to it.”",
        [("direct", "Ana Velt", ":", ["“We are open to it.”"])],
    ),
    (
        "name after a dash",
        '"Let them in." - Ana Velt, foreign minister',
        [("direct", "Ana Velt, foreign minister", "-", ['"Let them in."'])],
    ),
    (
        "an interview, turn by turn",
        "Lind: The bridge is old.\nIs it safe?\nLind: It is not.",
        [
            ("indirect", "Lind", ":", ["The bridge is old."]),
            ("indirect", "Lind", ":", ["It is not."]),
        ],
    ),
    (
        "a preposition's object within an idiom",
        "The mayor has come out against the bridge.",
        [("indirect", "The mayor", "has", ["come out against the bridge"])],
    ),
    (
        "block quotation after a colon",
        "The former minister wrote in a letter:\n“They must not join. Not now.”",
        [("direct", "The former minister", "wrote", ["“They must not join. Not now.”"])],
    ),
    (
        "complement clause, `that` in the content",
        "The minister said that the treaty would be signed.",
        [("indirect", "The minister", "said", ["that the treaty would be signed"])],
    ),
    (
        "clause before its speaker",
        "The treaty will be signed, the minister said.",
        [("indirect", "the minister", "said", ["The treaty will be signed"])],
    ),
    (
        "partly quoted",
        "The minister said the treaty was “dead as a stone”.",
        [("mixed", "The minister", "said", ["the treaty was “dead as a stone”"])],
    ),
    (
        "according to, in front",
        "According to the ministry, the treaty will be signed.",
        [("indirect", "the ministry", "According to", ["the treaty will be signed"])],
    ),
    (
        "according to, at the end",
        "The treaty will be signed, according to the ministry.",
        [("indirect", "the ministry", "according to", ["The treaty will be signed"])],
    ),
    (
        "nominal cue",
        "The council heard the mayor's call for a vote.",
        [("indirect", "the mayor", "'s call for", ["a vote"])],
    ),
    (
        "infinitive",
        "The government wants to join the union.",
        [("indirect", "The government", "wants", ["to join the union"])],
    ),
    (
        "object of an attitude",
        "The party rejected the proposal.",
        [("indirect", "The party", "rejected", ["the proposal"])],
    ),
    (
        "attitude with its preposition",
        "The minister is open to a later vote.",
        [("indirect", "The minister", "is open to", ["a later vote"])],
    ),
    (
        "pushing for",
        "Several ministers are pushing for a road map.",
        [("indirect", "Several ministers", "are pushing for", ["a road map"])],
    ),
    (
        "seen as",
        "The government sees the plan as a threat to peace.",
        [("indirect", "The government", "sees", ["the plan as a threat to peace"])],
    ),
    (
        "a relative clause says it of the noun before",
        "They met the minister, who has long opposed the plan.",
        [("indirect", "the minister", "has long opposed", ["the plan"])],
    ),
    (
        "the predicate is the position",
        "The government has not made up its mind.",
        [("indirect", "The government", "has", ["not made up its mind"])],
    ),
    (
        "those who side with a speaker",
        "The minister, supported by the mayor, proposed that the bridge be built.",
        [
            ("indirect", "The minister", "proposed", ["that the bridge be built"]),
            ("indirect", "the mayor", "supported by", ["that the bridge be built"]),
        ],
    ),
    (
        "nested speech is taken at the outer level",
        "The minister said that the mayor had promised to vote.",
        [("indirect", "The minister", "said", ["that the mayor had promised to vote"])],
    ),
    (
        "a menu of links says nothing",
        "Home\nPolitics\nSport\nSign in",
        [],
    ),
    (
        "a story in the page's own voice says nothing",
        "The bridge was closed at noon. It rained.",
        [],
    ),
]


@pytest.mark.parametrize(("reason", "text", "statements"), ROWS, ids=[row[0] for row in ROWS])
def test_statements_are_read(reason: str, text: str, statements: list[object]) -> None:
    assert sorted(shown(text)) == sorted(statements)


def test_a_headline_names_its_speaker_before_a_colon() -> None:
    found = shown("Velt: Varnia will vote no\nNothing else happened.", headline=True)
    assert found == [("indirect", "Velt", ":", ["Varnia will vote no"])]


def test_ids_count_in_reading_order() -> None:
    text = "The mayor said no.\nThe minister said that it rained.\n“Yes, it did,” said the mayor."
    statements = read(text)
    assert [s.id.split(".")[1] for s in statements] == [str(n) for n in range(len(statements))]
    starts = [s.content[0].start for s in statements]
    assert starts == sorted(starts)


def test_an_empty_article_has_no_statements() -> None:
    assert read("") == ()


def test_an_unknown_tagger_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match=", ".join(TAGGERS)):
        attribute(analyse(article_of("")), tagger="guess")


BITS = ["“", "”", '"', "''", "'", "said", "Ana Velt", "the minister", ",", ".", ":", "—", "that"]
MORE = ["We will vote", "no", "\n", "\u00a0", "\u00ad", "😀", "accord\u00ading to", "according to"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*BITS, *MORE]), max_size=30))
def test_spans_are_in_range_and_never_empty_whatever_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for statement in read(text):
        assert statement.content
        assert statement.cue
        for start, end in (*statement.source, *statement.cue, *statement.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
