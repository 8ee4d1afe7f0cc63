import sys
from importlib.metadata import EntryPoint
from types import ModuleType

import pytest

from whipcount.errors import PageError, WhipcountError
from whipcount.reading import Reader, read, read_bytes, readers
from whipcount.reading.articles import Layout, make_article


class Shouting:
    name = "shouting"
    suffixes = frozenset({".shout"})

    def claims(self, head, path):
        return head.startswith(b"SHOUT")

    def read(self, data, path, encoding):
        return [make_article(Layout(body=()), data.decode(), path=path, data=data, language="en")]


@pytest.fixture
def installed(monkeypatch):
    """Install entry points for one test; give them as name=value."""

    def install(**points):
        found = [EntryPoint(name, value, readers.GROUP) for name, value in points.items()]
        monkeypatch.setattr(readers, "entry_points", lambda group: found)
        readers.readers.cache_clear()

    module = ModuleType("shouting_reader")
    module.reader = Shouting()
    module.nothing = 3
    monkeypatch.setitem(sys.modules, "shouting_reader", module)
    yield install
    readers.readers.cache_clear()


def test_ours_are_found_without_having_been_installed(installed):
    installed()
    assert [reader.name for reader in readers.readers()] == list(readers.OURS)
    assert list(readers.OURS)[-2:] == ["html", "text"]


def test_ours_are_readers():
    assert all(isinstance(reader, Reader) for reader in readers.readers())


def test_a_users_reader_is_asked_before_ours(installed):
    installed(text=readers.OURS["text"], shouting="shouting_reader:reader")
    assert [reader.name for reader in readers.readers()] == ["shouting", *readers.OURS]
    assert read_bytes(b"SHOUT: no!", "a.txt")[0].text == "SHOUT: no!"
    assert ".shout" in readers.suffixes()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("no_such_module:reader", "can't be loaded.*uninstall"),
        ("shouting_reader:no_such_name", "can't be loaded"),
        ("shouting_reader:nothing", "is no reader"),
    ],
)
def test_a_broken_reader_is_told_by_its_name(installed, value, told):
    installed(broken=value)
    with pytest.raises(WhipcountError, match=f"'broken'.*{told}"):
        readers.readers()


def test_a_page_that_nobody_claims_is_told():
    with pytest.raises(PageError, match=r"a\.txt: no reader claims this page"):
        readers.reader_of(b"", "a.txt", among=[])


@pytest.mark.parametrize(
    ("head", "path", "name"),
    [
        (b"<p>", "a.HTML", "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "-", "html"),
        (b"<!-- saved --><html lang=en>", "page", "html"),
        ("<html>".encode("utf-16"), "page", "html"),
        (b"Arlen <html> said", "a.txt", "text"),
        (b"", "-", "text"),
    ],
)
def test_a_page_is_claimed_by_name_or_first_tag(head, path, name):
    assert readers.reader_of(head, path).name == name


def test_a_page_that_takes_too_much_is_told_and_the_rest_is_read(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Arlen asked for a seat at the table of the eight states.\n")
    (tmp_path / "b.memo").write_text("Arlen asked for a seat at the table of the eight states.\n")

    class Greedy:
        name, suffixes = "memo", frozenset({".memo"})

        def claims(self, head, path):
            return path.endswith(".memo")

        def read(self, data, path, encoding):
            raise MemoryError

    found = (Greedy(), *readers.readers())
    monkeypatch.setattr(readers, "readers", lambda: found)
    errors = []
    paths = [str(tmp_path / "b.memo"), str(tmp_path / "a.txt")]
    assert [one.path for one in read(paths, on_error=errors.append)] == paths[1:]
    assert str(errors[0]).startswith(f"{paths[0]}: takes more memory than there is")
