"""Running the review page: the address, the port, and what is said about it in the terminal."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from whipcount import project
from whipcount.app.access import Access
from whipcount.errors import ProjectError

PORT = 8765
"""The port that is tried first where none is named."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that only programs on the same machine reach."""

SHORTEST = 10
"""Characters of a password at least."""

NEEDS = "the review page needs Starlette and uvicorn: pip install 'whipcount[review]'"


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the page is served: its socket, and the address to open."""

    socket: socket.socket
    address: str


def serve(
    path: str | os.PathLike[str],
    coder: str,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    password: str = "",
    hosts: tuple[str, ...] = (),
    tell: Callable[[str], object] = print,
    began: Callable[[str], object] = lambda _: None,
) -> None:
    """Serve the review page of a project until it is interrupted.

    `coder` is who comes in by the address's token. On a `host` that others reach, a `password` is
    needed, and `hosts` are the names they reach it by. `tell` is given what a person should read,
    `began` the address to open. Raises ProjectError where the page can't be served.
    """
    try:
        import uvicorn  # noqa: PLC0415

        from whipcount.app.application import application  # noqa: PLC0415
        from whipcount.app.asked import review  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("uvicorn", "starlette", "anyio"):
            raise
        raise ProjectError(NEEDS) from None
    check(host, password)
    with project.open_project(path) as debate:
        project.issue_of(debate)
    shared = host not in LOOPBACK
    access = Access(coder, password=password, hosts=(*hosts, *_own_names(shared)))
    serving = bind(host, port, access)
    tell(f"{path}: review it at {serving.address}")
    if shared:
        tell(
            "Whoever reaches this port and knows the password can read and change the project, "
            "under the name they give. What goes over the network isn't encrypted: put a "
            "proxy with TLS before it, or let others come through ssh."
        )
    tell("Ctrl-C ends it; what was decided is kept at once.")
    config = uvicorn.Config(
        application(review(os.fspath(path), access, shared=bool(password))),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    began(serving.address)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[serving.socket])


def check(host: str, password: str) -> None:
    """Raise ProjectError where others would come in without a password, or with a short one."""
    if host not in LOOPBACK and not password:
        raise ProjectError(
            f"{host} can be reached by others, so it needs a password: --password-file FILE, or "
            "WHIPCOUNT_PASSWORD in the environment"
        )
    if password and len(password) < SHORTEST:
        raise ProjectError(f"a password of at least {SHORTEST} characters is needed")


def bind(host: str, port: int | None, access: Access) -> Serving:
    """Return a socket on a host's port, the first that is free where none is named."""
    ports = (PORT, *range(PORT + 1, PORT + 10), 0) if port is None else (port,)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for one in ports:
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            if os.name == "posix":
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind((host, one))
            made.listen(128)
        except OSError as error:
            made.close()
            if one == ports[-1]:
                why = error.strerror or str(error)
                raise ProjectError(
                    f"port {one} of {host} can't be used: {why}; choose another with --port"
                ) from None
            continue
        break
    number = made.getsockname()[1]
    named = socket.gethostname() if host in ("0.0.0.0", "::") else host
    name = f"[{named}]" if ":" in named else named
    where = f"http://{name}:{number}/"
    return Serving(made, where if access.has_password else f"{where}?token={access.token}")


def password_in(file: Path) -> str:
    """Return the password in a file: its first line."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it isn't text"
        raise ProjectError(f"{file}: can't be read: {why}") from None
    return lines[0].strip() if lines else ""


def _own_names(shared: bool) -> tuple[str, ...]:
    if not shared:
        return ()
    return tuple(dict.fromkeys((socket.gethostname(), socket.getfqdn())))
