"""The coders: who codes, how far they agree, and deciding between them."""

from __future__ import annotations

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked
from whipcount.app.rooms.queue import shown
from whipcount.errors import ProjectError


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
    """Return the codings on which people disagree, one at a time, to decide between them."""
    page = project.disagreements(asked.debate, after=asked.given("after"), limit=1)
    return asked.answer(
        "disagreements.html",
        shown=shown(asked, page.items[0]) if page.items else None,
        blind=is_blind(asked),
        left=project.overview(asked.debate).disagreements,
        next=page.next,
    )


def corrected(asked: Asked) -> Response:
    """Return what others decided differently than a coder had, so that they can learn from it."""
    name = asked.given("coder", asked.coder)
    return asked.answer("corrected.html", name=name, found=project.corrected(asked.debate, name))


def work_as(asked: Asked) -> Response:
    """Go on under another name; only where one person at one machine can say so."""
    if asked.of.shared:
        raise ProjectError("leave, and come in under the other name")
    name = str(asked.values.get("name", "")).strip()[:100]
    if not name:
        raise ProjectError("say under which name you code")
    asked.session.coder = name
    return asked.to(str(asked.values.get("then", "/coders")))


def is_blind(asked: Asked) -> bool:
    """Tell whether this person works blind to the others."""
    return any(one.name == asked.coder and one.blind for one in project.coders(asked.debate))
