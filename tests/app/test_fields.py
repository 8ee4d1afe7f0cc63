"""What comes in, read and refused."""

from __future__ import annotations

import pytest

from whipcount.app.fields import Field, read
from whipcount.errors import ProjectError
from whipcount.model import Span

FIELDS = (
    Field("coding", "Which.", needed=True),
    Field("above", "How sure.", "share"),
    Field("spans", "Where.", "spans"),
    Field("piece", "Which piece.", "number"),
    Field("blind", "Whether.", "switch"),
    Field("names", "Who.", "names"),
    Field("stance", "What.", choices=("support", "oppose")),
    Field("note", "Why."),
)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"above": "0.5"}, {"above": 0.5}),
        ({"above": 1}, {"above": 1.0}),
        ({"spans": "[[1, 2]]"}, {"spans": (Span(1, 2),)}),
        ({"spans": [[1, 2], [4, 9]]}, {"spans": (Span(1, 2), Span(4, 9))}),
        ({"piece": "2"}, {"piece": 2}),
        ({"blind": "on"}, {"blind": True}),
        ({"blind": False}, {"blind": False}),
        ({"names": "one"}, {"names": ("one",)}),
        ({"names": ["a", "b"]}, {"names": ("a", "b")}),
        ({"stance": "oppose"}, {"stance": "oppose"}),
        ({"stance": ""}, {}),
        ({"note": ""}, {"note": ""}),
        ({"above": ""}, {}),
    ],
)
def test_values_of_forms_and_of_json(given, found):
    assert read(FIELDS, {"coding": "c", **given}) == {"coding": "c", **found}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "coding: is missing"),
        ({"coding": ""}, "coding: is missing"),
        ({"coding": "c", "more": "x"}, "'more': is not taken here"),
        ({"coding": "c", "above": "much"}, "'much' is no share"),
        ({"coding": "c", "above": "nan"}, "is no share"),
        ({"coding": "c", "above": 2}, "is no share"),
        ({"coding": "c", "above": True}, "is no share"),
        ({"coding": "c", "spans": "[[1]]"}, "is no list of spans"),
        ({"coding": "c", "spans": "[[1, -2]]"}, "is no list of spans"),
        ({"coding": "c", "spans": "[" * 9999}, "is no list of spans"),
        ({"coding": "c", "spans": [[1, 2.5]]}, "is no list of spans"),
        ({"coding": "c", "piece": "1.5"}, "is no number"),
        ({"coding": "c", "piece": "inf"}, "is no number"),
        ({"coding": "c", "blind": "perhaps"}, "is no yes or no"),
        ({"coding": "c", "names": {"a": 1}}, "is no list of names"),
        ({"coding": "c", "stance": "shrug"}, "none of 'support', 'oppose'"),
        ({"coding": ["a", "b"]}, "is no text"),
    ],
)
def test_what_can_not_be_is_said(given, why):
    with pytest.raises(ProjectError, match=why):
        read(FIELDS, given)
