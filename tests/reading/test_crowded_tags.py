"""Tags with more attributes than any page has lose them; others are left to the character."""

import pytest

from whipcount.reading.crowded_tags import MOST, without_crowded_tags

MANY = " ".join(f"a{number}='{number}'" for number in range(MOST + 1))


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>No.</p>",
        "1 < 2 and " + "many words " * MOST,
        f'<img src="data:image/png;base64,{"A" * 9_000}">',
        f"<p style=\"{'color: red; ' * MOST}\" data-x='{'a b ' * MOST}'>No.</p>",
        "<p " + " ".join(f"a{number}=1" for number in range(MOST - 1)) + ">No.</p>",
    ],
)
def test_tags_as_pages_have_them_stay(html):
    assert without_crowded_tags(html) == html


@pytest.mark.parametrize("attributes", [MANY, MANY.replace("'", '"'), "a " * (MOST + 1)])
def test_a_crowded_tag_stays_without_its_attributes(attributes):
    assert without_crowded_tags(f"<div><p {attributes}>No.</p>") == "<div><p>No.</p>"


def test_a_crowded_tag_that_does_not_end_is_cut_too():
    assert without_crowded_tags(f"<p>No.</p><p {MANY}") == "<p>No.</p><p"
