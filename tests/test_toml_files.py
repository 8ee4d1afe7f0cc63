import tomllib
from pathlib import Path

import pytest

from whipcount.errors import IssueError
from whipcount.toml_files import dotted, key_lines, line_of, quoted, read_table

TEXT = '''# a comment with [brackets] and = signs
name = "x"
"a key".inner = """two
[not.a.table]
not = 1"""
of = [
  {kind = "all", of = [{kind = "any"}]},  # [more]
  'a # string',
]

[[members]]
name = "A"
[[members.terms]]
joined = 2020-01-01
[[members.terms]]
joined = 2021-01-01

[[members]]
name = 'B'
[members.more]
deep = true
'''

LINES = [
    (("name",), 2, "a plain key"),
    (("a key", "inner"), 3, "a quoted and dotted key"),
    (("of",), 6, "a list over several lines"),
    (("of", 0, "kind"), 7, "a key inside an inline table"),
    (("of", 0, "of", 0, "kind"), 7, "deeper still"),
    (("of", 1), 8, "an element after a comment"),
    (("members", 0), 11, "an array of tables"),
    (("members", 0, "terms", 1, "joined"), 16, "an array inside it"),
    (("members", 1, "name"), 19, "its second table"),
    (("members", 1, "more", "deep"), 21, "a table in its last table"),
]


@pytest.mark.parametrize(("place", "line", "reason"), LINES)
def test_every_key_has_the_line_where_it_stands(place, line, reason):
    assert key_lines(TEXT)[place] == line, reason


def test_words_in_a_string_are_no_keys():
    assert not any("not" in place for place in key_lines(TEXT))


def test_an_empty_file_has_no_keys():
    assert key_lines("") == {}


def read(path: Path, content: str | bytes):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, IssueError, "issue file")


BROKEN = [
    (
        "a = 1\nb = = 2\n",
        "line 2: not valid TOML: Invalid value, column 5: b = = 2",
        "a typing slip",
    ),
    ("a = 1\nb = 2022-02-30\n", "b = 2022-02-30", "a day that is none shows its key"),
    ('a = "x', "line 1: not valid TOML", "an end too early"),
    (b"a = 1\nb = '\xff'\n", "line 2: the issue file is not UTF-8", "another encoding"),
    ("a = " + "[" * 5000 + "]" * 5000, "nested too deeply", "an attack"),
]


@pytest.mark.parametrize(("content", "message", "reason"), BROKEN)
def test_what_is_no_toml_is_said_with_file_and_line(tmp_path, content, message, reason):
    with pytest.raises(IssueError) as caught:
        read(tmp_path / "x.toml", content)
    assert message in str(caught.value), reason
    assert str(tmp_path / "x.toml") in str(caught.value)


def test_a_missing_file_and_a_folder_are_said(tmp_path):
    with pytest.raises(IssueError, match="there is no such issue file"):
        read_table(tmp_path / "x.toml", IssueError, "issue file")
    with pytest.raises(IssueError, match="is a folder"):
        read_table(tmp_path, IssueError, "issue file")


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path):
    table = read(tmp_path / "x.toml", b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert table.values == {"a": 1, "b": 2}
    assert table.line("b") == 2


def test_an_unknown_key_suggests_the_one_that_was_meant(tmp_path):
    table = read(tmp_path / "x.toml", "nane = 1")
    with pytest.raises(IssueError, match=r"line 1: nane: unknown key; did you mean name\?"):
        table.only(("name", "body"))


def test_a_key_that_is_missing_has_the_line_of_its_table(tmp_path):
    table = read(tmp_path / "x.toml", "\n\n[a]\n").table("a")
    assert table is not None
    with pytest.raises(IssueError, match=r"line 3: a\.label: is missing"):
        table.text("label")


def test_places_are_written_as_people_write_them():
    assert dotted(("members", 3, "a key", "joined")) == 'members[3]."a key".joined'


def test_a_line_can_be_asked_for_later(tmp_path):
    read(tmp_path / "x.toml", "a = 1\n\nb = 2\n")
    assert line_of(str(tmp_path / "x.toml"), "b") == 3
    assert line_of(str(tmp_path / "gone.toml"), "b") is None


@pytest.mark.parametrize(
    "words", ["", 'a "b" \\c', "tab\tline\nend", "\x00\x1f\x7f\x85\u2028", "Ünal 🏛"]
)
def test_words_are_quoted_as_toml_has_them(words):
    assert tomllib.loads(f"key = {quoted(words)}") == {"key": words}


def test_what_utf_8_cannot_hold_is_a_question_mark():
    assert quoted("a\ud800b") == '"a?b"'
