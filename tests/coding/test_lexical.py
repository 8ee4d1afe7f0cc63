"""What a statement means for the options: a row is a text and its positions, with the reason."""

from __future__ import annotations

import pytest

ROWS = [
    ("plain support", "Varnia backs Tolland's membership.", ["Varnia membership support plain"]),
    (
        "a modal verb",
        "“Tolland should be a member of the union,” Foreign Minister Ana Velt of Varnia said.",
        ["Varnia membership support plain"],
    ),
    ("plain opposition", "Varnia rejects Tolland's accession.", ["Varnia membership oppose plain"]),
    (
        "negated support",
        "Varnia does not support Tolland's accession.",
        ["Varnia membership oppose plain"],
    ),
    (
        "negated modal",
        "The Varnian foreign minister said that Tolland must not become a member.",
        ["Varnia membership oppose plain"],
    ),
    (
        "nobody negates",
        "“There is no place for Tolland as a member,” the Varnian foreign minister said.",
        ["Varnia membership oppose plain"],
    ),
    (
        "two turns make support",
        "Varnia opposes any delay of Tolland's accession.",
        ["Varnia membership support plain"],
    ),
    (
        "hedged",
        "The Varnian government leans towards Tolland's accession.",
        ["Varnia membership support hedged"],
    ),
    (
        "sceptical is hedged opposition",
        "Varnia is sceptical of Tolland's accession.",
        ["Varnia membership oppose hedged"],
    ),
    (
        "undecided",
        "Varnia is undecided about Tolland's membership.",
        ["Varnia membership undecided plain"],
    ),
    (
        "standing aside",
        "“We will not block Tolland's accession,” the Varnian prime minister said.",
        ["Varnia membership abstain plain"],
    ),
    (
        "a condition, with its words",
        "Varnia will back Tolland's membership only if the court agrees.",
        ["Varnia membership conditional plain [only if the court agrees]"],
    ),
    (
        "unless after a no is a condition",
        "“We will veto Tolland's accession unless the court agrees,” the Varnian minister said.",
        ["Varnia membership conditional plain [unless the court agrees]"],
    ),
    (
        "after the war is the option itself",
        "Varnia promised that Tolland will be admitted after the war.",
        ["Varnia after-war support plain"],
    ),
    (
        "at war is the option itself",
        "“The admission of a country at war is out of the question,” the Varnian minister said.",
        ["Varnia at-once oppose plain"],
    ),
    (
        "both sides of a but",
        "“Tolland should become a member, but not this year,” the Varnian foreign minister said.",
        ["Varnia at-once oppose plain", "Varnia membership support plain"],
    ),
    (
        "the path, not its end",
        "Varnia called for a road map to membership.",
        ["Varnia path support plain"],
    ),
    (
        "instead of names what is not meant",
        "Varnia wants a road map instead of membership.",
        ["Varnia path support plain"],
    ),
    (
        "an argument is no position",
        "The Varnian foreign minister said that Tolland has long been a neighbour.",
        [],
    ),
    (
        "a procedure is no position",
        "The Varnian foreign minister said that the union would discuss the accession in May.",
        [],
    ),
    (
        "a question is no position",
        "“Should Tolland become a member?” the Varnian foreign minister asked.",
        [],
    ),
    (
        "a counterfactual is no position",
        "The Varnian foreign minister said that Tolland would have become a member long ago.",
        [],
    ),
    ("another subject is no position", "Varnia backs a new bridge over the lake.", []),
    (
        "somebody else's view is reported",
        "The Varnian foreign minister said that Merrow opposes Tolland's accession.",
        ["Merrow membership oppose plain reported"],
    ),
    (
        "one's own state's view is one's own",
        "The Varnian foreign minister said that Varnia opposes Tolland's accession.",
        ["Varnia membership oppose plain"],
    ),
    (
        "what others should do is one's own view",
        "The Varnian foreign minister said that Merrow should back Tolland's accession.",
        ["Varnia membership support plain"],
    ),
    (
        "two sources",
        "Both Varnia and Merrow have backed Tolland's accession.",
        ["Merrow membership support plain", "Varnia membership support plain"],
    ),
    (
        "it is what was spoken of",
        "Tolland hopes for a road map. Varnia supports it.",
        ["Tolland path support plain", "Varnia path support plain"],
    ),
    ("opposite deeds", "Varnia wants to cut the tax on timber.", ["Varnia tax oppose plain"]),
    ("the option's own phrase", "Merrow rejects the timber levy.", ["Merrow tax oppose plain"]),
    (
        "no before the noun",
        "Varnia rejects the timber levy. Merrow wants no levy at all.",
        ["Merrow tax oppose plain", "Varnia tax oppose plain"],
    ),
    (
        "the head word, once the option has been spoken of",
        "Varnia called for a road map to accession. Merrow backs the road map.",
        ["Merrow path support plain", "Varnia path support plain"],
    ),
    (
        "the plan is what was spoken of",
        "Varnia called for a road map to accession. Merrow rejected the plan.",
        ["Merrow path oppose plain", "Varnia path support plain"],
    ),
    (
        "a time of refusing is no condition",
        "Varnia rejected Tolland's accession before the summit.",
        ["Varnia membership oppose plain"],
    ),
    ("nothing said", "", []),
]


@pytest.mark.parametrize(("reason", "text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_positions_are_coded(positions, reason: str, text: str, expected: list[str]) -> None:
    found, _ = positions(text)
    lines = []
    for position in found:
        line = f"{position.actor.speaks_for or position.actor.name} {position.option}"
        line += f" {position.stance} {position.strength}"
        line += " reported" if position.reported else ""
        if position.condition is not None:
            line += f" [{text[position.condition.start : position.condition.end]}]"
        lines.append(line)
    assert sorted(lines) == sorted(expected)


def test_a_position_names_its_evidence(positions) -> None:
    text = "“We back Tolland's accession, because it is our neighbour,” the Varnian minister said."
    (position,), _ = positions(text)
    assert position.statement is not None
    assert position.statement.startswith(f"{position.article}.")
    assert position.piece == 0
    assert position.coder == "lexical 1.0"
    assert position.reason is not None
    assert text[slice(*position.reason)] == "because it is our neighbour"
    assert [text[slice(*span)] for span in position.content] == [position.quote]


def test_the_piece_that_carries_the_stance_is_named(positions) -> None:
    text = "“It rains,” Varnia's foreign minister said. “But we back Tolland's accession.”"
    (position,), _ = positions(text)
    assert position.piece == 1


def test_who_reported_is_kept(positions) -> None:
    found, _ = positions("The Varnian foreign minister said that Merrow opposes the accession.")
    assert found[0].reported_by is not None
    assert found[0].reported_by.speaks_for == "Varnia"
