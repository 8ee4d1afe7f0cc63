"""Pages and folders by addresses, as in an object store; `file://` goes the same way as `s3://`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import whipcount
from whipcount.cli import main
from whipcount.errors import PageError, WhipcountError
from whipcount.scale import Run, Settings, by_processes, stores
from whipcount.scale.places import place
from whipcount.scale.stored import is_coded
from whipcount.scale.tables import read_rows

from .stand_in import StandIn

pytest.importorskip("pyarrow")
EXAMPLE = Path(__file__).parents[2] / "examples" / "pact"


@pytest.fixture
def pages(tmp_path) -> Path:
    folder = tmp_path / "the pages"
    for name in ("b é%.txt", "a.txt", "sub/c.txt", ".hidden.txt", "sub/d.bin", "a_files/e.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Page {name}\n\nThe minister of Arvonia said so in {name}.\n", "utf-8")
    return folder


def test_a_folders_pages_are_found_as_on_this_machine(pages):
    found = list(stores.pages(pages.as_uri()))
    assert [stores.shown(one) for one in found] == [
        f"file://{pages}/{name}" for name in ("a.txt", "b é%.txt", "sub/c.txt")
    ]
    assert list(stores.pages(found[0])) == [found[0]]


def test_a_page_is_read_as_on_this_machine(pages):
    address = stores.join(pages.as_uri(), "b é%.txt")
    (article,) = whipcount.read(address)
    (expected,) = whipcount.read(pages / "b é%.txt")
    assert article == replace(expected, path=f"file://{pages}/b é%.txt")


def test_what_is_not_there_is_told(pages, tmp_path):
    with pytest.raises(PageError, match=r"nowhere: there is no such file or folder; check"):
        list(stores.pages((tmp_path / "nowhere").as_uri()))
    (tmp_path / "empty").mkdir()
    with pytest.raises(PageError, match="the folder holds no page"):
        list(stores.pages((tmp_path / "empty").as_uri()))
    errors: list[PageError] = []
    missing = stores.join(pages.as_uri(), "missing.txt")
    assert list(
        whipcount.read([missing, stores.join(pages.as_uri(), "a.txt")], on_error=errors.append)
    )
    assert "can't be read" in str(errors[0])


@pytest.mark.parametrize("address", ["https://example.com/page.html", "ftp://host/page.txt"])
def test_web_pages_are_never_fetched(address, capsys):
    with pytest.raises(WhipcountError, match="is no object store"):
        list(whipcount.read(address))
    assert main(["statements", address]) == 2
    assert "whipcount fetches no web pages" in capsys.readouterr().err


def test_credentials_and_settings_are_not_shown():
    address = "s3://key:secret@bucket/folder/a%20b.html?region=x&endpoint_override=localhost"
    assert stores.shown(address) == "s3://bucket/folder/a b.html"
    assert stores.join(address, "c d.txt") == (
        "s3://key:secret@bucket/folder/a%20b.html/c%20d.txt?region=x&endpoint_override=localhost"
    )
    assert stores.shown("abfs://container@account.dfs.core.windows.net/x") == (
        "abfs://container@account.dfs.core.windows.net/x"
    )


def test_a_run_into_an_address_gives_the_same_files_and_goes_on(pages, tmp_path):
    addresses = list(stores.pages(pages.as_uri()))
    run = Run(addresses, Settings(tagger="rules"), tmp_path / "folder", pages_per_part=1)
    doing = by_processes(1, StandIn)
    run.go(doing)
    addressed = replace(run, folder=(tmp_path / "in a store").as_uri())
    count = 0

    def stop(_: int) -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        addressed.go(doing, on_pages=stop)
    assert len((tmp_path / "in a store" / "manifest.jsonl").read_text().splitlines()) == 2
    assert addressed.go(doing).articles == 3
    for file in run.folder.rglob("*"):
        if file.is_file():
            there = tmp_path / "in a store" / file.relative_to(run.folder)
            assert there.read_bytes() == file.read_bytes()
    with pytest.raises(WhipcountError, match="holds another run"):
        replace(addressed, pages=addresses[:2]).go(doing)


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    run = Run([], Settings(tagger="rules"), tmp_path.as_uri())
    with pytest.raises(WhipcountError, match="is not empty, and has no manifest"):
        run.go(by_processes(1, StandIn))


def test_the_commands_take_addresses(tmp_path, capsys):
    out = (tmp_path / "out").as_uri()
    given = [(EXAMPLE / "pages").as_uri(), "--issue", str(EXAMPLE / "accession.toml")]
    rules = ["--tagger", "rules"]
    assert main(["code", *given, *rules, "--format", "parquet", "--out", out]) == 0
    assert is_coded(out)
    assert len(list(read_rows(tmp_path / "out", "articles"))) == 14
    assert main(["count", out, *given[1:], "--format", "csv"]) == 0
    found = capsys.readouterr().out
    assert main(["count", str(EXAMPLE / "pages"), *given[1:], *rules, "--format", "csv"]) == 0
    expected = capsys.readouterr().out
    assert found == expected
    assert main(["count", out, *given[1:], "--format", "parquet", "--out", out]) == 0
    assert place(out).has("cells/2031-05-30.parquet")
    assert main(["code", *given, *rules, "--format", "jsonl", "--out", out]) == 2
    assert "is in an object store; write there with --format parquet" in capsys.readouterr().err


def test_pages_may_be_listed(pages, tmp_path, capsys, monkeypatch):
    listed = tmp_path / "list.txt"
    listed.write_text(f"{pages / 'a.txt'}\n\n{stores.join(pages.as_uri(), 'sub/c.txt')}\n", "utf-8")
    assert (
        main(["statements", "--pages-from", str(listed), "--tagger", "rules", "-f", "jsonl"]) == 0
    )
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["statements", "--pages-from", str(tmp_path / "no.txt")]) == 2
    assert "can't be read as a list of pages" in capsys.readouterr().err
    assert main(["statements", "page.txt", "--pages-from", str(listed)]) == 2
    assert "name pages, or --pages-from" in capsys.readouterr().err
