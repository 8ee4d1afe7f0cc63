"""All tests of reading run with sockets refused: no reader opens a network connection."""

import socket
import sys

import pytest

REFUSED = frozenset(
    {
        *("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"),
        *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"),
        *("urllib.Request", "ftplib.connect", "http.client.connect", "smtplib.connect"),
    }
)
"""What Python tells its audit hooks of (Python's documentation, "Audit events table")."""

tried: list[str] = []
_refusing = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _refusing or event not in REFUSED:
        return
    first = arguments[0] if arguments else None
    if isinstance(first, socket.socket) and first.family == getattr(socket, "AF_UNIX", None):
        return
    tried.append(f"{event}{arguments[1:] if isinstance(first, socket.socket) else arguments}")
    raise ConnectionRefusedError(f"{event}: tests of reading have no network")


sys.addaudithook(_hook)


@pytest.fixture(autouse=True)
def sockets_refused(request: pytest.FixtureRequest):
    """Refuse connections in a test, and fail it where one was tried, even if nobody noticed.

    A test that wants sockets for itself has the mark `usefixtures("sockets")`.
    """
    global _refusing  # noqa: PLW0603
    _refusing = "sockets" not in request.fixturenames
    tried.clear()
    yield
    _refusing = False
    assert not tried, f"a connection was tried: {tried}"


@pytest.fixture
def sockets():
    """Let a test open connections."""
