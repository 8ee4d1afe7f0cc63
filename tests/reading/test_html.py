import pytest
from hypothesis import given
from hypothesis import strategies as st

from whipcount.errors import PageError
from whipcount.reading import read_bytes

TITLE = "Arlen’s call for a seat met with caution"
FIRST = (
    "Since the flood last year, Arlen’s deputy minister Mirela Dask has been travelling to Brumel "
    "twice a month, asking the eight states for a seat at their table."
)
SECOND = "“We have waited long enough,” Dask said. “Let us in, and let us in now.”"
THIRD = "The other states, Halvern among them, are still cautious. Talks go on next week."
BODY = [FIRST, SECOND, THIRD]

MENU = (
    '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
    '<div class="cookie-banner"><p>We use cookies to keep this site running.</p></div>'
)
FOOTER = (
    '<aside><h2>Most read</h2><ul><li><a href="/a">Herring quota falls</a></li></ul></aside>'
    "<footer><p>© 2031 The Harbour Courier. <a href='/i'>Imprint</a></p></footer>"
)


def page(content, head="", lang="en"):
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head>'
        f"<body>{MENU}<main>{content}</main>{FOOTER}</body></html>"
    )


def paragraphs(*words):
    return "".join(f"<p>{one}</p>" for one in words)


def article_of(content=None, head="", lang="en"):
    if content is None:
        content = f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>"
    articles = read_bytes(page(content, head, lang).encode(), "page.html")
    assert len(articles) == 1
    return articles[0]


def body(article):
    return [article.text[start:end] for start, end in article.body]


def test_an_article_is_title_and_paragraphs_with_blank_lines_between():
    article = article_of()
    assert article.text == "\n\n".join([TITLE, *BODY])
    assert article.text[slice(*article.headline)] == article.title == TITLE
    assert body(article) == BODY
    assert (article.outlet, article.language) == ("The Harbour Courier", "en")
    assert (article.part, article.offset, article.teaser) == (None, 0, ())


def test_an_article_of_three_short_paragraphs_comes_out_whole():
    short = ["Arlen said no on Monday.", "“We will not sign,” Dask said.", "Halvern said nothing."]
    article = article_of(f"<article><h1>No from Arlen</h1>{paragraphs(*short)}</article>")
    assert body(article) == short


def test_an_article_without_its_own_element_comes_out():
    assert body(article_of(f"<h1>{TITLE}</h1><div>{paragraphs(*BODY * 3)}</div>"))[:3] == BODY


def test_paragraphs_that_are_repeated_stay():
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs(FIRST, SECOND, FIRST)}</article>")
    assert body(article) == [FIRST, SECOND, FIRST]


META = """
<meta property="og:title" content="Arlen’s call for a seat met with caution">
<meta property="og:site_name" content="Harbour Wire">
<meta property="og:url" content="https://wire.example/a/1">
<meta name="author" content="Jane Doe, John Roe">
<meta property="article:published_time" content="2031-03-04T23:30:00-05:00">
"""
LINKED = """
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "Wire"},
 {"@type": ["NewsArticle"], "headline": "Arlen&rsquo;s call for a seat met with caution",
  "datePublished": "2031-03-05T06:40:00+01:00", "mainEntityOfPage": {"@id": "https://hw.example/2"},
  "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Al Roe"}],
  "publisher": {"@type": "Organization", "name": "Harbour Wire"}}]}</script>
"""


def test_meta_tags_tell_outlet_byline_day_and_address():
    article = article_of(head=META)
    assert (article.outlet, article.byline) == ("Harbour Wire", "Jane Doe and John Roe")
    assert (article.published, article.url) == ("2031-03-04", "https://wire.example/a/1")


def test_json_ld_tells_outlet_byline_day_and_address():
    article = article_of(head=LINKED)
    assert (article.outlet, article.byline) == ("Harbour Wire", "Ann Lee and Al Roe")
    assert (article.published, article.url) == ("2031-03-05", "https://hw.example/2")


def test_visible_lines_tell_byline_and_day_where_nothing_else_does():
    line = '<p class="meta">By Jane Doe, <time datetime="2031-03-04">4 March</time></p>'
    article = article_of(f"<article><h1>{TITLE}</h1>{line}{paragraphs(*BODY)}</article>")
    assert (article.byline, article.published) == ("Jane Doe", "2031-03-04")
    assert body(article) == BODY


@pytest.mark.parametrize(
    ("head", "byline", "reason"),
    [
        ('<meta name="author" content="The Harbour Courier">', "", "the outlet wrote it"),
        ('<meta name="author" content="https://x.example/jane">', "", "an address"),
        ('<meta name="author" content="@jane">', "", "a handle"),
        ('<meta name="author" content="The Harbour Courier Online">', "", "the outlet, and more"),
        ('<meta name="author" content="Jane Doe / HC / Brumel">', "Jane Doe", "what is beside"),
        (
            '<meta name="citation_author" content="Jane Doe">'
            '<meta name="citation_author" content="John Roe">',
            "Jane Doe and John Roe",
            "a tag each",
        ),
        ('<meta name="author" content="By JANE DOE">', "Jane Doe", "as it is printed"),
        (
            '<script type="application/ld+json">{"@type": "Report", "author": "Jane Doe"}</script>',
            "Jane Doe",
            "a plain string",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle",</script>', "", "broken JSON"),
        ('<script type="application/ld+json">[[[[]]]]</script>', "", "JSON of nothing"),
    ],
)
def test_a_byline_is_a_persons_name(head, byline, reason):
    assert article_of(head=head).byline == byline, reason


@pytest.mark.parametrize(
    "title", [f"{TITLE} | Harbour Wire", f"{TITLE} - Harbour Wire", f"{TITLE} &#8211; Harbour Wire"]
)
def test_the_site_is_taken_off_the_title(title):
    head = f'<title>{title}</title><meta property="og:site_name" content="Harbour Wire">'
    assert article_of(f"<article>{paragraphs(*BODY)}</article>", head).title == TITLE


def test_a_dash_in_the_title_stays_where_the_site_does_not_follow():
    head = "<title>Arlen - a state without a seat</title>"
    article = article_of(f"<article>{paragraphs(*BODY)}</article>", head)
    assert article.title == "Arlen - a state without a seat"


def test_the_sites_name_in_a_heading_is_no_title():
    head = '<meta property="og:site_name" content="Harbour Wire"><title>Harbour Wire</title>'
    article = article_of(
        f"<h1>Harbour Wire</h1><article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>", head
    )
    assert article.title == TITLE


def test_a_standfirst_is_the_teaser():
    teaser = "Eight states weigh a request that none of them expected."
    content = (
        f'<article><h1>{TITLE}</h1><p class="standfirst">{teaser}</p>{paragraphs(*BODY)}</article>'
    )
    article = article_of(content)
    assert [article.text[start:end] for start, end in article.teaser] == [teaser]
    assert body(article) == BODY
    assert article.text == "\n\n".join([TITLE, teaser, *BODY])


def test_a_description_that_readers_do_not_see_is_no_teaser():
    article = article_of(
        head='<meta name="description" content="All that matters of Arlen today.">'
    )
    assert article.teaser == ()
    assert "matters" not in article.text


def test_sub_headings_lists_and_block_quotations_are_read_in_order():
    content = (
        f"<article><h1>{TITLE}</h1><p>{FIRST}</p><h2>The road ahead</h2><p>Arlen asks for:</p>"
        f"<ul><li>a seat</li><li>a vote, and soon</li></ul><p>Dask wrote:</p>"
        f"<blockquote><p>“We wait.”</p><p>“We wait still.”</p></blockquote><p>{THIRD}</p></article>"
    )
    assert body(article_of(content)) == [
        FIRST,
        "The road ahead",
        "Arlen asks for:",
        "a seat",
        "a vote, and soon",
        "Dask wrote:",
        "“We wait.”",
        "“We wait still.”",
        THIRD,
    ]


def test_the_source_of_a_block_quotation_stays():
    quoted = (
        "<figure><blockquote><p>“We wait.”</p></blockquote>"
        "<figcaption>Mirela Dask, deputy minister of Arlen.</figcaption></figure>"
        "<blockquote><p>“So do we.”</p><footer>Joris Tallow of Halvern.</footer></blockquote>"
    )
    read = body(
        article_of(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}{quoted}<p>{THIRD}</p></article>")
    )
    assert read[3:7] == [
        "“We wait.”",
        "Mirela Dask, deputy minister of Arlen.",
        "“So do we.”",
        "Joris Tallow of Halvern.",
    ]


def test_quotations_marked_up_have_their_marks():
    words = "Dask said <q>let us <b>in</b></q> and left. <q>No,</q> said the others, one by one."
    read = body(article_of(f"<article><h1>{TITLE}</h1><p>{words}</p>{paragraphs(*BODY)}</article>"))
    assert read[0] == "Dask said “let us in” and left. “No,” said the others, one by one."


def test_a_time_within_a_sentence_stays():
    words = 'They meet on <time datetime="2031-03-09">Sunday</time> in the custom house of Brumel.'
    read = body(article_of(f"<article><h1>{TITLE}</h1><p>{words}</p>{paragraphs(*BODY)}</article>"))
    assert read[0] == "They meet on Sunday in the custom house of Brumel."


def test_two_line_breaks_part_paragraphs():
    words = f"{FIRST}<br><br>{SECOND}<br>{THIRD}<br>And so<br>it went on in the harbour."
    read = body(article_of(f"<article><h1>{TITLE}</h1><p>{words}</p></article>"))
    assert read == [*BODY, "And so it went on in the harbour."]


def test_entities_are_characters_and_soft_hyphens_go():
    words = (
        "&ldquo;Let us in,&rdquo;&nbsp;she said of the build&shy;ing &mdash; twice &amp; loudly."
    )
    read = body(article_of(f"<article><h1>{TITLE}</h1><p>{words}</p>{paragraphs(*BODY)}</article>"))
    assert read[0] == "“Let us in,” she said of the building — twice & loudly."


def test_a_script_in_a_quotation_is_text():
    words = "“&lt;script&gt;alert(1)&lt;/script&gt; is what they sent us,” the minister said."
    read = body(article_of(f"<article><h1>{TITLE}</h1><p>{words}</p>{paragraphs(*BODY)}</article>"))
    assert read[0] == "“<script>alert(1)</script> is what they sent us,” the minister said."


def test_a_script_of_the_page_is_no_text():
    article = article_of(
        f"<article><h1>{TITLE}</h1><script>var a = 1;</script>{paragraphs(*BODY)}</article>"
    )
    assert "var a" not in article.text


def test_reader_comments_and_related_stories_are_left_out():
    rest = (
        '<section id="comments"><h3>Comments</h3><div class="comment"><p>I think that Arlen should '
        "wait for another year, as we all did.</p></div></section>"
    )
    content = (
        f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}"
        "<h3>Related stories</h3><p><a href='/x'>Halvern rejects new buoys in the strait</a></p>"
        f"</article>{rest}"
    )
    assert body(article_of(content)) == BODY


def test_broken_tags_are_read():
    content = f"<article><h1>{TITLE}<p>{FIRST}<p>{SECOND}<b><p>{THIRD}</i></div></article"
    read = " ".join(body(article_of(content)))
    assert all(words in read for words in BODY)


def test_several_articles_on_a_page_are_each_read():
    others = [f"Halvern rejects the road map for the {n}th time" for n in range(2)]
    one = f'<article><h2><a href="/1">{TITLE}</a></h2>{paragraphs(*BODY)}</article>'
    two = (
        f'<article><h2>{others[0]}</h2><p class="byline">By Jane Doe</p>'
        f'<time datetime="2031-04-01"></time>{paragraphs(THIRD, SECOND)}</article>'
    )
    card = f'<article><h3><a href="/3">{others[1]}</a></h3><p>A card has a sentence.</p></article>'
    data = page(one + two + card, META).encode()
    articles = read_bytes(data, "page.html")
    assert [article.title for article in articles] == [TITLE, others[0]]
    assert [article.part for article in articles] == [0, 1]
    assert [body(article) for article in articles] == [BODY, [THIRD, SECOND]]
    assert [article.published for article in articles] == ["2031-03-04", "2031-04-01"]
    assert [article.byline for article in articles] == ["", "Jane Doe"]
    assert articles[0].url == "https://wire.example/1"
    assert articles[1].offset == len(articles[0].text) + 2


def test_cards_beside_an_article_are_none():
    cards = "".join(
        f"<article><h3><a href='/{n}'>Story {n}</a></h3><p>One.</p></article>" for n in range(5)
    )
    assert (
        body(article_of(f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}</article>{cards}")) == BODY
    )


def test_the_language_is_told_by_the_words():
    german = (
        "Die Minister der acht Staaten trafen sich am Sonntag in Arlen. Niemand war froh darüber."
    )
    article = article_of(
        f"<article><h1>Arlen</h1>{paragraphs(german, german + ' Nun ja.')}</article>"
    )
    assert article.language == "de"


def test_a_short_article_is_in_the_language_that_the_page_declares():
    names = paragraphs("Arlen Brumel Halvern Saltmere Kestle Marrack.")
    content = f"<article><h1>Arlen</h1>{names}</article>"
    assert article_of(content, lang="en-GB").language == "en"


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("", "is empty"),
        ("<html></html>", "no article"),
        (page(""), "no article"),
        ("<html><body>" + MENU + "</body></html>", "no article"),
        (page("<p>Home</p><p>World</p>"), "no article"),
        ("\0\0<html>", "is no text"),
    ],
)
def test_a_page_without_an_article_is_told(html, told):
    with pytest.raises(PageError, match=told) as error:
        read_bytes(html.encode(), "page.html")
    assert str(error.value).startswith("page.html: ")


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
        max_size=5,
    )
)
def test_spans_are_title_teaser_and_paragraphs_in_order_whatever_the_page_holds(lines):
    escaped = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
    content = f"<article><h1>{TITLE}</h1>{paragraphs(*escaped, *BODY)}</article>"
    article = read_bytes(page(content).encode(), "page.html")[0]
    spans = [*filter(None, [article.headline]), *article.teaser, *article.body]
    assert "\n\n".join(article.text[start:end] for start, end in spans) == article.text
    assert all(article.text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize(
    ("quotation", "read", "reason"),
    [
        ("<p>We will not join.</p>", ["“We will not join.”"], "it gets marks"),
        (
            "<p>One <b>day</b>.</p><p>Not now.</p>",
            ["“One day.", "“Not now.”"],
            "each opens, the last closes",
        ),
        ("<p>“We won’t.”</p>", ["“We won’t.”"], "it keeps its own"),
        (
            "<p>We will not join.</p><footer>— Ana Velt</footer>",
            ["“We will not join.”", "— Ana Velt"],
            "its source is outside",
        ),
    ],
)
def test_a_block_quotation_is_in_quotation_marks(quotation, read, reason):
    content = (
        f"<article><h1>{TITLE}</h1>{paragraphs(*BODY)}<p>The minister wrote in a letter:</p>"
        f"<blockquote>{quotation}</blockquote></article>"
    )
    article = article_of(content)
    body = [article.text[start:end] for start, end in article.body]
    assert body[body.index("The minister wrote in a letter:") + 1 :] == read, reason
