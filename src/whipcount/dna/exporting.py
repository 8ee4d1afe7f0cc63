"""Coded articles -> a database of DNA.

An article becomes a document, a position a statement of the type `DNA Statement`. DNA's agreement
is yes or no, so that positions that are neither are of a type of their own, without it. DNA knows
one start and stop a statement: each piece of a statement becomes a `Quotation`, and the variable
`statement` ties together what belongs to one. What DNA has no place for is JSON in the variable
`details` and in a document's notes, from which `importing` makes the same articles again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from whipcount.dates import first_day
from whipcount.dna.database import (
    Coder,
    Database,
    Document,
    Entity,
    Kind,
    Statement,
    StatementType,
    Variable,
)
from whipcount.dna.passwords import SALT, encrypted
from whipcount.dna.schema import LONGEST, PERMISSIONS
from whipcount.model import Article, Coded, Issue, Position, Span, Stance
from whipcount.model import Statement as Quoted
from whipcount.networks.from_positions import organization, person
from whipcount.networks.stances import AGREEMENTS, NUMBERS, Agreement
from whipcount.rendering import documents

POSITION, NEITHER, QUOTATION = 1, 2, 3
"""The ids of our statement types."""

NOTE = "whipcount article "
"""What stands in a document's notes before the JSON, to their end, that tells all of an article."""

ADMIN = 1
"""The coder of what a machine found."""

BLACK = (0, 0, 0)

TYPES: tuple[tuple[int, str, tuple[int, int, int], tuple[tuple[str, Kind], ...]], ...] = (
    (
        POSITION,
        "DNA Statement",
        (239, 208, 51),
        (
            ("person", "short text"),
            ("organization", "short text"),
            ("concept", "short text"),
            ("agreement", "boolean"),
            ("stance", "short text"),
            ("statement", "short text"),
            ("details", "long text"),
        ),
    ),
    (
        NEITHER,
        "Position without yes or no",
        (150, 190, 230),
        (
            ("person", "short text"),
            ("organization", "short text"),
            ("concept", "short text"),
            ("stance", "short text"),
            ("statement", "short text"),
            ("details", "long text"),
        ),
    ),
    (
        QUOTATION,
        "Quotation",
        (200, 220, 190),
        (
            ("speaker", "short text"),
            ("statement", "short text"),
            ("piece", "integer"),
            ("details", "long text"),
        ),
    ),
)


def database_of(
    coded: Iterable[Coded],
    issue: Issue | None = None,
    *,
    password: str = "whipcount",
    agreement: Mapping[Stance, Agreement] = AGREEMENTS,
    people: Collection[str] = (),
    marked: Mapping[str, str] = MappingProxyType({}),
) -> Database:
    """Return articles with their statements and positions as a database of DNA.

    Concepts are the options' ids; an `issue` gives them their labels as an attribute. `password` is
    that of every coder: `Admin`, and one for each coder of positions. An article without a date
    gets the oldest date of the others. Positions without words in the article (votes) have no
    place. `people` are the coders who are no machine, `marked` is who of them marked a statement,
    by its id.
    """
    articles = list({one.article.id: one for one in coded}.values())
    names = {position.coder for one in articles for position in one.positions}
    names |= {marked[said.id] for one in articles for said in one.statements if said.id in marked}
    coders = {name: number for number, name in enumerate(sorted(names - {""}), 2)}
    filling = _Filling({option.id: option.label for option in issue.options} if issue else {})
    dates = [one.article.published for one in articles if one.article.published]
    oldest = min((_seconds(iso) for iso in dates), default=0)
    rows: list[Statement] = []
    texts = []
    for number, one in enumerate(articles, 1):
        texts.append(_document(number, one, oldest))
        for type_, span, coder, values in _statements(one, agreement, people, marked):
            rows.append(
                Statement(
                    len(rows) + 1,
                    type_,
                    number,
                    span.start,
                    span.end,
                    coders.get(coder, ADMIN),
                    filling.values(type_, values),
                )
            )
    everybody = [_coder(ADMIN, "Admin", password)]
    everybody += [_coder(number, name, password) for name, number in coders.items()]
    return Database(
        coders=tuple(everybody),
        documents=tuple(texts),
        types=filling.types(),
        statements=tuple(rows),
        relations=tuple(
            (one.id, other.id, 1, 1, 1, 1)
            for one in everybody
            for other in everybody
            if one is not other
        ),
    )


def values_of(
    position: Position, agreement: Mapping[Stance, Agreement] = AGREEMENTS
) -> dict[str, int | str]:
    """Return the values that a position has in DNA, apart from its details."""
    found: dict[str, int | str] = {
        "person": cut(person(position.actor)),
        "organization": cut(organization(position.actor)),
        "concept": cut(position.option),
        "stance": position.stance,
        "statement": position.statement or "",
    }
    number = NUMBERS[agreement[position.stance]]
    return found if number is None else found | {"agreement": number}


def cut(text: str) -> str:
    """Return a text no longer than DNA holds."""
    return text[:LONGEST]


class _Filling:
    """The entities of each variable, filled as statements come."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels
        self.ids: dict[tuple[int, str], int] = {}
        self.entities: dict[tuple[int, str], dict[str, None]] = {}
        for type_, _, _, variables in TYPES:
            for name, kind in variables:
                self.ids[type_, name] = len(self.ids) + 1
                if kind == "short text":
                    self.entities[type_, name] = {"": None}

    def values(
        self, type_: int, values: Mapping[str, int | str]
    ) -> tuple[tuple[int, int | str], ...]:
        """Return values by variable id, and note those that are entities."""
        for name, value in values.items():
            if (type_, name) in self.entities:
                self.entities[type_, name][str(value)] = None
        return tuple((self.ids[type_, name], value) for name, value in values.items())

    def types(self) -> tuple[StatementType, ...]:
        """Return the statement types with all entities."""
        count = 0
        found = []
        for type_, label, color, variables in TYPES:
            own = []
            for name, kind in variables:
                entities = []
                for value in self.entities.get((type_, name), ()):
                    count += 1
                    meant = self.labels.get(value, "") if name == "concept" else ""
                    pairs = (("Label", cut(meant)),) if name == "concept" else ()
                    entities.append(Entity(count, value, BLACK, None, pairs))
                names = ("Label",) if name == "concept" else ()
                id_ = self.ids[type_, name]
                own.append(Variable(id_, name, kind, names, tuple(entities)))
            found.append(StatementType(type_, label, color, tuple(own)))
        return tuple(found)


def _statements(
    one: Coded,
    agreement: Mapping[Stance, Agreement],
    people: Collection[str],
    marked: Mapping[str, str],
) -> Iterator[tuple[int, Span, str, dict[str, int | str]]]:
    """Yield the type, place, coder and values of what an article's statements become."""
    for statement in one.statements:
        for piece, span in enumerate(statement.content):
            values: dict[str, int | str] = {
                "speaker": cut(statement.speaker),
                "statement": statement.id,
                "piece": piece,
                "details": _told(documents.statement(statement), statement) if piece == 0 else "",
            }
            if span.start < span.end:
                yield QUOTATION, span, marked.get(statement.id, ""), values
    for position in one.positions:
        place = _place(position, one.article)
        if place is None:
            continue
        values = values_of(position, agreement)
        type_ = POSITION if "agreement" in values else NEITHER
        told = documents.position(position)
        if position.coder in people:
            told |= {"person": True}
        yield type_, place, position.coder, values | {"details": _told(told, position)}


def _place(position: Position, article: Article) -> Span | None:
    """Return where a position's words begin and end, None where it has none in the article."""
    if not position.content or position.article not in (None, article.id):
        return None
    span = Span(position.content[0].start, position.content[-1].end)
    return span if 0 <= span.start < span.end <= len(article.text) else None


def _document(number: int, one: Coded, oldest: int) -> Document:
    article = one.article
    about = documents.article(article, with_text=False) | {"codebook": dict(one.codebook)}
    return Document(
        id=number,
        title=cut(article.title),
        text=article.text,
        coder=1,
        author=cut(article.byline),
        source=cut(article.outlet),
        section="",
        notes=NOTE + _json(about),
        type="",
        date=_seconds(article.published) if article.published else oldest,
    )


def _seconds(iso: str) -> int:
    day = first_day(iso)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _coder(number: int, name: str, password: str) -> Coder:
    salt = hashlib.sha256(f"whipcount {number} {name}".encode()).digest()[:SALT]
    settings = tuple((permission, 1) for permission in PERMISSIONS)
    return Coder(number, cut(name), _shade(number), encrypted(password, salt), settings)


def _shade(number: int) -> tuple[int, int, int]:
    """Return a colour that tells coders apart: steps of the golden angle around the wheel."""
    import colorsys  # noqa: PLC0415

    red, green, blue = colorsys.hsv_to_rgb(number * 0.381966 % 1, 0.6, 0.9)
    return round(red * 255), round(green * 255), round(blue * 255)


def _told(document: Mapping[str, Any], one: Quoted | Position) -> str:
    """Return all of a statement or position as JSON, its confidence to the last digit."""
    return _json({**document, "confidence": one.confidence})


def _json(document: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
