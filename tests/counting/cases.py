"""An invented council and what its members say, for the tests of the count."""

from dataclasses import replace
from datetime import date

from whipcount.model import (
    Actor,
    Article,
    Body,
    Consensus,
    DatedRule,
    Issue,
    Member,
    Option,
    Position,
    Rule,
    Span,
    Term,
)

DAY = date(2031, 6, 30)

NAMES = ("Arvonia", "Belmark", "Corvia", "Dorland")


def member(name: str, joined: date | None = None, left: date | None = None, **more) -> Member:
    return Member(name, name, (Term(joined, left),), **more)


def council(*members: Member, rule: Rule | None = None, **more) -> Body:
    """A body of the members given, or of the four of `NAMES`."""
    more = {"aliases": ("ORC",), "weak_aliases": ("the council",), "members_are": "states"} | more
    return Body(
        id="orc",
        name="Orlan River Council",
        path="orc.toml",
        members=members or tuple(member(name) for name in NAMES),
        rules=(DatedRule("", rule or Consensus()),),
        **more,
    )


def issue(*options: Option, **more) -> Issue:
    """An issue with the options given, or with one, `dam`."""
    return Issue("The dam", "dam.toml", "orc.toml", options or (Option("dam", "A dam"),), **more)


def state(name: str) -> Actor:
    return Actor(f"a.{name}", name, "state", speaks_for=name)


def person(name: str, speaks_for: str = "", role: str = "") -> Actor:
    return Actor(f"a.{name}", name, "person", role, speaks_for, "", speaks_for)


def said(
    actor: Actor | str, stance: str = "support", on: str = "2031-06-01", option: str = "dam", **more
) -> Position:
    """A position from a statement of its own."""
    if isinstance(actor, str):
        actor = state(actor)
    more = {"article": "a", "statement": None, "kind": "indirect", "piece": 0} | more
    position = Position("statement", actor, option, stance, date=on, **more)
    if position.statement is None:
        name = f"{actor.name}-{stance}-{on}-{option}-{more}"
        position = replace(position, statement=f"a-{name}.0")
    return position


def article(text: str = "", published: str = "2031-06-30", name: str = "a") -> Article:
    return Article(
        id=name,
        path=f"{name}.txt",
        part=None,
        offset=0,
        title="",
        outlet="",
        byline="",
        published=published,
        url="",
        language="en",
        page_sha256="",
        text_sha256="",
        text=text,
        body=(Span(0, len(text)),),
    )
