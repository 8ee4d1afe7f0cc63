"""Boxes that are no article, and what is called like one and is an article."""

import pytest
from lxml.html import document_fromstring

from whipcount.reading.boxes import without_boxes

WORDS = "The council met on Monday and said nothing of the bridge for an hour."


def kept(content):
    tree = document_fromstring(f"<html><body>{content}</body></html>")
    without_boxes(tree)
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize(
    "box",
    [
        '<div class="newsletter"><p>Join us.</p></div>',
        '<div class="c-newsletter-box"><p>Join us.</p></div>',
        '<section id="up-next"><p>Join us.</p></section>',
        '<div class="author-bio"><p>Join us.</p></div>',
        '<div role="dialog"><p>Join us.</p></div>',
        '<div class="c-comments"><p>Join us.</p></div>',
        '<div class="c-meter"><p>Join us.</p></div>',
        '<div class="video-player"><span>Join us.</span></div>',
        "<div><figcaption>Join us.</figcaption></div>",
        '<div class="newsletter"><div class="newsletter"><p>Join us.</p></div></div>',
    ],
)
def test_a_box_goes_and_the_article_stays(box):
    assert kept(f"<p>{WORDS}</p>{box}<p>{WORDS}</p>") == f"{WORDS}{WORDS}"


def test_a_dialog_goes_however_much_it_says():
    dialog = f'<div id="cookie-consent">{f"<p>{WORDS}</p>" * 9}</div>'
    assert kept(f"{dialog}<p>Short.</p>") == "Short."


@pytest.mark.parametrize(
    "content",
    [
        f'<div class="share"><p>{WORDS}</p></div>',
        f'<div class="newsletter"><h1>Title</h1><p>{WORDS}</p></div>' + f"<p>{WORDS}</p>" * 3,
        f'<article class="newsletter-post"><p>{WORDS}</p></article>' + f"<p>{WORDS}</p>" * 3,
        f'<div class="newsletters-are-back"><h1>Title</h1><p>{WORDS}</p></div>',
        f'<div class="cookies"><h1>Cookies</h1><p>{WORDS}</p></div>',
        f'<div class="cookies"><article><p>{WORDS}</p></article></div>',
        f'<p class="biography">{WORDS}</p>' + f"<p>{WORDS}</p>" * 3,
        f"<figure><figcaption>{WORDS}</figcaption></figure>",
    ],
)
def test_what_is_the_article_stays_whatever_it_is_called(content):
    assert kept(content).count(WORDS) == content.count(WORDS)


def test_a_pull_quote_goes_where_its_words_stand_in_the_text():
    quote = '<blockquote class="pullquote"><p>Nothing of the bridge!</p></blockquote>'
    assert kept(f"<p>{WORDS}</p>{quote}") == WORDS
    other = '<blockquote class="pullquote"><p>Everything of the bridge.</p></blockquote>'
    assert kept(f"<p>{WORDS}</p>{other}") == f"{WORDS}Everything of the bridge."


def test_a_page_without_marks_stays_as_it_is():
    assert kept(f"<p>{WORDS}</p>") == WORDS
    assert kept("") == ""
