import pytest

from whipcount.reading.datelines import dateline, find_date, line_dates, with_year


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("July 11, 2031", "2031-07-11"),
        ("11 July 2031", "2031-07-11"),
        ("11th of July 2031", "2031-07-11"),
        ("Tuesday, 11 July 2031", "2031-07-11"),
        ("Tue 11 Jul 2031 14.05 BST", "2031-07-11"),
        ("2031-07-11", "2031-07-11"),
        ("2031/07/11", "2031-07-11"),
        ("2031-07-11T14:05:00Z", "2031-07-11"),
        ("Published 11 Jul 2031 14:05 CET", "2031-07-11"),
        ("Sept. 3, 2031 at 6:40 a.m. EDT", "2031-09-03"),
        ("11-Jul-2031", "2031-07-11"),
        ("25/07/2031", "2031-07-25"),  # no month has the number 25
        ("07/25/2031", "2031-07-25"),
        ("07/07/2031", "2031-07-07"),  # the same either way
        ("11/07/2031", ""),  # July or November: not known
        ("11.07.2031", ""),
        ("May 3, 2031 | 5 min read", "2031-05-03"),
    ],
)
def test_a_date_line_gives_its_day(words, published):
    dates = line_dates(words)
    assert dates is not None
    assert (dates.published, dates.rest) == (published, "")


def test_an_update_is_told_from_the_publication():
    dates = line_dates("Published: 3 March 2031, 10:00 | Updated: 5 March 2031, 09:12")
    assert (dates.published, dates.updated, dates.labelled) == ("2031-03-03", "2031-03-05", True)


def test_an_update_alone_is_no_publication():
    dates = line_dates("Last updated on 5 March 2031")
    assert (dates.published, dates.updated) == ("", "2031-03-05")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "The summit of 2031",
        "In March 2031 it rained",
        "March 4",
        "31 February 2031",
        "12-34-56",
    ],
)
def test_words_without_a_whole_day_give_none(words):
    assert find_date(words) == ""


def test_what_is_left_of_a_date_line_keeps_names_that_look_like_time_zones():
    assert line_dates("Cosima Hart, 6 May 2031").rest == "Cosima Hart"


@pytest.mark.parametrize(
    ("words", "place", "agency", "published", "month_day"),
    [
        ("BRUMEL (Harbour Wire) - The ministers met.", "BRUMEL", "Harbour Wire", "", ""),
        ("ARLEN, March 4 (HW) — Talks went on.", "ARLEN", "HW", "", "03-04"),
        ("ARLEN, 4 March 2031 (HW) - Talks.", "ARLEN", "HW", "2031-03-04", ""),
        ("Arlen (HW) – Talks went on.", "Arlen", "HW", "", ""),
        ("NEW ARLEN — Talks went on.", "NEW ARLEN", "", "", ""),
    ],
)
def test_a_dateline_gives_place_agency_and_day(words, place, agency, published, month_day):
    found = dateline(words)
    assert (found.place, found.agency) == (place, agency)
    assert (found.published, found.month_day) == (published, month_day)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Arlen - the capital - was quiet.", "no agency, no date, no capitals"),
        ("EXCLUSIVE: Minister resigns", "a label, not a place"),
        ("Dask (who is 48) - she said so - left.", "the brackets hold no agency"),
        ('Velt: "We will."', "a speaker"),
        ("", "nothing"),
    ],
)
def test_a_dash_alone_makes_no_dateline(words, reason):
    assert dateline(words) is None, reason


def test_a_day_that_its_year_does_not_have_is_empty():
    assert with_year("02-29", "2031") == ""
    assert with_year("02-29", "2032") == "2032-02-29"
