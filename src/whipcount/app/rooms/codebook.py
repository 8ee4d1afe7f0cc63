"""The codebook: the options, what belongs to each, and changing them with a look at what moves."""

from __future__ import annotations

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked
from whipcount.app.rooms.queue import option_of


def codebook(asked: Asked) -> Response:
    """Return the options with how much each has."""
    options = asked.files().issue.options
    return asked.answer(
        "codebook.html",
        options=options,
        moves={one.id: project.preview(asked.debate, one.id) for one in options},
    )


def option(asked: Asked) -> Response:
    """Return an option with all its quotations, and what renaming or merging it moves."""
    one = option_of(asked, asked.request.path_params["option"])
    return asked.answer(
        "option.html",
        option=one,
        others=[each for each in asked.files().issue.options if each.id != one.id],
        moves=project.preview(asked.debate, one.id),
        page=project.quotations(asked.debate, one.id, after=asked.given("after"), limit=30),
    )
