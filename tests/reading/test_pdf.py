import contextlib
import importlib.util
import itertools
import subprocess
import time
import zlib

import pytest
from tests import formats
from tests.formats import ABOVE, BODY, BYLINE, OUTLET, PUBLISHED, TITLE, column, set_pdf

from whipcount.errors import PageError
from whipcount.reading import pdf, read_bytes

SENTENCE = (
    "Arlen’s deputy minister Mirela Dask said on Monday that Arlen would not wait any longer."
)


def article_of(data):
    (article,) = read_bytes(data, "page.pdf")
    return article


def body(article):
    return [article.text[start:end] for start, end in article.body]


def read_lines(*columns, title=TITLE):
    return body(article_of(set_pdf([[(60, 780, 20, title), *itertools.chain(*columns)]])))


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_an_article_is_read_in_the_order_of_its_columns(columns):
    article = article_of(formats.pdf(columns))
    assert body(article) == BODY
    assert (article.title, article.outlet, article.byline) == (TITLE, OUTLET, BYLINE)
    assert (article.published, article.language) == (PUBLISHED, "en")
    assert article.text[slice(*article.headline)] == TITLE
    assert article.text == "\n\n".join([*ABOVE, *BODY])


LEFT = [
    "Arlen’s deputy minister Mirela Dask has been trav-",
    "elling to Brumel twice a month, asking the eight",
    "states for a seat at their well-known table. She",
    "said that the co-operation of the har-",
    "bour masters is so-called self-",
    "defence, and no friend of Anglo-",
    "Saxon law, in two- or three-",
    "day talks.",
]
RIGHT = [
    "“We have waited long enough,” Dask said on Mon-",
    "day. “Let us in, and let us in now.”",
    "Halvern, whose minister Joris Tallow is cautious,",
    "would support a seat once the strait’s pilots had",
    "charted it.",
]
MENDED = [
    "Arlen’s deputy minister Mirela Dask has been travelling to Brumel twice a month, asking the "
    "eight states for a seat at their well-known table. She said that the co-operation of the "
    "harbour masters is so-called self-defence, and no friend of Anglo-Saxon law, in two- or "
    "three-day talks.",
    "“We have waited long enough,” Dask said on Monday. “Let us in, and let us in now.”",
    "Halvern, whose minister Joris Tallow is cautious, would support a seat once the strait’s "
    "pilots had charted it.",
]


def test_words_hyphenated_at_the_end_of_a_line_are_whole_and_compounds_keep_their_hyphen():
    assert read_lines(column(60, 740, 10, LEFT), column(320, 740, 10, RIGHT)) == MENDED


def test_columns_that_are_drawn_row_by_row_or_the_last_one_first_are_read_one_by_one():
    left, right = column(60, 740, 10, LEFT), column(320, 740, 10, RIGHT)
    by_row = [run for pair in zip(left, right, strict=False) for run in pair] + left[len(right) :]
    assert read_lines(by_row) == MENDED
    assert read_lines(right, left) == MENDED


def test_a_compound_that_is_written_whole_elsewhere_keeps_its_hyphen():
    lines = [
        "The cease-fire of Arlen holds, said the minister. The cease-",
        "fire of Halvern does not, and no minister has said why.",
    ]
    assert read_lines(column(60, 740, 10, lines)) == [" ".join(lines).replace("- ", "-")]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page():
    words = "The ministers of the eight states met in Arlen on Sunday and talked about the strait."
    first = [words] * 3 + ["They met again on Monday, and the minister of Halvern, who was"]
    second = ["late, said that nobody had told him of the ferry.", *[words] * 3]
    data = set_pdf(
        [[(60, 780, 20, TITLE), *column(60, 740, 10, first)], column(60, 780, 10, second)]
    )
    whole = " ".join([*[words] * 3, first[3], second[0]])
    assert body(article_of(data))[0].startswith(whole)


def test_paragraphs_begin_with_an_indent_or_after_space():
    indented = [
        "Arlen will not join the pact this year, and nobody in",
        "Brumel has asked it to, the minister said on Monday.",
        (72, "Halvern will join the pact this year, and everybody"),
        "in Brumel has asked it to, the minister said there.",
    ]
    runs = [
        (
            line[0] if isinstance(line, tuple) else 60,
            740 - 12 * n,
            10,
            line[-1] if isinstance(line, tuple) else line,
        )
        for n, line in enumerate(indented)
    ]
    assert [words[:7] for words in read_lines(runs)] == ["Arlen w", "Halvern"]
    spaced = column(60, 740, 10, [SENTENCE] * 2) + column(60, 708, 10, [SENTENCE] * 2)
    assert len(read_lines(spaced)) == 2


def test_running_headers_and_page_numbers_are_no_part_of_the_article():
    long = [f"{words} The clerk counted {n} ferries." for n in range(12) for words in BODY]
    article = article_of(formats.pdf(body=long, running=f"{OUTLET} | 4 March 2031"))
    assert body(article) == long
    assert (
        article.text.count("| 4 March 2031") == 1
    )  # kept once: it may name the outlet and the day
    assert "Page" not in article.text


def test_what_a_browser_prints_around_a_page_tells_its_address_and_nothing_else():
    printed = [
        (20, 825, 8, "3/9/2031, 10:12 AM"),
        (300, 825, 8, TITLE),
        (20, 15, 8, "https://courier.example/arlen"),
        (560, 15, 8, "1/1"),
    ]
    data = set_pdf([[*printed, (60, 780, 20, TITLE), *column(60, 740, 10, [SENTENCE])]])
    article = article_of(data)
    assert article.url == "https://courier.example/arlen"
    assert (body(article), article.published) == ([SENTENCE], "")


def test_a_large_initial_belongs_to_its_paragraph():
    lines = [
        (60, 716, 36, "A"),
        *column(90, 740, 10, [SENTENCE[1:]]),
        *column(90, 728, 10, [SENTENCE] * 2),
    ]
    assert read_lines(lines)[0].startswith(SENTENCE)


def test_a_footnote_mark_is_no_word():
    lines = [
        (60, 740, 10, SENTENCE[:-1]),
        (60 + 380, 744, 6, "12"),
        *column(60, 728, 10, [SENTENCE] * 2),
    ]
    assert "12" not in read_lines(lines)[0]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_is_turned(turn):
    lines = [(60, 780, 20, TITLE), *column(60, 740, 10, [SENTENCE, SENTENCE])]
    assert body(article_of(set_pdf([lines], page=f"/Rotate {turn}"))) == [f"{SENTENCE} {SENTENCE}"]


@pytest.mark.parametrize(
    ("properties", "told", "reason"),
    [
        ({"creation_date": "D:20310305101500Z"}, "2031-03-05", "nothing on the page tells"),
        (
            {"creation_date": "D:20310305101500Z", "producer": "Skia/PDF m131"},
            "",
            "a browser's print",
        ),
        ({}, "", "nobody says"),
    ],
)
def test_the_day_of_the_file_counts_where_the_page_prints_none(properties, told, reason):
    about = {
        "CreationDate": properties.get("creation_date", ""),
        "Producer": properties.get("producer", ""),
    }
    info = "".join(f"/{name}({value})" for name, value in about.items())
    data = set_pdf([[(60, 780, 20, TITLE), *column(60, 740, 10, [SENTENCE])]])
    data = data.replace(b"<</Producer(our own)>>", f"<<{info}>>".encode())
    assert article_of(data).published == told, reason


@pytest.mark.parametrize(
    ("said", "title", "byline"),
    [
        ("/Title(Arlen waits for its seat)/Author(Ann Lee)", "Arlen waits for its seat", "Ann Lee"),
        ("/Title(Microsoft Word - arlen_final.docx)/Author(admin)", "", ""),
    ],
)
def test_properties_tell_title_and_byline_where_no_page_does(said, title, byline):
    data = set_pdf([column(60, 740, 10, [SENTENCE] * 3)])
    article = article_of(data.replace(b"<</Producer(our own)>>", f"<<{said}>>".encode()))
    assert (article.title, article.byline) == (title, byline)


def test_a_pdf_with_scripts_is_read_and_runs_none():
    action = "/OpenAction<</S/JavaScript/JS(while(true){app.launchURL('http://arlen.example')})>>"
    data = set_pdf([column(60, 740, 10, [SENTENCE])], catalog=action)
    assert body(article_of(data)) == [SENTENCE]


def locked(password):
    document = formats.Printed()
    document.set_encryption(owner_password="owner", user_password=password)
    document.add_page()
    document.said(SENTENCE)
    return bytes(document.output())


def test_a_pdf_that_only_forbids_changes_is_read():
    assert body(article_of(locked(""))) == [SENTENCE]


PAGE = column(60, 740, 10, [SENTENCE])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (locked("secret"), "is locked with a password; save a copy without one"),
        (set_pdf([[]]), "hold no text, as those of scans; run text recognition"),
        (set_pdf([PAGE]).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"), "its pages are broken"),
        (set_pdf([PAGE])[:300], "is no PDF, or broken"),
        (b"%PDF-1.7 and nothing else", "is no PDF, or broken"),
        (b"Arlen said no.", "is no PDF, or broken"),
        (set_pdf([[(60, 740, 10, "Arlen")]]), "no sentence in it"),
        (set_pdf([[]] * 501), "has 501 pages, and PDFs are read up to 500; split it"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_told(data, told):
    with pytest.raises(PageError, match=told) as error:
        read_bytes(data, "page.pdf")
    assert str(error.value).startswith("page.pdf: ")


def test_a_stream_that_unpacks_without_end_is_told_in_bounded_time(monkeypatch):
    monkeypatch.setattr(pdf, "MEMORY", 500_000_000)
    packed = zlib.compressobj(9)
    stream = b"".join(packed.compress(b"BT /F1 9 Tf (a) Tj ET\n" * 100_000) for _ in range(200))
    stream += packed.flush()
    bomb = b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream)
    data = set_pdf([[]], objects=[bomb], page="/Contents 7 0 R")
    start = time.monotonic()
    with pytest.raises(PageError, match=r"more than 0\.5 GB of memory|no text"):
        read_bytes(data, "bomb.pdf")
    assert time.monotonic() - start < 60


def test_a_pdf_that_takes_too_long_is_told(monkeypatch):
    def late(command, **settings):
        raise subprocess.TimeoutExpired(command, settings["timeout"])

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(PageError, match=r"a\.pdf: takes more than 60 seconds"):
        read_bytes(set_pdf([PAGE]), "a.pdf")


def test_a_missing_library_is_told_with_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(PageError, match=r"a\.pdf: .*pip install 'whipcount\[pdf\]'"):
        pdf.reader.read(set_pdf([PAGE]), "a.pdf")


@pytest.mark.parametrize(
    ("head", "path", "claimed"),
    [
        (b"%PDF-1.4", "-", True),
        (b"\n\n%PDF-1.4", "page", True),
        (b"", "a.PDF", True),
        (b"Arlen", "a.txt", False),
    ],
)
def test_a_pdf_is_claimed_by_name_or_sign(head, path, claimed):
    assert pdf.reader.claims(head, path) is claimed


@pytest.mark.parametrize("limit", ["MOST_RUNS", "MOST_LETTERS"])
def test_a_pdf_with_too_many_words_is_told(limit, monkeypatch):
    monkeypatch.setattr(pdf, limit, 1_000)
    words = [(7 * n % 500, 11 * n % 800, 8, "Arlen") for n in range(600)]
    with pytest.raises(PageError, match="more words than a book of 500 pages"):
        read_bytes(set_pdf([words, words]), "page.pdf")


def test_words_scattered_over_a_page_take_bounded_time():
    words = [(7 * n % 500, 11 * n % 800, 8, "Arlen") for n in range(20_000)]
    start = time.monotonic()
    with contextlib.suppress(PageError):
        read_bytes(set_pdf([words]), "page.pdf")
    assert time.monotonic() - start < 30
