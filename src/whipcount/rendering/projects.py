"""What a project holds beside positions, as documents and as lines for a person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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


def rightness(one: project.Rightness) -> Document:
    """Return how right the machine is on an option."""
    return {
        "option": one.option,
        **{name: _share(getattr(one, name)) for name in ("precision", "recall", "stance")},
    }


def rightness_lines(found: Iterable[project.Rightness]) -> Iterator[str]:
    """Yield how right the machine is, an option a line, and what that means for the count."""
    for one in found:
        told = ", ".join(
            f"{name} {_share_words(share)}"
            for name, share in (("precision", one.precision), ("recall", one.recall))
        )
        yield f"{clean(one.option)}: {told}"
    yield ""
    yield (
        "Precision: of the positions that the machine finds, how many are right, stance and all; "
        "what isn't may give a member a stand that it hasn't."
    )
    yield (
        "Recall: of the positions that are there, how many it finds; what it misses leaves members "
        "not on record, or with a stand that they gave up."
    )


def _share(one: project.Share) -> Document:
    rounded = None if one.value is None else round(one.value, 4)
    return {
        "value": rounded,
        "low": round(one.low, 4),
        "high": round(one.high, 4),
        "cases": one.cases,
    }


def _share_words(one: project.Share) -> str:
    if one.value is None:
        return "not known (no case)"
    return f"{one.value:.0%} ({one.low:.0%} to {one.high:.0%}, {one.cases} cases)"
