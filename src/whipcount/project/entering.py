"""What no page says: positions that a person enters, and cells that a person overrides.

They are marked as entered wherever they show: `origin`, and in `record` the note, the link and who
entered them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from whipcount.bodies import BodyNames, actor_kind, members_on
from whipcount.counting.supposing import in_place_of, standing
from whipcount.dates import first_day, is_date, last_day
from whipcount.errors import ProjectError
from whipcount.model import (
    STANCES,
    Actor,
    ActorKind,
    Body,
    Position,
    RollCall,
    Stance,
    Stand,
    Strength,
)
from whipcount.project.actors import known
from whipcount.project.files import body_of, issue_of
from whipcount.project.rows import By, Draft, changing, digest, end, live_rows, put
from whipcount.project.store import Project

STANDS: dict[Stand, tuple[Stance, Strength]] = {
    "yes": ("support", "plain"),
    "leaning-yes": ("support", "hedged"),
    "conditional": ("conditional", "plain"),
    "undecided": ("undecided", "plain"),
    "abstain": ("abstain", "plain"),
    "leaning-no": ("oppose", "hedged"),
    "no": ("oppose", "plain"),
}
"""The stands that a cell may be overridden with, and the position that gives each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A position that no page says. `note` says how it is known, `link` where more of it is.

    `kind` and `speaks_for` are found out where they are left out: those of the member of that name.
    """

    name: str
    option: str
    stance: Stance
    date: str
    kind: ActorKind | Literal[""] = ""
    role: str = ""
    affiliation: str = ""
    country: str = ""
    speaks_for: str = ""
    strength: Strength = "plain"
    note: str = ""
    link: str = ""
    origin: Literal["entered", "vote"] = "entered"


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that is in the project: its id, and who entered it."""

    id: str
    entry: Entry
    coder: str


@dataclass(frozen=True, slots=True)
class Override:
    """A cell that a person overrides from a day on."""

    member: str
    option: str
    stand: Stand
    day: str
    reason: str
    coder: str


def enter(project: Project, entry: Entry, by: By) -> str:
    """Enter a position and return its id; the same entry twice is one.

    Raises ProjectError where the option, the stance or the date is none.
    """
    entry = _whole(project, entry)
    with changing(project, by, "enter", entry.name, note=entry.note) as draft:
        return _put_entry(draft, entry)


def enter_votes(project: Project, calls: Iterable[RollCall], by: By) -> int | None:
    """Enter the positions of recorded votes, in one change; return it, None where all are there."""
    with changing(project, by, "votes") as draft:
        for call in calls:
            for position in call.positions:
                actor = position.actor
                entry = Entry(
                    actor.name,
                    position.option,
                    position.stance,
                    position.date,
                    actor.kind,
                    actor.role,
                    actor.affiliation,
                    actor.country,
                    actor.speaks_for,
                    note=position.record or "",
                    origin="vote",
                )
                _put_entry(draft, entry)
    return draft.result


def withdraw_entry(project: Project, id_: str, by: By) -> int | None:
    """Take an entered position back; None where it isn't there."""
    with changing(project, by, "withdraw entry", id_) as draft:
        end(draft, "entered", id_)
    return draft.result


def entries(project: Project) -> tuple[Entered, ...]:
    """Return the positions that were entered, by date."""
    found = [
        Entered(
            key,
            Entry(**{name: row[name] for name in Entry.__dataclass_fields__}),
            row["coder"],
        )
        for key, row in live_rows(project, "entered")
    ]
    return tuple(sorted(found, key=lambda one: (one.entry.date, one.entry.name, one.id)))


def entered_positions(project: Project) -> tuple[Position, ...]:
    """Return what was entered as positions."""
    decided = known(project)
    found = []
    for one in entries(project):
        entry = one.entry
        actor = Actor(
            "",
            entry.name,
            entry.kind or "organisation",
            entry.role,
            entry.affiliation,
            entry.country,
            entry.speaks_for,
        )
        record = entry.note
        if entry.origin == "entered":
            told = "; ".join(words for words in (entry.note, entry.link) if words)
            record = f"entered by {one.coder}" + (f": {told}" if told else "")
        found.append(
            Position(
                entry.origin,
                decided.resolved(actor, entry.date),
                entry.option,
                entry.stance,
                entry.strength,
                date=entry.date,
                coder=one.coder,
                record=record,
            )
        )
    return tuple(found)


def override(  # noqa: PLR0917 - it reads as the sentence that it keeps
    project: Project, member: str, option: str, stand: Stand, day: str, reason: str, by: By
) -> int | None:
    """Say what a member's cell is from a day on, whatever the evidence says, and why.

    `lift` ends it. Raises ProjectError where the member, option, stand or day is none, or the
    reason is missing.
    """
    if not is_date(day) or first_day(day) != last_day(day):
        raise ProjectError(f"{day!r} is no day; write it as 2023-07-11")
    name = _member(body_of(project), member, day)
    _check_option(project, option)
    if stand not in STANDS:
        raise ProjectError(f"{stand!r} is no stand to override with; known are {', '.join(STANDS)}")
    if not reason.strip():
        raise ProjectError(
            "an override needs its reason: how do you know better than the evidence?"
        )
    values = {
        "member": name,
        "option": option,
        "stand": stand,
        "day": day,
        "reason": reason.strip(),
        "coder": by.who,
    }
    with changing(project, by, "override", f"{name}|{option}", note=reason) as draft:
        put(draft, "overrides", f"{name}|{option}", values)
    return draft.result


def lift(project: Project, member: str, option: str, by: By) -> int | None:
    """End an override, so that the evidence counts again; None where there is none."""
    with changing(project, by, "lift", f"{member}|{option}") as draft:
        end(draft, "overrides", f"{member}|{option}")
    return draft.result


def overrides(project: Project) -> tuple[Override, ...]:
    """Return the overrides that stand, by member and option."""
    return tuple(Override(**row) for _, row in live_rows(project, "overrides"))


def assumed(project: Project, as_of: date) -> tuple[Position, ...]:
    """Return the overrides of a day as positions that take the place of all other evidence.

    Those of who is no member on the day are left out.
    """
    return tuple(standing(override_positions(project), (), body_of(project), as_of))


def override_positions(project: Project) -> tuple[Position, ...]:
    """Return all overrides as positions of their days."""
    if not (found := overrides(project)):
        return ()
    body = body_of(project)
    return tuple(override_position(one, body) for one in found)


def override_position(one: Override, body: Body) -> Position:
    """Return an override as a position."""
    stance, strength = STANDS[one.stand]
    return in_place_of(
        one.member,
        body,
        one.option,
        stance,
        one.day,
        coder=one.coder,
        record=f"overridden by {one.coder}: {one.reason}",
        strength=strength,
    )


def _put_entry(draft: Draft, entry: Entry) -> str:
    values = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    told = ("origin", "name", "kind", "speaks_for", "option", "stance", "strength", "date")
    id_ = digest(*(values[name] for name in told), entry.note, entry.link)
    if not draft.connection.execute(
        "SELECT 1 FROM entered WHERE key = ? AND until IS NULL", (id_,)
    ).fetchone():
        put(draft, "entered", id_, values | {"coder": draft.who})
    return id_


def _whole(project: Project, entry: Entry) -> Entry:
    """Return an entry with what can be found out of its actor; ProjectError where it is wrong."""
    _check_option(project, entry.option)
    if entry.stance not in STANCES:
        raise ProjectError(f"{entry.stance!r} is no stance; known are {', '.join(STANCES)}")
    if entry.strength not in get_args(Strength):
        raise ProjectError(f"{entry.strength!r} is neither plain nor hedged")
    if not is_date(entry.date):
        raise ProjectError(f"{entry.date!r} is no day; write it as 2023-07-11")
    if not entry.name.strip():
        raise ProjectError("whose position is it? An entry needs a name")
    body = body_of(project)
    member = BodyNames(body).member(entry.speaks_for or entry.name)
    kind = entry.kind or (actor_kind(body) if member and not entry.speaks_for else "person")
    if kind not in get_args(ActorKind):
        raise ProjectError(f"{kind!r} is no kind; known are {', '.join(get_args(ActorKind))}")
    speaks_for = member.name if member else entry.speaks_for
    name = member.name if member and not entry.speaks_for else entry.name.strip()
    return Entry(
        name,
        entry.option,
        entry.stance,
        entry.date,
        kind,
        entry.role,
        entry.affiliation,
        entry.country or (member.code if member and kind == "state" else ""),
        speaks_for,
        entry.strength,
        entry.note.strip(),
        entry.link.strip(),
        entry.origin,
    )


def _check_option(project: Project, option: str) -> None:
    options = [one.id for one in issue_of(project).options]
    if option not in options:
        raise ProjectError(f"{option!r} is no option; known are {', '.join(options)}")


def _member(body: Body, name: str, day: str) -> str:
    member = BodyNames(body).member(name)
    if member is None or member not in members_on(body, first_day(day)):
        raise ProjectError(f"{name!r} names no member of {body.name} on {day}")
    return member.name
