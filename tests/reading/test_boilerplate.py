import pytest

from whipcount.reading.boilerplate import kind_of
from whipcount.reading.paragraphs import plain_words

ROWS = [
    ("1. Skip to content", "menu"),
    ("* Home", "menu"),
    ("Menu", "menu"),
    ("Sign in | Subscribe", "menu"),
    ("Home > World > Europe", "menu"),
    ("Home » Politics » Arlen", "menu"),
    ("WorldAsia", "menu"),
    ("PoliticsArlen", "menu"),
    ("Share on Facebook", "menu"),
    ("Share this article", "menu"),
    ("Listen 5 min", "menu"),
    ("5 min read", "menu"),
    ("Advertisement", "menu"),
    ("Story continues below advertisement", "menu"),
    ("3 hours ago", "menu"),
    ("12 comments", "menu"),
    ("Tags: Arlen, Pact, Brumel", "menu"),
    ("_______", "menu"),
    ("* Weather", "item"),
    ("3. The harbour budget", "item"),
    ("Read more: Arlen votes on Sunday", "link"),
    ("READ ALSO | The minister who would not sign", "link"),
    ("Related stories", "ender"),
    ("Most read", "ender"),
    ("More from The Harbour Courier", "ender"),
    ("Recommended for you", "ender"),
    ("Sign up for our daily newsletter.", "notice"),
    ("We use cookies to keep this site running. You may refuse them.", "notice"),
    ("Follow us on Twitter.", "menu"),
    ("The views represented herein are those of the author and not necessarily ours.", "notice"),
    ("The minister said that the views of the authors of the report were alarming.", "prose"),
    ("Authors", "ender"),
    ("END OF ARTICLE", "ender"),
    ("This article was first published elsewhere, and is used with its terms of use.", "notice"),
    ("© 2031 The Harbour Courier", "copyright"),
    ("Copyright 2031 Harbour Wire. All rights reserved.", "copyright"),
    ("(Photo: Jane Doe)", "caption"),
    ("Ministers at the table in Arlen. Image: Jane Doe/HW", "caption"),
    ("The bridge in May. (Photo by Jane Doe)", "caption"),
    ("Photo by Jane Doe", "caption"),
    ("(Reporting by Jane Doe; editing by John Roe)", "credit"),
    ("Edited by: John Roe", "credit"),
    ("Courier staff writer John Roe contributed to this report.", "credit"),
    ("(With inputs from the Brumel bureau)", "credit"),
    ("hc/jd/jr", "credit"),
    ("https://hbc.example/p/4x", "url"),
    ("Permanent link: https://hbc.example/p/4x", "url"),
    ("July 11, 2031", "date"),
    ("Brumel, 11 July 2031", "date"),
    ("Published 11 Jul 2031 14:05 CET", "date"),
    ("By Jane Doe | July 11, 2031", "date"),
    ("By Jane Doe", "byline"),
    ("Jane Doe in Brumel", "byline"),
    ("Arlen's call for talks met with caution", "heading"),
    ("The talks in Arlen went on for another night.", "prose"),
    ("“No,” she said.", "prose"),
    ("“We will sign.” – Jane Doe, Foreign Minister of Arlen", "prose"),
    # what looks like boilerplate, and is what somebody says
    ("He said that he reads every newsletter and refuses all cookies.", "prose"),
    ("“Sign up for the newsletter,” she told the crowd.", "prose"),
    ("Share prices fell on Monday after the vote on the pact.", "prose"),
    ("By Monday, the ministers had agreed on a newsletter.", "prose"),
    ("Subscribe to the pact or leave it, the minister told Arlen.", "prose"),
    ("On July 11, 2031 the treaty was signed in Brumel by all the states.", "prose"),
]


@pytest.mark.parametrize(("line", "kind"), ROWS)
def test_a_line_is_known_by_its_kind(line, kind):
    assert kind_of(plain_words(line)) == kind


def test_a_long_paragraph_is_prose_whatever_it_begins_with():
    assert kind_of("Sign up for our newsletter. " * 20) == "prose"
