import io
import os
import sys
from pathlib import Path

import pytest

import whipcount.reading
from whipcount.errors import PageError
from whipcount.reading import pages, read, read_bytes, read_page
from whipcount.reading.pages import LARGEST

TEXT = (
    "Arlen's call for a seat met with caution\n\nThe ministers of the eight states met in Arlen on "
    "Sunday, and nobody signed anything before the ferry left.\n"
)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "pages"
    for name in ("b.txt", "a.html", "sub/c.TXT", "sub/.hidden.txt", ".git/d.txt", "e.bin", "f.jpg"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    title, _, body = TEXT.partition("\n\n")
    html = f"<html><body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
    (root / "a.html").write_text(html, encoding="utf-8")
    return root


def test_the_public_names_are_these():
    assert whipcount.reading.__all__ == [
        *("Reader", "Settings", "StreamingReader", "pages", "read", "read_bytes", "read_page"),
        "read_stream",
    ]
    assert all(hasattr(whipcount.reading, name) for name in whipcount.reading.__all__)


def test_a_folder_gives_its_pages_in_order_and_nothing_else(folder):
    names = [path.relative_to(folder).as_posix() for path in pages([folder])]
    assert names == ["a.html", "b.txt", "sub/c.TXT"]


def test_files_are_given_as_they_are_whatever_their_suffix(folder):
    assert list(pages([folder / "e.bin", str(folder / "b.txt")])) == [
        folder / "e.bin",
        folder / "b.txt",
    ]
    assert len(read_page(folder / "e.bin")) == 1


def test_no_paths_give_no_pages():
    assert list(pages([])) == []
    assert list(read([])) == []


def test_a_missing_path_is_told(tmp_path):
    with pytest.raises(PageError, match="no such file") as error:
        list(pages([tmp_path / "no.txt"]))
    assert str(error.value).startswith(str(tmp_path / "no.txt"))
    with pytest.raises(PageError, match="no such file"):
        read_page(tmp_path / "no.txt")


def test_a_folder_without_pages_is_told(tmp_path):
    with pytest.raises(PageError, match=r"holds no page.*\.html.*\.txt"):
        list(pages([tmp_path]))


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a right on Windows")
def test_links_out_of_the_folder_are_not_followed(folder, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    (folder / "out.txt").symlink_to(outside)
    (folder / "in.txt").symlink_to(folder / "b.txt")
    (folder / "loop").symlink_to(folder)
    names = [path.relative_to(folder).as_posix() for path in pages([folder])]
    assert names == ["a.html", "b.txt", "in.txt", "sub/c.TXT"]


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a right on Windows")
def test_a_link_to_nothing_is_told(tmp_path):
    (tmp_path / "x.txt").symlink_to(tmp_path / "no.txt")
    with pytest.raises(PageError, match="a link to a file that is not there"):
        list(pages([tmp_path / "x.txt"]))


def test_a_bad_page_is_raised_where_nobody_takes_it(folder):
    (folder / "b.txt").write_bytes(b"")
    with pytest.raises(PageError, match="is empty"):
        list(read([folder]))


def test_the_rest_is_read_where_somebody_takes_the_bad_pages(folder, tmp_path):
    (folder / "a.html").write_bytes(b"\0\0\0")
    errors = []
    articles = list(read([tmp_path / "no.txt", folder], on_error=errors.append))
    assert [Path(article.path).name for article in articles] == ["b.txt", "c.TXT"]
    assert ["no such file" in str(errors[0]), "is no text" in str(errors[1])] == [True, True]
    assert len(errors) == 2


def test_pages_are_read_one_at_a_time(folder):
    articles = read([folder / "b.txt", folder / "no.txt"])
    assert next(articles).path == str(folder / "b.txt")
    with pytest.raises(PageError):
        next(articles)


def test_an_article_that_two_pages_hold_comes_twice(folder):
    first, second = read([folder / "b.txt", folder / "sub" / "c.TXT"])
    assert first.id == second.id
    assert first.path != second.path


def test_one_path_may_stand_alone(folder):
    assert len(list(read(folder / "b.txt"))) == len(list(read(str(folder / "b.txt")))) == 1


def test_standard_input_is_a_page(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(TEXT.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    (article,) = read(["-"])
    assert (article.path, article.text) == ("-", TEXT)


def test_html_on_standard_input_is_known_by_its_first_tag():
    html = (
        f"<!DOCTYPE html><html><body><article><h1>Arlen</h1><p>{TEXT}</p></article></body></html>"
    )
    (article,) = read_bytes(html.encode(), "-")
    assert article.title == "Arlen"
    assert "<p>" not in article.text


def test_the_encoding_is_that_of_every_page(tmp_path):
    page = tmp_path / "a.txt"
    page.write_bytes((TEXT + "“No,” she said at last.\n").encode("cp1252"))
    assert next(read([page], encoding="cp1252")).text.endswith("“No,” she said at last.\n")
    with pytest.raises(PageError, match=r"a\.txt: --encoding says utf-8.*byte"):
        list(read([page], encoding="utf-8"))


def test_a_page_that_is_too_large_is_told_with_its_size(tmp_path):
    page = tmp_path / "large.txt"
    with page.open("wb") as file:
        file.truncate(LARGEST + 4_000_001)
    with pytest.raises(PageError, match=r"large\.txt: has 20\.0 MB.*16 MB; split it"):
        read_page(page)
    with pytest.raises(PageError, match="MB"):
        read_bytes(b"a" * (LARGEST + 1), "-")


def test_a_folder_is_no_page(tmp_path):
    with pytest.raises(PageError, match="is a folder"):
        read_page(tmp_path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_page_that_may_not_be_read_is_told(folder):
    (folder / "b.txt").chmod(0)
    with pytest.raises(PageError, match="permissions"):
        read_page(folder / "b.txt")


def test_a_refused_permission_is_told(folder, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PageError, match=r"b\.txt: may not be read; change its permissions"):
        read_page(folder / "b.txt")


def test_a_disk_error_is_told(folder, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(PageError, match="Input/output error"):
        read_page(folder / "b.txt")
