"""Everything that a person can change, in one table: what it takes, and what it does.

A form of a page and the JSON API go through the same entry, and the OpenAPI description is made of
it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from whipcount import project
from whipcount.app.fields import UNITS, Field
from whipcount.app.marks import (
    add_statement_words,
    remark,
    remark_words,
    said_units,
    split_off,
)
from whipcount.errors import ProjectError
from whipcount.model import STANCES, ActorKind, Stand, Strength
from whipcount.project import By, Project

Given = Mapping[str, Any]
KINDS: tuple[str, ...] = get_args(ActorKind)
STRENGTHS: tuple[str, ...] = get_args(Strength)
STANDS: tuple[str, ...] = tuple(stand for stand in get_args(Stand) if stand != "not-on-record")
DECIDED = ("stance", "option", "actor", "strength", "reported", "condition", "reason", "date")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that changes a project. `do` takes what was given, and who does it when."""

    name: str
    about: str
    fields: tuple[Field, ...]
    do: Callable[[Project, Given, By], object]


CODING = Field("coding", "Which coding: its id.", needed=True)
STATEMENT = Field("statement", "Which statement: its id.", needed=True)
ARTICLE = Field("article", "Which article: its id.", needed=True)
NOTE = Field("note", "Why, for those who read the history.")
UNIT = Field("units", "What offsets count.", choices=UNITS)
SAID = (
    Field("stance", "What the position is.", choices=STANCES),
    Field("option", "On which option: its id."),
    Field("actor", "Whose position it is: the id of an actor in the article."),
    Field("strength", "Plain words, or hedged ones.", choices=STRENGTHS),
    Field("reported", "Whether somebody else reports it.", "switch"),
    Field("condition", "The words of the condition.", "span"),
    Field("reason", "The words that give the reason.", "span"),
    Field("date", "When it was said.", "day"),
)
MARKS = (
    Field("content", "What is said: a span a piece.", "spans"),
    Field("source", "Who says it.", "spans"),
    Field("cue", "The words that tell that it is said.", "spans"),
    Field("date", "When it was said; the article's day where left out.", "day"),
    Field("actors", "Who says it: ids of actors in the article.", "names"),
)
ACTOR = Field("actor", "Whom: a name key such as person:ilsa torv, or an article's actor's id.")
ROLE = (
    Field("role", "What they are, such as foreign minister."),
    Field("affiliation", "In which organisation, party or state."),
    Field("country", "ISO 3166-1 code of two letters."),
    Field("speaks_for", "Whose position their words are."),
)


def _needed(field: Field) -> Field:
    return Field(field.name, field.about, field.kind, True, field.choices)


def _named(given: Given, *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names if name in given}


def _change(debate: Project, given: Given, by: By) -> object:
    article = project.coding(debate, given["coding"]).statement.id.rpartition(".")[0]
    told = said_units(debate, article, _named(given, *DECIDED, "note"), given.get("units"))
    return project.change(debate, given["coding"], by, **told)


def _add_coding(debate: Project, given: Given, by: By) -> object:
    article = given["statement"].rpartition(".")[0]
    told = said_units(debate, article, dict(given), given.get("units"))
    wanted = ("actor", "piece", "strength", "reported", "condition", "reason", "note")
    return project.add_coding(
        debate, given["statement"], given["option"], given["stance"], by, **_named(told, *wanted)
    )


def _mark(debate: Project, given: Given, by: By) -> object:
    article = given["statement"].rpartition(".")[0]
    told = said_units(debate, article, dict(given), given.get("units"))
    wanted = ("content", "source", "cue", "date", "actors")
    return project.mark(debate, given["statement"], by, **_named(told, *wanted))


def _add_statement(debate: Project, given: Given, by: By) -> object:
    told = said_units(debate, given["article"], dict(given), given.get("units"))
    wanted = ("source", "cue", "date", "actors")
    return project.add_statement(
        debate, given["article"], told["content"], by, **_named(told, *wanted)
    )


def _split(debate: Project, given: Given, by: By) -> object:
    article = given["statement"].rpartition(".")[0]
    told = said_units(debate, article, dict(given), given.get("units"))
    return project.split(debate, given["statement"], told["contents"], by)


def _enter(debate: Project, given: Given, by: By) -> object:
    return project.enter(debate, project.Entry(**given), by)


def _undo(debate: Project, given: Given, by: By) -> object:
    try:
        changes = [int(number) for number in given["changes"]]
    except ValueError:
        raise ProjectError("changes: name them by their numbers") from None
    return project.begin_undo(debate, changes, by)


ACTIONS: tuple[Action, ...] = (
    Action(
        "accept",
        "Accept a coding as it is shown.",
        (CODING, NOTE),
        lambda debate, given, by: project.accept(
            debate, given["coding"], by, note=given.get("note", "")
        ),
    ),
    Action("change", "Say what is right of a coding.", (CODING, *SAID, NOTE, UNIT), _change),
    Action(
        "delete",
        "Say that these words take no such position.",
        (CODING, NOTE),
        lambda debate, given, by: project.delete(
            debate, given["coding"], by, note=given.get("note", "")
        ),
    ),
    Action(
        "withdraw",
        "Take one's own review of a coding back.",
        (CODING,),
        lambda debate, given, by: project.withdraw(debate, given["coding"], by),
    ),
    Action(
        "add-coding",
        "Add a position that the machine didn't find.",
        (
            STATEMENT,
            *(_needed(one) if one.name in ("option", "stance") else one for one in SAID[:-1]),
            Field("piece", "Which of the statement's pieces, from 0.", "number"),
            NOTE,
            UNIT,
        ),
        _add_coding,
    ),
    Action(
        "accept-all",
        "Accept every coding of at least a confidence that nobody has reviewed.",
        (
            Field("above", "The least confidence.", "share", needed=True),
            Field("option", "Only those on this option."),
        ),
        lambda debate, given, by: project.begin_accept_all(
            debate, given["above"], by, option=given.get("option", "")
        ),
    ),
    Action("mark", "Mark a statement's words anew.", (STATEMENT, *MARKS, UNIT), _mark),
    Action(
        "remark",
        "Make selected words a part of a statement: in the place of the piece that they touch.",
        (
            STATEMENT,
            Field("part", "Which part.", needed=True, choices=("content", "source", "cue")),
            Field("span", "The words.", "span", needed=True),
            Field("more", "Beside what is there, not in its place.", "switch"),
            UNIT,
        ),
        remark,
    ),
    Action(
        "remark-words",
        "The same with the words written out; they are looked for near the statement.",
        (
            STATEMENT,
            Field("part", "Which part.", needed=True, choices=("content", "source", "cue")),
            Field("words", "The words, as the article has them.", needed=True),
            Field("more", "Beside what is there, not in its place.", "switch"),
        ),
        remark_words,
    ),
    Action(
        "split",
        "Make several statements of one.",
        (STATEMENT, Field("contents", "The content of each.", "pieces", needed=True), UNIT),
        _split,
    ),
    Action(
        "split-off",
        "Make selected words of a statement's content a statement of their own.",
        (STATEMENT, Field("span", "The words.", "span", needed=True), UNIT),
        split_off,
    ),
    Action(
        "add-statement",
        "Add a statement by its words.",
        (ARTICLE, _needed(MARKS[0]), *MARKS[1:], UNIT),
        _add_statement,
    ),
    Action(
        "add-statement-words",
        "Add a statement by its words written out; they are looked for near a place.",
        (
            ARTICLE,
            Field("words", "The words, as the article has them.", needed=True),
            Field("near", "Where, in code points from the text's beginning.", "number"),
            Field("actors", "Who says it: ids of actors in the article.", "names"),
        ),
        add_statement_words,
    ),
    Action(
        "delete-statement",
        "Say that nobody says this.",
        (STATEMENT,),
        lambda debate, given, by: project.delete_statement(debate, given["statement"], by),
    ),
    Action(
        "add-actor",
        "Add somebody whom the machine didn't find to an article.",
        (
            ARTICLE,
            Field("name", "The name.", needed=True),
            Field("kind", "What it is.", needed=True, choices=KINDS),
            *ROLE,
        ),
        lambda debate, given, by: project.add_actor(
            debate,
            given["article"],
            given["name"],
            given["kind"],
            by,
            **_named(given, *(field.name for field in ROLE)),
        ),
    ),
    Action(
        "enter",
        "Enter a position that no page says.",
        (
            Field("name", "Whose it is: a member's name, or another's.", needed=True),
            Field("option", "On which option: its id.", needed=True),
            Field("stance", "What it is.", needed=True, choices=STANCES),
            Field("date", "On which day.", "day", needed=True),
            Field("kind", "What they are.", choices=KINDS),
            Field("strength", "Plain words, or hedged ones.", choices=STRENGTHS),
            *ROLE,
            Field("note", "Where it is known from: a call, a briefing."),
            Field("link", "An address that says more."),
        ),
        _enter,
    ),
    Action(
        "withdraw-entry",
        "Take back a position that was entered.",
        (Field("entry", "Which: its id.", needed=True),),
        lambda debate, given, by: project.withdraw_entry(debate, given["entry"], by),
    ),
    Action(
        "override",
        "Set a cell of the count by hand.",
        (
            Field("member", "Which member.", needed=True),
            Field("option", "Which option: its id.", needed=True),
            Field("stand", "Where the member stands.", needed=True, choices=STANDS),
            Field("day", "From which day on.", "day", needed=True),
            Field("reason", "Why.", needed=True),
        ),
        lambda debate, given, by: project.override(
            debate,
            given["member"],
            given["option"],
            given["stand"],
            given["day"],
            given["reason"],
            by,
        ),
    ),
    Action(
        "lift",
        "Let a cell be what the evidence says again.",
        (
            Field("member", "Which member.", needed=True),
            Field("option", "Which option: its id.", needed=True),
        ),
        lambda debate, given, by: project.lift(debate, given["member"], given["option"], by),
    ),
    Action(
        "merge-actors",
        "Say that two are one.",
        (_needed(ACTOR), Field("into", "Who it is: a name key.", needed=True)),
        lambda debate, given, by: project.merge_actors(debate, given["actor"], given["into"], by),
    ),
    Action(
        "split-actor",
        "Take back that two are one, or part one article's actor from its name.",
        (_needed(ACTOR),),
        lambda debate, given, by: project.split_actor(debate, given["actor"], by),
    ),
    Action(
        "set-role",
        "Say what somebody was from a day to a day; without any words it is taken back.",
        (
            _needed(ACTOR),
            *ROLE,
            Field("first", "The first day; empty where it is open.", "day"),
            Field("last", "The last day; empty where it is open.", "day"),
        ),
        lambda debate, given, by: project.set_role(
            debate,
            given["actor"],
            by,
            **_named(given, *(field.name for field in ROLE), "first", "last"),
        ),
    ),
    Action(
        "rename-option",
        "Give an option another id or label.",
        (
            Field("option", "Which option: its id.", needed=True),
            Field("id", "The new id."),
            Field("label", "The new label."),
        ),
        lambda debate, given, by: project.begin_rename_option(
            debate, given["option"], by, new=given.get("id", ""), label=given.get("label", "")
        ),
    ),
    Action(
        "merge-options",
        "Make one option of two: all on the one goes to the other.",
        (
            Field("option", "The one that goes.", needed=True),
            Field("into", "The one that stays.", needed=True),
        ),
        lambda debate, given, by: project.begin_merge_options(
            debate, given["option"], given["into"], by
        ),
    ),
    Action(
        "split-option",
        "Make a new option, and move some of an option's codings to it.",
        (
            Field("option", "The option that is split.", needed=True),
            Field("new", "The new option's id.", needed=True),
            Field("label", "The new option's label.", needed=True),
            Field("codings", "The ids of the codings that go to it.", "names", needed=True),
        ),
        lambda debate, given, by: project.split_option(
            debate,
            given["option"],
            by,
            new=given["new"],
            label=given["label"],
            codings=given["codings"],
        ),
    ),
    Action(
        "add-coder",
        "Say of a coder whether they work blind to the others.",
        (
            Field("name", "The coder's name.", needed=True),
            Field("blind", "Whether they see only their own reviews.", "switch"),
        ),
        lambda debate, given, by: project.add_coder(
            debate, given["name"], by, blind=given.get("blind", False)
        ),
    ),
    Action(
        "adjudicate",
        "Decide between people who disagree on a coding.",
        (CODING, Field("review", "The review that is right: its id.", needed=True), NOTE),
        lambda debate, given, by: project.adjudicate(
            debate, given["coding"], by, review=given["review"], note=given.get("note", "")
        ),
    ),
    Action(
        "settle",
        "Decide what a merge, or a new version of an article, left open.",
        (
            Field("conflict", "Which: its id.", needed=True),
            Field("keep", "Which of the two.", needed=True, choices=("kept", "other")),
        ),
        lambda debate, given, by: project.settle(debate, given["conflict"], by, keep=given["keep"]),
    ),
    Action(
        "draw-sample",
        "Draw a stratified random sample, to be coded blind to the machine.",
        (
            Field("name", "The sample's name.", needed=True),
            Field("size", "How many statements and paragraphs.", "number", needed=True),
            Field("seed", "Of the draw; the same draws the same.", "number", needed=True),
        ),
        lambda debate, given, by: project.draw_sample(
            debate, given["name"], by, size=given["size"], seed=given["seed"]
        ),
    ),
    Action(
        "sampled",
        "Say that one has coded something of a sample: what one added to it is all.",
        (
            Field("sample", "Which sample: its name.", needed=True),
            Field("unit", "Which statement or paragraph of it: its id.", needed=True),
        ),
        lambda debate, given, by: project.sampled(debate, given["sample"], given["unit"], by),
    ),
    Action(
        "undo",
        "Undo what changes did.",
        (Field("changes", "Their numbers.", "names", needed=True),),
        _undo,
    ),
    Action(
        "undo-last",
        "Undo one's own newest change that stands.",
        (),
        lambda debate, _, by: project.begin_undo_last(debate, by),
    ),
)
"""All of them, by the room that they are most at home in."""

BY_NAME: dict[str, Action] = {action.name: action for action in ACTIONS}
