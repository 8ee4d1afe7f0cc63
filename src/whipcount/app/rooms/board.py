"""The board: members by options on a day, the verdicts above it, and what proves a cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from whipcount import project
from whipcount.app.actions import STANDS
from whipcount.app.asked import Asked
from whipcount.app.counts import Kept
from whipcount.app.slider import Slider, slider
from whipcount.errors import CountError, ProjectError
from whipcount.model import Cell, Other, Statement, WhipCount
from whipcount.rendering import html, words

Counted = Kept[WhipCount]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell on the board; `entered` and `overridden` say that a person made it so."""

    cell: Cell
    entered: bool
    overridden: bool


MANY = 4
"""Who moved on a day whose mark is as high as it may be."""


def board(asked: Asked) -> Response:
    """Return the board of a day, by default the newest."""
    span = asked.days()
    if span is None:
        return asked.answer("empty.html")
    day = chosen_day(asked, span)
    kept = asked.counted(day.isoformat())
    return asked.answer(
        "board.html",
        day=day.isoformat(),
        slider=_slider(asked, span, day),
        **({"kept": None} if kept is None else _board(asked, kept)),
    )


def verdicts(asked: Asked) -> Response:
    """Return the verdicts of the newest day alone, for those who look at something else."""
    span = asked.days()
    kept = None if span is None else asked.counted(span[1].isoformat())
    return asked.answer("verdicts.html", kept=kept)


def cell(asked: Asked) -> Response:
    """Return what proves a cell, or a row of the others."""
    span = asked.days()
    if span is None:
        raise ProjectError("nothing was added yet, so that nothing proves anything")
    day = chosen_day(asked, span)
    kept = asked.counted(day.isoformat())
    if kept is None:
        return asked.answer("later.html", what="the count of this day")
    found, who = _found(kept.made, asked.given("who"), asked.given("option"))
    ids = dict.fromkeys(one.article for one in found.evidence if one.article)
    articles = {id_: project.article(asked.debate, id_) for id_ in ids}
    entry = html.cell_entry(
        found,
        who,
        kept.made.issue.option(found.option),
        articles,
        statements_of(asked, found),
    )
    override = alone = None
    if isinstance(found, Cell):
        override = _override(asked, day, (who, found.option))
        if override is not None:
            alone = _alone(asked, day, override)
    return asked.answer(
        "cell.html",
        day=day.isoformat(),
        entry=entry,
        found=found,
        member=isinstance(found, Cell),
        override=override,
        alone=alone,
        settable=STANDS,
        codings=[coding_of(one) for one in found.evidence],
        body=kept.made.body,
    )


def chosen_day(asked: Asked, span: tuple[date, date]) -> date:
    """Return the day that is asked for, the last that there is anything of by default."""
    given = asked.given("day")
    if not given:
        return span[1]
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ProjectError(f"{given!r:.40} is no day; write it as 2023-07-11") from None


def statements_of(asked: Asked, found: Cell | Other) -> dict[str, Statement]:
    """Return the statements of a cell's evidence by their ids."""
    ids = dict.fromkeys(one.statement for one in found.evidence if one.statement)
    return {id_: project.statement(asked.debate, id_) for id_ in ids}


def coding_of(position: Any) -> str:
    """Return the id of the coding that a position is; empty where it is none."""
    if position.origin != "statement":
        return ""
    return project.coding_of_position(position)


def _board(asked: Asked, kept: Counted) -> dict[str, Any]:
    count = kept.made
    overridden = _overridden(asked, count.as_of)
    options = {option.id: option for option in count.issue.options}
    by_member: dict[str, list[Place]] = {name: [] for name in count.members}
    for one in count.cells:
        entered = bool(one.evidence) and one.evidence[0].origin == "entered"
        by_member[one.member].append(Place(one, entered, (one.member, one.option) in overridden))
    return {
        "kept": kept,
        "count": count,
        "rows": list(by_member.items()),
        "options": options,
        "others": _others(count),
        "tallies": {option: html.tally(count, options[option]) for option in options},
        "overrides": project.overrides(asked.debate),
        "entries": project.entries(asked.debate),
    }


def _others(count: WhipCount) -> list[tuple[str, list[Other]]]:
    found: dict[str, list[Other]] = {}
    for one in count.others:
        found.setdefault(_name(one), []).append(one)
    return list(found.items())


def _name(one: Other) -> str:
    return one.actor.speaks_for or words.actor(one.actor)


def _found(count: WhipCount, who: str, option: str) -> tuple[Cell | Other, str]:
    for cell in count.cells:
        if (cell.member, cell.option) == (who, option):
            return cell, who
    for other in count.others:
        if (_name(other), other.option) == (who, option):
            return other, who
    raise ProjectError(f"there is no cell of {who!r:.60} on {option!r:.60} on {count.as_of}")


def _override(asked: Asked, day: date, cell: tuple[str, str]) -> project.Override | None:
    """Return what a person set a member's cell to on a day, None where nobody did."""
    for one in project.overrides(asked.debate):
        if (one.member, one.option) == cell and date.fromisoformat(one.day) <= day:
            return one
    return None


def _alone(asked: Asked, day: date, override: project.Override) -> Cell | None:
    """Return the cell that the evidence alone gives, None as long as that is being counted."""
    kept = asked.of.alone.wanted(day.isoformat(), asked.change())
    for one in () if kept is None else kept.made:
        if (one.override.member, one.override.option) == (override.member, override.option):
            return one.evidence_alone
    return None


def _overridden(asked: Asked, day: date) -> set[tuple[str, str]]:
    return {
        (one.member, one.option)
        for one in project.overrides(asked.debate)
        if date.fromisoformat(one.day) <= day
    }


def _slider(asked: Asked, span: tuple[date, date], day: date) -> Slider:
    """Return the slider, with the days on which somebody moved."""
    starts = asked.files().issue.starts
    bare = slider(span, starts, day, {})
    try:
        kept = asked.of.timelines.wanted(f"{bare.first}/{bare.last}", asked.change(), 0.05)
    except CountError:
        kept = None
    moved: dict[date, int] = {}
    for change in () if kept is None else kept.made.changes:
        moved[change.day] = moved.get(change.day, 0) + 1
    return slider(span, starts, day, moved, full=MANY)
