"""Where else words were printed, in the table and on the page."""

import io
from dataclasses import replace

import pytest

from whipcount.model import Printing, Report, WhipCount
from whipcount.rendering import html, reprints
from whipcount.rendering.reprints import Place
from whipcount.rendering.table import Printer


@pytest.fixture
def printed_often(whip_count: WhipCount) -> WhipCount:
    """A count whose first evidence has reports in two more articles, one of them on two pages."""
    article = whip_count.articles[0]
    mail = replace(
        article,
        id="a" * 16,
        outlet="Brask Mail",
        published="2031-05-07",
        url="",
        copy_of=article.id,
    )
    nameless = replace(
        article,
        id="b" * 16,
        outlet="",
        published="",
        url="https://echo.example/1",
        also_in=(Printing("c.html", "Ulm Echo", "2031-05-06", "javascript:alert(1)"),),
    )
    own = replace(article, also_in=(Printing("d.html", "Isk Post", "2031-05-05", ""),))
    reports = tuple(
        Report(one.id, f"{one.id}.0", one.published, "support", "“We want Isk in.”")
        for one in (mail, nameless)
    )
    cell = whip_count.cells[0]
    shown = replace(cell, evidence=(replace(cell.evidence[0], reports=reports),))
    return replace(
        whip_count,
        cells=(shown, *whip_count.cells[1:]),
        articles=(own, mail, nameless),
    )


def places_of(count):
    articles = {one.id: one for one in count.articles}
    return reprints.places(count.cells[0].evidence[0], articles)


def test_places_are_told_by_date_and_the_undated_last(printed_often):
    assert [(one.name, one.published) for one in places_of(printed_often)] == [
        ("Isk Post", "2031-05-05"),
        ("Ulm Echo", "2031-05-06"),
        ("Brask Mail", "2031-05-07"),
        ("Ferries for Isk", ""),
    ]


def test_words_that_stand_in_one_place_have_no_others(whip_count):
    assert places_of(whip_count) == ()
    assert reprints.line(()) == ""


def test_an_article_that_is_not_at_hand_is_left_out(printed_often):
    first = replace(printed_often, articles=printed_often.articles[:1])
    assert [one.name for one in places_of(first)] == ["Isk Post"]


def test_of_many_places_the_rest_is_a_number():
    many = tuple(Place(f"Outlet {place}", "2031-05-05", "") for place in range(9))
    assert reprints.line(many) == (
        "also in Outlet 0 (2031-05-05), Outlet 1 (2031-05-05), Outlet 2 (2031-05-05) and 6 more"
    )


def test_the_table_says_where_else_words_were_printed(printed_often):
    stream = io.StringIO()
    Printer(stream).whip_count(printed_often)
    table = " ".join(stream.getvalue().split())
    assert "also in Isk Post (2031-05-05), Ulm Echo (2031-05-06), Brask Mail" in table


def test_the_page_lists_the_places_with_safe_links(printed_often):
    page = html.page(printed_often)
    assert "<summary>also in 4 other places</summary>" in page
    assert '<a href="https://echo.example/1" rel="noopener noreferrer external">Ferries' in page
    assert 'href="javascript:' not in page
    assert "a copy of another" in page
