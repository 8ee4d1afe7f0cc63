"""Positions as coded statements: one row a position, its article the document.

| variable | what it is |
|---|---|
| `person` | the actor's name, where it is a person |
| `organization` | whom the actor speaks for, else its affiliation, else its name (no person's) |
| `concept` | the option |
| `agreement` | yes or no by the stance (`whipcount.networks.stances`) |
| `stance` | the stance itself |
| `actor`, `actor kind`, `role`, `affiliation`, `country`, `speaks for` | the actor as found |
| `strength`, `reported`, `origin`, `statement` | the position's |

A document's `author` is the byline, its `source` the outlet; it has no section or type.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whipcount.dates import first_day
from whipcount.errors import NetworkError
from whipcount.model import Actor, Coded, Position, Stance
from whipcount.networks.stances import AGREEMENTS, NUMBERS, Agreement
from whipcount.networks.table import (
    FIELDS,
    UNDATED,
    CodedStatements,
    Column,
    Times,
    in_order,
    number_column,
    text_column,
)

TEXTS = (
    *("person", "organization", "concept", "stance", "actor", "actor kind", "role", "affiliation"),
    *("country", "speaks for", "strength", "origin", "statement"),
)
"""The text variables of a position's row."""


@dataclass(frozen=True, slots=True)
class _Document:
    """What stands in a document's fields: an article, or the record of what was entered."""

    id: str
    title: str = ""
    author: str = ""
    source: str = ""
    published: str = ""


def from_coded(
    coded: Iterable[Coded],
    agreement: Mapping[Stance, Agreement] = AGREEMENTS,
    with_review: bool = False,
    source: str = "",
    entered: Iterable[Position] = (),
) -> CodedStatements:
    """Return the positions of articles as coded statements.

    Positions that are for review are left out unless `with_review` asks for them. `starts` and
    `stops` are code points, of a position's first and last piece of content. An article that comes
    twice counts once. `entered` are votes and positions without an article; their document is the
    record. `source` is what messages call it.
    """
    documents: dict[str, _Document] = {}
    positions: list[tuple[int, Position]] = []
    for one in coded:
        article = one.article
        if article.id in documents:
            continue
        positions += [(len(documents), position) for position in one.positions]
        documents[article.id] = _Document(
            article.id, article.title, article.byline, article.outlet, article.published
        )
    places = {id_: place for place, id_ in enumerate(documents)}
    for position in entered:
        record = position.record or position.origin
        documents.setdefault(record, _Document(record, record))
        positions.append((places.setdefault(record, len(places)), position))
    kept = [(home, one) for home, one in positions if with_review or not one.for_review]
    return _table(list(documents.values()), kept, agreement, source)


def read_coded_lines(path: str | os.PathLike[str]) -> Iterator[Coded]:
    """Yield what `whipcount code --format jsonl` wrote, with or without the articles' text.

    Raises NetworkError with file and line where one is something else.
    """
    from whipcount.rendering import read_back  # noqa: PLC0415

    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NetworkError(f"{path}: can't be read ({error})") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            article = read_back.article({"text": "", **document["article"]})
            positions = tuple(read_back.position(one) for one in document["positions"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise NetworkError(
                f"{path}, line {number}: is not what `whipcount code --format jsonl` writes"
            ) from None
        yield Coded(article, (), positions)


def person(actor: Actor) -> str:
    """Return an actor's name where it is a person, else nothing."""
    return actor.name if actor.kind == "person" else ""


def organization(actor: Actor) -> str:
    """Return whom an actor speaks for, else its affiliation, else its name if it is no person."""
    return actor.speaks_for or actor.affiliation or ("" if actor.kind == "person" else actor.name)


def moments(dates: Sequence[str]) -> Times:
    """Return ISO dates of any precision as moments, the first of what they cover; NaT for none."""
    known = {iso: UNDATED if not iso else np.datetime64(first_day(iso), "s") for iso in set(dates)}
    return np.array([known[iso] for iso in dates], dtype="datetime64[s]")


def span_of(times: Times) -> tuple[np.datetime64, np.datetime64]:
    """Return the first and the last of some moments, NaT where there are none."""
    dated = times[~np.isnat(times)]
    return (dated.min(), dated.max()) if len(dated) else (UNDATED, UNDATED)


def agreement_column(stances: Column, agreement: Mapping[Stance, Agreement]) -> Column:
    """Return the agreement that stances have, as a boolean variable."""
    numbers = [NUMBERS[agreement[label]] for label in stances.labels]  # type: ignore[index]
    codes = np.array([*(-1 if n is None else n for n in numbers), -1], dtype=np.int32)
    return Column("agreement", "boolean", (0, 1), codes[stances.codes])


def _table(
    documents: list[_Document],
    positions: list[tuple[int, Position]],
    agreement: Mapping[Stance, Agreement],
    source: str,
) -> CodedStatements:
    """Return the table of positions, each with the number of its document."""
    homes = np.array([home for home, _ in positions], dtype=np.int64)
    dates = [one.date or documents[home].published for home, one in positions]
    times = moments(dates)
    starts = np.array([one.content[0].start if one.content else -1 for _, one in positions], int)
    stops = np.array([one.content[-1].end if one.content else -1 for _, one in positions], int)
    ids = np.arange(1, len(positions) + 1)
    order = in_order(ids, times, homes, starts, stops)
    rows = [positions[place][1] for place in order.tolist()]
    described = [_texts(one) for one in rows]
    columns = [text_column(name, (row[name] for row in described)) for name in TEXTS]
    stances = next(column for column in columns if column.name == "stance")
    columns.insert(3, agreement_column(stances, agreement))
    columns.append(number_column("reported", (int(one.reported) for one in rows), "boolean"))
    published = moments([one.published for one in documents])
    first, last = span_of(np.concatenate([times, published]))
    return CodedStatements(
        ids=ids[order],
        times=times[order],
        starts=starts[order],
        stops=stops[order],
        coders=text_column("coder", (one.coder for one in rows)),
        variables=tuple(columns),
        fields=tuple(_fields(documents, homes[order])),
        first=first,
        last=last,
        texts=tuple(one.quote for one in rows),
        source=source,
    )


def _texts(one: Position) -> dict[str, Any]:
    actor = one.actor
    return {
        "person": person(actor),
        "organization": organization(actor),
        "concept": one.option,
        "stance": one.stance,
        "actor": actor.name,
        "actor kind": actor.kind,
        "role": actor.role,
        "affiliation": actor.affiliation,
        "country": actor.country,
        "speaks for": actor.speaks_for,
        "strength": one.strength,
        "origin": one.origin,
        "statement": one.statement or "",
    }


def _fields(documents: list[_Document], homes: NDArray[np.int64]) -> Iterator[Column]:
    for name in FIELDS:
        values = [getattr(one, name, "") for one in documents]
        yield text_column(name, (values[home] for home in homes.tolist()))
