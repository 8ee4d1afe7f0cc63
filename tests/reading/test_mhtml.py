import pytest
from tests import formats
from tests.formats import BODY, BYLINE, OUTLET, PUBLISHED, TITLE, URL

from whipcount.errors import PageError
from whipcount.reading import mhtml, read_bytes


def body(article):
    return [article.text[start:end] for start, end in article.body]


def test_a_saved_page_gives_its_article():
    (article,) = read_bytes(formats.mhtml(), "page.mhtml")
    assert body(article) == BODY
    assert (article.title, article.outlet, article.byline) == (TITLE, OUTLET, BYLINE)
    assert (article.published, article.url) == (PUBLISHED, URL)


def test_the_day_of_saving_is_no_day_of_publication():
    page = formats.html().replace(f'<p><time datetime="{PUBLISHED}">4 March 2031</time></p>', "")
    (article,) = read_bytes(formats.mhtml(page), "page.mht")
    assert article.published == ""


def test_the_page_that_is_named_as_start_is_read():
    data = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; start="<2>"\n\n'
        b"--b\nContent-Type: text/html\nContent-ID: <1>\n\n<p>A frame with an advertisement.</p>\n"
        b"--b\nContent-Type: text/html; charset=utf-8\nContent-ID: <2>\n\n"
        + formats.html().encode()
        + b"\n--b--\n"
    )
    (article,) = read_bytes(data, "page.mht")
    assert body(article) == BODY


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"MIME-Version: 1.0\n\nArlen said no.", "holds no HTML"),
        (formats.mhtml("<html><body><p>Home</p></body></html>"), "holds no article"),
        (b"", "is empty"),
    ],
)
def test_a_page_that_cannot_be_read_is_told(data, told):
    with pytest.raises(PageError, match=told) as error:
        read_bytes(data, "page.mht")
    assert str(error.value).startswith("page.mht: ")


def test_a_saved_page_is_claimed_by_name_or_headers():
    assert mhtml.reader.claims(b"", "a.MHT")
    assert mhtml.reader.claims(formats.mhtml()[:4096], "-")
    assert not mhtml.reader.claims(formats.mail()[:4096], "-")
    assert not mhtml.reader.claims(b"PK\x03\x04" + formats.mhtml()[:4000], "a.zip")
