"""A count through time as a document, as rows and as a table."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from whipcount.counting import through
from whipcount.model import Turn
from whipcount.rendering import changes, csv_rows
from whipcount.rendering.change_tables import print_changes
from whipcount.rendering.terminal import WIDTH

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def errors(document) -> list[str]:
    schema = json.loads((SCHEMAS / "changes.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    read = json.loads(json.dumps(document))
    return [error.message for error in Draft202012Validator(schema).iter_errors(read)]


def printed(timeline) -> str:
    stream = io.StringIO()
    print_changes(stream, timeline)
    return stream.getvalue()


@pytest.fixture
def quiet(timeline):
    """The same league in the days before anybody spoke."""
    return through((), timeline.issue, timeline.body, date(2030, 1, 1), date(2030, 1, 31))


def test_the_document_fits_its_schema(timeline, quiet):
    assert errors(changes.changes_document(timeline)) == []
    assert errors(changes.changes_document(timeline, with_text=True)) == []
    assert errors(changes.changes_document(quiet)) == []


def test_the_schema_refuses_what_is_not_in_it(timeline):
    document = changes.changes_document(timeline)
    document["changes"][0]["mood"] = "good"
    assert errors(document)


def test_what_schemas_share_is_the_same_in_both():
    def parts(name: str) -> dict:
        return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))["$defs"]

    mine, count = parts("changes"), parts("count")
    assert {name for name in mine if name in count} >= {"article", "actor", "position", "span"}
    assert all(mine[name] == count[name] for name in mine if name in count)


def test_a_change_has_the_words_of_both_sides(timeline):
    document = changes.changes_document(timeline)
    turned = document["changes"][0]
    assert (turned["date"], turned["member"], turned["option"]) == ("2031-05-05", "Torvel", "entry")
    assert (turned["before"], turned["after"]) == ("no", "yes")
    assert turned["because"]["quote"] == "“We want Isk in the league,”"
    assert turned["instead_of"]["quote"] == "“Never.”"
    assert turned["against"] is None


def test_the_opening_and_the_changes_tell_the_last_tally(timeline):
    document = changes.changes_document(timeline)
    cells = {(one["member"], one["option"]): one["stand"] for one in document["opening"]}
    for one in document["changes"]:
        cells[one["member"], one["option"]] = one["after"]
    last = [day for day in document["days"] if day["option"] == "entry"][-1]
    stands = [stand for (_, option), stand in cells.items() if option == "entry"]
    assert last["stands"] == {stand: stands.count(stand) for stand in stands}


def test_a_change_is_a_row_with_both_quotations(timeline):
    stream = io.StringIO()
    csv_rows.write(stream, changes.CHANGE, changes.change_rows(timeline))
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert len(rows) == len(timeline.changes)
    assert rows[0]["because.quote"] == "“We want Isk in the league,”"
    assert rows[0]["because.actor.name"] == "Lena Orlo"
    assert rows[0]["because.path"] == "pages/ferries.html"
    assert rows[0]["instead_of.quote"] == "“Never.”"
    joined = next(row for row in rows if row["member"] == "Ulm")
    assert (joined["before"], joined["because.quote"]) == ("", "")


def test_every_column_of_a_row_is_a_field_of_the_document(timeline):
    first = timeline.changes[0]
    words = replace(first.because, reported_by=first.because.actor)
    full = replace(first, because=words, instead_of=words, against=words)
    (row,) = changes.change_rows(replace(timeline, changes=(full,)))
    assert set(changes.CHANGE) <= set(csv_rows.flattened(row))


def test_a_day_has_who_moved_and_both_statements(timeline):
    table = printed(timeline)
    day = table[table.index("5 May 2031") : table.index("12 May 2031")]
    assert "Torvel, entry: no → yes\n  Lena Orlo, prime minister, Torvel, 2031-05-05" in day
    assert day.index("We want Isk") < day.index("before: Lena Orlo") < day.index("Never.")
    assert "Verdict on entry: blocked → open" in day


def test_what_makes_a_cell_contested_is_shown(timeline):
    table = printed(timeline)
    day = table[table.index("12 May 2031") : table.index("20 May 2031")]
    assert "Brask, entry: conditional, contested" in day
    assert "against it: Tam Ruhl, envoy, Brask, 2031-05-12, as reported" in day
    assert "before:" not in day


def test_who_joins_or_leaves_is_said_to(timeline):
    assert "Ulm joins, entry: not on record" in printed(timeline)
    back = tuple(
        replace(one, before=one.after, after=None)
        for one in timeline.changes
        if one.member == "Ulm"
    )
    assert "Ulm leaves, entry: not on record" in printed(replace(timeline, changes=back))


def test_changes_on_the_same_words_have_them_once(timeline):
    first = timeline.changes[0]
    both = replace(timeline, changes=(first, replace(first, option="subsidy")), turns=())
    table = printed(both)
    assert "Torvel, entry: no → yes\nTorvel, subsidy: no → yes\n  Lena" in table
    assert table.count("We want Isk") == 1


def test_no_change_is_said_in_a_line(quiet):
    table = printed(quiet)
    assert "Nothing changed between these days." in table
    assert "Harbour League, 1 January 2030 to 31 January 2030" in table


def test_a_turn_without_a_change_has_its_day(quiet):
    turn = Turn(date(2030, 1, 9), "entry", "open", "none")
    table = printed(replace(quiet, turns=(turn,)))
    assert "9 January 2030\nVerdict on entry: open → no vote\n" in table


def test_nothing_is_wider_than_80_columns_or_coloured(timeline):
    lines = printed(timeline).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert all(line == line.rstrip() and "\x1b" not in line for line in lines)
