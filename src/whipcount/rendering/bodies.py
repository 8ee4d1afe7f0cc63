"""Bodies as documents and rows: which there are, one on a day, what changed in one.

`docs/schema/bodies.schema.json` describes the documents, and tests hold them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from whipcount import model
from whipcount.bodies import is_member_on, members_on, rules_on, term_on, weights_on
from whipcount.bodies.differences import Difference, Moved
from whipcount.bodies.parties import by_party
from whipcount.rendering import documents, words
from whipcount.rendering.documents import SCHEMA, Document

LISTED = ("id", "name", "members", "seats", "rules")
"""Columns of a list of bodies; the rules are words."""

MEMBER = ("as_of", "name", "id", "code", "party", "constituency", "joined", "left")
"""Columns of a body's members, before those of its weights."""


def list_document(bodies: Iterable[model.Body], day: date) -> Document:
    """Return what `bodies list --format json` prints."""
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "bodies": [
            {
                "id": body.id,
                "name": body.name,
                "members": size(body, day),
                "seats": body.seats,
                "rules": [_rule(rule) for rule in rules_on(body, day)],
            }
            for body in bodies
        ],
    }


def list_rows(bodies: Iterable[model.Body], day: date) -> Iterator[Document]:
    """Yield a row a body."""
    for body in list_document(bodies, day)["bodies"]:
        yield body | {"rules": [rule["words"] for rule in body["rules"]]}


def body_document(body: model.Body, day: date) -> Document:
    """Return what `bodies show --format json` prints: a body on a day.

    Raises BodyError where nobody was a member then.
    """
    members = members_on(body, day)
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "id": body.id,
        "name": body.name,
        "aliases": list(body.aliases),
        "members_are": body.members_are,
        "seats": body.seats,
        "vacancies": vacancies(body, day),
        "sources": list(body.sources),
        "rules": [_rule(rule) for rule in rules_on(body, day)],
        "members": [_member(member, day) for member in members],
        "parties": [
            {"party": party or None, "members": [member.name for member in of]}
            for party, of in by_party(body, day).items()
            if body.members_are == "people"
        ],
        "groups": [{"name": name, "members": names} for name, names in groups(body, day) if names],
    }


def member_rows(body: model.Body, day: date) -> Iterator[Document]:
    """Yield a row a member of a day; weights are columns of their own, `weights.population`."""
    for member in members_on(body, day):
        yield {"as_of": day.isoformat()} | _member(member, day)


def member_columns(body: model.Body, day: date) -> tuple[str, ...]:
    """Return the columns of a body's members on a day."""
    return (*MEMBER, *(f"weights.{weight}" for weight in weights(body, day)))


def difference_document(one: Difference) -> Document:
    """Return what `bodies diff --format json` prints."""
    return {
        "schema": SCHEMA,
        "before": _side(one.before, one.days[0], one.members[0]),
        "after": _side(one.after, one.days[1], one.members[1]),
        "joined": [_moved(moved) for moved in one.joined],
        "left": [_moved(moved) for moved in one.left],
        "between": [_moved(moved) for moved in one.between],
        "changed": [
            {
                "member": change.name,
                "what": change.what,
                "before": change.before,
                "after": change.after,
            }
            for change in one.changed
        ],
        "rules": [
            {
                "name": rule.name or None,
                "before": None if rule.before is None else documents.rule(rule.before),
                "after": None if rule.after is None else documents.rule(rule.after),
            }
            for rule in one.rules
        ],
    }


def size(body: model.Body, day: date) -> int:
    """Return how many members a body has on a day, none too."""
    return sum(is_member_on(member, day) for member in body.members)


def vacancies(body: model.Body, day: date) -> int | None:
    """Return how many of a body's seats are vacant; None where it doesn't say how many it has."""
    return None if body.seats is None else max(0, body.seats - size(body, day))


def weights(body: model.Body, day: date) -> list[str]:
    """Return the names of the weights that members of a day have."""
    members = (member for member in body.members if is_member_on(member, day))
    return list(dict.fromkeys(name for member in members for name in weights_on(member, day)))


def groups(body: model.Body, day: date) -> Iterator[tuple[str, list[str]]]:
    """Yield a body's groups with the names of their members of a day."""
    there = [member.name for member in members_on(body, day)]
    for name, members in body.groups:
        yield name, [one for one in there if members == ("members",) or one in members]


def _rule(one: model.DatedRule) -> Document:
    return {
        "name": one.name or None,
        "from": _day(one.since),
        "until": _day(one.until),
        "rule": documents.rule(one.rule),
        "words": words.rule_sentence(one.rule),
    }


def _member(member: model.Member, day: date) -> Document:
    term = term_on(member, day)
    assert term is not None, "it is a member on the day"
    return {
        "name": member.name,
        "id": member.id,
        "code": member.code or None,
        "party": term.party or None,
        "constituency": term.constituency or None,
        "joined": _day(term.joined),
        "left": _day(term.left),
        "weights": dict(weights_on(member, day)),
    }


def _side(body: model.Body, day: date, members: int) -> Document:
    return {
        "id": body.id,
        "name": body.name,
        "path": body.path,
        "as_of": day.isoformat(),
        "members": members,
    }


def _moved(one: Moved) -> Document:
    term = one.term or model.Term(None)
    return {
        "member": one.name,
        "joined": _day(term.joined),
        "left": _day(term.left),
        "end_reason": term.end_reason or None,
        "party": term.party or None,
        "constituency": term.constituency or None,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def listed(names: Sequence[str]) -> str:
    """Return names in one line, safe for a terminal."""
    return ", ".join(words.clean(name) for name in names)
