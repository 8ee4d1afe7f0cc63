"""The JSON API held against its own description by schemathesis: right values and wrong ones.

The page is served as it is for people. All that is asked goes to one project, so that what later
questions meet is what earlier ones made.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from tests.app import debate
from tests.app.conftest import TOKEN
from tests.app.in_browser import served
from whipcount import project
from whipcount.app.openapi import description

API = schemathesis.openapi.from_dict(description(), config=SchemathesisConfig(seed=1))


@pytest.fixture(scope="module")
def of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = debate.make(tmp_path_factory.mktemp("api"))
    with project.open_project(path) as found:
        project.draw_sample(found, "first", debate.ANN, size=9, seed=1)
    return path


@pytest.fixture(scope="module")
def place(of_all: Path) -> Iterator[str]:
    """The address at which the page is served."""
    with served(of_all, token=TOKEN) as address:
        yield address.partition("/?")[0]


@API.auth()
class Bearer:
    """Lets a program in; the cases without it are schemathesis's own."""

    def get(self, case, context):
        return TOKEN

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@API.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_it_answers_as_described(case, place):
    case.call_and_validate(base_url=place, timeout=300)


def test_whatever_was_asked_the_project_is_whole(place, of_all):
    with project.open_project(of_all) as found:
        assert project.check(found) == ()
