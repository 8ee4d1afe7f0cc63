"""The review page as one application: which address leads to which room, and what goes wrong."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from whipcount import project
from whipcount.app import api, openapi
from whipcount.app.actions import BY_NAME
from whipcount.app.asked import Asked, Review, first_and_last_day, local
from whipcount.app.fields import read
from whipcount.app.guard import Guard
from whipcount.app.rooms import (
    actors,
    articles,
    board,
    changes,
    codebook,
    coders,
    history,
    networks,
    queue,
    sample,
    search,
)
from whipcount.app.templates_of import ASSETS, asset, environment
from whipcount.errors import ProjectError, WhipcountError

Room = Callable[[Asked], Response]

ROOMS: dict[str, Room] = {
    "/": board.board,
    "/cell": board.cell,
    "/verdicts": board.verdicts,
    "/review": queue.queue,
    "/accept-all": queue.preview,
    "/articles": articles.articles,
    "/articles/{article}": articles.article,
    "/search": search.search,
    "/changes": changes.changes,
    "/history": history.history,
    "/history/{change:int}": history.change,
    "/codebook": codebook.codebook,
    "/codebook/{option}": codebook.option,
    "/actors": actors.actors,
    "/actors/{actor:path}": actors.actor,
    "/coders": coders.coders,
    "/coders/disagreements": coders.disagreements,
    "/coders/corrected": coders.corrected,
    "/sample": sample.samples,
    "/sample/{sample}": sample.report,
    "/sample/{sample}/code": sample.code,
    "/networks": networks.networks,
    "/networks/statements": networks.statements,
    "/networks/file": networks.file,
}
"""The pages by their addresses."""


def application(of: Review) -> Guard:
    """Return the review page of a project as an ASGI application, with its door before it."""
    routes = [
        *(Route(path, _room(of, room), methods=["GET"]) for path, room in ROOMS.items()),
        Route("/do/{action}", _room(of, _do), methods=["POST"]),
        Route("/work-as", _room(of, coders.work_as), methods=["POST"]),
        Route("/code-sample", _room(of, sample.begin_or_stop), methods=["POST"]),
        Route("/static/{name}", _asset, methods=["GET"]),
        Route("/enter", _enter_page(of), methods=["GET", "POST"]),
        Route("/leave", _leave(of), methods=["POST"]),
        Route("/api/openapi.json", _described, methods=["GET"]),
        *(
            Route(f"/api/{question.name}", _room(of, api.answer(question)), methods=["GET"])
            for question in api.QUESTIONS
        ),
        *(
            Route(f"/api/{name}", _room(of, api.act(action)), methods=["POST"])
            for name, action in BY_NAME.items()
        ),
    ]

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(_warm, of)
        yield
        of.close()

    inside = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={HTTPException: _not_there, Exception: _unexpected},
    )
    return Guard(inside, of.access)


def _warm(of: Review) -> None:
    """Read the templates and begin to count, so that the first who asks doesn't wait for it."""
    made = environment()
    for name in made.list_templates(extensions=["html"]):
        made.get_template(name)
    with project.open_project(of.path, writing=False) as debate:
        going = project.under_way(debate)
        if going is not None:
            of.going_on.wanted("", going.change, 0)
        days = first_and_last_day(debate)
        if days is not None:
            of.counts.wanted(days[1].isoformat(), project.last_change(debate), 0)


def _room(of: Review, room: Room) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        writing = request.method == "POST"
        try:
            with project.open_project(of.path, writing=writing) as debate:
                asked = Asked(request, of, debate)
                try:
                    if not sample.may_see(asked):
                        return _held(asked)
                    return room(asked)
                except WhipcountError as error:
                    return _refused(asked, error)
        except WhipcountError as error:
            return _plain(request, str(error), 503)

    return endpoint


def _held(asked: Asked) -> Response:
    """Return what somebody sees elsewhere who codes a sample blind to the machine."""
    if asked.request.url.path.startswith("/api/"):
        raise ProjectError("you code a sample blind to the machine; stop that first")
    return sample.back_to_sample(asked)


def _do(asked: Asked) -> Response:
    """Do what a form asks for, and go where it says."""
    action = BY_NAME.get(asked.request.path_params["action"])
    if action is None:
        raise ProjectError("there is no such action")
    values = dict(asked.values)
    then = local(str(values.pop("then", "/")))
    change, made = api.done(asked, action, read(action.fields, values))
    return asked.to(then.replace("{made}", quote(made[0] if made else "", safe="")), change)


def _refused(asked: Asked, error: WhipcountError) -> Response:
    """Return what a person reads who asked for something that can't be."""
    status = 400 if asked.request.method == "POST" else 404
    if asked.request.url.path.startswith("/api/"):
        return api.refusal(str(error), status)
    if asked.part:
        return PlainTextResponse(str(error), status)
    back = asked.values.get("then", "/")
    return asked.answer("refused.html", status, error=str(error), back=_safe(back))


def _safe(place: Any) -> str:
    try:
        return local(str(place))
    except ProjectError:
        return "/"


def _plain(request: Request, why: str, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return api.refusal(why, status)
    return PlainTextResponse(why + "\n", status)


def _not_there(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    why = "There is no such page." if status == 404 else str(getattr(error, "detail", error))
    return _plain(request, why, status)


def _unexpected(request: Request, _: Exception) -> Response:
    return _plain(
        request,
        "Something went wrong that shouldn't; the terminal says what. Nothing was kept.",
        500,
    )


def _asset(request: Request) -> Response:
    found = ASSETS.get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file.\n", 404)
    return Response(
        asset(request.path_params["name"]),
        media_type=found[2],
        headers={"Cache-Control": "no-cache"},
    )


def _described(_: Request) -> Response:
    return JSONResponse(openapi.description())


def _enter_page(of: Review) -> Callable[[Request], Response]:
    """Return the door of a page that several people use: a name and the password."""

    def endpoint(request: Request) -> Response:
        access = of.access
        if not access.has_password:
            return RedirectResponse("/", 303)
        wrong = ""
        values = request.scope["state"]["values"]
        if request.method == "POST":
            name = str(values.get("name", "")).strip()[:100]
            address = request.client.host if request.client else ""
            try:
                if not name:
                    wrong = "Say under which name you code."
                elif access.by_password(str(values.get("password", "")), address):
                    answer = RedirectResponse("/", 303)
                    answer.set_cookie(
                        access.cookie,
                        access.open(name),
                        httponly=True,
                        samesite="strict",
                        path="/",
                    )
                    return answer
                else:
                    wrong = "That is not the password."
            except PermissionError as error:
                wrong = str(error).capitalize() + "."
        page = environment().get_template("enter.html").render(wrong=wrong)
        return Response(page, 401 if wrong else 200, media_type="text/html")

    return endpoint


def _leave(of: Review) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        of.access.close(request.scope["state"]["secret"])
        return RedirectResponse("/enter", 303)

    return endpoint
