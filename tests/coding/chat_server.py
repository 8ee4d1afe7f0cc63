"""A real HTTP server that speaks the OpenAI chat protocol, faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], str]
Reply = Callable[[dict[str, Any]], Answer]


@dataclass
class ChatServer:
    """What was asked, and what is replied: the next of `replies`, the last one for good."""

    url: str
    replies: list[Reply]
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def documents(self) -> list[dict[str, Any]]:
        """Return the documents of the users' messages, one a request."""
        return [json.loads(body["messages"][1]["content"]) for body in self.bodies]


def completion(words: str, finish: str = "stop", tokens: int = 100) -> Answer:
    """Return a chat completion with these words."""
    message = {"role": "assistant", "content": words}
    found = {
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"total_tokens": tokens},
    }
    return 200, {"Content-Type": "application/json"}, json.dumps(found)


def says(words: str, finish: str = "stop", tokens: int = 100) -> Reply:
    """Reply with these words."""
    return lambda body: completion(words, finish, tokens)


def codes(*codings: dict[str, Any]) -> Reply:
    """Reply with codings; what they leave out is plain, sure and null."""
    usual = {
        "statement": 0, "strength": "plain", "condition": None, "reason": None, "holder": None,
        "sure": True,
    }  # fmt: skip
    return says(json.dumps({"codings": [{**usual, **coding} for coding in codings]}))


def fails(status: int, body: str = "{}", **headers: str) -> Reply:
    """Reply with an HTTP error."""
    return lambda _: (status, {k.replace("_", "-"): v for k, v in headers.items()}, body)


def slow(seconds: float, reply: Reply) -> Reply:
    """Reply later."""

    def later(body: dict[str, Any]) -> Answer:
        time.sleep(seconds)
        return reply(body)

    return later


@contextmanager
def chat_server(*replies: Reply) -> Iterator[ChatServer]:
    """Run a server for as long as the context lasts."""
    left = list(replies)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            server.bodies.append(body)
            server.keys.append(self.headers["Authorization"])
            if self.path != "/v1/chat/completions":
                status, headers, words = 404, {}, "{}"
            else:
                reply = left.pop(0) if len(left) > 1 else left[0]
                status, headers, words = reply(body)
            data = words.encode()
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                pass  # whoever asked has gone

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = ChatServer(f"http://127.0.0.1:{httpd.server_port}/v1", left)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
