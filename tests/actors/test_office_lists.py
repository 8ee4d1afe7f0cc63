"""Public lists of office holders made into an `actors.toml`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from whipcount.actors import load_directory
from whipcount.actors.office_lists import import_lists, written
from whipcount.cli import main

POPOLO = {
    "persons": [
        {"id": "1", "name": "Ilsa Torv", "gender": "female",
         "other_names": [{"name": "Ilsa Rand", "note": "before 2016"}]},
        {"id": "2", "name": ""},
        {"id": "3", "name": "Jo Peel"},
        "no record",
    ],
    "organizations": [
        {"id": "o", "name": "Velt Assembly", "classification": "legislature"},
        {"id": "p", "name": "Reform", "classification": "party"},
    ],
    "events": [{"id": "t/1", "start_date": "2011-05-01", "end_date": "2015-04"}],
    "memberships": [
        {"person_id": "1", "organization_id": "o", "on_behalf_of_id": "p", "role": "member",
         "legislative_period_id": "t/1"},
        {"person_id": "1", "organization_id": "o", "on_behalf_of_id": "p", "role": "member",
         "start_date": "2015-05-03"},
        {"person_id": "1", "organization_id": "o", "role": "speaker", "start_date": "2016",
         "end_date": "2017"},
        {"person_id": "3", "organization_id": "o", "role": "speaker", "start_date": "2020-01-01",
         "end_date": "2019-01-01"},
        {"person_id": "3", "organization_id": "o", "role": "member", "start_date": "someday"},
    ],
}  # fmt: skip

LEGISLATORS = """
- id: {bioguide: X}
  name: {first: Wilhelmina, last: Torv, official_full: Wilhelmina R. Torv, nickname: Billie}
  other_names:
  - {last: Rand, end: '2012-01-01'}
  bio: {gender: F}
  terms:
  - {type: rep, start: '2011-01-05', end: '2013-01-03', state: OH, party: Republican}
  - {type: rep, start: '2013-01-03', end: '2015-01-03', state: OH, party: Democrat}
  - {type: sen, start: '2015-01-06', end: '2021-01-03', state: OH, party: Democrat}
- name: {first: Broken}
  terms: []
"""

OPENSTATES = """
id: ocd-person/1
name: Ann Peel
gender: Female
party:
- name: Democratic
roles:
- type: upper
  jurisdiction: ocd-jurisdiction/country:us/state:nc/government
  start_date: 2019-01-01
- type: lower
  jurisdiction: ocd-jurisdiction/country:us/state:nc/government
  start_date: 2015-01-01
  end_date: 2018-12-31
"""


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(POPOLO), encoding="utf-8")
    (folder / "b.yaml").write_text(LEGISLATORS, encoding="utf-8")
    (folder / "c.yml").write_text(OPENSTATES, encoding="utf-8")
    return folder


def test_three_layouts_become_one_directory(lists: Path, tmp_path: Path) -> None:
    found = import_lists([lists], lambda _: None)
    path = tmp_path / "actors.toml"
    path.write_text(written(found), encoding="utf-8")
    directory = load_directory(path)
    torv = directory.find("Ilsa Rand")
    assert torv is not None
    assert (torv.name, torv.gender, torv.affiliation) == ("Ilsa Torv", "she", "Reform")
    member, speaker = torv.offices
    assert (member.role, member.since, member.until) == ("member", date(2011, 5, 1), None)
    assert (speaker.since, speaker.until) == (date(2016, 1, 1), date(2017, 12, 31))
    billie = directory.find("Billie Torv")
    assert billie is not None
    assert billie.affiliation == "Democratic Party"
    assert [(o.role, o.since, o.until) for o in billie.offices] == [
        ("representative", date(2011, 1, 5), date(2015, 1, 3)),
        ("senator", date(2015, 1, 6), date(2021, 1, 3)),
    ]
    assert (
        directory.find("Wilhelmina Rand") is billie or directory.find("Wilhelmina Rand") == billie
    )
    peel = directory.find("Ann Peel")
    assert peel is not None
    assert [(o.role, o.of) for o in peel.offices] == [
        ("representative", "North Carolina"), ("senator", "North Carolina"),
    ]  # fmt: skip


def test_every_broken_record_is_told_with_file_and_key_and_the_rest_goes_on(lists: Path) -> None:
    told: list[str] = []
    found = import_lists([lists, lists / "missing.json"], told.append)
    assert [known.name for known in found] == [
        "Ann Peel", "Ilsa Torv", "Jo Peel", "Wilhelmina R. Torv",
    ]  # fmt: skip
    assert len(told) == 6
    said = "\n".join(told)
    for words in (
        "a.json, persons[1]: name is ''", "a.json, persons[3]: a record was expected",
        "a.json, persons[2].memberships[1]: start_date is 'someday'",
        "a.json, persons[2]: Jo Peel, speaker: ends on 2019-01-01",
        "b.yaml, [1]: last is None", "missing.json: there is no such file",
    ):  # fmt: skip
        assert words in said


@pytest.mark.parametrize("content", ["{", "[1, 2]", '"words"', "- {", "name: [", "null"])
def test_what_is_no_list_is_told(content: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    told: list[str] = []
    assert import_lists([path], told.append) == []
    assert told
    assert all(str(path) in one for one in told)


def test_two_of_one_name_keep_their_roles_and_lose_what_does_not_tell_them_apart(
    tmp_path: Path,
) -> None:
    rows = [
        {"name": {"first": "Jo", "last": "Rand", "nickname": "Red"},
         "terms": [{"type": "rep", "start": f"{year}-01-03", "end": f"{year + 2}-01-03"}]}
        for year in (1951, 2011)
    ]  # fmt: skip
    path = tmp_path / "x.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    found = import_lists([path], pytest.fail)
    assert [known.aliases for known in found] == [(), ()]
    (tmp_path / "actors.toml").write_text(written(found), encoding="utf-8")
    directory = load_directory(tmp_path / "actors.toml")
    assert directory.find("Jo Rand", date(2012, 1, 1)) is not None
    assert directory.find("Jo Rand", date(1990, 1, 1)) is None


def test_the_command_writes_the_file_and_says_what_was_left_out(
    lists: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "actors.toml"
    assert main(["actors", "import", str(lists), "--out", str(out)]) == 1
    assert load_directory(out).find("Ilsa Torv") is not None
    assert "left out" in capsys.readouterr().err
    assert main(["actors", "import", str(tmp_path / "none.json")]) == 2
