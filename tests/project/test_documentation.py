"""What docs/project.md says is what is there."""

from __future__ import annotations

import inspect
import re
import sqlite3

import pytest

from tests.project.cases import ROOT
from whipcount import project
from whipcount.project import rows, store

TEXT = (ROOT / "docs" / "project.md").read_text(encoding="utf-8")


def schema() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for name in store.MIGRATIONS:
        connection.executescript(store.migration(name))
    return connection


def test_every_table_and_view_is_documented():
    found = schema().execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    own = [name for (name,) in found if not re.match(r"sqlite_|\w+_words_", name)]
    missing = [name for name in own if f"`{name}`" not in TEXT]
    assert missing == []
    assert [name for name in rows.KEPT if f"`{name}`" not in TEXT] == []


def test_every_function_that_is_documented_is_there_with_its_arguments():
    section = TEXT.split("## In Python")[1]
    calls = re.findall(r"`(\w+)\(project, ?([^`]*?)\)`", section)
    assert len(calls) > 40
    for name, arguments in calls:
        known = inspect.signature(getattr(project, name)).parameters
        for one in re.split(r",\s*", arguments):
            word = re.match(r"\w+", one)
            if word is not None and " or " not in one:
                assert word[0] in known or word[0] in ("id",), f"{name}: {word[0]}"


@pytest.mark.parametrize("name", sorted(project.__all__))
def test_every_public_name_is_there_and_documented(name):
    found = getattr(project, name)
    assert found.__doc__
    if inspect.isfunction(found):
        assert f"{name}(" in TEXT, name


def test_what_one_asks_in_sql_is_what_the_documentation_asks(tmp_path):
    connection = schema()
    for query in re.findall(r'sqlite3 debate\.whip "([^"]+)"', TEXT):
        connection.execute(query)
