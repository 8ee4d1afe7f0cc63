"""`whipcount review`: the review page, on this machine or for several coders."""

from __future__ import annotations

import getpass
import os
import sys
import webbrowser
from pathlib import Path

import click


@click.command(short_help="Review a project on a web page.")
@click.argument("project", type=click.Path(path_type=Path), metavar="PROJECT.whip")
@click.option("--as", "coder", metavar="NAME", help="Who codes.  [default: your login name]")
@click.option("--port", type=click.IntRange(0, 65535), help="The port.  [default: 8765, or near]")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where it listens. On another address than this machine's own, others can reach it: a "
    "password is needed then, and each coder comes in under their name.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name by which others reach it, such as that of a proxy before it. May be repeated.",
)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The password is the file's first line. Without it: WHIPCOUNT_PASSWORD in the "
    "environment, or what you type when asked.",
)
@click.option(
    "--open/--no-open", "opened", default=True, help="Open it in a browser, where there is one."
)
def review(
    *,
    project: Path,
    coder: str | None,
    port: int | None,
    host: str,
    hosts: tuple[str, ...],
    password_file: Path | None,
    opened: bool,
) -> None:
    """Read, correct, and see the count move, on a web page of this machine.

    It asks nothing of the network. The address has a token that lets in whoever opens it.
    """
    from whipcount.app import serving  # noqa: PLC0415

    shared = host not in serving.LOOPBACK
    serving.serve(
        project,
        coder or _login(),
        host=host,
        port=port,
        password=_password(password_file, shared=shared),
        hosts=hosts,
        tell=lambda words: print(f"whipcount: {words}", file=sys.stderr, flush=True),
        began=lambda address: (
            webbrowser.open(address) if opened and not shared and sys.stderr.isatty() else None
        ),
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "me"


def _password(file: Path | None, *, shared: bool) -> str:
    from whipcount.app.serving import password_in  # noqa: PLC0415

    if file is not None:
        return password_in(file)
    if not shared:
        return ""
    if given := os.environ.get("WHIPCOUNT_PASSWORD"):
        return given
    if sys.stdin.isatty():
        typed: str = click.prompt("Password for those who code", hide_input=True, err=True)
        return typed
    return ""
