"""Which options words speak of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding.conftest import ISSUE
from whipcount.analysis import parse
from whipcount.coding.matching import matcher


@pytest.mark.parametrize(
    ("words", "options", "reason"),
    [
        ("the accession of Tolland", {"membership"}, "another word for it"),
        ("let Tolland in", {"membership"}, "a phrase with words between"),
        ("a path to membership", {"path"}, "the more special option has the words"),
        ("immediate accession", {"at-once"}, "now stands for while at war"),
        ("membership once the war is over", {"after-war"}, "later, by a clause"),
        ("a lower tax on timber", {"tax"}, "the other way round"),
        ("Tolland and the Lake Union", set(), "names alone"),
        ("a tax on beer", set(), "half of it"),
        ("", set(), "nothing"),
    ],
)
def test_options_are_matched(words: str, options: set[str], reason: str) -> None:
    assert {m.option for m in matcher(ISSUE).match(list(parse(words)))} == options, reason


def test_an_issue_of_one_option_is_matched_too() -> None:
    alone = replace(ISSUE, options=ISSUE.options[:1])
    (found,) = matcher(alone).match(list(parse("the accession of Tolland")))
    assert found.coverage == pytest.approx(1.0)
