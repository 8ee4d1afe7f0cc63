import contextlib
import time

import pytest
from tests import formats
from tests.formats import ABOVE, BODY, BYLINE, OUTLET, PUBLISHED, TITLE, rtf_words

from whipcount.errors import PageError
from whipcount.reading import read_bytes, rtf

SENTENCE = "Arlen’s deputy minister said on Monday that Arlen would not wait any longer."


def article_of(data):
    (article,) = read_bytes(data, "page.rtf")
    return article


def body(article):
    return [article.text[start:end] for start, end in article.body]


def read(words):
    """Return the paragraphs of RTF code, before a sentence that is left out."""
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}}"
    data = f"{head}{{\\*\\generator Word;}}{words}\\par {rtf_words(SENTENCE)}\\par}}"
    return [line for line in rtf.rtf_document(data.encode("latin-1"), "page.rtf").lines if line][
        :-1
    ]


def test_a_document_gives_its_article():
    article = article_of(formats.rtf())
    assert body(article) == BODY
    assert (article.title, article.outlet, article.byline) == (TITLE, OUTLET, BYLINE)
    assert (article.published, article.language) == (PUBLISHED, "en")
    assert article.text == "\n\n".join([*ABOVE, *BODY])


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        (r"\ldblquote No,\rdblquote  Dask said.", "“No,” Dask said.", "signs by name"),
        (r"\'93No,\'94 Dask said.", "“No,” Dask said.", "bytes of windows-1252"),
        (r"\u8220?No,\u8221\'94 Dask said.", "“No,” Dask said.", "what older readers read"),
        (r"{\uc0\u8220 No,\u8221  Dask said.}", "“No,” Dask said.", "nothing for older readers"),
        (r"{\uc2\u8220 ??No,\u8221 ?? Dask said.}", "“No,” Dask said.", "two for older readers"),
        (r"{\f1\'cd\'e5\'f2}, he said.", "Нет, he said.", "bytes of a font’s character set"),
        (r"\u-10179?\u-8704?, he said.", "\U0001f600, he said.", "two surrogates"),
        (r"Arlen\~said\emdash no\_one.", "Arlen\xa0said—no-one.", "spaces and dashes"),
        (r"Arlen said \{no\}\\.", "Arlen said {no}\\.", "signs of RTF itself"),
        ("Arlen \r\nsaid\r\n no.", "Arlen said no.", "line ends of the file are none"),
        (r"Arlen said {\b no}.", "Arlen said no.", "other letters"),
        (r"Arlen{\v  never} said no.", "Arlen said no.", "hidden words"),
        (r"Arlen{\deleted  never} said no.", "Arlen said no.", "deleted words"),
        (r"Arlen{\footnote  A state.} said no.", "Arlen said no.", "a note"),
        (r"{\header Page 1\par}Arlen said no.", "Arlen said no.", "a running header"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt Arlen}} said no.", "Arlen said no.", "a link"),
        (r"{\pict\pngblip 89504e47}Arlen said no.", "Arlen said no.", "a picture"),
        ("{\\pict\\bin5 }}{{\\}Arlen said no.", "Arlen said no.", "a picture’s bytes"),
        (r"{\*\unheardof words}Arlen said no.", "Arlen said no.", "what may be left out"),
        (r"{\listtext\bullet\tab}Arlen said no.", "Arlen said no.", "a list’s bullet"),
    ],
)
def test_a_paragraph_is_what_is_printed(code, words, reason):
    assert read(code) == [words], reason


def test_the_title_is_the_paragraph_in_the_style_of_headings():
    styles = r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}"
    lines = r"\pard\plain Politics\par\pard\s1 Arlen waits for another year\par\pard\plain "
    words = r"\par ".join(map(rtf_words, BODY))
    article = article_of(f"{{\\rtf1\\ansi{styles}{lines}{words}\\par}}".encode())
    assert (article.title, body(article)) == ("Arlen waits for another year", BODY)


def test_the_file_tells_title_and_author_where_the_document_prints_none():
    info = r"{\info{\title Arlen waits again}{\author Ann Lee}{\operator Al Roe}}"
    words = r"\par ".join(map(rtf_words, BODY))
    article = article_of(f"{{\\rtf1\\ansi{info}{words}\\par}}".encode())
    assert (article.title, article.byline) == ("Arlen waits again", "Ann Lee")


def test_words_without_a_character_set_are_in_the_users_encoding():
    data = b"{\\rtf1 \\'84\\'8eobl\\'9caja is late again today,\\'94 Dask said on Monday.\\par}"
    lines = rtf.rtf_document(data, "page.rtf", "cp1250").lines
    assert lines[0] == "„Žobl\u015baja is late again today,” Dask said on Monday."


def test_a_document_that_is_cut_off_is_read_as_far_as_it_goes():
    data = formats.rtf()
    cut = data[: data.index(b"The talks") + 20]
    assert body(article_of(cut))[:4] == BODY[:4]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Arlen said no.", "is no rich text"),
        (b"{\\rtf1 Arlen}", "no sentence in it"),
        (b"{\\rtf1 " + b"{" * 1000, "more than 500 groups in one another"),
    ],
)
def test_a_document_that_cannot_be_read_is_told(data, told):
    with pytest.raises(PageError, match=told) as error:
        read_bytes(data, "page.rtf")
    assert str(error.value).startswith("page.rtf: ")


@pytest.mark.parametrize(
    "repeated", [b"{}", b"\\'93", b"\\u8220?", b"{\\field{\\*\\fldinst{HYPERLINK", b"a", b"\\par "]
)
def test_a_megabyte_of_anything_takes_bounded_time(repeated):
    start = time.monotonic()
    data = b"{\\rtf1 Arlen said no. " + repeated * (1_000_000 // len(repeated))
    with contextlib.suppress(PageError):
        read_bytes(data, "page.rtf")
    assert time.monotonic() - start < 30


def test_rich_text_is_claimed_by_name_or_first_group():
    assert rtf.reader.claims(b"", "a.RTF")
    assert rtf.reader.claims(b"{\\rtf1\\ansi", "-")
    assert not rtf.reader.claims(b"Arlen", "a.txt")
