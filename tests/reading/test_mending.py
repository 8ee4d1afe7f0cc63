import pytest
from tests.formats import BODY

from whipcount.reading import read_bytes
from whipcount.reading.mending import mended


@pytest.mark.parametrize(
    ("spoilt", "words", "reason"),
    [
        ("â€œWe wonâ€™t,â€\x9d she said.", "“We won’t,” she said.", "UTF-8 read as windows-1252"),
        ("â€œWe wonâ€™t,â€ she said.", "“We won’t,” she said.", "its last byte was dropped"),
        ("&acirc;&euro;&oelig;No,&acirc;&euro; she said.", "“No,” she said.", "as entities"),
        ("The cafÃ© of SÃ£o JosÃ©", "The café of São José", "names"),
        ("Â£20 â€“ or more", "£20 – or more", "signs"),
        ("“We won’t,” she said.", "“We won’t,” she said.", "nothing is spoilt"),
        ("Âge d’or, Ãvila", "Âge d’or, Ãvila", "real letters"),
        ("“No,” said Ã©lan’s â€˜chiefâ€™.", "“No,” said élan’s ‘chief’.", "a part of a line"),
    ],
)
def test_only_what_was_decoded_wrongly_is_mended(spoilt, words, reason):
    assert mended(spoilt) == words, reason


def test_a_web_page_is_mended_and_a_plain_text_is_the_file_to_the_character():
    spoilt = BODY[1].encode().decode("cp1252", "ignore")
    page = f"<html><body><article><h1>Arlen waits</h1><p>{BODY[0]}</p><p>{spoilt}</p></article>"
    (article,) = read_bytes(page.encode(), "page.html")
    assert article.text.endswith(BODY[1])
    text = f"Arlen waits for its seat\n\n{BODY[0]}\n\n{spoilt}\n"
    (article,) = read_bytes(text.encode(), "page.txt")
    assert article.text == text
