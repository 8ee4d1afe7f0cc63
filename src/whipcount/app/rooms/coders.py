"""The coders: who codes, how far they agree, and deciding between them."""

from __future__ import annotations

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked
from whipcount.app.rooms.queue import shown
from whipcount.errors import ProjectError
from whipcount.project.disagreeing import DISAGREED

A_PAGE = 25
"""Codings on a page of disagreements or corrections."""


def coders(asked: Asked) -> Response:
    """Return who codes, and how far they agree."""
    kept = asked.of.agreements.wanted("", asked.change())
    return asked.answer(
        "coders.html",
        coders=project.coders(asked.debate),
        agreement=None if kept is None else kept.made,
        overview=project.overview(asked.debate),
        conflicts=project.conflicts(asked.debate),
    )


def disagreements(asked: Asked) -> Response:
    """Return the codings on which people disagree, a page of them, to decide between them.

    The one that is at hand has its words around it, and its keys.
    """
    option, variable = asked.given("option"), asked.given("variable")
    if variable not in ("", *DISAGREED):
        raise ProjectError(f"people can't differ in {variable!r:.60}")
    blind = is_blind(asked)
    page = project.disagreements(
        asked.debate, option=option, variable=variable, after=asked.given("after"), limit=A_PAGE
    )
    ids = [one.id for one in page.items]
    at = ids.index(asked.given("at")) if asked.given("at") in ids else 0
    return asked.answer(
        "disagreements.html",
        blind=blind,
        option=option,
        variable=variable,
        numbers=project.disagreement_numbers(asked.debate, option=option),
        page=page,
        at=at,
        shown=shown(asked, page.items[at]) if page.items and not blind else None,
    )


def corrected(asked: Asked) -> Response:
    """Return what others decided differently than a coder had, so that they can learn from it."""
    name = asked.given("coder", asked.coder)
    found = project.corrected(asked.debate, name, after=asked.given("after"), limit=A_PAGE)
    return asked.answer("corrected.html", name=name, found=found)


def work_as(asked: Asked) -> Response:
    """Go on under another name; only where one person at one machine can say so."""
    if asked.of.shared:
        raise ProjectError("leave, and come in under the other name")
    name = str(asked.values.get("name", "")).strip()[:100]
    if not name:
        raise ProjectError("say under which name you code")
    asked.session.coder, asked.session.sample = name, ""
    return asked.to(str(asked.values.get("then", "/coders")))


def is_blind(asked: Asked) -> bool:
    """Tell whether this person works blind to the others."""
    return any(one.name == asked.coder and one.blind for one in project.coders(asked.debate))
