import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading import export_samples as samples

from whipcount.errors import PageError
from whipcount.reading import Settings, read_bytes
from whipcount.reading.exports import articles_of_export
from whipcount.reading.page_articles import articles_of


def rtf(lines):
    def escaped(words):
        words = words.replace("\\", "\\\\").replace("\t", "\\tab ")
        return "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in words)

    inner = "".join(f"\\pard {escaped(line)}\\par\n" for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}" + inner + "}").encode()


FILES = {
    "LexisNexis, text": ("news.TXT", samples.lexisnexis().encode(), 3),
    "LexisNexis, HTML": ("news.HTML", samples.lexisnexis_html().encode(), 2),
    "Nexis Uni, text": ("news.txt", "\n\n".join(samples.nexis_uni()).encode(), 3),
    "Nexis Uni, text in Latin-1 but for marks": (
        "news.txt",
        "\r\n".join(samples.nexis_uni()).encode("cp1252"),
        3,
    ),
    "Nexis Uni, no cover": ("news.txt", "\n".join(samples.nexis_uni(cover=False)).encode(), 3),
    "Nexis Uni, DOCX": ("news.DOCX", samples.docx(samples.nexis_uni()), 3),
    "Nexis Uni, RTF": ("news.rtf", rtf(samples.nexis_uni()), 3),
    "Factiva, text": ("factiva.txt", samples.factiva().encode(), 3),
    "Factiva, HTML": ("factiva.html", samples.factiva_html().encode(), 2),
    "Factiva, RTF": ("factiva.rtf", rtf(samples.factiva().split("\n")), 3),
    "Factiva with codes, text": ("factiva.txt", samples.factiva_codes().encode(), 2),
    "Factiva with codes, UTF-16": ("factiva.txt", samples.factiva_codes().encode("utf-16"), 2),
    "Factiva with codes, HTML": ("factiva.html", samples.factiva_codes_html().encode(), 2),
    "Factiva with codes, RTF": ("f.rtf", rtf(samples.factiva_codes().split("\n")), 2),
}


def read(data, path="news.txt", **changed):
    errors = []
    found = list(articles_of(io.BytesIO(data), path, Settings(on_error=errors.append, **changed)))
    return found, [str(error) for error in errors]


@pytest.mark.parametrize("name", FILES)
def test_an_export_gives_its_articles_in_every_format(name):
    path, data, count = FILES[name]
    articles, errors = read(data, path)
    assert errors == []
    assert [article.part for article in articles] == list(range(count))
    for number, article in enumerate(articles):
        assert article.path == path
        assert article.title == samples.TITLES[number]
        assert article.outlet == samples.OUTLETS[number]
        assert article.published == samples.DAYS[number]
        assert article.word_count == samples.count(samples.BODIES[number])
        assert " ".join(article.text[slice(*article.headline)].split()) == samples.TITLES[number]
        words = [" ".join(article.text[start:end].split()) for start, end in article.body]
        assert words[: len(samples.BODIES[number])] == list(samples.BODIES[number])
        assert article.language == "en"


@pytest.mark.parametrize("name", [name for name in FILES if "text" in name])
def test_the_articles_of_a_plain_text_are_slices_of_the_file(name):
    path, data, _ = FILES[name]
    whole = data.decode("cp1252" if "Latin-1" in name else "utf-8")
    for article in read(data, path)[0]:
        assert whole[article.offset : article.offset + len(article.text)] == article.text


def test_bylines_and_sections_are_read():
    articles, _ = read(samples.lexisnexis().encode())
    assert [one.byline for one in articles] == ["Jane Doe", "Ada Ferrow and Ben Tarn", ""]
    assert [one.section for one in articles] == ["NEWS; Pg. 3", "FOREIGN; Pg. 12", ""]
    articles, _ = read(samples.factiva().encode())
    assert [one.byline for one in articles] == ["Jane Doe", "Ada Ferrow", ""]
    assert [one.section for one in articles] == ["Foreign", "", "Opinion"]
    articles, _ = read("\n\n".join(samples.nexis_uni()).encode())
    assert [one.byline for one in articles] == ["Jane Doe", "", "Jane Doe"]
    first = articles[0]
    assert [first.text[start:end] for start, end in first.teaser] == [
        "The eight states have been asked for a seat."
    ]


def test_what_stands_below_a_text_is_not_read():
    for name, (path, data, _) in FILES.items():
        for article in read(data, path)[0]:
            words = " ".join(article.text[start:end] for start, end in article.body)
            for other in ("Load-Date", "LOAD-DATE", "ENGLISH", "Packet Media", "photographed"):
                assert other not in words, name


def test_a_document_alone_is_no_part():
    (article,) = read("\n\n".join(samples.nexis_uni(1)).encode())[0]
    assert article.part is None


@pytest.mark.parametrize(
    "data",
    [
        samples.lexisnexis(announced=5).encode(),
        "\n".join(samples.nexis_uni(announced=5)).encode(),
    ],
)
def test_a_count_that_differs_is_told_and_the_rest_given(data):
    articles, errors = read(data)
    assert len(articles) == 3
    assert len(errors) == 1
    assert errors[0].startswith("news.txt: announces 5 documents, and 3 were read")
    assert "--export-marks" in errors[0]


def test_missing_numbers_are_named():
    text = samples.lexisnexis()
    second, third = text.index("2 of 3 DOCUMENTS"), text.index("3 of 3 DOCUMENTS")
    _, errors = read((text[:second] + text[third:]).encode())
    assert "announces 3 documents, and 2 were read (there is no number 2)" in errors[0]


def test_a_range_of_documents_is_no_difference():
    text = samples.lexisnexis()
    start = text.index("2 of 3 DOCUMENTS")
    articles, errors = read(text[start:].encode())
    assert (len(articles), errors) == (2, [])


def test_without_somebody_who_takes_it_a_difference_is_raised_at_the_end():
    found = articles_of(io.BytesIO(samples.lexisnexis(announced=5).encode()), "a.txt", Settings())
    assert [next(found).part for _ in range(3)] == [0, 1, 2]
    with pytest.raises(PageError, match="announces 5"):
        next(found)


def test_an_export_that_is_cut_off_is_read_as_far_as_it_goes():
    text = samples.factiva()
    end = text.index("for want of a ship")
    articles, errors = read(text[:end].encode())
    assert len(articles) == 3
    assert "no mark at its end; the file may be cut off" in errors[0]


@pytest.mark.parametrize("ends", ["4 March 2031\n", "HARCOU\n", "English\n"])
def test_an_export_that_ends_above_a_text_is_told(ends):
    text = samples.factiva(1)
    articles, errors = read(text[: text.index(ends) + len(ends)].encode())
    assert len(articles) + len(errors) == 1  # without a mark it is no export, but a text


@pytest.mark.parametrize("ends", ["6 March 2031\n", "HARCOU\n", "English\n"])
def test_a_last_document_without_a_text_is_told(ends):
    text = samples.factiva()
    articles, errors = read(text[: text.rindex(ends) + len(ends)].encode())
    assert [article.part for article in articles] == [0, 1]
    assert "has no sentence; leave it out" in errors[0]


def test_a_document_with_half_its_words_is_told():
    text = samples.lexisnexis().replace("LENGTH: 45 words", "LENGTH: 450 words")
    articles, errors = read(text.encode())
    assert len(articles) == 3
    assert "document 2" in errors[0]
    assert "should have 450 words, and 45 were read" in errors[0]


def test_a_document_without_a_body_is_told_and_passed_over():
    lines = samples.nexis_uni(cover=False)
    lines[lines.index("Body")] = "Graphic"
    articles, errors = read("\n\n".join(lines).encode())
    assert [article.part for article in articles] == [1, 2]
    assert errors == [
        "news.txt: document 1 has no mark that begins its text; adapt the marks (--export-marks)"
    ]


def test_a_headline_that_is_none_is_no_title():
    text = samples.lexisnexis().replace(samples.TITLES[0], "No Headline In Original")
    (article, *_), _ = read(text.encode())
    assert (article.title, article.headline) == ("", None)


@pytest.mark.parametrize(
    "words",
    [
        "See Document NURNBN0020040126dzc4000il for the whole story of the ferries to Isk.\n",
        "End of Document\n\nThat is what the envoys of the eight states called their last page.\n",
        "Page 3 of 4 DOCUMENTS that the envoys of the eight states had with them was blank.\n",
    ],
)
def test_a_page_that_only_names_a_mark_is_no_export(words):
    text = f"Arlen waits for a seat\n\nMarch 4, 2031\n\n{words}"
    (article,) = read_bytes(text.encode(), "a.txt")
    assert article.title == "Arlen waits for a seat"
    assert article.part is None


def test_formats_that_exports_do_not_have_are_not_looked_at():
    data = samples.lexisnexis().encode()
    assert articles_of_export("pdf", data, "a.pdf", Settings()) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 400), st.binary(max_size=20))),
)
def test_spoilt_exports_give_articles_or_errors_and_nothing_else(name, changes):
    path, data, _ = FILES[name]
    spoilt = bytearray(data)
    for place, length, words in changes:
        at = place % (len(spoilt) + 1)
        spoilt[at : at + length] = words
    articles, errors = read(bytes(spoilt), path)
    assert articles or errors
    for article in articles:
        for start, end in (*article.body, *article.teaser):
            assert 0 <= start < end <= len(article.text)
