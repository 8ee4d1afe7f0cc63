import csv
import hashlib
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.errors import PageError, WhipcountError
from whipcount.reading import Settings, read, read_bytes, read_page, text_lines
from whipcount.reading.page_articles import articles_of
from whipcount.reading.record_columns import columns_among, parsed_columns

FIRST = "Arlen has asked again for a seat at the table of the eight states, and was told to wait."
SECOND = "Halvern is still cautious, its envoy Tam Ruhl said in Brumel on Monday."
TEXT = f"{FIRST}\n\n{SECOND}"


def articles(data, path, **changed):
    errors = []
    found = list(articles_of(io.BytesIO(data), path, Settings(on_error=errors.append, **changed)))
    return found, [str(error) for error in errors]


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def table(*rows, delimiter=","):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


RECORD = {
    "id": "c-17",
    "headline": "Arlen asks for a seat",
    "text": TEXT,
    "publishedAt": "2031-03-04T10:00:00Z",
    "source": {"name": "The Harbour Courier"},
    "authors": ["Jane Doe", "Ada Ferrow"],
    "url": "https://courier.example/arlen",
    "category": "Foreign",
}


def test_an_object_a_line_is_an_article():
    data = lines(RECORD)
    (article,), errors = articles(data, "news.jsonl")
    assert errors == []
    assert (article.path, article.part, article.offset) == ("news.jsonl/c-17", 0, 0)
    assert article.title == "Arlen asks for a seat"
    assert article.outlet == "The Harbour Courier"
    assert article.byline == "Jane Doe and Ada Ferrow"
    assert article.published == "2031-03-04"
    assert article.url == "https://courier.example/arlen"
    assert article.section == "Foreign"
    assert article.page_sha256 == hashlib.sha256(data).hexdigest()
    assert [article.text[start:end] for start, end in article.body] == [FIRST, SECOND]
    assert article.text[slice(*article.headline)] == article.title


def test_a_row_of_a_table_is_an_article():
    header = ["ID", "Headline", "Full text", "Published", "Source", "Author", "Link", "Section"]
    row = ["c-17", "Arlen asks for a seat", TEXT, "4 March 2031", "The Harbour Courier", "Jane Doe"]
    rows = [header, [*row, "https://courier.example/arlen", "Foreign"]]
    for delimiter in ",;\t|":
        data = table(*rows, delimiter=delimiter).encode("utf-8-sig")
        (article,), errors = articles(data, "news.csv")
        assert errors == []
        assert (article.path, article.part) == ("news.csv/c-17", 0)
        assert article.published == "2031-03-04"
        assert article.section == "Foreign"
        assert [article.text[start:end] for start, end in article.body] == [FIRST, SECOND]


def test_texts_follow_each_other_in_the_pages_text():
    found, _ = articles(lines({"text": TEXT}, {"text": FIRST}, {"text": SECOND}), "a.ndjson")
    assert [one.offset for one in found] == [0, len(TEXT) + 2, len(TEXT) + len(FIRST) + 4]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2031-03-04", "2031-03-04"),
        ("20310304", "2031-03-04"),
        ("20310304101500", "2031-03-04"),
        ("March 4, 2031", "2031-03-04"),
        ("13/03/2031", "2031-03-13"),
        (1930392000, "2031-03-04"),
        (1930392000000, "2031-03-04"),
        ("", ""),
        (None, ""),
    ],
)
def test_days_are_read_as_they_are_written(said, day):
    (article,), errors = articles(lines({"text": TEXT, "date": said}), "a.jsonl")
    assert (article.published, errors) == (day, [])


def test_days_that_could_be_two_are_told_once():
    rows = [{"text": TEXT, "date": "11/07/2031"}] * 3
    found, errors = articles(lines(*rows), "a.jsonl")
    assert [one.published for one in found] == ["", "", ""]
    assert errors == [
        "a.jsonl: 3 records with a day that can't be told, which are read without it (write "
        "2031-07-11); the first is line 1"
    ]


def test_a_users_map_of_columns_goes_before_known_names():
    data = table(["text", "Rumpf", "Kopf"], ["no", FIRST, "Arlen"]).encode()
    (article,), _ = articles(data, "a.csv", columns={"text": "rumpf", "title": "Kopf"})
    assert article.title == "Arlen"
    assert article.text[slice(*article.body[0])] == FIRST


def test_a_key_within_another_is_named_with_dots():
    record = {"fields": {"bodyText": FIRST, "headline": "Arlen"}, "webUrl": "https://a.example/1"}
    columns = {"text": "fields.bodyText", "title": "fields.headline"}
    (article,), _ = articles(lines(record), "a.jsonl", columns=columns)
    assert (article.title, article.url) == ("Arlen", "https://a.example/1")


def test_a_text_in_html_is_read_without_its_tags():
    fragment = {"text": f"<p>{FIRST}</p><p>{SECOND}<br></p>", "title": "Arlen"}
    page = {"text": f"<html><body><article><h1>X</h1><p>{FIRST}</p></article></body></html>"}
    found, _ = articles(
        lines(fragment, {**page, "title": "Arlen", "date": "2031-03-04"}), "a.jsonl"
    )
    assert [found[0].text[start:end] for start, end in found[0].body] == [FIRST, SECOND]
    assert (found[1].title, found[1].published, found[1].part) == ("Arlen", "2031-03-04", 1)
    assert FIRST in found[1].text


def test_bad_lines_are_told_and_the_rest_is_read():
    first = f'{{"text": "“{FIRST}”"}}\n'.encode()  # nearly all of the file is UTF-8
    data = first + b"{broken\n[1]\n\n" + b'{"text": "\xff"}\n' + lines({"x": 1})
    found, errors = articles(data + lines({"text": SECOND}), "a.jsonl")
    assert [one.part for one in found] == [0, 5]
    assert [error.partition(";")[0] for error in errors] == [
        "a.jsonl, line 2: is no JSON: Expecting property name enclosed in double quotes: line 1 "
        "column 2 (char 1)",
        "a.jsonl, line 3: is no JSON object",
        "a.jsonl, line 5: isn't UTF-8",
        "a.jsonl: 1 record without text",
    ]


def test_bad_rows_are_told_and_the_rest_is_read():
    data = table(["text", "date"], [FIRST, ""], [FIRST, "", "too many"], ["", ""], [SECOND])
    found, errors = articles(data.encode(), "a.csv")
    assert [one.part for one in found] == [0, 2]
    assert len(errors) == 1
    assert errors[0].startswith("a.csv, line 3: has 3 cells, and the header 2; put what has")


def test_of_many_bad_records_the_first_are_told():
    found, errors = articles(lines({"text": FIRST}) + b"no\n" * 50, "a.jsonl")
    assert len(found) == 1
    assert len(errors) == 21
    assert errors[-1] == "a.jsonl: 30 more records can't be read"


def test_lone_surrogates_become_the_sign_for_what_is_unknown():
    (article,), _ = articles(
        b'{"text": "Arlen \\ud800 waits for a seat at the table."}\n', "a.jsonl"
    )
    assert article.text == "Arlen \ufffd waits for a seat at the table."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_in_the_encodings_of_spreadsheets_are_read(encoding):
    data = table(["Title", "Text"], ["Café", f"{FIRST} “No,” she said."]).encode(encoding)
    (article,), errors = articles(data, "a.csv")
    assert (article.title, errors) == ("Café", [])
    assert article.text.endswith("“No,” she said.")


def test_the_encoding_that_a_user_gives_is_taken():
    data = table(["title", "text"], ["Świt", FIRST]).encode("iso-8859-2")
    (article,), _ = articles(data, "a.csv", encoding="iso-8859-2")
    assert article.title == "Świt"
    _, errors = articles(data, "a.csv", encoding="utf-8")
    assert "isn't in utf-8" in errors[0]
    _, errors = articles(data, "a.csv", encoding="utf-9")
    assert "there is no encoding 'utf-9'" in errors[0]


@pytest.mark.parametrize(
    ("data", "path", "told"),
    [
        (b"a,b\n1,2\n", "a.csv", "no column is known to hold the articles' text; there are a, b"),
        (b"text,b\n", "a.csv", "has no rows below its header"),
        (b"\n\n", "a.csv", "has no header"),
        (b'{"a": 1}\n{"b": 2}\n', "a.jsonl", "its objects have a, b; say which is the text"),
        (b'[{"text": 1}]\n', "a.json", "is a JSON array; write an object a line"),
        (b'{\n "text": "x"\n}\n', "a.json", "not an object a line"),
        (b"\x00\x01\x02", "a.csv", "is no text"),
        (b"\n" * 300_000, "a.jsonl", "has more than 200,000 blank lines"),
        (b"text,a\n" + b",\n" * 300_000, "a.csv", "has more than 200,000 blank lines"),
        (b'{"a":' + b"[" * 200_000 + b"\n", "a.jsonl", "is nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_told(data, path, told):
    found, errors = articles(data, path)
    assert found == []
    assert any(told in error for error in errors), errors


def test_a_named_column_that_is_not_there_is_told():
    _, errors = articles(b"text,b\nx,y\n", "a.csv", columns={"title": "Kopf"})
    assert errors == ["a.csv: there is no column 'Kopf'; there are text, b"]


def test_a_lone_quotation_mark_costs_a_page_and_no_more(monkeypatch):
    monkeypatch.setattr(text_lines, "LARGEST", 2_000)
    data = f'text,b\n"{FIRST}\n' + "x,y\n" * 600 + f"{SECOND.replace(',', ';')},z\n"
    found, errors = articles(data.encode(), "a.csv")
    assert [one.text for one in found] == [SECOND.replace(",", ";")]
    assert "line 2: goes on for too long; look for a lone quotation mark" in errors[0]


def test_a_line_that_is_too_long_is_passed_over(monkeypatch):
    monkeypatch.setattr(text_lines, "LARGEST", 2_000)
    data = lines({"text": FIRST}, {"text": "x" * 9_000}, {"text": SECOND})
    found, errors = articles(data, "a.jsonl")
    assert [one.part for one in found] == [0, 2]
    assert "line 2: is longer than the largest page" in errors[0]


def test_records_are_read_one_at_a_time(tmp_path):
    page = tmp_path / "a.jsonl"
    page.write_bytes(lines({"text": FIRST}) + b"no JSON\n")
    found = read(page)
    assert next(found).text == FIRST
    with pytest.raises(PageError, match="line 2"):
        next(found)


def test_json_lines_are_known_by_their_first_line():
    assert read_bytes(lines({"text": FIRST}), "-")[0].text == FIRST
    assert (
        read_bytes(b'{"Arlen" is no JSON, and a sentence of plain text it is.', "-")[0].part is None
    )


def test_the_words_of_a_map_are_checked():
    assert parsed_columns("text=Body, date=Published") == {"text": "Body", "date": "Published"}
    with pytest.raises(WhipcountError, match="'txt' of an article; did you mean text"):
        parsed_columns("txt=Body")
    with pytest.raises(WhipcountError, match="is no pair"):
        parsed_columns("text")
    with pytest.raises(WhipcountError, match="no column is named for 'text'"):
        read([], columns={"text": " "})


def test_known_names_are_tried_in_order_whatever_their_case_and_marks():
    names = ["Body", "TEXT", "Publication_Date", "By-line"]
    assert columns_among(names, {}) == {
        "text": "TEXT",
        "date": "Publication_Date",
        "byline": "By-line",
    }


@pytest.mark.parametrize("file", ["[columns]\ntext = 'Rumpf'\n", "[columns]\ntext = 'rumpf'"])
def test_a_file_beside_the_pages_has_the_map_for_every_command(tmp_path, file):
    (tmp_path / "a.csv").write_text(table(["Kopf", "Rumpf"], ["x", FIRST]), encoding="utf-8")
    (tmp_path / "reading.toml").write_text(file, encoding="utf-8")
    assert [one.text for one in read(tmp_path)] == [FIRST]
    assert read_page(tmp_path / "a.csv")[0].text == FIRST


def test_a_map_that_is_given_goes_before_the_file_beside(tmp_path):
    (tmp_path / "a.csv").write_text(table(["a", "b"], [FIRST, SECOND]), encoding="utf-8")
    (tmp_path / "reading.toml").write_text("[columns]\ntext = 'a'\n", encoding="utf-8")
    assert [one.text for one in read(tmp_path, columns={"text": "b"})] == [SECOND]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("[columns]\ntxt = 'a'\n", "did you mean text"),
        ("[column]\ntext = 'a'\n", "line 1: column: unknown key"),
        ("[columns]\ntext = 1\n", "line 2: columns.text: must be words"),
        ("[export_marks.mine]\ntold_by = ['x']\n", "export_marks.mine.like: must be"),
    ],
)
def test_a_malformed_file_beside_the_pages_is_told(tmp_path, file, told):
    (tmp_path / "a.csv").write_text("text\n", encoding="utf-8")
    (tmp_path / "reading.toml").write_text(file, encoding="utf-8")
    with pytest.raises(WhipcountError, match=f"reading.toml.*{told}"):
        list(read(tmp_path))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.jsonl", "a.csv", "a.tsv"]), st.booleans())
def test_whatever_stands_in_a_file_gives_articles_or_errors(data, path, begins):
    start = b'text,date\n"' if path != "a.jsonl" else b'{"text": "'
    found, errors = articles(start + data if begins else data + b"\n", path)
    assert found or errors


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["text", "title", "date", "source", "id", "url", "author"]), JSON
    )
)
def test_whatever_an_object_holds_gives_an_article_or_an_error(record):
    found, errors = articles(lines(record), "a.jsonl")
    assert found or errors
    for article in found:
        article.text.encode("utf-8")
        assert "\n" not in article.title + article.outlet + article.path
