import builtins
import gzip
import io
import tracemalloc
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whipcount.errors import PageError
from whipcount.reading import Settings, read, read_bytes
from whipcount.reading.page_articles import articles_of

SENTENCE = (
    "Arlen has asked again for a seat at the table of the eight states, and was told to wait."
)


def page(number):
    return (
        f"<html><body><article><h1>Arlen waits for seat {number} at the table</h1><p>{SENTENCE}</p>"
        "<p>Halvern is still cautious, its envoy said “in Brumel”.</p></article></body></html>"
    )


def record(
    number,
    body=None,
    *,
    kind="response",
    status="200 OK",
    media="text/html; charset=utf-8",
    headers="",
    length=None,
    url=None,
):
    body = page(number).encode() if body is None else body
    if kind == "response":
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}\r\n".encode()
        body, media = http + body, "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Target-URI: {url or f'https://courier.example/{number}'}\r\n"
        f"WARC-Date: 2031-03-04T10:00:00Z\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 9\r\n\r\nsoftware:\r\n\r\n"
PLAIN = INFO + b"".join(record(number) for number in range(4))
MEMBERS = [gzip.compress(INFO), *(gzip.compress(record(number)) for number in range(4))]


def articles(data, path="crawl.warc.gz", **changed):
    errors = []
    found = list(articles_of(io.BytesIO(data), path, Settings(on_error=errors.append, **changed)))
    return found, [str(error) for error in errors]


def numbers(found):
    return [int(article.url.rpartition("/")[2]) for article in found]


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (PLAIN, "crawl.warc"),
        (b"".join(MEMBERS), "crawl.warc.gz"),
        (gzip.compress(PLAIN), "crawl.warc.gz"),
        (PLAIN, "-"),
        (b"".join(MEMBERS), "-"),
    ],
)
def test_each_record_of_a_page_is_read(data, path):
    found, errors = articles(data, path)
    assert (numbers(found), errors) == ([0, 1, 2, 3], [])
    assert found[1].path == f"{path}/https://courier.example/1"
    assert (found[1].part, found[1].offset) == (None, 0)
    assert found[1].title == "Arlen waits for seat 1 at the table"
    assert (found[1].published, found[1].outlet) == ("2031-03-04", "Courier")


def test_what_a_page_says_of_itself_goes_before_the_record():
    head = (
        '<head><meta property="og:url" content="https://www.lantern.example/a">'
        '<meta property="og:site_name" content="The Lantern">'
        '<meta property="article:published_time" content="2031-02-01"></head>'
    )
    body = page(1).replace("<html>", "<html>" + head).encode()
    (article,), _ = articles(record(1, body), "a.warc")
    assert article.url == "https://www.lantern.example/a"
    assert (article.published, article.outlet) == ("2031-02-01", "The Lantern")


def test_what_is_no_page_is_passed_over():
    data = b"".join(
        (
            record(0, status="404 Not Found"),
            record(1, b"body { color: red }", media="text/css"),
            record(2, b"{}", media="application/json"),
            record(3, kind="request", media="application/http; msgtype=request"),
            record(4, kind="metadata", media="text/plain"),
            record(5, kind="resource", media="text/html"),
            record(6, SENTENCE.encode(), kind="conversion", media="text/plain"),
            record(7, SENTENCE.encode(), media="text/plain"),
        )
    )
    found, errors = articles(data, "a.warc")
    assert (numbers(found), errors) == ([5, 6, 7], [])


def test_bodies_are_decoded_as_their_headers_say_where_they_are_encoded():
    body = page(1).encode()
    packed = gzip.compress(body)
    chunked = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    both = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    raw = zlib.compressobj(wbits=-15)
    records = (
        record(0, chunked, headers=both),
        record(1, body, headers=both),
        record(2, zlib.compress(body), headers="Content-Encoding: deflate\r\n"),
        record(3, raw.compress(body) + raw.flush(), headers="Content-Encoding: deflate\r\n"),
        record(4, b"5\r\n<html\r\n" + body[5:], headers="Transfer-Encoding: chunked\r\n"),
        record(5, body, headers="Content-Encoding: br\r\n"),
    )
    found, errors = articles(b"".join(records), "a.warc")
    assert (numbers(found), errors) == ([0, 1, 2, 3, 4, 5], [])
    assert {article.text for article in found} == {found[0].text}


def test_an_encoding_that_is_not_known_is_told():
    found, errors = articles(
        record(0, b"\x0b\x02\x80hello\x03", headers="Content-Encoding: br\r\n") + record(1),
        "a.warc",
    )
    assert numbers(found) == [1]
    assert errors == [
        "a.warc/https://courier.example/0: is encoded as br, which isn't read; leave it out"
    ]


def test_the_servers_charset_is_taken_where_the_bytes_fit_it():
    polish = page(1).replace("Halvern", "Świt").encode("iso-8859-2", "replace")
    (article,), _ = articles(record(1, polish, media="text/html; charset=iso-8859-2"), "a.warc")
    assert "Świt" in article.text
    (article,), _ = articles(record(1, media="text/html; charset=iso-8859-2"), "a.warc")
    assert "“in Brumel”" in article.text
    latin = page(1).encode("cp1252")
    (article,), _ = articles(record(1, latin, media='text/html; charset="ISO-8859-1"'), "a.warc")
    assert "“in Brumel”" in article.text


def test_a_broken_member_costs_no_other():
    broken = bytearray(MEMBERS[2])
    broken[len(broken) // 2 :][:40] = b""
    broken[len(broken) // 2 : len(broken) // 2 + 40] = b"\xff" * 40
    data = b"".join([*MEMBERS[:2], bytes(broken), *MEMBERS[3:]])
    found, errors = articles(data)
    assert numbers(found) == [0, 2, 3]
    start = len(MEMBERS[0] + MEMBERS[1])
    assert len(errors) == 1
    assert errors[0].startswith(f"crawl.warc.gz: is broken at byte {start} (")
    assert errors[0].endswith("and what stands there was passed over; fetch it again")


def test_a_member_that_ends_in_the_middle_costs_no_other():
    data = b"".join([*MEMBERS[:2], MEMBERS[2][: len(MEMBERS[2]) // 2], *MEMBERS[3:]])
    found, errors = articles(data)
    assert numbers(found) == [0, 2, 3]
    assert len(errors) == 1


def test_bytes_between_members_are_passed_over():
    found, _ = articles(MEMBERS[0] + MEMBERS[1] + b"\x1f\x8b\x08" * 9 + b"no" * 9 + MEMBERS[2])
    assert numbers(found) == [0, 1]


def test_a_page_that_is_cut_off_is_read_as_far_as_it_goes():
    body = (page(1) + "<!-- " + str(list(range(30_000))) + "-->").encode()
    data = MEMBERS[1] + gzip.compress(record(1, body))[:-2_000]
    found, errors = articles(data)
    assert numbers(found) == [0, 1]
    assert errors == [f"crawl.warc.gz: is cut off at byte {len(data):,}; fetch it again"]


@pytest.mark.parametrize(
    ("data", "read", "told"),
    [
        (record(0) + b"no record\r\n" + record(1), [0, 1], "there is no record"),
        (record(0, length=10**6) + record(1) + record(2), [0, 1, 2], "its length is wrong"),
        (record(0, length="x") + record(1), [1], "its record has no length"),
        (record(0) + record(1)[:-60], [0, 1], "cut off"),
        (record(0) + b"WARC/1.0\r\nX: " + b"x" * 1_100_000 + record(1), [0], "its header has more"),
    ],
)
def test_a_broken_record_costs_no_other(data, read, told):
    found, errors = articles(data, "a.warc")
    assert numbers(found) == read
    assert len(errors) == 1
    assert told in errors[0]


def test_an_archive_without_pages_is_told():
    with pytest.raises(PageError, match=r"a\.warc: the archive holds no page"):
        read_bytes(INFO, "a.warc")


def test_a_page_without_an_article_is_told_by_its_address():
    _, errors = articles(record(7, b"<html><body><p>Menu</p></body></html>"), "a.warc")
    assert errors[0].startswith("a.warc/https://courier.example/7: holds no article")


def test_addresses_are_printable():
    data = record(0, url="https://courier.example/a\x1b[2J\u202eb")
    (article,), _ = articles(data, "a.warc")
    assert article.path == "a.warc/https://courier.example/a\ufffd[2J\ufffdb"


def test_without_warcio_what_to_install_is_told(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("warcio"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PageError, match=r"pip install 'whipcount\[warc\]'"):
        read_bytes(PLAIN, "a.warc")


def test_records_are_read_one_at_a_time(tmp_path):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(MEMBERS[1] + gzip.compress(record(1, b"")) + MEMBERS[2])
    found = read(file)
    assert next(found).url.endswith("/0")
    with pytest.raises(PageError, match="is empty"):
        next(found)


def test_memory_stays_flat_however_long_an_archive_is():
    def peak(count):
        data = gzip.compress(record(0, b"x" * 3_000_000, media="video/mp4")) * count
        file = io.BytesIO(data + MEMBERS[1])
        tracemalloc.start()
        assert len(list(articles_of(file, "a.warc.gz", Settings()))) == 1
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1)  # what is loaded once
    assert peak(40) < peak(2) + 500_000


def test_a_body_that_unpacks_to_far_too_much_is_cut():
    bomb = gzip.compress(b"<p>" + b"x" * 400_000_000)
    _, errors = articles(record(0, bomb, headers="Content-Encoding: gzip\r\n"), "a.warc")
    assert "pages are read up to 16 MB" in errors[0]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([PLAIN, b"".join(MEMBERS), gzip.compress(PLAIN)]),
    st.lists(
        st.tuples(st.integers(0, 5_000), st.integers(0, 60), st.binary(max_size=12)), min_size=1
    ),
)
def test_spoilt_archives_give_articles_or_errors_and_nothing_else(data, changes):
    spoilt = bytearray(data)
    for place, length, words in changes:
        at = place % (len(spoilt) + 1)
        spoilt[at : at + length] = words
    assert articles(bytes(spoilt), "a.warc") != ([], [])
