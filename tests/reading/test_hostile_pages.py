"""Pages that are broken or made to do harm: bounded, told, and the rest of the batch is read."""

import contextlib
import socket
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import formats
from tests.formats import BODY

from whipcount.errors import PageError
from whipcount.reading import read, read_bytes

WHOLE = {
    "page.docx": formats.docx(),
    "page.rtf": formats.rtf(),
    "page.eml": formats.mail("See the other part.", formats.html()),
    "page.mhtml": formats.mhtml(),
    "page.rss": formats.rss(),
    "page.html": formats.html().encode(),
}
PDF = formats.pdf()
IN_CI = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""A short run; longer ones are made by hand, with `--hypothesis-profile` or a larger number."""


def check(data, name):
    """Read a page: it gives articles whose spans are within their text, or a PageError."""
    start = time.monotonic()
    with contextlib.suppress(PageError):
        for article in read_bytes(data, name):
            spans = [*filter(None, [article.headline]), *article.teaser, *article.body]
            assert all(0 <= start < end <= len(article.text) for start, end in spans)
            assert list(article.body) == sorted(article.body)
            assert article.text.encode("utf-8")
    assert time.monotonic() - start < 20


changes = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "put", "double", "swap"]),
        st.floats(0, 1),
        st.integers(1, 400),
        st.binary(max_size=8),
    ),
    min_size=1,
    max_size=6,
)


def changed(data, steps):
    for what, where, length, bytes_ in steps:
        place = int(where * len(data))
        piece = data[place : place + length]
        if what == "flip":
            data = data[:place] + bytes(byte ^ 0x55 for byte in piece[:4]) + data[place + 4 :]
        elif what == "cut":
            data = data[:place] + data[place + length :]
        elif what == "put":
            data = data[:place] + bytes_ + data[place:]
        elif what == "double":
            data = data[:place] + piece * 2 + data[place + length :]
        else:
            data = data[place:] + data[:place]
    return data


@pytest.mark.parametrize("name", WHOLE)
@IN_CI
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name, data):
    check(data, name)
    check(WHOLE[name][:60] + data, name)


@pytest.mark.parametrize("name", WHOLE)
@IN_CI
@given(steps=changes)
def test_any_change_to_a_page_is_read_or_refused(name, steps):
    check(changed(WHOLE[name], steps), name)


@settings(IN_CI, max_examples=15)
@given(steps=changes)
def test_any_change_to_a_pdf_is_read_or_refused(steps):
    check(changed(PDF, steps), "page.pdf")


@pytest.mark.parametrize(
    "words",
    [
        "a" * 3_000_000,
        "Arlen said no. " * 200_000,
        "â€œNo,â€ said Arlen. " * 50_000,
        "“" * 1_000_000,
        "\u202eArlen said no.\u202c " * 50_000,
        "\0" * 1_000_000,
        "<" * 1_000_000,
        "-\n" * 100_000,
    ],
    ids=["letters", "sentences", "spoilt", "marks", "right-to-left", "nul", "less-than", "lines"],
)
@pytest.mark.parametrize("name", [*WHOLE, "page.txt"])
def test_megabytes_on_a_line_take_bounded_time(name, words):
    start = time.monotonic()
    escaped = words.replace("<", "&lt;").replace("\0", "")
    made = {
        "page.docx": lambda: formats.docx(formats.word_paragraph(words.replace("\0", ""))),
        "page.rtf": lambda: formats.rtf([words[:300_000]]),
        "page.eml": lambda: b"Subject: Arlen\nFrom: a@b.example\n\n" + words.encode(),
        "page.mhtml": lambda: formats.mhtml(f"<html><body><article><p>{escaped}"),
        "page.rss": lambda: formats.rss(
            f"<item><title>A</title><description>{escaped}</description></item>"
        ),
        "page.html": f"<html><body><article><h1>Arlen</h1><p>{escaped}".encode,
        "page.txt": words.encode,
    }
    with contextlib.suppress(PageError):
        read_bytes(made[name](), name)
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("name", WHOLE)
def test_no_reader_opens_a_connection(name, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a reader opened a connection")

    for what in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, what, refuse)
    far = b"https://arlen.example/x"
    assert read_bytes(WHOLE[name], name)
    with contextlib.suppress(PageError):
        read_bytes(WHOLE[name].replace(b"<html", b'<html manifest="%b"' % far), name)


def test_a_broken_page_of_each_format_never_stops_the_others(tmp_path):
    whole = {**WHOLE, "page.pdf": PDF}
    for name, data in whole.items():
        (tmp_path / f"a-broken-{name}").write_bytes(b"\0\1\2" + data[:50])
        (tmp_path / f"whole-{name}").write_bytes(data)
    errors = []
    articles = list(read([tmp_path], on_error=errors.append))
    assert len(articles) == len(whole)
    assert all([article.text[s:e] for s, e in article.body] == BODY for article in articles)
    assert len(errors) == len(whole)
    assert all("a-broken-" in str(error) for error in errors)
