"""The page in a real browser: Debian's Chromium, driven by playwright, which downloads nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from whipcount.app.access import Access
from whipcount.app.application import application
from whipcount.app.asked import review
from whipcount.app.serving import bind

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NEEDED = bool(os.environ.get("WHIPCOUNT_NEEDS_BROWSER"))
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextlib.contextmanager
def served(path: Path, coder: str = "Ann", token: str | None = None) -> Iterator[str]:
    """Serve a project's page and give the address that lets in."""
    access = Access(coder, token=token)
    serving = bind("127.0.0.1", 0, access)
    config = uvicorn.Config(
        application(review(str(path), access)), log_level="error", access_log=False, lifespan="on"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [serving.socket]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield serving.address
    finally:
        server.should_exit = True
        thread.join(10)


@contextlib.contextmanager
def tab_of(browser: object, address: str, **how: object) -> Iterator[object]:
    """Open an address in a fresh window; its console must stay silent, and it stays at home."""
    how = {"viewport": {"width": 1280, "height": 900}, **how}
    window = browser.new_context(**how)
    tab = window.new_page()
    tab.set_default_timeout(30000)
    home = address.partition("?")[0]
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on(
        "request",
        lambda request: (
            None if request.url.startswith((home, "data:")) else said.append(request.url)
        ),
    )
    tab.goto(address)
    tab.home, tab.said = home.rstrip("/"), said
    yield tab
    assert said == [], said
    window.close()
