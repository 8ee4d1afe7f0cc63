"""An article is parsed once, paragraph by paragraph, with offsets that lead back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.articles import article_of
from whipcount import analysis as rooms
from whipcount.analysis import LONGEST_PARAGRAPH, analyse, language_model
from whipcount.errors import ModelError
from whipcount.model import Span

WORDS = st.text(st.sampled_from("abz “”’.\u00a0\u00ad😀é,\n"), max_size=80)


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_every_token_leads_back_to_its_characters(text: str) -> None:
    article = article_of(text)
    for paragraph in analyse(article).paragraphs:
        for token in paragraph.doc:
            span = paragraph.characters(token.idx, token.idx + len(token))
            assert paragraph.span.start <= span.start < span.end <= paragraph.span.end
            assert token.text[0] in (article.text[span.start], " ", '"', "'")


def test_no_sentence_crosses_a_paragraph() -> None:
    analysis = analyse(article_of("The vote is\non Monday."))
    assert [p.doc.text for p in analysis.paragraphs] == ["The vote is", "on Monday."]


def test_the_headline_is_read_first_and_said_to_be_one() -> None:
    analysis = analyse(article_of("Varnia waits\nIt waits.", headline=True))
    assert [p.place for p in analysis.paragraphs] == ["headline", "body"]


def test_an_article_without_words_has_no_paragraphs() -> None:
    assert analyse(article_of("")).paragraphs == ()


def test_a_span_over_two_paragraphs_gives_the_tokens_of_both() -> None:
    analysis = analyse(article_of("Varnia waits.\nIt waits."))
    assert [t.text for t in analysis.tokens(Span(7, 16))] == ["waits.", "It"]
    assert analysis.paragraph_at(13) is None


def test_a_paragraph_on_one_endless_line_is_parsed_in_parts() -> None:
    text = "Varnia waits for the vote. " * 900
    analysis = analyse(article_of(text))
    assert len(analysis.paragraphs) > 1
    assert all(len(p.doc.text) <= LONGEST_PARAGRAPH for p in analysis.paragraphs)
    assert analysis.paragraphs[-1].span.end == len(text)


def test_a_missing_model_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    language_model.cache_clear()
    monkeypatch.setattr(rooms, "MODELS", ("no_such_model",))
    with pytest.raises(ModelError, match="no-such-model"):
        language_model()
    language_model.cache_clear()


def test_what_several_steps_read_is_made_once() -> None:
    made = []

    def count(analysis: rooms.Analysis) -> int:
        made.append(analysis)
        return len(analysis.paragraphs)

    first, second = analyse(article_of("A day.\nA night.")), analyse(article_of("A day."))
    assert (first.once(count), first.once(count), second.once(count)) == (2, 2, 1)
    assert made == [first, second]
