import textwrap
import time
from email.message import EmailMessage
from html import escape

import pytest
from tests import formats
from tests.formats import BODY, BYLINE, OUTLET, PUBLISHED, TITLE

from whipcount.errors import PageError
from whipcount.reading import mail, read_bytes


def article_of(data):
    (article,) = read_bytes(data, "page.eml")
    return article


def body(article):
    return [article.text[start:end] for start, end in article.body]


@pytest.mark.parametrize(
    "data", [formats.mail(), formats.mail("See the other part.", formats.html())]
)
def test_a_message_gives_its_article(data):
    article = article_of(data)
    assert body(article) == BODY
    assert (article.title, article.outlet, article.published) == (TITLE, OUTLET, PUBLISHED)
    assert article.text == "\n\n".join([TITLE, *BODY])
    assert article.text[slice(*article.headline)] == TITLE


@pytest.mark.parametrize(
    ("sender", "outlet", "byline", "reason"),
    [
        ("The Lantern <news@lantern.example>", "The Lantern", "", "an outlet"),
        ("Jane Doe <jane@halvern-monitor.example>", "Halvern Monitor", "Jane Doe", "a person"),
        ("Jane Doe <jane@gmail.com>", "", "Jane Doe", "a host of everybody’s tells no outlet"),
        ('"Jane Doe, Harbour Courier" <x@y.example>', "Harbour Courier", "Jane Doe", "both"),
        ("Jane Doe from Harbour Courier <x@y.example>", "Harbour Courier", "Jane Doe", "both"),
        ("news@harbour-courier.example", "Harbour Courier", "", "an address alone"),
        ("=?utf-8?q?Minist=C3=A8re?= <press@gov.example>", "Ministère", "", "in another charset"),
        ("", "", "", "nobody"),
    ],
)
def test_the_sender_is_outlet_or_byline(sender, outlet, byline, reason):
    article = article_of(formats.mail(From=sender))
    assert (article.outlet, article.byline) == (outlet, byline), reason


@pytest.mark.parametrize("subject", [f"Fwd: {TITLE}", f"RE: FW: {TITLE}", f"AW: {TITLE}"])
def test_the_title_is_the_subject_without_what_replies_put_before_it(subject):
    assert article_of(formats.mail(Subject=subject)).title == TITLE


@pytest.mark.parametrize(
    ("printed", "published", "reason"),
    [
        ("1 March 2031", "2031-03-01", "it was printed before it was sent"),
        ("20 May 2031", PUBLISHED, "nothing was printed after it was sent"),
    ],
)
def test_a_day_in_the_text_counts_where_it_is_not_later(printed, published, reason):
    article = article_of(formats.mail("\n\n".join([printed, *BODY])))
    assert (article.published, body(article)) == (published, BODY), reason


def test_a_forwarded_message_is_what_is_read():
    note = (
        "For the file.\n\n---------- Forwarded message ---------\n"
        f"From: {OUTLET} <news@courier.example>\nDate: Sun, Mar 2, 2031 at 10:00 AM\n"
        f"Subject: {TITLE}\nTo: <me@mail.example>\n\n"
    )
    about = {"Subject": "Fwd: please read", "From": "Al <a@b.example>"}
    data = formats.mail(note + "\n\n".join(BODY), formats.html(), **about)
    article = article_of(data)
    assert (article.title, article.outlet, article.published) == (TITLE, OUTLET, "2031-03-02")
    assert body(article) == BODY


def test_an_attached_message_is_what_is_read_where_it_comes_with_a_note():
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "Look at this", "Al Roe <al@mail.example>"
    outer.set_content("For the file.")
    inner = EmailMessage()
    inner["Subject"], inner["From"] = TITLE, f"{OUTLET} <news@courier.example>"
    inner.set_content("\n\n".join(BODY))
    outer.add_attachment(inner)
    article = article_of(outer.as_bytes())
    assert (article.title, article.outlet, body(article)) == (TITLE, OUTLET, BODY)


def test_links_signature_and_what_is_quoted_are_left_out_of_plain_text():
    plain = (
        f"{BODY[0]}\n\n{BODY[1]} <https://courier.example/a?b=c>\n\n{BODY[2]}\n\n"
        "On 3 March 2031, Al Roe wrote:\n> Is there news of Arlen? I have not seen any.\n\n"
        "-- \nThe newsroom of the Harbour Courier sends this every day.\n"
    )
    assert body(article_of(formats.mail(plain))) == BODY[:3]


def test_a_newsletter_of_tables_is_read():
    rows = "".join(f"<tr><td><p>{escape(words)}</p></td></tr>" for words in BODY)
    page = f"<html><body><table><tr><td><table>{rows}</table></td></tr></table></body></html>"
    assert body(article_of(formats.mail("Your reader shows no HTML.", page))) == BODY


def test_wrapped_lines_are_paragraphs():
    wrapped = [textwrap.fill(words, 72) for words in BODY]
    assert body(article_of(formats.mail("\n\n".join(wrapped)))) == BODY


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-7"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_parts_are_decoded_as_they_are_declared(charset, encoding):
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, OUTLET
    message.set_content("\n\n".join(BODY), charset=charset, cte=encoding)
    assert body(article_of(message.as_bytes())) == BODY


def test_words_that_were_decoded_wrongly_are_mended():
    spoilt = [words.encode().decode("cp1252", "ignore") for words in BODY]
    assert body(article_of(formats.mail("\n\n".join(spoilt)))) == BODY


def nested(depth):
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(depth)
    )
    return b"Subject: Arlen\nFrom: a@b.example\n" + head + b"\n" * 200_000


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (formats.mail(""), "no sentence in it, and attachments aren't read"),
        (nested(400), "too many parts in one another"),
        (b"Subject: Arlen\n\n" + bytes(5_000), "is no text"),
        (b"Content-Type: multipart/mixed" + b";" * 1_000_000 + b"\n\nArlen", "no article"),
        (b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nArlen", "no article"),
        (b"From: " + b"(" * 1_000_000 + b"\n\nArlen", "no article"),
        (b"From: " + b"a@b.example, " * 100_000 + b"\n\nArlen", "no article"),
    ],
)
def test_a_message_that_cannot_be_read_is_told_in_bounded_time(data, told):
    start = time.monotonic()
    with pytest.raises(PageError, match=told) as error:
        read_bytes(data, "page.eml")
    assert str(error.value).startswith("page.eml: ")
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("head", "path", "claimed"),
    [
        (b"", "a.EML", True),
        (b"Return-Path: <a@b>\r\nFrom: a@b\r\n\r\nArlen", "-", True),
        (b"From: Jane Doe\nDate: 4 March 2031\n\nArlen said no.", "a.txt", False),
        (b"Arlen said no.", "-", False),
    ],
)
def test_a_message_is_claimed_by_name_or_headers(head, path, claimed):
    assert mail.reader.claims(head, path) is claimed


def test_a_byline_that_is_printed_goes_before_the_senders_name():
    article = article_of(formats.mail("\n\n".join([f"By {BYLINE}", *BODY]), From="Al Roe <a@b.c>"))
    assert article.byline == BYLINE
