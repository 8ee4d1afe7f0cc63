"""The reading pane: an article with its statements marked, and their codings beside it."""

from __future__ import annotations

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked
from whipcount.app.marked import paragraphs
from whipcount.app.rooms.colours import by_statement, stance_words


def articles(asked: Asked) -> Response:
    """Return the articles, a page of them."""
    return asked.answer(
        "articles.html",
        page=project.articles(asked.debate, after=asked.given("after"), limit=50),
        overview=project.overview(asked.debate),
    )


def article(asked: Asked) -> Response:
    """Return one article to read, mark and code."""
    id_ = asked.request.path_params["article"]
    found = project.article(asked.debate, id_)
    statements = project.statements(asked.debate, id_)
    blind = bool(asked.session.sample)  # who codes a sample doesn't see what the machine says
    seen = () if blind else project.codings(asked.debate, id_, coder=asked.coder)
    codings = by_statement(seen)
    stances = {one.id: stance_words(codings.get(one.id, ())) for one in statements}
    return asked.answer(
        "article.html",
        article=found,
        statements=statements,
        codings=codings,
        stances=stances,
        paragraphs=paragraphs(found, statements, stances),
        actors=project.actors_in(asked.debate, id_),
    )
