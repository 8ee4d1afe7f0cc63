# ruff: noqa: E501 - a row of the tables of mistakes is one line
from datetime import date

import pytest

from whipcount.coding.issue import load_issue
from whipcount.errors import IssueError
from whipcount.model import Option

HEAD = 'name = "The Orlan dam"\nbody = "orc.toml"\n'
DAM = '[options.dam]\nlabel = "The council builds a dam"\n'
LATER = '[options.later]\nlabel = "The council builds a dam later"\n'
PARK = '[options.park]\nlabel = "The valley becomes a park"\n'


def load(tmp_path, text):
    path = tmp_path / "dam.toml"
    path.write_text(text, encoding="utf-8")
    return load_issue(path)


def test_an_issue_file_gives_all_that_it_says(tmp_path):
    issue = load(
        tmp_path,
        HEAD
        + 'starts = 2031-02-03\nrule = "grave"\n'
        + DAM
        + 'definition = "At the narrows."\nphrases = ["the dam"]\nexamples = ["Build it."]\n'
        + 'not_examples = ["Look at it."]\nimplies = ["later"]\nexcludes = ["park"]\nrule = "none"\n'
        + LATER
        + PARK,
    )
    assert (issue.name, issue.body, issue.rule) == ("The Orlan dam", "orc.toml", "grave")
    assert issue.starts == date(2031, 2, 3)
    assert issue.path == str(tmp_path / "dam.toml")
    assert [option.id for option in issue.options] == ["dam", "later", "park"]
    assert issue.options[0] == Option(
        "dam",
        "The council builds a dam",
        "At the narrows.",
        ("the dam",),
        ("Build it.",),
        ("Look at it.",),
        ("later",),
        ("park",),
        "none",
    )


def test_a_label_is_enough(tmp_path):
    issue = load(tmp_path, HEAD + DAM)
    assert issue.options == (Option("dam", "The council builds a dam"),)
    assert (issue.starts, issue.rule) == (None, "")


def test_a_path_may_be_a_string(tmp_path):
    load(tmp_path, HEAD + DAM)
    assert load_issue(str(tmp_path / "dam.toml")).name == "The Orlan dam"


def test_the_day_may_stand_in_quotation_marks(tmp_path):
    assert load(tmp_path, HEAD + 'starts = "2031-02-03"\n' + DAM).starts == date(2031, 2, 3)


WRONG = [
    ("", "line 1: name: is missing", "an empty file"),
    ('name = "x"\n' + DAM, "line 1: body: is missing", "no body"),
    (HEAD, "options: there is none", "no options"),
    (HEAD + "[options]\n", "options: there is none", "an empty table of options"),
    (HEAD + "options = 3\n", "line 3: options: must be a table", "options that are a number"),
    (HEAD + "[options]\ndam = 1\n", "line 4: options.dam: must be a table", "an option that is a number"),
    (HEAD + "[options.dam]\n", "line 3: options.dam.label: is missing", "no label"),
    (HEAD + "[options.dam]\nlabel = ' '\n", "line 4: options.dam.label: is empty", "a blank label"),
    (HEAD + "[options.dam]\nlabel = 7\n", "line 4: options.dam.label: must be words in quotation marks, not 7", "a number for words"),
    (HEAD + DAM + "lable = 'x'\n", "line 5: options.dam.lable: unknown key; did you mean label?", "a slip"),
    (HEAD + "start = 2031-01-01\n" + DAM, "line 3: start: unknown key; did you mean starts?", "a slip above"),
    (HEAD + "starts = 'soon'\n" + DAM, 'line 3: starts: must be a day such as 2023-07-11, not "soon"', "no date"),
    (HEAD + "starts = 2031\n" + DAM, "line 3: starts: must be a day", "a year is no day"),
    (HEAD + "starts = '2031-02-30'\n" + DAM, "line 3: starts: must be a day", "no day of the calendar"),
    (HEAD + "starts = 2031-02-30\n" + DAM, "line 3: not valid TOML", "nor without marks"),
    (HEAD + DAM + "implies = 'later'\n" + LATER, "line 5: options.dam.implies: must be a list", "words for a list"),
    (HEAD + DAM + "implies = [\n  'later',\n  'lake',\n]\n" + LATER, 'line 7: options.dam.implies[1]: "lake" is no option; known are dam, later', "an unknown option in implies"),
    (HEAD + DAM + "excludes = ['lake']\n", 'line 5: options.dam.excludes[0]: "lake" is no option', "and in excludes"),
    (HEAD + DAM + "excludes = ['dam']\n", "an option can't name itself here", "it excludes itself"),
    (HEAD + DAM + "implies = ['dam']\n", "an option can't name itself here", "it implies itself"),
    (HEAD + DAM + "implies = ['later']\n" + LATER + "implies = ['dam']\n", "implies goes in a circle: ", "a cycle of two"),
    (HEAD + DAM + "implies = ['later']\n" + LATER + "implies = ['park']\n" + PARK + "implies = ['dam']\n", "implies goes in a circle: ", "a cycle of three"),
    (HEAD + DAM + "implies = ['later']\nexcludes = ['later']\n" + LATER, "line 3: options.dam: implies and excludes contradict", "implied and excluded"),
    (HEAD + DAM + "implies = ['later']\n" + LATER + "excludes = ['dam']\n", "both support and oppose", "excluded from the other side"),
    (HEAD + DAM + "implies = ['later']\n" + LATER + "implies = ['park']\n" + PARK + "excludes = ['dam']\n", "both support and oppose", "through the chain"),
    (HEAD + DAM + "implies = ['later', 'park']\n" + LATER + "excludes = ['park']\n" + PARK, "both support and oppose later", "two implied that exclude each other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "reason"), WRONG)
def test_a_wrong_issue_file_is_said_with_file_line_and_key(tmp_path, text, message, reason):
    with pytest.raises(IssueError) as caught:
        load(tmp_path, text)
    assert message in str(caught.value), reason
    assert str(caught.value).startswith(str(tmp_path / "dam.toml")), reason


def test_a_missing_issue_file_is_said(tmp_path):
    with pytest.raises(IssueError, match="there is no such issue file"):
        load_issue(tmp_path / "gone.toml")
