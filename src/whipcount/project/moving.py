"""All that is on an option put on another: codings, reviews, entered positions, overrides."""

from __future__ import annotations

import json
from typing import Any

from whipcount.project.converting import parts_of
from whipcount.project.reviewing import review_values
from whipcount.project.rows import Draft, as_json, end, live, live_rows, put


def move(draft: Draft, option: str, new: str, limit: int) -> int:
    """Put what is on an option on another; what is there already stays.

    Return how many were moved: about `limit`, fewer where nothing is left.
    """
    moved = 0
    for some in (_move_codings, _move_reviews, _move_slots, _move_codebooks, _move_by_hand):
        if moved < limit:
            moved += some(draft, option, new, limit - moved)
    return moved


def _move_codings(draft: Draft, option: str, new: str, limit: int) -> int:
    """Move the machine's codings, each with the reviews of it."""
    moved = 0
    for key, row in live_rows(draft, "codings", "option = ?", (option,), limit=limit):
        if moved >= limit:
            break
        end(draft, "codings", key)
        id_ = _with_option(key, new)
        if live(draft, "codings", id_) is None:
            put(draft, "codings", id_, row | {"option": new})
        reviews = live_rows(draft, "reviews", "coding = ?", (key,))
        for review, said in reviews:
            _move_review(draft, review, said, option, new)
        moved += 1 + len(reviews)
    return moved


def _move_reviews(draft: Draft, option: str, new: str, limit: int) -> int:
    """Move what people put on the option."""
    found = live_rows(draft, "reviews", "option = ?", (option,), limit=limit)
    for key, row in found:
        _move_review(draft, key, row, option, new)
    return len(found)


def _move_slots(draft: Draft, option: str, new: str, limit: int) -> int:
    """Move what people said of codings on the option that are the machine's no more."""
    pattern = "".join(f"\\{one}" if one in "\\%_" else one for one in option)
    keys = draft.connection.execute(
        "SELECT coding, coder FROM reviews INDEXED BY reviews_of_coding WHERE until IS NULL AND "
        "coding LIKE ? ESCAPE '\\'",
        (f"%/{pattern}/%",),
    ).fetchall()
    codings = dict.fromkeys(key for key, _ in keys if parts_of(key)[2] == option)
    moved = 0
    for coding in list(codings)[:limit]:
        for key, row in live_rows(draft, "reviews", "coding = ?", (coding,)):
            _move_review(draft, key, row, option, new)
        moved += 1
    return moved


def _move_codebooks(draft: Draft, option: str, new: str, limit: int) -> int:
    """Let the articles that were coded on the option have been coded on the new one."""
    named = f"{as_json(option)}:"
    found = live_rows(draft, "codebooks", "instr(codebook, ?) > 0", (named,), limit=limit)
    for key, row in found:
        codebook = json.loads(row["codebook"])
        codebook.setdefault(new, codebook.pop(option))
        put(draft, "codebooks", key, row | {"codebook": as_json(codebook)})
    return len(found)


def _move_by_hand(draft: Draft, option: str, new: str, limit: int) -> int:
    """Move positions that were entered, and cells that were set by hand."""
    entered = live_rows(draft, "entered", "option = ?", (option,), limit=limit)
    for key, row in entered:
        put(draft, "entered", key, row | {"option": new})
    left = limit - len(entered)
    overrides = live_rows(draft, "overrides", "option = ?", (option,), limit=left)
    for key, row in overrides:
        end(draft, "overrides", key)
        if live(draft, "overrides", f"{row['member']}|{new}") is None:
            put(draft, "overrides", f"{row['member']}|{new}", row | {"option": new})
    return len(entered) + len(overrides)


def _move_review(draft: Draft, key: str, row: dict[str, Any], option: str, new: str) -> None:
    slot = parts_of(row["coding"])[2]
    coding = _with_option(row["coding"], new if slot == option else slot)
    says = new if row["option"] == option else row["option"]
    put_review(draft, key, coding, row | {"option": says})


def put_review(draft: Draft, key: str, coding: str, row: dict[str, object]) -> None:
    """Put a review to another coding or option; one that the person has there already stays."""
    new = f"{coding}|{key.rpartition('|')[2]}"
    values = review_values(
        coding,
        row,
        str(row["verdict"]),
        adjudicates=bool(row["adjudicates"]),
        note=str(row["note"]),
    )
    if new == key:
        put(draft, "reviews", key, values)
        return
    end(draft, "reviews", key)
    if live(draft, "reviews", new) is None:
        put(draft, "reviews", new, values)


def _with_option(coding: str, option: str) -> str:
    statement, piece, _, slot = parts_of(coding)
    return f"{statement}/{piece}/{option}/{slot}"
