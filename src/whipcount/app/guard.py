"""What every request passes before a room sees it, and every answer before it leaves.

A request must name this host, belong to a session or bear the token, and, where it changes
something, come from one of our own pages and carry that session's token. Answers forbid browsers
whatever our pages don't need.
"""

from __future__ import annotations

import hmac
import json
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Message, Receive, Scope, Send

from whipcount.app.access import Access, Session

LARGEST = 1 << 20
"""Bytes of a request; the largest that our pages send has a few thousand."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

OPEN = ("/static/", "/enter")
"""Where whoever isn't in yet may look: the door, and what it is painted with."""


class Guard:
    """The door of an application: lets a request in, or says why not."""

    def __init__(self, inside: Starlette, access: Access) -> None:
        self.inside = inside
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on with its session and values in the scope's state."""
        if scope["type"] == "lifespan":
            await self.inside(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        sender = _with_headers(send)
        refused = await self._refused(scope, receive)
        if refused is not None and scope["path"].startswith("/api/"):
            why = bytes(refused.body).decode().strip()
            kept = {name: refused.headers[name] for name in ("allow",) if name in refused.headers}
            refused = JSONResponse({"error": why}, refused.status_code, headers=kept)
        await (refused or self.inside)(scope, receive, sender)

    async def _refused(self, scope: Scope, receive: Receive) -> Response | None:
        """Return the answer to a request that isn't let in; None where it is."""
        headers = Headers(scope=scope)
        state = scope.setdefault("state", {})
        state.update(session=None, values={}, secret="")
        if not self.access.knows_host(headers.get("host", "")):
            return _no(
                421,
                "This page isn't reached under that name. If it should be, start it with "
                "--allow-host NAME.",
            )
        method, path = scope["method"], scope["path"]
        allowed = self._methods(scope)
        if method not in allowed:
            names = ", ".join(sorted(allowed))
            return _no(405, f"Only {names} is answered here.", Allow=names)
        bearer = self._bears_token(headers)
        secret = _cookie(headers, self.access.cookie)
        session = Session(self.access.coder) if bearer else self.access.session(secret)
        state.update(session=session, secret=secret)
        query = QueryParams(scope["query_string"])
        if method == "GET" and not self.access.has_password and "token" in query:
            return self._entered(path, query)
        if session is None and not path.startswith(OPEN):
            return self._outside(path)
        if method != "POST":
            return None
        return await self._unsafe(Request(scope, receive), session, bearer=bearer)

    async def _unsafe(
        self, request: Request, session: Session | None, *, bearer: bool
    ) -> Response | None:
        """Return why a request that changes something isn't let in; None where it is."""
        if not bearer and not self._from_here(request.headers):
            return _no(403, "This was sent from another site's page, so nothing was changed.")
        body = await _body(request)
        if body is None:
            return _no(413, f"A request may have {LARGEST:,} bytes; this one has more.")
        values = _values(request.headers.get("content-type", ""), body)
        if values is None:
            return _no(
                415 if body else 400, "Send a form (application/x-www-form-urlencoded) or JSON."
            )
        request.scope["state"]["values"] = values
        if bearer or session is None or request.url.path == "/enter":
            return None
        given = request.headers.get("x-csrf-token") or str(values.pop("csrf", ""))
        if not hmac.compare_digest(given.encode(), session.csrf.encode()):
            return _no(403, "This form is from an earlier visit. Load the page again.")
        return None

    def _methods(self, scope: Scope) -> set[str]:
        """Return the methods that a path answers to; of one that there isn't, any that change."""
        found: set[str] = set()
        for route in self.inside.routes:
            if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE:
                found |= route.methods or set()
        return found or {"GET", "HEAD", "POST"}

    def _bears_token(self, headers: Headers) -> bool:
        kind, _, token = headers.get("authorization", "").partition(" ")
        return kind.casefold() == "bearer" and self.access.by_token(token.strip())

    def _entered(self, path: str, query: QueryParams) -> Response:
        """Return the answer to the address that the terminal shows: a cookie for its token."""
        if not self.access.by_token(query["token"]):
            return _no(401, STALE)
        rest = QueryParams([(key, value) for key, value in query.multi_items() if key != "token"])
        target = "/" + path.lstrip("/\\")
        answer = RedirectResponse(f"{target}?{rest}" if rest else target, 303)
        self.let_in(answer, self.access.coder)
        return answer

    def let_in(self, answer: Response, coder: str) -> None:
        """Put a new session's cookie on an answer."""
        answer.set_cookie(
            self.access.cookie, self.access.open(coder), httponly=True, samesite="strict", path="/"
        )

    def _outside(self, path: str) -> Response:
        if self.access.has_password and not path.startswith("/api"):
            return RedirectResponse("/enter", 303)
        return _no(401, STALE)

    def _from_here(self, headers: Headers) -> bool:
        """Tell whether a request comes from a page of this host, as the browser says."""
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site") == "same-origin"
        return urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold() != ""


STALE = (
    "You are not in. Open the address that `whipcount review` shows in the terminal; "
    "each start has its own."
)


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if "cache-control" not in headers:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sender


def _no(status: int, why: str, **headers: str) -> Response:
    return PlainTextResponse(why + "\n", status, headers=headers)


def _cookie(headers: Headers, name: str) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""


async def _body(request: Request) -> bytes | None:
    """Return a request's body, None where it is too long."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)


def _values(kind: str, body: bytes) -> dict[str, Any] | None:
    """Return what a form or a JSON object holds by name, None where it is neither.

    What a form has more than once becomes a list.
    """
    kind = kind.partition(";")[0].strip().casefold()
    try:
        if kind == "application/json":
            found = json.loads(body)
            json.dumps(found, ensure_ascii=False).encode()  # halves of surrogate pairs are no text
            return found if isinstance(found, dict) else None
        if kind != "application/x-www-form-urlencoded":
            return None
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=5000)
    except (ValueError, RecursionError):
        return None
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name not in values:
            values[name] = value
        elif isinstance(values[name], list):
            values[name].append(value)
        else:
            values[name] = [values[name], value]
    return values
