"""The JSON API behind the page: questions, which change nothing, and the actions.

Documents are those of `whipcount.rendering.documents`; spans are code points, unless an action is
told `"units": "utf-16"`. An answer has `"schema": 1`; what can't be is `{"error": "why"}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from whipcount import project
from whipcount.app.actions import Action
from whipcount.app.asked import Asked
from whipcount.app.fields import MOST_ASKED, Field, read
from whipcount.app.network_choices import FIELDS as NETWORK
from whipcount.app.network_choices import of_values
from whipcount.app.network_document import network_document
from whipcount.errors import ProjectError, WhipcountError
from whipcount.project import Coding
from whipcount.rendering import documents

Given = Mapping[str, Any]
Document = dict[str, Any]
LIMIT = Field("limit", "How many, 1 to 200; 50 where left out.", "number", least=1, most=200)
AFTER = Field("after", "What the page before gave as `next`.")
OPTION = Field("option", "Only on this option: its id.")


@dataclass(frozen=True, slots=True)
class Question:
    """Something that can be asked; `gives` names what the answer has beside `schema`."""

    name: str
    about: str
    fields: tuple[Field, ...]
    gives: tuple[str, ...]
    answer: Callable[[Asked, Given], Document]


def answer(question: Question) -> Callable[[Asked], Response]:
    """Return the room that answers a question."""

    def room(asked: Asked) -> Response:
        try:
            values = dict(asked.request.query_params)
            for field in question.fields:
                plain = field.kind in ("text", "day") and not field.choices
                if values.get(field.name) == "" and not plain:
                    field.read("", MOST_ASKED)  # which says what it should be
            given = read(question.fields, values, MOST_ASKED)
        except ProjectError as error:
            return refusal(str(error), 400)
        found = question.answer(asked, given)
        return JSONResponse({"schema": documents.SCHEMA, **found})

    return room


def act(action: Action) -> Callable[[Asked], Response]:
    """Return the room that does what an action says; it tells the change, and what was made."""

    def room(asked: Asked) -> Response:
        kind = asked.request.headers.get("content-type", "")
        typed = kind.partition(";")[0].strip().casefold() == "application/json"
        given = read(action.fields, asked.values, typed=typed)
        try:
            change, made = done(asked, action, given)
        except WhipcountError as error:
            return refusal(str(error), 409)
        return JSONResponse({"schema": documents.SCHEMA, "change": change, "made": list(made)})

    return room


def done(asked: Asked, action: Action, given: Given) -> tuple[int | None, tuple[str, ...]]:
    """Do something; return its change, None where nothing changed, and the ids of what was made."""
    before = asked.change()
    answer = action.do(asked.debate, given, asked.by())
    made = (answer,) if isinstance(answer, str) else answer if isinstance(answer, tuple) else ()
    asked.go_on()
    if asked.change() == before:
        return None, made
    newest = project.history(asked.debate, limit=1, who=asked.coder)
    return newest[0].number if newest and newest[0].number > before else None, made


def refusal(why: str, status: int) -> JSONResponse:
    """Return why something can't be."""
    return JSONResponse({"error": why}, status)


def coding(one: Coding) -> Document:
    """Return a coding: what counts, what the machine says, what people said."""
    return {
        "id": one.id,
        "state": one.state,
        "statement": documents.statement(one.statement),
        "position": None if one.position is None else documents.position(one.position),
        "machine": None if one.machine is None else documents.position(one.machine),
        "reviews": [
            {
                "id": review.id,
                "coder": review.coder,
                "verdict": review.verdict,
                "adjudicates": review.adjudicates,
                "position": None
                if review.position is None
                else documents.position(review.position),
                "note": review.note,
            }
            for review in one.reviews
        ],
    }


def _limit(given: Given) -> int:
    return int(given.get("limit", 50))


def _count(asked: Asked, given: Given) -> Document:
    kept = asked.of.counts.wanted(given.get("day", ""), asked.change(), 60)
    if kept is None:
        raise ProjectError("the count takes long; ask again in a moment")
    return {"count": documents.count_document(kept.made), "change": kept.change}


def _network(asked: Asked, given: Given) -> Document:
    kept = asked.of.networks.wanted(of_values(given).key(), asked.change(), 60)
    if kept is None:
        raise ProjectError("the network takes long; ask again in a moment")
    return {"network": network_document(kept.made), "change": kept.change}


def _articles(asked: Asked, given: Given) -> Document:
    page = project.articles(asked.debate, after=given.get("after", ""), limit=_limit(given))
    return {"articles": [asdict(one) for one in page.items], "next": page.next}


def _article(asked: Asked, given: Given) -> Document:
    id_ = given["article"]
    found = project.article(asked.debate, id_)
    return {
        "article": documents.article(found, with_text=True),
        "statements": [documents.statement(one) for one in project.statements(asked.debate, id_)],
        "codings": [coding(one) for one in project.codings(asked.debate, id_, coder=asked.coder)],
    }


def _coding(asked: Asked, given: Given) -> Document:
    return {"coding": coding(project.coding(asked.debate, given["coding"], coder=asked.coder))}


def _queue(asked: Asked, given: Given) -> Document:
    option = given.get("option", "")
    items = project.next_items(asked.debate, limit=_limit(given), coder=asked.coder, option=option)
    return {
        "items": [
            {"coding": coding(one.coding), "priority": one.priority, "why": one.why}
            for one in items
        ],
        "left": project.queue_length(asked.debate, coder=asked.coder, option=option),
    }


def _search(asked: Asked, given: Given) -> Document:
    page = project.search(
        asked.debate,
        given.get("words", ""),
        speaker=given.get("speaker", ""),
        option=given.get("option", ""),
        first=given.get("first", ""),
        last=given.get("last", ""),
        after=given.get("after", ""),
        limit=_limit(given),
    )
    return {"statements": [asdict(one) for one in page.items], "next": page.next}


def _actors(asked: Asked, given: Given) -> Document:
    page = project.actors(
        asked.debate, given.get("words", ""), after=given.get("after", ""), limit=_limit(given)
    )
    return {"actors": [asdict(one) for one in page.items], "next": page.next}


def _quotations(asked: Asked, given: Given) -> Document:
    page = project.quotations(
        asked.debate, given["option"], after=given.get("after", ""), limit=_limit(given)
    )
    return {"codings": [coding(one) for one in page.items], "next": page.next}


def _preview(asked: Asked, given: Given) -> Document:
    return {"moves": asdict(project.preview(asked.debate, given["option"]))}


def _acceptable(asked: Asked, given: Given) -> Document:
    found = project.acceptable(asked.debate, given["above"], option=given.get("option", ""))
    return {"number": found.number, "codings": [coding(one) for one in found.codings]}


def _disagreements(asked: Asked, given: Given) -> Document:
    if _blind(asked):
        raise ProjectError("who works blind to the others doesn't see where they disagree")
    page = project.disagreements(asked.debate, after=given.get("after", ""), limit=_limit(given))
    return {"codings": [coding(one) for one in page.items], "next": page.next}


def _history(asked: Asked, given: Given) -> Document:
    found = project.history(
        asked.debate, before=given.get("before"), limit=_limit(given), who=given.get("who", "")
    )
    return {"changes": [asdict(one) for one in found]}


def _overview(asked: Asked, _: Given) -> Document:
    return {
        "overview": asdict(project.overview(asked.debate)),
        "issue": documents.issue(asked.files().issue),
        "change": asked.change(),
        "coder": asked.coder,
    }


def _blind(asked: Asked) -> bool:
    return any(one.name == asked.coder and one.blind for one in project.coders(asked.debate))


PAGED = (AFTER, LIMIT)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "overview",
        "How much the project holds, its issue, its newest change.",
        (),
        ("overview", "issue", "change", "coder"),
        _overview,
    ),
    Question(
        "count",
        "The whip count as of a day, as `whipcount count --format json` gives it.",
        (Field("day", "The day; the newest where left out.", "day"),),
        ("count", "change"),
        _count,
    ),
    Question(
        "network",
        "The discourse network as the room shows it: nodes with their places, ties, who has none.",
        NETWORK,
        ("network", "change"),
        _network,
    ),
    Question("articles", "The articles, the oldest first.", PAGED, ("articles", "next"), _articles),
    Question(
        "article",
        "An article with its text, statements and codings.",
        (Field("article", "Which: its id.", needed=True),),
        ("article", "statements", "codings"),
        _article,
    ),
    Question(
        "coding",
        "A coding: what counts, what the machine says, what people said.",
        (Field("coding", "Which: its id.", needed=True),),
        ("coding",),
        _coding,
    ),
    Question(
        "queue",
        "The codings to look at next, the one that most changes the count first.",
        (OPTION, LIMIT),
        ("items", "left"),
        _queue,
    ),
    Question(
        "search",
        "Statements by words, speaker, option and date.",
        (
            Field("words", 'All of them; "in quotation marks" they stay together.'),
            Field("speaker", "Part of who says it."),
            OPTION,
            Field("first", "Not before this day.", "day"),
            Field("last", "Not after this day.", "day"),
            *PAGED,
        ),
        ("statements", "next"),
        _search,
    ),
    Question(
        "actors",
        "The actors, each once.",
        (Field("words", "Part of the name."), *PAGED),
        ("actors", "next"),
        _actors,
    ),
    Question(
        "quotations",
        "The codings on an option.",
        (Field("option", "Which: its id.", needed=True), *PAGED),
        ("codings", "next"),
        _quotations,
    ),
    Question(
        "preview",
        "How much renaming or merging an option would move.",
        (Field("option", "Which: its id.", needed=True),),
        ("moves",),
        _preview,
    ),
    Question(
        "acceptable",
        "What accepting all above a confidence would accept.",
        (Field("above", "The least confidence.", "share", needed=True), OPTION),
        ("number", "codings"),
        _acceptable,
    ),
    Question(
        "disagreements",
        "The codings on which people disagree.",
        PAGED,
        ("codings", "next"),
        _disagreements,
    ),
    Question(
        "history",
        "The changes, the newest first.",
        (
            Field("before", "Only those with a lower number.", "number"),
            Field("who", "Only this person's."),
            LIMIT,
        ),
        ("changes",),
        _history,
    ),
)
"""All of them."""
