"""Bodies as documents, rows and tables."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from whipcount.bodies import difference, load_body, shipped_bodies
from whipcount.errors import BodyError
from whipcount.model import Body, Consensus, DatedRule, Majority, Member, NoRule, Term, Weights
from whipcount.rendering import bodies, body_tables
from whipcount.rendering.terminal import WIDTH

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
OLD, DAY = date(2020, 1, 1), date(2024, 1, 1)
MEMBERS = (
    Member(
        "a",
        "Ana Vell",
        (Term(date(2019, 1, 1), date(2023, 1, 1), party="Blue"), Term(date(2023, 1, 1))),
        constituency="North",
        weights=(Weights(None, (("votes", 2000),)),),
    ),
    Member("b", "Bo Orr", (Term(None, date(2022, 5, 1), "resigned"),), party="Blue"),
    Member("c", "Cy Peel", (Term(date(2021, 1, 1), date(2028, 1, 1)),), party="Green"),
    Member("d", "Di Rand", (Term(date(2021, 1, 1), date(2022, 1, 1)),)),
)
BODY = Body(
    "orc",
    "Orlan River Council",
    "orc.toml",
    "people",
    MEMBERS,
    (
        DatedRule("old", Consensus(), None, date(2022, 1, 1)),
        DatedRule("new", Majority(), date(2022, 1, 1)),
        DatedRule("gifts", NoRule()),
    ),
    aliases=("ORC",),
    groups=(("the Greens", ("Cy Peel",)), ("everybody", ("members",)), ("gone", ("Bo Orr",))),
    seats=3,
    sources=("its statute",),
)


def fits(document: bodies.Document) -> bool:
    schema, rules = (
        json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("bodies", "count")
    )
    Draft202012Validator.check_schema(schema)
    registry = Registry().with_resource("count.schema.json", Resource.from_contents(rules))
    validator = Draft202012Validator(schema, registry=registry)
    return not list(validator.iter_errors(json.loads(json.dumps(document))))


def printed(show: Callable[..., None], *things: object) -> str:
    stream = io.StringIO()
    show(stream, *things)
    return stream.getvalue()


def test_documents_fit_their_schema():
    assert fits(bodies.list_document([BODY], DAY))
    assert fits(bodies.list_document([], DAY))
    assert fits(bodies.body_document(BODY, DAY))
    assert fits(bodies.difference_document(difference(BODY, BODY, OLD, DAY)))
    assert not fits(bodies.body_document(BODY, DAY) | {"mood": "good"})


@pytest.mark.parametrize("name", shipped_bodies())
def test_documents_of_bodies_that_ship_fit_too(name):
    body = load_body(name)
    assert fits(bodies.body_document(body, DAY))
    assert fits(bodies.difference_document(difference(body, body, date(2012, 1, 1), DAY)))


def test_a_list_has_members_and_rules_of_the_day():
    (found,) = bodies.list_document([BODY], DAY)["bodies"]
    assert (found["id"], found["members"], found["seats"]) == ("orc", 2, 3)
    assert [rule["name"] for rule in found["rules"]] == ["new", "gifts"]
    assert found["rules"][0]["words"].startswith("It carries when more than half")
    (none,) = bodies.list_document([replace(BODY, members=MEMBERS[2:])], OLD)["bodies"]
    assert none["members"] == 0
    (row,) = bodies.list_rows([BODY], DAY)
    assert len(row["rules"]) == 2


def test_a_body_has_its_members_parties_groups_and_vacancies_of_the_day():
    found = bodies.body_document(BODY, DAY)
    assert found["vacancies"] == 1
    ana, cy = found["members"]
    assert (ana["joined"], ana["left"], ana["party"]) == ("2023-01-01", None, None)
    assert (ana["constituency"], ana["weights"]) == ("North", {"votes": 2000})
    assert (cy["party"], cy["left"], cy["weights"]) == ("Green", "2028-01-01", {})
    assert found["parties"] == [
        {"party": "Green", "members": ["Cy Peel"]}, {"party": None, "members": ["Ana Vell"]},
    ]  # fmt: skip
    assert found["groups"] == [
        {"name": "the Greens", "members": ["Cy Peel"]},
        {"name": "everybody", "members": ["Ana Vell", "Cy Peel"]},
    ]


def test_a_body_of_states_has_no_parties():
    states = replace(BODY, members_are="states", seats=None)
    found = bodies.body_document(states, DAY)
    assert (found["parties"], found["vacancies"]) == ([], None)


def test_a_day_without_members_is_an_error():
    with pytest.raises(BodyError):
        bodies.body_document(replace(BODY, members=MEMBERS[2:]), OLD)


def test_weights_are_columns_of_the_rows():
    assert bodies.member_columns(BODY, DAY)[-1] == "weights.votes"
    assert [row["name"] for row in bodies.member_rows(BODY, DAY)] == ["Ana Vell", "Cy Peel"]


def test_a_difference_has_days_and_reasons():
    found = bodies.difference_document(difference(BODY, BODY, OLD, DAY))
    assert found["before"] == {
        "id": "orc", "name": "Orlan River Council", "path": "orc.toml", "as_of": "2020-01-01",
        "members": 2,
    }  # fmt: skip
    assert found["left"] == [
        {"member": "Bo Orr", "joined": None, "left": "2022-05-01", "end_reason": "resigned",
         "party": "Blue", "constituency": None}
    ]  # fmt: skip
    assert found["changed"] == [
        {"member": "Ana Vell", "what": "party", "before": "Blue", "after": None}
    ]
    assert [(rule["name"], rule["before"] is None) for rule in found["rules"]] == [
        ("old", False), ("new", True),
    ]  # fmt: skip


def test_a_list_is_a_table_of_80_columns():
    table = printed(body_tables.print_list, [load_body(name) for name in shipped_bodies()], DAY)
    assert "nato" in table
    assert "reinforced-qualified-majority" in table
    assert max(map(len, table.splitlines())) <= WIDTH


def test_a_body_is_shown_with_rules_in_words():
    table = printed(body_tables.print_body, BODY, DAY)
    for words in (
        "2 members, 3 seats (1 vacant), as of 2024-01-01",
        "new: It carries when more than half",
        "gifts: The body takes no decision",
        "2,000",
        "1  Green",
        "1  of no party known",
        "the Greens: Cy Peel",
        "everybody: all members",
        "its statute",
    ):
        assert words in table
    assert "gone" not in table
    assert "code" not in table


@pytest.mark.parametrize("name", shipped_bodies())
def test_bodies_that_ship_are_no_wider_than_80_columns(name):
    body = load_body(name)
    shown = printed(body_tables.print_body, body, DAY)
    changed = printed(body_tables.print_difference, difference(body, body, date(2012, 1, 1), DAY))
    assert max(map(len, (shown + changed).splitlines())) <= WIDTH


def test_a_difference_is_told_in_words():
    table = printed(body_tables.print_difference, difference(BODY, BODY, OLD, DAY))
    for words in (
        "2020-01-01: 2 members",
        "2024-01-01: 2 members",
        "Joined (1)",
        "Cy Peel  2021-01-01 to 2028-01-01, Green",
        "Bo Orr  2022-05-01, Blue, resigned",
        "Joined and left between the days (1)",
        "Ana Vell: party Blue → none",
        "old: no longer. It carries when no member is against.",
        "new: new. It carries when more than half",
    ):
        assert words in table


def test_two_files_are_named_and_a_rule_that_is_another_is_told():
    newer = replace(BODY, path="new.toml", rules=(DatedRule("new", Consensus()), *BODY.rules[2:]))
    table = printed(body_tables.print_difference, difference(BODY, newer, DAY, DAY))
    assert "orc.toml, 2024-01-01: 2 members" in table
    assert "new.toml, 2024-01-01: 2 members" in table
    assert "new: before: It carries when more than half" in table
    assert "Now: It carries when no member is against." in table


def test_that_nothing_changed_is_said():
    table = printed(body_tables.print_difference, difference(BODY, BODY, DAY, DAY))
    assert table.endswith("Nothing changed.\n")


def test_names_cant_steer_a_terminal():
    odd = replace(BODY, members=(Member("x", "Ana\x1b[31m", (Term(None),)),), groups=())
    assert "\x1b" not in printed(body_tables.print_body, odd, DAY)
