"""A `.dna` file into a project, and a project as a `.dna` file.

Both ways nothing that counts is lost: what a project has and DNA doesn't is JSON in the database's
settings and the statements' details; a `.dna` file that has what a project doesn't is kept whole in
the project, and comes along when it is exported.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whipcount import project as projects
from whipcount.dna.database import Database
from whipcount.dna.exporting import NEITHER, NOTE, POSITION, TYPES, database_of
from whipcount.dna.importing import Imported, imported
from whipcount.dna.keeping import with_kept
from whipcount.dna.made_issue import made_body, made_issue
from whipcount.dna.reading import read_database
from whipcount.errors import DnaError
from whipcount.project.files import create_of
from whipcount.project.rows import as_json, columns_of, live_rows
from whipcount.project.taking_in import Elsewhere, TakenIn, kept_dna_files, take_in

SETTING = "whipcount project"
"""The setting whose value is what a project has beside its articles."""

CARRIED = ("files", "entered", "overrides", "same_actors", "actor_roles", "coders")
"""The project's tables that an export carries in that setting."""

FilePath = str | os.PathLike[str]
Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]


def database_of_project(project: projects.Project, *, password: str = "whipcount") -> Database:
    """Return what counts in a project as a database of DNA, with the files of DNA that it keeps.

    Of several people's codings it is what counts; history, samples and blind coding stay in the
    project. Votes and entered positions have no words in an article: they are in the settings.
    """
    reviewers = {one.name for one in projects.coders(project) if one.reviews}
    marked = {key: row["coder"] for key, row in live_rows(project, "statements", "coder <> ''")}
    found = database_of(
        projects.coded(project),
        projects.issue_of(project),
        password=password,
        people=reviewers,
        marked=marked,
    )
    found = _with_setting(found, _carried(project))
    options = {option.id for option in projects.issue_of(project).options}
    for path, content in kept_dna_files(project):
        found = _with_file(found, path, content, options)
    return found


def import_into(
    path: FilePath,
    file: FilePath,
    by: projects.By,
    *,
    issue: FilePath | None = None,
    body: FilePath | None = None,
) -> tuple[Imported, TakenIn]:
    """Put a `.dna` file's documents and codings into a project, which is made where it isn't there.

    A new project is on `issue`; else on the issue of the project that the file was exported from,
    else on one made of the file's concepts. It is whole at the end, or not there. What coders did
    in DNA are people's codings. Raises DnaError, ProjectError, IssueError and BodyError, also where
    an issue is named for a project that has one.
    """
    database = read_database(file)
    found = imported(database, os.fspath(file))
    elsewhere = Elsewhere(found.coded, found.people, found.marked, found.changed)
    keep = None if _is_ours(database) else Path(file).read_bytes()
    rows = _rows(database, os.fspath(file))
    if Path(path).exists():
        if issue is not None or body is not None:
            raise DnaError(
                f"{path}: is there and has its issue and body; leave --issue and --body out, or "
                "name a new project"
            )
        with projects.open_project(path) as project:
            taken = take_in(project, elsewhere, by, path=os.fspath(file), keep=keep)
        return found, taken
    project = _created(path, file, database, rows, by, issue=issue, body=body)
    try:
        with project:
            others = {table: some for table, some in rows.items() if table != "files"}
            taken = take_in(project, elsewhere, by, path=os.fspath(file), keep=keep, rows=others)
    except BaseException:
        for rest in (f"{path}", f"{path}-wal", f"{path}-shm"):
            Path(rest).unlink(missing_ok=True)
        raise
    return found, taken


def _created(
    path: FilePath,
    file: FilePath,
    database: Database,
    rows: Rows,
    by: projects.By,
    *,
    issue: FilePath | None,
    body: FilePath | None,
) -> projects.Project:
    """Return a new project on the issue that is named, or carried, or made of the file."""
    if issue is not None:
        return projects.create(path, issue, by, body=body)
    if body is not None:
        raise DnaError("--body goes with --issue: name the issue that it decides")
    files = rows.get("files", {})
    if {"issue", "body"} <= files.keys():
        pair = (_content(files["issue"]), _content(files["body"]))
        return create_of(path, *pair, by)
    name = Path(file).stem
    made = (made_issue(database, name), made_body(database, name))
    return create_of(path, (f"{name}.issue.toml", made[0]), (f"{name}.body.toml", made[1]), by)


def _content(row: Mapping[str, Any]) -> tuple[str, bytes]:
    return str(row["path"]), row["content"]


def _carried(project: projects.Project) -> str:
    """Return what a project has beside its articles as JSON."""
    tables: dict[str, dict[str, Any]] = {}
    for table in CARRIED:
        tables[table] = dict(live_rows(project, table))
    for row in tables["files"].values():
        row["content"] = row["content"].decode("utf-8", "surrogateescape")
    return as_json(tables)


def _rows(database: Database, path: str) -> Rows:
    """Return what `_carried` wrote; DnaError where somebody changed it to something else."""
    told = dict(database.settings).get(SETTING)
    if told is None:
        return {}
    try:
        tables = {table: dict(rows) for table, rows in json.loads(told).items() if table in CARRIED}
        for table, rows in tables.items():
            if any(row.keys() != set(columns_of(table)) for row in rows.values()):
                raise ValueError(table)
        for row in tables.get("files", {}).values():
            row["content"] = row["content"].encode("utf-8", "surrogateescape")
    except (ValueError, AttributeError, KeyError, TypeError):
        raise DnaError(
            f"{path}: its setting {SETTING!r} isn't what whipcount wrote; remove it from the table "
            "SETTINGS"
        ) from None
    return tables


def _with_setting(database: Database, told: str) -> Database:
    from dataclasses import replace  # noqa: PLC0415

    return replace(database, settings=(*database.settings, (SETTING, told)))


def _with_file(database: Database, path: str, content: bytes, options: set[str]) -> Database:
    """Return a database with what else a kept file holds."""
    with _as_file(content) as place:
        kept = read_database(place)
    found = imported(kept, path)
    names = {
        variable.id
        for type_ in database.types
        if type_.id in (POSITION, NEITHER)
        for variable in type_.variables
        if variable.name == "statement"
    }
    origins = {
        one.id: found.origins[str(value)]
        for one in database.statements
        for variable, value in one.values
        if variable in names and value in found.origins
    }
    left_out = {
        found.origins[position.statement or ""]
        for one in found.coded
        for position in one.positions
        if position.option not in options and position.statement in found.origins
    }
    lost = {one.statement for one in found.unplaced}
    return with_kept(database, kept, origins, left_out | lost | set(found.others))


@contextmanager
def _as_file(content: bytes) -> Iterator[Path]:
    """Yield a file that holds some bytes, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="whipcount-") as folder:
        place = Path(folder) / "kept.dna"
        place.write_bytes(content)
        yield place


def _is_ours(database: Database) -> bool:
    """Return whether a database holds nothing but what whipcount exported."""
    known = {label: {name for name, _ in variables} for _, label, _, variables in TYPES}
    return (
        all(NOTE in one.notes for one in database.documents)
        and all(
            {variable.name for variable in one.variables} <= known.get(one.label, set())
            and all(set(variable.attributes) <= {"Label"} for variable in one.variables)
            for one in database.types
        )
        and not database.regexes
        and not database.links
    )
