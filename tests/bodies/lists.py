"""Lists of invented people, in the layouts of EveryPolitician and congress-legislators."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from whipcount.bodies import import_body, load_body
from whipcount.bodies.writing import written
from whipcount.model import Body, Member

DAY = date(2026, 11, 25)

POPOLO = {
    "persons": [
        {"id": "p1", "name": "Ilsa Torv", "gender": "female",
         "other_names": [{"lang": "en", "name": "Ilsa Rand", "note": "before 2016"},
                         {"lang": "ja", "name": "イルサ", "note": "multilingual"}]},
        {"id": "p2", "name": "Jo Peel"},
        {"id": "p3", "name": "Jo Peel"},
        {"id": "p4", "name": ""},
        {"id": "p5", "name": "Never Sat"},
        "no record",
        {"id": "p6", "name": "Odd Days"},
    ],
    "organizations": [
        {"id": "velt", "name": "Velt Assembly", "classification": "legislature", "seats": 3},
        {"id": "cabinet", "name": "Cabinet", "classification": "executive"},
        {"id": "reform", "name": "Reform", "classification": "party"},
        {"id": "unity", "name": "Unity", "classification": "party"},
        {"id": "unknown", "name": "unknown", "classification": "party"},
    ],
    "areas": [{"id": "area/north", "name": "North"}, {"id": "area/south", "name": "South"}],
    "events": [
        {"id": "term/1", "classification": "legislative period", "name": "First Assembly",
         "organization_id": "velt", "start_date": "2011-05-05", "end_date": "2015-03-30"},
        {"id": "term/2", "classification": "legislative period", "name": "Second Assembly",
         "organization_id": "velt", "start_date": "2015-05-07", "end_date": "2019-06-01"},
        {"id": "term/3", "classification": "legislative period", "name": "Third Assembly",
         "organization_id": "velt", "start_date": "2019-06-01"},
        {"id": "e/1", "classification": "general election", "start_date": "2019-05-20"},
    ],
    "memberships": [
        {"person_id": "p1", "organization_id": "velt", "on_behalf_of_id": "reform",
         "area_id": "area/north", "role": "member", "legislative_period_id": "term/1"},
        {"person_id": "p1", "organization_id": "velt", "on_behalf_of_id": "reform",
         "area_id": "area/north", "role": "member", "legislative_period_id": "term/2"},
        {"person_id": "p1", "organization_id": "velt", "on_behalf_of_id": "reform",
         "area_id": "area/north", "role": "member", "legislative_period_id": "term/3"},
        {"person_id": "p1", "organization_id": "velt", "role": "speaker",
         "start_date": "2016", "end_date": "2017"},
        {"person_id": "p1", "organization_id": "cabinet", "role": "minister",
         "start_date": "2020-01-01"},
        {"person_id": "p2", "organization_id": "velt", "on_behalf_of_id": "unity",
         "area_id": "area/south", "role": "member", "legislative_period_id": "term/2",
         "end_date": "2016-02-29"},
        {"person_id": "p2", "organization_id": "velt", "on_behalf_of_id": "reform",
         "area_id": "area/south", "role": "member", "legislative_period_id": "term/2",
         "start_date": "2016-03-01", "end_date": "2017-09-04", "end_reason": "resigned"},
        {"person_id": "p3", "organization_id": "velt", "on_behalf_of_id": "unknown",
         "area_id": "area/south", "role": "member", "legislative_period_id": "term/2",
         "start_date": "2017-09-04"},
        {"person_id": "p6", "organization_id": "velt", "role": "member", "start_date": "soon"},
        {"person_id": "p6", "organization_id": "velt", "role": "member",
         "start_date": "2012-01-01", "end_date": "2011-01-01"},
        {"person_id": "p6", "organization_id": "velt", "role": "candidate"},
    ],
}  # fmt: skip

LEGISLATORS = """
- id: {bioguide: T000001, lis: S001}
  name: {first: Wilhelmina, middle: R., last: Torv, official_full: Wilhelmina R. Torv, nickname: Billie}
  other_names:
  - {last: Rand, end: '2012-01-01'}
  bio: {gender: F}
  terms:
  - {type: rep, start: '2013-01-03', end: '2015-01-03', state: OH, district: 5, party: Republican}
  - {type: rep, start: '2015-01-06', end: '2017-01-03', state: OH, district: 5, party: Republican}
  - {type: sen, start: '2017-01-03', end: '2022-08-15', state: OH, class: 3, party: Republican}
- id: {bioguide: R000002}
  name: {first: Jo, last: Rand}
  terms:
  - {type: rep, start: 2015-01-06, end: 2017-01-03, state: NJ, district: 2, party: Democrat}
  - type: rep
    start: '2017-01-03'
    end: '2019-01-03'
    state: NJ
    district: 2
    party: Republican
    party_affiliations:
    - {start: '2017-01-03', end: '2018-12-18', party: Democrat}
    - {start: '2018-12-19', end: '2019-01-03', party: Republican}
- id: {bioguide: R000003}
  name: {first: Jo, last: Rand}
  terms:
  - {type: rep, start: '2015-01-06', end: '2016-03-10', state: AK, district: 0, party: Independent, caucus: Democrat}
- id: {bioguide: D000004}
  name: {first: Del, last: Egate}
  terms:
  - {type: rep, start: '2015-01-06', end: '2017-01-03', state: PR, district: 0, party: Democrat}
- id: {bioguide: P000005}
  name: {first: Ada, last: Peel}
  terms:
  - {type: sen, start: '2022-08-15', end: '2024-11-05', state: OH, class: 3, party: Democrat,
     how: appointment, end-type: special-election}
- name: {first: Broken}
  terms: []
- id: {bioguide: B000006}
  name: {first: Bad, last: Days}
  terms:
  - {type: rep, start: someday, end: '2017-01-03', state: OH, district: 1, party: Democrat}
  - {type: prez, start: '2015-01-03', end: '2017-01-03', state: OH, party: Democrat}
"""  # noqa: E501


def list_file(folder: Path, content: object, name: str = "list.json") -> Path:
    """Write a list, given as JSON or as the text of a YAML file, and return its path."""
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


def imported(folder: Path, *paths: Path, **options: object) -> tuple[Body, list[str]]:
    """Return the body that is loaded from what was written of lists, and the problems told."""
    problems: list[str] = []
    found = import_body(paths, DAY, problems.append, **options)  # type: ignore[arg-type]
    assert found is not None
    file = folder / "body.toml"
    file.write_text(written(found), encoding="utf-8")
    return load_body(file), problems


def member(body: Body, name: str) -> Member:
    """Return the member of a name."""
    return next(one for one in body.members if one.name == name)
