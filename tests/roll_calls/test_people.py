import pytest

from whipcount.roll_calls.people import person_name, same_party, same_place, tokens

FITS = [
    ("Adam Smith", "Adam Smith", True, "the same"),
    ("SMITH, Adam", "Adam Smith", True, "the surname first, in capitals"),
    ("SMITH, Adam Quill", "Adam Smith", True, "a middle name more"),
    ("Adam Smith", "Adam Quill Smith", True, "a middle name less"),
    ("Smith, A.", "Adam Smith", True, "an initial"),
    ("A. Smith", "Adam Smith", True, "an initial in order"),
    ("Mr Smith", "Adam Smith", True, "a surname with a title"),
    ("Smith (R-TX)", "Adam Smith", True, "a surname with a seat"),
    ("VAN ORLO, Rosa", "Rosa van Orlo", True, "a surname of two words"),
    ("Van Orlo", "Rosa van Orlo", True, "the same alone"),
    ("O’DELL, Thomas (Tom), Jr.", "Tom O'Dell", True, "a nickname and a suffix"),
    ("PENA, Lucia", "Lucía Peña", True, "without accents"),
    ("SMITH, Jane", "Adam Smith", False, "another given name"),
    ("SMITH", "Adam Hyde-Smith", False, "half of a surname"),
    ("Smith", "Smith Jones", False, "a surname is the last word"),
    ("SMITH, Smith", "Smith", False, "no given name to compare"),
]


@pytest.mark.parametrize(("written", "name", "fits", "reason"), FITS)
def test_which_names_fit(written, name, fits, reason):
    assert person_name(written).fits(tokens(name)) is fits, reason


def test_a_seat_in_brackets_is_the_constituency():
    assert person_name("Smith (R-TX)").place == "TX"
    assert person_name("Smith (NE)").place == "NE"
    assert person_name("Smith (Lab, North Orlo)").place == ""
    assert person_name("Smith (D–Virginia)").place == "Virginia"


PLACES = [
    ("VA 9", "Virginia 9", True),
    ("VA-09", "Virginia's 9th congressional district", True),
    ("AK 1", "Alaska at large", True),
    ("VA", "Virginia 9", True),
    ("VA 9", "Virginia 5", False),
    ("VA", "West Virginia", False),
    ("Bristol East", "bristol east", True),
    ("", "", False),
]


@pytest.mark.parametrize(("one", "other", "same"), PLACES)
def test_constituencies_are_compared_by_words_and_numbers(one, other, same):
    assert same_place(one, other) is same
    assert same_place(other, one) is same


def test_parties_are_compared_by_how_they_begin():
    assert same_party("R", "Republican Party")
    assert same_party("Republican", "Republican Party")
    assert not same_party("D", "Republican Party")
    assert not same_party("", "Republican Party")
