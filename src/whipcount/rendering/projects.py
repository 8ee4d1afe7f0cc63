"""What a project holds beside positions, as documents and as lines for a person."""

from __future__ import annotations

import json
import math
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


def judged(one: project.Judged, meant: Iterable[project.Meaning]) -> Document:
    """Return how right the machine is by a sample, and what that means for the count."""
    means = {each.option: each for each in meant}
    return {
        "sample": one.name,
        "drawn": one.drawn,
        "coded": one.coded,
        "coders": list(one.coders),
        "unknown": list(one.unknown),
        "options": [
            {
                "option": each.option,
                **{
                    name: _share(getattr(each, name))
                    for name in ("precision", "recall", "stance", "actor")
                },
                **({"means": _meaning(means[each.option])} if each.option in means else {}),
            }
            for each in one.options
        ],
    }


def judged_lines(one: project.Judged, meant: Iterable[project.Meaning]) -> Iterator[str]:
    """Yield how right the machine is by a sample, and what that means for the count."""
    yield f"{one.coded} of {one.drawn} coded, by {', '.join(map(clean, one.coders)) or 'nobody'}"
    if one.coded and one.unknown:
        yield f"nothing is coded yet of: {', '.join(map(clean, one.unknown))}"
    means = {each.option: each for each in meant}
    for each in one.options:
        yield ""
        yield clean(each.option)
        for name in ("precision", "recall", "stance", "actor"):
            yield f"  {name:9}  {share_words(getattr(each, name))}"
        if each.option in means:
            yield from (f"  {line}" for line in meaning_lines(means[each.option]))
    yield ""
    yield from EXPLAINED


EXPLAINED = (
    "Precision: of the positions that the machine finds, how many are right, stance and all; what "
    "isn't may give a member a stand that it hasn't.",
    "Recall: of the positions that people find, how many it finds with the same stance; what it "
    "misses leaves members not on record, or with a stand that they gave up.",
    "Stance, actor: of what both find, how often the stance is the same, and whose position it is.",
    "In brackets the interval that holds what is true in nine of ten samples.",
)
"""What the figures are, a sentence each."""


def meaning_lines(one: project.Meaning) -> Iterator[str]:
    """Yield what the machine's rightness means for the count of an option, a sentence each."""
    positions = _number(
        one.found, "position that nobody has judged", "positions that nobody has judged"
    )
    if one.right is not None:
        yield f"Of {positions}, {_some(one.right)} are right."
    elif one.found:
        yield f"Of {positions}, the sample doesn't tell how many are right."
    if one.missed is not None:
        yield f"Beside them {_some(one.missed)} are there that the machine didn't find."
    if one.thin:
        who = f"{_number(len(one.thin), 'member', 'members')} ({', '.join(map(clean, one.thin))})"
        told = f", of whom {_some(one.wrong)} stand wrong by it" if one.wrong is not None else ""
        yield f"On one such position alone rests the stand of {who}{told}."


def _meaning(one: project.Meaning) -> Document:
    return {
        "found": one.found,
        **{
            name: None
            if (some := getattr(one, name)) is None
            else {
                part: None if math.isinf(value) else round(value, 2)
                for part, value in zip(("likely", "least", "most"), some, strict=True)
            }
            for name in ("right", "missed", "wrong")
        },
        "thin": list(one.thin),
    }


def _some(some: tuple[float, float, float]) -> str:
    likely, least, most = (f"{value:.1f}" if value < 10 else f"{value:,.0f}" for value in some[:3])
    return f"about {likely} ({least} " + ("or more)" if math.isinf(some[2]) else f"to {most})")


def _number(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _share(one: project.Share) -> Document:
    rounded = None if one.value is None else round(one.value, 4)
    return {
        "value": rounded,
        "low": round(one.low, 4),
        "high": round(one.high, 4),
        "cases": one.cases,
    }


def share_words(one: project.Share) -> str:
    """Return a share with its interval, in words."""
    if one.value is None:
        return "not known (no case)"
    return f"{one.value:.0%} ({one.low:.0%} to {one.high:.0%}, {one.cases} cases)"
