"""What people decided about an article, carried over to its new version by the words.

A statement is found again where all its words are; then the machine's statement of the same spans
is taken, or it is added as the person's. What isn't found again is kept as a conflict.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from whipcount.model import Article, Span
from whipcount.offsets import find
from whipcount.project.converting import MACHINE, parts_of, span, span_json, spans, spans_json
from whipcount.project.marking import statement_id
from whipcount.project.reviewing import review_values
from whipcount.project.rows import Draft, as_json, digest, end, live, live_rows, put

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]
"""The rows that are to be added, by table and key."""


def carry(draft: Draft, previous: str, article: Article, rows: Rows) -> tuple[int, tuple[str, ...]]:
    """Carry people's decisions on a version over to the rows of the new one.

    Return how many came over, and which didn't, a sentence each.
    """
    row = live(draft, "articles", previous)
    assert row is not None, "the version before is there"
    old_text = _text(draft, row["text_sha256"])
    reviews = live_rows(draft, "reviews", "article = ?", (previous,))
    old = dict(live_rows(draft, "statements", "article = ?", (previous,)))
    new = _New(draft, old_text, article, rows)
    wanted = {one["statement"] for _, one in reviews}
    wanted |= {key for key, one in old.items() if one["coder"] != MACHINE}
    places: dict[str, str] = {}
    carried, lost = 0, []
    for key in sorted(wanted & set(old)):
        found = _statement(new, old[key])
        if found is not None:
            places[key] = found
            carried += old[key]["coder"] != MACHINE
        elif old[key]["coder"] != MACHINE:
            lost.append(_lost(draft, "statements", key, old[key], old[key]["quote"]))
    for key, review in reviews:
        home = places.get(review["statement"])
        if home is None:
            words = old[review["statement"]]["quote"] if review["statement"] in old else ""
            lost.append(_lost(draft, "reviews", key, review, words))
            continue
        _review(new, review, home)
        carried += 1
    return carried, tuple(lost)


def end_article(draft: Draft, article: str) -> None:
    """End an article with all that belongs to it."""
    for table in ("reviews", "codings", "statements", "actors", "codebooks"):
        for key, _ in live_rows(draft, table, "article = ?", (article,)):
            end(draft, table, key)
    end(draft, "articles", article)


class _New(NamedTuple):
    """The new version: its article and rows, and the text of the version before."""

    draft: Draft
    old_text: str
    article: Article
    rows: Rows


def _statement(new: _New, row: Row) -> str | None:
    """Return the id that a statement has in the new version; None where its words aren't there."""
    content = _again(row["content"], new)
    if not content:
        return None
    statements = new.rows["statements"]
    same = (key for key, one in statements.items() if spans(one["content"]) == content)
    key = next(same, None)
    if key is None or row["coder"] != MACHINE:
        key = key or statement_id(new.article.id, content)
        statements[key] = _moved(new, row, content)
    return key


def _moved(new: _New, row: Row, content: tuple[Span, ...]) -> Row:
    """Return a statement's row with its spans, and its actors, in the new version."""
    text = new.article.text
    source, cue = _again(row["source"], new), _again(row["cue"], new)
    actors = [_actor(new, id_) for id_ in json.loads(row["actors"])]
    return row | {
        "article": new.article.id,
        "place": min(one.start for one in (*content, *source)),
        "content": spans_json(content),
        "source": spans_json(source),
        "cue": spans_json(cue),
        "quote": " ".join(text[one.start : one.end] for one in content),
        "speaker": " ".join(text[one.start : one.end] for one in source),
        "actors": as_json([id_ for id_ in actors if id_ is not None]),
        "names": row["names"],
        "utterance": "",
        "coder": row["coder"] or new.draft.who,
    }


def _review(new: _New, row: Row, home: str) -> None:
    """Carry one review over to a statement of the new version."""
    actor = _actor(new, row["actor"])
    assert actor is not None, "its actor is in the old version"
    _, piece, option, slot = parts_of(row["coding"])
    tail, dot, number = slot.partition(".")
    own = _actor(new, f"{row['article']}.{tail}") or actor
    coding = f"{home}/{piece}/{option}/{own.rpartition('.')[2]}{dot}{number}"
    values = row | {
        "statement": home,
        "article": new.article.id,
        "actor": actor,
        "reported_by": _actor(new, row["reported_by"]) if row["reported_by"] else None,
        "condition": _one_again(row["condition"], new),
        "reason": _one_again(row["reason"], new),
    }
    whose = "!" if row["adjudicates"] else row["coder"]
    new.rows["reviews"][f"{coding}|{whose}"] = review_values(
        coding, values, row["verdict"], adjudicates=bool(row["adjudicates"]), note=row["note"]
    )


def _actor(new: _New, id_: str) -> str | None:
    """Return the new version's actor of the same name and kind, added where there is none."""
    row = live(new.draft, "actors", id_)
    if row is None:
        return None
    actors = new.rows["actors"]
    for key, one in actors.items():
        if (one["name"], one["kind"]) == (row["name"], row["kind"]):
            return key
    told = [row[name] for name in ("name", "kind", "role", "affiliation", "country", "speaks_for")]
    key = f"{new.article.id}.m{digest(*told)[:8]}"
    actors[key] = row | {"article": new.article.id}
    return key


def _again(data: str, new: _New) -> tuple[Span, ...]:
    """Return where all of some spans' words stand in the new text; empty where one isn't there."""
    found = []
    for one in spans(data):
        place = find(new.article.text, new.old_text[one.start : one.end], one.start)
        if place is None:
            return ()
        found.append(place)
    return tuple(found)


def _one_again(data: str | None, new: _New) -> str | None:
    one = span(data)
    if one is None:
        return None
    return span_json(find(new.article.text, new.old_text[one.start : one.end], one.start))


def _lost(draft: Draft, table: str, key: str, row: Row, words: str) -> str:
    """Keep what isn't found again as a conflict, and say it."""
    values = {
        "kind": "not found again",
        "in_table": table,
        "of_key": key,
        "kept": None,
        "other": as_json(row),
    }
    put(draft, "conflicts", digest(table, key, "not found again"), values)
    return f"{row['coder']}'s decision on {' '.join(words.split())[:60]!r}"


def _text(draft: Draft, sha256: str) -> str:
    found = draft.connection.execute("SELECT text FROM texts WHERE sha256 = ?", (sha256,))
    return str(found.fetchone()[0])
