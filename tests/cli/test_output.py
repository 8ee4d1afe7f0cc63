from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from whipcount.cli import output

FORMS = ("json", "jsonl", "csv", "html")
CHOICES = [
    ("csv", "out.json", "csv", "what is asked for wins"),
    (None, "out.HTML", "html", "then a file's ending"),
    (None, "out.txt", "jsonl", "an ending that says nothing is a pipe"),
    (None, None, "jsonl", "tests have no terminal"),
]


@pytest.mark.parametrize(("form", "out", "chosen", "reason"), CHOICES)
def test_the_format_is_the_one_asked_for_else_the_file_s(form, out, chosen, reason):
    path = None if out is None else Path(out)
    assert output.format_for(form, path, "jsonl", FORMS) == chosen, reason


def test_a_terminal_gets_a_table(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert output.format_for(None, None, "jsonl", FORMS) == "table"
    assert output.format_for(None, Path("x"), "jsonl", FORMS) == "jsonl"


def test_a_file_is_not_there_until_it_is_whole(tmp_path):
    out = tmp_path / "out.json"
    with output.opened(out) as stream:
        stream.write("half")
        stream.flush()
        assert not out.exists()
    assert out.read_text(encoding="utf-8") == "half"


def test_a_file_half_written_is_thrown_away(tmp_path):
    out = tmp_path / "out.json"
    out.write_text("old", encoding="utf-8")

    def fail() -> None:
        with output.opened(out) as stream:
            stream.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert out.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(os.name == "nt", reason="needs links and devices as Unix has them")
def test_a_link_stays_a_link_and_a_device_a_device(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    with output.opened(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    with output.opened(Path(os.devnull)) as stream:
        stream.write("gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_what_utf_8_cannot_hold_is_an_escape_of_json(tmp_path):
    out = tmp_path / "out.json"
    with output.opened(out) as stream:
        output.write_line(stream, {"text": "a\ud800b"})
    assert out.read_text(encoding="ascii") == '{"text": "a\\ud800b"}\n'
