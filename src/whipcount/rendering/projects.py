"""What a project holds beside positions, as documents and as lines for a person."""

from __future__ import annotations

import json
from typing import Any

from whipcount import project
from whipcount.rendering.documents import Document
from whipcount.rendering.words import clean


def change(one: project.Change) -> Document:
    """Return an entry of the journal."""
    return {
        "change": one.number,
        "who": one.who,
        "at": one.at,
        "what": one.what,
        "about": one.about or None,
        "note": one.note or None,
        "undoes": one.undoes,
        "undone_by": one.undone_by,
    }


def change_line(one: project.Change) -> str:
    """Return an entry of the journal on one line."""
    told = [f"{one.number:>6}", one.at, one.who, one.what, one.about, one.note]
    if one.undone_by is not None:
        told.append(f"(undone by {one.undone_by})")
    return "  ".join(clean(words) if place else words for place, words in enumerate(told) if words)


def row_change(one: project.RowChange) -> Document:
    """Return what a change did to a row: its values before and after."""
    return {
        "table": one.table,
        "key": one.key,
        "before": _values(one.before),
        "after": _values(one.after),
    }


def row_change_line(one: project.RowChange) -> str:
    """Return what a change did to a row on one line: the values that it changed."""
    before, after = _values(one.before) or {}, _values(one.after) or {}
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if one.before is None:
        return f"{one.table} {one.key}: new; {_told(after, names)}"
    if one.after is None:
        return f"{one.table} {one.key}: ended; was {_told(before, names)}"
    changed = ", ".join(f"{name} {before.get(name)!r} → {after.get(name)!r}" for name in names)
    return f"{one.table} {one.key}: {clean(changed)}"


def _told(values: dict[str, Any], names: list[str]) -> str:
    shown = ", ".join(
        f"{name} {values[name]!r}" for name in names if values[name] not in ("", None)
    )
    words = clean(shown)
    return words if len(words) <= 200 else f"{words[:199]}…"


def _values(row: dict[str, Any] | None) -> Document | None:
    """Return a row's values, those that are JSON taken apart, a file's content as its length."""
    if row is None:
        return None
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
