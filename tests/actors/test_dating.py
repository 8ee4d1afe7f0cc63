from __future__ import annotations

import pytest

from whipcount.actors.dating import resolve

from .conftest import date_of

WEDNESDAY = "2031-03-12"


@pytest.mark.parametrize(
    ("words", "published", "date"),
    [
        ("on Monday", WEDNESDAY, "2031-03-10"),
        ("on Wednesday", WEDNESDAY, "2031-03-12"),  # the article's own day
        ("last Wednesday", WEDNESDAY, "2031-03-05"),
        ("on Thursday", WEDNESDAY, "2031-03-06"),
        ("yesterday", WEDNESDAY, "2031-03-11"),
        ("last night", WEDNESDAY, "2031-03-11"),
        ("today", WEDNESDAY, "2031-03-12"),
        ("this morning", WEDNESDAY, "2031-03-12"),
        ("two days ago", WEDNESDAY, "2031-03-10"),
        ("12 days ago", WEDNESDAY, "2031-02-28"),
        ("three months ago", WEDNESDAY, "2030-12"),
        ("a year ago", WEDNESDAY, "2030"),
        ("five hours ago", WEDNESDAY, "2031-03-12"),
        ("last year", WEDNESDAY, "2030"),
        ("last month", WEDNESDAY, "2031-02"),
        ("last month", "2031-01-31", "2030-12"),
        ("last week", "2031-03-03", "2031-02"),
        ("in February", WEDNESDAY, "2031-02"),
        ("in April", WEDNESDAY, "2030-04"),  # the one that is past
        ("in early February", WEDNESDAY, "2031-02"),
        ("on 4 March", WEDNESDAY, "2031-03-04"),
        ("on March 4, 2023", WEDNESDAY, "2023-03-04"),
        ("on the 4th of March 2023", WEDNESDAY, "2023-03-04"),
        ("on 29 February", WEDNESDAY, "2028-02-29"),  # the last leap year
        ("in March 2023", WEDNESDAY, "2023-03"),
        ("in March of 2019", WEDNESDAY, "2019-03"),
        ("in March, 2019,", WEDNESDAY, "2019-03"),
        ("in early May of 2019", WEDNESDAY, "2019-05"),
        ("in 2008", WEDNESDAY, "2008"),
        ("2023-07-11", WEDNESDAY, "2023-07-11"),
        # What can't be told gives nothing.
        ("next Monday", WEDNESDAY, ""),
        ("tomorrow", WEDNESDAY, ""),
        ("on 31 June", WEDNESDAY, ""),
        ("on Monday", "", ""),
        ("on Monday", "2031-03", ""),
        ("last year", "2031", "2030"),
        ("in 2008", "", "2008"),
        ("soon", WEDNESDAY, ""),
        ("", WEDNESDAY, ""),
    ],
)
def test_an_expression_is_resolved_from_the_articles_date(
    words: str, published: str, date: str
) -> None:
    assert resolve(words, published) == date


@pytest.mark.parametrize(
    ("text", "cue", "content", "date"),
    [
        (
            "In 2008, during their summit in Oslo, Polish leaders promised that it would grow.",
            "promised",
            "that it would grow",
            "2008",
        ),
        ("Anna Holm said on Monday that it rains.", "said", "that it rains", "2031-03-10"),
        ("“It rains,” Anna Holm said on Monday.", "said", "“It rains,”", "2031-03-10"),
        (
            "“It rains,” Anna Holm said in an interview on Monday.",
            "said",
            "“It rains,”",
            "2031-03-10",
        ),
        (
            "Speaking on Monday, Anna Holm said that it rains.",
            "said",
            "that it rains",
            "2031-03-10",
        ),
        ("Last year, Anna Holm said that it rains.", "said", "that it rains", "2030"),
        # A date of something else is not the saying's.
        ("Anna Holm said that it rained on Monday.", "said", "that it rained on Monday", WEDNESDAY),
        (
            "Since the flood last year, Anna Holm has called for boats.",
            "called for",
            "boats",
            WEDNESDAY,
        ),
        (
            "Anna Holm, who was elected in 2008, said that it rains.",
            "said",
            "that it rains",
            WEDNESDAY,
        ),
        (
            "Ahead of Monday's vote, Anna Holm said that it rains.",
            "said",
            "that it rains",
            WEDNESDAY,
        ),
        ("It rained on Monday. Anna Holm said that it rains.", "said", "that it rains", WEDNESDAY),
        (
            "Anna Holm said in March of 2019 that it rains.",
            "said",
            "that it rains",
            "2019-03",
        ),
        ("Anna Holm said at the march that it rains.", "said", "that it rains", WEDNESDAY),
        # Not over yet: the article's date.
        ("Earlier this month, Anna Holm said that it rains.", "said", "that it rains", WEDNESDAY),
        ("This year Anna Holm said that it rains.", "said", "that it rains", WEDNESDAY),
        ("Next Monday, Anna Holm will say that it rains.", "say", "that it rains", WEDNESDAY),
    ],
)
def test_a_statement_has_the_date_of_its_saying(
    text: str, cue: str, content: str, date: str
) -> None:
    assert date_of(text, cue, content, WEDNESDAY, "Anna Holm" if "Anna" in text else "") == date


def test_a_statement_of_an_undated_article_is_undated() -> None:
    text = "Anna Holm said on Monday that it rains."
    assert date_of(text, "said", "that it rains", "") == ""


def test_a_full_date_needs_no_date_of_the_article() -> None:
    text = "Anna Holm said on 4 March 2023 that it rains."
    assert date_of(text, "said", "that it rains", "") == "2023-03-04"


def test_a_date_after_the_article_is_not_the_sayings() -> None:
    text = "On 4 March 2040, Anna Holm said that it rains."
    assert date_of(text, "said", "that it rains", WEDNESDAY) == WEDNESDAY
