"""Lists of any people and days, and what is left of them in the body file."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.bodies import check, import_body, is_member_on, load_body, member_named, term_on
from whipcount.bodies.writing import RULES, written
from whipcount.errors import BodyError

from .lists import DAY, LEGISLATORS, POPOLO, imported, list_file

FIRST = date(2020, 1, 1)
NAMES = ["Ana Vell", "ana vell", "Bo Orr", "Velt Assembly", "p1", 'Q. "Quo" Ted\\', "Ünal Ö"]
numbers = st.integers(0, 30)


@st.composite
def memberships(draw: st.DrawFn) -> dict[str, str]:
    first, last = sorted((draw(numbers), draw(numbers)))
    row = {
        "organization_id": "o", "area_id": draw(st.sampled_from("xyz")), "end_reason": "it_ended",
        "on_behalf_of_id": draw(st.sampled_from("bg")),
    }  # fmt: skip
    if draw(st.integers(0, 9)):
        row["start_date"] = str(FIRST + timedelta(days=first))
    if draw(st.integers(0, 9)):
        row["end_date"] = str(FIRST + timedelta(days=last))
    return row


people = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(memberships(), min_size=1, max_size=4)),
    min_size=1,
    max_size=5,
)


def popolo(rows: list[tuple[str, list[dict[str, str]]]]) -> dict[str, object]:
    """Return people with their memberships as a file."""
    return {
        "persons": [{"id": f"p{number}", "name": name} for number, (name, _) in enumerate(rows)],
        "memberships": [
            {"person_id": f"p{number}", **row} for number, (_, of) in enumerate(rows) for row in of
        ],
        "organizations": [
            {"id": "o", "name": "Velt Assembly", "classification": "legislature"},
            {"id": "b", "name": "Blue", "classification": "party"},
            {"id": "g", "name": "Green", "classification": "party"},
        ],
        "areas": [{"id": area, "name": area.upper()} for area in "xyz"],
    }


def there(row: dict[str, str], others: list[dict[str, str]], day: date) -> bool:
    """Return whether a membership holds on a day: its last one is another's that begins on it."""
    since, last = row.get("start_date", ""), row.get("end_date", "9")
    handed = since != last and any(
        other.get("start_date") == last and other["area_id"] == row["area_id"] for other in others
    )
    return since <= str(day) < last or (str(day) == last and not handed)


@given(people)
@settings(max_examples=150, deadline=None)
def test_days_and_parties_are_those_of_the_list(rows):
    with tempfile.TemporaryDirectory() as folder:
        body, _ = imported(Path(folder), list_file(Path(folder), popolo(rows)))
    assert check(body) == ()
    assert [member.id for member in body.members] == [f"p{number}" for number in range(len(rows))]
    everybody = [row for _, of in rows for row in of]
    for member, (_, mine) in zip(body.members, rows, strict=True):
        others = [row for row in everybody if all(row is not one for one in mine)]
        for number in range(-2, 34):
            day = FIRST + timedelta(days=number)
            holding = [row for row in mine if there(row, others, day)]
            assert is_member_on(member, day) == bool(holding), (member, day)
            term = term_on(member, day)
            if term is not None:
                ways = {(row["on_behalf_of_id"], row["area_id"]) for row in holding}
                assert (term.party[0].lower(), term.constituency.lower()) in ways


@pytest.mark.parametrize(("content", "name"), [(POPOLO, "a.json"), (LEGISLATORS, "b.yaml")])
def test_a_file_says_all_that_was_imported(tmp_path, content, name):
    path = list_file(tmp_path, content, name)
    chamber = "" if content is POPOLO else "Senate"
    found = import_body([path], DAY, lambda _: None, chamber=chamber)
    assert found is not None
    file = tmp_path / "body.toml"
    file.write_text(written(found), encoding="utf-8")
    assert load_body(file) == replace(found.body, id="body", path=str(file))


def test_names_that_two_bear_are_nobodys_alias(tmp_path):
    rows = [
        {"id": "a", "name": "Joanna Rand", "other_names": [{"name": "Jo Rand"}, {"name": "JR"}]},
        {"id": "b", "name": "Joseph Rand", "other_names": [{"name": "Jo Rand"}]},
        {"id": "c", "name": "Joe Peel", "other_names": [{"name": "Joseph Rand"}]},
    ]
    content = {
        "persons": rows,
        "memberships": [{"person_id": row["id"], "organization_id": "o"} for row in rows],
    }
    body, _ = imported(tmp_path, list_file(tmp_path, content))
    assert [one.aliases for one in body.members] == [("JR",), (), ()]
    assert member_named(body, "Jo Rand") is None
    joseph = member_named(body, "Joseph Rand")
    assert joseph is not None
    assert joseph.id == "b"


def test_people_without_ids_are_one_each_and_those_of_one_id_are_one(tmp_path):
    term = {"type": "sen", "start": "2021-01-03", "end": "2027-01-03", "class": 1}
    jo = {"name": {"first": "Jo", "last": "Rand"}}
    one = list_file(tmp_path, [jo | {"terms": [term | {"state": state}]} for state in ("OH", "NJ")])
    body, _ = imported(tmp_path, one)
    assert [member.name for member in body.members] == ["Jo Rand (Ohio)", "Jo Rand (New Jersey)"]
    early = term | {"state": "OH", "start": "2015-01-03", "end": "2021-01-03"}
    ids = {"id": {"bioguide": "R1"}}
    now = list_file(tmp_path, [jo | ids | {"terms": [term | {"state": "OH"}]}], "current.json")
    before = list_file(tmp_path, [jo | ids | {"terms": [early]}], "historical.json")
    body, _ = imported(tmp_path, now, before)
    (member,) = body.members
    assert [(str(one.joined), str(one.left)) for one in member.terms] == [
        ("2015-01-03", "2027-01-03")
    ]
    assert body.sources == (
        "current.json, imported 2026-11-25",
        "historical.json, imported 2026-11-25",
    )


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_to_start_from_is_written_with_a_word_to_correct_it(tmp_path, rule):
    body, _ = imported(tmp_path, list_file(tmp_path, POPOLO), rule=rule)
    assert body.rules[0].rule == RULES[rule]
    assert "correct this one" in (tmp_path / "body.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["{", '"words"', "null", "{persons: []}", "- 7", "- terms: 7"])
def test_what_is_no_list_of_members_gives_none(tmp_path, content):
    problems: list[str] = []
    path = list_file(tmp_path, content, "x.yaml")
    assert import_body([path, tmp_path / "missing"], DAY, problems.append) is None
    assert all("x.yaml" in problem for problem in problems[1:])
    assert f"{tmp_path / 'missing'}: there is no such file" in problems


def test_members_of_parties_alone_are_no_body(tmp_path):
    content = {
        "persons": [{"id": "a", "name": "Ana"}],
        "memberships": [{"person_id": "a", "organization_id": "b"}],
        "organizations": [{"id": "b", "name": "Blue", "classification": "party"}],
    }
    with pytest.raises(BodyError, match="nobody in these files"):
        import_body([list_file(tmp_path, content)], DAY, pytest.fail)
