from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.cases import new
from whipcount.project import Project


@pytest.fixture
def debate(tmp_path: Path) -> Iterator[Project]:
    """Return a project with two articles of three statements each."""
    with new(tmp_path / "debate.whip", articles=2) as opened:
        yield opened
