"""A count through time as a document and as rows: who moved, when, and on which words.

`docs/schema/changes.schema.json` describes the document, and tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Iterator

from whipcount import model
from whipcount.rendering import documents
from whipcount.rendering.documents import SCHEMA, Document

SIDES = ("because", "instead_of", "against")
"""The positions of a change: what decides now, what did before, what makes the cell contested."""

WORDS = (
    *("quote", "actor.name", "actor.role", "actor.affiliation", "date", "stance", "strength"),
    *("reported", "reported_by.name", "implied_by", "origin", "article", "path", "statement"),
    *("piece", "record"),
)
"""Columns of each position in a change's row; the JSON has all its fields."""

CHANGE = (
    *("date", "member", "option", "before", "after", "contested"),
    *(f"{side}.{column}" for side in SIDES for column in WORDS),
)


def changes_document(timeline: model.Timeline, *, with_text: bool = False) -> Document:
    """Return what `changes --format json` prints.

    `opening` has each cell on the first day, `days` the tallies of those on which anything changed.
    """
    return {
        "schema": SCHEMA,
        "issue": documents.issue(timeline.issue),
        "body": {"id": timeline.body.id, "name": timeline.body.name},
        "from": timeline.first.isoformat(),
        "to": timeline.last.isoformat(),
        "opening": [
            {
                "member": one.member,
                "option": one.option,
                "stand": one.after,
                "contested": one.contested,
            }
            for one in timeline.opening
        ],
        "changes": [change(one) for one in timeline.changes],
        "turns": [
            {
                "date": turn.day.isoformat(),
                "option": turn.option,
                "before": turn.before,
                "after": turn.after,
            }
            for turn in timeline.turns
        ],
        "days": [
            {
                "date": tally.day.isoformat(),
                "option": tally.option,
                "stands": dict(tally.stands),
                "outcome": tally.outcome,
            }
            for tally in timeline.tallies
        ],
        "articles": [documents.article(one, with_text=with_text) for one in timeline.articles],
    }


def change(one: model.Change) -> Document:
    """Return a change; `before` is null where the member joined, `after` where it left."""
    return {
        "date": one.day.isoformat(),
        "member": one.member,
        "option": one.option,
        "before": one.before,
        "after": one.after,
        "contested": one.contested,
        "because": _position(one.because),
        "instead_of": _position(one.instead_of),
        "against": _position(one.against),
    }


def change_rows(timeline: model.Timeline) -> Iterator[Document]:
    """Yield a row a change, with the paths of the articles that its positions are from."""
    paths = {article.id: article.path for article in timeline.articles}
    for one in timeline.changes:
        row = change(one)
        for side in SIDES:
            if row[side] is not None:
                row[side] |= {"path": paths.get(row[side]["article"])}
        yield row


def _position(one: model.Position | None) -> Document | None:
    return None if one is None else documents.position(one)
