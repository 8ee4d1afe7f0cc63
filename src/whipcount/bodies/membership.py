"""Who is a member on which day, and with what weights."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

from whipcount.errors import BodyError
from whipcount.model import ActorKind, Body, Member, Term


def is_member_on(member: Member, day: date) -> bool:
    """Return whether a day lies in one of a member's terms; `left` is the first day outside."""
    return any(_holds(term, day) for term in member.terms)


def members_on(body: Body, day: date) -> tuple[Member, ...]:
    """Return the members of a day, in the body file's order.

    Raises BodyError naming the file where nobody was a member then.
    """
    members = tuple(member for member in body.members if is_member_on(member, day))
    if not members:
        raise BodyError(
            f"{body.path}: nobody was a member of {body.name} on {day}; {_known_days(body)}"
        )
    return members


def term_on(member: Member, day: date) -> Term | None:
    """Return the term in which a day lies, with the member's party and constituency then.

    None where it is no member on the day.
    """
    for term in member.terms:
        if _holds(term, day):
            return replace(
                term,
                party=term.party or member.party,
                constituency=term.constituency or member.constituency,
            )
    return None


def weight_on(member: Member, weight: str, day: date) -> float | None:
    """Return a member's weight of that name on a day: the newest that holds; None where none does.

    A whole number in the file is given as the whole number, so that sums stay exact.
    """
    found = None
    for weights in member.weights:  # oldest first
        if weights.since is None or weights.since <= day:
            found = next((value for name, value in weights.values if name == weight), found)
    return found


def weights_on(member: Member, day: date) -> dict[str, float]:
    """Return all weights of a member on a day, by name, as `weight_on`."""
    found: dict[str, float] = {}
    for weights in member.weights:  # oldest first
        if weights.since is None or weights.since <= day:
            found |= dict(weights.values)
    return found


def actor_kind(body: Body) -> ActorKind:
    """Return the kind of actor that a body's members are."""
    match body.members_are:
        case "states":
            return "state"
        case "people":
            return "person"
        case "organisations":
            return "organisation"


def overlap(terms: tuple[Term, ...]) -> tuple[Term, Term] | None:
    """Return the first two of a member's terms that share a day, by date; None where none do."""
    ordered = sorted(terms, key=lambda term: term.joined or date.min)
    for earlier, later in itertools.pairwise(ordered):
        if earlier.left is None or (later.joined or date.min) < earlier.left:
            return earlier, later
    return None


def _holds(term: Term, day: date) -> bool:
    return (term.joined is None or term.joined <= day) and (term.left is None or day < term.left)


def _known_days(body: Body) -> str:
    """Return what the file knows of when there were members, for an error."""
    joined = [term.joined for member in body.members for term in member.terms]
    left = [term.left for member in body.members for term in member.terms]
    first = min((day for day in joined if day is not None), default=None)
    last = max((day for day in left if day is not None), default=None)
    known = "the file's first member joined" + f" {first}" if first else "the file gives no day"
    return known + (f", the last left {last}" if last and None not in left else "")
