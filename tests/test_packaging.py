from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import whipcount

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "whipcount"
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    """The names of the files in a wheel built from this tree."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = out.glob("*.whl")
    return set(zipfile.ZipFile(file).namelist())


def test_the_wheel_has_every_module_and_data_file(wheel):
    files = {
        path.relative_to(ROOT / "src").as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files <= wheel
    assert any(name.endswith("data/nato.toml") for name in wheel)
    assert {"whipcount/rendering/templates/report.css", "whipcount/py.typed"} <= wheel


def test_the_wheel_has_nothing_else(wheel):
    own = f"whipcount-{whipcount.__version__}.dist-info/"
    assert {name for name in wheel if not name.startswith(("whipcount/", own))} == set()


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == whipcount.__version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{whipcount.__version__}]" in changelog


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_dependency_has_a_hash_and_no_place(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert len(blocks) > 20
    assert all(re.match(r"[a-z0-9-]+==\S", block) for block in blocks)
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|--(extra-)?index-url|--find-links|@ ", text)


def test_what_is_needed_to_run_is_locked_alike_for_development():
    def pins(lock: str) -> set[str]:
        text = (ROOT / lock).read_text(encoding="utf-8")
        return set(re.findall(r"^[a-z0-9-]+==\S+", text, flags=re.MULTILINE))

    assert pins(LOCKS[0]) <= pins(LOCKS[1])


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / LOCKS[1]).read_text(encoding="utf-8")
    for wanted in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        name = re.match(r"[\w-]+", wanted)
        assert name is not None
        assert f"\n{name[0].lower()}==" in text, wanted
