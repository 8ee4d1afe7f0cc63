from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html as parser

from whipcount.model import Span
from whipcount.rendering import html


def parsed(whip_count, coded=()):
    return parser.document_fromstring(html.page(whip_count, coded))


def test_every_cell_is_on_the_board_and_opens_its_evidence(whip_count, coded):
    tree = parsed(whip_count, [coded])
    rows = tree.xpath("//table[@id='grid']/tbody/tr")
    assert [row.findtext("th") for row in rows] == list(whip_count.members)
    assert all(len(row.findall("td")) == 2 for row in rows)
    links = tree.xpath("//table[@id='grid']//a/@href")
    assert len(links) == 2
    assert all(tree.xpath("//*[@id=$id]", id=link[1:]) for link in links)


def test_not_on_record_is_said_in_words(whip_count):
    tree = parsed(whip_count)
    ulm = tree.xpath("//tr[th='Ulm']")[0]
    assert ulm.text_content().count("Not on record") == 2


def test_the_evidence_shows_the_words_in_their_paragraph(whip_count, coded):
    evidence = parsed(whip_count, [coded]).get_element_by_id("e0")
    assert evidence.xpath(".//mark/text()") == ["“We want Isk in the league,”"]
    assert evidence.xpath(".//*[@class='cue']/text()") == ["said"]
    assert evidence.xpath(".//*[@class='source']/text()") == ["Lena Orlo, Torvel’s prime minister"]
    assert evidence.xpath(".//figcaption/a/@href") == ["https://packet.example/ferries?a=1&b=2"]


def test_verdicts_rule_and_day_are_on_top(whip_count):
    words = parsed(whip_count).text_content()
    for told in (
        "31 May 2031",
        "3 members. It carries when no member is against.",
        "It still needs Brask and Ulm.",
        "Each of Torvel and Brask blocks it alone.",
    ):
        assert told in words  # fmt: skip


def test_a_count_of_nothing_is_a_page(empty_count):
    tree = parsed(empty_count)
    assert "No article." in tree.text_content()
    assert not tree.xpath("//table[@id='grid']//a")


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>"


def hostile(whip_count, coded):
    """The debate with hostile words wherever words of a page come in."""
    article = replace(
        coded.article,
        text=HOSTILE * 9,
        title=HOSTILE,
        outlet=HOSTILE,
        byline=HOSTILE,
        path=HOSTILE,
        url="javascript:alert(3)",
        body=(Span(0, len(HOSTILE) * 9),),
        headline=None,
    )
    position = whip_count.cells[0].evidence[0]
    actor = replace(
        position.actor, name=HOSTILE, role=HOSTILE, affiliation=HOSTILE, speaks_for=HOSTILE
    )
    position = replace(
        position,
        actor=actor,
        reported_by=actor,
        quote=HOSTILE,
        content=(Span(3, 50),),
        source=(Span(60, 80),),
        condition=Span(10, 30),
        coder=HOSTILE,
    )
    cell = replace(whip_count.cells[0], evidence=(position,), condition=HOSTILE)
    other = replace(whip_count.others[0], actor=actor, evidence=(position, position))
    return replace(
        whip_count,
        articles=(article,),
        cells=(cell, *whip_count.cells[1:]),
        others=(other,),
        issue=replace(whip_count.issue, name=HOSTILE),
        body=replace(whip_count.body, name=HOSTILE),
    )


def test_everything_that_comes_from_a_page_is_escaped(whip_count, coded):
    tree = parsed(hostile(whip_count, coded), [coded])
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img | //b[not(ancestor::p)] | //@onerror")
    assert HOSTILE in tree.xpath("//title/text()")[0]
    assert "alert(1)" in tree.xpath("//article//blockquote")[0].text_content()


LINKS = [
    ("https://packet.example/a", True, "the usual"),
    ("http://packet.example", True, "without encryption, still a page"),
    ("javascript:alert(1)", False, "a script is no page"),
    ("JavaScript:alert(1)", False, "in any case"),
    (" javascript:alert(1)", False, "nor with a space before it"),
    ("java\nscript:alert(1)", False, "nor with a line break in it"),
    ("data:text/html,x", False, "nothing but http and https"),
    ("//packet.example/a", False, "an address without a scheme is relative to this file"),
    ("https://[broken", False, "no address at all"),
    ("", False, "none"),
]


@pytest.mark.parametrize(("url", "is_link", "reason"), LINKS)
def test_only_web_addresses_become_links(url, is_link, reason, whip_count):
    articles = (replace(whip_count.articles[0], url=url),)
    tree = parsed(replace(whip_count, articles=articles, others=()))
    outward = tree.xpath("//a[not(starts-with(@href, '#'))]/@href")
    assert bool(outward) is is_link, reason


@pytest.mark.parametrize(("url", "is_link", "reason"), LINKS)
def test_a_record_s_web_addresses_become_links_too(url, is_link, reason, whip_count):
    (other,) = whip_count.others
    evidence = (replace(other.evidence[0], record=f"voted no: A; B; votes.csv, line 2; {url}"),)
    tree = parsed(replace(whip_count, articles=(), others=(replace(other, evidence=evidence),)))
    (caption,) = tree.xpath("//article[last()]//figcaption")
    assert bool(caption.xpath(".//a")) is is_link, reason
    words = " ".join(caption.text_content().split())
    assert words.startswith("voted no: A; B; votes.csv, line 2")


def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else(whip_count):
    tree = parsed(whip_count)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag, words in (("style", "style-src"), ("script", "script-src")):
        content = tree.xpath(f"//{tag}/text()")[0]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{words} 'sha256-{digest}'" in policy
    assert not tree.xpath("//@style | //@*[starts-with(name(), 'on')]")


def test_nothing_is_fetched(whip_count, coded):
    page = html.page(whip_count, [coded])
    tree = parser.document_fromstring(page)
    assert not tree.xpath("//@src | //link[not(starts-with(@href, 'data:'))] | //iframe")
    assert not re.search(r"url\(|@import", page)


def test_the_same_count_gives_the_same_page(whip_count, coded):
    assert html.page(whip_count, [coded]) == html.page(whip_count, [coded])


def test_ids_are_unique(whip_count, coded):
    ids = parsed(whip_count, [coded]).xpath("//@id")
    assert len(ids) == len(set(ids))
