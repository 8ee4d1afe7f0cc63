"""The actors: who is who across articles, joined and parted, and what they were when."""

from __future__ import annotations

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked
from whipcount.errors import ProjectError


def actors(asked: Asked) -> Response:
    """Return the actors whose name has some words."""
    return asked.answer(
        "actors.html",
        page=project.actors(
            asked.debate, asked.given("words"), after=asked.given("after"), limit=40
        ),
        words=asked.given("words"),
    )


def actor(asked: Asked) -> Response:
    """Return one actor: the articles' actors that it is, its roles, what it says."""
    id_ = asked.request.path_params["actor"]
    words = id_.partition(":")[2]
    found = project.named(asked.debate, id_)
    if found is None:
        raise ProjectError(f"nobody has the name key {id_!r:.80}")
    return asked.answer(
        "actor.html",
        actor=found,
        members=project.members_of(asked.debate, id_),
        said=project.search(asked.debate, "", speaker=found.name, limit=10),
        like=[
            one
            for one in project.actors(asked.debate, words.split(" ")[-1], limit=8).items
            if one.id != id_
        ],
    )
