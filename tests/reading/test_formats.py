"""One article in each format: `whipcount statements` finds the same in all of them."""

import json
import subprocess
import sys

import pytest
from tests import formats

from whipcount.reading import read

PAGES = {
    "page.docx": formats.docx(),
    "page.eml": formats.mail(),
    "page.html": formats.html().encode(),
    "page.mhtml": formats.mhtml(),
    "page.pdf": formats.pdf(2),
    "page.rss": formats.rss(),
    "page.rtf": formats.rtf(),
}
QUOTED = {
    "Dask": "“We have waited long enough,” “Let us in, and let us in now.”",
    "Tallow": "“A seat without a chart is a chair on the beach,”",
}


@pytest.fixture
def folder(tmp_path):
    for name, data in PAGES.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_an_article_has_the_same_paragraphs_whatever_its_format(folder):
    articles = list(read([folder]))
    assert len(articles) == len(PAGES)
    for article in articles:
        assert [article.text[start:end] for start, end in article.body] == formats.BODY
        assert (article.title, article.outlet) == (formats.TITLE, formats.OUTLET)
        assert (article.published, article.language) == (formats.PUBLISHED, "en")


def test_statements_are_found_in_each_format(folder):
    command = [sys.executable, "-m", "whipcount", "statements", str(folder), "--with-text"]
    done = subprocess.run(
        [*command, "--tagger", "rules", "--format", "jsonl"], capture_output=True, check=True
    )
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(lines) == len(PAGES)
    for line in lines:
        text = line["article"]["text"]
        said = {one["speaker"]: one for one in line["statements"] if one["kind"] == "direct"}
        for speaker, words in QUOTED.items():
            assert said[speaker]["quote"] == words, line["article"]["path"]
            pieces = [text[start:end] for start, end in said[speaker]["content"]]
            assert " ".join(pieces) == words
            assert [text[start:end] for start, end in said[speaker]["source"]] == [speaker]
        assert any(one["kind"] == "indirect" for one in line["statements"])
