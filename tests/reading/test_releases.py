"""Press releases and transcripts: what is read of them, so that who speaks can be told."""

import pytest
from tests.reading import release_samples as samples

from whipcount.reading import read_bytes


def read(text):
    (article,) = read_bytes(text.encode(), "page.txt")
    return article, [" ".join(article.text[start:end].split()) for start, end in article.body]


def test_a_release_ends_before_its_end_mark_and_who_they_are():
    article, body = read(samples.RELEASE)
    assert article.title == "Harbour League Opens Its Table to Arlen"
    assert article.published == "2031-03-04"
    assert [words[:20] for words in body] == [
        "The Harbour League w",
        '"This is a good day ',
        "Arlen will pay a nin",
    ]


def test_notes_to_editors_are_not_read():
    article, body = read(samples.RELEASE_UK)
    assert article.title == "Ferries for Isk: minister sets out timetable"
    assert article.published == "2031-03-04"
    assert body[-1] == "The islanders' council said that it welcomed the plan."


def test_a_sub_heading_that_begins_with_about_ends_nothing():
    text = samples.RELEASE.replace("The Harbour League is an", "It is an").replace("###\n", "")
    _, body = read(text)
    assert "About the Harbour League" in body
    assert body[-1].startswith("It is an association")


@pytest.mark.parametrize("mark", ["ENDS", "-ENDS-", "- ends -", "[END]", "###", "# # #", "-30-"])
def test_end_marks_are_known(mark):
    _, body = read(samples.RELEASE_UK.replace("ENDS", mark))
    assert body[-1] == "The islanders' council said that it welcomed the plan."


def test_a_mark_in_the_middle_of_a_page_ends_nothing():
    sentence = "The envoys of all the eight states have met again today in Arlen."
    _, body = read(f"Arlen waits for a seat\n\n{sentence}\n\n###\n\n" + f"{sentence}\n\n" * 5)
    assert len(body) == 6


def test_a_briefing_has_its_occasion_for_title_and_all_its_turns():
    article, body = read(samples.BRIEFING)
    assert article.title == "Department Press Briefing - March 4, 2031"
    assert (article.published, article.byline, article.outlet) == ("2031-03-04", "", "")
    assert [words.partition(":")[0] for words in body if words[:2] in ("MR", "QU", "Q:")] == [
        *("MR PARR", "QUESTION", "MR PARR", "Q", "MR PARR", "QUESTION")
    ]
    assert any(words.startswith("The league has invited Arlen") for words in body)


def test_names_above_speeches_are_read_from_the_first_on():
    article, body = read(samples.HANSARD)
    assert article.title == "Ferries to Isk"
    assert (article.published, article.byline) == ("2031-03-04", "")
    assert body[0] == "Ann Light (Torvel North) (Lab)"
    assert "Mr Speaker" in body


def test_turns_with_a_full_stop_are_read():
    _, body = read(samples.RECORD)
    assert [words.partition(". ")[0] for words in body][-1] == "The SPEAKER pro tempore"
    assert len(body) == 5
