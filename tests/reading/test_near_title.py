"""Day and byline in the lines under a title."""

import pytest
from lxml.html import document_fromstring

from whipcount.reading.near_title import byline_in, day_in, lines_near_title, updated_in

TITLE = "Council closes the Old Bridge"


def lines_of(after, title=f"<h1>{TITLE}</h1>"):
    tree = document_fromstring(f"<html><body><p>1 May 2029</p>{title}{after}</body></html>")
    return lines_near_title(tree, TITLE)


@pytest.mark.parametrize(
    ("after", "day", "byline"),
    [
        ("<p>4 March 2031</p><p>By Jane Doe</p>", "2031-03-04", "Jane Doe"),
        ("<div>Thursday, 6 March 2031 | by Petra Noll | print</div>", "2031-03-06", "Petra Noll"),
        ("<ul><li>By Jane Doe, court reporter</li></ul>", "", "Jane Doe"),
        ("<p>Text: Runa Vik · Pictures: Aksel Brodd</p>", "", "Runa Vik"),
        ("<p>Interview: Ole Fahr and Mette Lind</p>", "", "Ole Fahr and Mette Lind"),
        ("<p>Interview: Why the bridge must close</p>", "", ""),
        ("<p>The council voted on 4 March 2031 to close the bridge.</p>", "", ""),
        ("<p>11/07/2031</p>", "", ""),
        ("<p></p>", "", ""),
    ],
)
def test_the_lines_under_the_title_tell_day_and_byline(after, day, byline):
    found = lines_of(after)
    assert (day_in(found), byline_in(found)) == (day, byline)


def test_the_day_of_a_change_is_told_where_it_stands_alone():
    found = lines_of("<p>Updated: Sep 23, 2031, 23:42 IST</p>")
    assert (day_in(found), updated_in(found)) == ("", "2031-09-23")
    assert updated_in(lines_of("<p>The bridge was updated on 4 March 2031</p>")) == ""


def test_a_headline_without_a_heading_is_found_by_its_mark():
    assert day_in(lines_of("<p>4 March 2031</p>", f'<div class="headline">{TITLE}</div>'))


def test_without_the_title_there_are_no_lines():
    assert lines_of("<p>4 March 2031</p>", "<h1>Another title</h1>") == []
    assert lines_near_title(document_fromstring("<p>4 March 2031</p>"), "") == []
