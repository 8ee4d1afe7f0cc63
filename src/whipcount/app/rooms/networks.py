"""The room for discourse networks: who stands with whom."""

from __future__ import annotations

from starlette.responses import Response

from whipcount.app.asked import Asked


def networks(asked: Asked) -> Response:
    """Return the room, with how networks are made until it has its own."""
    return asked.answer("networks.html", path=asked.of.path)
