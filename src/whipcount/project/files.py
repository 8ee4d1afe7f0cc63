"""The issue and body files of a project, as they were used."""

from __future__ import annotations

import functools
import hashlib
import os
from importlib import resources
from pathlib import Path

from whipcount.bodies import load_body
from whipcount.bodies.file import parse_body, shipped_bodies
from whipcount.coding.issue import load_issue, parse_issue
from whipcount.errors import ProjectError
from whipcount.model import Body, Issue
from whipcount.project.rows import By, Draft, changing, put
from whipcount.project.store import Project, create_file, said

FilePath = str | os.PathLike[str]


def create(path: FilePath, issue: FilePath, by: By, *, body: FilePath | None = None) -> Project:
    """Return a new project on an issue, with its file, and that of its body, kept in it.

    `body` replaces the one that the issue names: a body's file, or the id of one that ships.
    Raises IssueError or BodyError where a file is wrong, ProjectError where the path is taken.
    """
    issue = Path(issue)
    load_issue(issue)
    _body_file(issue, body)  # what is wrong with a file is said before anything is made
    project = create_file(path)
    try:
        with changing(project, by, "init", str(path)) as draft:
            put_files(draft, issue, body)
    except BaseException:
        project.close()
        Path(path).unlink(missing_ok=True)
        raise
    return project


def use_issue(
    project: Project, issue: FilePath, by: By, *, body: FilePath | None = None
) -> int | None:
    """Keep another issue file, and its body's, from now on; None where they are those kept."""
    with changing(project, by, "issue", str(issue)) as draft:
        put_files(draft, Path(issue), body)
    return draft.result


def put_files(draft: Draft, issue: Path, body: FilePath | None) -> None:
    """Keep an issue file and its body's."""
    load_issue(issue)
    put_file(draft, "issue", str(issue), issue.read_bytes())
    put_file(draft, "body", *_body_file(issue, body))


def put_file(draft: Draft, kind: str, path: str, content: bytes) -> None:
    """Keep a file's bytes as the project's issue or body."""
    values = {
        "kind": kind,
        "path": path,
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
    }
    put(draft, "files", kind, values)


def issue_of(project: Project) -> Issue:
    """Return the project's issue, as its file in the project says."""
    return _issue(*file_of(project, "issue"))


def body_of(project: Project) -> Body:
    """Return the body that decides, as its file in the project says."""
    return _body(*file_of(project, "body"))


def file_of(project: Project | Draft, kind: str) -> tuple[bytes, str]:
    """Return the content and the path of the project's `issue` or `body` file."""
    path = project.path if isinstance(project, Project) else ""
    with said(path):
        found = project.connection.execute(
            "SELECT content, path FROM files WHERE key = ? AND until IS NULL", (kind,)
        ).fetchone()
    if found is None:
        raise ProjectError(f"{path}: has no {kind} file; make the project anew")
    return found[0], found[1]


def _body_file(issue: Path, body: FilePath | None) -> tuple[str, bytes]:
    """Return the path and the bytes of the body that decides an issue."""
    named = os.fspath(body) if body is not None else load_issue(issue).body
    found = load_body(named, None if body is not None else issue)
    if named in shipped_bodies():
        file = resources.files("whipcount.bodies") / "data" / f"{named}.toml"
        return file.name, file.read_bytes()
    return found.path, Path(found.path).read_bytes()


@functools.lru_cache(maxsize=8)
def _issue(content: bytes, path: str) -> Issue:
    return parse_issue(content, path)


@functools.lru_cache(maxsize=8)
def _body(content: bytes, path: str) -> Body:
    return parse_body(content, path)
