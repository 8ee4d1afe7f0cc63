import pytest

from whipcount.reading.bylines import (
    byline,
    copyright_outlet,
    credit,
    is_outlet,
    join_names,
    outlet_of,
    reporter_in,
)


@pytest.mark.parametrize(
    ("words", "names", "outlet"),
    [
        ("By Jane Doe", "Jane Doe", ""),
        ("BY JANE DOE", "Jane Doe", ""),
        ("By Jane Doe and John Roe", "Jane Doe and John Roe", ""),
        ("By Jane Doe, John Roe and Ann Lee", "Jane Doe, John Roe and Ann Lee", ""),
        (
            "By Jane Doe and John Roe, The Harbour Courier",
            "Jane Doe and John Roe",
            "The Harbour Courier",
        ),
        ("Written by Mary-Ann O'Dell", "Mary-Ann O'Dell", ""),
        ("By Alexa von Nehring", "Alexa von Nehring", ""),
        ("By J. P. Roe, political correspondent", "J. P. Roe", ""),
        ("By Kim West in Brumel", "Kim West", ""),  # a surname that is a word of menus
        ("By June Post", "June Post", ""),
        ("Jane Doe in Brumel and John Roe", "Jane Doe and John Roe", ""),
        ("Jane Doe in Brumel, John Roe in Arlen", "Jane Doe and John Roe", ""),
        ("Jane Doe, political correspondent", "Jane Doe", ""),
        ("By Jane Doe, HNN", "Jane Doe", "HNN"),
        ("By Jane Doe, UK", "Jane Doe", ""),
        ("By AFW", "", "AFW"),
        ("By Harbour Courier staff", "", ""),
        ("Jane Doe in Brumel", "Jane Doe", ""),
        ("Jane Doe for the Harbour Courier", "Jane Doe", "Harbour Courier"),
    ],
)
def test_a_byline_gives_names_and_outlet(words, names, outlet):
    found = byline(words)
    assert (found.names, found.outlet) == (names, outlet)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "nothing"),
        ("By Monday the ministers had left Arlen", "a sentence"),
        ("Middle East in pictures", "a menu"),
        ("World News", "a menu"),
        ("Jane Doe", "a bare name may be anything"),
        ("Noor Ellery, Foreign Minister of Arlen", "the speaker of a quotation"),
        ("Noor Ellery at the custom house", "a caption"),
        ("By and by the talks went on", "no capitals"),
    ],
)
def test_what_is_no_byline_gives_none(words, reason):
    assert byline(words) is None, reason


def test_a_bare_name_is_a_byline_where_it_is_asked_for():
    assert byline("Jane Doe", bare=True).names == "Jane Doe"
    assert byline("Middle East", bare=True) is None


def test_a_credit_names_who_reported_not_who_edited():
    assert credit("(Reporting by Jane Doe; Editing by John Roe)").names == "Jane Doe"
    assert credit("Edited by: John Roe") is None


@pytest.mark.parametrize(
    ("words", "known", "names", "outlet"),
    [
        ("HBC's Jane Doe gauged the mood.", {"hbc"}, "Jane Doe", "HBC"),
        ("The Harbour Courier's Jane Doe reports.", set(), "Jane Doe", "The Harbour Courier"),
        ("HBC's Alexa von Nehring met them.", {"hbc"}, "Alexa von Nehring", "HBC"),
    ],
)
def test_a_teaser_names_its_reporter(words, known, names, outlet):
    found = reporter_in(words, frozenset(known))
    assert (found.names, found.outlet) == (names, outlet)


@pytest.mark.parametrize(
    "words", ["Arlen's Jane Doe met the others.", "ONB's Jane Doe spoke to them.", ""]
)
def test_a_state_or_alliance_is_no_outlet(words):
    assert reporter_in(words, frozenset({"hbc"})) is None


@pytest.mark.parametrize(
    ("words", "outlet", "year"),
    [
        ("© 2031 The Harbour Courier", "The Harbour Courier", "2031"),
        (
            "Copyright © 2029-31 Harbour Courier Ltd. All rights reserved.",
            "Harbour Courier",
            "2031",
        ),
        ("(c) Harbour Wire, 2031", "Harbour Wire", "2031"),
        ("© Saltmere Observer 2031", "Saltmere Observer", "2031"),
        ("The copyright law of 2031 failed.", "", ""),
        ("No rights here", "", ""),
    ],
)
def test_a_copyright_line_gives_outlet_and_year(words, outlet, year):
    assert copyright_outlet(words) == (outlet, year)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Harbour Courier", True),
        ("Saltmere Observer", True),
        ("The Post", True),
        ("News", False),
        ("Latest News", False),
        ("Support the Harbour Times", False),
        ("Arlen votes on Sunday", False),
        ("", False),
    ],
)
def test_an_outlet_is_known_by_a_word_of_news(words, expected):
    assert is_outlet(words) is expected


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://p.hbc.example/x", "HBC"),
        ("https://www.harbour-courier.co.uk/a", "Harbour Courier"),
        ("https://bit.ly/3x", ""),
        ("https://www.facebook.com/x", ""),
        ("http://127.0.0.1/x", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_an_address_names_its_outlet_as_a_last_resort(url, outlet):
    assert outlet_of(url) == outlet


def test_names_are_joined_as_a_byline_prints_them():
    assert join_names([]) == ""
    assert join_names(["A", "B", "A"]) == "A and B"
