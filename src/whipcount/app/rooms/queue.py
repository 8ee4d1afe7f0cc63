"""The review queue: one coding after another, the one that most changes the count first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked
from whipcount.app.fields import Field
from whipcount.app.marked import Paragraph, paragraphs
from whipcount.app.rooms.colours import stance_words
from whipcount.errors import ProjectError
from whipcount.model import Actor, Article, Position
from whipcount.project import Coding

MOST_SKIPPED = 100
"""Codings that a visit puts off; the oldest comes back then."""

ABOVE = Field("above", "The least confidence.", "share")


@dataclass(frozen=True, slots=True)
class Shown:
    """A coding as the page shows it, with the paragraphs that hold its words.

    `said` is what this person sees: what they said themselves, else what counts, else the machine.
    """

    coding: Coding
    said: Position | None
    article: Article
    paragraphs: tuple[Paragraph, ...]
    siblings: tuple[Coding, ...]
    actors: tuple[Actor, ...]
    own: str


def queue(asked: Asked) -> Response:
    """Return the next coding to look at, or the one that is asked for."""
    option = asked.given("option")
    skipped = [one for one in asked.given("skip").split(",") if one][-MOST_SKIPPED:]
    rank(asked)
    wanted, why = asked.given("coding"), ""
    if wanted:
        found: Coding | None = project.coding(asked.debate, wanted, coder=asked.coder)
    else:
        items = project.next_items(
            asked.debate, limit=1, coder=asked.coder, option=option, skip=skipped
        )
        found = items[0].coding if items else None
        why = items[0].why if items else ""
    return asked.answer(
        "review.html",
        shown=None if found is None else shown(asked, found),
        why=why,
        option=option,
        skipped=skipped,
        skip=",".join([*skipped, found.id][-MOST_SKIPPED:]) if found else "",
        pinned=bool(wanted),
        left=project.queue_length(asked.debate, coder=asked.coder, option=option),
    )


def preview(asked: Asked) -> Response:
    """Return what accepting all above a confidence would accept."""
    above = ABOVE.read(asked.given("above", "0.9"))
    option = asked.given("option")
    found = project.acceptable(asked.debate, above, option=option)
    return asked.answer("accept_all.html", above=above, option=option, found=found)


def rank(asked: Asked) -> None:
    """Have the queue ranked anew beside, where something changed since."""
    if project.queue_is_stale(asked.debate):
        asked.of.ranking.wanted("", asked.change(), 0)


def shown(asked: Asked, coding: Coding) -> Shown:
    """Return a coding as the page shows it."""
    id_ = coding.statement.id.rpartition(".")[0]
    article = project.article(asked.debate, id_)
    siblings = project.codings_of_statement(asked.debate, coding.statement.id, coder=asked.coder)
    own = next(
        (one for one in coding.reviews if one.coder == asked.coder and not one.adjudicates), None
    )
    said = coding.position or coding.machine
    if own is not None:
        said = own.position
    statement = coding.statement
    return Shown(
        coding,
        said,
        article,
        paragraphs(
            article,
            (statement,),
            {statement.id: stance_words([coding])},
            around=(*statement.source, *statement.cue, *statement.content),
            beside=1,
        ),
        siblings,
        tuple(project.actors_in(asked.debate, id_).values()),
        "" if own is None else own.verdict,
    )


def option_of(asked: Asked, id_: str) -> Any:
    """Return an option of the issue; ProjectError where there is none."""
    try:
        return asked.files().issue.option(id_)
    except KeyError:
        raise ProjectError(f"there is no option {id_!r:.60}") from None
