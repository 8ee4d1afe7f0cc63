"""Copies of articles: what editors do to wire copy, and what they are not."""

import random
from dataclasses import replace

import pytest
from benchmarks.duplicates.making import article_of
from benchmarks.duplicates.stories import versions
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.duplicates import copies

VERSIONS = list(versions())
EDITS = sorted({one.edit for one in VERSIONS if one.story} - {"wire"})


def story_of(name):
    return [one for one in VERSIONS if one.story == name]


@pytest.mark.parametrize("edit", EDITS)
def test_a_wire_story_and_what_an_editor_made_of_it_are_one(edit):
    for version in VERSIONS:
        if version.edit != edit or not version.story:
            continue
        (wire,) = (one for one in story_of(version.story) if one.edit == "wire")
        found = copies([wire.article, version.article])
        assert set(found) | set(found.values()) == {wire.article.id, version.article.id}


def test_stories_on_one_event_written_anew_or_the_day_after_are_not():
    for event in {one.story for one in VERSIONS if one.story}:
        (wire,) = (one for one in story_of(event) if one.edit == "wire")
        others = [one.article for one in VERSIONS if not one.story]
        assert copies([wire.article, *others]) == {}


def test_the_fullest_is_kept_whenever_it_was_printed():
    (wire,) = (one for one in story_of("bridge") if one.edit == "wire")
    (cut,) = (one for one in story_of("bridge") if one.edit == "cut to a half")
    days_later = replace(wire.article, published="2031-03-30")
    assert copies([cut.article, days_later]) == {cut.article.id: wire.article.id}


def test_of_equals_the_oldest_is_kept_and_the_undated_are_no_older():
    text = VERSIONS[0].article.text
    dated = article_of(text, "One title", "2031-03-04", "Post")
    later = article_of(text, "Another title", "2031-03-05", "Mail")
    undated = article_of(text, "A third title", "", "Echo")
    found = copies([undated, later, dated])
    assert found == {undated.id: dated.id, later.id: dated.id}


def test_what_a_copy_is_of_is_no_copy():
    found = copies(one.article for one in VERSIONS)
    assert found
    assert not set(found) & set(found.values())


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_articles_makes_no_difference(draw: random.Random):
    articles = [one.article for one in VERSIONS]
    shuffled = draw.sample(articles, len(articles))
    assert copies(shuffled) == copies(articles)
    assert copies([*shuffled, *shuffled]) == copies(articles)


def test_a_round_up_of_two_stories_does_not_make_them_one():
    bridge, court = (story_of(name)[0].article for name in ("bridge", "court"))
    both = article_of(f"{bridge.text}\n\n{court.text}", "Today", "2031-03-09", "Post")
    assert copies([bridge, court, both]) == {bridge.id: both.id, court.id: both.id}


def test_notices_and_empty_articles_are_nobodys_copies():
    notice = "This story is being updated. Please come back later."
    articles = [article_of(notice, f"Title {place}", "", "Post") for place in range(3)]
    assert copies(articles) == {}
    assert copies([]) == {}
    assert copies([replace(articles[0], text="", body=())]) == {}
