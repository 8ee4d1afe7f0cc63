"""Roles and affiliations told in many ways, and organisations that no table knows."""

from __future__ import annotations

import pytest

from tests.actors.conftest import actors_of, mentions_of
from whipcount.actors import gazetteer
from whipcount.actors.gazetteer import state_rows
from whipcount.actors.pronouns import FEATURES, _weights
from whipcount.bodies import load_body, shipped_bodies


@pytest.mark.parametrize(
    ("text", "name", "role", "affiliation"),
    [
        ("Ilsa Torv, who is a pastor at the Reformed Church of Velt, slammed the plan.",
         "Ilsa Torv", "pastor", "Reformed Church of Velt"),
        ("Ilsa Torv is co-founder and national director of the Velton Memory Project.",
         "Ilsa Torv", "national director", "Velton Memory Project"),
        ("Ilsa Torv, the director of the Federal Bureau of Fisheries, said so.",
         "Ilsa Torv", "director", "Federal Bureau of Fisheries"),
        ("Ilsa Torv, co-director of the Liberty and Northern Security Program, said so.",
         "Ilsa Torv", "co-director", "Liberty and Northern Security Program"),
        ("Ilsa Torv, a political scientist at the University of New Velton, said so.",
         "Ilsa Torv", "political scientist", "University of New Velton"),
        ("Ilsa Torv, a Dutch liberal member of the European Parliament, said so.",
         "Ilsa Torv", "member of the European Parliament", "European Parliament"),
        ("Google's chief human resources executive, Ilsa Torv, told us so.",
         "Ilsa Torv", "chief human resources executive", "Google"),
        ("Ilsa Torv, vice president of global sales at Google, told us so.",
         "Ilsa Torv", "vice president of global sales", "Google"),
        ("One delegate, Reform Party chairwoman Ilsa Torv, pledged it.",
         "Ilsa Torv", "chairwoman", "Reform Party"),
        ("Representative Ilsa Torv, Republican of New Velton, said so.",
         "Ilsa Torv", "Representative", "Republican Party"),
        ("As a CNN correspondent, Ilsa Torv has seen much. It was over, Torv said.",
         "Ilsa Torv", "correspondent", "CNN"),
        ("Ilsa Torv, 42, a welder, said so.", "Ilsa Torv", "welder", ""),
        ("Ilsa Torv, a zymologist, said so.", "Ilsa Torv", "zymologist", ""),  # by its ending
        ("Her digital mastermind, Ilsa Torv, said so.", "Ilsa Torv", "digital mastermind", ""),
        ("The Google party boss Ilsa Torv said so.", "Ilsa Torv", "party boss", "Google"),
        ("Ilsa Torv, editor in chief of Velt.com, said so.",
         "Ilsa Torv", "editor in chief", "Velt.com"),
        ("Ilsa Torv, who served as Otto Peel's chief of staff, said so.",
         "Ilsa Torv", "chief of staff", "Otto Peel"),
        ("Ilsa Torv, then a neighbourhood volunteer, said so.",
         "Ilsa Torv", "neighbourhood volunteer", ""),
        ("It was an incident Ilsa Torv brought up, she said.", "Ilsa Torv", "", ""),
        ("Horrified at Otto Peel becoming chair, Ilsa Torv said so.", "Ilsa Torv", "", ""),
        ("Loom Corporation lost money. Times are hard, chief executive Ilsa Torv said.",
         "Ilsa Torv", "chief executive", "Loom Corporation"),
        ("Ilsa Torv, who works as a beekeeper, said so.", "Ilsa Torv", "beekeeper", ""),
        ("Velt United striker Ilsa Torv said so.", "Ilsa Torv", "striker", "Velt United"),
        ("Ilsa Torv, chief data officer of Velt Rail, said so.",
         "Ilsa Torv", "chief data officer", "Velt Rail"),
        ("Ilsa Torv, a partner at Loom & Peel, said so.", "Ilsa Torv", "partner", "Loom & Peel"),
        ("Ilsa Torv, with the Center for Better Laws, said so.",
         "Ilsa Torv", "", "Center for Better Laws"),
        ("Ilsa Torv, a delegate from Houston, Texas, said so.",
         "Ilsa Torv", "delegate", "Houston"),
        ("The Herald's Ilsa Torv said so.", "Ilsa Torv", "", "Herald"),
        ("House Republican Ilsa Torv said so.", "Ilsa Torv", "", "Republican Party"),
        ("Sens. Otto Peel (Ky.) and Ilsa Torv (Fla.) said so.", "Ilsa Torv", "senator", "Fla."),
        ("Lt. Gov. Ilsa Torv said so.", "Ilsa Torv", "lieutenant governor", ""),
        ("Chief Justice Ilsa Torv said so.", "Ilsa Torv", "Chief Justice", ""),
        ("Justice Minister Ilsa Torv said so.", "Ilsa Torv", "Justice Minister", ""),
        ("Ilsa Torv, a Reformist who owns a letter, said so.", "Ilsa Torv", "", ""),
        ("Ilsa Torv is not a minister. It was over, Torv said.", "Ilsa Torv", "", ""),
        ("If she becomes the chair, Ilsa Torv will stay. It was over, Torv said.",
         "Ilsa Torv", "", ""),
    ],
)  # fmt: skip
def test_a_role_is_told_in_many_ways(text: str, name: str, role: str, affiliation: str) -> None:
    (found,) = [actor for actor in mentions_of(text).actors if actor.name == name]
    assert (found.kind, found.role, found.affiliation) == ("person", role, affiliation)


@pytest.mark.parametrize(
    "name",
    [
        "National Autistic Society", "Ohio Democratic Party", "Velt Legal Defense and Relief Fund",
        "University of Velt at Oriel", "Bureau of Coasts and Harbors", "Twitter",
    ],
)  # fmt: skip
def test_an_organisation_is_named_whole(name: str) -> None:
    (found,) = actors_of(f"The {name} said that it would sue.", name)
    assert (found.name, found.kind) == (name, "organisation")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The Velton Fisheries Board met. It is dead, VFB said.", "Velton Fisheries Board", "VFB"),
        ("Ilsa Torv won. Torv's campaign denied it. Her team left.", "Torv's campaign", "Her team"),
        ("The Washington Post wrote so. It is so, the Post said.", "Washington Post", "the Post"),
    ],
)  # fmt: skip
def test_short_forms_are_the_same_organisation(text: str, first: str, second: str) -> None:
    one, other = actors_of(text, first), actors_of(text, second, near=-1)
    assert one[0].id == other[0].id


def test_the_nominee_is_the_politician_of_the_article() -> None:
    text = (
        "Senator Ilsa Torv won again. James Rand, the police chief, was asked about Torv. "
        "The nominee said that she was glad."
    )
    assert actors_of(text, "The nominee")[0].name == "Ilsa Torv"


def test_whoever_was_asked_is_meant() -> None:
    text = "Radio host Hugo Peel asked Arno Torv about statements that he had made."
    assert actors_of(text, "he", near=-1)[0].name == "Arno Torv"


@pytest.mark.parametrize("words", ["African-American", "Canadian-born", "Anti-Immigration"])
def test_an_adjective_is_no_affiliation(words: str) -> None:
    text = f"Ilsa Torv, an {words} delegate, said so."
    (found,) = [actor for actor in mentions_of(text).actors if actor.name == "Ilsa Torv"]
    assert found.affiliation in ("", "United States")
    assert words not in found.affiliation


@pytest.mark.parametrize("body", shipped_bodies())
def test_every_member_of_every_shipped_body_is_found(body: str) -> None:
    made = load_body(body)
    names = gazetteer(made)
    rows = {row["code"]: row for row in state_rows()}
    for member in made.members:
        found = names.match(member.name)
        assert found is not None, member.name
        assert found.entry.member
        row = rows.get(member.code)
        if row is None:
            continue
        for column in ("adjectives", "people", "capital"):
            for words in filter(None, row[column].split("|")):
                entries = {match.entry.name for match in names.matches(words)}
                assert member.name in entries, f"{member.name}: {words}"


def test_every_feature_of_pronouns_has_a_weight() -> None:
    assert len(_weights()) == len(FEATURES)


@pytest.mark.parametrize(
    "sentence",
    [
        "Jo Rand, D-S.D., and Velt Watch, founded by billionaire Tom Peel, met University of Velt.",
        "“Night Watch” host Jo “Red” Rand (R-Ohio), a member of the European Parliament, agreed.",
        "Sophie in 't Veld, head of the Bureau of Coasts and Harbors for the 5th Area, left.",
        "President Torv's former top adviser, named the chief, asked Mr. Peel about his chair.",
        "The plan is dead, said Ilsa Torv, now also head of the board.",
    ],
)
def test_an_article_may_begin_and_end_anywhere(sentence: str) -> None:
    words = sentence.split(" ")
    for number in range(1, len(words) + 1):
        for text in (" ".join(words[:number]), " ".join(words[number - 1 :])):
            assert mentions_of(text.rstrip(",.;")) is not None
