"""The invented debate as a project, a page on it, and whoever came in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.app import debate
from whipcount.app.access import Access
from whipcount.app.application import application
from whipcount.app.asked import review

TOKEN = "a-token-of-the-tests"


class Visitor(TestClient):
    """Somebody with a browser: keeps the cookie, and sends forms as the page's do."""

    def form(self, path: str, /, *, part: bool = False, **values: object) -> object:
        page = self.get("/coders").text
        csrf = re.search(r'<meta name="csrf" content="([^"]+)"', page)
        assert csrf, "the page has a token for its forms"
        return self.post(
            path,
            data={"csrf": csrf[1], **values},
            headers={"Origin": "http://127.0.0.1:8000"} | ({"X-Part": "main"} if part else {}),
        )


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return debate.make(tmp_path_factory.mktemp("debate"))


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A project of one's own."""
    return Path(shutil.copy(made, tmp_path / "isk.whip"))


@pytest.fixture
def access() -> Access:
    return Access("Ann", token=TOKEN)


@pytest.fixture
def outside(path: Path, access: Access) -> Iterator[TestClient]:
    """Somebody who hasn't come in yet."""
    app = application(review(str(path), access, clock=lambda: "2031-06-02T09:00:00Z"))
    with Visitor(app, base_url="http://127.0.0.1:8000", follow_redirects=False) as visitor:
        yield visitor


@pytest.fixture
def ann(outside: TestClient) -> TestClient:
    """Ann, who came in by the address."""
    outside.get(f"/?token={TOKEN}")
    return outside
