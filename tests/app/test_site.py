"""The static copy: what is in it, and that no more of the articles' words are than may be."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.app.debate import ID
from whipcount import project
from whipcount.app.site import write_site
from whipcount.cli import main

WORDS = {
    "paragraph": "The harbour league met in Torvel on Monday",
    "cue": "its envoy Tam Ruhl said",
    "quotation": "We want Isk in the league",
    "boilerplate": "Menu | Log in",
}


def written(path, folder, words):
    folder.mkdir()
    with project.open_project(path, writing=False) as debate:
        files = write_site(debate, folder, words)
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("articles", {"paragraph", "cue", "quotation", "boilerplate"}),
        ("quoted", {"quotation"}),
        ("none", set()),
    ],
)
def test_a_copy_has_the_words_that_may_go(path, tmp_path, words, there):
    pages = written(path, tmp_path / "site", words)
    told = " ".join(re.sub(r"<[^>]+>", "", page) for page in pages.values())
    assert {name for name, some in WORDS.items() if some in told} == there


def test_it_is_plain_files_that_ask_for_nothing(path, tmp_path):
    pages = written(path, tmp_path / "site", "articles")
    assert set(pages) == {"index.html", "changes.html", f"articles/{ID}.html"}
    for name, page in pages.items():
        assert "default-src 'none'" in unescape(page)
        assert not re.search(r'(src|href)="(/|https?:)', page), name
        assert '<form method="post' not in page
        assert "<script>alert" not in page


def test_links_within_it_lead_somewhere(path, tmp_path):
    pages = written(path, tmp_path / "site", "articles")
    for name, page in pages.items():
        for link in re.findall(r'href="([^"#:]+)"', page):
            target = (tmp_path / "site" / name).parent / link
            assert target.resolve().is_file(), f"{name} links to {link}"


def test_the_same_project_gives_the_same_bytes(path, tmp_path):
    assert written(path, tmp_path / "one", "quoted") == written(path, tmp_path / "two", "quoted")


def test_it_is_never_written_over_a_folder_that_has_something(path, tmp_path, capsys):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("kept")
    assert main(["export", str(path), "--site", str(tmp_path / "site")]) == 2
    assert "is there already" in capsys.readouterr().err
    assert [one.name for one in (tmp_path / "site").iterdir()] == ["mine.txt"]
    assert main(["export", str(path), "--site", str(tmp_path / "new"), "--without-words"]) == 0
    assert (tmp_path / "new" / "index.html").is_file()
