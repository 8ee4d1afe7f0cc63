import itertools
import time
from html import escape

import pytest
from tests import formats
from tests.formats import BODY, BYLINE, OUTLET, PUBLISHED, TITLE, URL

from whipcount.errors import PageError
from whipcount.reading import feeds, read_bytes

HTML = "".join(f"<p>{words}</p>" for words in BODY)


def body(article):
    return [article.text[start:end] for start, end in article.body]


def item(content, **said):
    fields = {"title": TITLE, "link": URL, **said}
    about = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f"<item>{about}<description>{content}</description></item>"


def read(*items):
    return read_bytes(formats.rss("".join(items)), "feed.xml")


def test_an_item_is_an_article_with_what_the_feed_has_of_it():
    (article,) = read_bytes(formats.rss(), "feed.rss")
    assert body(article) == BODY
    assert (article.title, article.outlet, article.byline) == (TITLE, OUTLET, BYLINE)
    assert (article.published, article.url, article.language) == (PUBLISHED, URL, "en")
    assert article.text == "\n\n".join([TITLE, *BODY])
    assert article.part is None


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>{OUTLET}</title><link rel="self" href="https://courier.example/feed"/>
<entry><title type="text">{TITLE}</title><link rel="enclosure" href="https://courier.example/x"/>
<link href="{URL}"/><id>tag:1</id><updated>2031-03-06T01:00:00Z</updated>
<published>{PUBLISHED}T23:30:00-05:00</published><author><name>{BYLINE}</name></author>
CONTENT</entry></feed>"""


@pytest.mark.parametrize(
    "content",
    [
        f'<content type="html">{escape(HTML)}</content>',
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content>',
        f"<content type='html'><![CDATA[{HTML}]]></content><summary>Short.</summary>",
    ],
)
def test_atom_is_read_as_rss_is(content):
    (article,) = read_bytes(ATOM.replace("CONTENT", content).encode(), "feed.atom")
    assert body(article) == BODY
    assert (article.title, article.outlet, article.byline) == (TITLE, OUTLET, BYLINE)
    assert (article.published, article.url) == (PUBLISHED, URL)


def test_rss_1_has_its_items_beside_the_channel():
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{OUTLET}</title></channel>"
        f"{item(escape(HTML)).replace('</item>', f'<dc:date>{PUBLISHED}</dc:date></item>')}"
        "</rdf:RDF>"
    )
    (article,) = read_bytes(data.encode(), "-")
    assert (body(article), article.outlet, article.published) == (BODY, OUTLET, PUBLISHED)


def test_items_come_in_order_each_with_its_place():
    last = item(BODY[2], title="Halvern waits")
    found = read(item(escape(HTML)), item("", title="Nothing"), last)
    assert [article.title for article in found] == [TITLE, "Halvern waits"]
    assert [article.part for article in found] == [0, 1]
    assert found[1].offset == len(found[0].text) + 2
    assert body(found[1]) == [BODY[2]]


@pytest.mark.parametrize(
    ("content", "words", "reason"),
    [
        (escape("<p>Arlen said &ldquo;no&rdquo; today.</p>"), "Arlen said “no” today.", "escaped"),
        ("<![CDATA[Arlen said &#8220;no&#8221; today.]]>", "Arlen said “no” today.", "no tags"),
        ("Arlen said &ldquo;no&rdquo; today.", "Arlen said “no” today.", "HTML’s entities in XML"),
        (escape("Arlen said <q>no</q> today."), "Arlen said “no” today.", "marked as a quotation"),
        (escape("Arlen said<br>no today."), "Arlen said no today.", "a line break"),
        (escape("<img src=x>Arlen <b>said</b> no."), "Arlen said no.", "a picture"),
        (escape("<script>var a</script>Arlen said no."), "Arlen said no.", "a script"),
        ("Arlen said â€œnoâ€ today.", "Arlen said “no” today.", "decoded wrongly"),
        ("Arlen will not join the pact this year", "Arlen will not join the pact this year", "-"),
    ],
)
def test_an_items_words_are_those_that_readers_see(content, words, reason):
    (article,) = read(item(content))
    assert body(article) == [words], reason


def test_a_feed_that_declares_no_namespaces_is_read():
    data = formats.rss().replace(b"xmlns:", b"data-")
    (article,) = read_bytes(data, "feed.rss")
    assert (article.byline, body(article)) == (BYLINE, BODY)


def test_what_blogs_add_is_left_out():
    added = f"<p>The post <a href='x'>{TITLE}</a> appeared first on <a href='y'>{OUTLET}</a>.</p>"
    (article,) = read(item(escape(HTML + added)))
    assert body(article) == BODY


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Tue, 04 Mar 2031 23:30:00 -0500", PUBLISHED),
        ("Tue, 04 Mar 31 23:30:00 GMT", PUBLISHED),
        ("2031-03-04T23:30:00Z", PUBLISHED),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_an_items_day_is_that_of_its_own_time_zone(said, day):
    assert read(item(BODY[0], pubDate=said))[0].published == day


@pytest.mark.parametrize(
    ("said", "byline"),
    [
        ("jane@courier.example (Jane Doe)", "Jane Doe"),
        ("jane@courier.example", ""),
        (OUTLET, ""),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_an_items_author_is_a_persons_name(said, byline):
    assert read(item(BODY[0], author=said))[0].byline == byline


def test_an_item_of_a_collection_names_its_outlet():
    (article,) = read(item(BODY[0], title=f"{TITLE} - The Lantern", source="The Lantern"))
    assert (article.title, article.outlet) == (TITLE, "The Lantern")


def test_a_feed_that_is_cut_off_is_read_as_far_as_it_goes():
    data = formats.rss(item(escape(HTML)) + item(BODY[2], title="Halvern waits"))
    found = read_bytes(data[: data.index(b"Halvern waits")], "feed.xml")
    assert [body(article) for article in found] == [BODY]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_a_feed_is_in_the_encoding_that_it_declares(encoding):
    text = formats.rss(item(BODY[1])).decode().replace("UTF-8", encoding)
    (article,) = read_bytes(text.encode(encoding), "feed.xml")
    assert body(article) == [BODY[1]]


TENFOLD = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefghij"))
OUTSIDE = '<!ENTITY x SYSTEM "file:///etc/hostname">'


@pytest.mark.parametrize("entities", [f'<!ENTITY a "lol">{TENFOLD}', OUTSIDE])
def test_entities_are_not_expanded(entities):
    text = formats.rss(item(f"{BODY[0]} &j; &x;")).decode()
    text = text.replace("<rss", f"<!DOCTYPE rss [{entities}]><rss", 1)
    start = time.monotonic()
    (article,) = read_bytes(text.encode(), "feed.xml")
    assert body(article)[0].startswith(BODY[0])
    assert len(article.text) < len(BODY[0]) + 100
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "no feed: its root is 'urlset'"),
        (b"no XML at all", "is broken XML|XML without an element"),
        (formats.rss(""), "its 0 items have no text"),
        (formats.rss(item("")), "its 1 items have no text"),
    ],
)
def test_a_feed_that_cannot_be_read_is_told(data, told):
    with pytest.raises(PageError, match=told) as error:
        read_bytes(data, "feed.xml")
    assert str(error.value).startswith("feed.xml: ")


@pytest.mark.parametrize(
    "content",
    [
        "<![CDATA[" + "<div>" * 200_000 + "]]>",
        "<b>" * 200_000,
        "<![CDATA[" + "<br>" * 200_000 + "]]>",
        "a " * 500_000,
        "<![CDATA[" + "<" * 500_000 + "]]>",
        "&amp;" * 200_000,
    ],
)
def test_deep_and_long_items_take_bounded_time(content):
    start = time.monotonic()
    first = item(escape(HTML))
    found = read(first, item(content, title="Long"))
    assert body(found[0]) == BODY
    assert time.monotonic() - start < 30


@pytest.mark.parametrize(
    ("head", "path", "claimed"),
    [
        (b"<?xml version='1.0'?>\n<!-- x --><rss>", "-", True),
        (b"<feed xmlns='x'>", "page", True),
        ("<rss>".encode("utf-16"), "page", True),
        (b"<?xml version='1.0'?><html>", "a.xml", False),
        (b"<urlset>", "sitemap.xml", True),
        (b"<urlset>", "page", False),
    ],
)
def test_a_feed_is_claimed_by_its_root_and_xml_by_name(head, path, claimed):
    assert feeds.reader.claims(head, path) is claimed
