import io
import time
import zipfile

import pytest
from tests import formats
from tests.formats import ABOVE, BODY, BYLINE, OUTLET, PUBLISHED, TITLE, word_paragraph

from whipcount.errors import PageError
from whipcount.reading import docx, read_bytes

SENTENCE = "Arlen’s deputy minister said on Monday that Arlen would not wait any longer."


def article_of(data):
    (article,) = read_bytes(data, "page.docx")
    return article


def body(article):
    return [article.text[start:end] for start, end in article.body]


def read(*paragraphs):
    return body(article_of(formats.docx(word_paragraph(TITLE, "Titel") + "".join(paragraphs))))


def test_a_document_gives_its_article():
    article = article_of(formats.docx())
    assert body(article) == BODY
    assert (article.title, article.outlet, article.byline) == (TITLE, OUTLET, BYLINE)
    assert (article.published, article.language) == (PUBLISHED, "en")
    assert article.text[slice(*article.headline)] == TITLE
    assert article.text == "\n\n".join([*ABOVE, *BODY])


def run(words, about=""):
    return f"<w:r>{about}<w:t>{words}</w:t></w:r>"


NO = "Arlen said no."


@pytest.mark.parametrize(
    ("inner", "words", "reason"),
    [
        (run("“We ") + run("won’t", "<w:rPr><w:b/></w:rPr>") + run(",” she said."),
         "“We won’t,” she said.", "words in other letters are one sentence"),
        ("<w:r><w:t>Arlen said</w:t><w:tab/><w:t>no.</w:t></w:r>", NO, "a tab"),
        ("<w:r><w:t>A cease</w:t><w:noBreakHyphen/><w:t>fire is on.</w:t></w:r>",
         "A cease-fire is on.", "a hyphen"),
        ("<w:r><w:t>The minis</w:t><w:softHyphen/><w:t>ters said no.</w:t></w:r>",
         "The ministers said no.", "a hyphen that isn’t printed"),
        ("<w:r><w:t>Arlen said</w:t><w:br/><w:t>no.</w:t></w:r>", NO, "a line break"),
        (f"<w:hyperlink>{run(NO)}</w:hyperlink>", NO, "a link"),
        (f"<w:ins>{run(NO)}</w:ins>", NO, "what was put in"),
        (f"{run(NO)}<w:del><w:r><w:delText>Or yes.</w:delText></w:r></w:del>", NO, "deleted"),
        (f"{run(NO)}<w:moveFrom>{run('Or yes.')}</w:moveFrom>", NO, "moved away"),
        (run(NO) + run("Or yes.", "<w:rPr><w:vanish/></w:rPr>"), NO, "hidden"),
        (f"<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>{run(NO)}", NO, "a field’s own words"),
    ],
)  # fmt: skip
def test_a_paragraph_is_what_is_printed(inner, words, reason):
    assert read(f"<w:p>{inner}</w:p>", word_paragraph(SENTENCE)) == [words, SENTENCE], reason


def test_line_breaks_after_full_stops_part_paragraphs():
    words = "<w:p><w:r><w:t>Arlen said no.</w:t><w:br/><w:t>Halvern said yes.</w:t></w:r></w:p>"
    assert read(words) == ["Arlen said no.", "Halvern said yes."]


def test_tables_are_read_cell_by_cell():
    cells = "".join(f"<w:tc>{word_paragraph(words)}</w:tc>" for words in BODY[:2])
    assert read(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", word_paragraph(SENTENCE)) == [
        *BODY[:2],
        SENTENCE,
    ]


def test_a_text_box_that_is_written_twice_is_read_once():
    box = f"<w:txbxContent>{word_paragraph(BODY[1])}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="mc"><mc:Choice><w:drawing>'
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    found = read(f"<w:p><w:r>{both}<w:t>{SENTENCE}</w:t></w:r></w:p>")
    assert found == [BODY[1], SENTENCE]


def test_a_section_below_the_article_is_no_title():
    paragraphs = [*map(word_paragraph, BODY), word_paragraph("The road ahead", "berschrift1")]
    article = article_of(formats.docx("".join([*paragraphs, word_paragraph(SENTENCE)])))
    assert article.title != "The road ahead"
    assert body(article) == [*BODY, "The road ahead", SENTENCE]


def test_properties_tell_title_and_byline_where_the_document_prints_none():
    core = (
        '<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc" xmlns:t="t"><dc:title>Arlen waits again'
        "</dc:title><dc:creator>Ann Lee</dc:creator><t:created>2031-03-09</t:created>"
        "</cp:coreProperties>"
    )
    words = "".join(map(word_paragraph, BODY))
    article = article_of(formats.docx(words, {"docProps/core.xml": core}))
    assert (article.title, article.byline) == ("Arlen waits again", "Ann Lee")
    assert article.published == ""  # the day on which somebody saved it


def test_words_that_were_decoded_wrongly_are_mended():
    spoilt = BODY[1].encode().decode("cp1252", "replace").replace("\ufffd", "")
    assert read(word_paragraph(spoilt), word_paragraph(SENTENCE)) == [BODY[1], SENTENCE]


def packed(name, data, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        file.writestr(name, data)
    return out.getvalue()


BILLION = (
    '<!DOCTYPE d [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04 and nothing else", "is a broken DOCX"),
        (formats.docx()[:-40], "is a broken DOCX"),
        (packed("xl/workbook.xml", "<x/>"), "is no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word document, or locked"),
        (packed("word/document.xml", "<w:document"), "is broken XML"),
        (packed("word/document.xml", "<w:p>" * 300 + "</w:p>" * 300), "is broken XML"),
        (packed("word/document.xml", bytes(64_000_001)), "unpacks to more than 64 MB"),
        (packed("word/document.xml", "<a/>", zipfile.ZIP_BZIP2), "packed in a way"),
        (packed("word/document.xml", f"{BILLION}<d>&i;</d>"), "declares entities"),
        (
            packed("word/document.xml", '<!DOCTYPE d SYSTEM "http://arlen.example/d.dtd"><d/>'),
            "declares entities",
        ),
        (formats.docx(word_paragraph("Arlen")), "no sentence in it"),
    ],
)
def test_a_document_that_cannot_be_read_is_told_in_bounded_time(data, told):
    start = time.monotonic()
    with pytest.raises(PageError, match=told) as error:
        read_bytes(data, "page.docx")
    assert str(error.value).startswith("page.docx: ")
    assert time.monotonic() - start < 20


def test_a_long_document_takes_time_that_grows_with_its_length_alone():
    start = time.monotonic()
    long = "".join(map(word_paragraph, BODY)) * 4_000
    assert len(read(long)) == 20_000
    assert time.monotonic() - start < 60


def test_a_document_is_claimed_by_name_or_parts():
    assert docx.reader.claims(b"", "a.DOCX")
    assert docx.reader.claims(formats.docx()[:4096], "-")
    assert not docx.reader.claims(packed("a.txt", "Arlen"), "-")
    assert not docx.reader.claims(packed("a.docx", formats.docx()), "a.zip")
