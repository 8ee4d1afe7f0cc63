"""An issue and a body made of what a database of DNA holds, where nobody wrote them.

Its concepts are the options, and its organizations, or its persons where it has none, the members.
There is no verdict: a discourse network is no vote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from whipcount.bodies.names import folded
from whipcount.dna.database import Database
from whipcount.errors import DnaError


def made_issue(database: Database, name: str) -> bytes:
    """Return an issue file of a database's concepts; `name` is the issue's.

    Raises DnaError where there is no concept.
    """
    options = list(_options(database))
    if not options:
        raise DnaError(
            f"{name}: has no variable concept with values that could be options; name an issue "
            "with --issue ISSUE.toml"
        )
    lines = [f"name = {_toml(name)}", f"body = {_toml(name)}", 'rule = "none"']
    labels: dict[str, int] = {}
    for option, label in options:
        key = " ".join(label.casefold().strip(" .").split())
        labels[key] = labels.get(key, 0) + 1
        shown = label if labels[key] == 1 else f"{label} ({labels[key]})"
        lines += ["", f"[options.{_toml(option)}]", f"label = {_toml(shown)}"]
    return ("\n".join(lines) + "\n").encode()


def made_body(database: Database, name: str) -> bytes:
    """Return a body file of a database's organizations; `name` is the body's.

    Names that are written alike but for capitals are one member. Raises DnaError where there is
    neither an organization nor a person.
    """
    members, kind = list(_values(database, "organization")), "organisations"
    if not members:
        members, kind = list(_values(database, "person")), "people"
    once = {folded(one): one for one in reversed(members)}
    if not once:
        raise DnaError(
            f"{name}: has no organization and no person who could be members; name an issue with "
            "--issue ISSUE.toml"
        )
    lines = [f"name = {_toml(name)}", f"members_are = {_toml(kind)}"]
    lines += ["", "[rule]", 'kind = "majority"']
    for one in reversed(once.values()):
        lines += ["", "[[members]]", f"name = {_toml(one)}"]
    return ("\n".join(lines) + "\n").encode()


def _options(database: Database) -> Iterator[tuple[str, str]]:
    """Yield each concept with its label, which is the concept itself where it has none."""
    known: set[str] = set()
    for type_ in database.types:
        for variable in type_.variables:
            if variable.name != "concept" or variable.kind != "short text":
                continue
            for entity in variable.entities:
                if entity.value.strip() and entity.value not in known:
                    known.add(entity.value)
                    yield entity.value, dict(entity.attributes).get("Label") or entity.value


def _values(database: Database, name: str) -> Iterable[str]:
    """Return the values of a variable in all types that have concepts, each once."""
    return dict.fromkeys(
        entity.value
        for type_ in database.types
        if any(variable.name == "concept" for variable in type_.variables)
        for variable in type_.variables
        if variable.name == name
        for entity in variable.entities
        if entity.value.strip()
    )


def _toml(text: str) -> str:
    """Return a text as TOML has it in quotation marks."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
