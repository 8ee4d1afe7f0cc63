"""The history: who changed what in the project, before and after, and undoing it."""

from __future__ import annotations

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked
from whipcount.errors import ProjectError

MOST_ROWS = 200
"""Rows of a change that are shown; `accept all` touches as many as there are codings."""


def history(asked: Asked) -> Response:
    """Return the newest changes, a page of them."""
    before = asked.given("before")
    found = project.history(
        asked.debate,
        before=int(before) if before.isdecimal() and len(before) < 16 else None,
        limit=51,
        who=asked.given("who"),
    )
    return asked.answer(
        "history.html",
        changes=found[:50],
        before=found[49].number if len(found) > 50 else None,
        who=asked.given("who"),
    )


def change(asked: Asked) -> Response:
    """Return what a change did, row by row."""
    number = asked.request.path_params["change"]
    found = [
        one
        for one in project.history(asked.debate, before=number + 1, limit=1)
        if one.number == number
    ]
    if not found:
        raise ProjectError(f"there is no change {number}")
    added, ended = project.extent(asked.debate, number)
    return asked.answer(
        "change.html",
        change=found[0],
        rows=project.rows_of(asked.debate, number, limit=MOST_ROWS),
        most=MOST_ROWS,
        added=added,
        ended=ended,
    )
