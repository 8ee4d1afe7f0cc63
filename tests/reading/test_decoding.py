import pytest
from hypothesis import given
from hypothesis import strategies as st

from whipcount.errors import PageError
from whipcount.reading.decoding import decode

WORDS = "“We won’t,” she said – at the café in Arlen. The others said nothing at all.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_stays(encoding):
    assert decode(WORDS.encode(encoding), "p") == "\ufeff" + WORDS


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_utf_8_and_windows_1252_are_told_apart(encoding):
    assert decode(WORDS.encode(encoding), "p") == WORDS


def test_a_language_of_another_script_is_detected():
    words = "Министры восьми государств встретились в воскресенье в старом здании таможни. " * 5
    assert decode(words.encode("cp1251"), "p") == words


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_decoded_to_the_character(text):
    assert decode(b"Arlen: " + text.encode(), "p") == "Arlen: " + text


@pytest.mark.parametrize(
    "declaration",
    ['<meta charset="iso-8859-2">', '<?xml version="1.0" encoding="ISO-8859-2"?>'],
)
def test_html_is_read_in_the_charset_that_it_declares(declaration):
    page = declaration + "<p>Zażółć gęślą jaźń</p>"
    assert decode(page.encode("iso-8859-2"), "p", html=True) == page


def test_utf_8_is_believed_before_a_wrong_declaration():
    page = '<meta charset="iso-8859-1"><p>“No,” she said.</p>'
    assert decode(page.encode(), "p", html=True) == page


def test_latin_1_is_windows_1252_as_in_browsers():
    page = '<meta charset="iso-8859-1"><p>“No,” she said.</p>'
    assert decode(page.encode("cp1252"), "p", html=True) == page


def test_a_declaration_that_names_no_encoding_is_passed_over():
    page = '<meta charset="no-such"><p>“No,” she said, and left the room in Arlen.</p>'
    assert decode(page.encode("cp1252"), "p", html=True) == page


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8-SIG", "utf-16", "cp1252", "utf-16-be"])
def test_the_users_encoding_is_taken(encoding):
    text = decode("“No.”".encode(encoding), "p", encoding)
    assert text.removeprefix("\ufeff") == "“No.”"


def test_the_users_encoding_keeps_the_byte_order_mark():
    assert decode("No.".encode("utf-8-sig"), "p", "utf-8-sig") == "\ufeffNo."
    assert decode("No.".encode("utf-16"), "p", "utf-16") == "\ufeffNo."


@pytest.mark.parametrize(
    ("data", "encoding", "told"),
    [
        (b"caf\xe9 noir", "utf-8", ["0xe9", "byte 3", "--encoding"]),
        (b"Arlen", "no-such", ["no-such", "utf-8"]),
        (b"Arlen", "base64", ["base64", "utf-8"]),
        (b"\xef\xbb\xbfcaf\xe9", None, ["byte-order mark", "byte 6", "--encoding"]),
        ("“Nein” – ü ö ä “".encode() + b"\xe9 end", None, ["UTF-8 but for", "0xe9", "--encoding"]),
        (b"%PDF-1.7 ...", None, ["is no text", "PDF"]),
        (b"PK\x03\x04 ...", None, ["is no text", "ZIP"]),
        (b"SQLite format 3\x00", None, ["is no text", "SQLite"]),
        (b"Arlen\0Arlen", None, ["is no text", "byte 5", "utf-16"]),
        (b"\x01\x02\x03Arlen\x04", None, ["is no text", "control characters"]),
        (bytes(range(128, 256)) * 4, None, ["encoding can't be told", "--encoding"]),
    ],
)
def test_what_does_not_fit_is_told_with_its_place_and_a_way_out(data, encoding, told):
    with pytest.raises(PageError) as error:
        decode(data, "pages/a.txt", encoding)
    message = str(error.value)
    assert message.startswith("pages/a.txt: ")
    assert [piece for piece in told if piece not in message] == []


def test_no_bytes_are_no_text():
    assert decode(b"", "p") == ""
