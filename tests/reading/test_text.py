import hashlib
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whipcount.errors import PageError
from whipcount.reading import read_bytes, read_page

SHARED = Path(__file__).parents[2].parent / "shared"

FIRST = (
    "Since the flood last year, Arlen's deputy minister Mirela Dask has been travelling to Brumel "
    "twice a month, asking the eight states for a seat at their table."
)
SECOND = '"We have waited long enough," Dask said. "Let us in, and let us in now."'
THIRD = "The other states, Halvern among them, are still cautious. Talks go on next week."
BODY = [FIRST, SECOND, THIRD]
TITLE = "Arlen's call for a seat met with caution"


def read(text, encoding="utf-8"):
    articles = read_bytes(text.encode(encoding), "page.txt")
    assert len(articles) == 1
    return articles[0]


def parts(article):
    words = [article.text[start:end] for start, end in article.body]
    headline = article.text[slice(*article.headline)] if article.headline else None
    return headline, [article.text[start:end] for start, end in article.teaser], words


DUMP = f"""1. Skip to content
  2. Skip to main menu
PoliticsArlen

{TITLE}

July 11, 2031

Arlen has called for a seat again. Before the summit, HBC's Imke von Rossel gauged the mood.

https://p.hbc.example/p/4x

{FIRST}

{SECOND}
{THIRD}\u00a0"""


def test_a_dump_of_a_page_gives_its_article_and_leaves_its_menus():
    article = read(DUMP)
    headline, teaser, body = parts(article)
    assert headline == article.title == TITLE
    assert teaser == [
        "Arlen has called for a seat again. Before the summit, HBC's Imke von Rossel gauged the "
        "mood."
    ]
    assert body == BODY
    assert (article.outlet, article.byline) == ("HBC", "Imke von Rossel")
    assert (article.published, article.url) == ("2031-07-11", "https://p.hbc.example/p/4x")
    assert (article.language, article.part, article.offset) == ("en", None, 0)


NEWSPAPER = f"""Skip to main content
Menu
Sign in | Subscribe
Home
World
Climate
The Harbour Courier
Home > World > Straits

{TITLE}
Eight states weigh a request that none of them expected

By Jane Doe and John Roe, The Harbour Courier
Published 11 Jul 2031 14:05 CET | Updated: 12 July 2031

Share on Facebook
Listen 5 min

Ministers at the custom house in Brumel. (Photo: Ann Lee)

{FIRST}

Advertisement

{SECOND}

Read more: Who is Mirela Dask?

The road ahead

{THIRD}

Related stories

Halvern rejects new buoys in the strait
A minister says the old ones will do.

Ferry strike ends after nine days
The boats run again from Monday.

Sign up for our daily newsletter and never miss a story.
© 2031 The Harbour Courier. All rights reserved.
"""


def test_a_newspapers_page_gives_its_article_and_leaves_the_rest():
    article = read(NEWSPAPER)
    headline, teaser, body = parts(article)
    assert headline == TITLE
    assert teaser == ["Eight states weigh a request that none of them expected"]
    assert body == [FIRST, SECOND, "The road ahead", THIRD]
    assert (article.outlet, article.byline) == ("The Harbour Courier", "Jane Doe and John Roe")
    assert article.published == "2031-07-11"


BROADCASTER = f"""{TITLE} - HNC News
HNC Homepage
Skip to content
Your account
Home
News
Sport
More menu
Menu
World
Africa

{TITLE}

Published
4 March 2031

Share page
Related Topics
Straits dispute

IMAGE SOURCE,REUTTA
Image caption,
Mirela Dask in Brumel

By Jane Doe
HNC News, Brumel

{FIRST}

{SECOND}

{THIRD}

More on this story
Who is Mirela Dask?
Published
3 March 2031
What is the straits pact?
Published
1 February 2031

Top Stories
Ferry strike ends after nine days
Published
2 hours ago
© 2031 HNC. The HNC is not responsible for the content of other sites.
"""


def test_a_broadcasters_page_gives_its_article_and_leaves_the_rest():
    article = read(BROADCASTER)
    assert parts(article) == (TITLE, [], BODY)
    assert (article.outlet, article.byline) == ("HNC News", "Jane Doe")
    assert article.published == "2031-03-04"


def test_a_bare_article_has_its_first_line_as_title():
    article = read(f"{TITLE}.\n\n{FIRST}\n\n{SECOND}\n")
    assert parts(article) == (f"{TITLE}.", [], [FIRST, SECOND])


def test_an_article_without_a_title_has_none():
    article = read(f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n")
    assert parts(article) == (None, [], BODY)
    assert (article.title, article.outlet, article.byline) == ("", "", "")
    assert (article.published, article.url) == ("", "")


def test_a_question_is_a_title():
    assert read(f"Home\n\nWill Halvern block Arlen's way?\n\n{FIRST}\n\n{SECOND}").title == (
        "Will Halvern block Arlen's way?"
    )


def test_labelled_lines_on_top_are_metadata():
    article = read(
        f"Title: {TITLE}\nDate: 11 July 2031\nAuthor: Jane Doe\nURL: https://hbc.example/4\n"
        f"Publication: Harbour Wire\n\n{FIRST}\n\n{SECOND}\n"
    )
    assert parts(article) == (TITLE, [], [FIRST, SECOND])
    assert (article.published, article.byline) == ("2031-07-11", "Jane Doe")
    assert (article.url, article.outlet) == ("https://hbc.example/4", "Harbour Wire")


def test_a_title_that_is_repeated_with_the_outlet_gives_both():
    article = read(f"{TITLE} | Lantern\nHome\nWorld\n\n{TITLE}\n\n{FIRST}\n\n{SECOND}\n")
    assert (article.title, article.outlet) == (TITLE, "Lantern")


def test_an_agencys_dateline_gives_outlet_and_day_and_is_no_part_of_the_body():
    opening = f"ARLEN, March 4 (HW) — {FIRST}"
    article = read(f"{TITLE}\n\n{opening}\n\n{SECOND}\n\n© 2031\n")
    assert (article.outlet, article.published) == ("HW", "2031-03-04")
    assert parts(article)[2][0] == FIRST


def test_a_day_and_month_without_a_year_are_not_guessed():
    assert read(f"{TITLE}\n\nARLEN, March 4 (HW) — {FIRST}\n").published == ""


def test_an_uncertain_date_in_digits_is_left_open_and_read_as_no_text():
    article = read(f"{TITLE}\n\n11/07/2031\n\n{FIRST}\n")
    assert article.published == ""
    assert parts(article)[2] == [FIRST]


def test_the_masthead_is_no_title():
    article = read(f"The Tressel Post\n\n{TITLE}\n\nBy Jane Doe\nApril 3, 2031\n\n{FIRST}\n")
    assert (article.outlet, article.title) == ("The Tressel Post", TITLE)
    assert (article.byline, article.published) == ("Jane Doe", "2031-04-03")


def test_a_credit_at_the_end_gives_the_byline():
    article = read(f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n(Reporting by Jane Doe; editing by Al Roe)")
    assert article.byline == "Jane Doe"
    assert parts(article)[2] == [FIRST, SECOND]


def test_the_date_above_the_title_counts_where_none_is_beside_it():
    assert read(f"July 12, 2031\n\n{TITLE}\n\n{FIRST}\n").published == "2031-07-12"
    both = f"July 12, 2031\n\n{TITLE}\n\nJuly 11, 2031\n\n{FIRST}\n"
    assert read(both).published == "2031-07-11"


def test_a_box_of_links_in_the_middle_is_left_out_and_the_article_goes_on():
    links = "Related stories\nHalvern rejects new buoys\nFerry strike ends\n"
    article = read(f"{TITLE}\n\n{FIRST}\n\n{links}\n{SECOND}\n\n{THIRD}\n")
    assert parts(article)[2] == BODY


def test_a_list_after_a_colon_is_the_articles():
    items = ["- a seat", "- a vote", "- a road map"]
    article = read(f"{TITLE}\n\n{FIRST}\n\nArlen asks for:\n" + "\n".join(items) + f"\n\n{THIRD}")
    assert parts(article)[2] == [FIRST, "Arlen asks for:", *items, THIRD]


def test_the_name_after_a_quotation_is_the_articles():
    article = read(f'{TITLE}\n\n{FIRST}\n\n"We will wait."\n- Mirela Dask\n\n{THIRD}\n')
    assert parts(article)[2] == [FIRST, '"We will wait."', "- Mirela Dask", THIRD]


def test_an_interviews_questions_are_the_articles():
    lines = ['HBC: "Will you sign?"', 'Dask: "Not today."', 'HBC: "Why?"']
    article = read(f"{TITLE}\n\n{FIRST}\n\n" + "\n\n".join(lines))
    assert parts(article)[2] == [FIRST, *lines]


def test_ids_are_hashes_of_text_and_page():
    data = f"\ufeff{TITLE}\r\n\r\n{FIRST}\r\n".encode()
    article = read_bytes(data, "page.txt")[0]
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    assert (article.id, article.text_sha256) == (digest[:16], digest)
    assert article.page_sha256 == hashlib.sha256(data).hexdigest()


def test_other_languages_are_articles_too():
    text = (
        "Minister einigen sich auf ein Treffen im Sommer\n\nDie Minister der acht Staaten trafen "
        "sich am Sonntag in Arlen und gingen ohne eine Unterschrift auseinander. Niemand war froh."
    )
    assert read(text).language == "de"


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="=*"), max_size=40
        ),
        max_size=8,
    ),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_the_text_is_the_decoded_file_to_the_character(lines, end, mark):
    text = mark + end.join([*lines, SECOND, *lines])
    article = read(text)
    assert article.text == text
    ordered = sorted([*article.body, *article.teaser, *filter(None, [article.headline])])
    assert all(0 <= start < stop <= len(text) for start, stop in ordered)
    assert all(a.end <= b.start for a, b in itertools.pairwise(ordered))
    assert not any(text[start].isspace() or text[stop - 1].isspace() for start, stop in ordered)


@pytest.mark.parametrize("mark", ["=" * 20, "*" * 40, "\f"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_page_of_several_articles_gives_each_with_its_place(mark, end):
    one = end.join([TITLE, "", FIRST, "", FIRST, "", THIRD, "", SECOND, ""])
    two = end.join(
        ["", "Halvern rejects the road map", "", FIRST, "", THIRD, "", FIRST, "", SECOND]
    )
    text = one + mark + two
    articles = read_bytes(text.encode(), "page.txt")
    assert [article.part for article in articles] == [0, 1]
    assert [article.title for article in articles] == [TITLE, "Halvern rejects the road map"]
    for article in articles:
        assert text[article.offset : article.offset + len(article.text)] == article.text
    assert len({article.id for article in articles}) == 2
    assert len({article.page_sha256 for article in articles}) == 1


@pytest.mark.parametrize(
    ("between", "reason"),
    [
        (f"\n{'=' * 10}\n", "a short rule"),
        (f"\n{'-' * 40}\n", "dashes part sections, not articles"),
    ],
)
def test_other_rules_part_no_articles(between, reason):
    text = (
        f"{TITLE}\n\n{FIRST}\n\n{FIRST}\n\n{THIRD}{between}{TITLE}\n\n{FIRST}\n\n{FIRST}\n\n{THIRD}"
    )
    assert len(read_bytes(text.encode(), "page.txt")) == 1, reason


def test_a_note_below_a_rule_is_no_article():
    text = f"{TITLE}\n\n{FIRST}\n\n{FIRST}\n\n{THIRD}\n{'=' * 30}\nThe desk can be called by day.\n"
    assert read(text).text == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        (" \n\t\r\n", "is empty"),
        ("\ufeff\u00a0\n", "white space"),
        ("Home\nWorld\nSport\n", "no article"),
        ("... --- ...", "no article"),
        ("Sign up for our newsletter.\n© 2031 Harbour Courier\n", "no article"),
    ],
)
def test_a_page_without_an_article_is_told(text, told):
    with pytest.raises(PageError, match=told) as error:
        read_bytes(text.encode(), "page.txt")
    assert str(error.value).startswith("page.txt: ")


def test_a_line_of_a_megabyte_is_read():
    assert len(read("The minister said no to it. " * 37_000).body) == 1


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the seed page is not there: {SHARED}")
def test_the_seed_page_is_read_as_its_gold_has_it():
    gold = json.loads((SHARED / "gold" / "seed.json").read_text(encoding="utf-8"))
    page = SHARED / gold["file"]
    article = read_page(page)[0]
    told = gold["article"]
    assert article.text == page.read_bytes().decode()
    for name in ("title", "published", "outlet", "byline", "url", "language"):
        assert getattr(article, name) == told[name], name
    headline, teaser, body = parts(article)
    assert headline == told["title"]
    assert len(teaser) == 1
    assert article.text.index(teaser[0]) == gold["statements"][0]["source"][0][0]
    assert body[0].startswith(told["body_starts_with"])
    assert body[-1].endswith(told["body_ends_with"])
    read_words = "\n".join([headline, *teaser, *body])
    assert [line for line in told["boilerplate"] if line in read_words] == []
    for statement in gold["statements"]:
        for start, end in statement["source"] + statement["cue"] + statement["content"]:
            spans = [*article.body, *article.teaser, article.headline]
            assert any(span.start <= start and end <= span.end for span in spans), statement["id"]
