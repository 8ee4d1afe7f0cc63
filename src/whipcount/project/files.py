"""The issue, body and actors files of a project, as they were used."""

from __future__ import annotations

import functools
import hashlib
import os
from importlib import resources
from pathlib import Path

from whipcount.actors.directory import Directory, load_directory, parse_directory
from whipcount.bodies import load_body
from whipcount.bodies.file import parse_body, shipped_bodies
from whipcount.coding.issue import load_issue, parse_issue
from whipcount.errors import ProjectError
from whipcount.model import Body, Issue
from whipcount.project.converting import name_key
from whipcount.project.rows import By, Draft, changing, end, live, put
from whipcount.project.slices import finish
from whipcount.project.store import Project, create_file, said

FilePath = str | os.PathLike[str]
Content = tuple[str, bytes]
"""A path and what the file there holds."""


def create(
    path: FilePath,
    issue: FilePath,
    by: By,
    *,
    body: FilePath | None = None,
    known: FilePath | None = None,
) -> Project:
    """Return a new project on an issue, with its file, and that of its body, kept in it.

    `body` replaces the one that the issue names: a body's file, or the id of one that ships.
    `known` is an `actors.toml`, kept too. Raises IssueError, BodyError or ActorsError where a file
    is wrong, ProjectError where the path is taken.
    """
    issue = Path(issue)
    load_issue(issue)
    _body_file(issue, body)  # what is wrong with a file is said before anything is made
    if known is not None:
        load_directory(Path(known))

    def fill(project: Project) -> None:
        with changing(project, by, "init", str(path)) as draft:
            put_files(draft, issue, body)
            if known is not None:
                put_actors(draft, Path(known))

    return create_file(path, fill)


def create_of(path: FilePath, issue: Content, body: Content, by: By) -> Project:
    """Return a new project on an issue and a body that are no files, each a path and its bytes.

    Raises IssueError, BodyError and ProjectError as `create` does.
    """
    parse_issue(issue[1], issue[0])
    parse_body(body[1], body[0])

    def fill(project: Project) -> None:
        with changing(project, by, "init", str(path)) as draft:
            put_file(draft, "issue", *issue)
            put_file(draft, "body", *body)

    return create_file(path, fill)


def use_issue(
    project: Project, issue: FilePath, by: By, *, body: FilePath | None = None
) -> int | None:
    """Keep another issue file, and its body's, from now on; None where they are those kept."""
    finish(project)
    with changing(project, by, "issue", str(issue)) as draft:
        put_files(draft, Path(issue), body)
    return draft.result


def use_actors(project: Project, known: FilePath, by: By) -> int | None:
    """Keep an `actors.toml` as what is known of actors from now on; None where it is that kept.

    What was read before stays as it is; `code_again` looks for the names in it. Raises ActorsError
    where the file is wrong.
    """
    with changing(project, by, "actors", str(known)) as draft:
        put_actors(draft, Path(known))
    return draft.result


def put_actors(draft: Draft, known: Path) -> None:
    """Keep an actors file, and join the names that it says are one actor's.

    A file of the same words from another path is the same. Joins that the file before made and
    this one doesn't end; what people joined or parted by hand stays.
    """
    new = _names(load_directory(known))
    content = known.read_bytes()
    kept = live(draft, "files", "actors")
    if kept is not None and kept["content"] == content:
        return
    old = {} if kept is None else _names(_directory(kept["content"], kept["path"]))
    put_file(draft, "actors", str(known), content)
    for alias, name in old.items():
        row = live(draft, "same_actors", alias)
        if new.get(alias) != name and row is not None and row["is_named"] == name:
            end(draft, "same_actors", alias)
    for alias, name in new.items():
        if old.get(alias) != name and not _joined(draft, alias, name):
            put(draft, "same_actors", alias, {"is_named": name, "coder": draft.who})


def name_in_directory(project: Project, key: str) -> str | None:
    """Return the name that the project's actors file gives to a name key; None where it is none."""
    directory = directory_of(project)
    for some in directory.known.values() if directory is not None else ():
        for one in some:
            if name_key(one.kind, one.name) == key:
                return one.name
    return None


def put_files(draft: Draft, issue: Path, body: FilePath | None) -> None:
    """Keep an issue file and its body's."""
    load_issue(issue)
    put_file(draft, "issue", str(issue), issue.read_bytes())
    put_file(draft, "body", *_body_file(issue, body))


def put_file(draft: Draft, kind: str, path: str, content: bytes) -> None:
    """Keep a file's bytes as the project's `issue`, `body` or `actors`."""
    values = {
        "kind": kind,
        "path": path,
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
    }
    put(draft, "files", kind, values)


def issue_of(project: Project | Draft) -> Issue:
    """Return the project's issue, as its file in the project says."""
    return _issue(*file_of(project, "issue"))


def body_of(project: Project) -> Body:
    """Return the body that decides, as its file in the project says."""
    return _body(*file_of(project, "body"))


def directory_of(project: Project) -> Directory | None:
    """Return what the project's actors file says is known of actors; None where it has none."""
    row = live(project, "files", "actors")
    return None if row is None else _directory(row["content"], row["path"])


def file_of(project: Project | Draft, kind: str) -> tuple[bytes, str]:
    """Return the content and the path of the project's `issue`, `body` or `actors` file."""
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


def _names(directory: Directory) -> dict[str, str]:
    """Return whose name key each other name of a directory is, but of names that two bear."""
    found: dict[str, str] = {}
    for some in directory.known.values():
        for words in some[0].aliases if len(some) == 1 else ():
            if directory.find(words) is some[0]:
                alias, name = (name_key(some[0].kind, one) for one in (words, some[0].name))
                found |= {alias: name} if alias != name else {}
    return found


def _joined(draft: Draft, alias: str, name: str) -> bool:
    """Return whether people said of either already who it is."""
    return any(live(draft, "same_actors", key) is not None for key in (alias, name))


@functools.lru_cache(maxsize=8)
def _issue(content: bytes, path: str) -> Issue:
    return parse_issue(content, path)


@functools.lru_cache(maxsize=8)
def _body(content: bytes, path: str) -> Body:
    return parse_body(content, path)


@functools.lru_cache(maxsize=8)
def _directory(content: bytes, path: str) -> Directory:
    return parse_directory(content, path)
