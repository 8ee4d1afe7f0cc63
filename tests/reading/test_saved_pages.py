"""Pages as browsers save them: with a folder beside, and in the AMP format."""

import pytest
from tests import formats
from tests.formats import BODY, BYLINE, OUTLET, PUBLISHED, TITLE, URL

from whipcount.reading import pages, read, read_bytes


def body(article):
    return [article.text[start:end] for start, end in article.body]


@pytest.mark.parametrize(
    ("page", "folder"),
    [
        ("arlen.html", "arlen_files"),
        ("Arlen waits.htm", "Arlen waits_files"),
        ("arlen.html", "arlen-Dateien"),
        ("arlen.html", "arlen_fichiers"),
        ("ARLEN.HTML", "ARLEN_files"),
    ],
)
def test_a_folder_beside_a_saved_page_holds_no_pages(tmp_path, page, folder):
    (tmp_path / page).write_text(formats.html(), encoding="utf-8")
    beside = tmp_path / folder
    beside.mkdir()
    (beside / "frame.html").write_text(formats.html(), encoding="utf-8")
    (beside / "saved_resource.html").write_text("<p>An advertisement.</p>", encoding="utf-8")
    assert [path.name for path in pages([tmp_path])] == [page]
    assert [body(article) for article in read([tmp_path])] == [BODY]


def test_a_folder_of_that_name_without_its_page_is_read(tmp_path):
    (tmp_path / "arlen_files").mkdir()
    (tmp_path / "arlen_files" / "a.html").write_text(formats.html(), encoding="utf-8")
    (tmp_path / "arlen.txt").write_text("Arlen", encoding="utf-8")
    assert [path.name for path in pages([tmp_path])] == ["arlen.txt", "a.html"]
    assert len(list(pages([tmp_path / "arlen_files"]))) == 1


@pytest.mark.parametrize("mark", ["amp", "⚡"])
def test_an_amp_page_gives_its_article(mark):
    sidebar = '<amp-sidebar layout="nodisplay"><ul><li><a href="/">Home</a></li></ul></amp-sidebar>'
    paragraphs = "".join(
        f'<p>{words}</p><amp-ad type="x"><div placeholder>Advertisement</div></amp-ad>'
        for words in BODY
    )
    page = (
        f'<!doctype html><html {mark} lang="en"><head><meta charset="utf-8">'
        f'<link rel="canonical" href="{URL}"><title>{TITLE} | {OUTLET}</title>'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
        f'{TITLE}","datePublished":"{PUBLISHED}T10:00:00Z","author":{{"name":"{BYLINE}"}},'
        f'"publisher":{{"name":"{OUTLET}"}}}}</script><style amp-custom>p{{margin:0}}</style>'
        f"</head><body>{sidebar}<article><h1>{TITLE}</h1>"
        '<amp-img src="a.jpg" width="1" height="1" alt="The strait"></amp-img>'
        '<amp-social-share type="email">Share</amp-social-share>'
        f"{paragraphs}</article><amp-analytics><script type='application/json'>{{}}</script>"
        "</amp-analytics></body></html>"
    )
    (article,) = read_bytes(page.encode(), "page.html")
    assert body(article) == BODY
    assert (article.title, article.outlet, article.byline) == (TITLE, OUTLET, BYLINE)
    assert (article.published, article.url) == (PUBLISHED, URL)
